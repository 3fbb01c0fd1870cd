/**
 * Reads a squashfs 4.0 file system: inodes, folders, blocks and fragments. Only what is asked for is read, so a folder of a 10 GB image costs a few
 * blocks. What it reads is hostile: every size and offset has a limit.
 */
import zlib from 'node:zlib'
import {
  folderOf,
  KINDS,
  METADATA_BYTES,
  NO_FRAGMENT,
  parseSuperblock,
  STORED_DATA,
  STORED_METADATA,
  SUPERBLOCK_BYTES,
  toEntry,
  type Inode,
  type Reference,
  type Superblock
} from './squashfs-format.ts'
import { ImageError, type Entry, type ImageTree } from './tree.ts'

/** Reads `length` bytes at `offset` of the file system; fewer at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>

const MAX_FOLDER_BYTES = 64 * 2 ** 20
const MAX_TARGET_BYTES = 65_536
/** Metadata blocks kept: 8 MiB, enough for a walk through a few large folders. */
const CACHE_BLOCKS = 1024

/**
 * Opens the file system that `readAt` reads.
 * @throws ImageError when it is no squashfs 4.0, is compressed in a way that cannot be read here, or is damaged.
 */
export async function openSquashfs(readAt: ReadAt, close: () => Promise<void>): Promise<ImageTree> {
  return new Squashfs(readAt, close, parseSuperblock(await readAt(0, SUPERBLOCK_BYTES)))
}

class Squashfs implements ImageTree {
  readonly close: () => Promise<void>
  readonly #readAt: ReadAt
  readonly #super: Superblock
  readonly #metadata = new Map<number, Promise<{ data: Buffer; next: number }>>()
  readonly #folders = new Map<string, Promise<ReadonlyMap<string, Reference> | undefined>>()
  #ids: Promise<Buffer> | undefined

  constructor(readAt: ReadAt, close: () => Promise<void>, superblock: Superblock) {
    this.#readAt = readAt
    this.close = close
    this.#super = superblock
  }

  async entry(path: string): Promise<Entry | undefined> {
    const inode = await this.#find(path)
    return inode === undefined ? undefined : toEntry(path.slice(path.lastIndexOf('/') + 1), inode)
  }

  async list(path: string): Promise<readonly Entry[] | undefined> {
    const folder = await this.#folder(path)
    if (folder === undefined) return undefined
    const entries: Entry[] = []
    for (const [name, reference] of folder) entries.push(toEntry(name, await this.#inode(reference)))
    return entries
  }

  async read(path: string, maxBytes: number): Promise<Buffer | undefined> {
    const inode = await this.#find(path)
    if (inode?.data === undefined) return undefined
    const wanted = Math.min(inode.size, maxBytes)
    const pieces: Buffer[] = []
    let have = 0
    let at = inode.data.start
    for (const word of inode.data.blocks) {
      if (have >= wanted) break
      const stored = word & (STORED_DATA - 1)
      const size = Math.min(this.#super.blockBytes, inode.size - have)
      // A block of size 0 is a hole.
      const piece = stored === 0 ? Buffer.alloc(size) : await this.#block(at, word)
      if (piece.length !== size)
        throw new ImageError(`${path}: a block unpacks to ${piece.length} bytes instead of ${size}`)
      pieces.push(piece)
      have += size
      at += stored
    }
    if (have < wanted) {
      if (inode.data.fragment === NO_FRAGMENT) throw new ImageError(`${path}: the file ends too early`)
      const piece = await this.#fragment(inode.data.fragment)
      pieces.push(piece.subarray(inode.data.fragmentOffset, inode.data.fragmentOffset + inode.size - have))
    }
    const whole = Buffer.concat(pieces).subarray(0, wanted)
    if (whole.length !== wanted) throw new ImageError(`${path}: the file ends too early`)
    return whole
  }

  async #find(path: string): Promise<Inode | undefined> {
    if (path === '/') return this.#inode(this.#super.root)
    const cut = path.lastIndexOf('/')
    const folder = await this.#folder(cut === 0 ? '/' : path.slice(0, cut))
    const reference = folder?.get(path.slice(cut + 1))
    return reference === undefined ? undefined : this.#inode(reference)
  }

  #folder(path: string): Promise<ReadonlyMap<string, Reference> | undefined> {
    const known = this.#folders.get(path)
    if (known !== undefined) return known
    const reading = this.#readFolder(path)
    this.#folders.set(path, reading)
    return reading
  }

  async #readFolder(path: string): Promise<ReadonlyMap<string, Reference> | undefined> {
    const inode = await this.#find(path)
    if (inode?.folder === undefined) return undefined
    const { at, bytes } = inode.folder
    const data = await this.#stream(this.#super.folderTable, at, bytes)
    const found = new Map<string, Reference>()
    for (let offset = 0; offset + 12 <= data.length;) {
      const count = data.readUInt32LE(offset) + 1
      const block = data.readUInt32LE(offset + 4)
      offset += 12
      if (count > 256)
        throw new ImageError(`${path}: a folder header names ${count} entries, at most 256 are possible`)
      for (let index = 0; index < count; index++) {
        if (offset + 8 > data.length) throw new ImageError(`${path}: the folder ends too early`)
        const inodeOffset = data.readUInt16LE(offset)
        const length = data.readUInt16LE(offset + 6) + 1
        const name = data.subarray(offset + 8, offset + 8 + length).toString('utf8')
        if (length > 256 || name === '.' || name === '..' || name.includes('/')) {
          throw new ImageError(`${path}: a name that no file can have`)
        }
        found.set(name, { block, offset: inodeOffset })
        offset += 8 + length
      }
    }
    return found
  }

  async #inode(reference: Reference): Promise<Inode> {
    const table = this.#super.inodeTable
    const head = await this.#stream(table, reference, 40, 16)
    const type = head.readUInt16LE(0)
    // Types 8 to 14 are the long forms of 1 to 7.
    const extended = type > 7
    const kind = KINDS[extended ? type - 7 : type] ?? 'other'
    const owner = {
      mode: head.readUInt16LE(2),
      uid: await this.#id(head.readUInt16LE(4)),
      gid: await this.#id(head.readUInt16LE(6))
    }
    if (kind === 'directory')
      return {
        kind,
        size: 0,
        ...owner,
        folder: folderOf(await this.#stream(table, reference, 40, 32), extended)
      }
    if (kind === 'link') {
      const link = await this.#stream(table, reference, 24)
      const length = link.readUInt32LE(20)
      if (length > MAX_TARGET_BYTES) throw new ImageError(`a link of ${length} bytes`)
      const whole = await this.#stream(table, reference, 24 + length)
      return { kind, size: 0, ...owner, target: whole.subarray(24).toString('utf8') }
    }
    if (kind === 'file') return { kind, ...owner, ...(await this.#fileOf(reference, extended)) }
    return { kind, size: 0, ...owner }
  }

  async #fileOf(reference: Reference, extended: boolean): Promise<Pick<Inode, 'size' | 'data'>> {
    const table = this.#super.inodeTable
    const fixed = extended ? 56 : 32
    const head = await this.#stream(table, reference, fixed)
    const start = extended ? Number(head.readBigUInt64LE(16)) : head.readUInt32LE(16)
    const size = extended ? Number(head.readBigUInt64LE(24)) : head.readUInt32LE(28)
    const fragment = head.readUInt32LE(extended ? 44 : 20)
    const fragmentOffset = head.readUInt32LE(extended ? 48 : 24)
    const whole = size / this.#super.blockBytes
    const count = fragment === NO_FRAGMENT ? Math.ceil(whole) : Math.floor(whole)
    if (!Number.isSafeInteger(size) || count > 2 ** 24) throw new ImageError(`a file of ${size} bytes`)
    // The list of blocks of a huge file is long and nobody here reads more than its beginning.
    const listed = Math.min(count, 4096)
    const list = (await this.#stream(table, reference, fixed + listed * 4)).subarray(fixed)
    const blocks = Array.from({ length: listed }, (_, index) => list.readUInt32LE(index * 4))
    return { size, data: { start, blocks, fragment, fragmentOffset } }
  }

  async #id(index: number): Promise<number> {
    this.#ids ??= this.#table(this.#super.idTable, this.#super.ids * 4)
    const ids = await this.#ids
    if (index * 4 + 4 > ids.length) throw new ImageError(`owner number ${index} is not in the table`)
    return ids.readUInt32LE(index * 4)
  }

  async #fragment(index: number): Promise<Buffer> {
    if (index >= this.#super.fragments) throw new ImageError(`fragment ${index} is not in the table`)
    const list = await this.#readAt(this.#super.fragmentTable + Math.floor(index / 512) * 8, 8)
    if (list.length < 8) throw new ImageError('the table of fragments ends too early')
    const { data } = await this.#unpackMetadata(Number(list.readBigUInt64LE(0)))
    const at = (index % 512) * 16
    if (at + 16 > data.length) throw new ImageError('the table of fragments ends too early')
    return this.#block(Number(data.readBigUInt64LE(at)), data.readUInt32LE(at + 8))
  }

  /** A lookup table: a list of positions of metadata blocks, which together hold `bytes`. */
  async #table(at: number, bytes: number): Promise<Buffer> {
    const count = Math.ceil(bytes / METADATA_BYTES)
    const list = await this.#readAt(at, count * 8)
    if (list.length < count * 8) throw new ImageError('a table ends too early')
    const parts: Buffer[] = []
    for (let index = 0; index < count; index++) {
      parts.push((await this.#unpackMetadata(Number(list.readBigUInt64LE(index * 8)))).data)
    }
    return Buffer.concat(parts).subarray(0, bytes)
  }

  /** `bytes` of unpacked metadata from a reference on; with `atLeast`, fewer are accepted at the end of the table. */
  async #stream(table: number, from: Reference, bytes: number, atLeast = bytes): Promise<Buffer> {
    if (bytes > MAX_FOLDER_BYTES) throw new ImageError(`${bytes} bytes of metadata in one piece`)
    const parts: Buffer[] = []
    let position = table + from.block
    let skip = from.offset
    let have = 0
    while (have < bytes) {
      const unpacked = await this.#unpackMetadata(position).catch((error: unknown) => {
        if (have >= atLeast) return undefined
        throw error
      })
      if (unpacked === undefined) break
      if (skip > unpacked.data.length) throw new ImageError('a reference points past its block')
      const part = unpacked.data.subarray(skip, skip + bytes - have)
      parts.push(part)
      have += part.length
      skip = 0
      position = unpacked.next
    }
    return Buffer.concat(parts)
  }

  #unpackMetadata(position: number): Promise<{ data: Buffer; next: number }> {
    const known = this.#metadata.get(position)
    if (known !== undefined) return known
    const [oldest] = this.#metadata.keys()
    if (this.#metadata.size >= CACHE_BLOCKS && oldest !== undefined) this.#metadata.delete(oldest)
    const unpacking = this.#readMetadata(position)
    unpacking.catch(() => this.#metadata.delete(position))
    this.#metadata.set(position, unpacking)
    return unpacking
  }

  async #readMetadata(position: number): Promise<{ data: Buffer; next: number }> {
    if (!Number.isSafeInteger(position)) throw new ImageError('a metadata block out of bounds')
    const bytes = await this.#readAt(position, 2 + METADATA_BYTES)
    if (bytes.length < 2) throw new ImageError('a metadata block past the end')
    const word = bytes.readUInt16LE(0)
    const size = word & (STORED_METADATA - 1)
    if (size === 0 || size > METADATA_BYTES || bytes.length < 2 + size)
      throw new ImageError('a damaged metadata block')
    const packed = bytes.subarray(2, 2 + size)
    const data = (word & STORED_METADATA) === 0 ? this.#unpack(packed, METADATA_BYTES) : packed
    return { data, next: position + 2 + size }
  }

  async #block(position: number, word: number): Promise<Buffer> {
    const size = word & (STORED_DATA - 1)
    if (size > this.#super.blockBytes) throw new ImageError('a data block out of bounds')
    const packed = await this.#readAt(position, size)
    if (packed.length !== size) throw new ImageError('a data block past the end')
    return (word & STORED_DATA) === 0 ? this.#unpack(packed, this.#super.blockBytes) : packed
  }

  #unpack(packed: Buffer, maxOutputLength: number): Buffer {
    try {
      return this.#super.compression === 1
        ? zlib.inflateSync(packed, { maxOutputLength })
        : zlib.zstdDecompressSync(packed, { maxOutputLength })
    } catch (error) {
      throw new ImageError(
        `a block cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`
      )
    }
  }
}
