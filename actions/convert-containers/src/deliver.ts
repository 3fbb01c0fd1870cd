/** One finished SIF into one store: put there or copied within it, and compared afterwards. */
import { messageOf } from '../../../lib/failure/index.ts'
import { inspectSif, SifError, type FileDigests } from '../../../lib/sif/index.ts'
import { probe, publicPath, rangeReader, type Store } from '../../../lib/store/index.ts'
import { keyOf } from './look.ts'
import { MAX_SERVER_COPY, type Job } from './plan.ts'
import { OtherBuild, verifyObject, WrongBytes, type Assurance, type DeliveryContext } from './verify.ts'

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
  readonly how: 'copied in the store' | 'uploaded' | 'was there already'
  readonly bytes: number
  readonly sha256: string
  readonly ms: number
  readonly assurance: Assurance
  /** The public address gave its bytes; undefined when it has none. */
  readonly readable: boolean | undefined
}

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
    const kept = await sha256Kept(store, key, context)
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

interface Upload {
  readonly file: string
  readonly image: string | undefined
  readonly digests: FileDigests
}

/**
 * Uploads to several stores at once; what one of them refuses does not keep the others. The plan may be hours old:
 * what another run has published meanwhile is kept, and where that is another file, no store gets this one.
 */
export async function put(
  job: Job,
  stores: readonly Store[],
  got: Upload,
  context: DeliveryContext,
  deliveries: Delivery[],
  failures: Failure[]
): Promise<void> {
  const started = context.ports.clock.now()
  const seen = await Promise.allSettled(
    stores.map(async (store) => await meanwhile(job, store, got, context))
  )
  const isTaken = seen.some((one) => one.status === 'fulfilled' && one.value === 'another')
  // Where it is published elsewhere already this is the right one.
  const isHeld = isTaken && job.sha256 === undefined
  const results = await Promise.allSettled(
    stores.map(async (store, index) => {
      const found = seen[index]
      if (found?.status === 'rejected') throw found.reason
      if (found?.value === 'another' || (isHeld && found?.value === undefined)) {
        const why = found?.value === 'another' ? 'it has another build meanwhile' : 'another store has'
        context.ports.log.info(`${job.container.id}: not brought to ${store.name}: ${why}, of another run`)
        return
      }
      deliveries.push(await putInto(job, store, got, found?.value === 'this', started, context))
    })
  )
  context.signal.throwIfAborted()
  results.forEach((result, index) => {
    const store = stores[index]
    if (result.status === 'rejected' && store !== undefined) failures.push(failureOf(store, result.reason))
  })
}

/** What lies there now and was not to be replaced. */
async function meanwhile(
  job: Job,
  store: Store,
  { digests }: Upload,
  context: DeliveryContext
): Promise<'this' | 'another' | undefined> {
  if (job.replace?.includes(store) === true) return undefined
  const key = keyOf(job.container.object)
  const there = await context.rclone.stat(store, key)
  if (there === undefined) return undefined
  const sha256 = there.sha256 ?? (await sha256Shown(store, key, context))
  const isThis = sha256 === undefined ? there.md5 === digests.md5 : sha256 === digests.sha256
  return isThis ? 'this' : 'another'
}

async function putInto(
  job: Job,
  store: Store,
  { file, image, digests }: Upload,
  isThere: boolean,
  started: number,
  context: DeliveryContext
): Promise<Delivery> {
  const key = keyOf(job.container.object)
  const { bytes, sha256 } = digests
  if (!isThere) {
    await context.rclone.put(store, file, key, { sha256, ...(image === undefined ? {} : { digest: image }) })
  }
  const assurance = await orRemove(store, key, sha256, context, async () => {
    return await verifyObject(store, key, digests, context, file)
  })
  const readable = await isReadable(store, key, bytes, context)
  const how = isThere ? 'was there already' : 'uploaded'
  const ms = context.ports.clock.now() - started
  return { store: store.name, how, bytes, sha256, ms, assurance, readable }
}

/**
 * Copies from the store's cache by the store itself; undefined when the bytes have to travel after all.
 * @throws SifError when what waits there is damaged, or another build than the published one
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
  if (job.sha256 !== undefined && sha256 !== job.sha256) throw new OtherBuild(sha256, job.sha256)
  let size: number
  let md5: string
  try {
    const [features, cached] = await Promise.all([rclone.features(store), rclone.stat(store, from)])
    // Without an MD5 it is a list of segments: a copy of that would point to what the cache's clean-up takes away.
    if (!features.copy || cached?.md5 === undefined || cached.bytes > MAX_SERVER_COPY) return undefined
    ;({ bytes: size, md5 } = cached)
    // Another run may have published it meanwhile: then it is compared with what is there.
    if (job.replace?.includes(store) !== true && (await rclone.stat(store, to)) !== undefined)
      return undefined
    await inspectPublic(store, from, size, job.container.architecture, context)
    // Its MD5 says what the store has, not what was to be put there; nor do the tables say anything of the files' bytes.
    const read = await rclone.sha256(store, from)
    if (read !== sha256)
      throw new SifError('damaged', `${from} has SHA-256 ${read}, ${sha256} was written with it`)
    await rclone.copy(store, from, to)
  } catch (error) {
    context.signal.throwIfAborted()
    if (error instanceof SifError) throw error
    // Who may not copy may well upload, and an address that gives no ranges hinders no download.
    ports.log.info(`${store.name} does not copy ${from} by itself, it travels: ${messageOf(error)}`)
    return undefined
  }
  const assurance = await orRemove(store, to, sha256, context, async () => {
    return await verifyObject(store, to, { bytes: size, md5, sha256 }, context)
  })
  const readable = await isReadable(store, to, size, context)
  return {
    store: store.name,
    how: 'copied in the store',
    bytes: size,
    sha256,
    ms: ports.clock.now() - started,
    assurance,
    readable
  }
}

/** The SHA-256 that was kept with an object, as the store tells its owner, or the public. */
export async function sha256Kept(
  store: Store,
  key: string,
  context: DeliveryContext
): Promise<string | undefined> {
  return (await context.rclone.stat(store, key))?.sha256 ?? (await sha256Shown(store, key, context))
}

/** As its public address tells it. */
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
