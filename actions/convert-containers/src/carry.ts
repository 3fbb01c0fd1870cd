/** One container from its source into every store that lacks it: get the bytes, verify them, put them, verify again. */
import path from 'node:path'

import type { Container } from '../../../lib/catalogue/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import {
  digestInDefinition,
  digestsOfFile,
  inspectFile,
  NoMksquashfs,
  SifError,
  type FileDigests,
  type Sif
} from '../../../lib/sif/index.ts'
import type { Store } from '../../../lib/store/index.ts'
import type { Conversion } from './convert.ts'
import { cacheKey, copyInside, failureOf, put, type Delivery, type Failure } from './deliver.ts'
import type { DeliveryContext } from './verify.ts'
import { NO_ROOM, type Disk, type Room } from './disk.ts'
import type { Found } from './images.ts'
import type { Kept } from './kept.ts'
import { keyOf } from './look.ts'
import { diskFor, type ConverterName, type Job, type Source } from './plan.ts'
import { Limited } from './pulls.ts'
import { removeTree } from './workspace.ts'

export interface CarryContext extends DeliveryContext {
  readonly disk: Disk
  /** Lets so many build at once: each takes all cores for a while. */
  readonly turn: <T>(build: () => Promise<T>) => Promise<T>
  /** Writes a SIF. */
  readonly convert: (conversion: Conversion) => Promise<void>
  /** What it begins with. */
  readonly converter: ConverterName
  /** Asks the registries, for a container whose copies are all damaged. */
  readonly findImage: (container: Container) => Promise<Found>
  /** What required stores have not taken; undefined when no other run comes to this work folder. */
  readonly kept: Kept | undefined
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
  /** Sources that were to be taken and are no whole SIF: where they lie, and what is wrong with them. */
  readonly damaged: readonly string[]
}

/** Nothing is wrong with it: its registry gives no more for now. */
export function isLeft({ failures }: Carried): boolean {
  return failures.length > 0 && failures.every(({ kind }) => kind === 'limited')
}

/** Never throws for what tools and stores do: it is in `failures`. A cancel is thrown on. */
export async function carry(job: Job, context: CarryContext): Promise<Carried> {
  const started = context.ports.clock.now()
  const failures: Failure[] = []
  const damaged: string[] = []
  const deliveries: Delivery[] = []
  const upload = [...job.upload]
  let sources = [...(job.source === undefined ? [] : [job.source]), ...(job.others ?? [])]
  let movedBytes = 0
  for (const { store } of job.inside) {
    try {
      const delivery = await copyInside(job, store, context)
      if (delivery === undefined) upload.push(store)
      else deliveries.push(delivery)
    } catch (error) {
      context.signal.throwIfAborted()
      if (error instanceof SifError) {
        damaged.push(`${cacheKey(context, job.container.object)} in ${store.name}: ${error.message}`)
        sources = sources.filter((one) => !(one.kind === 'store' && one.store === store && one.cached))
        upload.push(store)
      } else failures.push(failureOf(store, error))
    }
  }
  let source: Source | undefined
  let got: Got | undefined
  if (upload.length > 0) {
    let room: Room | undefined
    let stays = 0
    try {
      const obtained = await obtain(job, sources, { damaged, upload }, context)
      ;({ source, got, room } = obtained)
      movedBytes += got.movedBytes
      const digests = await digestsOfFile(context.ports.fs, got.file, context.signal)
      got = { ...got, digests }
      await put(job, upload, { ...got, digests }, context, deliveries, failures)
      if (await settle(got.file, failures, context)) stays = digests.bytes
    } catch (error) {
      context.signal.throwIfAborted()
      const required = upload.some((store) => store.required)
      failures.push({ message: messageOf(error), required, ...kindOf(error) })
    } finally {
      room?.giveBack(stays)
    }
  }
  movedBytes += deliveries.reduce((sum, { how, bytes }) => sum + (how === 'uploaded' ? bytes : 0), 0)
  return {
    id: job.container.id,
    object: job.container.object,
    from: FROM[(source ?? job.source)?.kind ?? 'store'],
    deliveries,
    bytes: got?.digests?.bytes ?? deliveries[0]?.bytes ?? 0,
    sha256: got?.digests?.sha256,
    image: got?.image,
    getMs: got?.ms ?? 0,
    ms: context.ports.clock.now() - started,
    movedBytes,
    failures,
    damaged
  }
}

const FROM = { convert: 'converted', local: 'local', store: 'copied' } as const

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
}

/**
 * The bytes from the first source that has them whole. What is damaged on the way is added to `damaged`, and its store to
 * `upload` where users read it.
 */
async function obtain(
  job: Job,
  sources: readonly Source[],
  { damaged, upload }: { readonly damaged: string[]; readonly upload: Store[] },
  context: CarryContext
): Promise<{ source: Source; got: Got; room: Room }> {
  const left = [...sources]
  for (;;) {
    const source = left.shift() ?? (await lastResort(job, damaged, context))
    const begin = async (): Promise<{ got: Got; room: Room }> => await withRoom(job, source, context)
    try {
      // The room is taken in its turn: who waits for one holds nothing that a build may wait for.
      return { source, ...(source.kind === 'convert' ? await context.turn(begin) : await begin()) }
    } catch (error) {
      if (!(error instanceof SifError) || source.kind === 'convert') throw error
      damaged.push(`${placeOf(job, source, context)}: ${error.message}`)
      if (source.kind === 'store' && !source.cached) upload.push(source.store)
      context.ports.log.warning(`${job.container.id}: ${damaged.at(-1) ?? ''}; another source is taken`)
    }
  }
}

/** @throws Limited when its registry gives no more for now */
async function lastResort(job: Job, damaged: readonly string[], context: CarryContext): Promise<Source> {
  const all = damaged.join('; ')
  if (job.mayConvert !== true)
    throw new Error(`${all}; it is not made anew while a store that may have it gives no answer`)
  const found = await context.findImage(job.container)
  if (found.kind === 'limited') throw new Limited(found.reason)
  if (found.kind !== 'image') throw new Error(`${all}; ${found.reason}`)
  return { kind: 'convert', image: found.image }
}

function placeOf(job: Job, source: Exclude<Source, { kind: 'convert' }>, context: CarryContext): string {
  if (source.kind === 'local') return source.file
  const { object } = job.container
  return `${source.cached ? cacheKey(context, object) : keyOf(object)} in ${source.store.name}`
}

/** A finished SIF stays only where a required store has not taken it and another run can go on with it. */
async function settle(file: string, failures: readonly Failure[], context: CarryContext): Promise<boolean> {
  // The local cache is somebody else's.
  if (path.dirname(file) !== path.resolve(context.workFolder)) return false
  if (context.kept !== undefined && failures.some(({ required }) => required)) {
    context.kept.add(file)
    return true
  }
  await context.ports.fs.rm(file, { force: true })
  return false
}

/** Gives the room back when it fails. @throws NoRoom */
async function withRoom(job: Job, source: Source, context: CarryContext): Promise<{ got: Got; room: Room }> {
  const room = await roomFor(job, source, context)
  try {
    return { got: await get(job, source, room, context), room }
  } catch (error) {
    room.giveBack()
    throw error
  }
}

/** @throws NoRoom */
async function roomFor(job: Job, source: Source, context: CarryContext): Promise<Room> {
  // A local file is used where it lies.
  if (source.kind === 'local') return NO_ROOM
  const need =
    source.kind === 'store' ? source.bytes : diskFor(source.image.compressedBytes, context.converter)
  return await context.disk.take(need, job.container.id)
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
    movedBytes
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
  if (sha256 !== expected)
    throw new SifError('damaged', `${what} has SHA-256 ${sha256}, ${expected} was written with it`)
}
