/**
 * One issue for each run, in the form that NeuroDesk's automation looks for: title `Job failure - <workflow> - run
 * <id>`, the marker of the run in the first line, a comment for each attempt.
 * Form: https://github.com/neurodesk/neurodesktop, .github/scripts/report_workflow_failure.cjs and
 * .github/actions/report-job-failure/action.yml.
 */
import type { Issue } from '../../../lib/github/index.ts'
import { cut } from '../../../lib/markdown/index.ts'
import type { FailedJob } from './jobs.ts'
import { listIssues } from './look.ts'
import { digest } from './marker.ts'
import { fill } from './placeholders.ts'
import type { Problem } from './problems.ts'
import { complaintsOf, jobTable, linkTo, MOST_BODY_BYTES, oneLine, outside, type Style } from './text.ts'
import { attempt, dispatch, nothingWritten, open, say, settle, type Desk, type Written } from './write.ts'

/** What stands in a run's issue. */
export interface RunProblem {
  readonly jobs: readonly FailedJob[]
  /** What the reports say, besides the jobs. */
  readonly problems: readonly Problem[]
}

/** Subjects that are spelled out in a comment. */
const MOST_SPELLED_OUT = 20

/** The run's own issue, and those of earlier runs of this key that are still open. */
export interface RunIssues {
  readonly own: Issue | undefined
  readonly earlier: readonly Issue[]
}

export async function lookForRunIssues(style: Style, desk: Desk): Promise<RunIssues> {
  const { run, key } = style
  const isOwn = ({ body }: Issue): boolean => firstLineOf(body) === runMarker(run.id)
  const isEarlier = ({ body, state }: Issue): boolean =>
    state === 'open' && runOf(body) < run.id && body.split('\n', 2)[1]?.trim() === keyMarker(key)
  const found = await listIssues(
    desk.repository,
    (issue) => isOwn(issue) || isEarlier(issue),
    style.now,
    desk.log
  )
  return { own: found.find(isOwn), earlier: found.filter((issue) => !isOwn(issue)) }
}

/** Opens the issue of this run, or tells the one that is there about this attempt. */
export async function reportRun(
  problem: RunProblem,
  issues: RunIssues,
  style: Style,
  desk: Desk
): Promise<Written> {
  const written = nothingWritten()
  await attempt(`run ${style.run.id}`, desk, written, async () => {
    const { repository } = desk
    const subjects = problem.problems.map(({ subject }) => subject)
    let number = issues.own?.number
    let author = issues.own?.author
    if (number === undefined) {
      const text = { title: runTitle(problem, style), body: runBody(problem, style) }
      const made = await open(text, runMarker(style.run.id), subjects, desk, written)
      const replaced = made.isNew ? await settle([made], desk, written) : new Map<number, number>()
      number = replaced.get(made.issue.number) ?? made.issue.number
      author = made.issue.author
    } else if (issues.own?.state === 'closed') {
      await repository.issues.update(number, { state: 'open' })
      written.opened.push(number)
    }
    for (const subject of subjects) written.issueOf.set(subject, number)
    const comments = await repository.issues.comments(number)
    // Anybody may write our marker into a comment.
    const has = (marker: string): boolean =>
      comments.some((one) => one.author === author && firstLineOf(one.body) === marker)
    const mark = attemptMarker(style)
    if (!has(mark)) {
      await say(number, attemptText(problem, style), mark, desk)
      if (!written.opened.includes(number)) written.updated.push(number)
    }
    const dispatched = marker('workflow-failure-dispatched', style)
    if (!has(dispatched) && (await dispatch(number, desk, written)))
      await say(
        number,
        `${dispatched}\nStarted ${desk.dispatchWorkflow} for attempt ${style.run.attempt}.`,
        dispatched,
        desk
      )
  })
  return written
}

/** The run is well: its own issue (an earlier attempt failed) and those of earlier runs are closed. */
export async function closeRuns(issues: RunIssues, style: Style, desk: Desk): Promise<Written> {
  const written = nothingWritten()
  const open = [...(issues.own?.state === 'open' ? [issues.own] : []), ...issues.earlier]
  for (const { number } of open) {
    const goOn = await attempt(`issue ${number}`, desk, written, async () => {
      const mark = marker('workflow-recovered', style)
      await say(number, `${mark}\nWell again in ${linkTo(style)}.`, mark, desk)
      await desk.repository.issues.update(number, { state: 'closed', reason: 'completed' })
      written.closed.push(number)
    })
    if (!goOn) break
  }
  return written
}

/** True for an issue that somebody closed as not planned: left alone. */
export function isLeftAlone(issue: Issue | undefined): boolean {
  return issue?.state === 'closed' && (issue.reason === 'not_planned' || issue.reason === 'duplicate')
}

export function runTitle({ jobs, problems }: RunProblem, style: Style): string {
  const { run, title, scrub } = style
  const values = {
    workflow: run.workflow,
    run: String(run.id),
    subject: jobs[0]?.name ?? problems[0]?.subject ?? '',
    problem: jobs[0]?.message ?? problems[0]?.complaints[0]?.message ?? ''
  }
  return oneLine(scrub(fill(title === '' ? 'Job failure - {workflow} - run {run}' : title, values)))
}

export function runBody(problem: RunProblem, style: Style): string {
  const { run, template } = style
  const details = `Workflow **${outside(run.workflow, style)}** failed.\n\n${run.url}\n\nRef: ${outside(run.ref, style)}. Each attempt is told in a comment.`
  const values = {
    details,
    subject: outside(problem.jobs[0]?.name ?? '', style),
    problem: outside(problem.jobs[0]?.message ?? '', style),
    workflow: outside(run.workflow, style),
    run: String(run.id),
    'run-url': run.url,
    ref: outside(run.ref, style)
  }
  const mention = style.mention === undefined ? '' : `\n\ncc @${style.mention}`
  const text = cut(template === undefined ? details : fill(template, values), MOST_BODY_BYTES - 1000)
  return `${runMarker(run.id)}\n${keyMarker(style.key)}\n${text.trimEnd()}${mention}\n`
}

export function attemptText({ jobs, problems }: RunProblem, style: Style): string {
  const { run } = style
  const spelledOut = problems
    .filter(({ job }) => job === undefined)
    .slice(0, MOST_SPELLED_OUT)
    .map((problem) => `**${outside(problem.subject, style)}**\n\n${complaintsOf(problem, style)}`)
  const told = problems.filter(({ job }) => job === undefined).length
  const text = [
    `Attempt ${run.attempt}: ${jobs.length} failed or timed-out ${jobs.length === 1 ? 'job' : 'jobs'}.`,
    `${run.url}/attempts/${run.attempt}`,
    '',
    ...(jobs.length > 0 ? [jobTable(jobs, style)] : []),
    ...spelledOut,
    ...(told > spelledOut.length
      ? [`And ${told - spelledOut.length} more subjects: they are in the reports.`]
      : [])
  ].join('\n')
  // The line that the older form of the automation looks for.
  const older = `<!-- neurodesktop-job-failure-report: run=${run.id} attempt=${run.attempt} -->`
  const note = `Cut here: the whole report is among the artifacts of ${run.url}`
  return `${attemptMarker(style)}\n${older}\n${cut(text, MOST_BODY_BYTES - 1000, note)}`
}

function runMarker(run: number): string {
  return `<!-- neurodesktop-workflow-failure: run=${run} -->`
}

function attemptMarker(style: Style): string {
  return marker('workflow-failure-attempt', style)
}

function marker(name: string, { run }: Style): string {
  return `<!-- neurodesktop-${name}: run=${run.id} attempt=${run.attempt} -->`
}

/** Not part of the older form: by it a later run finds what it may close. */
function keyMarker(key: string): string {
  return `<!-- neurodesk-ci-key: ${digest(key)} -->`
}

function runOf(body: string): number {
  const match = /^<!-- neurodesktop-workflow-failure: run=(\d{1,16}) -->$/.exec(firstLineOf(body))
  return match === null ? Number.NaN : Number(match[1])
}

function firstLineOf(body: string): string {
  return (body.split('\n', 1)[0] ?? '').trim()
}
