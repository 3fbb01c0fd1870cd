/**
 * The names of one container's file on the disk: this run's own, from which it is uploaded, and the final one, by which
 * another run finds it.
 */
import path from 'node:path'

import { messageOf } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { inspectFile } from '../../../lib/sif/index.ts'
import type { Failure } from './deliver.ts'
import type { Kept } from './kept.ts'
import { keyOf } from './look.ts'
import type { Job, Source } from './plan.ts'

export interface FileContext {
  readonly ports: Pick<Ports, 'fs' | 'log'>
  /** What required stores have not taken; undefined when no other run comes to this work folder. */
  readonly kept: Kept | undefined
  /** Where finished SIFs lie. */
  readonly workFolder: string
  /** Of this run alone; on the same disk. */
  readonly scratch: string
}

/** Where a SIF is uploaded from: no other run takes it away or puts another one in its place. */
export function ownFile({ container }: Job, { scratch }: FileContext): string {
  return path.join(scratch, keyOf(container.object))
}

/** Where a run after a kill finds it. */
function finishedFile({ container }: Job, { workFolder }: FileContext): string {
  return path.resolve(workFolder, keyOf(container.object))
}

/**
 * A file of the work folder gets a name that is this run's own; where none can be given it is used where it lies.
 * @throws the error of the file system, ENOENT, when it is gone.
 */
export async function claim(file: string, job: Job, context: FileContext): Promise<string> {
  if (file !== finishedFile(job, context)) return file
  const own = ownFile(job, context)
  try {
    await context.ports.fs.link(file, own)
    return own
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw error
    return file
  }
}

/**
 * A whole file gets its final name as well: a run after a kill goes on with it. Of two builds the first one counts, so
 * that runs that share the folder bring the same bytes.
 */
export async function share(job: Job, source: Source, context: FileContext): Promise<void> {
  const { fs, log } = context.ports
  const [own, finished] = [ownFile(job, context), finishedFile(job, context)]
  const other = `${own}.other`
  try {
    await fs.link(own, finished)
  } catch (error) {
    // A file system without second names: it gets this one when it has to wait for a store.
    if (codeOf(error) !== 'EEXIST') return log.debug(`${finished}: ${messageOf(error)}`)
    try {
      if (source.kind !== 'convert') throw error
      await fs.link(finished, other)
      await inspectFile(fs, other, {
        architecture: job.container.architecture,
        digest: source.image.digest
      })
      await fs.rename(other, own)
      log.info(`${job.container.id}: another run has finished it first, its file is taken`)
    } catch {
      await fs.rm(other, { force: true })
      await fs.link(own, other)
      await fs.rename(other, finished)
    } finally {
      await fs.rm(other, { force: true })
    }
  }
}

/**
 * A finished SIF stays only where a required store has not taken it and another run can go on with it.
 * @returns whether it stays.
 */
export async function settle(
  job: Job,
  file: string,
  failures: readonly Failure[],
  context: FileContext
): Promise<boolean> {
  const { fs } = context.ports
  const finished = finishedFile(job, context)
  // The local cache is somebody else's.
  if (file !== finished && file !== ownFile(job, context)) return false
  if (context.kept !== undefined && failures.some(({ required }) => required)) {
    // Mostly it has this name already.
    if (file !== finished) await fs.rename(file, finished)
    context.kept.add(finished)
    return true
  }
  await fs.rm(finished, { force: true })
  return false
}

/** Of an error of the file system. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
