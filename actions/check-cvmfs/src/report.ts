/** From the verdict to outputs, summary and report. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import { code, details, escape, list, span, table } from '../../../lib/markdown/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { isEmpty, type Changes } from './changes.ts'
import type { ContainerState } from './facts.ts'
import type { Inputs } from './inputs.ts'
import type { Judged, ServerVerdict } from './judge.ts'
import type { Drift, PlannedContainer, PlannedServer } from './plan.ts'
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

export function toOutcome(result: Result, inputs: Pick<Inputs, 'failOn' | 'fqrn'>): Outcome {
  const { verdict } = result
  const headline = verdict.ok
    ? `A deployment may go ahead: ${verdict.because}.`
    : `A deployment must wait: ${verdict.because}.`
  const named = (...wanted: ServerVerdict[]): string =>
    JSON.stringify(
      verdict.servers.filter((server) => wanted.includes(server.verdict)).map(({ name }) => name)
    )
  const serious = verdict.findings.filter(({ severity }) => severity !== 'notice')
  const fails =
    inputs.failOn === 'none' ? false : !verdict.ok || (inputs.failOn === 'any' && serious.length > 0)
  const findings = `${serious.length} ${serious.length === 1 ? 'finding' : 'findings'}`
  return {
    verdict: verdict.ok ? 'ok' : verdict.unmeasured ? 'unknown' : 'failed',
    headline,
    findings: verdict.findings,
    figures: figuresOf(result),
    details: detailsOf(result, inputs.fqrn),
    outputs: {
      healthy: named('healthy'),
      degraded: named('degraded'),
      unhealthy: named('unhealthy'),
      unknown: named('unknown'),
      'finding-count': String(verdict.findings.length),
      missing: JSON.stringify(missingByServer(verdict, inputs.fqrn)),
      revision: verdict.newest === undefined ? '' : String(verdict.newest.revision)
    },
    summary: toSummary(result, headline, inputs.fqrn),
    ...(fails
      ? { failure: verdict.ok ? `${headline} There are ${findings}, and \`fail-on\` is \`any\`.` : headline }
      : {})
  }
}

/** Says what would be asked, and asks nothing. */
export function toDryRun(
  servers: readonly PlannedServer[],
  containers: readonly PlannedContainer[],
  drift: Drift | undefined,
  findings: readonly Finding[],
  inputs: Pick<Inputs, 'fqrn' | 'requiredFiles' | 'sampleObjects'>
): Outcome {
  const headline = `Dry run: ${servers.length} servers would be checked for ${containers.length} containers. Nothing was asked.`
  const rows = servers.map((server) => [
    escape(server.name),
    code(server.base),
    escape(server.owner ?? ''),
    [
      server.required ? 'required' : '',
      server.stratum0 ? 'stratum 0' : '',
      server.cdn ? 'CDN' : '',
      server.allAddresses ? 'all addresses' : ''
    ]
      .filter((word) => word !== '')
      .join(', ')
  ])
  return {
    verdict: 'unknown',
    headline,
    findings,
    figures: { 'server-count': servers.length, 'container-count': containers.length },
    details: { servers, containers: containers.map(({ name }) => name), drift: drift ?? null },
    outputs: {
      healthy: '[]',
      degraded: '[]',
      unhealthy: '[]',
      unknown: JSON.stringify(servers.map(({ name }) => name)),
      'finding-count': String(findings.length),
      missing: '{}',
      revision: ''
    },
    summary: [
      `## CVMFS: ${escape(inputs.fqrn)}\n`,
      `**${escape(headline)}**\n`,
      table(['server', 'address', 'owner', ''], rows),
      `${containers.length} containers, ${inputs.requiredFiles.length} required files, ${inputs.sampleObjects} sampled objects per server.`,
      driftSection(drift)
    ].join('\n')
  }
}

/** Containers that users cannot have, by server; what no server can have stands under the repository's name. */
function missingByServer({ servers, newest }: FleetVerdict, fqrn: string): Record<string, string[]> {
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

function figuresOf({ verdict, containers, downloads, rounds, elapsedMs }: Result): Record<string, number> {
  const judged = verdict.servers.flatMap(({ addresses }) => addresses)
  const sum = (of: (one: Judged) => number): number => judged.reduce((total, one) => total + of(one), 0)
  const lags = judged.map(({ lagMs }) => lagMs).filter((lag) => lag !== undefined)
  return {
    'server-count': verdict.servers.length,
    'container-count': containers.length,
    ...(verdict.newest === undefined ? {} : { revision: verdict.newest.revision }),
    ...(lags.length === 0 ? {} : { 'max-lag-ms': Math.max(...lags) }),
    'request-count': sum(({ facts }) => facts.requests),
    'received-bytes': sum(({ facts }) => facts.bytes),
    'catalog-download-count': downloads,
    'sampled-object-count': sum(({ facts }) => facts.sampled),
    'round-count': rounds,
    'elapsed-ms': elapsedMs
  }
}

function detailsOf({ verdict, drift, changes, sampleSeed }: Result, fqrn: string): Record<string, unknown> {
  return {
    fqrn,
    because: verdict.because,
    newest:
      verdict.newest === undefined
        ? null
        : { revision: verdict.newest.revision, published: iso(verdict.newest.published) },
    unpublished: [...(verdict.newest?.unpublished ?? [])].toSorted(),
    drift: drift ?? null,
    changes: changes ?? null,
    sampleSeed,
    servers: verdict.servers.map(({ name, required, verdict: own, addresses }) => ({
      name,
      required,
      verdict: own,
      addresses: addresses.map(addressDetails)
    }))
  }
}

function addressDetails({
  facts,
  verdict,
  lagMs,
  snapshotAgeMs,
  whitelistLeftMs
}: Judged): Record<string, unknown> {
  const { identity, snapshot, server, info } = facts
  return {
    url: server.base,
    address: facts.address ?? null,
    owner: server.owner ?? null,
    verdict,
    revision: identity.manifest?.revision ?? null,
    published: iso(identity.manifest?.published),
    verified: identity.trusted,
    freshRevision: facts.fresh?.revision ?? null,
    lagMs: lagMs ?? null,
    lastSnapshot: iso(snapshot.last),
    snapshotAgeMs: snapshotAgeMs ?? null,
    whitelistExpires: iso(identity.whitelist?.expires),
    whitelistExpiresForClients: iso(identity.whitelist?.expiresForClients),
    whitelistLeftMs: whitelistLeftMs ?? null,
    containers: Object.fromEntries(STATES.map((state) => [state, countOf(facts.containers, state)])),
    missing: namesOf(facts.containers, 'missing'),
    pending: namesOf(facts.containers, 'pending'),
    broken: namesOf(facts.containers, 'broken'),
    notMeasured: namesOf(facts.containers, 'unknown'),
    troubles: facts.troubles.map(({ state, what, containers }) => ({
      what,
      url: state.url,
      problem: state.state === 'bad' ? state.damage : state.reason,
      onlyCached: state.state === 'bad' && state.onlyCached,
      containers
    })),
    requiredFiles: facts.required,
    sampled: facts.sampled,
    latencyMs: facts.latencyMs ?? null,
    clockSkewMs: facts.skewMs ?? null,
    ipv6: facts.ipv6,
    geoApi: facts.geo.state,
    cacheHeaders: identity.evidence,
    cvmfsVersion: info?.version ?? null,
    requests: facts.requests,
    receivedBytes: facts.bytes,
    elapsedMs: facts.elapsedMs
  }
}

const STATES: readonly ContainerState[] = ['present', 'pending', 'missing', 'broken', 'unknown']
const MARK: Readonly<Record<ServerVerdict, string>> = {
  healthy: '✅',
  degraded: '⚠️',
  unhealthy: '❌',
  unknown: '❓'
}

function toSummary(result: Result, headline: string, fqrn: string): string {
  const { verdict, drift, changes } = result
  const { newest } = verdict
  const seen =
    newest === undefined
      ? 'No revision could be verified.'
      : `The newest revision is ${newest.revision}${newest.published === undefined ? '' : `, published ${new Date(newest.published).toISOString()}`}.`
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
  const rows = servers.flatMap(({ required, addresses }) =>
    addresses.map(({ facts, subject, verdict, lagMs, snapshotAgeMs, whitelistLeftMs }) => [
      `${escape(subject)}${required ? ' (required)' : ''}${facts.server.stratum0 ? ' (stratum 0)' : ''}`,
      `${MARK[verdict]} ${verdict}`,
      lagMs === undefined ? '–' : lagMs === 0 ? 'none' : span(lagMs),
      snapshotAgeMs === undefined ? '–' : span(snapshotAgeMs),
      whitelistLeftMs === undefined ? '–' : whitelistLeftMs > 0 ? `${span(whitelistLeftMs)} left` : 'expired',
      containerCell(facts.containers),
      facts.latencyMs === undefined ? '–' : `${facts.latencyMs.median} ms, p95 ${facts.latencyMs.p95} ms`
    ])
  )
  return table(headers, rows)
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

function driftSection(drift: Drift | undefined): string {
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

function countOf(containers: ReadonlyMap<string, ContainerState>, wanted: ContainerState): number {
  let count = 0
  for (const state of containers.values()) if (state === wanted) count++
  return count
}

function namesOf(containers: ReadonlyMap<string, ContainerState>, wanted: ContainerState): string[] {
  return [...containers]
    .filter(([, state]) => state === wanted)
    .map(([name]) => name)
    .toSorted()
}

function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString()
}
