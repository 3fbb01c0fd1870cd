/** What changed, and what is under a tag already. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { at, parseRepository } from '../../../lib/registry/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { openStage, type Stage } from './stage.ts'

describeWithServices(['docker', 'registry'], 'build-desktop finds out what changed', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  }, 120_000)
  afterAll(async () => await stage[Symbol.asyncDispose]())
  beforeEach(async () => await stage.reset())

  test('the date that is baked in is no change', async () => {
    await stage.act({ 'tag-build-arg': 'NEURODESKTOP_VERSION' })
    await stage.forgetEverything()
    const second = await stage.act({ 'tag-build-arg': 'NEURODESKTOP_VERSION', tag: '2026-01-03' })
    expect(second.outcome.outputs).toMatchObject({ changed: 'false', tag: '2026-01-03' })
    const all = await stage.act({
      'tag-build-arg': 'NEURODESKTOP_VERSION',
      tag: '2026-01-03',
      'ignore-config': 'NOTHING_OF_THE_KIND'
    })
    expect(all.outcome.outputs['reason']).toContain(
      'configuration: Env.NEURODESKTOP_VERSION, Labels.org.opencontainers.image.version'
    )
  }, 180_000)

  test('a rebuild with the same files and other times is told apart', async () => {
    await stage.act()
    const second = await stage.act({ tag: '2026-01-03', 'no-cache': 'true' })
    expect(second.outcome.outputs['changed']).toBe('true')
    expect(second.outcome.outputs['reason']).toMatch(
      /^times: \d layers? with the same files, but other times$/
    )
  }, 180_000)

  test('software list and provenance lie beside the image, and tell the packages next time', async () => {
    const status = (version: string): string =>
      `RUN mkdir -p /var/lib/dpkg && printf 'Package: curl\\nStatus: install ok installed\\nArchitecture: amd64\\nVersion: ${version}\\n\\n' > /var/lib/dpkg/status`
    await stage.change({ extra: status('7.88') })
    const first = await stage.act({ sbom: 'true', provenance: 'true' })
    expect(first.outcome.verdict).toBe('ok')
    const repository = parseRepository(`${stage.open.host}/neurodesk/${stage.image}`)
    const top = await stage.registry.manifest(at(repository, 'latest'))
    expect(top?.manifest.kind).toBe('index')
    const inspected = await stage.exec.run(
      'docker',
      ['buildx', 'imagetools', 'inspect', `${stage.open.host}/neurodesk/${stage.image}:latest`],
      { env: stage.docker.env }
    )
    expect(inspected.stdout).toContain('attestation-manifest')
    await stage.exec.run(
      'docker',
      ['pull', '--quiet', `${stage.open.host}/neurodesk/${stage.image}:latest`],
      {
        env: stage.docker.env
      }
    )
    await stage.change({ extra: status('8.5') })
    const second = await stage.act({ sbom: 'true', tag: '2026-01-03' })
    expect(second.outcome.outputs['reason']).toContain('packages: 1 updated')
    expect(second.outcome.summary).toContain('curl 7.88 -> 8.5')
  }, 180_000)

  test('skip-if-tagged: nothing to do, or only a copy', async () => {
    const first = await stage.act()
    const requests = stage.proxy.requests.length
    const second = await stage.act({ 'skip-if-tagged': 'true' })
    expect(second.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'false' } })
    expect(second.outcome.headline).toContain('at every registry already')
    expect(stage.proxy.requests.slice(requests).filter((line) => line.startsWith('PUT'))).toEqual([])
    const { mirror } = stage
    const third = await stage.act({
      'skip-if-tagged': 'true',
      registries: `${stage.proxy.host}/neurodesk\n${mirror}`
    })
    expect(third.outcome.verdict).toBe('ok')
    expect(third.said.join('\n')).not.toContain('exporting layers')
    expect(await stage.digest(stage.closed.host, '2026-01-02')).toBe(first.outcome.outputs['digest'])
    expect(await stage.digest(stage.closed.host, 'latest')).toBe(first.outcome.outputs['digest'])
  }, 120_000)

  test('skip-if-tagged: `latest` that was lost is put back, one that somebody moved stays', async () => {
    const { mirror } = stage
    const registries = `${stage.proxy.host}/neurodesk\n${mirror}`
    const first = await stage.act({ registries, latest: 'false' })
    const digest = first.outcome.outputs['digest'] ?? ''
    expect(await stage.digest(stage.open.host, 'latest')).toBeUndefined()

    const dry = await stage.act({ registries, 'skip-if-tagged': 'true', 'dry-run': 'true' })
    expect(dry.outcome.headline).toContain('`latest` was missing or behind at')
    expect(await stage.digest(stage.open.host, 'latest')).toBeUndefined()
    const healed = await stage.act({ registries, 'skip-if-tagged': 'true' })
    expect(healed.outcome).toMatchObject({ verdict: 'ok' })
    expect(healed.said.join('\n')).not.toContain('exporting layers')
    for (const { host } of [stage.open, stage.closed]) expect(await stage.digest(host, 'latest')).toBe(digest)

    await stage.change({ page: 'newer' })
    const newer = await stage.act({ registries, tag: '2026-01-03' })
    const again = await stage.act({ registries, 'skip-if-tagged': 'true' })
    expect(again.outcome.headline).toContain('at every registry already')
    expect(JSON.parse(again.outcome.outputs['pushed'] ?? '')).toEqual([])
    for (const { host } of [stage.open, stage.closed])
      expect(await stage.digest(host, 'latest')).toBe(newer.outcome.outputs['digest'])
  }, 120_000)

  test("other content under the tag: today's may be moved by hand, by a schedule only by force", async () => {
    const today = new Date().toISOString().slice(0, 10)
    const first = await stage.act({ tag: today })
    await stage.change({ page: 'other' })
    const scheduled = await stage.act({ tag: today })
    expect(scheduled.outcome).toMatchObject({ verdict: 'failed' })
    expect(scheduled.outcome.findings).toMatchObject([{ id: 'desktop-tag-taken' }])
    expect(await stage.digest(stage.open.host, 'latest')).toBe(first.outcome.outputs['digest'])
    const byHand = await stage.act({ tag: today }, { eventName: 'workflow_dispatch' })
    expect(byHand.outcome.findings).toMatchObject([{ id: 'desktop-tag-moved', severity: 'warning' }])
    expect(await stage.digest(stage.open.host, today)).toBe(byHand.outcome.outputs['digest'])
    await stage.change({ page: 'a third' })
    const old = await stage.act({ tag: '2026-01-02' })
    expect(old.outcome.verdict).toBe('ok')
    await stage.change({ page: 'a fourth' })
    expect((await stage.act({ tag: '2026-01-02' }, { eventName: 'workflow_dispatch' })).outcome.verdict).toBe(
      'failed'
    )
    expect((await stage.act({ tag: '2026-01-02', 'force-push': 'true' })).outcome.verdict).toBe('ok')
  }, 180_000)
})
