/** The story: read what the jobs left, see what became of them, and bring the issues up to date. */
import type { Outcome } from '../../../lib/action/index.ts'
import { InputError, messageOf } from '../../../lib/failure/index.ts'
import type { GitHub } from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { leaveStreaks, readStreaks, type Streaks } from './history.ts'
import { isLogin, type Inputs } from './inputs.ts'
import { judgeJobs, type JobsVerdict } from './jobs.ts'
import { firstLine, lookAtRun, lookForIssues } from './look.ts'
import { digest } from './marker.ts'
import { closeRuns, isLeftAlone, lookForRunIssues, reportRun, runTitle } from './per-run.ts'
import { plan, type Change } from './plan.ts'
import { findProblems, type Findings } from './problems.ts'
import { readReports, readTemplate, type ReadReports } from './read.ts'
import { toOutcome, type Result } from './report.ts'
import { createScrub } from './scrub.ts'
import { subjectOf, type RunSubject } from './subject.ts'
import { titleOf, type Style } from './text.ts'
import { isFailureOfGitHub, nothingWritten, writeChanges, type Desk } from './write.ts'

export interface ReportPorts extends Ports {
  readonly github: GitHub
}

export async function run(inputs: Inputs, ports: ReportPorts): Promise<Outcome> {
  const { log, runner, clock } = ports
  const subject = subjectOf(runner)
  if (subject === undefined)
    throw new InputError([
      { input: 'GITHUB_RUN_ID', given: runner.runId, allowed: 'the number of a run: this runs in a workflow' }
    ])
  const scrub = createScrub([inputs.token, inputs.appPrivateKey])
  const key = inputs.key === '' ? `${subject.workflow} ${subject.ref}` : inputs.key

  // 1. Read what the jobs left.
  const template = await readTemplate(inputs.template, ports)
  const reports = await readReports(inputs.reports, ports)

  // 2. See what became of the jobs: one that was killed left nothing.
  const repository = ports.github.repository(runner.repository)
  const seen = await log.group('Jobs of the run', async () => await lookAtRun(repository, subject, log))
  const jobs = judgeJobs(
    seen.jobs,
    inputs.needs,
    reports.found.map(({ report }) => report)
  )
  const findings = findProblems(reports.found, jobs, doubtsOf(reports))
  const facts: Facts = { subject, key, scrub, reports, jobs, findings, jobsUnknown: seen.reason }

  // 3. Bring the issues up to date, each about one subject or about the run.
  const desk: Desk = {
    repository,
    clock,
    log,
    signal: runner.signal,
    labels: inputs.labels,
    assignees: inputs.assignees,
    dispatchWorkflow: inputs.dispatchWorkflow,
    run: subject
  }
  const style: Style = {
    run: subject,
    key,
    now: clock.now(),
    title: inputs.title,
    template,
    mention: inputs.mentionSubmitter && isLogin(subject.submitter ?? '') ? subject.submitter : undefined,
    closeOnRecovery: inputs.closeOnRecovery,
    scrub
  }
  let result: Result
  try {
    result =
      inputs.style === 'per-run'
        ? await perRun(inputs, facts, style, desk, ports)
        : await perSubject(inputs, facts, style, desk, ports)
  } catch (error) {
    // The issues could not even be read. What was found must be told all the same.
    if (runner.signal.aborted || !isFailureOfGitHub(error)) throw error
    const reason = firstLine(messageOf(error))
    result = {
      ...base(facts, inputs),
      written: { ...nothingWritten(), failures: [{ subject: 'issues', reason }] }
    }
  }

  // 4. Tell.
  return toOutcome(result)
}

interface Facts {
  readonly subject: RunSubject
  readonly key: string
  readonly scrub: (text: string) => string
  readonly reports: ReadReports
  readonly jobs: JobsVerdict
  readonly findings: Findings
  /** Why the jobs could not be read; '' when they could. */
  readonly jobsUnknown: string
}

async function perSubject(
  inputs: Inputs,
  facts: Facts,
  style: Style,
  desk: Desk,
  ports: ReportPorts
): Promise<Result> {
  const { findings, key } = facts
  const { known, twins } = await desk.log.group(
    'Issues',
    async () => await lookForIssues(desk.repository, key, style.now, desk.log)
  )
  const history = await countRuns(
    findings.problems.map(({ subject }) => subject),
    inputs,
    facts,
    desk,
    ports
  )
  const planned = plan(findings, known, history.streaks, facts.subject, inputs)
  if (inputs.threshold > 1) leaveStreaks(key, planned.waiting, desk.log)
  const common = {
    ...base(facts, inputs),
    waiting: planned.waiting,
    muted: planned.muted,
    newer: planned.newer,
    left: planned.left
  }
  const warnings = [...common.warnings, ...history.warnings]
  if (inputs.dryRun) {
    const wouldDo = [
      ...twins.map(({ issue }) => `close #${issue.number}, a duplicate`),
      ...planned.changes.map((change) => describe(change, style))
    ]
    return { ...common, warnings, wouldDo }
  }
  const written = await desk.log.group('Writing', async () => await writeChanges(planned, twins, style, desk))
  for (const [subject, number] of planned.covered)
    if (!written.issueOf.has(subject)) written.issueOf.set(subject, number)
  return { ...common, warnings, written }
}

async function perRun(
  inputs: Inputs,
  facts: Facts,
  style: Style,
  desk: Desk,
  ports: ReportPorts
): Promise<Result> {
  const { jobs, findings, reports, key, subject } = facts
  const isRed = reports.found.some(({ report }) => ['failed', 'unknown'].includes(report.verdict))
  const isBad = jobs.failed.length > 0 || isRed
  const isSure = findings.doubts.length === 0 && (jobs.well.length > 0 || reports.found.length > 0)
  const issues = await lookForRunIssues(style, desk)
  const name = `run of ${key}`
  const history = await countRuns(isBad ? [name] : [], inputs, facts, desk, ports)
  const runs = (history.streaks.get(digest(name)) ?? 0) + 1
  const waits = isBad && issues.own === undefined && runs < inputs.threshold
  if (inputs.threshold > 1) leaveStreaks(key, new Map(isBad ? [[name, runs]] : []), desk.log)
  const alone = isBad && isLeftAlone(issues.own)
  const subjects = findings.problems.map((problem) => problem.subject)
  const common = {
    ...base(facts, inputs),
    waiting: new Map(waits ? subjects.map((one): [string, number] => [one, runs]) : []),
    muted: alone ? subjects : []
  }
  const warnings = [...common.warnings, ...history.warnings]
  const problem = { jobs: jobs.failed, problems: findings.problems }
  const reportIt = isBad && !waits && !alone
  const closeIt = !isBad && isSure && inputs.closeOnRecovery
  if (inputs.dryRun) {
    const wouldClose = [...(issues.own?.state === 'open' ? [issues.own] : []), ...issues.earlier]
    const wouldDo = [
      ...(reportIt
        ? [
            issues.own === undefined
              ? `open "${runTitle(problem, style)}"`
              : `comment on #${issues.own.number}: attempt ${subject.attempt}`
          ]
        : []),
      ...(closeIt ? wouldClose.map(({ number }) => `close #${number}`) : [])
    ]
    return { ...common, warnings, wouldDo }
  }
  const written = reportIt
    ? await reportRun(problem, issues, style, desk)
    : closeIt
      ? await closeRuns(issues, style, desk)
      : nothingWritten()
  return { ...common, warnings, written }
}

/** Nobody waits when nobody can count: reported too early is better than never. */
async function countRuns(
  bad: readonly string[],
  inputs: Inputs,
  { key }: Facts,
  desk: Desk,
  { runner }: ReportPorts
): Promise<{ streaks: Streaks; warnings: Result['warnings'] }> {
  if (inputs.threshold === 1 || bad.length === 0) return { streaks: new Map(), warnings: [] }
  const { streaks, reason } = await readStreaks(desk.repository, key, runner, desk.log)
  if (streaks !== undefined) return { streaks, warnings: [] }
  const message = `Earlier runs could not be counted, so it is reported at once: ${reason}.`
  return {
    streaks: new Map(bad.map((subject) => [digest(subject), inputs.threshold])),
    warnings: [{ id: 'problem-history-unknown', subject: 'threshold', message }]
  }
}

function base(facts: Facts, inputs: Inputs): Result {
  const { reports, jobs, findings, scrub, subject, jobsUnknown } = facts
  return {
    problems: findings.problems,
    jobs: jobs.failed,
    unsure: [...findings.doubts, ...(jobsUnknown === '' ? [] : ['the jobs of the run could not be read'])],
    reports,
    remarks: findings.remarks,
    written: nothingWritten(),
    waiting: new Map(),
    threshold: inputs.threshold,
    muted: [],
    newer: [],
    left: [],
    warnings: [
      ...reports.missing.map((pattern) => ({
        id: 'problem-report-missing',
        subject: pattern,
        message: 'No report is there.'
      })),
      ...reports.unreadable.map(({ file, reason }) => ({
        id: 'problem-report-unreadable',
        subject: file,
        message: `It is no report: ${reason}.`
      })),
      ...(jobsUnknown === ''
        ? []
        : [
            {
              id: 'problem-jobs-unknown',
              subject: `run ${subject.id}`,
              message: `Its jobs could not be read: ${jobsUnknown}.`
            }
          ])
    ],
    wouldDo: undefined,
    isUntrusted: subject.untrusted,
    scrub
  }
}

function doubtsOf({ missing, unreadable }: ReadReports): readonly string[] {
  return [
    ...missing.map((pattern) => `no report is at ${pattern}`),
    ...unreadable.map(({ file }) => `${file} is no report`)
  ]
}

function describe(change: Change, style: Style): string {
  const number = change.known?.issue.number
  return number === undefined ? `open "${titleOf(change, style)}"` : `${WOULD[change.kind]} #${number}`
}

const WOULD: Readonly<Record<Change['kind'], string>> = {
  open: 'open',
  reopen: 'reopen',
  tell: 'comment on',
  refresh: 'bring up to date, without a comment,',
  recover: 'call well, without closing,',
  close: 'close'
}
