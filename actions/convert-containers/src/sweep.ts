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
import { segmentSet, subjectOf, type Deletion, type StoreContents } from './retain.ts'

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
      const manifests = await readManifests(store, [...objects, ...cached], segments, ports)
      if (manifests === undefined) {
        findings.push({
          id: 'retain-segments-unknown',
          subject: store.name,
          severity: 'notice',
          message: `its ${segments.length} segments stay: not every object tells which of them it is made of`,
          hint: 'Give the store its public-url=, and let everybody read its objects.'
        })
      }
      contents.push({ store: store.name, objects, cached, segments, manifests })
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
  if (segments === undefined || !(await rclone.features(store)).buckets) return []
  return await rclone.listAll(segments)
}

/** HEAD requests at once. */
const REQUESTS = 32

/**
 * The sets of segments that each object is made of. Undefined when one of them could not be asked, or when the
 * address hides it: then nobody knows which segments are needed.
 */
async function readManifests(
  store: Store,
  objects: readonly StoredObject[],
  segments: readonly StoredObject[],
  ports: SweepPorts
): Promise<ReadonlyMap<string, ReadonlySet<string>> | undefined> {
  const manifests = new Map<string, ReadonlySet<string>>()
  if (segments.length === 0) return manifests
  const { http, clock, log, runner } = ports
  const options = { http, clock, log, timeoutMs: 30_000, signal: runner.signal }
  const owners = new Set(segments.map(({ key }) => segmentSet(key)?.object))
  const limit = pLimit(REQUESTS)
  let complete = true
  await Promise.all(
    objects.map(
      async ({ key }) =>
        await limit(async () => {
          const url = publicPath(store, key)
          if (url === undefined) complete = false
          if (url === undefined || !complete) return
          const parts = await segmentsOf(url, options)
          if (parts === undefined) complete = false
          else if (parts.length > 0) manifests.set(key, new Set(parts.map(setOf)))
        })
    )
  )
  const large = objects.filter(({ key }) => owners.has(key))
  const hidden = large.length > 0 && large.every(({ key }) => !manifests.has(key))
  return complete && !hidden ? manifests : undefined
}

/** `CONTAINER/SET` or `CONTAINER/SET/NUMBER`; a name of another form is a set of its own. */
function setOf(part: string): string {
  const key = part.slice(part.indexOf('/') + 1)
  return segmentSet(key)?.set ?? key
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
            if (now.bytes !== deletion.bytes || now.modified !== deletion.modified) {
              ports.log.info(`${deletion.store}: ${deletion.key} was written anew and stays`)
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
