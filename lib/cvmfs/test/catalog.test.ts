/** Catalogs: written by the testbed, hostile, and broken. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { inflateSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { Repository, addContainer, file, type Tree } from '../../../testbed/cvmfs/index.ts'
import {
  Catalog,
  Fault,
  Unresolvable,
  follow,
  formatHash,
  lookUp,
  objectPath,
  type Nested,
  type ReadCatalog
} from '../index.ts'

const FQRN = 'x.example.org'
const NAME = 'tool_1.0_20240101'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cvmfs-test-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

let number = 0
function onDisk(bytes: Uint8Array): string {
  const name = path.join(folder, `${number++}.sqlite`)
  writeFileSync(name, bytes)
  return name
}

function sampleTree(): Tree {
  const tree: Tree = new Map()
  addContainer(tree, NAME)
  tree.set('/README', file('hello\n'))
  tree.set('/data/chunked', { type: 'file', content: Buffer.from('0123456789'.repeat(100)), chunkSize: 300 })
  tree.set('/data/plain', { type: 'file', content: Buffer.from('plain'), plain: true, algorithm: 'rmd160' })
  tree.set('/data/outside', { type: 'file', content: Buffer.from('far'), external: true })
  tree.set('/data/shake', { type: 'file', content: Buffer.from('shake'), algorithm: 'shake128' })
  tree.set('/link', { type: 'symlink', target: 'README' })
  tree.set('/chain', { type: 'symlink', target: './data/../link' })
  tree.set('/folder', { type: 'symlink', target: `/cvmfs/${FQRN}/containers/${NAME}` })
  tree.set('/variable', { type: 'symlink', target: '$(WHERE:-README)' })
  tree.set('/needs', { type: 'symlink', target: '/cvmfs/$(REPO)/x' })
  tree.set('/outside', { type: 'symlink', target: '/etc/passwd' })
  tree.set('/up', { type: 'symlink', target: '../../x' })
  tree.set('/circle', { type: 'symlink', target: 'circle' })
  return tree
}

interface Walk {
  readonly root: Nested
  readonly read: ReadCatalog
  readonly opened: readonly string[]
}

function publish(
  spoil?: { mountpoint: string; how: (database: DatabaseSync) => void },
  tree = sampleTree()
): Walk {
  const repository = new Repository({ fqrn: FQRN, now: Date.UTC(2024, 0) })
  const revision = repository.publish(tree, {
    time: Date.UTC(2024, 0),
    ...(spoil === undefined ? {} : { spoil })
  })
  const opened: string[] = []
  return {
    root: { path: '', hash: revision.rootCatalog, size: undefined },
    opened,
    read: async (nested, look) => {
      opened.push(nested.path)
      const bytes = repository.objects.get(objectPath(nested.hash, 'catalog'))
      using catalog = new Catalog(onDisk(inflateSync(bytes ?? Buffer.alloc(0))), nested.path)
      return await Promise.resolve(look(catalog))
    }
  }
}

describe('lookup', () => {
  test('goes down the nested catalogs, the longest path first', async () => {
    const { root, read, opened } = publish()
    const found = await lookUp(root, `/containers/${NAME}/commands.txt`, read)
    expect(found.entry).toMatchObject({ kind: 'file', name: 'commands.txt', stored: 'zlib', chunked: false })
    expect(opened).toEqual(['', '/containers', `/containers/${NAME}`])
    expect(found.catalogs.map(({ path: at }) => at)).toEqual(opened)
  })

  test('a transition point is found in the parent, and what begins there is named and not opened', async () => {
    const { root, read, opened } = publish()
    const found = await lookUp(root, `/containers/${NAME}`, read)
    expect(found.entry).toMatchObject({ kind: 'directory', transition: true })
    expect(found.begins?.path).toBe(`/containers/${NAME}`)
    expect(opened).toEqual(['', '/containers'])
  })

  test('a path that begins like a nested one is not below it', async () => {
    const { root, read } = publish()
    expect((await lookUp(root, '/containersx/y', read)).entry).toBeUndefined()
  })

  test('chunks come in their order and say their algorithm', async () => {
    const { root, read } = publish()
    const chunked = await lookUp(root, '/data/chunked', read)
    expect(chunked.entry).toMatchObject({ chunked: true, hash: undefined, size: 1000 })
    expect(chunked.chunks.map(({ offset, size }) => [offset, size])).toEqual([
      [0, 300],
      [300, 300],
      [600, 300],
      [900, 100]
    ])
    const plain = await lookUp(root, '/data/plain', read)
    expect(plain.entry).toMatchObject({ stored: 'plain', hash: { algorithm: 'rmd160' } })
    expect((await lookUp(root, '/data/shake', read)).entry?.hash?.algorithm).toBe('shake128')
    expect((await lookUp(root, '/data/outside', read)).entry?.external).toBe(true)
  })

  test('a random point finds an object, past the end of the keys as well', async () => {
    const { root, read } = publish()
    const names = new Set<string>()
    for (const point of [-(2n ** 63n), -1n, 0n, 2n ** 62n, 2n ** 63n - 1n]) {
      const ref = await read(root, (catalog) => catalog.objectAt(point))
      names.add(ref?.name ?? 'none')
      expect(ref?.hash.hex).toMatch(/^[0-9a-f]{40}$/)
    }
    expect(names.has('outside')).toBe(false)
    expect(names.has('link')).toBe(false)
  })
})

describe('symbolic links', () => {
  test.each([
    ['/link', 'README'],
    ['/chain', 'README'],
    ['/variable', 'README'],
    ['/folder/commands.txt', 'commands.txt'],
    ['/README', 'README']
  ])('%s leads to %s', async (wanted, name) => {
    const { root, read } = publish()
    expect((await follow(root, FQRN, wanted, read)).entry?.name).toBe(name)
  })

  test.each(['/outside', '/up', '/circle', '/needs'])(
    '%s leads nowhere that can be looked at',
    async (wanted) => {
      const { root, read } = publish()
      await expect(follow(root, FQRN, wanted, read)).rejects.toBeInstanceOf(Unresolvable)
    }
  )

  test('what is absent is absent, below a link as well', async () => {
    const { root, read } = publish()
    expect((await follow(root, FQRN, '/folder/nothing', read)).entry).toBeUndefined()
    expect((await follow(root, FQRN, '/nothing/here', read)).entry).toBeUndefined()
  })
})

describe('what is signed and still no good', () => {
  const at = `/containers/${NAME}`
  const wanted = `${at}/commands.txt`

  test.each<[string, string, (database: DatabaseSync) => void]>([
    [
      'a table that is a view',
      at,
      (db) => db.exec('ALTER TABLE catalog RENAME TO c; CREATE VIEW catalog AS SELECT * FROM c')
    ],
    [
      'an endless view',
      at,
      (db) =>
        db.exec(
          'DROP TABLE properties; CREATE VIEW properties AS WITH RECURSIVE n(key, value) AS (SELECT 1, 1 UNION ALL SELECT key + 1, 1 FROM n) SELECT * FROM n'
        )
    ],
    [
      'a generated column',
      at,
      (db) => db.exec('ALTER TABLE catalog ADD COLUMN bomb TEXT AS (zeroblob(1000000000))')
    ],
    ['a trigger', at, (db) => db.exec('CREATE TRIGGER t INSERT ON catalog BEGIN SELECT 1; END')],
    ['a virtual table', at, (db) => db.exec('CREATE VIRTUAL TABLE v USING fts5(x)')],
    ['a table that is not there', at, (db) => db.exec('DROP TABLE chunks')],
    ['a column that is not there', at, (db) => db.exec('ALTER TABLE catalog DROP COLUMN symlink')],
    [
      'another place than its parent says',
      at,
      (db) => db.exec("UPDATE properties SET value = '/else' WHERE key = 'root_prefix'")
    ],
    [
      'a nested catalog without a hash',
      '/containers',
      (db) => db.exec("UPDATE nested_catalogs SET sha1 = 'x'")
    ]
  ])('%s', async (_what, mountpoint, how) => {
    const { root, read } = publish({ mountpoint, how })
    const caught = await lookUp(root, wanted, read).catch((error: unknown) => error)
    expect(caught).toBeInstanceOf(Fault)
    expect((caught as Fault).code).toBe('catalog-invalid')
  })

  test('catalogs that lead in a circle', async () => {
    const tree: Tree = new Map()
    tree.set('/a/file', file('x'))
    const walk = publish(undefined, tree)
    const circle: Nested = { path: '/a', hash: walk.root.hash, size: undefined }
    const read: ReadCatalog = async (nested, look) =>
      await walk.read({ ...nested, path: '' }, (catalog) =>
        look({ nestedFor: () => circle, entry: () => undefined, chunks: () => [], catalog } as never)
      )
    await expect(lookUp(walk.root, '/a/file', read)).rejects.toThrow(/circle/)
  })

  test('a tree as deep as no real one', async () => {
    const walk = publish()
    let depth = 0
    const read: ReadCatalog = async (_nested, look) =>
      await Promise.resolve(
        look({
          nestedFor: () => ({
            path: `/${depth}`,
            hash: { algorithm: 'sha1', hex: String(depth++).padStart(40, '0') },
            size: 1
          })
        } as never)
      )
    await expect(lookUp(walk.root, '/x', read)).rejects.toThrow(/too deep/)
    expect(depth).toBeLessThan(100)
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('this is no database')],
    ['a cut-off database', Buffer.from(`SQLite format 3\0${'\x10'.repeat(80)}`, 'latin1')]
  ])('%s instead of a database', (_what, bytes) => {
    expect(() => new Catalog(onDisk(bytes), '')).toThrow(Fault)
  })

  test('nothing but reading the tables is allowed', async () => {
    const { root, read } = publish()
    await read(root, (catalog) => {
      expect(formatHash(root.hash)).toHaveLength(40)
      expect(Object.keys(catalog)).toEqual(['mountpoint'])
    })
  })
})
