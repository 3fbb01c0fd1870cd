/**
 * The PATH of a test: the host's own folders, with the runtime under test in front under the names it has on a real
 * host, and without the programs that this test must not see (the other runtime, a downloader).
 */
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import { downloaderShim, runtimeShim } from './shims.ts'
import type { Runtime } from './runtime.ts'

type FileSystem = Pick<
  typeof fileSystem,
  'mkdir' | 'writeFile' | 'readdir' | 'symlink' | 'chmod' | 'realpath'
>

export interface Toolbox {
  /** Folders for PATH, what a test adds comes before them. */
  readonly path: readonly string[]
  /** What the downloaders, and the runtime's pull and build, were asked for; read it with parseDownloads. */
  readonly downloadLog: string
}

export interface ToolboxOptions {
  /** A folder of its own; must not exist. */
  readonly folder: string
  readonly runtime: Runtime
  /** Downloaders that may be seen, by the name of their program (aria2c, curl), with their absolute path. */
  readonly downloaders: Readonly<Record<string, string>>
  /** The host's PATH without the programs that a test decides about, from `hidePrograms`. */
  readonly hostPath: readonly string[]
}

/** Every program that a test decides about. */
const DECIDED = ['apptainer', 'singularity', 'curl', 'aria2c', 'wget']

export async function createToolbox(fs: FileSystem, options: ToolboxOptions): Promise<Toolbox> {
  const { folder, runtime } = options
  const front = path.join(folder, 'front')
  await fs.mkdir(front, { recursive: true })
  const downloadLog = path.join(folder, 'downloads')
  await fs.writeFile(downloadLog, '')
  // Apptainer's packages bring a link `singularity`; SingularityCE brings that name only.
  const names = runtime.kind === 'apptainer' ? ['apptainer', 'singularity'] : ['singularity']
  for (const name of names)
    await writeProgram(fs, path.join(front, name), runtimeShim(runtime.file, downloadLog))
  for (const [name, real] of Object.entries(options.downloaders)) {
    await writeProgram(fs, path.join(front, name), downloaderShim(name, real, downloadLog))
  }
  return { path: [front, ...options.hostPath], downloadLog }
}

/**
 * The folders of a PATH without runtimes and downloaders. Many folders of a host stay as they are; in the place of
 * one that has such a program there is a folder of links to all the rest of it.
 * @param folder of its own; must not exist
 */
export async function hidePrograms(
  fs: FileSystem,
  hostPath: readonly string[],
  folder: string
): Promise<readonly string[]> {
  const folders: string[] = []
  const seen = new Set<string>()
  for (const [index, hostFolder] of hostPath.entries()) {
    // Where /bin is a link to /usr/bin, once is enough.
    const real = await fs.realpath(hostFolder).catch(() => hostFolder)
    if (seen.has(real)) continue
    seen.add(real)
    const names = await fs.readdir(hostFolder).catch(() => [])
    if (!names.some((name) => DECIDED.includes(name))) {
      folders.push(hostFolder)
      continue
    }
    const stand = path.join(folder, String(index))
    await fs.mkdir(stand, { recursive: true })
    const kept = names.filter((name) => !DECIDED.includes(name))
    await Promise.all(kept.map((name) => fs.symlink(path.join(hostFolder, name), path.join(stand, name))))
    folders.push(stand)
  }
  return folders
}

async function writeProgram(fs: FileSystem, file: string, text: string): Promise<void> {
  await fs.writeFile(file, text)
  await fs.chmod(file, 0o755)
}
