/**
 * SquashFS 4.0, as far as it takes to know that an image can be read: the superblock, and every metadata block of
 * the tables of inodes and folders. A cut-off or overwritten image fails here in milliseconds, without a mount.
 * Format: https://docs.kernel.org/filesystems/squashfs.html and squashfs-tools' squashfs_fs.h. Little endian.
 */
import { promisify } from 'node:util'
import zlib from 'node:zlib'

import { SifError } from './format.ts'
import { checkInodes } from './inodes.ts'

/** Reads `length` bytes at `offset` of the image; fewer only at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>

export interface SuperBlock {
  readonly compression: string
  readonly inodes: number
  readonly fragments: number
  readonly blockBytes: number
  /** Seconds since 1970. */
  readonly created: number
  /** Length of the file system, without padding. */
  readonly bytes: number
  readonly inodeTable: number
  readonly directoryTable: number
  readonly fragmentTable: number
  readonly exportTable: number
  readonly idTable: number
}

const SUPER_BYTES = 96
const METADATA_BYTES = 8192
/** Says "there is no such table". */
const NONE = 0xffff_ffff_ffff_ffffn
const COMPRESSIONS = ['', 'gzip', 'lzma', 'lzo', 'xz', 'lz4', 'zstd']

/**
 * Reads the superblock.
 * @throws SifError when it is none, or when its tables lie outside of the partition of `available` bytes.
 */
export function parseSuperBlock(bytes: Buffer, available: number): SuperBlock {
  if (bytes.length < SUPER_BYTES) throw new SifError('truncated', 'the squashfs has no superblock')
  if (bytes.readUInt32LE(0) !== 0x7371_7368) throw new SifError('damaged', 'the partition holds no squashfs')
  const version = `${bytes.readUInt16LE(28)}.${bytes.readUInt16LE(30)}`
  if (version !== '4.0') throw new SifError('damaged', `squashfs ${version}; 4.0 is what kernels mount`)
  const position = (offset: number): number => {
    const value = bytes.readBigUInt64LE(offset)
    return value === NONE ? -1 : Number(value)
  }
  const block: SuperBlock = {
    inodes: bytes.readUInt32LE(4),
    created: bytes.readUInt32LE(8),
    blockBytes: bytes.readUInt32LE(12),
    fragments: bytes.readUInt32LE(16),
    compression: COMPRESSIONS[bytes.readUInt16LE(20)] ?? 'unknown',
    bytes: position(40),
    idTable: position(48),
    inodeTable: position(64),
    directoryTable: position(72),
    fragmentTable: position(80),
    exportTable: position(88)
  }
  if (block.bytes > available) {
    throw new SifError('truncated', `the squashfs has ${block.bytes} bytes, its partition ${available}`)
  }
  const ordered = SUPER_BYTES <= block.inodeTable && block.inodeTable < block.directoryTable
  if (!ordered || block.directoryTable > block.bytes || block.idTable > block.bytes || block.inodes === 0) {
    throw new SifError('damaged', 'the tables of the squashfs lie outside of it')
  }
  return block
}

/**
 * Decompresses every metadata block of the inode and directory tables.
 * @returns their unpacked sizes; undefined for a compression that cannot be read here (lzma, lzo, xz, lz4).
 * @throws SifError `damaged` at the first block that does not unpack, with its place.
 */
export async function checkTables(
  read: ReadAt,
  block: SuperBlock
): Promise<{ inodeBytes: number; directoryBytes: number } | undefined> {
  const unpack = decompressor(block.compression)
  if (unpack === undefined) return undefined
  const end = await directoryEnd(read, block)
  const inodes = await unpackTable(read, block.inodeTable, block.directoryTable, unpack, 'inode table')
  const directories = await unpackTable(read, block.directoryTable, end, unpack, 'directory table')
  checkInodes(inodes, { blockBytes: block.blockBytes, count: block.inodes, dataEnd: block.inodeTable })
  return { inodeBytes: inodes.length, directoryBytes: directories.length }
}

/** The next table's first metadata block; its index tells where that is. */
async function directoryEnd(read: ReadAt, block: SuperBlock): Promise<number> {
  for (const [index, used] of [
    [block.fragmentTable, block.fragments > 0],
    [block.exportTable, block.exportTable !== -1],
    [block.idTable, true]
  ] as const) {
    if (!used || index === -1) continue
    const pointer = await read(index, 8)
    if (pointer.length < 8) throw new SifError('truncated', `the squashfs ends before its table at ${index}`)
    const first = Number(pointer.readBigUInt64LE(0))
    if (first < block.directoryTable || first > block.bytes) {
      throw new SifError('damaged', `a table of the squashfs points to ${first}`)
    }
    return first
  }
  return block.idTable
}

type Decompress = (bytes: Buffer) => Promise<Buffer>

function decompressor(compression: string): Decompress | undefined {
  const options = { maxOutputLength: METADATA_BYTES }
  if (compression === 'gzip') return async (bytes) => await promisify(zlib.inflate)(bytes, options)
  if (compression === 'zstd') return async (bytes) => await promisify(zlib.zstdDecompress)(bytes, options)
  return undefined
}

async function unpackTable(
  read: ReadAt,
  start: number,
  end: number,
  unpack: Decompress,
  table: string
): Promise<Buffer> {
  // One read of the whole table: it is small beside the image (a few MB for 100,000 files).
  const bytes = await read(start, end - start)
  if (bytes.length < end - start) throw new SifError('truncated', `the image ends within the ${table}`)
  const parts: Buffer[] = []
  let position = 0
  while (position + 2 <= bytes.length) {
    const head = bytes.readUInt16LE(position)
    const length = head & 0x7fff
    const packed = bytes.subarray(position + 2, position + 2 + length)
    if (length === 0 || length > METADATA_BYTES || packed.length < length) {
      throw new SifError('damaged', `the ${table} has a block of ${length} bytes at ${start + position}`)
    }
    try {
      parts.push((head & 0x8000) === 0 ? await unpack(packed) : packed)
    } catch {
      throw new SifError('damaged', `the ${table} cannot be unpacked at ${start + position}`)
    }
    position += 2 + length
  }
  return Buffer.concat(parts)
}
