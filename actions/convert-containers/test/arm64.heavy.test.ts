/** Containers for arm64 by the built bundle, on whatever machine this is: packing an image does not run it. */
import { copyFile, readdir, rename, rm } from 'node:fs/promises'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import { mediaTypes } from '../../../lib/registry/index.ts'
import { inspectFile } from '../../../lib/sif/index.ts'
import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { createWorld, DATE, layer, listOf, pushImage, reportOf, type World } from './world.ts'

// Each test runs the bundle, on machines that do other things as well.
jest.setTimeout(120_000)

const SINGLE = `tool_arm64_1_${DATE}`
const SUFFIX = `tool_2_arm64_${DATE}`
const INDEX = `both_arm64_1_${DATE}`
const WRONG = `wrong_arm64_1_${DATE}`
const PLAIN = `plain_1_${DATE}`

/** The header of a program and nothing more (elf(5)): Apptainer reads from it what an image is for. */
function elfOf(architecture: string): Buffer {
  const elf = Buffer.alloc(64)
  elf.write('\x7fELF\x02\x01\x01', 0, 'latin1')
  elf.writeUInt16LE(2, 16)
  elf.writeUInt16LE(architecture === 'arm64' ? 0xb7 : 0x3e, 18)
  elf.writeUInt32LE(1, 20)
  elf.writeUInt16LE(64, 52)
  return elf
}

describeWithServices(['registry', 'apptainer', 'rclone', 'squashfs', 'fixtures'], 'arm64', () => {
  let world: World
  let store: StoreService
  let stores: string
  const digests: Record<string, string> = {}
  const file = (name: string): string => path.join(store.folder, `${name}.simg`)

  beforeAll(async () => {
    world = await createWorld()
    store = await localStore()
    stores = `${store.remote} name=one public-url=${store.publicUrl}`
    const content = async (architecture: string): Promise<Buffer> =>
      await layer([
        { name: 'bin/', type: 'directory', mode: 0o755 },
        { name: 'bin/sh', mode: 0o755, content: elfOf(architecture) },
        { name: `is-${architecture}`, content: architecture }
      ])
    const push = async (image: string, architecture: string, tag = DATE): Promise<void> => {
      const layers = [await content(architecture)]
      const { registry, registryHost } = world
      digests[`${image} ${architecture}`] = await pushImage(
        registry,
        registryHost,
        `vnmd/${image}`,
        tag,
        layers,
        architecture
      )
    }
    await push('tool_arm64_1', 'arm64')
    await push('tool_2_arm64', 'arm64')
    await push('wrong_arm64_1', 'amd64')
    await push('plain_1', 'amd64')
    await push('both_arm64_1', 'amd64', 'one')
    await push('both_arm64_1', 'arm64', 'two')
    const repository = { host: world.registryHost, path: 'vnmd/both_arm64_1' }
    const manifests = await Promise.all(
      ['amd64', 'arm64'].map(async (architecture) => {
        const digest = digests[`both_arm64_1 ${architecture}`] ?? ''
        const found = await world.registry.resolve({ ...repository, tag: undefined, digest })
        return { ...found, platform: { os: 'linux', architecture } }
      })
    )
    const index = { schemaVersion: 2, mediaType: mediaTypes.dockerIndex, manifests }
    await world.registry.pushManifest(repository, JSON.stringify(index), mediaTypes.dockerIndex, DATE)
    await world.writeCatalogue({
      'tool_arm64 1': DATE,
      'tool 2 arm64': DATE,
      'both_arm64 1': DATE,
      'wrong_arm64 1': DATE,
      'plain 1': DATE
    })
  }, 60_000)

  afterAll(async () => {
    await store[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })

  test('plan: a job of its own, for a runner of that kind', async () => {
    const run = await world.run({ stores, mode: 'plan' })
    const { include } = JSON.parse(run.outputs['matrix'] ?? '') as {
      include: { names: string[]; arch: string; runner: string }[]
    }
    const names = (arch: string): readonly string[] =>
      include
        .filter((job) => job.arch === arch)
        .flatMap((job) => job.names)
        .sort()
    expect([names('arm64'), names('amd64')]).toEqual([[INDEX, SINGLE, SUFFIX].sort(), [PLAIN]])
    expect(include.every(({ runner }) => runner === 'standard')).toBe(true)
  })

  test('convert: from the arm64 image of an index too, and the SIF says what it is for', async () => {
    const run = await world.run({ stores, mode: 'convert' })
    // The image that is for amd64 under an arm64 name is refused, and alone.
    expect([run.exitCode, [...listOf(run, 'converted')].sort(), listOf(run, 'missing')]).toEqual([
      1,
      [INDEX, PLAIN, SINGLE, SUFFIX].sort(),
      [WRONG]
    ])
    const { findings } = await reportOf(world)
    expect(findings.find(({ id }) => id === 'image-missing')).toMatchObject({
      subject: WRONG,
      message: expect.stringMatching(/^no registry has it for arm64: /)
    })
    for (const [name, architecture, image] of [
      [SINGLE, 'arm64', 'tool_arm64_1'],
      [SUFFIX, 'arm64', 'tool_2_arm64'],
      [INDEX, 'arm64', 'both_arm64_1'],
      [PLAIN, 'amd64', 'plain_1']
    ] as const) {
      const digest = digests[`${image} ${architecture}`] ?? ''
      const sif = await inspectFile(fs, file(name), { architecture, digest })
      expect([name, sif.architecture, sif.header.architecture]).toEqual([name, architecture, architecture])
    }
    expect((await readdir(store.folder)).length).toBe(4)
  })

  test('a SIF for the other processor is found in a store by its first bytes, and not taken from a cache', async () => {
    const cache = path.join(world.workspace, 'cache')
    await fs.mkdir(cache)
    await copyFile(file(PLAIN), path.join(cache, `${SINGLE}.simg`))
    await rename(file(SINGLE), path.join(world.workspace, 'right'))
    await copyFile(file(PLAIN), file(SINGLE))
    const check = await world.run({ stores, only: SINGLE })
    expect([check.exitCode, (await reportOf(world)).findings]).toMatchObject([
      1,
      [{ id: 'container-damaged', message: expect.stringContaining('it is for amd64, wanted is arm64') }]
    ])
    const run = await world.run({ stores, mode: 'convert', only: SINGLE, 'local-cache': 'cache' })
    expect(run.annotations[0]?.message).toMatch(/is not used: it is for amd64, wanted is arm64/)
    expect((await reportOf(world)).details['carried']).toMatchObject([{ from: 'converted' }])
    expect([run.exitCode, (await inspectFile(fs, file(SINGLE))).architecture]).toEqual([0, 'arm64'])
    await rm(path.join(world.workspace, 'right'))
  })
})
