/** What GitHub knows: the jobs of the run with what they said, and the issues that are ours. */
import { Refused, type Issue, type Repository } from '../../../lib/github/index.ts'
import { TransientError, messageOf } from '../../../lib/failure/index.ts'
import type { Log } from '../../../lib/ports/index.ts'
import { endedBadly, type SeenJob } from './jobs.ts'
import { digest, readMarker, readState } from './marker.ts'
import type { Known } from './plan.ts'
import type { RunSubject } from './subject.ts'

/** Annotations are one request for each job. */
const MOST_ANNOTATED_JOBS = 60
/** Closed issues that are looked through for one that comes back. */
const MOST_CLOSED = 1000
const CLOSED_SINCE_MS = 180 * 24 * 3_600_000
const MOST_OPEN = 3000
/** Where what was made a moment ago is looked for: the list begins with what changed last. */
const MOST_RECENT = 100

export interface SeenRun {
  /** undefined: the API could not be asked, `reason` says why. */
  readonly jobs: readonly SeenJob[] | undefined
  readonly reason: string
}

/** The jobs of the run that are over. What cannot be read is unknown, never well. */
export async function lookAtRun(repository: Repository, run: RunSubject, log: Log): Promise<SeenRun> {
  try {
    const jobs = await repository.runs.jobs(run.id, run.attempt)
    const over = jobs.filter(({ status }) => status === 'completed')
    const bad = over.filter(endedBadly).slice(0, MOST_ANNOTATED_JOBS)
    const seen = new Map<number, SeenJob['annotations']>()
    for (const { id, name } of bad) seen.set(id, await annotationsOf(repository, id, name, log))
    return { jobs: over.map((job) => ({ job, annotations: seen.get(job.id) })), reason: '' }
  } catch (error) {
    if (!isRefusedOrDown(error)) throw error
    return { jobs: undefined, reason: firstLine(messageOf(error)) }
  }
}

async function annotationsOf(
  repository: Repository,
  id: number,
  name: string,
  log: Log
): Promise<SeenJob['annotations']> {
  try {
    return await repository.runs.annotations(id)
  } catch (error) {
    if (!isRefusedOrDown(error)) throw error
    log.info(`${name}: its annotations could not be read: ${firstLine(messageOf(error))}`)
    return undefined
  }
}

export interface OurIssues {
  readonly known: readonly Known[]
  /** Open issues with the marker of an older one: two runs opened them at the same time. */
  readonly twins: readonly { readonly issue: Issue; readonly original: Issue }[]
}

/** Open issues, and those that were closed in the last half year, of authors that can be ours; oldest first. */
export async function listIssues(
  repository: Repository,
  wanted: (issue: Issue) => boolean,
  now: number,
  log: Log
): Promise<readonly Issue[]> {
  const since = new Date(now - CLOSED_SINCE_MS).toISOString()
  const open = await repository.issues.list({ state: 'open', max: MOST_OPEN })
  const closed = await repository.issues.list({ state: 'closed', since, max: MOST_CLOSED })
  return await ours([...open, ...closed].filter(wanted), repository, log)
}

/** Open ones among those that changed last, oldest first. */
export async function listRecent(
  repository: Repository,
  wanted: (issue: Issue) => boolean,
  log: Log
): Promise<readonly Issue[]> {
  const recent = await repository.issues.list({ state: 'open', max: MOST_RECENT })
  return await ours(recent.filter(wanted), repository, log)
}

/** Every issue of this key. */
export async function lookForIssues(
  repository: Repository,
  key: string,
  now: number,
  log: Log
): Promise<OurIssues> {
  const issues = await listIssues(repository, ({ body }) => readMarker(body)?.key === digest(key), now, log)
  const known: Known[] = []
  const twins: { issue: Issue; original: Issue }[] = []
  for (const issue of issues) {
    const subject = readMarker(issue.body)?.subject ?? ''
    const original = known.find(
      (one) => one.subject === subject && one.issue.state === 'open' && issue.state === 'open'
    )
    if (original === undefined) known.push({ issue, subject, state: readState(issue.body) ?? NOTHING })
    else twins.push({ issue, original: original.issue })
  }
  return { known, twins }
}

const NOTHING: Known['state'] = {
  run: 0,
  attempt: 0,
  since: new Date(0).toISOString(),
  seen: 0,
  recovered: false,
  members: [],
  more: 0
}

/**
 * Anybody may open an issue with our marker in it. Only what a bot or a person with write access opened is ours: no
 * person's login has brackets.
 */
async function ours(issues: readonly Issue[], repository: Repository, log: Log): Promise<readonly Issue[]> {
  const people = new Set(issues.map(({ author }) => author).filter((author) => !author.endsWith('[bot]')))
  const strangers = new Set<string>()
  for (const author of people) {
    try {
      if (!['admin', 'write'].includes(await repository.permissionOf(author))) strangers.add(author)
    } catch (error) {
      // A token that may not ask would otherwise open a new issue in every run.
      if (!(error instanceof Refused)) throw error
      log.debug(`permission of ${author}: ${messageOf(error)}`)
    }
  }
  return issues.filter(({ author }) => !strangers.has(author)).sort((a, b) => a.number - b.number)
}

export function isRefusedOrDown(error: unknown): boolean {
  return error instanceof Refused || error instanceof TransientError
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
