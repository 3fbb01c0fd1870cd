/** What a conversion is in the middle of, with a real registry, real tools and a store. */
import { randomBytes } from 'node:crypto'
import { copyFile, readdir } from 'node:fs/promises'
import path from 'node:path'

import { findTools, localStore, type StoreService } from '../../../testbed/index.ts'
import type { Late } from '../../../test/contract/contract.ts'
import { commandsFor } from '../../../test/contract/processes.ts'
import { createWorld, DATE, layer, pushImage } from './world.ts'

const services = ['registry', 'apptainer', 'rclone', 'squashfs', 'fixtures'] as const

export const late: readonly Late[] = [
  phase('while it converts', {}, async (folder) =>
    (await commandsFor(folder)).some((command) => /mksquashfs|sqfstar/.test(command))
  ),
  phase('while Apptainer converts', { converter: 'apptainer' }, async (folder) =>
    (await commandsFor(folder)).some((command) => command.includes('mksquashfs'))
  ),
  phase('while it uploads', {}, async (_folder, store) =>
    (await readdir(store.folder)).some((name) => name.includes('.part-'))
  )
]

function phase(
  title: string,
  inputs: Readonly<Record<string, string>>,
  reached: (folder: string, store: StoreService) => Promise<boolean>
): Late {
  return {
    title,
    services,
    open: async () => {
      const world = await createWorld()
      const store = await localStore()
      const tar = await layer([{ name: 'noise', content: randomBytes(30_000_000) }])
      await pushImage(world.registry, world.registryHost, 'vnmd/large_1', DATE, [tar])
      await world.writeCatalogue({ 'large 1': DATE })
      return {
        inputs: {
          catalogue: 'apps.json',
          registries: `${world.registryHost}/vnmd`,
          stores: `${store.remote} name=one public-url=${store.publicUrl}`,
          mode: 'convert',
          'work-dir': 'work',
          ...inputs
        },
        // Slow enough that it can be seen.
        env: { ...findTools().env, RCLONE_BWLIMIT: '2M' },
        prepare: async (folder) =>
          await copyFile(path.join(world.workspace, 'apps.json'), path.join(folder, 'apps.json')),
        reached: async (folder) => await reached(folder, store),
        look: async () => ({ objects: await readdir(store.folder) }),
        // A finished SIF is what the next run goes on with; the rest is of the tools themselves.
        keeps: new RegExp(
          `work(?:/large_1_${DATE}\\.simg)?|home/\\.apptainer(?:/.*)?|home/\\.config(?:/rclone)?`
        ),
        async [Symbol.asyncDispose]() {
          await store[Symbol.asyncDispose]()
          await world[Symbol.asyncDispose]()
        }
      }
    }
  }
}
