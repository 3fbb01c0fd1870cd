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
   * All that was looked at and can be the subject of a finding, when the action knows it: what was bad before and is
   * not among them is not well again, it is no longer looked at.
   */
  readonly subjects?: readonly string[]
  /** Numbers by name, the unit in the name: `converted-count`, `moved-bytes`, `latency-p95-ms`. */
  readonly figures: Readonly<Record<string, number>>
  /** What the action adds for those who know it, JSON. */
  readonly details?: Readonly<Record<string, unknown>>
}
