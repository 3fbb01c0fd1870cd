/** An engine that keeps its images in containerd, as new installations of Docker do: other ids, other archives. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { at, parsePlatform, parseRepository } from '../../../lib/registry/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { openStage, type Stage } from './stage.ts'

describeWithServices(['docker', 'registry'], "build-desktop and containerd's image store", () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ features: { 'containerd-snapshotter': true } })
  }, 120_000)
  afterAll(async () => await stage[Symbol.asyncDispose]())
  beforeEach(async () => await stage.reset())

  const docker = async (...args: string[]): Promise<string> =>
    (await stage.exec.run('docker', args, { env: stage.docker.env })).stdout.trim()

  test('the candidate is what the engine has, layer for layer and setting for setting; unchanged next day', async () => {
    // https://docs.docker.com/engine/storage/containerd/: how to see which store an engine has.
    expect(await docker('info', '--format', '{{json .DriverStatus}}')).toContain(
      'io.containerd.snapshotter.v1'
    )

    const first = await stage.act({ 'smoke-file': 'smoke.yaml' })
    expect(first.outcome).toMatchObject({
      verdict: 'ok',
      outputs: { changed: 'true', 'passed-count': '5', 'failed-count': '0' }
    })
    const repository = parseRepository(`${stage.open.host}/neurodesk/${stage.image}`)
    const digest = first.outcome.outputs['digest'] ?? ''
    const image = await stage.registry.image(at(repository, digest), parsePlatform('linux/amd64'))
    const name = `neurodesk-ci/${stage.image}:2026-01-02-linux-amd64`
    const [engine] = JSON.parse(await docker('image', 'inspect', name)) as [
      { RootFS: { Layers: string[] }; Config: Record<string, unknown>; Id: string }
    ]
    expect(image?.config.diffIds).toEqual(engine.RootFS.Layers)
    for (const setting of ['Env', 'Cmd', 'Labels', 'ExposedPorts', 'WorkingDir'])
      expect([setting, image?.config.settings[setting]]).toEqual([setting, engine.Config[setting]])
    // Here the engine calls an image by its manifest, not by its configuration as the classic store does.
    expect(engine.Id).not.toBe(image?.manifest.config.digest)
    expect(await stage.digest(stage.open.host, 'latest')).toBe(digest)

    await stage.forgetEverything()
    const before = stage.pushes()
    const second = await stage.act({ 'smoke-file': 'smoke.yaml', tag: '2026-01-03' })
    expect(second.outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'false', digest } })
    expect(stage.pushes()).toBe(before)
  }, 180_000)

  test('a layer that changed is named, and only that one is sent', async () => {
    await stage.act()
    await stage.change({ page: '<h1>Desktop 2</h1>\n' })
    const sent = stage.proxy.traffic.sent
    const second = await stage.act({ tag: '2026-01-03' })
    expect(second.outcome.outputs['reason']).toMatch(/^content: layer 4; size [+-]/)
    // The static busybox of the layers below has about a megabyte.
    expect(stage.proxy.traffic.sent - sent).toBeLessThan(50_000)
    expect(await stage.digest(stage.open.host, 'latest')).toBe(second.outcome.outputs['digest'])
  }, 180_000)

  test('what another job built is pulled by its digest and tested', async () => {
    await stage.act({ mode: 'build', digests: 'digests' })
    await stage.forgetEverything()
    const tested = await stage.act({ mode: 'test', digests: 'digests', 'smoke-file': 'smoke.yaml' })
    expect(tested.outcome).toMatchObject({ verdict: 'ok', outputs: { 'passed-count': '5' } })
  }, 180_000)
})
