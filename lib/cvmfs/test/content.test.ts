import { deflateSync } from 'node:zlib'

import { describe, expect, test } from '@jest/globals'

import { damageOf, hashBytes, type ObjectHash, type Storage } from '../index.ts'

const plain = Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(200))

describe.each<[Storage, Buffer]>([
  ['zlib', deflateSync(plain)],
  ['plain', plain]
])('an object stored as %s', (stored, body) => {
  const hash: ObjectHash = { algorithm: 'sha1', hex: hashBytes('sha1', body) }
  const changed = Buffer.from(body)
  changed[body.length >> 1] = (changed[body.length >> 1] ?? 0) ^ 0xff

  test.each([
    ['right', body, undefined],
    ['empty', Buffer.alloc(0), 'empty'],
    ['one byte short', body.subarray(0, -1), 'truncated'],
    ['half of it', body.subarray(0, body.length >> 1), 'truncated'],
    ['twice', Buffer.concat([body, body]), 'doubled'],
    ['three times', Buffer.concat([body, body, body]), 'doubled'],
    ['with a tail', Buffer.concat([body, Buffer.from('tail')]), 'doubled'],
    ['one byte changed', changed, 'altered'],
    ['a web page of the same length', Buffer.alloc(body.length, '<html>'), 'altered']
  ])('%s', (_what, bytes, damage) => {
    expect(damageOf(bytes, hash, stored, plain.length)).toBe(damage)
  })
})

test('the empty file has an object, and that is not damage', () => {
  const hash: ObjectHash = { algorithm: 'sha1', hex: 'e8ec3d88b62ebf526e4e5a4ff6162a3aa48a6b78' }
  expect(damageOf(deflateSync(Buffer.alloc(0)), hash, 'zlib', 0)).toBeUndefined()
  const none: ObjectHash = { algorithm: 'sha1', hex: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' }
  expect(damageOf(Buffer.alloc(0), none, 'plain', 0)).toBeUndefined()
})

test('a body that inflates to a gigabyte is not inflated to say how it is damaged', () => {
  const bomb = deflateSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 })
  const before = process.memoryUsage().rss
  expect(damageOf(bomb, { algorithm: 'sha1', hex: '0'.repeat(40) }, 'zlib')).toBe('altered')
  expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024)
})
