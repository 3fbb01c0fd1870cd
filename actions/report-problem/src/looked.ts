/** What the reports of an action looked at, taken together, and what follows from it for a subject. Pure. */
import type { Report } from '../../../lib/report/index.ts'

/** All reports of one action. */
export interface Looked {
  /** One of them does not say what it looked at, as one of an earlier version: it counts as everything. */
  readonly silent: boolean
  /** With an answer, in one of them. */
  readonly answered: ReadonlySet<string>
  /** Without one, in one of them, which may have been to look at it in another way than those that have an answer. */
  readonly unreached: ReadonlySet<string>
  /** In a finding, whatever its severity: it is there. */
  readonly named: ReadonlySet<string>
  /** What none of them names is on no list any more. */
  readonly whole: boolean
}

/** `unknown` is no verdict: it stays as it was. */
export type Standing = 'well' | 'gone' | 'unknown'

/** Characters: it stands in titles and in the state of an issue. */
export const MOST_SUBJECT = 200

export function lookedBy(reports: readonly Report[]): ReadonlyMap<string, Looked> {
  const byAction = Map.groupBy(reports, ({ action }) => action)
  return new Map([...byAction].map(([action, own]) => [action, together(action, own)]))
}

/** Of a subject about which nothing bad was said. */
export function standingOf(subject: string, looked: Looked): Standing {
  if (isBelow(subject, looked.unreached)) return 'unknown'
  if (looked.silent || looked.answered.has(subject)) return 'well'
  return looked.whole && !looked.named.has(subject) ? 'gone' : 'unknown'
}

/** A subject as it stands in issues. */
export function nameOf(subject: string, { action }: Pick<Report, 'action'>): string {
  const flat = subject.replace(/\s+/g, ' ').trim()
  return flat === '' ? action : flat.slice(0, MOST_SUBJECT)
}

function together(action: string, reports: readonly Report[]): Looked {
  const names = (of: (report: Report) => readonly string[]): Set<string> =>
    new Set(reports.flatMap((report) => of(report).map((subject) => nameOf(subject, report))))
  return {
    silent: reports.some(({ subjects }) => subjects === undefined),
    // What kept the action itself from its work is over when it has come to its end.
    answered: names(({ subjects = [] }) => subjects).add(action),
    unreached: names(({ unreached = [] }) => unreached),
    named: names(({ findings }) => findings.map(({ subject }) => subject)),
    whole: isWhole(reports)
  }
}

/** One job of a matrix has a part of a list; another report must have all of that list. */
function isWhole(reports: readonly Report[]): boolean {
  const whole = new Set(reports.flatMap(({ coverage }) => (coverage?.whole === true ? [coverage.of] : [])))
  return reports.every(({ coverage }) => coverage !== undefined && whole.has(coverage.of))
}

/** The name itself, or one that it begins with: nobody knows the commands of a container that could not be fetched. */
function isBelow(subject: string, names: ReadonlySet<string>): boolean {
  if (names.has(subject)) return true
  return [...subject.matchAll(/[/:]/g)].some(({ index }) => names.has(subject.slice(0, index)))
}
