/** From what happened to findings, outputs and the summary. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Catalogue } from '../../../lib/catalogue/index.ts'
import { bytes, code, details, escape, span, table } from '../../../lib/markdown/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Availability, StoreView, State } from './availability.ts'
import type { Carried } from './carry.ts'
import type { RateLimit } from './images.ts'
import type { Mode } from './inputs.ts'
import type { Job, Plan } from './plan.ts'
import type { Publication, Written } from './publish.ts'
import type { Shard } from './shards.ts'

export interface Result {
  readonly mode: Mode
  readonly dryRun: boolean
  /** Only some containers were meant. */
  readonly limited: boolean
  readonly catalogue: Catalogue
  readonly baseFindings: readonly Finding[]
  readonly views: readonly StoreView[]
  /** At the end of the run. */
  readonly available: readonly Availability[]
  readonly plan: Plan | undefined
  readonly shards: readonly Shard[]
  readonly carried: readonly Carried[]
  readonly publication: Publication | undefined
  readonly written: Written | undefined
  readonly rateLimits: readonly RateLimit[]
  readonly lookMs: number
  /** Seconds from the commit of the catalogue to the end of this run. */
  readonly lagSeconds: number | undefined
}

const MAX_ROWS = 200

export function report(result: Result): Outcome {
  const findings = [
    // A job of a matrix answers for its own containers; the job that publishes answers for the catalogue.
    ...(result.limited ? [] : result.catalogue.findings),
    ...result.baseFindings,
    ...storeFindings(result),
    ...availabilityFindings(result),
    ...workFindings(result),
    ...(result.publication?.findings ?? [])
  ]
  const absent = result.available.filter(
    ({ verdict }) => !['present', 'unknown', 'size-differs'].includes(verdict)
  )
  const unknown = result.available.filter(({ verdict }) => verdict === 'unknown')
  const failed = result.carried.filter(({ failures }) => failures.length > 0)
  const done = result.carried.filter(({ failures }) => failures.length === 0)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const verdict =
    errors.length > 0 ? 'failed' : findings.some(({ severity }) => severity === 'unknown') ? 'unknown' : 'ok'
  const headline = headlineOf(result, absent.length, unknown.length, failed.length)
  const outcome: Outcome = {
    verdict,
    headline,
    findings,
    figures: figuresOf(result, absent.length, unknown.length, done, failed),
    details: detailsOf(result),
    outputs: {
      missing: JSON.stringify(absent.map(({ container }) => container.id)),
      unknown: JSON.stringify(unknown.map(({ container }) => container.id)),
      converted: JSON.stringify(done.map(({ id }) => id)),
      failed: JSON.stringify(failed.map(({ id }) => id)),
      matrix: JSON.stringify({ include: result.shards }),
      'has-work': String((result.plan?.jobs.length ?? 0) > 0),
      'log-changed': String((result.written?.changed.length ?? 0) > 0)
    },
    summary: summaryOf(result, headline)
  }
  // A plan is what the next jobs work by: it must not stop them for the one entry that cannot be helped.
  const tells = result.mode === 'plan' || verdict === 'ok'
  return tells ? outcome : { ...outcome, failure: failureOf(headline, findings) }
}

function headlineOf(result: Result, absent: number, unknown: number, failed: number): string {
  const total = result.available.length
  const parts = [`${total - absent - unknown} of ${total} containers are in every required store`]
  if (absent > 0) parts.push(`${absent} are not`)
  if (unknown > 0) parts.push(`${unknown} could not be checked`)
  if (result.carried.length > 0) parts.push(`${result.carried.length - failed} brought there by this run`)
  if (failed > 0) parts.push(`${failed} failed`)
  if (result.catalogue.refused.length > 0 && !result.limited)
    parts.push(`${result.catalogue.refused.length} entries refused`)
  return `${parts.join(', ')}.`
}

function failureOf(headline: string, findings: readonly Finding[]): string {
  const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  const first = bad.slice(0, 5).map(({ subject, message }) => `${subject}: ${message}`)
  const more = bad.length > 5 ? [`and ${bad.length - 5} more, see the summary`] : []
  return [headline, ...first, ...more].join('\n')
}

function storeFindings({ views }: Result): Finding[] {
  return views.flatMap(({ store, listingError }) => {
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

function availabilityFindings({ available, catalogue, mode, plan }: Result): Finding[] {
  const planned = new Set(mode === 'plan' ? plan?.jobs.map(({ container }) => container.id) : [])
  return available.flatMap(({ container, standings, verdict }) => {
    if (verdict === 'present') return []
    const stores = standings
      .filter(({ state, store }) => store.required && state !== 'present')
      .map(({ store, state, detail }) => `${store.name}: ${state}${detail === '' ? '' : ` (${detail})`}`)
    return [
      {
        id: `container-${verdict}`,
        subject: container.id,
        severity: planned.has(container.id)
          ? ('notice' as const)
          : verdict === 'unknown'
            ? ('unknown' as const)
            : ('error' as const),
        message: stores.join('; '),
        hint: HINTS[verdict],
        place: { file: catalogue.file, line: container.at.line, column: container.at.column }
      }
    ]
  })
}

function workFindings({ carried, plan, mode, rateLimits }: Result): Finding[] {
  const findings: Finding[] = carried.flatMap(({ id, failures }) =>
    failures.map((message) => ({ id: 'convert-failed', subject: id, severity: 'error' as const, message }))
  )
  if (mode === 'convert' || mode === 'all' || mode === 'plan') {
    for (const { container, kind, reason } of plan?.blocked ?? []) {
      // What is wrong with these is told by their state already.
      if (kind === 'differs' || kind === 'no-target') continue
      findings.push({
        id: kind === 'no-image' ? 'image-missing' : 'image-unknown',
        subject: container.id,
        severity: kind === 'no-image' ? 'error' : 'unknown',
        message: reason,
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

function summaryOf(result: Result, headline: string): string {
  const parts = [`## Containers\n\n${escape(headline)}\n`]
  if (result.dryRun) parts.push('_Dry run: nothing was changed._\n')
  parts.push(storeTable(result))
  const away = result.available.filter(({ verdict }) => verdict !== 'present')
  if (away.length > 0) parts.push(details(`Not available (${away.length})`, awayTable(away)))
  if (result.carried.length > 0) parts.push(`### Done\n\n${carriedTable(result.carried)}`)
  const jobs = result.plan?.jobs ?? []
  if (jobs.length > 0 && result.carried.length === 0) {
    parts.push(details(`Plan: ${jobs.length} containers, about ${bytes(total(jobs))}`, planTable(jobs)))
  }
  if (result.shards.length > 1)
    parts.push(details(`Jobs (${result.shards.length})`, shardTable(result.shards)))
  if (result.publication !== undefined) parts.push(publicationText(result))
  if (result.lagSeconds !== undefined) {
    parts.push(
      `From the commit of the catalogue to the end of this run: ${span(result.lagSeconds * 1000)}.\n`
    )
  }
  return parts.join('\n')
}

function storeTable({ views, available }: Result): string {
  const states: readonly State[] = [
    'present',
    'pending',
    'missing',
    'unreadable',
    'damaged',
    'size-differs',
    'unknown'
  ]
  const rows = views.map(({ store }) => {
    const own = available.flatMap(({ standings }) =>
      standings.filter((standing) => standing.store.name === store.name)
    )
    const counts = states.map((state) => String(own.filter((standing) => standing.state === state).length))
    return [`${escape(store.name)}${store.required ? ' (required)' : ''}`, ...counts]
  })
  return table(['Store', ...states], rows)
}

function awayTable(away: readonly Availability[]): string {
  const rows = away.slice(0, MAX_ROWS).map(({ container, standings }) => [
    code(container.id),
    standings
      .filter(({ state }) => state !== 'present')
      .map(({ store, state, detail }) =>
        escape(`${store.name}: ${state}${detail === '' ? '' : `, ${detail}`}`)
      )
      .join('<br>')
  ])
  return table(['Container', 'Where'], rows) + rest(away.length)
}

function carriedTable(carried: readonly Carried[]): string {
  const rows = carried.map((one) => [
    code(one.id),
    one.failures.length > 0 ? `**failed**: ${escape(one.failures.join('; '))}` : one.from,
    bytes(one.bytes),
    span(one.ms),
    one.deliveries
      .map(({ store, assurance, readable }) =>
        escape(`${store} (${assurance}${readable === true ? ', public' : ''})`)
      )
      .join('<br>'),
    one.image === undefined ? '' : code(one.image.slice(0, 19)),
    one.sha256 === undefined ? '' : code(one.sha256.slice(0, 12))
  ])
  return table(['Container', 'How', 'Size', 'Time', 'Stores', 'Image', 'SHA-256'], rows)
}

function planTable(jobs: readonly Job[]): string {
  const rows = jobs
    .slice(0, MAX_ROWS)
    .map(({ container, inside, upload, source, bytes: size }) => [
      code(container.id),
      [...inside.map(({ store }) => `copied within ${store.name}`), ...upload.map(({ name }) => `to ${name}`)]
        .map(escape)
        .join('<br>'),
      escape(source === undefined ? '' : source.kind === 'store' ? `from ${source.store.name}` : source.kind),
      bytes(size)
    ])
  return table(['Container', 'Stores', 'Bytes from', 'About'], rows) + rest(jobs.length)
}

function shardTable(shards: readonly Shard[]): string {
  return table(
    ['Job', 'Containers', 'About', 'Architecture', 'Runner'],
    shards.map((shard) => [
      shard.shard,
      String(shard.names.length),
      bytes(shard.bytes),
      shard.arch,
      shard.runner
    ])
  )
}

function publicationText({ publication, written }: Result): string {
  if (publication === undefined) return ''
  const lines = [`log.txt and applist.json list ${publication.listed.length} containers.`]
  if (publication.refused) lines.push('They were **not** written, see the findings.')
  else if (written !== undefined) {
    lines.push(
      written.changed.length === 0 ? 'Nothing changed.' : `Changed: ${written.changed.map(code).join(', ')}.`
    )
    if (written.commit !== undefined) lines.push(`Committed as ${code(written.commit.slice(0, 12))}.`)
    if (written.dispatched.length > 0) lines.push(`Told: ${written.dispatched.map(code).join(', ')}.`)
  }
  return `### Published\n\n${lines.join(' ')}\n`
}

function rest(count: number): string {
  return count > MAX_ROWS ? `\nAnd ${count - MAX_ROWS} more, in the report.\n` : ''
}

function total(jobs: readonly Job[]): number {
  return jobs.reduce((sum, { bytes: size }) => sum + size, 0)
}
