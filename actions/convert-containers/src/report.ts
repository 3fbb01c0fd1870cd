/** From what happened to findings, figures and outputs. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Standing, State } from './availability.ts'
import { isLeft, type Carried } from './carry.ts'
import { isDark, lookedAt } from './looked.ts'
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
  const done = result.carried.filter((one) => !hasFailed(one) && !isLeft(one))
  const errors = findings.filter(({ severity }) => severity === 'error')
  const verdict =
    errors.length > 0 ? 'failed' : findings.some(({ severity }) => severity === 'unknown') ? 'unknown' : 'ok'
  const headline = headlineOf(result, absent.length, unknown.length, failed.length, left.length)
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

function headlineOf(result: Result, absent: number, unknown: number, failed: number, left: number): string {
  if (result.catalogue.broken && !result.limited)
    return 'The catalogue is no JSON: nothing can be said of its containers.'
  const parts = [subjectOf(result, absent, unknown)]
  const differ = result.available.filter(({ verdict }) => verdict === 'size-differs').length
  if (differ > 0) parts.push(`${differ} of them with different files`)
  if (absent > 0) parts.push(`${absent} are not`)
  if (unknown > 0) parts.push(`${unknown} could not be checked`)
  if (result.carried.length > 0)
    parts.push(`${result.carried.length - failed - left} brought there by this run`)
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

function baseUnknownFindings({ baseUnknown }: Result): Finding[] {
  if (baseUnknown === undefined) return []
  return [
    {
      id: 'base-unknown',
      subject: 'base-catalogue',
      severity: 'unknown',
      message: baseUnknown,
      hint: 'Run again when it can be read, or name another one.'
    }
  ]
}

function storeFindings({ views }: Result): Finding[] {
  return views.flatMap(({ store, listingError, silent, sightings }) => {
    if (silent !== undefined) {
      return [
        {
          id: 'store-silent',
          subject: store.name,
          severity: store.required ? ('unknown' as const) : ('warning' as const),
          message: `it gives no answers, and nothing is known of its ${sightings.size} containers: ${silent}`,
          hint: 'Look at the store and at the network, and run again when it answers.'
        }
      ]
    }
    if (listingError === undefined || store.remote === undefined) return []
    const seen =
      store.publicUrl === undefined ? 'nothing is known of it' : 'its public address was asked instead'
    return [
      {
        id: 'store-not-listed',
        subject: store.name,
        severity:
          store.publicUrl === undefined && store.required ? ('unknown' as const) : ('warning' as const),
        message: `it could not be listed, ${seen}: ${listingError}`,
        hint: 'Look at the remote in rclone’s configuration and at its credentials.'
      }
    ]
  })
}

const HINTS: Readonly<Record<State, string>> = {
  present: '',
  missing: 'Run the action with mode convert, or look why the last conversion failed.',
  pending: 'Run the action with mode convert: its bytes only have to be copied.',
  unreadable: 'Let everybody read the container of the segments as well (Swift: X-Container-Read .r:*).',
  damaged: 'Run the action with mode convert: it is replaced.',
  'size-differs': 'Compare their SHA-256 with the docker image, and delete the wrong one.',
  unknown: 'Nothing is known; run again when the store answers.'
}

const WITHHELD_HINT =
  'Grant everybody s3:ListBucket, so that the store says 404 of what is not there, or give it as an rclone remote with public-url=.'

function availabilityFindings({ available, catalogue, mode, plan, views }: Result): Finding[] {
  const dark = new Set(views.filter(isDark).map(({ store }) => store.name))
  const planned = new Set(mode === 'plan' ? plan?.jobs.map(({ container }) => container.id) : [])
  return available.flatMap(({ container, standings, verdict }) => {
    const required = standings.filter(({ store }) => store.required)
    const about = (state: State, severity: Finding['severity'], told: readonly Standing[]): Finding => ({
      id: `container-${state}`,
      subject: container.id,
      severity,
      message: told
        .map((own) => `${own.store.name}: ${own.state}${own.detail === '' ? '' : ` (${own.detail})`}`)
        .join('; '),
      hint: told.some(({ withheld }) => withheld === true) ? WITHHELD_HINT : HINTS[state],
      place: { file: catalogue.file, line: container.at.line, column: container.at.column }
    })
    // They differ whatever is the matter with the others.
    const differing = required.filter(({ state }) => state === 'size-differs')
    const differs = differing.length === 0 ? [] : [about('size-differs', 'error', differing)]
    if (verdict === 'present' || verdict === 'size-differs') return differs
    const unknown = required.filter(({ state }) => state === 'unknown')
    if (verdict === 'unknown' && unknown.every(({ store }) => dark.has(store.name))) return differs
    const severity = planned.has(container.id) ? 'notice' : verdict === 'unknown' ? 'unknown' : 'error'
    const rest = required.filter(({ state }) => state !== 'present' && state !== 'size-differs')
    return [about(verdict, severity, rest), ...differs]
  })
}

/** A store that is not required has another file than the required ones: nothing they have is in doubt by that. */
function otherFiles({ available, catalogue }: Result): Finding[] {
  return available.flatMap(({ container, standings }) => {
    // Where those differ among themselves, what the others have is told with it.
    if (standings.some(({ store, state }) => store.required && state === 'size-differs')) return []
    const others = standings.filter(({ store, state }) => !store.required && state === 'size-differs')
    if (others.length === 0) return []
    return [
      {
        id: 'container-optional-differs',
        subject: container.id,
        severity: 'warning' as const,
        message: others.map(({ store, detail }) => `${store.name}: ${detail}`).join('; '),
        hint: 'Compare the SHA-256, and copy the right file over the other.',
        place: { file: catalogue.file, line: container.at.line, column: container.at.column }
      }
    ]
  })
}

/** It is the same for every container: told once. */
function converterFindings({ carried }: Result): Finding[] {
  const lacking = carried.flatMap(({ failures }) => failures.filter(({ kind }) => kind === 'no-converter'))
  const [first] = lacking
  if (first === undefined) return []
  const containers = lacking.length === 1 ? '1 container' : `${lacking.length} containers`
  return [
    {
      id: 'converter-missing',
      subject: 'mksquashfs',
      severity: lacking.some(({ required }) => required) ? 'error' : 'warning',
      message: `${containers} could not be converted: ${first.message}`,
      hint: 'Install squashfs-tools in a step before; the stream needs 4.5 or newer.'
    }
  ]
}

const DAMAGED = {
  id: 'source-damaged',
  severity: 'warning',
  hint: 'Another source was taken. Look why bytes were lost there; a build in the cache may be deleted.'
} as const
const BLOCKED = {
  'no-image': 'image-missing',
  limited: 'registry-limit',
  unknown: 'image-unknown',
  held: 'convert-held'
} as const
const LIMITED_HINT = 'Log in to the registry, name a mirror first in `registries`, or run again later.'

function workFindings({ carried, plan, mode, rateLimits }: Result): Finding[] {
  const findings: Finding[] = carried.flatMap(({ id, failures }) =>
    failures
      .filter(({ kind }) => kind !== 'no-converter')
      .map(({ message, required, kind }) => ({
        id: kind === 'limited' ? 'registry-limit' : 'convert-failed',
        subject: id,
        severity: required ? ('error' as const) : ('warning' as const),
        message,
        ...(kind === 'limited' ? { hint: LIMITED_HINT } : {})
      }))
  )
  for (const { id, damaged } of carried) {
    findings.push(...damaged.map((message): Finding => ({ ...DAMAGED, subject: id, message })))
  }
  for (const { store, damaged, limit } of plan?.spared ?? []) {
    findings.push({
      id: 'damaged-too-many',
      subject: store.name,
      severity: store.required ? 'error' : 'warning',
      message: `${damaged} of its objects are damaged, and none was replaced: at most ${limit} are without \`max-replace\``,
      hint: 'Look at some of them. When they are damaged indeed, run again with `max-replace`.'
    })
  }
  if (mode === 'convert' || mode === 'all' || mode === 'plan') {
    for (const { container, kind, reason } of plan?.blocked ?? []) {
      // What is wrong with these is told by their state already.
      if (kind === 'differs' || kind === 'no-target') continue
      findings.push({
        id: BLOCKED[kind],
        subject: container.id,
        severity: kind === 'unknown' || kind === 'held' ? 'unknown' : 'error',
        message: kind === 'held' ? `not made anew, left for the next run: ${reason}` : reason,
        ...(kind === 'limited' ? { hint: LIMITED_HINT } : {}),
        ...(kind === 'no-image'
          ? { hint: 'Push the image, or correct its build date in the catalogue.' }
          : {})
      })
    }
  }
  for (const { assurance, id } of carried.flatMap((one) =>
    one.deliveries.map((own) => ({ ...own, id: one.id }))
  )) {
    if (assurance !== 'size only') continue
    findings.push({
      id: 'object-unverified',
      subject: id,
      severity: 'notice',
      message: 'only its size could be compared after the upload: the store tells no MD5'
    })
  }
  for (const { host, remaining, limit } of rateLimits) {
    if (remaining * 10 > limit) continue
    findings.push({
      id: 'registry-limit-near',
      subject: host,
      severity: 'warning',
      message: `${remaining} of ${limit} pulls are left`,
      hint: 'Log in to the registry, or name a mirror first in `registries`.'
    })
  }
  return findings
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
