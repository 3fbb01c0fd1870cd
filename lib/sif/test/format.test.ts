import { describe, expect, test } from '@jest/globals'

import { buildArguments } from '../apptainer.ts'
import { DESCRIPTOR_BYTES, parseObjects } from '../format.ts'
import { inspectSif, parseHeader, SifError } from '../index.ts'

const DATA_OFFSET = 32_176
const PARTITION_OFFSET = 36_864

interface Parts {
  readonly fileBytes?: number
  readonly partitionBytes?: number
  readonly partitionKind?: number
  readonly primary?: number
}

/** Header and descriptor table as Apptainer writes them: a definition and a partition. */
function sif({
  fileBytes = 40_960,
  partitionBytes = 4096,
  partitionKind = 1,
  primary = 2
}: Parts = {}): Buffer {
  const bytes = Buffer.alloc(Math.max(fileBytes, 36_000))
  bytes.write('#!/usr/bin/env run-singularity\n\0', 0, 'latin1')
  bytes.write('SIF_MAGIC\0', 32, 'latin1')
  bytes.write('01\0', 42, 'latin1')
  bytes.write('02\0', 45, 'latin1')
  for (const [offset, value] of [
    [64, 1_700_000_000],
    [88, 48],
    [96, 4096],
    [104, 48 * DESCRIPTOR_BYTES],
    [112, DATA_OFFSET],
    [120, 40_960 - DATA_OFFSET]
  ] as const) {
    bytes.writeBigInt64LE(BigInt(value), offset)
  }
  const describe = (index: number, type: number, offset: number, size: number): Buffer => {
    const raw = bytes.subarray(4096 + index * DESCRIPTOR_BYTES)
    raw.writeInt32LE(type, 0)
    raw[4] = 1
    raw.writeUInt32LE(index + 1, 5)
    raw.writeBigInt64LE(BigInt(offset), 17)
    raw.writeBigInt64LE(BigInt(size), 25)
    return raw
  }
  describe(0, 0x4001, DATA_OFFSET, 20)
  bytes.write('bootstrap: docker\nxx', DATA_OFFSET)
  const partition = describe(1, 0x4004, PARTITION_OFFSET, partitionBytes)
  partition.writeInt32LE(partitionKind, 201)
  partition.writeInt32LE(primary, 205)
  partition.write('02\0', 209, 'latin1')
  return bytes.subarray(0, fileBytes)
}

const reader = (bytes: Buffer) => (offset: number, length: number) =>
  Promise.resolve(bytes.subarray(offset, offset + length))

async function refusal(bytes: Buffer): Promise<string> {
  try {
    await inspectSif(reader(bytes), bytes.length)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof SifError)) throw error
    return `${error.what}: ${error.message}`
  }
}

describe('a SIF', () => {
  test('its header says how long the file must be', () => {
    expect(parseHeader(sif())).toMatchObject({
      architecture: 'amd64',
      dataOffset: DATA_OFFSET,
      fileBytes: 40_960,
      created: 1_700_000_000
    })
  })

  test('its objects', () => {
    const bytes = sif()
    const header = parseHeader(bytes)
    expect(parseObjects(bytes.subarray(4096, DATA_OFFSET), header)).toMatchObject([
      { id: 1, kind: 'definition', bytes: 20 },
      {
        id: 2,
        kind: 'partition',
        partition: { fileSystem: 'squashfs', primary: true, architecture: 'amd64' }
      }
    ])
  })

  test.each<[string, Buffer, string]>([
    ['an error page', Buffer.from(`<html>${' '.repeat(200)}`), 'not-sif'],
    ['nothing', Buffer.alloc(0), 'truncated'],
    ['zeros', Buffer.alloc(40_960), 'not-sif'],
    ['cut off', sif({ fileBytes: 39_000 }), 'truncated: 39000 bytes, its header promises 40960'],
    ['a partition outside of the file', sif({ partitionBytes: 9_999_999 }), 'damaged: object 2'],
    ['no primary partition', sif({ primary: 3 }), 'damaged: it has no primary partition'],
    ['ext3', sif({ partitionKind: 2 }), 'damaged: its primary partition is ext3'],
    ['no squashfs in the partition', sif(), 'damaged: the partition holds no squashfs']
  ])('%s is refused', async (_title, bytes, reason) => {
    expect(await refusal(bytes)).toContain(reason)
  })

  test('numbers that no file has are damage, not a crash', async () => {
    for (const offset of [88, 96, 104, 112, 120]) {
      for (const value of [-1n, 2n ** 62n, 0n]) {
        const bytes = Buffer.from(sif())
        bytes.writeBigInt64LE(value, offset)
        expect(await refusal(bytes)).toMatch(/^(damaged|truncated|not-sif): /)
      }
    }
  })
})

test('the arguments of a build: a digest, no cache, no shell', () => {
  const request = {
    image: '127.0.0.1:5000/vnmd/a@sha256:1',
    output: '/w/out.sif',
    scratch: '/w/s',
    architecture: 'arm64',
    compression: 'gzip' as const,
    insecure: true,
    timeoutMs: 1
  }
  expect(buildArguments(request)).toEqual([
    ...['build', '--arch', 'arm64', '--disable-cache', '--no-https'],
    ...['--mksquashfs-args', '-comp gzip', '/w/out.sif', 'docker://127.0.0.1:5000/vnmd/a@sha256:1']
  ])
  expect(buildArguments({ ...request, compression: 'zstd', level: 3, insecure: false })).toContain(
    '-comp zstd -Xcompression-level 3'
  )
})
