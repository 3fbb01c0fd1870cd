/** Several platforms, from job to job. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { at, parsePlatform, parseRepository } from '../../../lib/registry/index.ts'
import { emulateArm64, startDocker, startRegistry } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { openStage, type Stage } from './stage.ts'
import { openDesk, type Act } from './desk.ts'
import { writeScene } from './scene.ts'

describeWithServices(['docker', 'registry'], 'build-desktop for several platforms', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  }, 120_000)
  afterAll(async () => await stage[Symbol.asyncDispose]())
  beforeEach(async () => await stage.reset())

  test('two platforms that are tagged already: the builds are skipped, the merge copies to a mirror', async () => {
    await writeScene(stage.desk.workspace, { isPlain: true })
    const platforms = 'linux/amd64\nlinux/arm64'
    const run = async (registries: string): Promise<Act> => {
      for (const platform of platforms.split('\n')) {
        await stage.act({
          mode: 'build',
          platforms: platform,
          digests: 'digests',
          'skip-if-tagged': 'true',
          registries
        })
      }
      return await stage.act({
        mode: 'merge',
        platforms,
        digests: 'digests',
        'skip-if-tagged': 'true',
        registries
      })
    }
    const first = await run(`${stage.proxy.host}/neurodesk`)
    expect(first.outcome.outputs['changed']).toBe('true')
    const { mirror } = stage
    const second = await run(`${stage.proxy.host}/neurodesk\n${mirror}`)
    expect(second.outcome.headline).toContain('is copied from there')
    expect(await stage.digest(stage.closed.host, '2026-01-02')).toBe(
      await stage.digest(stage.open.host, '2026-01-02')
    )
    expect(await stage.digest(stage.closed.host, 'latest')).toBe(
      await stage.digest(stage.open.host, 'latest')
    )
    const third = await run(`${stage.proxy.host}/neurodesk\n${mirror}`)
    expect(third.outcome.headline).toContain('at every registry already')
  }, 180_000)

  test('tags of the platforms, asked for later: set without a change, at a mirror too, and copied with a day', async () => {
    const { mirror } = stage
    const home = `${stage.proxy.host}/neurodesk`
    const first = await stage.act({ registries: `${home}\n${mirror}` })
    expect(await stage.digest(stage.open.host, 'amd64')).toBeUndefined()
    const second = await stage.act({
      registries: `${home}\n${mirror}`,
      tag: '2026-01-03',
      'platform-tags': 'true'
    })
    expect(second.outcome.outputs['changed']).toBe('false')
    for (const { host } of [stage.open, stage.closed])
      expect(await stage.digest(host, 'amd64')).toBe(first.outcome.outputs['digest'])

    // With attestations the other tags name an index; that of the platform names the image in it.
    await stage.change({ page: 'new' })
    const third = await stage.act({
      registries: home,
      tag: '2026-01-04',
      'platform-tags': 'true',
      provenance: 'true'
    })
    const repository = parseRepository(`${stage.open.host}/neurodesk/${stage.image}`)
    const image = await stage.registry.image(at(repository, 'latest'), parsePlatform('linux/amd64'))
    expect(image?.top.digest).toBe(third.outcome.outputs['digest'])
    expect(await stage.digest(stage.open.host, 'amd64')).toBe(image?.descriptor.digest)
    expect(image?.descriptor.digest).not.toBe(image?.top.digest)

    const copied = await stage.act({
      registries: `${home}\n${mirror}`,
      tag: '2026-01-04',
      'platform-tags': 'true',
      'skip-if-tagged': 'true'
    })
    expect(JSON.parse(copied.outcome.outputs['pushed'] ?? '')).toMatchObject([
      { tags: ['2026-01-04', 'amd64', 'latest'] }
    ])
    expect(await stage.digest(stage.closed.host, 'amd64')).toBe(image?.descriptor.digest)
    expect(await stage.digest(stage.closed.host, 'latest')).toBe(image?.top.digest)
  }, 180_000)

  test('an artifact cannot send a merge to a repository that nobody named', async () => {
    await writeScene(stage.desk.workspace, { isPlain: true })
    await stage.act({ mode: 'build', digests: 'digests' })
    const file = join(stage.desk.workspace, 'digests', 'linux-amd64.json')
    const forged = (await readFile(file, 'utf8')).replace(`neurodesk/${stage.image}`, 'elsewhere/image')
    await writeFile(file, forged)
    await expect(stage.act({ mode: 'merge', digests: 'digests' })).rejects.toThrow(/not among the registries/)
  }, 120_000)
})

describeWithServices(['docker', 'registry', 'qemu'], 'build-desktop for another processor', () => {
  test('an arm64 image is built with RUN lines, started and checked under emulation', async () => {
    const emulation = await emulateArm64()
    await using docker = await startDocker({ own: true })
    await using registry = await startRegistry()
    await using desk = await openDesk({ env: docker.env })
    await writeScene(desk.workspace, { processor: 'arm64' })
    const { outcome } = await desk.act({
      image: 'desk',
      registries: `${registry.host}/neurodesk`,
      platforms: 'linux/arm64',
      'smoke-file': 'smoke.yaml'
    })
    await emulation[Symbol.asyncDispose]()
    expect(outcome).toMatchObject({ verdict: 'ok', outputs: { changed: 'true', 'failed-count': '0' } })
  }, 240_000)
})
