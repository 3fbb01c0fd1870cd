/**
 * Writes what stands before the file system in a SIF: header, descriptors and small objects, in the form and order
 * of Apptainer's builds. The same layout as in format.ts, from the other side. Pure.
 */
import { ARCHITECTURES, DESCRIPTOR_BYTES, HEADER_BYTES, KIND_CODES } from './format.ts'

export interface SmallObject {
  readonly kind: 'definition' | 'json'
  /** '' for the definition. */
  readonly name: string
  readonly content: Buffer
}

export interface SifHead {
  readonly objects: readonly SmallObject[]
  /** Bytes of the primary partition, a squashfs at `partitionOffset(objects)`. */
  readonly partitionBytes: number
  /** Go's name of the CPU. */
  readonly architecture: string
  /** Seconds since 1970. */
  readonly created: number
  /** 16 random bytes. */
  readonly id: Uint8Array
}

/** Apptainer reserves so many. */
const DESCRIPTORS = 48
const TABLE = 4096
const DATA = TABLE + DESCRIPTORS * DESCRIPTOR_BYTES
/** Partitions begin at a page. */
const ALIGNMENT = 4096
const GROUP = 0xf000_0001
const SQUASHFS = 1
const PRIMARY = 2

/** Where the partition has to begin, in bytes from the start of the file. */
export function partitionOffset(objects: readonly SmallObject[]): number {
  const end = objects.reduce((sum, { content }) => sum + content.length, DATA)
  return Math.ceil(end / ALIGNMENT) * ALIGNMENT
}

/** The first `partitionOffset(objects)` bytes of the file. */
export function sifHead(head: SifHead): Buffer {
  const { objects, partitionBytes, created } = head
  const partitionAt = partitionOffset(objects)
  const bytes = Buffer.alloc(partitionAt)
  const code = codeOf(head.architecture)
  bytes.write('#!/usr/bin/env run-singularity\n', 0, 'latin1')
  bytes.write('SIF_MAGIC', 32, 'latin1')
  bytes.write('01', 42, 'latin1')
  bytes.write(code, 45, 'latin1')
  bytes.set(head.id.subarray(0, 16), 48)
  const numbers = [created, created, DESCRIPTORS - objects.length - 1, DESCRIPTORS, TABLE, DATA - TABLE, DATA]
  for (const [index, value] of [...numbers, partitionAt + partitionBytes - DATA].entries()) {
    bytes.writeBigInt64LE(BigInt(value), HEADER_BYTES - 64 + index * 8)
  }
  let offset = DATA
  for (const [index, { kind, name, content }] of objects.entries()) {
    describe(bytes, index, { type: KIND_CODES[kind], offset, length: content.length, padding: 0, created })
    descriptor(bytes, index).write(name, 73, 127, 'utf8')
    content.copy(bytes, offset)
    offset += content.length
  }
  const last = objects.length
  const padding = partitionAt - offset
  describe(bytes, last, {
    type: KIND_CODES.partition,
    offset: partitionAt,
    length: partitionBytes,
    padding,
    created
  })
  const extra = descriptor(bytes, last).subarray(201)
  extra.writeInt32LE(SQUASHFS, 0)
  extra.writeInt32LE(PRIMARY, 4)
  extra.write(code, 8, 'latin1')
  return bytes
}

function describe(
  bytes: Buffer,
  index: number,
  object: Readonly<Record<'type' | 'offset' | 'length' | 'padding' | 'created', number>>
): void {
  const raw = descriptor(bytes, index)
  raw.writeInt32LE(object.type, 0)
  raw[4] = 1
  raw.writeUInt32LE(index + 1, 5)
  raw.writeUInt32LE(GROUP, 9)
  const { offset, length, padding, created } = object
  for (const [place, value] of [offset, length, length + padding, created, created].entries()) {
    raw.writeBigInt64LE(BigInt(value), 17 + place * 8)
  }
}

function descriptor(bytes: Buffer, index: number): Buffer {
  const at = TABLE + index * DESCRIPTOR_BYTES
  return bytes.subarray(at, at + DESCRIPTOR_BYTES)
}

/** `00` says that it is unknown. */
function codeOf(architecture: string): string {
  return Object.keys(ARCHITECTURES).find((code) => ARCHITECTURES[code] === architecture) ?? '00'
}
