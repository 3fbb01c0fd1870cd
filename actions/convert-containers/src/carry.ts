/** One container from its source into every store that lacks it: get the bytes, verify them, put them, verify again. */
import path from 'node:path'

import { messageOf } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { classifyTool, retry } from '../../../lib/retry/index.ts'
import {
  digestInDefinition,
  digestsOfFile,
  inspectFile,
  inspectSif,
  md5OfParts,
  type Apptainer,
  type Compression,
  type FileDigests,
  type Sif
} from '../../../lib/sif/index.ts'
import {
  probe,
  publicPath,
  rangeReader,
  segmentStore,
  type Rclone,
  type Store
} from '../../../lib/store/index.ts'
import type { Disk } from './disk.ts'
import { keyOf } from './look.ts'
import { MAX_SERVER_COPY, type Job, type Source } from './plan.ts'
import { removeTree } from './workspace.ts'

export interface CarryContext {
  readonly ports: Pick<Ports, 'fs' | 'clock' | 'log' | 'http'>
  readonly signal: AbortSignal
  readonly rclone: Rclone
  readonly apptainer: Apptainer | undefined
  readonly disk: Disk
  /** Only so many builds at once: each takes all cores for a while. */
  readonly build: <T>(work: () => Promise<T>) => Promise<T>
  /** Where finished SIFs lie. */
  readonly workFolder: string
  readonly scratch: string
  readonly cachePrefix: string
  readonly compression: Compression
  readonly level: number | undefined
  readonly timeoutMs: number
  readonly buildTimeoutMs: number
}

/** How sure we are of what lies in the store now. */
export type Assurance = 'md5' | 'md5 of its segments' | 'sha256' | 'size only'

export interface Delivery {
  readonly store: string
  readonly how: 'copied in the store' | 'uploaded'
  readonly bytes: number
  readonly ms: number
  readonly assurance: Assurance
  /** The public address gave its bytes; undefined when it has none. */
  readonly readable: boolean | undefined
}

export interface Carried {
  readonly id: string
  readonly object: string
  readonly from: 'converted' | 'local' | 'copied'
  readonly deliveries: readonly Delivery[]
  readonly bytes: number
  readonly sha256: string | undefined
  /** The docker image's digest. */
  readonly image: string | undefined
  readonly getMs: number
  readonly ms: number
  /** Bytes over the network, both ways; what Apptainer pulls counts as the layers' size. */
  readonly movedBytes: number
  /** Clauses for people, one for each thing that went wrong; empty when all stores have it. */
  readonly failures: readonly string[]
}

/** Up to this size an object is read back when the store tells no MD5. */
const READ_BACK_BYTES = 64 * 1024 * 1024
/** Some stores show a new object to the public a moment later. */
const SHOW_ATTEMPTS = 5
const SHOW_PAUSE_MS = 2000

/** Never throws for what tools and stores do: it is in `failures`. A cancel is thrown on. */
export async function carry(job: Job, context: CarryContext): Promise<Carried> {
  const started = context.ports.clock.now()
  const failures: string[] = []
  const deliveries: Delivery[] = []
  let upload = [...job.upload]
  let source = job.source
  let movedBytes = 0
  for (const { store } of job.inside) {
    try {
      const delivery = await copyInside(job, store, context)
      if (delivery === undefined) {
        upload.push(store)
        source ??= { kind: 'store', store, cached: true }
      } else deliveries.push(delivery)
    } catch (error) {
      context.signal.throwIfAborted()
      failures.push(`${store.name}: ${messageOf(error)}`)
    }
  }
  let got: Got | undefined
  if (upload.length > 0 && source !== undefined) {
    const giveBack = await roomFor(job, source, context, failures)
    if (giveBack === undefined) upload = []
    else {
      try {
        got = await get(job, source, context)
        movedBytes += got.movedBytes
        const digests = await digestsOfFile(context.ports.fs, got.file, context.signal)
        got = { ...got, digests }
        await put(job, upload, { ...got, digests }, context, deliveries, failures)
        if (failures.length === 0) await got.discard()
      } catch (error) {
        context.signal.throwIfAborted()
        failures.push(messageOf(error))
      } finally {
        giveBack()
      }
    }
  }
  movedBytes += deliveries.reduce((sum, { how, bytes }) => sum + (how === 'uploaded' ? bytes : 0), 0)
  return {
    id: job.container.id,
    object: job.container.object,
    from: source?.kind === 'convert' ? 'converted' : source?.kind === 'local' ? 'local' : 'copied',
    deliveries,
    bytes: got?.digests?.bytes ?? deliveries[0]?.bytes ?? 0,
    sha256: got?.digests?.sha256,
    image: got?.image,
    getMs: got?.ms ?? 0,
    ms: context.ports.clock.now() - started,
    movedBytes,
    failures
  }
}

interface Got {
  readonly file: string
  readonly image: string | undefined
  readonly ms: number
  readonly movedBytes: number
  readonly digests?: FileDigests
  discard(): Promise<void>
}

async function roomFor(
  job: Job,
  source: Source,
  context: CarryContext,
  failures: string[]
): Promise<(() => void) | undefined> {
  // A local file is used where it lies.
  if (source.kind === 'local') return () => undefined
  const need = job.diskBytes === 0 ? job.bytes : job.diskBytes
  try {
    return await context.disk.take(need, job.container.id)
  } catch (error) {
    context.signal.throwIfAborted()
    failures.push(messageOf(error))
    return undefined
  }
}

async function get(job: Job, source: Source, context: CarryContext): Promise<Got> {
  const { ports } = context
  const started = ports.clock.now()
  const { architecture, object } = job.container
  const finished = path.join(context.workFolder, keyOf(object))
  const done = (file: string, sif: Sif, movedBytes: number): Got => ({
    file,
    image: digestInDefinition(sif.definition),
    ms: ports.clock.now() - started,
    movedBytes,
    discard: async () => {
      if (path.dirname(file) === path.resolve(context.workFolder)) await ports.fs.rm(file, { force: true })
    }
  })
  if (source.kind === 'local') {
    return done(source.file, await inspectFile(ports.fs, source.file, { architecture }), 0)
  }
  const folder = path.join(context.scratch, object)
  await ports.fs.mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const file = path.join(folder, 'out.sif')
    let movedBytes: number
    let sif: Sif
    if (source.kind === 'store') {
      const key = source.cached ? cacheKey(context, object) : keyOf(object)
      await context.rclone.get(source.store, key, file)
      sif = await inspectFile(ports.fs, file, { architecture })
      if (source.sha256 !== undefined)
        await expectSha256(file, source.sha256, `${key} from ${source.store.name}`, context)
      movedBytes = (await ports.fs.stat(file)).size
    } else {
      await context.build(async () => await convert(job, source, folder, file, context))
      sif = await inspectFile(ports.fs, file, { architecture, digest: source.image.digest })
      movedBytes = source.image.compressedBytes
    }
    // From here on the file is whole and says so by its name: a run after a kill goes on with it.
    await ports.fs.rename(file, finished)
    return done(path.resolve(finished), sif, movedBytes)
  } finally {
    await removeTree(ports.fs, folder)
  }
}

async function expectSha256(
  file: string,
  expected: string,
  what: string,
  context: CarryContext
): Promise<void> {
  const { sha256 } = await digestsOfFile(context.ports.fs, file, context.signal)
  if (sha256 !== expected) throw new Error(`${what} has SHA-256 ${sha256}, ${expected} was written with it`)
}

async function convert(
  job: Job,
  source: Extract<Source, { kind: 'convert' }>,
  folder: string,
  output: string,
  context: CarryContext
): Promise<void> {
  const { apptainer, ports, signal } = context
  if (apptainer === undefined) {
    throw new Error(
      'there is no Apptainer on PATH: install it (https://apptainer.org/docs/admin/main/installation.html)'
    )
  }
  ports.log.info(`${job.container.id}: converting ${source.image.reference}`)
  await retry(
    `build ${job.container.id}`,
    async () => {
      const scratch = path.join(folder, 'scratch')
      await removeTree(ports.fs, scratch)
      await ports.fs.rm(output, { force: true })
      await ports.fs.mkdir(scratch, { mode: 0o700 })
      await apptainer.build({
        image: source.image.reference,
        output,
        scratch,
        architecture: job.container.architecture,
        compression: context.compression,
        ...(context.level === undefined ? {} : { level: context.level }),
        insecure: source.image.insecure,
        timeoutMs: context.buildTimeoutMs,
        signal,
        onLine: (line) => ports.log.debug(`${job.container.id}: ${line}`)
      })
    },
    {
      classify: classifyTool,
      clock: ports.clock,
      log: ports.log,
      limits: { attempts: 3, totalMs: 3 * 3_600_000 },
      signal
    }
  )
}

async function put(
  job: Job,
  stores: readonly Store[],
  got: Got & { digests: FileDigests },
  context: CarryContext,
  deliveries: Delivery[],
  failures: string[]
): Promise<void> {
  const key = keyOf(job.container.object)
  const results = await Promise.allSettled(
    stores.map(async (store) => {
      const started = context.ports.clock.now()
      const facts = { sha256: got.digests.sha256, ...(got.image === undefined ? {} : { digest: got.image }) }
      await context.rclone.put(store, got.file, key, facts)
      const assurance = await verifyObject(store, key, got.digests, context, got.file)
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
    if (result.status === 'rejected')
      failures.push(`${stores[index]?.name ?? ''}: ${messageOf(result.reason)}`)
  })
}

/** Copies from the store's cache by the store itself; undefined when the bytes have to travel after all. */
async function copyInside(job: Job, store: Store, context: CarryContext): Promise<Delivery | undefined> {
  const { rclone, ports } = context
  const started = ports.clock.now()
  const from = cacheKey(context, job.container.object)
  const to = keyOf(job.container.object)
  const [features, cached] = await Promise.all([rclone.features(store), rclone.stat(store, from)])
  // Without an MD5 it is a list of segments: a copy of that would point to what the cache's clean-up takes away.
  if (!features.copy || cached?.md5 === undefined || cached.bytes > MAX_SERVER_COPY) return undefined
  await inspectPublic(store, from, cached.bytes, job.container.architecture, context)
  await rclone.copy(store, from, to)
  const assurance = await verifyObject(
    store,
    to,
    { bytes: cached.bytes, md5: cached.md5, sha256: undefined },
    context
  )
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

/** Looks into an object where it lies, by ranges of its public address. @throws SifError */
async function inspectPublic(
  store: Store,
  key: string,
  bytes: number,
  architecture: string,
  context: CarryContext
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
  expected: { readonly bytes: number; readonly md5: string; readonly sha256: string | undefined },
  context: CarryContext,
  file?: string
): Promise<Assurance> {
  const object = await context.rclone.stat(store, key)
  if (object === undefined) throw new Error(`${key} is not there after the upload`)
  if (object.bytes !== expected.bytes) {
    throw new Error(`${key} has ${object.bytes} bytes after the upload of ${expected.bytes}`)
  }
  if (object.md5 !== undefined) {
    if (object.md5 !== expected.md5)
      throw new Error(`${key} has MD5 ${object.md5} after the upload of ${expected.md5}`)
    return 'md5'
  }
  if (file !== undefined && (await verifySegments(store, key, file, context))) return 'md5 of its segments'
  if (expected.sha256 === undefined || object.bytes > READ_BACK_BYTES) return 'size only'
  const sha256 = await context.rclone.sha256(store, key)
  if (sha256 !== expected.sha256)
    throw new Error(`${key} reads back as SHA-256 ${sha256}, ${expected.sha256} was put`)
  return 'sha256'
}

/**
 * A large object of Swift has no MD5 of its own, but each of its segments has: what was just uploaded is the newest
 * set of them. False when the store keeps none.
 * @throws Error when they are other bytes.
 */
async function verifySegments(
  store: Store,
  key: string,
  file: string,
  context: CarryContext
): Promise<boolean> {
  const place = segmentStore(store)
  if (place === undefined || (await context.rclone.features(store)).api !== 'swift') return false
  const segments = await context.rclone.listAll(place, { folder: key, hash: true })
  const newest = segments
    .map((one) => path.posix.dirname(one.key))
    .sort()
    .at(-1)
  const own = segments
    .filter((one) => path.posix.dirname(one.key) === newest)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  if (own.length === 0 || own.some(({ md5 }) => md5 === undefined)) return false
  const digests = await md5OfParts(
    context.ports.fs,
    file,
    own.map(({ bytes }) => bytes),
    context.signal
  )
  // Sets of an earlier upload may be newer by name only: then nothing is said by them.
  if (digests === undefined) return false
  const wrong = own.findIndex(({ md5 }, index) => md5 !== digests[index])
  if (wrong !== -1)
    throw new Error(`segment ${own[wrong]?.key ?? ''} of ${key} has other bytes after the upload`)
  return true
}

/** @throws Error when the public address does not give it. */
async function isReadable(
  store: Store,
  key: string,
  bytes: number,
  context: CarryContext
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

function cacheKey(context: CarryContext, object: string): string {
  return `${context.cachePrefix}/${keyOf(object)}`
}
