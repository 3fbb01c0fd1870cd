/** Titles, bodies and comments. Pure. Everything from outside is scrubbed, escaped and cut. */
import { code, cut, escape, span, table } from '../../../lib/markdown/index.ts'
import type { Severity } from '../../../lib/report/index.ts'
import type { FailedJob } from './jobs.ts'
import { FLEET, assemble, fitting, markerOf, type State } from './marker.ts'
import { fill } from './placeholders.ts'
import { toMember, type Change } from './plan.ts'
import type { Problem } from './problems.ts'
import type { RunSubject } from './subject.ts'

export interface Style {
  readonly run: RunSubject
  readonly key: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Input `title`; '' for the built-in one. */
  readonly title: string
  readonly template: string | undefined
  /** Who is told in a new issue. */
  readonly mention: string | undefined
  readonly closeOnRecovery: boolean
  readonly scrub: (text: string) => string
}

/** GitHub's limit is 65,536 characters; the state of many subjects needs some of them. */
export const MOST_BODY_BYTES = 65_000
const MOST_TITLE = 200
const MOST_CELL = 500
/** Rows of a table: more is for the report. */
const MOST_ROWS = 100
const MOST_MEMBERS = 150

const SHOWN: Readonly<Record<Severity, string>> = {
  error: 'error',
  unknown: 'not measured',
  warning: 'warning',
  notice: 'notice'
}

export function titleOf(change: Pick<Change, 'subject' | 'problems'>, style: Style): string {
  const { run, scrub } = style
  const isFleet = change.subject === FLEET
  const form = style.title !== '' ? style.title : isFleet ? '{subject} in {workflow}' : '{subject}: {problem}'
  const values = {
    subject: isFleet ? `${change.problems.length} problems at once` : change.subject,
    problem: isFleet ? namesOf(change.problems) : (change.problems[0]?.complaints[0]?.message ?? ''),
    workflow: run.workflow,
    run: String(run.id)
  }
  return oneLine(scrub(fill(form, values)))
}

/** A title shows as it is: no Markdown, but also no line breaks. */
export function oneLine(text: string): string {
  const flat = text.replace(/[\0-\x1f\x7f\s]+/g, ' ').trim()
  const cutAt = [...flat].slice(0, MOST_TITLE - 1)
  return cutAt.join('') === flat ? flat : `${cutAt.join('').trimEnd()}…`
}

/** The whole body of an issue as it should be now, with what people wrote below. */
export function bodyOf(change: Change, style: Style): string {
  const marker = markerOf(style.key, change.subject)
  const state = fitting(stateOf(change, style))
  const old = change.known?.issue.body ?? ''
  const room = MOST_BODY_BYTES - Buffer.byteLength(assemble(marker, state, '', old))
  return assemble(marker, state, cut(textOf(change, state, style), Math.max(2000, room), noteOf(style)), old)
}

export function stateOf(change: Change, style: Style): State {
  const before = change.known?.state
  const isOver = change.kind === 'close' || change.kind === 'recover'
  const goesOn = before !== undefined && change.kind !== 'reopen' && !change.again
  const all = isOver ? (before?.members ?? []) : [...change.problems.map(toMember), ...change.unseen]
  return {
    run: style.run.id,
    attempt: style.run.attempt,
    since: goesOn ? before.since : new Date(style.now).toISOString(),
    seen: goesOn ? before.seen + (isOver ? 0 : 1) : 1,
    recovered: isOver,
    members: all.slice(0, MOST_MEMBERS),
    more: isOver ? 0 : Math.max(0, all.length - MOST_MEMBERS)
  }
}

function textOf(change: Change, state: State, style: Style): string {
  const { run } = style
  const details =
    change.kind === 'close' || change.kind === 'recover' ? endOf(change, style) : detailsOf(change, style)
  const values = {
    subject: outside(change.subject === FLEET ? `${change.problems.length} problems` : change.subject, style),
    problem: outside(change.problems[0]?.complaints[0]?.message ?? '', style),
    details,
    workflow: outside(run.workflow, style),
    run: String(run.id),
    'run-url': run.url,
    ref: code(style.scrub(run.ref))
  }
  const since = `Since ${dateOf(state.since)}, seen in ${state.seen} ${state.seen === 1 ? 'run' : 'runs'}.`
  const rule = style.closeOnRecovery
    ? 'it is closed when all is well again'
    : 'it says so when all is well again'
  const foot = [
    `${since} The whole report is among the artifacts of ${linkTo(style)}.`,
    '',
    `<sub>This text follows what the runs find, and ${rule}. What you write below it stays. Closed as "not planned" it is left alone.</sub>`
  ].join('\n')
  const head = style.template === undefined ? details : fill(style.template, values)
  const mention = style.mention === undefined ? '' : `\n\ncc @${style.mention}`
  return `${head.trimEnd()}${mention}\n\n${foot}`
}

/** The complaints of one subject, or of each of many. */
export function detailsOf(change: Pick<Change, 'subject' | 'problems' | 'unseen'>, style: Style): string {
  if (change.subject !== FLEET) {
    const problem = change.problems[0]
    return problem === undefined
      ? ''
      : `${code(style.scrub(problem.subject))} in ${linkTo(style)}:\n\n${complaintsOf(problem, style)}`
  }
  const rows = change.problems
    .slice(0, MOST_ROWS)
    .map((problem) => [code(style.scrub(problem.subject)), summaryOf(problem, style)])
  const left = change.problems.length - rows.length
  const unseen = change.unseen.map(({ subject }) => code(style.scrub(subject)))
  return [
    `${change.problems.length} ${change.problems.length === 1 ? 'subject is' : 'subjects are'} bad in ${linkTo(style)}. Many came at once, so they may have one cause.`,
    '',
    table(['Subject', 'What is the case'], rows),
    ...(left > 0 ? [`And ${left} more: they are in the report.`, ''] : []),
    ...(unseen.length > 0
      ? [`Bad before, and not measured by this run: ${unseen.slice(0, MOST_ROWS).join(', ')}`]
      : [])
  ].join('\n')
}

function summaryOf({ complaints }: Problem, style: Style): string {
  const first = complaints[0]
  if (first === undefined) return ''
  const more = complaints.length > 1 ? ` (and ${complaints.length - 1} more)` : ''
  return `${outside(first.message, style)} ${code(first.id)}${more}`
}

export function complaintsOf({ complaints, job }: Problem, style: Style): string {
  const rows = complaints
    .slice(0, MOST_ROWS)
    .map(({ id, severity, message, hint, source }) => [
      SHOWN[severity],
      `${outside(message, style)} ${code(id)}`,
      outside(hint, style),
      outside(source, style)
    ])
  const left = complaints.length - rows.length
  return [
    table(['', 'What is the case', 'What to do', 'Found by'], rows),
    ...(left > 0 ? [`And ${left} more: they are in the report.`, ''] : []),
    ...(job === undefined ? [] : [jobTable([job], style)])
  ].join('\n')
}

/** One row for each leg: which runner, which step, and its last word. */
export function jobTable(jobs: readonly FailedJob[], style: Style): string {
  const rows = jobs
    .slice(0, MOST_ROWS)
    .map((job) => [
      isLink(job.url) ? `[${outside(job.name, style)}](${job.url})` : outside(job.name, style),
      outside(job.conclusion, style),
      outside(job.runner ?? (job.id === 'job-unknown' ? 'unknown' : 'none took it'), style),
      outside(job.failedSteps.join(', '), style),
      outside(job.lastAnnotation, style)
    ])
  const left = jobs.length - rows.length
  return (
    table(['Job', 'Result', 'Runner', 'Failed step', 'Last annotation'], rows) +
    (left > 0 ? `\nAnd ${left} more.\n` : '')
  )
}

/** The comment that goes with a change; undefined when there is nothing to say. */
export function commentOf(change: Change, style: Style): string | undefined {
  const text = newsOf(change, style)
  if (text === undefined) return undefined
  const mention = change.kind === 'reopen' && style.mention !== undefined ? `\n\ncc @${style.mention}` : ''
  return `${commentMarker(style.run)}\n${cut(text, MOST_BODY_BYTES - 1000, noteOf(style))}${mention}`
}

/** First line of a comment: by it a lost answer is told from a comment that was never made. */
export function commentMarker({ id, attempt }: RunSubject): string {
  return `<!-- neurodesk-ci-comment: run=${id} attempt=${attempt} -->`
}

function newsOf(change: Change, style: Style): string | undefined {
  const named = (names: readonly string[]): string => listed(names, style)
  switch (change.kind) {
    case 'open':
    case 'refresh':
      return undefined
    case 'close':
    case 'recover':
      return endOf(change, style)
    case 'reopen':
      return `${change.again ? 'It is back' : 'It was closed, and it is still there'}. ${detailsOf(change, style)}`
    case 'tell': {
      const lines = [
        ...(change.again ? ['It is back.'] : []),
        ...(change.joined.length > 0 ? [`New: ${named(change.joined)}.`] : []),
        ...(change.recovered.length > 0 ? [`Well again: ${named(change.recovered)}.`] : []),
        ...(change.dropped.length > 0 ? [`No longer checked: ${named(change.dropped)}.`] : []),
        ...(change.altered.length > 0 && change.subject === FLEET
          ? [`Changed: ${named(change.altered)}.`]
          : []),
        ...(change.altered.length > 0 && change.subject !== FLEET ? ['What is wrong has changed.'] : [])
      ]
      return `${lines.join(' ')}\n\n${detailsOf(change, style)}`
    }
  }
}

/** All is well, or nobody looks at it any more: which of the two makes a difference to who relies on it. */
function endOf({ known, recovered, dropped }: Change, style: Style): string {
  if (dropped.length > 0) {
    const well = recovered.length > 0 ? ` Well again: ${listed(recovered, style)}.` : ''
    const [is, are] = dropped.length === 1 ? ['is', 'it is'] : ['are', 'they are']
    return `No longer checked: ${listed(dropped, style)} ${is} not among what was looked at in ${linkTo(style)}. Whether ${are} well is not known.${well}`
  }
  const state = known?.state
  const lasted =
    state === undefined || state.seen === 0
      ? ''
      : ` after ${span(style.now - Date.parse(state.since))} and ${state.seen} bad ${state.seen === 1 ? 'run' : 'runs'}`
  return `Well again in ${linkTo(style)}${lasted}.`
}

function listed(names: readonly string[], style: Style): string {
  const shown = names.slice(0, MOST_ROWS).map((name) => code(style.scrub(name)))
  return shown.join(', ') + (names.length > MOST_ROWS ? ` and ${names.length - MOST_ROWS} more` : '')
}

/** Text from outside, for one line of Markdown. */
export function outside(text: string, { scrub }: Pick<Style, 'scrub'>): string {
  const clean = scrub(text)
  return escape(clean.length > MOST_CELL ? `${clean.slice(0, MOST_CELL)}…` : clean)
}

export function linkTo(style: Style): string {
  const { run } = style
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : ''
  return `[${outside(run.workflow, style)}, run ${run.id}${attempt}](${run.url}${run.attempt > 1 ? `/attempts/${run.attempt}` : ''})`
}

function noteOf({ run }: Style): string {
  return `Cut here: the whole report is among the artifacts of ${run.url}`
}

function namesOf(problems: readonly Problem[]): string {
  return problems.map(({ subject }) => subject).join(', ')
}

function dateOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

function isLink(url: string): boolean {
  return /^https?:\/\/[^\s()<>]+$/.test(url)
}
