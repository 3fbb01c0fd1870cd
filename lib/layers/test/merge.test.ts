import { describe, expect, test } from '@jest/globals'

import { LayerError, LayerRefused, OtherRoot } from '../index.ts'
import { flat, own, pieces, tarOf } from './layer.ts'

/** Layers are given bottom first, as in a manifest. */
const files = async (...layers: readonly (readonly string[])[]): Promise<readonly string[]> =>
  (await flat(layers)).files
const refusal = async (...layers: readonly (readonly string[])[]): Promise<string> =>
  await flat(layers).then(
    ({ files: all }) => `no refusal: ${all.join(' ')}`,
    (error: unknown) => (error instanceof LayerRefused ? error.message : `${String(error)}, no refusal`)
  )
const fault = async (...layers: readonly (readonly string[])[]): Promise<string> =>
  await flat(layers).then(
    ({ files: all }) => `no error: ${all.join(' ')}`,
    (error: unknown) => (error instanceof LayerError ? error.message : `${String(error)}, no error`)
  )

describe('what lies on top counts', () => {
  test.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['a file over a file', [['a=1'], ['a=2']], ['a=2']],
    ['a file over a folder', [['d/a=1', 'd/b=1'], ['d=2']], ['d=2']],
    ['a link over a folder', [['d/', 'd/a=1'], ['d->e']], ['d->e']],
    ['a folder over a file', [['d=1'], ['d/', 'd/a=2']], ['d/a=2']],
    [
      'a folder over a link',
      [
        ['d->e', 'e/a=1'],
        ['d/', 'd/b=2']
      ],
      ['d/b=2', 'e/a=1']
    ],
    ['a folder over a file over a folder: what the file hid stays hidden', [['d/a=1'], ['d=2'], ['d/']], []],
    ['folders are one', [['d/', 'd/a=1'], ['d/', 'd/b=2'], ['d/c=3']], ['d/a=1', 'd/b=2', 'd/c=3']]
  ])('%s', async (_what, layers, expected) => {
    expect(await files(...layers)).toEqual(expected)
  })

  test('a folder has the attributes of the highest layer that lists it', async () => {
    expect((await flat([['d/', 'd/a=1'], ['d/b=2']])).all).toEqual(['d/b=2', 'd/a=1', 'd/'])
  })
})

describe('whiteouts', () => {
  test.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['hide a file', [['d/a=1', 'd/b=1'], ['d/.wh.a=']], ['d/b=1']],
    ['hide a tree', [['d/e/a=1', 'd/b=1'], ['d/.wh.e=']], ['d/b=1']],
    ['hide nothing above them', [['a=1'], ['.wh.a='], ['a=3']], ['a=3']],
    ['hide nothing of their own layer, before', [['a=1'], ['a=2', '.wh.a=']], ['a=2']],
    ['hide nothing of their own layer, behind', [['a=1'], ['.wh.a=', 'a=2']], ['a=2']],
    [
      'hide the lower part of a folder that is made again',
      [
        ['d/', 'd/a=1'],
        ['.wh.d=', 'd/', 'd/b=2']
      ],
      ['d/b=2']
    ],
    ['and of one that is made again in a higher layer', [['d/', 'd/a=1'], ['.wh.d='], ['d/b=3']], ['d/b=3']],
    ['of what was never there', [['b=1'], ['.wh.a=', 'no/such/.wh.folder=']], ['b=1']],
    ['are only what begins with .wh.', [['.whatever=1', 'a.wh.=1']], ['.whatever=1', 'a.wh.=1']],
    [
      'opaque, before what stays',
      [
        ['d/a=1', 'd/e/f=1'],
        ['d/.wh..wh..opq=', 'd/b=2']
      ],
      ['d/b=2']
    ],
    ['opaque, behind what stays', [['d/a=1'], ['d/b=2', 'd/.wh..wh..opq=']], ['d/b=2']],
    [
      'opaque at the root',
      [
        ['a=1', 'd/b=1'],
        ['c=2', '.wh..wh..opq=']
      ],
      ['c=2']
    ],
    ['opaque over a folder of the same name above', [['d/a=1'], ['d/.wh..wh..opq='], ['d/c=3']], ['d/c=3']]
  ])('%s', async (_what, layers, expected) => {
    expect(await files(...layers)).toEqual(expected)
  })

  test('an opaque folder keeps its lower attributes, one that was removed does not', async () => {
    const mode = async (marker: string): Promise<unknown> =>
      (
        await flat([
          ['d/', 'd/a=1'],
          [marker, 'd/b=2']
        ])
      ).modes['d']
    expect(await mode('d/.wh..wh..opq=')).toBe(0o750)
    expect(await mode('.wh.d=')).toBe(0o755)
  })

  test('of nothing, of the folder itself and of its parent are no whiteouts', async () => {
    for (const name of ['.wh.', 'd/.wh..', 'd/.wh...'])
      expect(await fault([`${name}=`])).toMatch(/a whiteout of nothing/)
  })
})

describe('hard links', () => {
  test.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['in one layer', [['a=1', 'b=>a', 'c=>b']], ['a=1', 'b=>a', 'c=>a']],
    ['to a lower layer', [['a=1'], ['b=>a']], ['a=1', 'b=>a']],
    ['to a layer below others', [['a=1'], ['x=2'], ['c=>a', 'b=>c']], ['a=1', 'b=>a', 'c=>a', 'x=2']],
    ['through a link of a lower layer', [['a=1', 'b=>a'], ['c=>b']], ['a=1', 'b=>a', 'c=>a']],
    ['to a file that a higher layer replaces', [['a=1'], ['b=>a'], ['a=3']], ['a=3', 'b=1']],
    ['to a file that their own layer replaced', [['a=1'], ['a=2', 'b=>a'], ['a=3']], ['a=3', 'b=2']],
    ['to a file that a higher layer removes', [['a=1', 'b=>a', 'c=>a'], ['.wh.a=']], ['b=1', 'c=>b']],
    [
      'of several layers to one file that is hidden',
      [['a=1'], ['b=>a'], ['c=>a'], ['.wh.a=']],
      ['b=>c', 'c=1']
    ],
    ['of which a higher layer hides one', [['a=1', 'b=>a', 'c=>a'], ['b=2']], ['a=1', 'b=2', 'c=>a']],
    [
      'that are hidden need nothing',
      [
        ['a=1', 'b=>a'],
        ['.wh.a=', '.wh.b=']
      ],
      []
    ],
    ['to a symbolic link', [['a->x', 'b=>a']], ['a->x', 'b=>a']],
    ['to a hidden symbolic link', [['a->x', 'b=>a'], ['.wh.a=']], ['b->x']]
  ])('%s', async (_what, layers, expected) => {
    expect(await files(...layers)).toEqual(expected)
  })

  test('a layer is read twice for content that had passed by, and only then', async () => {
    expect((await flat([['x=0'], ['a=1', 'b=>a'], ['.wh.a=']])).reads).toEqual([1, 2, 1])
    expect((await flat([['a=1', 'b=>a'], ['b=2']])).reads).toEqual([1, 1])
    expect((await flat([['a=1'], ['b=>a'], ['a=3']])).reads).toEqual([1, 1, 1])
  })

  test('the content comes before its links', async () => {
    const { all } = await flat([['a=1'], ['0=>a', 'b=>a']])
    expect(all).toEqual(['a=1', '0=>a', 'b=>a'])
  })
})

describe('what one pass cannot know is refused', () => {
  test.each<[string, readonly (readonly string[])[], RegExp]>([
    [
      'a name through a link below',
      [['lib->usr/lib', 'usr/lib/'], ['lib/x=2']],
      /below "lib", which is no folder/
    ],
    ['a name below a file', [['d=1'], ['d/x=2']], /below "d", which is no folder/],
    [
      'a whiteout through a link below',
      [['lib->usr/lib', 'usr/lib/x=1'], ['lib/.wh.x=']],
      /goes through "lib"/
    ],
    [
      'a hard link through a link below',
      [['lib->usr/lib', 'usr/lib/x=1'], ['y=>lib/x']],
      /which is hidden from it/
    ],
    ['a hard link to nothing', [['y=>x']], /"y" is a hard link to "x", which no layer has/],
    ['a hard link to what was removed', [['x=1'], ['.wh.x='], ['y=>x']], /which is hidden from it/],
    ['a hard link into what was removed', [['d/x=1'], ['.wh.d='], ['y=>d/x']], /which is hidden from it/],
    ['a hard link into what became a file', [['d/x=1'], ['d=2'], ['y=>d/x']], /which is hidden from it/],
    ['a hard link before its target', [['y=>x', 'x=1']], /comes before it/],
    ['a hard link to a folder below', [['d/'], ['y=>d']], /a hard link to the folder "d"/],
    ['one name twice', [['a=1', 'a=2']], /has "a" twice/],
    ['one name as two things', [['a=1', 'a/']], /has "a" twice/],
    ['a name below a file of the same layer', [['a=1', 'a/b=2']], /has "a" twice/],
    ['a folder that is named as a whiteout', [['.wh..wh.plnk/12=x']], /named as a whiteout/]
  ])('%s', async (_what, layers, expected) => {
    expect(await refusal(...layers)).toMatch(expected)
  })

  test('a link that a higher layer hides is in nobody’s way', async () => {
    expect(
      await files(['lib->usr/lib', 'usr/lib/x=1'], ['lib/', 'lib/y=2'], ['lib/z=3', 'lib/.wh.y='])
    ).toEqual(['lib/z=3', 'usr/lib/x=1'])
  })
})

describe('what is hostile ends with an error', () => {
  test.each<[string, string, RegExp]>([
    ['a name that climbs out', 'a/../../b=1', /leads out of its folder/],
    ['a hard link that climbs out', 'a=>../b', /leads out of its folder/],
    ['a name that is too long', `${'n'.repeat(256)}=1`, /longer than a path/],
    ['a path that is too long', `${'n/'.repeat(2100)}n=1`, /longer than a path/],
    ['a root that is no folder', '=1', /the root is no folder/],
    ['a hard link to itself', 'a=>a', /a hard link to itself/]
  ])('%s', async (_what, given, expected) => {
    expect(await fault([given])).toMatch(expected)
  })

  test('absolute names stay within the root', async () => {
    expect(await files(['/etc//./passwd=1'])).toEqual(['etc/passwd=1'])
  })

  test('more entries, longer names or more bytes than are accepted', async () => {
    const many = Array.from({ length: 20 }, (_none, index) => `file-${index}=1`)
    const limited = async (limits: object): Promise<unknown> =>
      await flat([many], { limits }).catch((error: unknown) => error)
    expect(await limited({ entries: 19 })).toMatchObject({
      name: 'LayerError',
      message: /more than 19 entries/
    })
    expect(await limited({ nameBytes: 100 })).toMatchObject({
      name: 'LayerError',
      message: /more than 100 bytes/
    })
    expect(await limited({ unpackedBase: 5000, unpackedFactor: 0 })).toMatchObject({
      message: /far more than/
    })
    expect(await limited({ entries: 20 })).toMatchObject({ files: { length: 20 } })
  })
})

describe('what is added', () => {
  const top = [
    own({ path: '.d', type: 'directory' }),
    own({ path: '.d/run', content: 'ours' }),
    own({ path: 'etc/hosts' })
  ]
  const missing = [
    own({ path: 'tmp', type: 'directory' }),
    own({ path: 'var', type: 'directory' }),
    own({ path: 'var/tmp', type: 'directory' }),
    own({ path: 'environment', type: 'symlink', target: '.d/env' })
  ]

  test('lies on top, or only where there is nothing', async () => {
    const { all } = await flat([['etc/hosts=theirs', 'environment=theirs', 'var->data/var', '.d->/etc']], {
      top,
      missing
    })
    expect(all.sort()).toEqual([
      '.d/',
      '.d/run=ours',
      'environment=theirs',
      'etc/',
      'etc/hosts=',
      'tmp/',
      'var->data/var'
    ])
  })

  test('a layer that has what only its maker may have is refused', async () => {
    const refuse = (path: string): string | undefined => (path.startsWith('.d') ? 'not yours' : undefined)
    await expect(flat([['.d/x=1']], { refuse })).rejects.toThrow(/it has "\.d\/x": not yours/)
    expect((await flat([['.d/x=1'], ['.wh..d=']], { refuse })).files).toEqual([])
  })
})

test('attributes of other machines and file systems are left out, those of programs are kept', async () => {
  const xattrs = [
    'security.capability',
    'security.selinux',
    'system.posix_acl_default',
    'trusted.overlay.opaque',
    'user.x'
  ].map((name) => [name, 'v'] as const)
  const bytes = tarOf([own({ path: 'f', xattrs }), own({ path: 'd', type: 'directory', xattrs })])
  const layers = [{ digest: 'sha256:1', size: bytes.length, open: () => pieces(bytes) }]
  const { names } = await flat([], { layers })
  expect(names).toEqual({ f: ['security.capability', 'user.x'], d: ['security.capability', 'user.x'] })
})

test('the inodes of what comes out are counted: hard links have none of their own', async () => {
  let inodes = 0
  const missing = [own({ path: 'tmp', type: 'directory' })]
  await flat(
    [
      ['a=1', 'b=>a'],
      ['c=>a', 'd/e=2'],
      ['.wh.a=', 'f->x']
    ],
    { missing, onInodes: (count) => (inodes = count) }
  )
  // The file with three names, e, f, the folders d and tmp, the root.
  expect(inodes).toBe(6)
})

describe('the root', () => {
  test('has permission bits that are told, when they are not what was said', async () => {
    const error: unknown = await flat([['/'], ['a=1']]).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(OtherRoot)
    expect(error).toMatchObject({ mode: 0o750 })
    expect((await flat([['/'], ['a=1']], { rootMode: 0o750 })).files).toEqual(['a=1'])
  })

  test('of somebody else is refused', async () => {
    const bytes = tarOf([own({ path: '', type: 'directory', mode: 0o755, uid: 7 })])
    const layers = [{ digest: 'sha256:1', size: bytes.length, open: () => pieces(bytes) }]
    await expect(flat([], { layers })).rejects.toThrow(/the root belongs to 7:0/)
  })
})
