/** Two stores on one Swift and a registry, each behind a gate; and what is to be looked at there by a test. */
import { createHash } from 'node:crypto'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { expect } from '@jest/globals'

import { createExec } from '../../../lib/shell/index.ts'
import { inspectFile } from '../../../lib/sif/index.ts'
import { findTools, type SwiftService } from '../../../testbed/index.ts'
import type { ActionRun, RunOptions } from '../../../testbed/runner/index.ts'
import { startGate, type Gate } from './gate.ts'
import { createSwiftWorld, DATE, type World } from './world.ts'

export const BIG = `big_1_${DATE}`
export const ALPHA = `alpha_1_${DATE}`
export const CACHE = 'temporary-builds-new'

/** The two containers of Swift, `nectar` and `aws`, and how rclone reaches them past the gate. */
export const PLACES = { neurodesk: 'n:neurodesk', neurocontainers: 'ns3:neurocontainers' } as const
export type Place = keyof typeof PLACES

export interface GatedWorld extends AsyncDisposable {
  readonly world: World
  readonly swift: SwiftService
  readonly registryGate: Gate
  /** What rclone asks of both stores; the public addresses go past it. */
  readonly storeGate: Gate
  /** The built bundle, with rclone and the registry behind the gates. */
  run(inputs: Readonly<Record<string, string>>, more?: Partial<RunOptions>): Promise<ActionRun>
  /** Names in a container. */
  list(container: string): Promise<readonly string[]>
  /** As the public reads it. */
  read(container: string, key: string): Promise<Buffer>
  write(name: string, body: Buffer | string, headers?: Readonly<Record<string, string>>): Promise<void>
  remove(place: Place, ...names: readonly string[]): Promise<void>
  /** Moves a container into the cache of the store, with its SHA-256, or that of `body`. */
  toCache(place: Place, name: string, change?: (body: Buffer) => Buffer): Promise<void>
  /** Names of what lies under final names; each is a whole SIF. */
  wholes(place: Place): Promise<readonly string[]>
  /** Processes that know of the gate: the run's own, and its tools. */
  processes(): Promise<readonly string[]>
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Has the containers BIG (in segments and parts) and ALPHA in its catalogue, and nothing in its stores. */
export async function createGatedWorld(): Promise<GatedWorld> {
  const { swift, world, stores } = await createSwiftWorld({ 'alpha 1': DATE })
  const registryGate = await startGate(world.registryHost)
  const storeGate = await startGate(new URL(swift.url).host)
  const rclone = async (args: readonly string[], accept: readonly number[] = [0]): Promise<void> => {
    const env = { ...process.env, ...findTools().env, ...swift.rcloneEnv('n'), RCLONE_SWIFT_CHUNK_SIZE: '2M' }
    await createExec({ env }).run('rclone', args, { accept })
  }
  const address = (container: string, key: string): string =>
    `${swift.storageUrl}/${encodeURIComponent(container)}/${key}`
  const gated: GatedWorld = {
    world,
    swift,
    registryGate,
    storeGate,
    run: async (inputs, more = {}) =>
      await world.run(
        { stores, registries: `${registryGate.host}/vnmd`, ...inputs },
        {
          ...more,
          env: {
            RCLONE_CONFIG_N_AUTH: `http://${storeGate.host}/auth/v1.0`,
            RCLONE_CONFIG_NS3_ENDPOINT: `http://${storeGate.host}`,
            ...more.env
          }
        }
      ),
    list: async (container) => {
      const headers = { 'x-auth-token': await swift.token(), accept: 'application/json' }
      const answer = await fetch(`${swift.storageUrl}/${encodeURIComponent(container)}?limit=1000`, {
        headers
      })
      return ((await answer.json()) as { name: string }[]).map(({ name }) => name).sort()
    },
    read: async (container, key) => {
      const answer = await fetch(address(container, key))
      const body = Buffer.from(await answer.arrayBuffer())
      expect([key, answer.status]).toEqual([key, 200])
      return body
    },
    write: async (name, body, headers = {}) => {
      const all = { 'x-auth-token': await swift.token(), ...headers }
      const answer = await fetch(`${swift.storageUrl}/${name}`, { method: 'PUT', headers: all, body })
      await answer.arrayBuffer()
      expect([name, answer.status]).toEqual([name, 201])
    },
    remove: async (place, ...names) => {
      // 4: it is not there (https://rclone.org/docs/#exit-code).
      for (const name of names) await rclone(['deletefile', `${PLACES[place]}/${name}.simg`], [0, 4])
    },
    toCache: async (place, name, change = (body) => body) => {
      const body = await gated.read(place, `${name}.simg`)
      const file = path.join(world.workspace, 'to-cache')
      await fs.writeFile(file, change(body))
      const header = place === 'neurodesk' ? 'X-Object-Meta-sha256' : 'x-amz-meta-sha256'
      const told = ['--header-upload', `${header}: ${sha256(body)}`]
      await rclone(['copyto', ...told, file, `${PLACES[place]}/${CACHE}/${name}.simg`])
      await gated.remove(place, name)
      await fs.rm(file)
    },
    wholes: async (place) => {
      const keys = (await gated.list(place)).filter((key) => !key.includes('/'))
      const file = path.join(world.workspace, 'seen')
      for (const key of keys) {
        await fs.writeFile(file, await gated.read(place, key))
        await inspectFile(fs, file)
        await fs.rm(file)
      }
      return keys
    },
    processes: async () => {
      const pids = (await fs.readdir('/proc')).filter(
        (name) => /^\d+$/.test(name) && Number(name) !== process.pid
      )
      const found = await Promise.all(
        pids.map(async (pid) => {
          const text = async (file: string): Promise<string> =>
            await fs.readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
          return (await text('environ')).includes(storeGate.host) ? await text('cmdline') : ''
        })
      )
      return found.filter((line) => line !== '')
    },
    async [Symbol.asyncDispose]() {
      await registryGate[Symbol.asyncDispose]()
      await storeGate[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
      await swift[Symbol.asyncDispose]()
    }
  }
  return gated
}
