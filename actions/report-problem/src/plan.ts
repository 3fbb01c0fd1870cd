/** What becomes of each issue. Pure: given what is bad now and which issues there are. */
import type { Issue } from '../../../lib/github/index.ts'
import { standingOf, type Standing } from './looked.ts'
import { FLEET, digest, type Member, type State } from './marker.ts'
import { JOB, type Findings, type Problem } from './problems.ts'

/** An issue of ours. */
export interface Known {
  readonly issue: Issue
  /** Digest of its subject, as in the marker. */
  readonly subject: string
  readonly state: State
}

export interface Limits {
  /** Most new issues of one run, before one is opened for all. */
  readonly maxNew: number
  readonly threshold: number
  readonly closeOnRecovery: boolean
}

export interface RunNumber {
  readonly id: number
  readonly attempt: number
}

/** A change of one issue. */
export interface Change {
  readonly kind: 'open' | 'reopen' | 'tell' | 'refresh' | 'recover' | 'close'
  readonly subject: string
  /** undefined for a new one. */
  readonly known: Known | undefined
  /** What is bad now and told in this issue. */
  readonly problems: readonly Problem[]
  /** Members that were bad and about which this run knows nothing. */
  readonly unseen: readonly Member[]
  /** Names of subjects that came, that are well again, that are gone from the list, and whose complaints are others now. */
  readonly joined: readonly string[]
  readonly recovered: readonly string[]
  /** Neither bad nor well: nobody looks at them any more. */
  readonly dropped: readonly string[]
  readonly altered: readonly string[]
  /** It was well in between. */
  readonly again: boolean
}

export interface Plan {
  readonly changes: readonly Change[]
  /** Bad, but not often enough yet: runs in a row so far, this one included, by subject. */
  readonly waiting: ReadonlyMap<string, number>
  /** Closed as not planned by somebody: left alone. */
  readonly muted: readonly string[]
  /** Issues about which a newer run has said something already. */
  readonly newer: readonly number[]
  /** Open issues with a subject about which this run knows nothing: they stay as they are. */
  readonly left: readonly number[]
  /** Bad subjects by the number of the issue that has them now. */
  readonly covered: ReadonlyMap<string, number>
}

/** `streaks` has, by digest of the subject, in how many runs before this one it was bad without an issue. */
export function plan(
  findings: Findings,
  known: readonly Known[],
  streaks: ReadonlyMap<string, number>,
  run: RunNumber,
  limits: Limits
): Plan {
  const open = known.filter(({ issue }) => issue.state === 'open')
  const closed = known.filter(({ issue }) => issue.state === 'closed')
  const newer = open.filter(({ state }) => isOlder(run, state))
  const ours = open.filter(({ state }) => !isOlder(run, state))

  const covered = new Map<string, number>()
  for (const problem of findings.problems) {
    const one = open.find((issue) => covers(issue, problem.subject))
    if (one !== undefined) covered.set(problem.subject, one.issue.number)
  }
  const loose = findings.problems.filter(({ subject }) => !covered.has(subject))
  const muted = loose.filter(({ subject }) => closed.some((one) => isMuted(one) && covers(one, subject)))
  // An older run that ends late finds closed what a newer one has called well.
  const passed = loose.filter(({ subject }) =>
    closed.some((one) => covers(one, subject) && isOlder(run, one.state))
  )
  const candidates = loose.filter((problem) => !muted.includes(problem) && !passed.includes(problem))
  const waiting = new Map<string, number>()
  const fresh = candidates.filter(({ subject }) => {
    const count = (streaks.get(digest(subject)) ?? 0) + 1
    if (count < limits.threshold) waiting.set(subject, count)
    return count >= limits.threshold
  })

  const together = fresh.length > limits.maxNew
  const fleet = ours.find(({ subject }) => subject === digest(FLEET))
  const changes = ours.flatMap((one) =>
    changeOf(one, findings, together && one === fleet ? fresh : [], covered, limits)
  )
  if (together && fleet === undefined) changes.push(toStart(FLEET, fresh, closed))
  if (!together) changes.push(...fresh.map((problem) => toStart(problem.subject, [problem], closed)))
  return {
    changes,
    waiting,
    muted: muted.map(({ subject }) => subject),
    newer: newer.map(({ issue }) => issue.number),
    left: ours
      .filter((one) => !one.state.recovered && unseenOf(one, findings).length > 0)
      .map(({ issue }) => issue.number),
    covered
  }
}

/** Short name of all complaints of a problem, without what changes from run to run. */
export function printOf({ complaints, job }: Problem): string {
  const where = job === undefined ? '' : ` ${job.failedSteps.join(', ')}`
  return digest(
    [...new Set(complaints.map(({ severity, id }) => `${severity} ${id}${where}`))].sort().join('\n')
  )
}

export function toMember(problem: Problem): Member {
  return {
    subject: problem.subject,
    sources: [...new Set(problem.complaints.map(({ source }) => source))].sort(),
    print: printOf(problem)
  }
}

function changeOf(
  one: Known,
  findings: Findings,
  joining: readonly Problem[],
  covered: ReadonlyMap<string, number>,
  limits: Limits
): readonly Change[] {
  const before = new Map(one.state.members.map((member) => [member.subject, member]))
  const mine = findings.problems.filter(({ subject }) => covered.get(subject) === one.issue.number)
  const told = new Set(mine.map(({ subject }) => subject))
  const bad = new Set(findings.problems.map(({ subject }) => subject))
  const quiet = one.state.members.filter(({ subject }) => !told.has(subject))
  const standing = (member: Member): Standing =>
    bad.has(member.subject) ? 'unknown' : standingIn(member, findings)
  const unseen = quiet.filter((member) => standing(member) === 'unknown')
  const over = one.state.recovered ? [] : quiet
  const recovered = over.filter((member) => standing(member) === 'well')
  const dropped = over.filter((member) => standing(member) === 'gone')
  const altered = mine.filter((problem) => {
    const print = before.get(problem.subject)?.print
    return print !== undefined && print !== printOf(problem)
  })
  const change = {
    subject: one.subject === digest(FLEET) ? FLEET : (one.state.members[0]?.subject ?? ''),
    known: one,
    problems: [...mine, ...joining],
    unseen,
    joined: joining.map(({ subject }) => subject),
    recovered: recovered.map(({ subject }) => subject),
    dropped: dropped.map(({ subject }) => subject),
    altered: altered.map(({ subject }) => subject),
    again: one.state.recovered && mine.length + joining.length > 0
  }
  if (change.problems.length === 0 && unseen.length === 0) {
    // Somebody took the state out: what it was about is not known until it is bad again.
    if (before.size === 0) return []
    if (limits.closeOnRecovery) return [{ ...change, kind: 'close' }]
    return one.state.recovered ? [] : [{ ...change, kind: 'recover' }]
  }
  // Nothing was learnt: nothing is said.
  if (change.problems.length === 0 && unseen.length === quiet.length) return []
  const { joined, altered: others, dropped: gone } = change
  const isNews = change.again || [joined, change.recovered, gone, others].some(({ length }) => length > 0)
  return [{ ...change, kind: isNews ? 'tell' : 'refresh' }]
}

/** A new issue, or the old one again. */
function toStart(subject: string, problems: readonly Problem[], closed: readonly Known[]): Change {
  const known = closed
    .filter((one) => one.subject === digest(subject) && !isMuted(one))
    .sort((a, b) => b.issue.number - a.issue.number)[0]
  const names = problems.map((problem) => problem.subject)
  const common = {
    subject,
    known,
    problems,
    unseen: [],
    recovered: [],
    dropped: [],
    altered: [],
    joined: names
  }
  return known === undefined
    ? { ...common, kind: 'open', again: false }
    : { ...common, kind: 'reopen', again: known.state.recovered }
}

function covers({ subject, state }: Known, name: string): boolean {
  if (subject === digest(name)) return true
  if (subject !== digest(FLEET)) return false
  return state.more > 0 || state.members.some((member) => member.subject === name)
}

function isMuted({ issue }: Known): boolean {
  return issue.state === 'closed' && (issue.reason === 'not_planned' || issue.reason === 'duplicate')
}

/** Neither bad nor over: those about whom nothing was learnt. */
function unseenOf({ state }: Known, findings: Findings): readonly Member[] {
  const bad = new Set(findings.problems.map(({ subject }) => subject))
  return state.members.filter(
    (member) => !bad.has(member.subject) && standingIn(member, findings) === 'unknown'
  )
}

/** Over only by all of those who had complained, when nothing speaks against it; gone when it is for one of them. */
function standingIn({ subject, sources }: Member, findings: Findings): Standing {
  const all = sources.map((source): Standing => {
    if (source === JOB) return findings.wellJobs.has(subject) ? 'well' : 'unknown'
    const looked = findings.looked.get(source)
    if (looked === undefined || !findings.finished.has(source) || findings.doubts.length > 0) return 'unknown'
    return standingOf(subject, looked)
  })
  if (all.includes('unknown')) return 'unknown'
  return all.includes('gone') ? 'gone' : 'well'
}

function isOlder(run: RunNumber, state: State): boolean {
  return run.id < state.run || (run.id === state.run && run.attempt < state.attempt)
}
