/** The Markdown of the step summary. Pure. */
import { code, details, escape, list, span, table } from '../../../lib/markdown/index.ts'
import { isEmpty, type Changes } from './changes.ts'
import type { ContainerState } from './facts.ts'
import { worst, type ServerVerdict } from './judge.ts'
import type { Drift, PlannedContainer } from './plan.ts'
import type { FleetVerdict } from './verdict.ts'

export interface Result {
  readonly verdict: FleetVerdict
  readonly drift: Drift | undefined
  readonly changes: Changes | undefined
  readonly containers: readonly PlannedContainer[]
  readonly sampleSeed: string
  /** Catalogs that had to be downloaded, of the whole fleet. */
  readonly downloads: number
  readonly rounds: number
  readonly elapsedMs: number
}

export const STATES: readonly ContainerState[] = ['present', 'pending', 'missing', 'broken', 'unknown']

const MARK: Readonly<Record<ServerVerdict, string>> = {
  healthy: '✅',
  degraded: '⚠️',
  unhealthy: '❌',
  unknown: '❓'
}

export function toSummary(result: Result, headline: string, fqrn: string): string {
  const { verdict, drift, changes } = result
  const { newest } = verdict
  const seen =
    newest === undefined
      ? 'No revision could be verified.'
      : `The newest revision is ${newest.revision}${newest.published === undefined ? '' : `, published ${minute(newest.published)}`}.`
  return [
    `## CVMFS: ${escape(fqrn)}\n`,
    `${verdict.ok ? '✅' : verdict.unmeasured ? '❓' : '❌'} **${escape(headline)}**\n`,
    `${seen}\n`,
    serverTable(verdict),
    findingSection(verdict),
    missingSection(verdict, fqrn),
    driftSection(drift),
    changeSection(changes)
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function serverTable({ servers }: FleetVerdict): string {
  const headers = [
    'server',
    'verdict',
    'lag',
    'snapshot age',
    'whitelist',
    'present / pending / missing',
    'latency'
  ]
  const rows = servers.flatMap(({ required, blamed, addresses }) =>
    addresses.map(({ facts, subject, verdict, lagMs, snapshotAgeMs, whitelistLeftMs }) => [
      `${escape(subject)}${required ? ' (required)' : ''}${facts.server.stratum0 ? ' (stratum 0)' : ''}`,
      marked(blamed.length > 0 ? worst([verdict, 'unhealthy']) : verdict),
      lagMs === undefined ? '–' : lagMs === 0 ? 'none' : span(lagMs),
      snapshotAgeMs === undefined ? '–' : span(snapshotAgeMs),
      whitelistLeftMs === undefined ? '–' : whitelistLeftMs > 0 ? `${span(whitelistLeftMs)} left` : 'expired',
      containerCell(facts.containers),
      facts.latencyMs === undefined ? '–' : `${facts.latencyMs.median} ms, p95 ${facts.latencyMs.p95} ms`
    ])
  )
  return table(headers, rows)
}

function marked(verdict: ServerVerdict): string {
  return `${MARK[verdict]} ${verdict}`
}

/** `2026-01-31 17:10 UTC` */
function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** One line of the log for each server: who reads the log first needs no table. */
export function verdictLines({ servers }: FleetVerdict): readonly string[] {
  return servers.map(({ name, required, verdict, blamed, addresses }) => {
    const ids = new Set([...addresses.flatMap(({ findings }) => findings), ...blamed].map(({ id }) => id))
    const why = ids.size === 0 ? '' : `: ${[...ids].join(', ')}`
    return `${MARK[verdict]} ${name}${required ? ' (required)' : ''} is ${verdict}${why}`
  })
}

function containerCell(containers: ReadonlyMap<string, ContainerState>): string {
  if (containers.size === 0) return '–'
  const [present, pending, missing, broken, unknown] = STATES.map((state) => countOf(containers, state))
  const rest = [broken === 0 ? '' : `${broken} broken`, unknown === 0 ? '' : `${unknown} not measured`]
  return [`${present} / ${pending} / ${missing}`, ...rest.filter((text) => text !== '')].join(', ')
}

function findingSection({ findings }: FleetVerdict): string {
  if (findings.length === 0) return ''
  const lines = findings.map(
    ({ id, subject, severity, message, hint }) =>
      `**${severity}** ${escape(subject)}: ${prose(message)}${hint === undefined ? '' : ` ${prose(hint)}`} (${code(id)})`
  )
  return `### Findings\n\n${list(lines)}`
}

/** Text with its addresses as code: they are there to be copied, and `escape` keeps GitHub from linking them. */
function prose(text: string): string {
  return text
    .split(/(https?:\/\/[^\s,;]*[^\s,;.:)])/)
    .map((part, index) => (index % 2 === 1 ? code(part) : escape(part)))
    .join('')
}

function missingSection(verdict: FleetVerdict, fqrn: string): string {
  const missing = Object.entries(missingByServer(verdict, fqrn))
  if (missing.length === 0) return ''
  const parts = missing.map(([server, names]) => details(`${server}: ${names.length}`, list(names.map(code))))
  return `### Missing or broken containers\n\n${parts.join('\n')}`
}

export function driftSection(drift: Drift | undefined): string {
  if (drift === undefined || (drift.untested.length === 0 && drift.unconfigured.length === 0)) return ''
  const lines = [
    ...drift.untested.map((server) => `${code(server)}: given to users, not checked`),
    ...drift.unconfigured.map((server) => `${code(server)}: checked, not given to users`)
  ]
  return `### Drift between checked and configured servers\n\n${list(lines)}`
}

function changeSection(changes: Changes | undefined): string {
  if (changes === undefined) return ''
  const title = `### Since ${escape(changes.since)}\n\n`
  if (isEmpty(changes)) return `${title}Nothing has changed.\n`
  const { revision } = changes
  return (
    title +
    list([
      ...(revision === undefined ? [] : [`revision ${revision.from} → ${revision.to}`]),
      ...changes.servers.map(({ name, from, to }) => `${escape(name)}: ${escape(from)} → ${to}`),
      ...changes.added.map((name) => `${escape(name)}: new`),
      ...changes.removed.map((name) => `${escape(name)}: no longer checked`),
      ...changes.newFindings.map((finding) => `new: ${escape(finding)}`),
      ...changes.goneFindings.map((finding) => `gone: ${escape(finding)}`)
    ])
  )
}

/** Containers that users cannot have, by server; what no server can have stands under the repository's name. */
export function missingByServer({ servers, newest }: FleetVerdict, fqrn: string): Record<string, string[]> {
  const missing: Record<string, string[]> = {}
  const unpublished = [...(newest?.unpublished ?? [])].toSorted()
  if (unpublished.length > 0) missing[fqrn] = unpublished
  for (const { subject, facts } of servers.flatMap(({ addresses }) => addresses)) {
    const names = [...facts.containers]
      .filter(
        ([name, state]) => (state === 'missing' || state === 'broken') && !newest?.unpublished.has(name)
      )
      .map(([name]) => name)
    if (names.length > 0) missing[subject] = names.toSorted()
  }
  return missing
}

/** Containers of a server in one state. */
export function countOf(containers: ReadonlyMap<string, ContainerState>, wanted: ContainerState): number {
  let count = 0
  for (const state of containers.values()) if (state === wanted) count++
  return count
}
