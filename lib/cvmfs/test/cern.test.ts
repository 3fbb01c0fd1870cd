/** Real repositories of CERN: every signature, every object, every catalog. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import {
  Catalog,
  damageOf,
  follow,
  lookUp,
  objectPath,
  parseCertificate,
  parseManifest,
  parseWhitelist,
  readMasterKeys,
  tagsAfter,
  verifyListed,
  verifyManifest,
  verifyWhitelist,
  type Nested,
  type ReadCatalog
} from '../index.ts'
import { FIXTURES, fixture, fixtureKey, fixturesAbsent } from './fixtures.ts'

if (fixturesAbsent !== undefined) console.log(`skipped: ${fixturesAbsent}`)
const suite = fixturesAbsent === undefined ? describe : describe.skip

/** Plain ones in the root and in nested catalogs, a chunked one, symbolic links. */
const FILES: Readonly<Record<(typeof FIXTURES)[number], readonly (readonly [string, number])[]>> = {
  'test.cern.ch': [
    ['/bar/hello_world', 12],
    ['/bar/1/foo', 4],
    ['/foo/.cvmfscatalog', 0],
    ['/bar/big', 20_971_520]
  ],
  'legacy_aufs.cern.ch': [
    ['/foo', 4],
    ['/needs_migration/symlink_foo', 4],
    ['/needs_commit_due_to_child/needs_migration/hardlink_bar_2', 4]
  ]
}

suite.each(FIXTURES)('%s', (fqrn) => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cvmfs-test-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const read: ReadCatalog = async (nested, look) => {
    const bytes = fixture(fqrn, objectPath(nested.hash, 'catalog'))
    if (damageOf(bytes, nested.hash, 'zlib') !== undefined) throw new Error('damaged')
    const file = path.join(folder, nested.hash.hex)
    writeFileSync(file, inflateSync(bytes))
    using catalog = new Catalog(file, nested.path)
    return await Promise.resolve(look(catalog))
  }
  const root = (): Nested => ({
    path: '',
    hash: parseManifest(fixture(fqrn, '.cvmfspublished')).rootCatalog,
    size: undefined
  })

  test('the chain of trust holds from the master key to the root catalog', () => {
    const manifest = parseManifest(fixture(fqrn, '.cvmfspublished'))
    const whitelist = parseWhitelist(fixture(fqrn, '.cvmfswhitelist'))
    expect([manifest.name, whitelist.name]).toEqual([fqrn, fqrn])
    verifyWhitelist(whitelist, readMasterKeys(fixtureKey(fqrn)))
    const object = fixture(fqrn, objectPath(manifest.certificate, 'certificate'))
    expect(damageOf(object, manifest.certificate, 'zlib')).toBeUndefined()
    const certificate = parseCertificate(inflateSync(object))
    verifyManifest(manifest, certificate)
    verifyListed(whitelist, certificate)
  })

  test("the other repository's key does not open the whitelist", () => {
    const other = FIXTURES.find((name) => name !== fqrn) ?? ''
    const whitelist = parseWhitelist(fixture(fqrn, '.cvmfswhitelist'))
    expect(() => verifyWhitelist(whitelist, readMasterKeys(fixtureKey(other)))).toThrow(/not signed/)
  })

  test.each(FILES[fqrn])('%s has %i bytes, and its objects are right', async (wanted, size) => {
    const { entry, chunks, catalogs } = await follow(root(), fqrn, wanted, read)
    expect(entry).toMatchObject({ kind: 'file', size })
    expect(catalogs[0]?.path).toBe('')
    // A chunked file may have its whole object as well; either must make up the file.
    const whole = entry?.hash === undefined ? [] : [{ hash: entry.hash, kind: 'file' as const }]
    const parts = chunks.map(({ hash }) => ({ hash, kind: 'chunk' as const }))
    expect(whole.length + parts.length).toBeGreaterThan(0)
    for (const objects of [whole, parts]) {
      let inflated = 0
      for (const { hash, kind } of objects) {
        const body = fixture(fqrn, objectPath(hash, kind))
        expect(damageOf(body, hash, 'zlib', size)).toBeUndefined()
        inflated += inflateSync(body).length
      }
      if (objects.length > 0) expect(inflated).toBe(size)
    }
  })

  test('the history names every publish with its time', () => {
    const { history, revision, published = 0 } = parseManifest(fixture(fqrn, '.cvmfspublished'))
    if (history === undefined) throw new Error('there is no history')
    const bytes = fixture(fqrn, objectPath(history, 'history'))
    expect(damageOf(bytes, history, 'zlib')).toBeUndefined()
    const file = path.join(folder, 'history')
    writeFileSync(file, inflateSync(bytes))
    const tags = tagsAfter(file, 1)
    expect(new Set(tags.map((tag) => tag.revision))).toEqual(new Set([2, revision].slice(0, revision - 1)))
    // The publisher writes the tag a moment before the manifest.
    expect(Math.abs((tags.at(-1)?.published ?? 0) - published)).toBeLessThan(5000)
    expect(tagsAfter(file, revision)).toEqual([])
  })

  test('what is not there is not found', async () => {
    expect((await lookUp(root(), '/nothing/at/all', read)).entry).toBeUndefined()
    expect((await lookUp(root(), '', read)).entry?.kind).toBe('directory')
  })
})
