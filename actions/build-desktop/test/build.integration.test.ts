/** The action on a real engine and two real registries: the ways that every day takes. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { at, parsePlatform, parseRepository } from '../../../lib/registry/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { openStage, type Stage } from './stage.ts'
import { openDesk } from './desk.ts'
import { writeScene } from './scene.ts'
import { login } from './stage.ts'

describeWithServices(['docker', 'registry'], 'build-desktop on a real engine', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  }, 120_000)
  afterAll(async () => await stage[Symbol.asyncDispose]())
  beforeEach(async () => await stage.reset())

  test('builds, tests and publishes; a fresh runner finds nothing changed and pushes nothing', async () => {
    // In a clone the time of the commit goes into the build, which must not keep it from being found again.
    const git = async (...args: string[]): Promise<unknown> =>
      await stage.exec.run('git', args, { cwd: stage.desk.workspace })
    await git('init', '--quiet')
    await git(
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@b',
      'commit',
      '--quiet',
      '--allow-empty',
      '--message',
      'x'
    )
    const first = await stage.act({ 'smoke-file': 'smoke.yaml' })
    expect(first.said.join('\n')).toMatch(/SOURCE_DATE_EPOCH=\d{10}/)
    expect(first.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true', tag: '2026-01-02' } })
    expect(first.outcome.outputs['passed-count']).toBe('5')
    expect(await stage.digest(stage.open.host, '2026-01-02')).toBe(first.outcome.outputs['digest'])
    expect(await stage.digest(stage.open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    // Containers and volumes are gone; the image goes with the job.
    expect(first.left.map((one) => one.kind).filter((kind) => kind !== 'folder')).toEqual(['image'])
    const { summary = '' } = first.outcome
    const lines = summary.split('\n').filter((line) => line.startsWith('docker run '))
    expect(lines).toHaveLength(2)
    for (const title of ['### Smoke test', '### Where it went', '### Run it'])
      expect(summary).toContain(title)
    for (const line of lines) expect(line).toMatch(/ -p 8080:8080 .*\/neurodesk\/desk-\d+:2026-01-02$/)
    expect(lines.map((line) => line.includes('HOST_UID'))).toEqual([true, false])

    await stage.forgetEverything()
    const before = stage.pushes()
    const second = await stage.act({ 'smoke-file': 'smoke.yaml', tag: '2026-01-03' })
    expect(second.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'false' } })
    expect(second.outcome.outputs['reason']).toContain('unchanged')
    expect(second.outcome.outputs['digest']).toBe(first.outcome.outputs['digest'])
    expect(stage.pushes()).toBe(before)
    expect(await stage.digest(stage.open.host, '2026-01-03')).toBeUndefined()
  }, 180_000)

  test.each([
    ['a layer', { page: '<h1>Desktop 2</h1>\n' }, /content: layer 4;.*size [+-]/],
    ['an environment variable', { env: 'good-day' }, /^configuration: Env\.GREETING; size \+0 B$/],
    ['a label', { label: 'other' }, /^configuration: Labels\.kind; size \+0 B$/]
  ])(
    '%s that changed is named',
    async (_, parts, reason) => {
      await stage.act()
      await stage.change(parts)
      const second = await stage.act({ tag: '2026-01-03' })
      expect(second.outcome.outputs['changed']).toBe('true')
      expect(second.outcome.outputs['reason']).toMatch(reason)
      expect(second.outcome.outputs['size-delta']).toMatch(/^-?\d+$/)
      expect(second.outcome.summary).toMatch(/### (Layers|Configuration) against latest/)
      expect(await stage.digest(stage.open.host, 'latest')).toBe(second.outcome.outputs['digest'])
      expect(await stage.digest(stage.open.host, '2026-01-02')).not.toBe(second.outcome.outputs['digest'])
    },
    180_000
  )

  test('a failing smoke test leaves every tag and tells why', async () => {
    const first = await stage.act()
    await stage.change({ page: 'Grey rectangle' })
    const second = await stage.act({ tag: '2026-01-03', 'smoke-file': 'smoke.yaml' })
    expect(second.outcome).toMatchObject({
      verdict: 'failed',
      outputs: { pushed: '[]', 'failed-count': '1' }
    })
    expect(second.outcome.failure).toContain('linux: http 8080/')
    expect(second.outcome.summary).toContain('log of the container')
    expect(second.outcome.summary).toMatch(
      /What failed:\n\n.*\n.*\n\| linux \| http 8080\/ \| does not contain/
    )
    expect(await stage.digest(stage.open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    expect(await stage.digest(stage.open.host, '2026-01-03')).toBeUndefined()
  }, 180_000)

  test('two registries, one with a password: copied by digest, mirrors that lag are brought up to date', async () => {
    const { mirror } = stage
    const first = await stage.act({ registries: `${stage.proxy.host}/neurodesk\n${mirror}` })
    expect(first.outcome.verdict).toBe('ok')
    expect(await stage.digest(stage.closed.host, 'latest')).toBe(first.outcome.outputs['digest'])
    expect(await stage.digest(stage.closed.host, '2026-01-02')).toBe(first.outcome.outputs['digest'])

    await stage.change({ page: 'only in the first' })
    const second = await stage.act({ tag: '2026-01-03' })
    expect(await stage.digest(stage.closed.host, 'latest')).toBe(first.outcome.outputs['digest'])
    const third = await stage.act({
      registries: `${stage.proxy.host}/neurodesk\n${mirror}`,
      tag: '2026-01-04'
    })
    expect(third.outcome.outputs).toMatchObject({ changed: 'false' })
    expect(await stage.digest(stage.closed.host, 'latest')).toBe(second.outcome.outputs['digest'])
    expect(third.said.join('\n')).not.toContain(login.password)
    // Who is not logged in cannot pull from it: told, and no failure.
    expect(third.outcome.findings.map((one) => one.id)).toEqual(['desktop-not-public'])
  }, 180_000)

  test('on a fork without credentials the image is built and tested, and stays here', async () => {
    const fork = await openDesk({ env: { ...stage.docker.env, MIRROR_USER: '', MIRROR_PASSWORD: '' } })
    await writeScene(fork.workspace)
    const registries = `docker.io/\n${stage.closed.host}/neurodesk username-env=MIRROR_USER password-env=MIRROR_PASSWORD`
    const { outcome, said } = await fork.act({
      image: stage.image,
      registries,
      tag: '2026-01-02',
      'smoke-file': 'smoke.yaml'
    })
    expect(outcome).toMatchObject({
      verdict: 'ok',
      outputs: { pushed: '[]', digest: '', 'passed-count': '5' }
    })
    expect(said.join('\n')).toContain('docker.io/ has no namespace here')
    expect(outcome.findings.map((one) => one.id)).toContain('desktop-not-logged-in')
    await fork[Symbol.asyncDispose]()
  }, 120_000)

  test('a dry run changes nothing outside', async () => {
    const before = stage.proxy.requests.length
    const { outcome } = await stage.act({ 'dry-run': 'true', 'smoke-file': 'smoke.yaml' })
    expect(outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true', 'passed-count': '5' } })
    expect(JSON.parse(outcome.outputs['pushed'] ?? '')).toMatchObject([{ status: 'would-publish' }])
    expect(stage.proxy.requests.slice(before).filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([])
  }, 120_000)

  test('two platforms, built in two jobs, tested and merged; a missing one is a failure', async () => {
    // Without RUN lines an image for another processor can be built anywhere; running it is another test's matter.
    await writeScene(stage.desk.workspace, { isPlain: true })
    for (const platform of ['linux/amd64', 'linux/arm64']) {
      const built = await stage.act({ mode: 'build', platforms: platform, digests: 'digests' })
      expect(built.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true', pushed: '[]' } })
      const file = join(stage.desk.workspace, 'digests', `${platform.replace('/', '-')}.json`)
      expect(built.outcome.outputs['digest-file']).toBe(file)
    }
    expect(await stage.digest(stage.open.host, 'latest')).toBeUndefined()
    const tested = await stage.act({ mode: 'test', digests: 'digests', 'smoke-file': 'plain.yaml' })
    expect(tested.outcome).toMatchObject({
      verdict: 'ok',
      outputs: { 'passed-count': '2', changed: 'true' }
    })
    expect(tested.said).toContain('linux: 2 passed, 0 failed')
    await expect(
      stage.act({ mode: 'merge', digests: 'digests', platforms: 'linux/amd64\nlinux/arm64\nlinux/s390x' })
    ).rejects.toThrow(/no digest for linux\/s390x/)
    expect(await stage.digest(stage.open.host, 'latest')).toBeUndefined()

    const platforms = 'linux/amd64\nlinux/arm64'
    const merged = await stage.act({
      mode: 'merge',
      digests: 'digests',
      platforms,
      'platform-tags': 'true',
      scan: 'test\n-n\n{image}'
    })
    expect(merged.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true' } })
    const repository = parseRepository(`${stage.open.host}/neurodesk/${stage.image}`)
    for (const platform of platforms.split('\n')) {
      const image = await stage.registry.image(at(repository, 'latest'), parsePlatform(platform))
      expect(image?.descriptor.digest).toMatch(/^sha256:/)
      expect(await stage.digest(stage.open.host, platform.replace('linux/', ''))).toBe(
        image?.descriptor.digest
      )
    }
    expect(await stage.digest(stage.open.host, '2026-01-02')).toBe(
      await stage.digest(stage.open.host, 'latest')
    )

    // The next day, on fresh machines: nothing changed on any platform.
    await stage.forgetEverything()
    await rm(join(stage.desk.workspace, 'digests'), { recursive: true })
    const before = stage.pushes()
    for (const platform of platforms.split('\n')) {
      const built = await stage.act({
        mode: 'build',
        platforms: platform,
        digests: 'digests',
        tag: '2026-01-03'
      })
      expect(built.outcome.outputs['changed']).toBe('false')
    }
    const again = await stage.act({
      mode: 'merge',
      digests: 'digests',
      platforms,
      'platform-tags': 'true',
      tag: '2026-01-03'
    })
    expect(again.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'false' } })
    expect(stage.pushes()).toBe(before)
  }, 240_000)
})
