/**
 * The shape of a squashfs 4.0 file system, as Linux documents it in Documentation/filesystems/squashfs.rst: the
 * superblock, and what inodes say. Bytes in, facts or an ImageError out. Pure.
 */
import { ImageError, type Entry, type EntryKind } from './tree.ts'

const MAGIC = 0x73717368
export const SUPERBLOCK_BYTES = 96
export const METADATA_BYTES = 8192
/** Set in the size of a block that is stored as it is. */
export const STORED_METADATA = 0x8000
export const STORED_DATA = 1 << 24
export const NO_FRAGMENT = 0xffffffff
const COMPRESSIONS: Readonly<Record<number, string>> = {
  1: 'gzip',
  2: 'lzma',
  3: 'lzo',
  4: 'xz',
  5: 'lz4',
  6: 'zstd'
}

export const KINDS: Readonly<Record<number, EntryKind>> = { 1: 'directory', 2: 'file', 3: 'link' }

export interface Superblock {
  readonly blockBytes: number
  readonly fragments: number
  readonly compression: number
  readonly ids: number
  readonly root: Reference
  readonly idTable: number
  readonly inodeTable: number
  readonly folderTable: number
  readonly fragmentTable: number
}

/** Where an inode stands: a metadata block, counted in bytes from the table's start, and a place in what it unpacks to. */
export interface Reference {
  readonly block: number
  readonly offset: number
}

export interface Inode {
  readonly kind: EntryKind
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly target?: string
  readonly folder?: { readonly at: Reference; readonly bytes: number }
  readonly data?: {
    readonly start: number
    readonly blocks: readonly number[]
    readonly fragment: number
    readonly fragmentOffset: number
  }
}

/** @throws ImageError for what is no squashfs 4.0, or is packed in a way that cannot be read here */
export function parseSuperblock(bytes: Buffer): Superblock {
  if (bytes.length < SUPERBLOCK_BYTES || bytes.readUInt32LE(0) !== MAGIC) {
    throw new ImageError('there is no squashfs file system')
  }
  const major = bytes.readUInt16LE(28)
  if (major !== 4) throw new ImageError(`squashfs version ${major} is not known; 4 is`)
  const compression = bytes.readUInt16LE(20)
  if (compression !== 1 && compression !== 6) {
    const name = COMPRESSIONS[compression] ?? `number ${compression}`
    throw new ImageError(`the squashfs is compressed with ${name}; gzip and zstd can be read`)
  }
  const blockBytes = bytes.readUInt32LE(12)
  if (blockBytes < 4096 || blockBytes > 2 ** 20)
    throw new ImageError(`a block size of ${blockBytes} is out of bounds`)
  const root = bytes.readBigUInt64LE(32)
  return {
    blockBytes,
    fragments: bytes.readUInt32LE(16),
    compression,
    ids: bytes.readUInt16LE(26),
    root: { block: Number(root >> 16n), offset: Number(root & 0xffffn) },
    idTable: Number(bytes.readBigUInt64LE(48)),
    inodeTable: Number(bytes.readBigUInt64LE(64)),
    folderTable: Number(bytes.readBigUInt64LE(72)),
    fragmentTable: Number(bytes.readBigUInt64LE(80))
  }
}

/** Where the entries of a folder stand. @param bytes of its inode */
export function folderOf(bytes: Buffer, extended: boolean): NonNullable<Inode['folder']> {
  if (bytes.length < (extended ? 40 : 32)) throw new ImageError('a folder ends too early')
  // The size counts three bytes for "." and "..", which are not stored.
  const size = extended ? bytes.readUInt32LE(20) : bytes.readUInt16LE(24)
  const block = bytes.readUInt32LE(extended ? 24 : 16)
  const offset = bytes.readUInt16LE(extended ? 34 : 26)
  return { at: { block, offset }, bytes: Math.max(size - 3, 0) }
}

/** What others get to know of an inode. */
export function toEntry(name: string, inode: Inode): Entry {
  const { kind, mode, uid, gid, size, target } = inode
  return target === undefined
    ? { name, kind, mode: mode & 0o7777, uid, gid, size }
    : { name, kind, mode: mode & 0o7777, uid, gid, size, target }
}
