/** Carrying the plan out: one issue after another, and one that cannot be written does not stop the others. */
import { Refused, Rejected, type Issue, type Repository } from '../../../lib/github/index.ts'
import { TransientError, messageOf } from '../../../lib/failure/index.ts'
import type { Clock, Log } from '../../../lib/ports/index.ts'
import { listRecent, firstLine, type OurIssues } from './look.ts'
import { markerOf } from './marker.ts'
import type { Change, Plan } from './plan.ts'
import type { RunSubject } from './subject.ts'
import { bodyOf, commentMarker, commentOf, titleOf, type Style } from './text.ts'

export interface Desk {
  readonly repository: Repository
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  /** File name of a workflow; '' for none. */
  readonly dispatchWorkflow: string
  readonly run: RunSubject
}

/** What was done, and what could not be. */
export interface Written {
  readonly opened: number[]
  readonly updated: number[]
  readonly closed: number[]
  /** Number of the issue by subject. */
  readonly issueOf: Map<string, number>
  readonly failures: { readonly subject: string; readonly reason: string }[]
  readonly warnings: string[]
  /** GitHub lets this token only read. */
  readOnly: boolean
}

/** GitHub's lists lag a little behind what was written. */
const SETTLE_MS = 1_000

export function nothingWritten(): Written {
  return {
    opened: [],
    updated: [],
    closed: [],
    issueOf: new Map(),
    failures: [],
    warnings: [],
    readOnly: false
  }
}

export async function writeChanges(
  plan: Pick<Plan, 'changes'>,
  twins: OurIssues['twins'],
  style: Style,
  desk: Desk
): Promise<Written> {
  const written = nothingWritten()
  const created: Created[] = []
  for (const { issue, original } of twins) await closeTwin(issue, original, desk, written)
  for (const change of plan.changes) {
    const goOn = await attempt(change.subject, desk, written, async () => {
      await (change.known === undefined
        ? writeNew(change, style, desk, written, created)
        : writeOld(change, change.known.issue.number, style, desk, written))
    })
    if (!goOn) break
  }
  await settle(created, desk, written)
  for (const { issue } of created)
    if (written.opened.includes(issue.number)) await dispatch(issue.number, desk, written)
  return written
}

/** Notes a failure; false when the next one would fail the same way. */
export async function attempt(
  subject: string,
  desk: Pick<Desk, 'signal'>,
  written: Written,
  write: () => Promise<void>
): Promise<boolean> {
  desk.signal.throwIfAborted()
  try {
    await write()
    return true
  } catch (error) {
    if (desk.signal.aborted) throw error
    // A bug of ours is not to be taken for a failure of GitHub's.
    if (!isFailureOfGitHub(error)) throw error
    written.failures.push({ subject, reason: firstLine(messageOf(error)) })
    if (error instanceof Refused && error.status === 403) written.readOnly = true
    return error instanceof Rejected
  }
}

/** A permission, a limit, no connection, a request that it does not like, issues that are switched off (410). */
export function isFailureOfGitHub(error: unknown): boolean {
  return (
    error instanceof Refused ||
    error instanceof Rejected ||
    error instanceof TransientError ||
    (error instanceof Error && 'status' in error && error.status === 410)
  )
}

async function writeNew(
  change: Change,
  style: Style,
  desk: Desk,
  written: Written,
  created: Created[]
): Promise<void> {
  const marker = markerOf(style.key, change.subject)
  const text = { title: titleOf(change, style), body: bodyOf(change, style) }
  const subjects = change.problems.map(({ subject }) => subject)
  const made = await open(text, marker, subjects, desk, written)
  if (made.isNew) created.push(made)
}

async function writeOld(
  change: Change,
  number: number,
  style: Style,
  desk: Desk,
  written: Written
): Promise<void> {
  const { issues } = desk.repository
  for (const { subject } of change.problems) written.issueOf.set(subject, number)
  const body = bodyOf(change, style)
  const comment = commentOf(change, style)
  // A comment that is there twice is better than one that was never made: it goes first, where the issue is open.
  if (change.kind === 'reopen') await issues.update(number, { state: 'open', body })
  if (comment !== undefined) await say(number, comment, commentMarker(desk.run), desk)
  if (change.kind === 'close') await issues.update(number, { state: 'closed', reason: 'completed', body })
  else if (change.kind !== 'reopen') await issues.update(number, { body })
  desk.log.info(`${PAST[change.kind]} #${number} for ${change.subject}`)
  if (change.kind === 'close') written.closed.push(number)
  else if (change.kind === 'reopen') written.opened.push(number)
  else if (change.kind !== 'refresh') written.updated.push(number)
  if (change.kind === 'reopen') await dispatch(number, desk, written)
}

const PAST: Readonly<Record<Change['kind'], string>> = {
  open: 'opened',
  reopen: 'reopened',
  tell: 'commented on',
  refresh: 'brought up to date',
  recover: 'called well',
  close: 'closed'
}

/** An issue that was made by this run. */
export interface Created {
  readonly issue: Issue
  /** First line of its body. */
  readonly marker: string
  readonly subjects: readonly string[]
}

/**
 * Two runs may open the same issue at the same time, and GitHub has no way to ask for one only: each looks before,
 * and again afterwards (`settle`); the higher number goes.
 */
export async function open(
  text: { readonly title: string; readonly body: string },
  marker: string,
  subjects: readonly string[],
  desk: Desk,
  written: Written
): Promise<Created & { readonly isNew: boolean }> {
  const find = async (): Promise<Issue | undefined> =>
    (await listRecent(desk.repository, ({ body }) => body.startsWith(marker), desk.log))[0]
  const before = await find()
  const issue = before ?? (await create(text, find, desk, written))
  for (const subject of subjects) written.issueOf.set(subject, issue.number)
  if (before === undefined) {
    desk.log.info(`opened #${issue.number}: ${text.title}`)
    written.opened.push(issue.number)
  }
  return { issue, marker, subjects, isNew: before === undefined }
}

/** Closes what another run has opened before: the number that counts instead, by the one that is gone. */
export async function settle(
  created: readonly Created[],
  desk: Desk,
  written: Written
): Promise<ReadonlyMap<number, number>> {
  const replaced = new Map<number, number>()
  if (created.length === 0) return replaced
  const { repository, clock, log, signal } = desk
  await attempt('issues', desk, written, async () => {
    await clock.sleep(SETTLE_MS, signal)
    const recent = await listRecent(
      repository,
      ({ body }) => created.some(({ marker }) => body.startsWith(marker)),
      log
    )
    for (const { issue, marker, subjects } of created) {
      const original = recent.find(({ body }) => body.startsWith(marker))
      if (original === undefined || original.number >= issue.number) continue
      await closeTwin(issue, original, desk, written)
      replaced.set(issue.number, original.number)
      written.opened.splice(written.opened.indexOf(issue.number), 1)
      for (const subject of subjects) written.issueOf.set(subject, original.number)
    }
  })
  return replaced
}

async function create(
  text: { readonly title: string; readonly body: string },
  lookAgain: () => Promise<Issue | undefined>,
  { repository, labels, assignees }: Desk,
  written: Written
): Promise<Issue> {
  try {
    return await repository.issues.create({ ...text, labels, assignees }, lookAgain)
  } catch (error) {
    if (!(error instanceof Rejected) || assignees.length === 0) throw error
    // Somebody who left the organisation must not keep the problem from being told.
    written.warnings.push(`The issue could not be assigned to ${assignees.join(', ')}: ${error.details}`)
    return await repository.issues.create({ ...text, labels, assignees: [] }, lookAgain)
  }
}

/** The marker, which is the first line, goes as well: a twin is nobody's issue any more. */
async function closeTwin(issue: Issue, original: Issue, desk: Desk, written: Written): Promise<void> {
  try {
    const rest = issue.body.slice(issue.body.indexOf('\n') + 1)
    await desk.repository.issues.update(issue.number, {
      state: 'closed',
      reason: 'duplicate',
      body: `Duplicate of #${original.number}: two runs opened them at the same time.\n\n${rest}`
    })
    desk.log.info(`closed #${issue.number}: #${original.number} is the same`)
  } catch (error) {
    if (!isFailureOfGitHub(error)) throw error
    const reason = firstLine(messageOf(error))
    written.warnings.push(
      `#${issue.number} is the same as #${original.number} and could not be closed: ${reason}`
    )
  }
}

/** A comment whose first line is `mark`: by it a lost answer is told from a comment that was never made. */
export async function say(number: number, body: string, mark: string, { repository }: Desk): Promise<void> {
  await repository.issues.comment(number, body, async () =>
    (await repository.issues.comments(number)).find((one) => one.body.startsWith(mark))
  )
}

/** Starts the workflow that looks into issues; only for runs of the default branch, since that is what it works on. */
export async function dispatch(number: number, desk: Desk, written: Written): Promise<boolean> {
  const { repository, dispatchWorkflow, log, run } = desk
  if (dispatchWorkflow === '') return false
  try {
    const { defaultBranch } = await repository.about()
    if (run.ref !== `refs/heads/${defaultBranch}`) {
      log.info(`${dispatchWorkflow} is started for runs of ${defaultBranch} only`)
      return false
    }
    await repository.runs.dispatch(dispatchWorkflow, defaultBranch, { 'issue-number': String(number) })
    log.info(`started ${dispatchWorkflow} for #${number}`)
    return true
  } catch (error) {
    if (!isFailureOfGitHub(error)) throw error
    const reason = firstLine(messageOf(error))
    written.warnings.push(`${dispatchWorkflow} could not be started for #${number}: ${reason}`)
    return false
  }
}
