/** Opens what NeuroDesk calls a container file: a SIF (.simg, .sif), a bare squashfs, or an unpacked folder. */
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import { findRoot, SifError } from '../../sif/index.ts'
import { openSquashfs } from './squashfs.ts'
import { ImageError, type Entry, type ImageTree } from './tree.ts'

type FileSystem = Pick<typeof fileSystem, 'open' | 'stat' | 'lstat' | 'readdir' | 'readlink' | 'realpath'>

/** What a bare squashfs begins with. */
const SQUASHFS_MAGIC = 'hsqs'

/**
 * @param file on the host; links to it are followed.
 * @throws ImageError when it is neither, or damaged; the file system's own error when it cannot be read.
 */
export async function openImage(fs: FileSystem, file: string): Promise<ImageTree> {
  if ((await fs.stat(file)).isDirectory()) return new Folder(fs, await fs.realpath(file))
  const handle = await fs.open(file, 'r')
  const readAt = async (offset: number, length: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await handle.read(buffer, 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }
  try {
    const start = await findSquashfs(readAt)
    return await openSquashfs(
      (offset, length) => readAt(start + offset, length),
      () => handle.close()
    )
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Where the squashfs begins: bytes from the start of the file. */
async function findSquashfs(readAt: (offset: number, length: number) => Promise<Buffer>): Promise<number> {
  const start = await readAt(0, SQUASHFS_MAGIC.length)
  if (start.toString('latin1') === SQUASHFS_MAGIC) return 0
  try {
    return (await findRoot(readAt)).root.offset
  } catch (error) {
    if (error instanceof SifError) throw new ImageError(error.message)
    throw error
  }
}

/** An unpacked image, as on CVMFS. The caller resolves links (tree.resolve); a path with a link before its end is refused. */
class Folder implements ImageTree {
  readonly #fs: FileSystem
  readonly #root: string

  constructor(fs: FileSystem, root: string) {
    this.#fs = fs
    this.#root = root
  }

  async entry(inside: string): Promise<Entry | undefined> {
    const onHost = await this.#hostPath(inside)
    return onHost === undefined ? undefined : this.#entryOf(onHost, path.posix.basename(inside))
  }

  async list(inside: string): Promise<readonly Entry[] | undefined> {
    const onHost = await this.#hostPath(inside)
    if (onHost === undefined || !(await this.#fs.lstat(onHost)).isDirectory()) return undefined
    const names = await this.#fs.readdir(onHost)
    const entries = await Promise.all(
      names.sort().map((name) => this.#entryOf(path.join(onHost, name), name))
    )
    return entries.filter((entry) => entry !== undefined)
  }

  async read(inside: string, maxBytes: number): Promise<Buffer | undefined> {
    const onHost = await this.#hostPath(inside)
    if (onHost === undefined || !(await this.#fs.lstat(onHost)).isFile()) return undefined
    const handle = await this.#fs.open(onHost, 'r')
    try {
      const { size } = await handle.stat()
      const buffer = Buffer.alloc(Math.min(size, maxBytes))
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  /** The path on the host; undefined when it is missing or a part before the last is a link, which could lead out of the image. */
  async #hostPath(inside: string): Promise<string | undefined> {
    const parts = inside.split('/').filter((part) => part !== '')
    if (parts.includes('..')) return undefined
    let onHost = this.#root
    for (const [index, part] of parts.entries()) {
      onHost = path.join(onHost, part)
      const stats = await this.#fs.lstat(onHost).catch(ignoreMissing)
      if (stats === undefined) return undefined
      if (index < parts.length - 1 && !stats.isDirectory()) return undefined
    }
    return onHost
  }

  async #entryOf(onHost: string, name: string): Promise<Entry | undefined> {
    const stats = await this.#fs.lstat(onHost).catch(ignoreMissing)
    if (stats === undefined) return undefined
    const common = { name, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid }
    if (stats.isSymbolicLink())
      return { ...common, kind: 'link', size: 0, target: await this.#fs.readlink(onHost) }
    if (stats.isDirectory()) return { ...common, kind: 'directory', size: 0 }
    if (stats.isFile()) return { ...common, kind: 'file', size: stats.size }
    return { ...common, kind: 'other', size: 0 }
  }
}

function ignoreMissing(error: unknown): undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
  throw error
}
