/** What the inputs promise, on a real engine and against the testbed's GitHub. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import { at, parsePlatform, parseRepository, type RemoteImage } from '../../../lib/registry/index.ts'
import { startGitHub } from '../../../testbed/github/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { openDesk } from './desk.ts'
import { writeScene } from './scene.ts'
import { openStage, type Stage } from './stage.ts'

describeWithServices(['docker', 'registry'], 'the inputs of build-desktop', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  }, 120_000)
  afterAll(async () => await stage[Symbol.asyncDispose]())
  beforeEach(async () => await stage.reset())

  const published = async (): Promise<RemoteImage | undefined> =>
    await stage.registry.image(
      at(parseRepository(`${stage.open.host}/neurodesk/${stage.image}`), 'latest'),
      parsePlatform('linux/amd64')
    )

  test('build arguments, labels, a stage, and a secret that reaches the build and nothing else', async () => {
    const sum = createHash('sha256').update('hush-1234').digest('hex')
    const desk = await openDesk({ env: { ...stage.docker.env, LICENCE: 'hush-1234' } })
    await writeScene(desk.workspace, {
      extra: `FROM scratch AS wanted
COPY --from=0 /bin /bin
ARG WHO=nobody
ARG LICENCE_SUM=none
ENV WHO=\${WHO}
RUN --mount=type=secret,id=licence sha256sum /run/secrets/licence | grep ^\${LICENCE_SUM}
LABEL stage=wanted
FROM wanted AS other
LABEL stage=other`
    })
    const { outcome, said } = await desk.act({
      image: stage.image,
      registries: `${stage.proxy.host}/neurodesk`,
      tag: '2026-01-02',
      'build-args': `WHO=me and you\nLICENCE_SUM=${sum}`,
      labels: 'org.example.kind=try',
      secrets: 'licence=LICENCE',
      target: 'wanted'
    })
    expect(outcome.verdict).toBe('ok')
    const image = await published()
    const settings = image?.config.settings as { Env: string[]; Labels: Record<string, string> }
    expect(settings.Env).toContain('WHO=me and you')
    expect(settings.Labels).toMatchObject({ 'org.example.kind': 'try', stage: 'wanted' })
    expect([...said, JSON.stringify(image?.config.raw), outcome.summary].join('\n')).not.toContain(
      'hush-1234'
    )
    await desk[Symbol.asyncDispose]()
  }, 120_000)

  test('a secret whose variable is empty, and a path out of the workspace, are refused before the build', async () => {
    const before = stage.pushes()
    await expect(stage.act({ secrets: 'licence=NO_SUCH_VARIABLE' })).rejects.toThrow(/NO_SUCH_VARIABLE/)
    await expect(stage.act({ context: '../..' })).rejects.toThrow(/below the workspace/)
    expect(stage.pushes()).toBe(before)
  }, 60_000)

  test('a disk without room is told with what it needs and has, before anything is built', async () => {
    await expect(stage.act({ 'min-free': '900000GB' })).rejects.toThrow(
      /not enough disk: \S+ has [\d.]+ [GT]B free, min-free asks for 900 TB/
    )
  }, 60_000)

  test('without latest only the tag of the build is set', async () => {
    const { outcome } = await stage.act({ latest: 'false', channel: 'dev', tag: '' })
    const tag = outcome.outputs['tag'] ?? ''
    expect(tag).toMatch(/^\d{4}-\d{2}-\d{2}-\d{4}$/)
    expect(await stage.digest(stage.open.host, tag)).toBe(outcome.outputs['digest'])
    expect(await stage.digest(stage.open.host, 'latest')).toBeUndefined()
  }, 60_000)

  test('the git tag is made after the image is published, and not without', async () => {
    const github = await startGitHub({
      repositories: { 'neurodesk/desk': { commits: [{ message: 'one' }] } }
    })
    const state = github.repository('neurodesk/desk')
    const [commit] = state.log()
    const runner = { repository: 'neurodesk/desk', apiUrl: github.url, sha: commit?.sha ?? '' }
    const given = { 'git-tag': 'true', token: 'testbed-token' }
    const failed = await stage.act({ ...given, scan: 'test\n-z\n{image}' }, runner)
    expect(failed.outcome.verdict).toBe('failed')
    expect(state.refs.get('refs/tags/2026-01-02')).toBeUndefined()
    const fine = await stage.act(given, runner)
    expect(fine.outcome.verdict).toBe('ok')
    expect(state.refs.get('refs/tags/2026-01-02')).toBe(commit?.sha)
    expect(github.violations).toEqual([])
    await github.close()
    // Where it comes from stands in the manifest.
    expect((await published())?.manifest.annotations).toMatchObject({
      'org.opencontainers.image.version': '2026-01-02',
      'org.opencontainers.image.revision': commit?.sha,
      'org.opencontainers.image.source': 'https://github.com/neurodesk/desk'
    })
  }, 120_000)
})
