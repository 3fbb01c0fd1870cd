/** The history database: named revisions with the times of their publishing. cvmfs/history_sqlite.cc. */
import { guarded, numberOf, openTables, type Row } from './sqlite.ts'

export interface Tag {
  readonly revision: number
  /** Milliseconds since 1970. */
  readonly published: number
}

/** More than a publish every hour for a year. */
const MAX_TAGS = 10_000

/**
 * The publishes after a revision that the history knows, the oldest first. Publishers tag each revision unless they
 * are told not to, and drop old tags; what is not tagged is not known.
 * @param file the inflated history database.
 * @throws Fault catalog-invalid
 */
export function tagsAfter(file: string, revision: number): Tag[] {
  const database = openTables(file, ['tags'])
  try {
    const rows = guarded(() => {
      const statement = database.prepare(
        'SELECT revision, timestamp FROM tags WHERE revision > ? ORDER BY revision LIMIT ?'
      )
      statement.setReadBigInts(true)
      return statement.all(revision, MAX_TAGS) as Row[]
    })
    return rows
      .map((row) => ({ revision: numberOf(row['revision']), published: numberOf(row['timestamp']) * 1000 }))
      .filter(({ published }) => published > 0)
  } finally {
    database.close()
  }
}
