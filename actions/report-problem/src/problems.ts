/** From reports and jobs to problems: what is bad, by subject; and what may be called well again. Pure. */
import type { Finding, Report, Severity } from '../../../lib/report/index.ts'
import type { FailedJob, JobsVerdict } from './jobs.ts'
import { lookedBy, MOST_SUBJECT, nameOf, type Looked } from './looked.ts'

/** A report with the path that it was found at. */
export interface FoundReport {
  readonly file: string
  readonly report: Report
}

/** What one subject suffers from. */
export interface Problem {
  /** A server, a container, an image; `job <name>` for a job without a report; an action that could not do its work. */
  readonly subject: string
  /** Worst first. */
  readonly complaints: readonly Complaint[]
  /** Set for a job. */
  readonly job?: FailedJob
}

export interface Complaint {
  readonly id: string
  readonly severity: Severity
  readonly message: string
  readonly hint: string
  /** The action that found it, or `job`. */
  readonly source: string
}

/** What this run knows. */
export interface Findings {
  readonly problems: readonly Problem[]
  /** Actions that did their work to the end: what they no longer complain about is well again. */
  readonly finished: ReadonlySet<string>
  /** What each action looked at. */
  readonly looked: ReadonlyMap<string, Looked>
  /** Subjects of jobs that ended well. */
  readonly wellJobs: ReadonlySet<string>
  /** Why nothing that an action found can be called well by this run. */
  readonly doubts: readonly string[]
  /** Warnings and notices of subjects that are not bad: shown, never reported as an issue. */
  readonly remarks: number
}

/** Source of what is known about a job. */
export const JOB = 'job'

const WORST: readonly Severity[] = ['error', 'unknown', 'warning', 'notice']

export function jobSubject(name: string): string {
  return `job ${name}`.slice(0, MOST_SUBJECT)
}

/** `doubts` are those of the reader: files that are missing or are no reports. */
export function findProblems(
  found: readonly FoundReport[],
  jobs: JobsVerdict,
  doubts: readonly string[]
): Findings {
  const complaints = new Map<string, Complaint[]>()
  const add = (subject: string, complaint: Complaint): void => {
    complaints.set(subject, [...(complaints.get(subject) ?? []), complaint])
  }
  for (const { report } of found) {
    for (const finding of report.findings)
      add(nameOf(finding.subject, report), toComplaint(finding, report.action))
    if (hasUntold(report)) {
      add(report.action, {
        id: `${report.action}-${report.verdict}`,
        severity: report.verdict === 'unknown' ? 'unknown' : 'error',
        message: report.headline,
        hint: '',
        source: report.action
      })
    }
  }
  const problems: Problem[] = []
  let remarks = 0
  for (const [subject, all] of complaints) {
    if (all.some(isBad)) problems.push({ subject, complaints: [...all].sort(worstFirst) })
    else remarks += all.length
  }
  problems.push(...jobs.unexplained.map(toJobProblem))
  return {
    problems: problems.sort((a, b) => worstFirst(first(a), first(b)) || compare(a.subject, b.subject)),
    finished: new Set(finishedActions(found)),
    looked: lookedBy(found.map(({ report }) => report)),
    wellJobs: new Set(jobs.well.map(jobSubject)),
    doubts: [...doubts, ...doubtsOf(jobs)],
    remarks
  }
}

/** An error, or what could not be measured: both need somebody. What may pass by itself is for `threshold`. */
function isBad({ severity }: Complaint): boolean {
  return severity === 'error' || severity === 'unknown'
}

/** Red, and no finding says why: a wrong input, a tool that failed, or `fail-on: any`. */
function hasUntold({ verdict, findings }: Report): boolean {
  return (
    (verdict === 'failed' || verdict === 'unknown') &&
    !findings.some(({ severity }) => severity === 'error' || severity === 'unknown')
  )
}

/** Every report of the action must have come to its end: a shard that did not may have had the subject. */
function finishedActions(found: readonly FoundReport[]): readonly string[] {
  const isWhole = ({ verdict, findings }: Report): boolean =>
    verdict === 'ok' || (verdict !== 'cancelled' && findings.length > 0)
  const actions = [...new Set(found.map(({ report }) => report.action))]
  return actions.filter((action) => found.every(({ report }) => report.action !== action || isWhole(report)))
}

/** A job that came to no report would have looked at something: what it was, nobody knows. */
function doubtsOf(jobs: JobsVerdict): readonly string[] {
  return [
    ...jobs.unexplained.map(({ name }) => `${name} left no report`),
    ...jobs.cancelled.map((name) => `${name} was cancelled`)
  ]
}

function toComplaint({ id, severity, message, hint }: Finding, source: string): Complaint {
  return { id, severity, message, hint: hint ?? '', source }
}

function toJobProblem(job: FailedJob): Problem {
  const { id, message, hint } = job
  return {
    subject: jobSubject(job.name),
    complaints: [{ id, severity: 'error', message, hint, source: JOB }],
    job
  }
}

function worstFirst(a: Complaint, b: Complaint): number {
  return WORST.indexOf(a.severity) - WORST.indexOf(b.severity) || compare(a.id, b.id)
}

function first({ complaints }: Problem): Complaint {
  return complaints[0] ?? { id: '', severity: 'notice', message: '', hint: '', source: '' }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
