/** Lists everything in the stores for the retention, and deletes what its plan names. */
import pLimit from 'p-limit'

import { messageOf } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import {
  publicPath,
  segmentsOf,
  segmentStore,
  type Rclone,
  type Store,
  type StoredObject
} from '../../../lib/store/index.ts'
import { isUnchanged, subjectOf, type Deletion, type StoreContents } from './retain.ts'
import { segmentSet, setOf } from './segments.ts'

type SweepPorts = Pick<Ports, 'log' | 'runner' | 'http' | 'clock'>

/** A store that cannot be listed whole is left out, and told. */
export async function listContents(
  stores: readonly Store[],
  cachePrefix: string,
  rclone: Rclone,
  ports: SweepPorts
): Promise<{ contents: StoreContents[]; findings: Finding[] }> {
  const contents: StoreContents[] = []
  const findings: Finding[] = []
  for (const store of stores) {
    if (store.remote === undefined) continue
    try {
      const objects = await rclone.list(store, { modified: true })
      const cached =
        cachePrefix === ''
          ? []
          : (await rclone.list(store, { folder: cachePrefix, modified: true })).map(inFolder(cachePrefix))
      const segments = await listSegments(store, rclone)
      const others: string[] = []
      let told: Told = { manifests: new Map(), untold: new Set(), allTold: true }
      if ((await rclone.features(store)).api === 'swift') {
        const known = new Set([...objects, ...cached].map(({ key }) => key))
        const everything = (await rclone.listAll(store)).map(({ key }) => key)
        others.push(...everything.filter((key) => !known.has(key)))
        told = await readManifests(store, [...known, ...others], segments, ports)
      }
      if (!told.allTold) findings.push(unknownSegments(store, segments.length))
      contents.push({ store: store.name, objects, cached, segments, others, ...told })
    } catch (error) {
      ports.runner.signal.throwIfAborted()
      findings.push({
        id: 'retain-store-unknown',
        subject: store.name,
        severity: 'unknown',
        message: `it could not be listed, nothing is deleted in it: ${messageOf(error).split('\n', 1)[0] ?? ''}`
      })
    }
  }
  return { contents, findings }
}

function inFolder(folder: string): (object: StoredObject) => StoredObject {
  return (object) => ({ ...object, key: `${folder}/${object.key}` })
}

async function listSegments(store: Store, rclone: Rclone): Promise<StoredObject[]> {
  const segments = segmentStore(store)
  // Elsewhere a bucket called so is nobody's, or somebody else's.
  if (segments === undefined || (await rclone.features(store)).api !== 'swift') return []
  return await rclone.listAll(segments)
}

function unknownSegments(store: Store, count: number): Finding {
  return {
    id: 'retain-segments-unknown',
    subject: store.name,
    severity: 'notice',
    message: `its large objects and their ${count} segments stay: not every object tells which of them it is made of`,
    hint: 'Give the store its public-url=, and let everybody read its objects.'
  }
}

type Told = Pick<StoreContents, 'manifests' | 'untold' | 'allTold'>

/** HEAD requests at once. */
const REQUESTS = 32
/** After so many that gave no answer the address is not asked any more: each takes minutes. */
const MAX_SILENT = 20

/**
 * The sets of segments that each object is made of, and which could not be asked: then nobody knows which segments are
 * needed, and by whom.
 */
async function readManifests(
  store: Store,
  keys: readonly string[],
  segments: readonly StoredObject[],
  ports: SweepPorts
): Promise<Told> {
  const { http, clock, log, runner } = ports
  const options = { http, clock, log, timeoutMs: 30_000, signal: runner.signal }
  const manifests = new Map<string, ReadonlySet<string>>()
  const untold = new Set<string>()
  const limit = pLimit(REQUESTS)
  await Promise.all(
    keys.map(
      async (key) =>
        await limit(async () => {
          const url = publicPath(store, key)
          const ask = url !== undefined && untold.size <= MAX_SILENT
          const parts = ask ? await segmentsOf(url, options) : undefined
          if (parts === undefined) untold.add(key)
          else if (parts.length > 0) manifests.set(key, new Set(parts.map(setOf)))
        })
    )
  )
  // The answer of no single one counts: the plan is to be the same the next time.
  if (untold.size > MAX_SILENT) return { manifests: new Map(), untold: new Set(keys), allTold: false }
  // An address that tells no headers says of everything that it is in one piece.
  const owners = new Set(segments.map(({ key }) => segmentSet(key)?.object))
  const large = keys.filter((key) => owners.has(key))
  if (large.length > 0 && large.every((key) => !manifests.has(key)))
    return { manifests, untold: new Set(keys), allTold: false }
  // Below a container's top level the rest of the container is not seen.
  return { manifests, untold, allTold: untold.size === 0 && segmentStore(store) !== undefined }
}

export interface Swept {
  readonly deleted: readonly Deletion[]
  readonly findings: readonly Finding[]
}

/** Deletes one by one; what changed since it was listed stays. */
export async function sweep(
  deletions: readonly Deletion[],
  stores: readonly Store[],
  rclone: Rclone,
  ports: SweepPorts,
  parallel: number
): Promise<Swept> {
  const byName = new Map(stores.map((store) => [store.name, store]))
  const deleted: Deletion[] = []
  const findings: Finding[] = []
  const limit = pLimit(parallel)
  await Promise.all(
    deletions.map(
      async (deletion) =>
        await limit(async () => {
          ports.runner.signal.throwIfAborted()
          const store = byName.get(deletion.store)
          const place =
            store === undefined ? undefined : deletion.kind === 'segment' ? segmentStore(store) : store
          if (place === undefined) throw new Error(`no store is called ${deletion.store}`)
          try {
            const now = await rclone.stat(place, deletion.key, { modified: true })
            if (now === undefined) return
            if (!isUnchanged(now, deletion)) {
              findings.push({
                id: 'retain-changed',
                subject: subjectOf(deletion),
                severity: 'notice',
                message: 'it was written anew since it was listed, and stays'
              })
              return
            }
            await rclone.remove(place, deletion.key)
            ports.log.info(`${deletion.store}: ${deletion.key} deleted`)
            deleted.push(deletion)
          } catch (error) {
            ports.runner.signal.throwIfAborted()
            findings.push({
              id: 'retain-failed',
              subject: subjectOf(deletion),
              severity: 'error',
              message: messageOf(error).split('\n', 1)[0] ?? ''
            })
          }
        })
    )
  )
  return { deleted, findings }
}
