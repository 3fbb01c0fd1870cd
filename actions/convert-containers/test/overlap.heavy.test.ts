/** Building and uploading of different containers overlap, and what is delivered leaves the disk while others go on. */
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { createWorld, DATE, layer, listOf, pushImage, type World } from './world.ts'

/** All of them; none where there is no folder yet, or one goes just now. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true }).map(String)
  } catch {
    return []
  }
}

const NAMES = ['a', 'b', 'c', 'd', 'e'].map((letter) => `noise-${letter}_1_${DATE}`)

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures'], 'five containers', () => {
  let world: World
  let store: StoreService

  beforeAll(async () => {
    world = await createWorld()
    store = await localStore()
    for (const name of NAMES) {
      const tar = await layer([{ name: 'noise', content: randomBytes(8_000_000) }])
      await pushImage(world.registry, world.registryHost, `vnmd/${name.slice(0, -DATE.length - 1)}`, DATE, [
        tar
      ])
    }
    await world.writeCatalogue(
      Object.fromEntries(NAMES.map((name) => [name.slice(0, -DATE.length - 1).replace('_', ' '), DATE]))
    )
  }, 60_000)
  afterAll(async () => {
    await store[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })

  test('one is uploaded while another is built, and none stays on the disk for the others', async () => {
    const work = path.join(world.workspace, 'work')
    const begun: string[] = []
    const done: string[] = []
    /** Uploads under way when a build began, and files of delivered containers that still lay there later. */
    let beside = 0
    const stayed = new Set<string>()
    const run = await world.run(
      { stores: `${store.remote} name=one`, mode: 'convert', 'work-dir': 'work' },
      {
        // Two seconds for each upload: longer than a build.
        env: { RCLONE_BWLIMIT: '4M' },
        onLine: (line) => {
          const [, building] = /^(noise-\w+): converting/.exec(line) ?? []
          const [, delivered] = /^(noise-\w+): converted, one/.exec(line) ?? []
          if (building !== undefined) {
            begun.push(building)
            if (readdirSync(store.folder).some((name) => name.includes('.part-'))) beside++
          }
          if (begun.length < NAMES.length || done.length < NAMES.length)
            for (const name of filesIn(work))
              for (const one of done) if (path.basename(name).startsWith(one)) stayed.add(one)
          if (delivered !== undefined) done.push(delivered)
        }
      }
    )
    expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, NAMES])
    expect([begun.toSorted(), done.toSorted()]).toEqual([NAMES, NAMES])
    expect(beside).toBeGreaterThan(0)
    expect([...stayed]).toEqual([])
    expect(readdirSync(work)).toEqual([])
  }, 120_000)
})
