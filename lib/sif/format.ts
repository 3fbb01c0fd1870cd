/**
 * The SIF container format, version 01, as Apptainer writes it: a header of 128 bytes, a table of descriptors of
 * 585 bytes each, and the data. All numbers are little endian. Layout: https://github.com/apptainer/sif
 * (pkg/sif/sif.go, `header` and `rawDescriptor`). Pure: bytes in, facts or a SifError out.
 */

export const HEADER_BYTES = 128
export const DESCRIPTOR_BYTES = 585
/** Apptainer reserves 48; a table far larger is no table. */
const MAX_DESCRIPTORS = 4096

/** The bytes are no SIF, or one that was cut off or damaged. `what` is stable, the message is for people. */
export class SifError extends Error {
  override readonly name = 'SifError'
  readonly what: 'not-sif' | 'truncated' | 'damaged' | 'wrong-architecture' | 'wrong-definition'

  constructor(what: SifError['what'], message: string) {
    super(message)
    this.what = what
  }
}

export interface SifHeader {
  /** Go's name of the CPU: amd64, arm64, …; `unknown` for code 00. */
  readonly architecture: string
  readonly descriptorCount: number
  readonly descriptorOffset: number
  readonly dataOffset: number
  readonly dataBytes: number
  /** How long the whole file has to be. */
  readonly fileBytes: number
  /** Seconds since 1970. */
  readonly created: number
}

export type ObjectKind =
  'definition' | 'environment' | 'labels' | 'partition' | 'signature' | 'json' | 'other'

export interface SifObject {
  readonly id: number
  readonly kind: ObjectKind
  readonly name: string
  readonly offset: number
  readonly bytes: number
  readonly partition?: {
    readonly fileSystem: 'squashfs' | 'ext3' | 'other'
    /** The one that is mounted as root. */
    readonly primary: boolean
    readonly architecture: string
  }
}

export const ARCHITECTURES: Readonly<Record<string, string>> = {
  '00': 'unknown',
  '01': '386',
  '02': 'amd64',
  '03': 'arm',
  '04': 'arm64',
  '05': 'ppc64',
  '06': 'ppc64le',
  '07': 'mips',
  '08': 'mipsle',
  '09': 'mips64',
  '10': 'mips64le',
  '11': 's390x',
  '12': 'riscv64'
}

export const KIND_CODES = {
  definition: 0x4001,
  environment: 0x4002,
  labels: 0x4003,
  partition: 0x4004,
  signature: 0x4005,
  json: 0x4006
} as const

const KINDS = new Map<number, ObjectKind>(
  Object.entries(KIND_CODES).map(([kind, code]) => [code, kind as ObjectKind])
)

/**
 * Reads the first 128 bytes.
 * @throws SifError `not-sif` when the magic is missing, `damaged` when its numbers make no sense.
 */
export function parseHeader(bytes: Buffer): SifHeader {
  if (bytes.length < HEADER_BYTES) {
    throw new SifError('truncated', `only ${bytes.length} bytes, the header alone has ${HEADER_BYTES}`)
  }
  if (!bytes.subarray(0, 2).equals(Buffer.from('#!')) || cString(bytes, 32, 10) !== 'SIF_MAGIC') {
    throw new SifError(
      'not-sif',
      `no SIF: it begins with ${JSON.stringify(printable(bytes.subarray(0, 40)))}`
    )
  }
  const version = cString(bytes, 42, 3)
  if (version !== '01')
    throw new SifError('not-sif', `SIF version ${JSON.stringify(version)} is unknown, 01 is read`)
  const descriptorCount = number(bytes, 88)
  const descriptorOffset = number(bytes, 96)
  const descriptorBytes = number(bytes, 104)
  const dataOffset = number(bytes, 112)
  const dataBytes = number(bytes, 120)
  if (descriptorCount < 1 || descriptorCount > MAX_DESCRIPTORS) {
    throw new SifError('damaged', `a table of ${descriptorCount} descriptors`)
  }
  if (descriptorBytes !== descriptorCount * DESCRIPTOR_BYTES) {
    throw new SifError('damaged', `a table of ${descriptorBytes} bytes for ${descriptorCount} descriptors`)
  }
  if (descriptorOffset < HEADER_BYTES || dataOffset < descriptorOffset + descriptorBytes || dataBytes < 1) {
    throw new SifError('damaged', `header, table (${descriptorOffset}) and data (${dataOffset}) overlap`)
  }
  return {
    architecture: architectureOf(cString(bytes, 45, 3)),
    descriptorCount,
    descriptorOffset,
    dataOffset,
    dataBytes,
    fileBytes: dataOffset + dataBytes,
    created: number(bytes, 64)
  }
}

/**
 * Reads the descriptor table; unused places are left out.
 * @throws SifError `damaged` when an object lies outside of the file.
 */
export function parseObjects(table: Buffer, header: SifHeader): SifObject[] {
  const objects: SifObject[] = []
  for (let index = 0; index < header.descriptorCount; index++) {
    const raw = table.subarray(index * DESCRIPTOR_BYTES, (index + 1) * DESCRIPTOR_BYTES)
    if (raw.length < DESCRIPTOR_BYTES)
      throw new SifError('truncated', 'the file ends within its descriptor table')
    if (raw[4] === 0) continue
    const kind = KINDS.get(raw.readInt32LE(0)) ?? 'other'
    const id = raw.readUInt32LE(5)
    const offset = number(raw, 17)
    const bytes = number(raw, 25)
    if (offset < header.dataOffset || offset + bytes > header.fileBytes) {
      throw new SifError('damaged', `object ${id} (${kind}) lies at ${offset}+${bytes}, outside of the data`)
    }
    const object = { id, kind, name: cString(raw, 73, 128), offset, bytes }
    objects.push(kind === 'partition' ? { ...object, partition: partitionOf(raw.subarray(201)) } : object)
  }
  return objects
}

function partitionOf(extra: Buffer): NonNullable<SifObject['partition']> {
  const fileSystem = extra.readInt32LE(0)
  return {
    fileSystem: fileSystem === 1 ? 'squashfs' : fileSystem === 2 ? 'ext3' : 'other',
    primary: extra.readInt32LE(4) === 2,
    architecture: architectureOf(cString(extra, 8, 3))
  }
}

function architectureOf(code: string): string {
  return ARCHITECTURES[code] ?? `code ${JSON.stringify(code)}`
}

/** A 64-bit number that a file can have; anything else counts as damage. */
function number(bytes: Buffer, offset: number): number {
  const value = bytes.readBigInt64LE(offset)
  if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new SifError('damaged', `the number ${value} at byte ${offset}`)
  }
  return Number(value)
}

function cString(bytes: Buffer, offset: number, length: number): string {
  const field = bytes.subarray(offset, offset + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString('latin1')
}

function printable(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.')
}
