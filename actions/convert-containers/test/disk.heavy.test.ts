/** A disk that fills up, by the built bundle on a small tmpfs: what it is about is told, and nothing stays. */
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { localStore, smallDisk, type DiskService, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { push } from './exotic.ts'
import { createWorld, DATE, layer, listOf, NAMES, pushImage, reportOf, THREE, type World } from './world.ts'

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures', 'mount'], 'a full disk', () => {
  let world: World
  let disk: DiskService
  let store: StoreService
  let inputs: Record<string, string>

  beforeAll(async () => {
    world = await createWorld()
    store = await localStore()
    disk = await smallDisk(95 * 1024 * 1024)
    inputs = {
      stores: `${store.remote} name=one public-url=${store.publicUrl}`,
      mode: 'convert',
      'work-dir': disk.folder
    }
  }, 60_000)

  afterAll(async () => {
    await disk[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })

  test('a container that needs more than there is fails with the reason, and the others are made', async () => {
    const tar = await layer([{ name: 'noise', content: randomBytes(30_000_000) }])
    await pushImage(world.registry, world.registryHost, 'vnmd/large_1', DATE, [tar])
    await world.writeCatalogue({ 'large 1': DATE, ...THREE })
    const run = await world.run(inputs)
    expect([run.exitCode, listOf(run, 'failed'), listOf(run, 'converted')]).toEqual([
      1,
      [`large_1_${DATE}`],
      NAMES
    ])
    const { findings } = await reportOf(world)
    expect(findings.find(({ id }) => id === 'convert-failed')?.message).toMatch(/needs .*disk has /)
    expect(await fs.readdir(disk.folder)).toEqual([])
  }, 60_000)

  test('what no manifest can tell is found by the tool, and said as clearly', async () => {
    // 300 MB that travel as 1 MB, and that no squashfs makes small again.
    const noise = randomBytes(1_000_000)
    const swelling = await layer([{ name: 'noise', content: Buffer.concat(Array<Buffer>(300).fill(noise)) }])
    await push(world.registry, world.registryHost, 'vnmd/swells_1', [{ tar: swelling, pack: 'zstd' }])
    await world.writeCatalogue({ 'swells 1': DATE, ...THREE })
    const run = await world.run(inputs)
    expect([run.exitCode, listOf(run, 'failed')]).toEqual([1, [`swells_1_${DATE}`]])
    const told = (await reportOf(world)).findings.find(({ id }) => id === 'convert-failed')?.message
    expect(told).toMatch(/no space left on device[^]*Free space/i)
    expect(await fs.readdir(disk.folder)).toEqual([])
    expect((await fs.readdir(store.folder)).sort()).toEqual(NAMES.map((name) => `${name}.simg`))
  }, 60_000)
})
