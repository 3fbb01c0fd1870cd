import { describe, expect, test } from '@jest/globals'

import { formatHash, hashBytes, objectPath, parseHash, pathKey } from '../index.ts'
import { normalizePath, parentOf, prefixesBelow } from '../paths.ts'

const HEX = 'e8ec3d88b62ebf526e4e5a4ff6162a3aa48a6b78'

describe('hashes', () => {
  test.each([
    [HEX, 'sha1'],
    [`${HEX}-rmd160`, 'rmd160'],
    [`${HEX}-shake128`, 'shake128']
  ])('reads and writes %s', (text, algorithm) => {
    const hash = parseHash(text)
    expect(hash?.algorithm).toBe(algorithm)
    expect(hash && formatHash(hash)).toBe(text)
  })

  test.each([
    '',
    'x',
    HEX.toUpperCase(),
    HEX.slice(1),
    `${HEX}C`,
    `${HEX}-md5`,
    `${HEX}-`,
    `${HEX}\n`,
    ` ${HEX}`
  ])('refuses %j', (text) => {
    expect(parseHash(text)).toBeUndefined()
  })

  test('objects lie under two digits, with the tag before the suffix', () => {
    expect(objectPath({ algorithm: 'sha1', hex: HEX }, 'file')).toBe(`data/e8/${HEX.slice(2)}`)
    expect(objectPath({ algorithm: 'rmd160', hex: HEX }, 'catalog')).toBe(`data/e8/${HEX.slice(2)}-rmd160C`)
    expect(objectPath({ algorithm: 'shake128', hex: HEX }, 'chunk')).toBe(`data/e8/${HEX.slice(2)}-shake128P`)
  })

  test('each algorithm gives 20 bytes', () => {
    // The empty file's object, and published vectors of RIPEMD-160 and SHAKE-128 for the empty message.
    expect(hashBytes('sha1', Buffer.from('789c030000000001', 'hex'))).toBe(HEX)
    expect(hashBytes('rmd160', Buffer.alloc(0))).toBe('9c1185a5c5e9fc54612808977ee8f548b2258d31')
    expect(hashBytes('shake128', Buffer.alloc(0))).toBe('7f9c2ba4e88f827d616045507605853ed73b8093')
  })
})

describe('paths', () => {
  test.each([
    ['', 338333539836370388n, 9098107892288553193n],
    ['/containers', 5404001687756531096n, -753032351555503320n],
    ['/containers/fsl_6.0.5.1_20221016/commands.txt', 1993396611965787217n, 7503564971933262824n]
  ])('the key of %j is its MD5 in two signed halves', (path, first, second) => {
    expect(pathKey(path)).toEqual({ first, second })
  })

  test.each([
    ['/', ''],
    ['', ''],
    ['/a/./b//c/', '/a/b/c'],
    ['/a/../b', '/b'],
    ['a/b', '/a/b'],
    ['/..', undefined],
    ['/a/../../b', undefined],
    ['/a\0b', undefined],
    [`/${'a/'.repeat(200)}`, undefined],
    [`/${'a'.repeat(5000)}`, undefined]
  ])('normalizes %j', (given, expected) => {
    expect(normalizePath(given)).toBe(expected)
  })

  test('what lies above a path', () => {
    expect(prefixesBelow('/a/b/c', '')).toEqual(['/a/b/c', '/a/b', '/a'])
    expect(prefixesBelow('/a/b/c', '/a')).toEqual(['/a/b/c', '/a/b'])
    expect(prefixesBelow('/a', '/a')).toEqual([])
    expect(parentOf('/a/b')).toBe('/a')
    expect(parentOf('/a')).toBe('')
    expect(parentOf('')).toBe('')
  })
})
