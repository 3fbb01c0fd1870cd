/** Small samples for the unit tests. */
import { readCatalogue, type Catalogue, type Container } from '../../../lib/catalogue/index.ts'
import type { Store } from '../../../lib/store/index.ts'

export function catalogueOf(...apps: readonly string[]): Catalogue {
  const tools = Object.fromEntries(
    apps.map((app) => [
      app.split(' ', 1)[0] ?? '',
      { apps: { [app]: { version: '20250101', exec: '' } }, categories: ['test'] }
    ])
  )
  return readCatalogue(JSON.stringify(tools, undefined, 4), { file: 'apps.json' })
}

export function container(app: string): Container {
  const [only] = catalogueOf(app).containers
  if (only === undefined) throw new Error(`${app} is no container`)
  return only
}

export function store(name: string, more: Partial<Store> = {}): Store {
  return { name, remote: `${name}:bucket`, prefix: '', publicUrl: undefined, required: true, ...more }
}

/** The first 128 bytes of a SIF that says it has `fileBytes` bytes; `02` is amd64, `04` arm64, `00` unknown. */
export function sifHead(fileBytes: number, architecture: '00' | '02' | '04' = '02'): Buffer {
  const head = Buffer.alloc(128)
  head.write('#!/usr/bin/env run-singularity\n\0', 0, 'latin1')
  head.write('SIF_MAGIC\0', 32, 'latin1')
  head.write('01\0', 42, 'latin1')
  head.write(`${architecture}\0`, 45, 'latin1')
  head.writeBigInt64LE(48n, 88)
  head.writeBigInt64LE(4096n, 96)
  head.writeBigInt64LE(48n * 585n, 104)
  head.writeBigInt64LE(32176n, 112)
  head.writeBigInt64LE(BigInt(fileBytes - 32176), 120)
  return head
}

/**
 * A whole SIF. Its squashfs has a compression that is not unpacked here, so that a superblock is enough; another `mark`
 * is another file of the same size.
 */
export function smallSif(mark = '', definition = ''): Buffer {
  const [table, row, data, partition, bytes] = [4096, 585, 32_176, 36_864, 40_960]
  const file = Buffer.alloc(bytes)
  sifHead(bytes).copy(file)
  const describe = (index: number, type: number, offset: number, length: number): Buffer => {
    const raw = file.subarray(table + index * row)
    raw.writeInt32LE(type, 0)
    raw[4] = 1
    raw.writeUInt32LE(index + 1, 5)
    raw.writeBigInt64LE(BigInt(offset), 17)
    raw.writeBigInt64LE(BigInt(length), 25)
    return raw.subarray(201)
  }
  describe(0, 0x4001, data, definition.length)
  file.write(definition, data)
  const extra = describe(1, 0x4004, partition, bytes - partition)
  // squashfs, primary, amd64
  extra.writeInt32LE(1, 0)
  extra.writeInt32LE(2, 4)
  extra.write('02', 8, 'latin1')
  const squashfs = file.subarray(partition)
  squashfs.write('hsqs', 0, 'latin1')
  squashfs.writeUInt32LE(1, 4)
  // xz, version 4.0
  squashfs.writeUInt16LE(4, 20)
  squashfs.writeUInt16LE(4, 28)
  const places = [
    [40, 4096],
    [48, 300],
    [64, 100],
    [72, 200]
  ] as const
  for (const [at, value] of places) squashfs.writeBigInt64LE(BigInt(value), at)
  squashfs.write(mark, 1024, 'latin1')
  return file
}
