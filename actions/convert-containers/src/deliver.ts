/** One finished SIF into one store: put there or copied within it, and compared afterwards. */
import path from 'node:path'

import { messageOf } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { inspectSif, md5OfParts, type FileDigests } from '../../../lib/sif/index.ts'
import {
  probe,
  publicPath,
  rangeReader,
  segmentStore,
  type Rclone,
  type Store
} from '../../../lib/store/index.ts'
import { keyOf } from './look.ts'
import { MAX_SERVER_COPY, type Job } from './plan.ts'

export interface DeliveryContext {
  readonly ports: Pick<Ports, 'fs' | 'clock' | 'log' | 'http'>
  readonly signal: AbortSignal
  readonly rclone: Rclone
  readonly cachePrefix: string
  readonly timeoutMs: number
}

/** How sure we are of what lies in the store now. */
export type Assurance = 'md5' | 'md5 of its segments' | 'sha256' | 'size only'

/** What lies in the store now is not what was put there. */
class WrongBytes extends Error {
  override readonly name = 'WrongBytes'
}

/** Why a store does not have it. */
export interface Failure {
  readonly message: string
  /** False when only stores that are not required are without it. */
  readonly required: boolean
  /** Not the container's own fault: its registry gives no more for now, or nothing here can pack an image. */
  readonly kind?: 'limited' | 'no-converter'
}

export interface Delivery {
  readonly store: string
  readonly how: 'copied in the store' | 'uploaded'
  readonly bytes: number
  readonly ms: number
  readonly assurance: Assurance
  /** The public address gave its bytes; undefined when it has none. */
  readonly readable: boolean | undefined
}

/** Up to this size an object is read back when the store tells no MD5. */
const READ_BACK_BYTES = 64 * 1024 * 1024
/** Some stores show a new object to the public a moment later. */
const SHOW_ATTEMPTS = 5
const SHOW_PAUSE_MS = 2000

/**
 * Nobody may find bytes under a final name that are known to be wrong. But two runs may bring the same container: what
 * was written with another sum is another's, and may well be right.
 */
async function orRemove<T>(
  store: Store,
  key: string,
  sha256: string,
  context: DeliveryContext,
  verify: () => Promise<T>
): Promise<T> {
  try {
    return await verify()
  } catch (error) {
    if (!(error instanceof WrongBytes)) throw error
    const kept = (await context.rclone.stat(store, key))?.sha256 ?? (await sha256Shown(store, key, context))
    if (kept !== sha256) {
      const whose =
        kept === undefined ? 'whose it is cannot be told' : `it was put there by another run, SHA-256 ${kept}`
      throw new Error(`${error.message}; it was left there: ${whose}`, { cause: error })
    }
    await context.rclone.remove(store, key)
    throw error
  }
}

export function failureOf(store: Store, error: unknown): Failure {
  return { message: `${store.name}: ${messageOf(error)}`, required: store.required }
}

/** Uploads to several stores at once; what one of them refuses does not keep the others. */
export async function put(
  job: Job,
  stores: readonly Store[],
  got: { readonly file: string; readonly image: string | undefined; readonly digests: FileDigests },
  context: DeliveryContext,
  deliveries: Delivery[],
  failures: Failure[]
): Promise<void> {
  const key = keyOf(job.container.object)
  const results = await Promise.allSettled(
    stores.map(async (store) => {
      const started = context.ports.clock.now()
      const facts = { sha256: got.digests.sha256, ...(got.image === undefined ? {} : { digest: got.image }) }
      await context.rclone.put(store, got.file, key, facts)
      const assurance = await orRemove(store, key, got.digests.sha256, context, async () => {
        return await verifyObject(store, key, got.digests, context, got.file)
      })
      const readable = await isReadable(store, key, got.digests.bytes, context)
      deliveries.push({
        store: store.name,
        how: 'uploaded',
        bytes: got.digests.bytes,
        ms: context.ports.clock.now() - started,
        assurance,
        readable
      })
    })
  )
  context.signal.throwIfAborted()
  results.forEach((result, index) => {
    const store = stores[index]
    if (result.status === 'rejected' && store !== undefined) failures.push(failureOf(store, result.reason))
  })
}

/**
 * Copies from the store's cache by the store itself; undefined when the bytes have to travel after all.
 * @throws SifError when what waits there is damaged
 */
export async function copyInside(
  job: Job,
  store: Store,
  context: DeliveryContext
): Promise<Delivery | undefined> {
  const { rclone, ports } = context
  const started = ports.clock.now()
  const from = cacheKey(context, job.container.object)
  const to = keyOf(job.container.object)
  const sha256 = await sha256Shown(store, from, context)
  // Nobody could look into it, or nothing would be kept with the copy: it is downloaded, and uploaded with its sum.
  if (sha256 === undefined) return undefined
  const [features, cached] = await Promise.all([rclone.features(store), rclone.stat(store, from)])
  // Without an MD5 it is a list of segments: a copy of that would point to what the cache's clean-up takes away.
  if (!features.copy || cached?.md5 === undefined || cached.bytes > MAX_SERVER_COPY) return undefined
  const { bytes: size, md5 } = cached
  await inspectPublic(store, from, size, job.container.architecture, context)
  await rclone.copy(store, from, to)
  const assurance = await orRemove(store, to, sha256, context, async () => {
    return await verifyObject(store, to, { bytes: size, md5, sha256 }, context)
  })
  const readable = await isReadable(store, to, cached.bytes, context)
  return {
    store: store.name,
    how: 'copied in the store',
    bytes: cached.bytes,
    ms: ports.clock.now() - started,
    assurance,
    readable
  }
}

/** The SHA-256 that was kept with an object, as its public address tells it. */
async function sha256Shown(store: Store, key: string, context: DeliveryContext): Promise<string | undefined> {
  const url = publicPath(store, key)
  if (url === undefined) return undefined
  const { http, clock, log } = context.ports
  const seen = await probe(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal })
  return seen.state === 'present' ? seen.sha256 : undefined
}

/** Looks into an object where it lies, by ranges of its public address. @throws SifError */
async function inspectPublic(
  store: Store,
  key: string,
  bytes: number,
  architecture: string,
  context: DeliveryContext
): Promise<void> {
  const url = publicPath(store, key)
  if (url === undefined) return
  const { http, clock, log } = context.ports
  const read = rangeReader(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal })
  await inspectSif(read, bytes, { architecture })
}

/** @throws Error when the object is not what was put there. */
async function verifyObject(
  store: Store,
  key: string,
  expected: { readonly bytes: number; readonly md5: string; readonly sha256: string },
  context: DeliveryContext,
  file?: string
): Promise<Assurance> {
  const object = await context.rclone.stat(store, key)
  if (object === undefined) throw new Error(`${key} is not there after the upload`)
  if (object.bytes !== expected.bytes) {
    throw new WrongBytes(`${key} has ${object.bytes} bytes after the upload of ${expected.bytes}`)
  }
  // With a copy S3 keeps what rclone once wrote beside the bytes, and rclone tells that as their MD5.
  const told = file !== undefined || (await context.rclone.features(store)).api !== 's3'
  if (told && object.md5 !== undefined) {
    if (object.md5 !== expected.md5)
      throw new WrongBytes(`${key} has MD5 ${object.md5} after the upload of ${expected.md5}`)
    return 'md5'
  }
  if (file !== undefined && (await verifySegments(store, key, file, context))) return 'md5 of its segments'
  if (object.bytes > READ_BACK_BYTES) return 'size only'
  const sha256 = await context.rclone.sha256(store, key)
  if (sha256 !== expected.sha256)
    throw new WrongBytes(`${key} reads back as SHA-256 ${sha256}, ${expected.sha256} was put`)
  return 'sha256'
}

/**
 * A large object of Swift has no MD5 of its own, but each of its segments has. Every upload has a set of them; one that
 * another run has under way may be newer. False when nothing is said by them.
 * @throws Error when the newest are other bytes, and no set has those that were put.
 */
async function verifySegments(
  store: Store,
  key: string,
  file: string,
  context: DeliveryContext
): Promise<boolean> {
  const place = segmentStore(store)
  if (place === undefined || (await context.rclone.features(store)).api !== 'swift') return false
  const segments = await context.rclone.listAll(place, { folder: key, hash: true })
  const names = [...new Set(segments.map((one) => path.posix.dirname(one.key)))].sort().reverse()
  let wrong: string | undefined
  for (const name of names) {
    const own = segments
      .filter((one) => path.posix.dirname(one.key) === name)
      .sort((a, b) => (a.key < b.key ? -1 : 1))
    if (own.some(({ md5 }) => md5 === undefined)) continue
    const sizes = own.map(({ bytes }) => bytes)
    // One of another length is not of this file: it is from before, or not complete.
    const digests = await md5OfParts(context.ports.fs, file, sizes, context.signal)
    if (digests === undefined) continue
    const other = own.find(({ md5 }, index) => md5 !== digests[index])
    // The newest, or one that another run may have followed with its own: which of them is shown is not known here.
    if (other === undefined) return wrong === undefined
    wrong ??= `segment ${other.key} of ${key} has other bytes after the upload`
  }
  if (wrong !== undefined) throw new WrongBytes(wrong)
  return false
}

/** @throws Error when the public address does not give it. */
async function isReadable(
  store: Store,
  key: string,
  bytes: number,
  context: DeliveryContext
): Promise<boolean | undefined> {
  const url = publicPath(store, key)
  if (url === undefined) return undefined
  const { http, clock, log } = context.ports
  for (let attempt = 1; ; attempt++) {
    const seen = await probe(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal })
    if (seen.state === 'present' && (seen.bytes === undefined || seen.bytes === bytes)) return true
    if (attempt < SHOW_ATTEMPTS) {
      await clock.sleep(SHOW_PAUSE_MS, context.signal)
      continue
    }
    const reasons = {
      present: `gives ${seen.state === 'present' ? (seen.bytes ?? 0) : 0} bytes instead of ${bytes}`,
      missing: 'says 404',
      unreadable: `says ${seen.state === 'unreadable' ? seen.status : ''}: the object or its segments are private`,
      unknown: `gives no answer: ${seen.state === 'unknown' ? seen.reason : ''}`
    }
    throw new Error(`it was uploaded, but its public address ${url} ${reasons[seen.state]}`)
  }
}

/** Where a finished build waits. */
export function cacheKey(context: DeliveryContext, object: string): string {
  return `${context.cachePrefix}/${keyOf(object)}`
}
