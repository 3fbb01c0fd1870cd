/** The bytes of one container: from the first source that has them whole. */
import path from 'node:path'

import type { Container } from '../../../lib/catalogue/index.ts'
import {
  digestInDefinition,
  digestsOfFile,
  inspectFile,
  SifError,
  type FileDigests,
  type Sif
} from '../../../lib/sif/index.ts'
import type { Store } from '../../../lib/store/index.ts'
import type { Conversion } from './convert.ts'
import { cacheKey, sha256Kept } from './deliver.ts'
import { NO_ROOM, type Disk, type Room } from './disk.ts'
import { claim, codeOf, ownFile, share, type FileContext } from './files.ts'
import type { Found } from './images.ts'
import { keyOf } from './look.ts'
import { diskFor, type ConverterName, type Job, type Source } from './plan.ts'
import { Limited } from './pulls.ts'
import { OtherBuild, type DeliveryContext } from './verify.ts'
import { removeTree } from './workspace.ts'

export interface CarryContext extends DeliveryContext, FileContext {
  readonly ports: DeliveryContext['ports']
  readonly disk: Disk
  /** Lets so many build at once: each takes all cores for a while. */
  readonly turn: <T>(build: () => Promise<T>) => Promise<T>
  /** Writes a SIF. */
  readonly convert: (conversion: Conversion) => Promise<void>
  /** What it begins with. */
  readonly converter: ConverterName
  /** Asks the registries, for a container whose copies are all damaged. */
  readonly findImage: (container: Container) => Promise<Found>
}

export interface Got {
  readonly file: string
  readonly image: string | undefined
  readonly ms: number
  readonly movedBytes: number
  /** Where they were compared already. */
  readonly digests?: FileDigests
}

/**
 * The bytes from the first source that has them whole. What is damaged on the way is added to `damaged`, and its store to
 * `upload` where users read it.
 */
export async function obtain(
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
      if (source.kind === 'convert' || !(error instanceof SifError || isGone(source, error))) throw error
      const reason = error instanceof SifError ? error.message : 'it is no longer there'
      damaged.push(`${placeOf(job, source, context)}: ${reason}`)
      const isReplaced = source.kind === 'store' && !source.cached && !(error instanceof OtherBuild)
      if (isReplaced) upload.push(source.store)
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

/** A run that shares the work folder has delivered it, and taken it away. */
function isGone(source: Source, error: unknown): boolean {
  return source.kind === 'local' && codeOf(error) === 'ENOENT'
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
  const own = ownFile(job, context)
  const done = (file: string, sif: Sif, rest: Pick<Got, 'movedBytes' | 'digests'>): Got => ({
    file,
    image: digestInDefinition(sif.definition),
    ms: ports.clock.now() - started,
    ...rest
  })
  if (source.kind === 'local') {
    const file = await claim(source.file, job, context)
    const sif = await inspectFile(ports.fs, file, { architecture })
    return done(file, sif, { movedBytes: 0, ...(await expectRight(file, job, source, context)) })
  }
  const folder = path.join(context.scratch, object)
  await ports.fs.mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const file = path.join(folder, 'out.sif')
    let rest: Pick<Got, 'movedBytes' | 'digests'>
    let sif: Sif
    if (source.kind === 'store') {
      const key = source.cached ? cacheKey(context, object) : keyOf(object)
      await context.rclone.get(source.store, key, file)
      sif = await inspectFile(ports.fs, file, { architecture })
      const { size } = await ports.fs.stat(file)
      rest = { movedBytes: size, ...(await expectRight(file, job, source, context)) }
    } else {
      const { container } = job
      await context.convert({ container, image: source.image, folder, output: file, room })
      sif = await inspectFile(ports.fs, file, { architecture, digest: source.image.digest })
      rest = { movedBytes: source.image.compressedBytes }
    }
    await ports.fs.rename(file, own)
    if (context.kept !== undefined) await share(job, source, context)
    return done(own, sif, rest)
  } finally {
    await removeTree(ports.fs, folder)
  }
}

/** @returns the digests, where they had to be compared. */
async function expectRight(
  file: string,
  job: Job,
  source: Exclude<Source, { kind: 'convert' }>,
  context: CarryContext
): Promise<Pick<Got, 'digests'>> {
  const written = await sumWrittenWith(source, job, context)
  const expected = written ?? job.sha256
  if (expected === undefined) return {}
  const digests = await digestsOfFile(context.ports.fs, file, context.signal)
  if (digests.sha256 === expected) return { digests }
  if (written === undefined) throw new OtherBuild(digests.sha256, expected)
  throw new SifError('damaged', `it has SHA-256 ${digests.sha256}, ${expected} was written with it`)
}

/** What a build in the cache was written with is asked for only where no published file says which one it has to be. */
async function sumWrittenWith(
  source: Exclude<Source, { kind: 'convert' }>,
  job: Job,
  context: CarryContext
): Promise<string | undefined> {
  if (source.kind !== 'store') return undefined
  if (!source.cached || job.sha256 !== undefined) return source.sha256
  return source.sha256 ?? (await sha256Kept(source.store, cacheKey(context, job.container.object), context))
}
