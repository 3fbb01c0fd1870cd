/**
 * The PATH of a test: the host's own folders, with the runtime under test in front under the names it has on a real
 * host, and without the programs that this test must not see (the other runtime, a downloader).
 */
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import { downloaderShim, runtimeShim } from './shims.ts'
import type { Runtime } from './runtime.ts'

type FileSystem = Pick<typeof fileSystem, 'mkdir' | 'writeFile' | 'readdir' | 'symlink' | 'chmod'>

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
  /** The host's PATH. */
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
  const rest: string[] = []
  for (const [index, hostFolder] of options.hostPath.entries()) {
    rest.push(await withoutDecided(fs, hostFolder, path.join(folder, `host-${index}`)))
  }
  return { path: [front, ...rest], downloadLog }
}

/** The folder itself when it holds nothing to hide, otherwise a folder of links to all the rest of it. */
async function withoutDecided(fs: FileSystem, hostFolder: string, stand: string): Promise<string> {
  const names = await fs.readdir(hostFolder).catch(() => [])
  if (!names.some((name) => DECIDED.includes(name))) return hostFolder
  await fs.mkdir(stand)
  await Promise.all(
    names
      .filter((name) => !DECIDED.includes(name))
      .map((name) => fs.symlink(path.join(hostFolder, name), path.join(stand, name)))
  )
  return stand
}

async function writeProgram(fs: FileSystem, file: string, text: string): Promise<void> {
  await fs.writeFile(file, text)
  await fs.chmod(file, 0o755)
}
