/** The step summary. Pure. */
import type { Catalogue } from '../../../lib/catalogue/index.ts'
import { bytes, code, details, escape, span, table } from '../../../lib/markdown/index.ts'
import type { Finding, Severity } from '../../../lib/report/index.ts'
import type { Availability, StoreView, State } from './availability.ts'
import { isLeft, type Carried } from './carry.ts'
import type { Mode } from './inputs.ts'
import type { Job, Plan } from './plan.ts'
import type { Publication, Written } from './publish.ts'
import type { RateLimit } from './pulls.ts'
import type { Shard } from './shards.ts'

/** What a run has done and found. */
export interface Result {
  readonly mode: Mode
  readonly dryRun: boolean
  /** Only some containers were meant, by their names: somebody else answers for the catalogue. */
  readonly limited: boolean
  /** Only what differs from the catalogue as it was before was meant. */
  readonly changedOnly: boolean
  readonly catalogue: Catalogue
  readonly baseFindings: readonly Finding[]
  /** Why nobody knows what differs. */
  readonly baseUnknown: string | undefined
  readonly views: readonly StoreView[]
  /** At the end of the run. */
  readonly available: readonly Availability[]
  readonly plan: Plan | undefined
  readonly shards: readonly Shard[]
  readonly carried: readonly Carried[]
  /** What of ended runs could not be removed. */
  readonly leftovers?: readonly Finding[]
  readonly publication: Publication | undefined
  readonly written: Written | undefined
  /** Repositories that are to be told of new lists. */
  readonly dispatchTo: readonly string[]
  readonly rateLimits: readonly RateLimit[]
  /** What the builds have taken of them. */
  readonly pullsTaken: number
  readonly lookMs: number
  /** Seconds from the commit of the catalogue until all of it was published. */
  readonly lagSeconds: number | undefined
}

const MAX_ROWS = 200

/** Totals first, then what was done, then what is missing where. */
export function summaryOf(result: Result, headline: string, findings: readonly Finding[]): string {
  const parts = [`## Containers\n\n${escape(headline)}\n`]
  if (result.dryRun) parts.push('_Dry run: nothing was changed._\n')
  if (findings.length > 0) parts.push(`### Findings\n\n${findingsTable(findings)}`)
  if (result.available.length > 0) parts.push(storeTable(result))
  const away = result.available.filter(({ verdict }) => verdict !== 'present')
  if (away.length > 0) parts.push(details(`Not available (${away.length})`, awayTable(away)))
  if (result.carried.length > 0) {
    const moved = result.carried.reduce((sum, { movedBytes }) => sum + movedBytes, 0)
    parts.push(`### Done\n\n${carriedTable(result.carried)}\n${bytes(moved)} moved over the network.\n`)
  }
  const jobs = result.plan?.jobs ?? []
  if (jobs.length > 0 && result.carried.length === 0) {
    parts.push(details(`Plan: ${jobs.length} containers, about ${bytes(total(jobs))}`, planTable(jobs)))
  }
  if (result.shards.length > 1)
    parts.push(details(`Jobs (${result.shards.length})`, shardTable(result.shards)))
  if (result.publication !== undefined) parts.push(publicationText(result))
  if (result.lagSeconds !== undefined) {
    parts.push(
      `From the commit of the catalogue until all of it was published: ${span(result.lagSeconds * 1000)}.\n`
    )
  }
  return parts.join('\n')
}

const SEVERITIES: readonly Severity[] = ['error', 'unknown', 'warning', 'notice']

/** The worst first. */
function findingsTable(findings: readonly Finding[]): string {
  const sorted = findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  const rows = sorted.map(({ severity, subject, place, message, hint, id }) => [
    severity,
    escape(place?.line === undefined ? subject : `${place.file}:${place.line}`),
    escape(message),
    escape(hint ?? ''),
    code(id)
  ])
  return table(['', 'Where', 'What', 'What to do', ''], rows.slice(0, MAX_ROWS)) + rest(rows.length)
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

/** Containers of which the same is true stand together: a store that is down is one row, not four hundred. */
function awayTable(away: readonly Availability[]): string {
  const groups = new Map<string, string[]>()
  for (const { container, standings } of away) {
    const where = standings
      .filter(({ state }) => state !== 'present')
      .map(({ store, state, detail }) =>
        escape(`${store.name}: ${state}${detail === '' ? '' : `, ${detail}`}`)
      )
      .join('<br>')
    groups.set(where, [...(groups.get(where) ?? []), container.id])
  }
  const rows = [...groups].map(([where, names]) => [namesOf(names), where])
  return table(['Containers', 'Where'], rows.slice(0, MAX_ROWS)) + rest(rows.length)
}

/** Names that are shown of a group. */
const MAX_NAMES = 20

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map(code)
  const more = names.length > MAX_NAMES ? [`and ${names.length - MAX_NAMES} more, in the report`] : []
  return [...shown, ...more].join('<br>')
}

function carriedTable(carried: readonly Carried[]): string {
  const rows = carried.map((one) => [
    code(one.id),
    one.failures.length > 0
      ? `**${isLeft(one) ? 'left for the next run' : 'failed'}**: ${escape(one.failures.map(({ message }) => message).join('; '))}`
      : one.from,
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
