/**
 * The unpacked inode table of SquashFS 4.0, walked from its first to its last entry. Not every compression has a
 * checksum (zstd's blocks have none): that the entries add up is what tells a whole table from one that only
 * unpacks. Layout: https://docs.kernel.org/filesystems/squashfs.html and squashfs_fs.h; little endian.
 */
import { SifError } from './format.ts'

const HEADER = 16
const NO_FRAGMENT = 0xffff_ffff
const UNCOMPRESSED = 1 << 24

/** What inodes of a type have behind the common 16 bytes. */
type Walk = (table: Buffer, at: number, facts: InodeFacts) => number

export interface InodeFacts {
  /** Size of the blocks of files. */
  readonly blockBytes: number
  /** How many inodes there must be. */
  readonly count: number
  /** Data of files lies before this place. */
  readonly dataEnd: number
}

const WALKS: Readonly<Record<number, Walk>> = {
  1: () => 16, // folder
  2: (table, at, facts) =>
    16 +
    blocks(table, at + 16, facts, {
      start: table.readUInt32LE(at),
      size: table.readUInt32LE(at + 12),
      fragment: table.readUInt32LE(at + 4)
    }),
  3: (table, at) => 8 + bounded(table.readUInt32LE(at + 4), 65_536, 'a link'),
  4: () => 8, // devices
  5: () => 8,
  6: () => 4, // pipes and sockets
  7: () => 4,
  8: (table, at) => 24 + folderIndex(table, at + 24, table.readUInt16LE(at + 16)),
  9: (table, at, facts) =>
    40 +
    blocks(table, at + 40, facts, {
      start: Number(table.readBigUInt64LE(at)),
      size: Number(table.readBigUInt64LE(at + 8)),
      fragment: table.readUInt32LE(at + 28)
    }),
  10: (table, at) => 12 + bounded(table.readUInt32LE(at + 4), 65_536, 'a link'),
  11: () => 12,
  12: () => 12,
  13: () => 8,
  14: () => 8
}

/** @throws SifError `damaged` at the first entry that cannot be, or when they are not as many as the superblock says. */
export function checkInodes(table: Buffer, facts: InodeFacts): void {
  let at = 0
  let seen = 0
  const numbers = new Uint8Array(facts.count + 1)
  try {
    while (at < table.length && seen < facts.count) {
      const walk = WALKS[table.readUInt16LE(at)]
      if (walk === undefined) throw damaged(`inode ${seen} is of type ${table.readUInt16LE(at)}`)
      const number = table.readUInt32LE(at + 12)
      if (number === 0 || number > facts.count || numbers[number] === 1) {
        throw damaged(`inode ${seen} calls itself ${number}`)
      }
      numbers[number] = 1
      at += HEADER + walk(table, at + HEADER, facts)
      seen++
    }
  } catch (error) {
    if (error instanceof RangeError) throw damaged(`inode ${seen} ends behind the table`)
    throw error
  }
  if (seen !== facts.count || at !== table.length) {
    throw damaged(`${seen} inodes in ${at} of ${table.length} bytes, ${facts.count} are promised`)
  }
}

/** Bytes of a file's list of blocks. @throws SifError when its data cannot lie where it says. */
function blocks(
  table: Buffer,
  at: number,
  { blockBytes, dataEnd }: InodeFacts,
  file: { readonly start: number; readonly size: number; readonly fragment: number }
): number {
  const whole = file.size / blockBytes
  const count = file.fragment === NO_FRAGMENT ? Math.ceil(whole) : Math.floor(whole)
  let end = file.start
  for (let index = 0; index < count; index++) {
    const stored = table.readUInt32LE(at + index * 4)
    const bytes = stored & (UNCOMPRESSED - 1)
    if (stored > UNCOMPRESSED + blockBytes || bytes > blockBytes) throw damaged(`a block of ${bytes} bytes`)
    end += bytes
  }
  if (end > dataEnd) throw damaged(`a file's data ends at ${end}, behind all data`)
  return count * 4
}

function folderIndex(table: Buffer, at: number, count: number): number {
  let length = 0
  for (let index = 0; index < count; index++) {
    length += 12 + bounded(table.readUInt32LE(at + length + 8), 255, 'a name') + 1
  }
  return length
}

function bounded(length: number, most: number, what: string): number {
  if (length > most) throw damaged(`${what} of ${length} bytes`)
  return length
}

function damaged(message: string): SifError {
  return new SifError('damaged', `the inode table of the squashfs is damaged: ${message}`)
}
