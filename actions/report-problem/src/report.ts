/** What people and other jobs get to see of it. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import { code, escape, list, table } from '../../../lib/markdown/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { FailedJob } from './jobs.ts'
import type { Problem } from './problems.ts'
import type { ReadReports } from './read.ts'
import type { Written } from './write.ts'

export interface Result {
  readonly problems: readonly Problem[]
  /** Every job that failed, also those that a report explains. */
  readonly jobs: readonly FailedJob[]
  /** Jobs that did not say that all is well: cancelled, or not readable. */
  readonly unsure: readonly string[]
  readonly reports: ReadReports
  readonly remarks: number
  readonly written: Written
  readonly waiting: ReadonlyMap<string, number>
  readonly threshold: number
  readonly muted: readonly string[]
  readonly newer: readonly number[]
  /** Open issues with something about which this run knows nothing. */
  readonly left: readonly number[]
  /** What stood in the way, besides writing: sentences. */
  readonly warnings: readonly { readonly id: string; readonly subject: string; readonly message: string }[]
  /** Set in a dry run: what would be done, one line each. */
  readonly wouldDo: readonly string[] | undefined
  /** A token that can only read is all that this run gets from GitHub. */
  readonly isUntrusted: boolean
  readonly scrub: (text: string) => string
}

export function toOutcome(result: Result): Outcome {
  const { problems, jobs, written, unsure } = result
  const isBad = problems.length > 0 || jobs.length > 0
  const silent = written.failures.length > 0 && !(written.readOnly && result.isUntrusted)
  const headline = headlineOf(result)
  const numbers = [...new Set([...written.issueOf.values(), ...written.opened, ...written.updated])]
  return {
    verdict: isBad ? 'failed' : silent || unsure.length > 0 ? 'unknown' : 'ok',
    headline,
    findings: findingsOf(result),
    figures: {
      'problem-count': problems.length,
      'failed-job-count': jobs.length,
      'opened-count': written.opened.length,
      'updated-count': written.updated.length,
      'closed-count': written.closed.length,
      'waiting-count': result.waiting.size
    },
    outputs: {
      'issue-numbers': JSON.stringify(numbers.sort((a, b) => a - b)),
      'opened-count': String(written.opened.length),
      'updated-count': String(written.updated.length),
      'closed-count': String(written.closed.length)
    },
    summary: summaryOf(result, headline),
    ...(silent ? { failure: failureOf(result) } : {})
  }
}

function headlineOf({ problems, jobs, written, wouldDo, unsure }: Result): string {
  const bad = Math.max(problems.length, jobs.length > 0 ? 1 : 0)
  const what =
    bad > 0
      ? `${count(problems.length, 'problem')} in ${count(jobs.length, 'failed job')} and the reports`
      : unsure.length > 0
        ? 'Nothing is known to be bad, but not everything could be seen'
        : 'All is well'
  if (wouldDo !== undefined)
    return `Dry run: ${what}; ${count(wouldDo.length, 'issue')} would be written. Nothing was.`
  const done = [
    ...(written.opened.length > 0 ? [`opened ${numbersOf(written.opened)}`] : []),
    ...(written.updated.length > 0 ? [`updated ${numbersOf(written.updated)}`] : []),
    ...(written.closed.length > 0 ? [`closed ${numbersOf(written.closed)}`] : [])
  ]
  return `${what}${done.length > 0 ? `: ${done.join(', ')}` : ''}.`
}

/** The failure to report must not hide what was to be reported. */
function failureOf({ written, problems, scrub }: Result): string {
  const reasons = [...new Set(written.failures.map(({ reason }) => scrub(reason)))].join('; ')
  const bad = problems
    .slice(0, 10)
    .map(({ subject, complaints }) => scrub(`${subject}: ${complaints[0]?.message ?? ''}`))
  const told = bad.length === 0 ? '' : ` What was to be reported: ${bad.join(' | ')}.`
  return `GitHub's issues could not be brought up to date: ${reasons}.${told} The summary of this job has all of it.`
}

function findingsOf(result: Result): Finding[] {
  const { problems, written, scrub, waiting, threshold } = result
  const findings: Finding[] = result.warnings.map(({ id, subject, message }) => ({
    id,
    subject: scrub(subject),
    severity: 'warning' as const,
    message: scrub(message)
  }))
  for (const warning of written.warnings)
    findings.push({
      id: 'problem-partly-reported',
      subject: 'issues',
      severity: 'warning',
      message: sentence(scrub(warning))
    })
  for (const { subject, reason } of written.failures) {
    const isExpected = written.readOnly && result.isUntrusted
    findings.push({
      id: isExpected ? 'problem-token-read-only' : 'problem-not-reported',
      subject: subject === '*' ? 'issues' : scrub(subject),
      severity: isExpected ? 'notice' : 'error',
      message: isExpected
        ? 'The token of this run can only read, as on forks: it is told in the summary alone.'
        : sentence(scrub(reason)),
      hint: isExpected
        ? 'Nothing has to be done.'
        : 'Give this job `permissions: issues: write`, and run it again.'
    })
  }
  for (const { subject, complaints } of problems) {
    const number = written.issueOf.get(subject)
    const runs = waiting.get(subject)
    const where =
      number !== undefined
        ? `It is told in #${number}.`
        : runs !== undefined
          ? `It is bad in ${runs} of ${threshold} runs; no issue yet.`
          : result.muted.includes(subject)
            ? 'Its issue was closed as not planned; it is left alone.'
            : 'It is told in no issue.'
    findings.push({
      id: number !== undefined ? 'problem-reported' : runs !== undefined ? 'problem-waits' : 'problem-untold',
      subject: scrub(subject),
      severity: 'notice',
      message: `${sentence(scrub(complaints[0]?.message ?? ''))} ${where}`
    })
  }
  return findings
}

function summaryOf(result: Result, headline: string): string {
  const { problems, jobs, written, scrub, waiting, threshold, wouldDo } = result
  const shown = (text: string): string => escape(scrub(text))
  const stateOf = (subject: string): string => {
    const number = written.issueOf.get(subject)
    if (number !== undefined) return `#${number}`
    const runs = waiting.get(subject)
    if (runs !== undefined) return `waits: ${runs} of ${threshold} runs`
    return result.muted.includes(subject) ? 'left alone' : 'none'
  }
  const rows = problems.map(({ subject, complaints }) => [
    code(scrub(subject)),
    shown(complaints[0]?.message ?? ''),
    String(complaints.length),
    stateOf(subject)
  ])
  const jobRows = jobs.map((job) => [
    shown(job.name),
    shown(job.conclusion),
    shown(job.runner ?? 'none'),
    shown(job.failedSteps.join(', ')),
    shown(job.lastAnnotation)
  ])
  const notes = [
    ...written.failures.map(({ subject, reason }) => `**Not written** (${shown(subject)}): ${shown(reason)}`),
    ...written.warnings.map(shown),
    ...result.warnings.map(({ subject, message }) => `${code(scrub(subject))}: ${shown(message)}`),
    ...(result.unsure.length > 0
      ? [
          `Nothing is called well again, because of: ${result.unsure.map((reason) => shown(reason)).join('; ')}.`
        ]
      : []),
    ...(result.newer.length > 0 ? [`A newer run has written ${numbersOf(result.newer)} already.`] : []),
    ...(result.left.length > 0
      ? [
          `This run did not look at what is told in ${numbersOf(result.left)}, or got no answer: that stays as it was.`
        ]
      : []),
    ...(result.remarks > 0
      ? [`${count(result.remarks, 'warning or notice', 'warnings and notices')} besides.`]
      : [])
  ]
  return [
    '## Problems',
    '',
    shown(headline).replace(/#\u200B/g, '#'),
    '',
    ...(rows.length > 0 ? [table(['Subject', 'What is the case', 'Findings', 'Issue'], rows)] : []),
    ...(jobRows.length > 0
      ? ['### Failed jobs', '', table(['Job', 'Result', 'Runner', 'Failed step', 'Last annotation'], jobRows)]
      : []),
    ...(wouldDo !== undefined && wouldDo.length > 0
      ? ['### What would be written', '', list(wouldDo.map(shown))]
      : []),
    ...(notes.length > 0 ? [list(notes)] : [])
  ].join('\n')
}

function sentence(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat === '' || /[.!?]$/.test(flat) ? flat : `${flat}.`
}

function numbersOf(numbers: readonly number[]): string {
  return numbers.map((number) => `#${number}`).join(', ')
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
