import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'

import { LayerError, LayerRefused } from '../index.ts'
import { checkMediaType, unpack } from '../unpack.ts'
import { pieces } from './layer.ts'

async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}
const plenty = (): { bytes: number } => ({ bytes: 1e9 })

describe('what a layer is packed with is seen by its first bytes', () => {
  const content = Buffer.concat([Buffer.alloc(100_000, 'text '), randomBytes(300_000)])
  const [one, two] = [content.subarray(0, 150_000), content.subarray(150_000)]
  const skippable = Buffer.concat([Buffer.from('502a4d1804000000', 'hex'), Buffer.from('note')])

  test.each<[string, Buffer]>([
    ['nothing', content],
    ['gzip', gzipSync(content)],
    ['gzip in several members', Buffer.concat([gzipSync(one), gzipSync(two)])],
    ['zstd', zstdCompressSync(content)],
    [
      'zstd in several frames, with some to skip',
      Buffer.concat([skippable, zstdCompressSync(one), skippable, zstdCompressSync(two)])
    ]
  ])('%s', async (_what, packed) => {
    for (const size of [37, 1000, 65_536, 10_000_000]) {
      expect((await whole(unpack(pieces(packed, size), plenty()))).equals(content)).toBe(true)
    }
  })

  const withZstd = existsSync('/usr/bin/zstd') ? test : test.skip
  withZstd('frames of the zstd tool, one behind the other', async () => {
    const several = execFileSync('zstd', ['-q', '-c'], { input: one })
    for (const extra of [['--no-check'], ['-T2', '--long=27'], ['--ultra', '-22']]) {
      const next = execFileSync('zstd', ['-q', '-c', ...extra], { input: two })
      const packed = Buffer.concat([several, next])
      expect((await whole(unpack(pieces(packed, 1_000_000), plenty()))).equals(content)).toBe(true)
    }
  })

  test('a layer of no bytes', async () => {
    expect(await whole(unpack(pieces(Buffer.alloc(0)), plenty()))).toHaveLength(0)
  })
})

describe('what does not unpack', () => {
  const packed = gzipSync(randomBytes(100_000))

  test.each<[string, Buffer]>([
    ['gzip that is cut off', packed.subarray(0, 50_000)],
    [
      'gzip that is damaged',
      Buffer.concat([packed.subarray(0, 50_000), Buffer.alloc(1000), packed.subarray(51_000)])
    ],
    ['zstd that is cut off', zstdCompressSync(randomBytes(100_000)).subarray(0, 50_000)],
    ['something behind its end', Buffer.concat([packed, Buffer.from('something else')])]
  ])('%s', async (_what, bytes) => {
    for (const size of [700, 10_000_000]) {
      await expect(whole(unpack(pieces(bytes, size), plenty()))).rejects.toBeInstanceOf(LayerError)
    }
  })

  test('an error of the source is thrown as it is', async () => {
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield await Promise.resolve(packed.subarray(0, 50_000))
      throw new RangeError('broke off')
    }
    await expect(whole(unpack(broken(), plenty()))).rejects.toThrow(RangeError)
  })

  test('a bomb ends when the budget of the image is used up', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const budget = { bytes: 60_000_000 }
    expect(await whole(unpack(pieces(bomb), budget))).toHaveLength(50_000_000)
    await expect(whole(unpack(pieces(bomb), budget))).rejects.toThrow(/far more than such an image holds/)
  })

  test('who stops reading closes the source', async () => {
    let closed = false
    const source = async function* (): AsyncGenerator<Buffer> {
      try {
        yield* pieces(gzipSync(randomBytes(5_000_000)))
      } finally {
        closed = true
      }
    }
    for await (const chunk of unpack(source(), plenty())) if (chunk.length > 0) break
    expect(closed).toBe(true)
  })
})

test('types of layers', () => {
  for (const type of [
    'oci.image.layer.v1.tar+zstd',
    'docker.image.rootfs.diff.tar.gzip',
    'oci.image.layer.v1.tar'
  ]) {
    expect(() => checkMediaType(`application/vnd.${type}`, 'sha256:1')).not.toThrow()
  }
  expect(() =>
    checkMediaType('application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', 'sha256:1')
  ).toThrow(LayerError)
  expect(() => checkMediaType('application/vnd.oci.image.layer.nondistributable.v1.tar', 'sha256:1')).toThrow(
    /foreign/
  )
  expect(() => checkMediaType('application/vnd.oci.image.layer.v1.tar+xz', 'sha256:1')).toThrow(LayerRefused)
})
