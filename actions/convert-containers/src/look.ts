/** Looks into the stores: one listing each where that is allowed, and a GET without credentials for each object. */
import { randomUUID } from 'node:crypto'

import pLimit from 'p-limit'

import type { Container } from '../../../lib/catalogue/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { Clock, Http, Log, Ports } from '../../../lib/ports/index.ts'
import {
  createDoubt,
  createRclone,
  PART,
  probe,
  publicPath,
  type Probe,
  type Rclone,
  type Store
} from '../../../lib/store/index.ts'
import { getTool, RCLONE } from '../../../lib/tools/index.ts'
import type { Sighting, StoreView } from './availability.ts'

export interface LookPorts {
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly rclone: Rclone
  readonly signal: AbortSignal
}

export interface LookOptions {
  /** Folder of each store in which finished builds wait; '' for none. */
  readonly cachePrefix: string
  readonly timeoutMs: number
  /** Requests under way at once, for each store. */
  readonly requests: number
}

/** rclone, from PATH or the tool cache; not looked for when no store needs it. */
export async function findRclone(stores: readonly Store[], mirror: string, ports: Ports): Promise<Rclone> {
  const needed = stores.some(({ remote }) => remote !== undefined)
  const command = needed ? (await getTool(RCLONE, ports, { mirror })).path : 'rclone'
  return createRclone({ ...ports, command, signal: ports.runner.signal })
}

/** The file name of a container in every store. */
export function keyOf(object: string): string {
  return `${object}.simg`
}

/** Never throws for what a store does: what could not be seen is unknown. */
export async function lookAtStores(
  containers: readonly Container[],
  stores: readonly Store[],
  options: LookOptions,
  ports: LookPorts
): Promise<StoreView[]> {
  return await Promise.all(stores.map(async (store) => await lookAtStore(containers, store, options, ports)))
}

async function lookAtStore(
  containers: readonly Container[],
  store: Store,
  options: LookOptions,
  ports: LookPorts
): Promise<StoreView> {
  const [root, cache] = await Promise.all([
    list(store, '', ports),
    options.cachePrefix === ''
      ? Promise.resolve({ sizes: new Map<string, number>(), error: undefined })
      : list(store, options.cachePrefix, ports)
  ])
  if (root.error !== undefined && store.remote !== undefined) {
    ports.log.info(`${store.name} cannot be listed, each object is asked for: ${root.error}`)
  }
  const limit = pLimit(options.requests)
  const fuse = createFuse()
  const { http, clock, log, signal } = ports
  const nobody = publicPath(store, keyOf(`neurodesk-ci-${randomUUID()}`))
  const doubt = createDoubt(nobody ?? '', { http, clock, log, signal, timeoutMs: options.timeoutMs })
  const sightings = new Map<string, Sighting>()
  await Promise.all(
    containers.map(async ({ object }) => {
      const key = keyOf(object)
      const bytes = root.sizes?.get(key)
      const listed = root.sizes === undefined ? undefined : bytes === undefined ? 'absent' : { bytes }
      // Also for what is not listed: listings of object stores may be older than their objects.
      const url = publicPath(store, key)
      const seen =
        url === undefined
          ? undefined
          : await limit(async () => await fuse.guard(async () => await ask(url, options, ports)))
      sightings.set(object, {
        listed,
        // What the listing says needs no doubt about a 403.
        probe: seen === undefined || listed !== undefined ? seen : await doubt(seen),
        cached: cache.sizes?.get(key),
        ...(root.error === undefined ? {} : { reason: root.error })
      })
    })
  )
  const leftovers = [...(root.sizes?.keys() ?? [])].filter((key) => key.includes(`.simg${PART}`))
  // Where nothing of the store can be listed, that is told already.
  const cacheError = root.error === undefined ? cache.error : undefined
  return { store, sightings, listingError: root.error, cacheError, silent: fuse.blown(), leftovers }
}

/** So many objects in a row without an answer, and never one: the store is down, and asking on would take hours. */
const FUSE = 20

interface Fuse {
  guard(ask: () => Promise<Probe>): Promise<Probe>
  /** Why nothing is asked any more. */
  blown(): string | undefined
}

function createFuse(): Fuse {
  let silent = 0
  let reason = ''
  let answered = false
  const blown = (): string | undefined => (!answered && silent >= FUSE ? reason : undefined)
  return {
    blown,
    guard: async (ask) => {
      const before = blown()
      if (before !== undefined) return { state: 'unknown', reason: before }
      const seen = await ask()
      if (seen.state !== 'unknown') answered = true
      else {
        silent++
        reason = seen.reason
      }
      return seen
    }
  }
}

async function ask(url: string, options: LookOptions, ports: LookPorts): Promise<Probe> {
  const { http, clock, log, signal } = ports
  const seen = await probe(url, { http, clock, log, signal, timeoutMs: options.timeoutMs })
  // Who reads it sees the container's name beside it, and many say the same.
  if (seen.state !== 'unknown') return seen
  return { ...seen, reason: seen.reason.replace(`GET ${url}: `, '').replace(`${url}: `, '') }
}

interface Listing {
  readonly sizes: ReadonlyMap<string, number> | undefined
  readonly error: string | undefined
}

async function list(store: Store, folder: string, ports: LookPorts): Promise<Listing> {
  if (store.remote === undefined) return { sizes: undefined, error: 'it is given by its address only' }
  try {
    const objects = await ports.rclone.list(store, folder === '' ? {} : { folder })
    return { sizes: new Map(objects.map(({ key, bytes }) => [key, bytes])), error: undefined }
  } catch (error) {
    ports.signal.throwIfAborted()
    return { sizes: undefined, error: firstLines(messageOf(error)) }
  }
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 3).join(' ').slice(0, 400)
}
