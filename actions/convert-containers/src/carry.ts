/** One container from its source into every store that lacks it: get the bytes, verify them, put them, verify again. */
import path from 'node:path'

import { messageOf } from '../../../lib/failure/index.ts'
import {
  digestInDefinition,
  digestsOfFile,
  inspectFile,
  NoMksquashfs,
  type FileDigests,
  type Sif
} from '../../../lib/sif/index.ts'
import type { Conversion } from './convert.ts'
import {
  cacheKey,
  copyInside,
  failureOf,
  put,
  type Delivery,
  type DeliveryContext,
  type Failure
} from './deliver.ts'
import { NO_ROOM, type Disk, type Room } from './disk.ts'
import { keyOf } from './look.ts'
import type { Job, Source } from './plan.ts'
import { Limited } from './pulls.ts'
import { removeTree } from './workspace.ts'

export interface CarryContext extends DeliveryContext {
  readonly disk: Disk
  /** Writes a SIF; only so many at once, each takes all cores for a while. */
  readonly convert: (conversion: Conversion) => Promise<void>
  /** Where finished SIFs lie. */
  readonly workFolder: string
  readonly scratch: string
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
  /** Bytes over the network, both ways; what is converted counts as the layers' size. */
  readonly movedBytes: number
  /** One for each thing that went wrong; empty when all stores have it. */
  readonly failures: readonly Failure[]
}

/** Nothing is wrong with it: its registry gives no more for now. */
export function isLeft({ failures }: Carried): boolean {
  return failures.length > 0 && failures.every(({ kind }) => kind === 'limited')
}

/** Never throws for what tools and stores do: it is in `failures`. A cancel is thrown on. */
export async function carry(job: Job, context: CarryContext): Promise<Carried> {
  const started = context.ports.clock.now()
  const failures: Failure[] = []
  const anyRequired = [...job.inside.map(({ store }) => store), ...job.upload].some(
    ({ required }) => required
  )
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
      failures.push(failureOf(store, error))
    }
  }
  let got: Got | undefined
  if (upload.length > 0 && source !== undefined) {
    const room = await roomFor(job, source, context, (message) => {
      failures.push({ message, required: anyRequired })
    })
    if (room === undefined) upload = []
    else {
      try {
        got = await get(job, source, room, context)
        movedBytes += got.movedBytes
        const digests = await digestsOfFile(context.ports.fs, got.file, context.signal)
        got = { ...got, digests }
        await put(job, upload, { ...got, digests }, context, deliveries, failures)
        if (failures.length === 0) await got.discard()
      } catch (error) {
        context.signal.throwIfAborted()
        failures.push({ message: messageOf(error), required: anyRequired, ...kindOf(error) })
      } finally {
        room.giveBack()
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

function kindOf(error: unknown): Pick<Failure, 'kind'> {
  if (error instanceof Limited) return { kind: 'limited' }
  return error instanceof NoMksquashfs ? { kind: 'no-converter' } : {}
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
  fail: (message: string) => void
): Promise<Room | undefined> {
  // A local file is used where it lies.
  if (source.kind === 'local') return NO_ROOM
  const need = job.diskBytes === 0 ? job.bytes : job.diskBytes
  try {
    return await context.disk.take(need, job.container.id)
  } catch (error) {
    context.signal.throwIfAborted()
    fail(messageOf(error))
    return undefined
  }
}

async function get(job: Job, source: Source, room: Room, context: CarryContext): Promise<Got> {
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
      const { container } = job
      await context.convert({ container, image: source.image, folder, output: file, room })
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
