import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { isSystem, testOn } from '../../../testbed/jest.ts'
import { openImage } from '../image/open.ts'
import { ImageError, readFile, resolve, type ImageTree } from '../image/tree.ts'
import { GZIP, ZSTD } from './squashfs-samples.ts'

let folder: string

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'exposure-image-'))
  await fs.mkdir(path.join(folder, 'root/opt/tool/bin'), { recursive: true })
  await fs.mkdir(path.join(folder, 'root/empty'))
  await fs.writeFile(path.join(folder, 'root/opt/tool/bin/tool'), '#!/bin/sh\necho tool\n', { mode: 0o755 })
  for (const [name, target] of Object.entries({
    'opt/tool/bin/link': 'tool',
    'opt/absolute': '/opt/tool/bin',
    'opt/dangling': '../nowhere',
    'opt/loop': 'loop'
  })) {
    await fs.symlink(target, path.join(folder, 'root', name))
  }
  const large = Buffer.concat([
    Buffer.from('line of text\n'.repeat(1000)),
    Buffer.alloc(8192),
    Buffer.from('end\n')
  ])
  await fs.writeFile(path.join(folder, 'root/opt/large'), large)
  await fs.writeFile(path.join(folder, 'root/ä name'), 'x')
  await fs.chmod(path.join(folder, 'root/ä name'), 0o4711)
  await fs.writeFile(path.join(folder, 'gzip.simg'), sif(GZIP))
  await fs.writeFile(path.join(folder, 'zstd.simg'), sif(ZSTD))
  await fs.writeFile(path.join(folder, 'bare.simg'), GZIP)
  await fs.symlink(path.join(folder, 'gzip.simg'), path.join(folder, 'link.simg'))
})

afterAll(async () => {
  await fs.rm(folder, { recursive: true, force: true })
})

/** Where the data of such a SIF begins. */
const DATA = 40_960n

/** A SIF with two descriptors, of which the second is the system partition, as Apptainer lays it out. */
function sif(squashfs: Buffer, change?: (header: Buffer, table: Buffer) => void): Buffer {
  const header = Buffer.alloc(128)
  header.write('#!/usr/bin/env run-singularity\n', 0)
  header.write('SIF_MAGIC', 32)
  header.write('01', 42)
  header.write('02', 45)
  header.writeBigInt64LE(48n, 88)
  header.writeBigInt64LE(4096n, 96)
  header.writeBigInt64LE(48n * 585n, 104)
  header.writeBigInt64LE(DATA, 112)
  header.writeBigInt64LE(BigInt(squashfs.length), 120)
  const table = Buffer.alloc(48 * 585)
  table.writeInt32LE(0x4001, 0)
  table[4] = 1
  table.writeBigInt64LE(DATA, 17)
  const second = 585
  table.writeInt32LE(0x4004, second)
  table[second + 4] = 1
  table.writeBigInt64LE(DATA, second + 17)
  table.writeBigInt64LE(BigInt(squashfs.length), second + 25)
  table.writeInt32LE(1, second + 201)
  table.writeInt32LE(2, second + 205)
  change?.(header, table)
  const file = Buffer.alloc(Number(DATA) + squashfs.length)
  header.copy(file, 0)
  table.copy(file, 4096)
  squashfs.copy(file, Number(DATA))
  return file
}

async function withTree<T>(name: string, body: (tree: ImageTree) => Promise<T>): Promise<T> {
  const tree = await openImage(fs, path.join(folder, name))
  try {
    return await body(tree)
  } finally {
    await tree.close()
  }
}

// A folder of Windows keeps no modes, and its links have another form.
const unpacked = isSystem('posix', process.platform) ? ['root'] : []

describe.each(['gzip.simg', 'zstd.simg', 'bare.simg', 'link.simg', ...unpacked])('%s', (name) => {
  test('lists folders, with kinds, modes, sizes and targets', async () => {
    await withTree(name, async (tree) => {
      const list = async (folder: string): Promise<unknown> =>
        (await tree.list(folder))?.map(({ name: entry, kind, mode, size, target }) => [
          entry,
          kind,
          kind === 'link' ? '' : mode.toString(8),
          size,
          target
        ])
      expect(await list('/opt/tool/bin')).toEqual([
        ['link', 'link', '', 0, 'tool'],
        ['tool', 'file', '755', 20, undefined]
      ])
      expect(await list('/empty')).toEqual([])
      expect(await list('/opt/large')).toBeUndefined()
      expect(await list('/missing')).toBeUndefined()
      expect((await list('/')) as readonly unknown[]).toContainEqual(['ä name', 'file', '4711', 1, undefined])
    })
  })

  test('reads files over blocks, holes and fragments', async () => {
    await withTree(name, async (tree) => {
      const large = await tree.read('/opt/large', 1e9)
      expect(large?.length).toBe(13_000 + 8192 + 4)
      expect(large?.subarray(12_990, 13_000).toString()).toBe(' of text\n'.padStart(10, 'e'))
      expect(large?.subarray(13_000, 13_000 + 8192).every((byte) => byte === 0)).toBe(true)
      expect(large?.subarray(-4).toString()).toBe('end\n')
      expect((await tree.read('/opt/large', 5000))?.equals(large?.subarray(0, 5000) ?? Buffer.alloc(0))).toBe(
        true
      )
      expect((await tree.read('/ä name', 10))?.toString()).toBe('x')
      expect(await tree.read('/opt', 10)).toBeUndefined()
    })
  })

  test('follows links inside the image, and nowhere else', async () => {
    await withTree(name, async (tree) => {
      expect((await resolve(tree, '/opt/absolute/link'))?.path).toBe('/opt/tool/bin/tool')
      expect((await resolve(tree, '/opt/tool/bin/../../absolute/'))?.path).toBe('/opt/tool/bin')
      expect((await resolve(tree, '/../../opt'))?.path).toBe('/opt')
      for (const lost of ['/opt/dangling', '/opt/loop', '/opt/large/x', '/missing']) {
        expect([lost, await resolve(tree, lost)]).toEqual([lost, undefined])
      }
      expect((await readFile(tree, '/opt/absolute/tool', 100))?.toString()).toContain('echo tool')
      expect(await readFile(tree, '/opt/dangling', 100)).toBeUndefined()
    })
  })
})

testOn('posix', 'a link of an unpacked image does not lead to the host', async () => {
  await fs.mkdir(path.join(folder, 'trap'), { recursive: true })
  await fs.symlink('/etc', path.join(folder, 'trap/host'))
  await withTree('trap', async (tree) => {
    expect(await tree.list('/host')).toBeUndefined()
    expect(await tree.entry('/host/passwd')).toBeUndefined()
    expect(await resolve(tree, '/host/passwd')).toBeUndefined()
    expect(await tree.entry('/../trap')).toBeUndefined()
  })
})

describe('what is no image', () => {
  const cases: readonly (readonly [string, Buffer, RegExp])[] = [
    ['a web page', Buffer.from('<html>'.repeat(100)), /no SIF: it begins with "<html>/],
    ['nothing', Buffer.alloc(0), /only 0 bytes/],
    ['a SIF without a partition', sif(GZIP, (_, table) => table.fill(0)), /no primary partition/],
    ['another file system', sif(GZIP, (_, table) => table.writeInt32LE(2, 585 + 201)), /ext3, not squashfs/],
    ['no squashfs in it', sif(Buffer.alloc(4096)), /no squashfs/],
    ['a table out of bounds', sif(GZIP, (header) => header.writeBigInt64LE(-1n, 96)), /number -1/],
    ['a table that is too long', sif(GZIP, (header) => header.writeBigInt64LE(1n << 40n, 88)), /descriptors/],
    [
      'a partition out of bounds',
      sif(GZIP, (_, table) => table.writeBigInt64LE(3n, 585 + 17)),
      /outside of the data/
    ],
    ['xz', changed(GZIP, (bytes) => bytes.writeUInt16LE(4, 20)), /compressed with xz/],
    ['squashfs 3', changed(GZIP, (bytes) => bytes.writeUInt16LE(3, 28)), /version 3/],
    ['a block size of 1 GB', changed(GZIP, (bytes) => bytes.writeUInt32LE(2 ** 30, 12)), /block size/]
  ]

  test.each(cases)('%s is told', async (_name, bytes, message) => {
    const file = path.join(folder, 'bad.simg')
    await fs.writeFile(file, bytes)
    await expect(openImage(fs, file)).rejects.toThrow(message)
    await expect(openImage(fs, file)).rejects.toBeInstanceOf(ImageError)
  })

  test('damage anywhere is an ImageError, never another one and never an endless loop', async () => {
    const file = path.join(folder, 'damaged.simg')
    // A fixed generator: the same damage in every run.
    let seed = 42
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % below
    }
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(round % 2 === 0 ? GZIP : ZSTD)
      for (let flips = 0; flips < 3; flips++) bytes[96 + next(bytes.length - 96)] = next(256)
      await fs.writeFile(file, bytes)
      try {
        const tree = await openImage(fs, file)
        try {
          await resolve(tree, '/opt/absolute/link')
          for (const name of ['/', '/opt', '/opt/tool/bin']) await tree.list(name)
          await tree.read('/opt/large', 1e6)
        } finally {
          await tree.close()
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ImageError)
      }
    }
  })
})

function changed(bytes: Buffer, change: (bytes: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}
