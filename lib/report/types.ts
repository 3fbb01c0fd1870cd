/**
 * The one report that every action writes and others read. Published as docs/schemas/report.schema.json; a test
 * holds the two together.
 */

export const REPORT_SCHEMA = 'https://neurodesk.org/ci/report-1.json'

/** Worst last. `unknown` is no verdict about the subject: it could not be measured. */
export type Severity = 'notice' | 'unknown' | 'warning' | 'error'

export type Verdict = 'ok' | 'failed' | 'unknown' | 'cancelled'

/** One thing that a maintainer may have to act on. */
export interface Finding {
  /** Stable kebab-case name of the kind of finding, `<area>-<what>`; docs/runbook.md has an entry for each. */
  readonly id: string
  /** What it is about: a server, a container, an image, a file. */
  readonly subject: string
  readonly severity: Severity
  /** What is the case, in one sentence. */
  readonly message: string
  /** What to do about it, in one sentence. */
  readonly hint?: string
  /** Where in a file of the repository it belongs, so that it is shown beside the line. */
  readonly place?: { readonly file: string; readonly line?: number; readonly column?: number }
}

/**
 * Of which list this run's subjects are. When each report of an action says so, and each of the lists is whole in one
 * of them, what none of them names is on no list any more.
 */
export interface Coverage {
  /** The list: a catalogue's file, the servers of an input. Reports about parts of one list have the same. */
  readonly of: string
  /** All of the list is named in this report; false for a part, such as one job of a matrix. */
  readonly whole: boolean
}

export interface Report {
  readonly schema: typeof REPORT_SCHEMA
  readonly action: string
  /** ISO 8601, UTC. */
  readonly started: string
  readonly finished: string
  readonly verdict: Verdict
  /** The verdict in one sentence. */
  readonly headline: string
  readonly findings: readonly Finding[]
  /**
   * What this run looked at and has an answer about, well or not, by the names that findings have. What was bad before
   * and is among them without a finding is well again.
   */
  readonly subjects?: readonly string[]
  /**
   * What this run was to look at and has no answer about: cancelled, no room, no answer from outside. It stays as it
   * was, whatever another report of the run says. A name stands for all that begins with it and a slash or a colon.
   */
  readonly unreached?: readonly string[]
  /** Absent: nobody knows what else there is, and what is named nowhere stays as it was. */
  readonly coverage?: Coverage
  /** Numbers by name, the unit in the name: `converted-count`, `moved-bytes`, `latency-p95-ms`. */
  readonly figures: Readonly<Record<string, number>>
  /** What the action adds for those who know it, JSON. */
  readonly details?: Readonly<Record<string, unknown>>
}
