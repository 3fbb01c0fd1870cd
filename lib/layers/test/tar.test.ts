import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { pack } from 'tar-stream'

import { LayerError, LayerRefused, type LayerEntry } from '../index.ts'
import { readTar } from '../tar-read.ts'
import { TAR_END, tarHeader, tarLink } from '../tar-write.ts'
import { listed, own, pieces, tarOf } from './layer.ts'

const binary = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

async function entries(tar: Buffer, size?: number): Promise<LayerEntry[]> {
  const found: LayerEntry[] = []
  await listed(pieces(tar, size), (entry) => found.push(entry))
  return found
}
const failure = async (tar: Buffer): Promise<unknown> => await entries(tar).catch((error: unknown) => error)

const plain = (entry: LayerEntry): object => ({ ...entry, content: undefined })

/** One header block by hand. */
function block(fields: Readonly<Record<number, string | Buffer>>): Buffer {
  const header = Buffer.alloc(512)
  for (const [offset, value] of Object.entries(fields)) {
    if (typeof value === 'string') header.write(value, Number(offset), 'latin1')
    else value.copy(header, Number(offset))
  }
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

describe('what is written is read again', () => {
  const all = [
    own({ path: 'plain', content: 'x'.repeat(5000), mode: 0o4755, uid: 3_000_000, gid: 4_294_967_294 }),
    own({ path: 'huge', size: 0, mtime: 4_294_967_295 }),
    own({ path: 'nobody', mode: 0 }),
    own({ path: 'd/e', type: 'directory', mode: 0o1777 }),
    own({ path: binary('größe 脳'), content: binary('ü') }),
    own({ path: 'new\nline\xff', content: '' }),
    own({ path: `${'long/'.repeat(60)}${'n'.repeat(255)}`, content: '1' }),
    own({ path: 'exactly', type: 'symlink', target: 't'.repeat(100) }),
    own({ path: 'absolute', type: 'symlink', target: `/${'t'.repeat(300)}` }),
    own({ path: 'hard', type: 'link', target: 'plain' }),
    own({ path: 'null', type: 'character', major: 1, minor: 3 }),
    own({ path: 'disk', type: 'block', major: 259, minor: 1_048_575 }),
    own({ path: 'pipe', type: 'fifo' }),
    own({
      path: 'ping',
      content: 'p',
      xattrs: [
        [
          'security.capability',
          Buffer.from('0100000200200000ff0000000000000000000000', 'hex').toString('latin1')
        ],
        ['user.note', 'a=b\nc'],
        ['user.long', 'v'.repeat(990)]
      ]
    })
  ]

  test.each([1, 511, 512, 700, 1_000_000])('in pieces of %d bytes', async (size) => {
    expect((await entries(tarOf(all), size)).map(plain)).toEqual(all.map(plain))
  })

  test('by GNU tar as well', () => {
    const names = execFileSync(
      'tar',
      ['-tvf', '-', '--numeric-owner', '--quoting-style=c', '--full-time', '--utc'],
      {
        input: tarOf(all.filter(({ path }) => path !== 'huge')),
        encoding: 'utf8'
      }
    )
    const lines = names.trim().split('\n')
    expect(lines.map((line) => line.slice(0, 10))).toEqual([
      '-rwsr-xr-x',
      '----------',
      'drwxrwxrwt',
      '-rw-r--r--',
      '-rw-r--r--',
      '-rw-r--r--',
      'lrw-r--r--',
      'lrw-r--r--',
      'hrw-r--r--',
      'crw-r--r--',
      'brw-r--r--',
      'prw-r--r--',
      '-rw-r--r--'
    ])
    expect(lines[0]).toMatch(/ 3000000\/4294967294 +5000 /)
    expect(lines[7]).toContain(`-> "/${'t'.repeat(300)}"`)
    expect(lines[10]).toMatch(/259,1048575/)
  })

  test('the record of an attribute counts its own digits', () => {
    for (const length of [0, 1, 70, 71, 72, 73, 74, 75, 76, 77, 970, 971, 972, 973, 974, 975, 976]) {
      const header = tarHeader('a', own({ path: 'a', xattrs: [['user.x', 'v'.repeat(length)]] }))
      const record = header.toString(
        'latin1',
        512,
        512 + Number.parseInt(header.toString('latin1', 124, 135), 8)
      )
      expect(record).toMatch(/^\d+ SCHILY\.xattr\.user\.x=v*\n$/)
      expect(Number(record.split(' ', 1)[0])).toBe(record.length)
    }
  })
})

describe('what others write', () => {
  test('extended headers of POSIX', async () => {
    const tar = pack()
    tar.entry({ name: `${'ä'.repeat(120)}/x`, mode: 0o644, uid: 5, gid: 6, mtime: new Date(9000) }, 'content')
    tar.entry({ name: 'link', type: 'symlink', linkname: `/${'ö'.repeat(90)}` })
    tar.entry(
      {
        name: 'sized',
        pax: { mtime: '12.75', uid: '3000000', comment: 'none', 'LIBARCHIVE.xattr.user.a%3Db': 'AP8=' }
      },
      ''
    )
    tar.finalize()
    const chunks: Buffer[] = []
    for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk)
    expect(await entries(Buffer.concat(chunks))).toMatchObject([
      { path: binary(`${'ä'.repeat(120)}/x`), uid: 5, gid: 6, mtime: 9, size: 7 },
      { type: 'symlink', target: binary(`/${'ö'.repeat(90)}`) },
      { path: 'sized', mtime: 12, uid: 3_000_000, xattrs: [['user.a=b', '\0\xff']] }
    ])
  })

  test('a size that only an extended header can say', async () => {
    const record = '13 size=1024\n'
    const tar = Buffer.concat([
      block({ 0: 'PaxHeader', 124: '00000000015\0', 156: 'x', 257: 'ustar\0' }),
      Buffer.from(record.padEnd(512, '\0')),
      block({ 0: 'big', 124: '00000000000\0', 156: '0', 257: 'ustar\0' }),
      Buffer.alloc(1024, 'y'),
      block({ 0: 'next', 156: '0', 257: 'ustar\0' })
    ])
    expect(await listed(pieces(tar))).toEqual([`big=${'y'.repeat(1024)}`, 'next='])
  })

  test('the prefix of ustar, old folders, numbers with blanks, signed numbers, no end', async () => {
    const minus2 = Buffer.from('fffffffffffffffe', 'hex')
    const tar = Buffer.concat([
      block({ 0: 'name', 345: 'some/where', 257: 'ustar\x0000', 156: '0', 100: ' 644 \0' }),
      block({ 0: 'folder/', 156: '\0', 108: minus2, 116: Buffer.from('8000000000abcdef', 'hex') }),
      block({
        0: 'gnu',
        345: '12345670123',
        257: 'ustar  \0',
        156: '0',
        136: Buffer.from('ffffffffffffffffffffff00', 'hex')
      })
    ])
    expect(await entries(tar)).toMatchObject([
      { path: 'some/where/name', mode: 0o644 },
      { path: 'folder', type: 'directory', uid: 4_294_967_294, gid: 0xabcdef },
      { path: 'gnu', mtime: 0 }
    ])
  })

  test('headers for a whole archive say nothing about its entries', async () => {
    const tar = Buffer.concat([
      block({ 0: 'pax_global_header', 124: '00000000020\0', 156: 'g', 257: 'ustar\0' }),
      Buffer.from('16 path=ignored\n'.padEnd(512, '\0')),
      tarHeader('real', own({ path: 'real' })),
      TAR_END
    ])
    expect(await listed(pieces(tar))).toEqual(['real='])
  })

  test('entries without content have none, whatever their size says', async () => {
    const tar = Buffer.concat([
      block({ 0: 'l', 156: '1', 157: 'x', 124: '00000010000\0' }),
      tarLink('m', 'x'),
      TAR_END
    ])
    expect(await listed(pieces(tar))).toEqual(['l=>x', 'm=>x'])
  })
})

describe('what cannot be right', () => {
  const sound = tarOf([own({ path: 'a', content: 'x'.repeat(600) })])

  test.each<[string, Buffer, RegExp]>([
    ['cut off in a header', sound.subarray(0, 300), /ends in the middle/],
    ['cut off in content', sound.subarray(0, 900), /ends in the middle/],
    ['cut off in padding', sound.subarray(0, 1200), /ends in the middle/],
    ['a damaged header', Buffer.concat([Buffer.from('X'), sound.subarray(1)]), /checksum is wrong/],
    ['no tar', Buffer.alloc(2048, 'text'), /checksum is wrong|where a number/],
    ['an unknown type', Buffer.concat([block({ 0: 'v', 156: 'V' })]), /unknown type "V"/],
    ['a link to nothing', block({ 0: 'l', 156: '2' }), /a link to nothing/],
    ['letters for a number', block({ 0: 'l', 156: '0', 124: 'zz' }), /where a number has to be/],
    [
      'a negative size',
      block({ 0: 'l', 156: '0', 124: Buffer.from('ffffffffffffffffffffff00', 'hex') }),
      /-256 bytes/
    ],
    [
      'an owner beyond 32 bits',
      block({ 0: 'l', 156: '0', 108: Buffer.from('8000000100000000', 'hex') }),
      /belongs to/
    ],
    [
      'an endless name',
      block({ 0: 'l', 156: 'L', 124: '77777777777' }),
      /extended header of 8589934591 bytes/
    ],
    [
      'an extended header that counts wrong',
      Buffer.concat([
        block({ 156: 'x', 124: '00000000020\0' }),
        Buffer.from('99 path=a\n'.padEnd(512, '\0'))
      ]),
      /extended header that is none/
    ],
    [
      'a NUL in a name',
      Buffer.concat([
        block({ 156: 'x', 124: '00000000013\0' }),
        Buffer.from('11 path=a\0\n'.padEnd(512, '\0')),
        block({ 156: '0' })
      ]),
      /has a NUL/
    ]
  ])('%s', async (_what, tar, expected) => {
    const error = await failure(tar)
    expect(error).toBeInstanceOf(LayerError)
    expect(String(error)).toMatch(expected)
  })

  test('sparse files are left to who can unpack them', async () => {
    expect(await failure(block({ 0: 's', 156: 'S' }))).toBeInstanceOf(LayerRefused)
    const pax = Buffer.concat([
      block({ 156: 'x', 124: '00000000026\0' }),
      Buffer.from('22 GNU.sparse.major=1\n'.padEnd(512, '\0'))
    ])
    expect(await failure(pax)).toBeInstanceOf(LayerRefused)
  })

  test('a stream that breaks breaks with its own error', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(sound.subarray(0, 700))
      throw new Error('the line is cut')
    }
    const tar = readTar(broken())
    await tar.next()
    await tar.content()
    await expect(tar.next()).rejects.toThrow('the line is cut')
  })
})
