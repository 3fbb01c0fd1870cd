/** Writes catalogs as cvmfs_server does (schema 2.5, revision 7): SQLite files, one per nested directory. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { formatHash, pathKey, type Algorithm, type ObjectHash } from '../../lib/cvmfs/index.ts'
import type { Node } from './tree.ts'

const SCHEMA = `
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 1024;
CREATE TABLE catalog (md5path_1 INTEGER, md5path_2 INTEGER, parent_1 INTEGER, parent_2 INTEGER, hardlinks INTEGER,
  hash BLOB, size INTEGER, mode INTEGER, mtime INTEGER, flags INTEGER, name TEXT, symlink TEXT, uid INTEGER,
  gid INTEGER, xattr BLOB, mtimens INTEGER, CONSTRAINT pk_catalog PRIMARY KEY (md5path_1, md5path_2));
CREATE INDEX idx_catalog_parent ON catalog (parent_1, parent_2);
CREATE TABLE chunks (md5path_1 INTEGER, md5path_2 INTEGER, offset INTEGER, size INTEGER, hash BLOB,
  CONSTRAINT pk_chunks PRIMARY KEY (md5path_1, md5path_2, offset, size));
CREATE TABLE nested_catalogs (path TEXT, sha1 TEXT, size INTEGER, CONSTRAINT pk_nested_catalogs PRIMARY KEY (path));
CREATE TABLE bind_mountpoints (path TEXT, sha1 TEXT, size INTEGER, CONSTRAINT pk_bind PRIMARY KEY (path));
CREATE TABLE statistics (counter TEXT, value INTEGER, CONSTRAINT pk_statistics PRIMARY KEY (counter));
CREATE TABLE properties (key TEXT, value TEXT, CONSTRAINT pk_properties PRIMARY KEY (key));
`

const HISTORY_SCHEMA = `
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE tags (name TEXT, hash TEXT, revision INTEGER, timestamp INTEGER, channel INTEGER, description TEXT,
  size INTEGER, branch TEXT, CONSTRAINT pk_tags PRIMARY KEY (name));
CREATE TABLE properties (key TEXT, value TEXT, CONSTRAINT pk_properties PRIMARY KEY (key));
`

export interface CatalogEntry {
  readonly path: string
  readonly node: Node
  /** Whole-file object, or the parts of a chunked one. */
  readonly hash?: ObjectHash
  readonly chunks?: readonly { readonly offset: number; readonly size: number; readonly hash: ObjectHash }[]
  /** Root of a nested catalog, seen from its parent or from itself. */
  readonly boundary?: 'transition' | 'root'
}

export interface CatalogPlan {
  readonly mountpoint: string
  readonly entries: readonly CatalogEntry[]
  readonly nested: readonly { readonly path: string; readonly hash: ObjectHash; readonly size: number }[]
  readonly revision: number
  /** Seconds since 1970. */
  readonly modified: number
  /** Run at the end, on the open database: the tests' way to make a hostile or broken catalog. */
  readonly spoil?: (database: DatabaseSync) => void
}

/** The bytes of a catalog's SQLite file. */
export function writeCatalog(plan: CatalogPlan): Buffer {
  return writeDatabase((database) => {
    database.exec(SCHEMA)
    database.exec('BEGIN')
    fill(database, plan)
    database.exec('COMMIT')
    plan.spoil?.(database)
  })
}

/** The bytes of a history's SQLite file: one tag per revision, and the two that move. */
export function writeHistory(
  fqrn: string,
  revisions: readonly { readonly number: number; readonly published: number; readonly rootHash: string }[]
): Buffer {
  return writeDatabase((database) => {
    database.exec(HISTORY_SCHEMA)
    database.prepare('INSERT INTO properties VALUES (?, ?)').run('fqrn', fqrn)
    const tag = database.prepare("INSERT INTO tags VALUES (?, ?, ?, ?, 0, '', 0, '')")
    const add = (name: string, index: number): void => {
      const revision = revisions.at(index)
      if (revision === undefined) return
      tag.run(name, revision.rootHash, revision.number, Math.floor(revision.published / 1000))
    }
    for (const [index, { published }] of revisions.entries()) {
      add(`generic-${new Date(published).toISOString()}-${index}`, index)
    }
    add('trunk', -1)
    add('trunk-previous', -2)
  })
}

function writeDatabase(write: (database: DatabaseSync) => void): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'testbed-catalog-'))
  const file = join(folder, 'catalog.sqlite')
  try {
    const database = new DatabaseSync(file)
    try {
      write(database)
    } finally {
      database.close()
    }
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fill(database: DatabaseSync, plan: CatalogPlan): void {
  const property = database.prepare('INSERT INTO properties VALUES (?, ?)')
  const properties: [string, string][] = [
    ['schema', '2.5'],
    ['schema_revision', '7'],
    ['revision', String(plan.revision)],
    ['last_modified', String(plan.modified)],
    ['TTL', '240']
  ]
  if (plan.mountpoint !== '') properties.push(['root_prefix', plan.mountpoint])
  for (const [key, value] of properties) property.run(key, value)

  const nested = database.prepare('INSERT INTO nested_catalogs VALUES (?, ?, ?)')
  for (const { path, hash, size } of plan.nested) nested.run(path, formatHash(hash), size)

  const row = database.prepare(`INSERT INTO catalog VALUES (${new Array(16).fill('?').join(', ')})`)
  const chunk = database.prepare('INSERT INTO chunks VALUES (?, ?, ?, ?, ?)')
  for (const entry of plan.entries) {
    const { path, node } = entry
    const key = pathKey(path)
    // The parent of the root entry is 0, 0; the parent of what stands in the root is the MD5 of "".
    const parent = path === '' ? { first: 0n, second: 0n } : pathKey(path.slice(0, path.lastIndexOf('/')))
    row.run(
      key.first,
      key.second,
      parent.first,
      parent.second,
      1,
      entry.hash === undefined ? null : Buffer.from(entry.hash.hex, 'hex'),
      node.type === 'file' ? node.content.length : node.type === 'symlink' ? node.target.length : 4096,
      { directory: 0o40755, file: 0o100644, symlink: 0o120777 }[node.type],
      plan.modified,
      flagsOf(entry),
      path.slice(path.lastIndexOf('/') + 1),
      node.type === 'symlink' ? node.target : '',
      0,
      0,
      null,
      0
    )
    for (const { offset, size, hash } of entry.chunks ?? []) {
      chunk.run(key.first, key.second, offset, size, Buffer.from(hash.hex, 'hex'))
    }
  }
  const files = plan.entries.filter(({ node }) => node.type === 'file').length
  database.prepare('INSERT INTO statistics VALUES (?, ?)').run('self_regular', files)
}

const ALGORITHMS: readonly Algorithm[] = ['sha1', 'rmd160', 'shake128']

function flagsOf({ node, boundary, chunks, hash }: CatalogEntry): number {
  if (node.type === 'directory') return 1 | (boundary === 'transition' ? 2 : boundary === 'root' ? 32 : 0)
  if (node.type === 'symlink') return 4 | 8
  const algorithm = ALGORITHMS.indexOf((chunks?.[0]?.hash ?? hash)?.algorithm ?? 'sha1')
  return (
    4 |
    (chunks === undefined ? 0 : 64) |
    (node.external === true ? 128 : 0) |
    (algorithm << 8) |
    (node.plain === true ? 1 << 11 : 0)
  )
}
