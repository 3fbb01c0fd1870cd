/** Outputs, findings and the step summary. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Release } from '../../../lib/github/index.ts'
import { code, details, escape, table } from '../../../lib/markdown/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Inputs } from './inputs.ts'
import type { Merged } from './notes/marked.ts'
import { idsOf, type Notes } from './notes/render.ts'
import type { Check, ReleasePlan } from './plan.ts'
import type { Subject } from './run.ts'

export interface Result {
  readonly inputs: Inputs
  readonly repository: string
  readonly subject: Subject
  readonly plan: ReleasePlan
  readonly checks: readonly Check[]
  readonly findings: readonly Finding[]
  readonly notes: Notes
  readonly merged: Merged
  readonly commitCount: number
  /** undefined when nothing was written. */
  readonly release: Release | undefined
  readonly notesPath: string
  readonly isBlocked: boolean
}

export function toOutcome(result: Result): Outcome {
  const { subject, checks, release } = result
  const bad = checks.filter((check) => check.state !== 'ok')
  const findings: Finding[] = [...bad.map(toFinding), ...result.findings]
  const headline = headlineOf(result)
  const isUnknown = bad.length > 0 && bad.every((check) => check.state === 'unknown')
  return {
    verdict: bad.length === 0 ? 'ok' : isUnknown ? 'unknown' : 'failed',
    headline,
    findings,
    figures: {
      'commit-count': result.commitCount,
      'note-count': idsOf(result.notes).length,
      'folded-count': result.notes.folded.length,
      'added-count': result.merged.added
    },
    outputs: {
      version: subject.version,
      tag: subject.version,
      'release-url': release?.url ?? '',
      'release-id': release === undefined ? '' : String(release.id),
      notes: result.notesPath
    },
    summary: summaryOf(result, headline),
    ...(bad.length === 0
      ? {}
      : { failure: `${headline}\n${bad.map((check) => `${check.subject}: ${check.message}`).join('\n')}` })
  }
}

function toFinding(check: Check): Finding {
  return {
    id: check.id,
    subject: check.subject,
    severity: check.state === 'unknown' ? 'unknown' : 'error',
    message: check.message,
    ...(check.hint === undefined ? {} : { hint: check.hint })
  }
}

function headlineOf({ subject, checks, inputs, release, plan }: Result): string {
  const bad = checks.filter((check) => check.state !== 'ok').length
  if (bad > 0)
    return `${subject.version} cannot be released: ${bad} of ${checks.length} conditions ${bad === 1 ? 'is' : 'are'} not met.`
  if (inputs.dryRun) return `${subject.version}: nothing was written (dry run).`
  if (plan.isPublished) return `${subject.version} was published already.`
  if (release?.isDraft === false) return `${subject.version} is published.`
  return `${subject.version}: the draft release is ${plan.existing === undefined ? 'made' : 'up to date'}.`
}

function summaryOf(result: Result, headline: string): string {
  const { subject, checks, merged, release } = result
  const rows = checks.map((check) => [
    check.state === 'ok' ? '✅' : check.state === 'unknown' ? '❔' : '❌',
    escape(check.message),
    escape(check.hint ?? '')
  ])
  const facts: [string, string][] = [
    ['Repository', code(result.repository)],
    ['Commit', code(subject.sha)],
    ['Since', subject.previous === undefined ? 'no earlier release' : code(subject.previous.name)],
    ['Commits', String(result.commitCount)]
  ]
  if (release !== undefined) facts.push([release.isDraft ? 'Draft' : 'Release', release.url])
  const parts = [
    `## Release ${escape(subject.version)}`,
    headline,
    table(['', ''], facts),
    table(['', 'Condition', 'What to do'], rows)
  ]
  if (result.findings.length > 0)
    parts.push(
      table(
        ['', 'Finding', 'What to do'],
        result.findings.map((one) => ['⚠️', escape(one.message), escape(one.hint ?? '')])
      )
    )
  if (merged.kept)
    parts.push(
      `Hand edits of the draft were kept${merged.added > 0 ? `; ${merged.added} new lines were added` : ''}.`
    )
  parts.push(details('Notes as they will be read', merged.notes))
  return `${parts.join('\n\n')}\n`
}
