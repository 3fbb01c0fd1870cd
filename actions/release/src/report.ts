/** Outputs, findings and figures. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Check } from './gates/check.ts'
import { lookedAt } from './looked.ts'
import { idsOf } from './notes/render.ts'
import type { Result } from './result.ts'
import { summaryOf } from './summary.ts'

export function toOutcome(result: Result): Outcome {
  const { subject, checks, changes, merged, steps } = result
  const bad = checks.filter((check) => check.state !== 'ok')
  const findings: Finding[] = [...bad.map(toFinding), ...result.findings]
  const errors = result.findings.filter(
    (finding) => finding.severity === 'error' || finding.severity === 'unknown'
  )
  const headline = headlineOf(result, bad.length, errors.length)
  const isFine = bad.length === 0 && errors.length === 0
  const isUnknown =
    !isFine &&
    bad.every((check) => check.state === 'unknown') &&
    errors.every((finding) => finding.severity === 'unknown')
  const reasons = [...bad, ...errors].map((one) => `${one.subject}: ${one.message}`)
  return {
    verdict: isFine ? 'ok' : isUnknown ? 'unknown' : 'failed',
    headline,
    findings,
    ...lookedAt(result),
    figures: {
      'commit-count': changes.commitCount,
      'pull-request-count': changes.pullCount,
      'note-count': idsOf(changes.notes).length - changes.notes.folded.flatMap((line) => line.ids).length,
      'folded-count': changes.notes.folded.length,
      'added-count': merged.added,
      'uploaded-asset-count': steps.assetCount ?? 0,
      ...(changes.containers === undefined
        ? {}
        : {
            'new-tool-count': changes.containers.added,
            'updated-tool-count': changes.containers.updated,
            'removed-tool-count': changes.containers.removed
          })
    },
    outputs: {
      version: subject.version,
      tag: subject.version,
      'release-url': steps.release?.url ?? '',
      'release-id': steps.release === undefined ? '' : String(steps.release.id),
      'pull-request-url': steps.website?.pull?.url ?? '',
      notes: result.notesPath,
      announcement: steps.announcement ?? '',
      announced: String(steps.announced?.announced ?? false)
    },
    summary: summaryOf(result, headline),
    ...(isFine ? {} : { failure: [headline, ...reasons].join('\n') })
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

function headlineOf({ subject, checks, inputs, plan, steps }: Result, bad: number, errors: number): string {
  const { version } = subject
  if (bad > 0)
    return `${version} cannot be released: ${bad} of ${checks.length} conditions ${bad === 1 ? 'is' : 'are'} not met.`
  if (steps.failed !== undefined) return `${version} is not complete: ${steps.failed} failed.`
  if (errors > 0)
    return `${version} is not complete: ${errors === 1 ? 'one thing needs' : `${errors} things need`} a person.`
  if (inputs.dryRun) return `${version}: nothing was written (dry run).`
  if (plan.isPublished) return `${version} was published by an earlier run.`
  if (steps.release?.isDraft === false) return `${version} is published.`
  return `${version}: the draft release is ${plan.existing === undefined ? 'made' : 'up to date'}.`
}
