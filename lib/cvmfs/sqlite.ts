/**
 * SQLite files from the network: opened from a file of ours, read only, and nothing may happen in them but reading
 * the tables of the schema.
 */
import { DatabaseSync, constants } from 'node:sqlite'

import { messageOf } from '../failure/index.ts'
import { Fault } from './faults.ts'

export type Row = Readonly<Record<string, unknown>>

/**
 * Opens a database that must have these tables and may have no code.
 * @throws Fault catalog-invalid
 */
export function openTables(file: string, tables: readonly string[]): DatabaseSync {
  return guarded(() => openReadOnly(file, tables))
}

function openReadOnly(file: string, wanted: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true, allowExtension: false })
  try {
    // A view or a virtual or generated column would run what the file's author wrote.
    const present = database
      .prepare('SELECT name, sql FROM sqlite_master WHERE type <> ? AND name NOT LIKE ? LIMIT 100')
      .all('index', 'sqlite_%')
    const names = new Set<string>()
    for (const { name, sql } of present) {
      const text = textOf(sql)
      if (!/^\s*create\s+table\b/i.test(text) || /\b(generated|as\s*\()/i.test(text)) {
        throw new Fault('catalog-invalid', 'The database holds something else than plain tables.')
      }
      names.add(textOf(name))
    }
    const absent = wanted.filter((table) => !names.has(table))
    if (absent.length > 0)
      throw new Fault('catalog-invalid', `The database has no table ${absent.join(', ')}.`)
    restrict(database, wanted)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Nothing but reading the known tables. Older Node 24 has no authorizer; the check of the schema stands alone then. */
function restrict(database: DatabaseSync, tables: readonly string[]): void {
  if (typeof database.setAuthorizer !== 'function') return
  database.setAuthorizer((action, first, second) => {
    if (action === constants.SQLITE_SELECT) return constants.SQLITE_OK
    if (action === constants.SQLITE_READ && tables.includes(first ?? '')) return constants.SQLITE_OK
    if (action === constants.SQLITE_FUNCTION && second === 'count') return constants.SQLITE_OK
    return constants.SQLITE_DENY
  })
}

/** Runs a read. @throws Fault catalog-invalid for whatever SQLite has against it. */
export function guarded<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('catalog-invalid', `The database cannot be read: ${messageOf(error)}`, error)
  }
}

/** Text of a column, '' for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Number of a column; 0 for what is none or has more than 53 bits. */
export function numberOf(value: unknown): number {
  if (typeof value === 'bigint') return Number(BigInt.asIntN(53, value) === value ? value : 0n)
  return typeof value === 'number' ? value : 0
}
