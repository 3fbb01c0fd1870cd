/**
 * The folder in which SIFs are made. A finished one has its final name (`NAME_VERSION_DATE.simg`), so that a run
 * after a kill goes on with it; everything half done lies in a scratch folder. The work folder may be shared by machines
 * and by containers of one machine, which do not see each other's processes: a run shows that it lives by a file in its
 * scratch folder whose time it keeps new.
 */
import { randomBytes } from 'node:crypto'
import path from 'node:path'

import { InputError, messageOf, type InputProblem } from '../../../lib/failure/index.ts'
import type { Ports, Resource } from '../../../lib/ports/index.ts'
import { inspectFile, SifError } from '../../../lib/sif/index.ts'
import type { Container } from '../../../lib/catalogue/index.ts'
import { keyOf } from './look.ts'

const SCRATCH = /^\.neurodesk-convert-\d+-[0-9a-f]{8}$/

type Fs = Ports['fs']

/** Its time is that of the last sign of life. */
const SIGN = 'alive'
const BEAT_MS = 60_000
/** Silence after which a run counts as ended: many beats, and clocks that differ by some of them. */
export const SILENCE_MS = 15 * BEAT_MS

/** Makes this run's scratch folder below `folder`, and removes those of runs that have long given no sign of life. */
export async function openScratch(
  ports: Pick<Ports, 'fs' | 'cleanup' | 'log' | 'clock'>,
  folder: string,
  pid: number,
  beatMs = BEAT_MS
): Promise<{ scratch: string; close(): Promise<void> }> {
  await ports.fs.mkdir(folder, { recursive: true })
  await sweep(ports, folder)
  const scratch = path.join(folder, `.neurodesk-convert-${pid}-${randomBytes(4).toString('hex')}`)
  const resource: Resource = { kind: 'scratch', id: scratch }
  ports.cleanup.register(resource)
  await ports.fs.mkdir(scratch, { mode: 0o700 })
  const stop = await beat(ports, path.join(scratch, SIGN), beatMs)
  return {
    scratch,
    close: async () => {
      stop()
      await removeScratch(ports.fs, scratch)
      ports.cleanup.release(resource)
    }
  }
}

/** Keeps the time of a file new until it is stopped; a full disk does not hinder that. */
async function beat(
  { fs, clock, log }: Pick<Ports, 'fs' | 'clock' | 'log'>,
  file: string,
  everyMs: number
): Promise<() => void> {
  await fs.writeFile(file, '')
  const timer = setInterval(() => {
    const now = clock.now() / 1000
    fs.utimes(file, now, now).catch((error: unknown) => log.debug(messageOf(error)))
  }, everyMs)
  // A run that breaks off before it closes its folder must be able to end.
  timer.unref()
  return () => clearInterval(timer)
}

/** Removes a scratch folder, and nothing that is none. */
export async function removeScratch(fs: Fs, scratch: string): Promise<void> {
  if (!SCRATCH.test(path.basename(scratch))) throw new Error(`${scratch} is no scratch folder`)
  await removeTree(fs, scratch)
}

/** Images hold folders that not even their owner may enter. */
export async function removeTree(fs: Fs, folder: string): Promise<void> {
  try {
    await fs.rm(folder, { recursive: true, force: true })
  } catch {
    await unlock(fs, folder)
    await fs.rm(folder, { recursive: true, force: true })
  }
}

async function unlock(fs: Fs, folder: string): Promise<void> {
  await fs.chmod(folder, 0o700)
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await unlock(fs, path.join(folder, entry.name))
  }
}

async function sweep(ports: Pick<Ports, 'fs' | 'log' | 'clock'>, folder: string): Promise<void> {
  const { fs, log, clock } = ports
  for (const name of (await fs.readdir(folder)).filter((one) => SCRATCH.test(one))) {
    const scratch = path.join(folder, name)
    const last = await lastSign(fs, scratch)
    // Gone meanwhile: its own run, or another one, has removed it.
    if (last === undefined) continue
    const silent = clock.now() - last
    if (silent < SILENCE_MS) {
      log.debug(`${name} stays: its run gave a sign of life ${Math.round(silent / 1000)} s ago`)
      continue
    }
    log.info(`removing ${name}, which an ended run has left`)
    await removeTree(fs, scratch)
  }
}

/** A folder without the file is just being made, or is left from a removal that was broken off. */
async function lastSign(fs: Fs, scratch: string): Promise<number | undefined> {
  for (const place of [path.join(scratch, SIGN), scratch]) {
    const stat = await fs.stat(place).catch(() => undefined)
    if (stat !== undefined) return stat.mtimeMs
  }
  return undefined
}

export interface LocalSif {
  readonly file: string
  readonly bytes: number
  /** It lies in the work folder and is deleted when every store has it. */
  readonly own: boolean
}

/** Whole SIFs of these containers in the work folder and the local cache. What is broken is told and left alone. */
export async function findLocal(
  containers: readonly Container[],
  folders: readonly { readonly folder: string; readonly own: boolean }[],
  ports: Pick<Ports, 'fs' | 'log'>
): Promise<Map<string, LocalSif>> {
  const found = new Map<string, LocalSif>()
  for (const { folder, own } of folders) {
    for (const container of containers) {
      if (found.has(container.object)) continue
      const file = path.join(folder, keyOf(container.object))
      const stat = await ports.fs.stat(file).catch(() => undefined)
      if (stat?.isFile() !== true) continue
      try {
        await inspectFile(ports.fs, file, { architecture: container.architecture })
        found.set(container.object, { file, bytes: stat.size, own })
      } catch (error) {
        const reason = error instanceof SifError ? error.message : messageOf(error)
        ports.log.warning(`${file} is not used: ${reason}`)
      }
    }
  }
  return found
}

/**
 * By their names they are two; a link may make them one, which would be emptied.
 * @throws InputError
 */
export async function expectTwoFolders(
  { workDir, localCache }: { readonly workDir: string; readonly localCache: string },
  ports: Pick<Ports, 'fs'> & { readonly runner: Pick<Ports['runner'], 'workspace'> }
): Promise<void> {
  if (workDir === '' || localCache === '') return
  const [work, cache] = await Promise.all(
    [workDir, localCache].map(
      async (folder) =>
        await ports.fs.realpath(path.resolve(ports.runner.workspace, folder)).catch(() => undefined)
    )
  )
  if (work !== undefined && work === cache) throw new InputError([oneFolder(workDir)])
}

/** Why the work folder must not be the cache. */
export function oneFolder(workDir: string): InputProblem {
  return {
    input: 'work-dir',
    given: workDir,
    allowed: 'another folder than `local-cache`',
    fix: 'what every store has is removed from the work folder, and the cache is to keep it'
  }
}

/**
 * Removes finished SIFs from the work folder that every store has: a run that was killed between its last upload and
 * its clean-up has left them. The local cache is somebody else's, also where it is the work folder.
 */
export async function removeDelivered(
  containers: readonly Container[],
  folders: readonly { readonly folder: string; readonly own: boolean }[],
  ports: Pick<Ports, 'fs' | 'log'>
): Promise<void> {
  const others = folders.filter(({ own }) => !own).map(({ folder }) => folder)
  for (const { folder } of folders.filter((one) => one.own && !others.includes(one.folder))) {
    const there = new Set(await ports.fs.readdir(folder).catch(() => []))
    for (const name of containers.map(({ object }) => keyOf(object)).filter((key) => there.has(key))) {
      ports.log.info(`removing ${name} from the work folder: every store has it`)
      await ports.fs.rm(path.join(folder, name), { force: true })
    }
  }
}
