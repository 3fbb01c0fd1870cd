/**
 * One catalog: an SQLite file with the entries of a part of the tree. It comes from the network: it is opened from a
 * file of ours, read only, may read the tables of the schema and nothing else, and every query has a limit.
 * cvmfs/catalog_sql.cc, schema 2.x.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

import { Fault } from './faults.ts'
import { parseHash, type Algorithm, type ObjectHash } from './hash.ts'
import { pathKey, prefixesBelow } from './paths.ts'
import { guarded, numberOf, openTables, textOf, type Row } from './sqlite.ts'

export interface Entry {
  readonly name: string
  readonly kind: 'directory' | 'file' | 'symlink' | 'special'
  /** Here begins a nested catalog: what is below stands there. */
  readonly transition: boolean
  readonly size: number
  /** Whole-file object; none for directories, symlinks, and most chunked files. */
  readonly hash: ObjectHash | undefined
  readonly stored: Storage
  readonly chunked: boolean
  /** The bytes are not in this repository's `data/`. */
  readonly external: boolean
  readonly symlink: string
}

/** How an object's bytes lie on the server. */
export type Storage = 'zlib' | 'plain' | 'unknown'

export interface Chunk {
  readonly offset: number
  /** Inflated. */
  readonly size: number
  readonly hash: ObjectHash
}

export interface Nested {
  readonly path: string
  readonly hash: ObjectHash
  /** Bytes when inflated, undefined when not told. */
  readonly size: number | undefined
}

/** An object that a catalog refers to, picked for a sample. */
export interface ObjectRef {
  readonly hash: ObjectHash
  readonly kind: 'file' | 'chunk'
  readonly stored: Storage
  /** Bytes when inflated. */
  readonly size: number
  /** Name of the file that it belongs to. */
  readonly name: string
}

const FLAG = { directory: 1, transition: 2, file: 4, symlink: 8, special: 16, chunked: 64, external: 128 }
const ALGORITHMS: readonly Algorithm[] = ['sha1', 'rmd160', 'shake128']
const STORAGE: readonly Storage[] = ['zlib', 'plain']
const TABLES = ['catalog', 'chunks', 'nested_catalogs', 'properties']
/** 4 GiB in chunks of 64 KiB. */
const MAX_CHUNKS = 65_536
const MAX_SYMLINK = 4096

/** An open catalog. Every read throws Fault catalog-invalid when the file is no catalog or a damaged one. */
export class Catalog implements Disposable {
  /** Where it is mounted: '' for the root catalog. */
  readonly mountpoint: string
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  /** Opens an inflated catalog file. @param mountpoint where the parent says that it belongs. */
  constructor(file: string, mountpoint: string) {
    this.mountpoint = mountpoint
    this.#database = openTables(file, TABLES)
    try {
      const prefix = this.#properties().get('root_prefix') ?? ''
      if (prefix !== mountpoint) {
        throw new Fault(
          'catalog-invalid',
          `The catalog says that it belongs to "${prefix}", not to "${mountpoint}".`
        )
      }
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }

  /** The entry of a path of this catalog; undefined when it has none. */
  entry(path: string): Entry | undefined {
    const { first, second } = pathKey(path)
    const row = this.#get(
      `SELECT name, hash, size, flags, symlink FROM catalog WHERE md5path_1 = ? AND md5path_2 = ?`,
      first,
      second
    )
    return row === undefined ? undefined : toEntry(row)
  }

  /** The nested catalog that is responsible for a path: the longest one that is the path or lies above it. */
  nestedFor(path: string): Nested | undefined {
    for (const prefix of prefixesBelow(path, this.mountpoint)) {
      const row = this.#get('SELECT * FROM nested_catalogs WHERE path = ?', prefix)
      if (row === undefined) continue
      const hash = parseHash(textOf(row.sha1))
      if (hash === undefined)
        throw new Fault('catalog-invalid', `The nested catalog ${prefix} has no readable hash.`)
      const size = numberOf(row.size)
      return { path: prefix, hash, size: size > 0 ? size : undefined }
    }
    return undefined
  }

  /** The parts of a chunked file in their order. */
  chunks(path: string): Chunk[] {
    const { first, second } = pathKey(path)
    const rows = this.#all(
      `SELECT c.offset AS offset, c.size AS size, c.hash AS hash, e.flags AS flags
       FROM chunks c JOIN catalog e ON e.md5path_1 = c.md5path_1 AND e.md5path_2 = c.md5path_2
       WHERE c.md5path_1 = ? AND c.md5path_2 = ? ORDER BY c.offset LIMIT ${MAX_CHUNKS + 1}`,
      first,
      second
    )
    if (rows.length > MAX_CHUNKS)
      throw new Fault('catalog-invalid', `A file has more than ${MAX_CHUNKS} chunks.`)
    return rows.map((row) => {
      const hash = hashOf(row.hash, numberOf(row.flags))
      if (hash === undefined) throw new Fault('catalog-invalid', 'A chunk has no readable hash.')
      return { offset: numberOf(row.offset), size: numberOf(row.size), hash }
    })
  }

  /**
   * The first object at or behind a point of the key space. Keys are MD5 sums: a random point picks a random object
   * without reading the table.
   */
  objectAt(point: bigint): ObjectRef | undefined {
    const columns = 'md5path_1, md5path_2, name, hash, size, flags'
    const files = `SELECT ${columns} FROM catalog WHERE md5path_1 >= ? AND (flags & 4) = 4 AND (flags & 8) = 0
                   AND (flags & 16) = 0 AND (flags & 128) = 0 ORDER BY md5path_1 LIMIT 1`
    const row = this.#get(files, point) ?? this.#get(files, -(2n ** 63n))
    if (row === undefined) return undefined
    const flags = numberOf(row.flags)
    const common = { stored: storageOf(flags), name: textOf(row.name) }
    const hash = hashOf(row.hash, flags)
    if (hash !== undefined) return { ...common, hash, kind: 'file', size: numberOf(row.size) }
    const keys: SQLInputValue[] = [row.md5path_1, row.md5path_2].filter((key) => typeof key === 'bigint')
    const count = numberOf(
      this.#get('SELECT count(*) AS count FROM chunks WHERE md5path_1 = ? AND md5path_2 = ?', ...keys)?.count
    )
    if (count === 0) return undefined
    const nth = BigInt.asUintN(63, point) % BigInt(count)
    const chunk = this.#get(
      'SELECT size, hash FROM chunks WHERE md5path_1 = ? AND md5path_2 = ? ORDER BY offset LIMIT 1 OFFSET ?',
      ...keys,
      nth
    )
    const chunkHash = hashOf(chunk?.hash, flags)
    if (chunkHash === undefined) return undefined
    return { ...common, hash: chunkHash, kind: 'chunk', size: numberOf(chunk?.size) }
  }

  #properties(): Map<string, string> {
    const rows = this.#all('SELECT key, value FROM properties LIMIT 1000')
    return new Map(rows.map((row) => [textOf(row.key), textOf(row.value)]))
  }

  #get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return guarded(() => this.#prepare(sql).get(...values))
  }

  #all(sql: string, ...values: SQLInputValue[]): Row[] {
    return guarded(() => this.#prepare(sql).all(...values))
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      // Keys and sizes pass 2^53.
      statement.setReadBigInts(true)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

function toEntry(row: Row): Entry {
  const flags = numberOf(row.flags)
  const has = (flag: number): boolean => (flags & flag) !== 0
  return {
    name: textOf(row.name),
    kind: has(FLAG.directory)
      ? 'directory'
      : has(FLAG.symlink)
        ? 'symlink'
        : has(FLAG.special)
          ? 'special'
          : 'file',
    transition: has(FLAG.transition),
    size: numberOf(row.size),
    hash: hashOf(row.hash, flags),
    stored: storageOf(flags),
    chunked: has(FLAG.chunked),
    external: has(FLAG.external),
    symlink: textOf(row.symlink).slice(0, MAX_SYMLINK)
  }
}

/** Bits 8 to 10 hold the algorithm, counted from SHA-1. */
function hashOf(value: unknown, flags: number): ObjectHash | undefined {
  if (!(value instanceof Uint8Array) || value.length !== 20) return undefined
  const algorithm = ALGORITHMS[(flags >> 8) & 7]
  return algorithm === undefined ? undefined : { algorithm, hex: Buffer.from(value).toString('hex') }
}

/** Bits 11 to 13 hold the compression. */
function storageOf(flags: number): Storage {
  return STORAGE[(flags >> 11) & 7] ?? 'unknown'
}
