/** From what happened to findings, figures and outputs. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { isLeft, type Carried } from './carry.ts'
import { converterFindings, workFindings } from './done.ts'
import { lookedAt } from './looked.ts'
import { availabilityFindings, baseUnknownFindings, otherFiles, storeFindings } from './seen.ts'
import { summaryOf, type Result } from './summary.ts'

export function report(result: Result): Outcome {
  const before = [
    ...converterFindings(result),
    // A job of a matrix answers for its own containers; the job that publishes answers for the catalogue.
    ...(result.limited ? [] : result.catalogue.findings),
    ...result.baseFindings,
    ...baseUnknownFindings(result),
    ...storeFindings(result)
  ]
  const after = [
    ...workFindings(result),
    ...(result.leftovers ?? []),
    ...(result.publication?.findings ?? []),
    ...(result.written?.findings ?? [])
  ]
  const findings = [...before, ...availabilityFindings(result), ...otherFiles(result), ...after]
  const absent = result.available.filter(
    ({ verdict }) => !['present', 'unknown', 'size-differs'].includes(verdict)
  )
  const unknown = result.available.filter(({ verdict }) => verdict === 'unknown')
  const failed = result.carried.filter(hasFailed)
  const left = result.carried.filter(isLeft)
  // Another run may have brought it: then there is nothing that this one has delivered.
  const done = result.carried.filter((one) => !hasFailed(one) && !isLeft(one) && one.deliveries.length > 0)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const verdict =
    errors.length > 0 ? 'failed' : findings.some(({ severity }) => severity === 'unknown') ? 'unknown' : 'ok'
  const headline = headlineOf(result, absent.length, unknown.length, failed.length, left.length, done.length)
  const outcome: Outcome = {
    verdict,
    headline,
    findings,
    ...lookedAt(result),
    figures: figuresOf(result, absent.length, unknown.length, done, failed),
    details: detailsOf(result),
    outputs: {
      verdict,
      missing: JSON.stringify(absent.map(({ container }) => container.id)),
      unknown: JSON.stringify(unknown.map(({ container }) => container.id)),
      converted: JSON.stringify(done.map(({ id }) => id)),
      failed: JSON.stringify(failed.map(({ id }) => id)),
      matrix: JSON.stringify({ include: result.shards }),
      'has-work': String((result.plan?.jobs.length ?? 0) > 0),
      'log-changed': String((result.written?.changed.length ?? 0) > 0)
    },
    // What is not available has a table of its own.
    summary: summaryOf(result, headline, [...before, ...after])
  }
  // A plan is what the next jobs work by: it must not stop them for the one entry that cannot be helped.
  const tells = result.mode === 'plan' || verdict === 'ok'
  return tells ? outcome : { ...outcome, failure: failureOf(headline, findings) }
}

/** A store that is not required does not fail the job. */
function hasFailed({ failures }: Carried): boolean {
  return failures.some(({ required, kind }) => required && kind !== 'limited')
}

function headlineOf(
  result: Result,
  absent: number,
  unknown: number,
  failed: number,
  left: number,
  done: number
): string {
  if (result.catalogue.broken && !result.limited)
    return 'The catalogue is no JSON: nothing can be said of its containers.'
  const parts = [subjectOf(result, absent, unknown)]
  const differ = result.available.filter(({ verdict }) => verdict === 'size-differs').length
  if (differ > 0) parts.push(`${differ} of them with different files`)
  if (absent > 0) parts.push(`${absent} are not`)
  if (unknown > 0) parts.push(`${unknown} could not be checked`)
  if (result.carried.length > 0) parts.push(`${done} brought there by this run`)
  if (failed > 0) parts.push(`${failed} failed`)
  if (left > 0) parts.push(`${left} left for the next run`)
  if (result.catalogue.refused.length > 0 && !result.limited)
    parts.push(`${result.catalogue.refused.length} entries refused`)
  return `${parts.join(', ')}.`
}

function subjectOf({ available, changedOnly, baseUnknown }: Result, absent: number, unknown: number): string {
  if (baseUnknown !== undefined)
    return 'What is new or changed is not known: the catalogue as it was before could not be read'
  const total = available.length
  if (changedOnly && total === 0) return 'No container is new or changed; the catalogue itself was validated'
  const what = changedOnly ? 'new or changed containers' : 'containers'
  return `${total - absent - unknown} of ${total} ${what} are in every required store`
}

function failureOf(headline: string, findings: readonly Finding[]): string {
  const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  const first = bad.slice(0, 5).map(({ subject, message }) => `${subject}: ${message}`)
  const more = bad.length > 5 ? [`and ${bad.length - 5} more, see the summary`] : []
  return [headline, ...first, ...more].join('\n')
}

function figuresOf(
  result: Result,
  absent: number,
  unknown: number,
  done: readonly Carried[],
  failed: readonly Carried[]
): Record<string, number> {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return {
    'container-count': result.available.length,
    'missing-count': absent,
    'unknown-count': unknown,
    'refused-count': result.catalogue.refused.length,
    'planned-count': result.plan?.jobs.length ?? 0,
    'planned-pull-count': sum((result.plan?.jobs ?? []).map(({ pulls }) => pulls)),
    'pull-count': result.pullsTaken,
    'planned-bytes': sum((result.plan?.jobs ?? []).map((job) => job.bytes)),
    'converted-count': done.length,
    'failed-count': failed.length,
    'moved-bytes': sum(result.carried.map(({ movedBytes }) => movedBytes)),
    'look-ms': Math.round(result.lookMs),
    ...(result.lagSeconds === undefined ? {} : { 'availability-lag-seconds': Math.round(result.lagSeconds) })
  }
}

function detailsOf(result: Result): Record<string, unknown> {
  return {
    stores: result.views.map(({ store, listingError }) => ({
      name: store.name,
      required: store.required,
      ...(listingError === undefined ? {} : { listingError })
    })),
    containers: result.available
      .filter(({ standings }) => standings.some(({ state }) => state !== 'present'))
      .map(({ container, standings, verdict }) => ({
        name: container.id,
        verdict,
        stores: Object.fromEntries(
          standings.map(({ store, state, bytes: size, detail }) => [
            store.name,
            { state, bytes: size, detail }
          ])
        )
      })),
    carried: result.carried
  }
}
