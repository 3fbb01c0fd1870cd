/** From the verdict to outputs, summary and report. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import { code, escape, table } from '../../../lib/markdown/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { ContainerState } from './facts.ts'
import type { Inputs } from './inputs.ts'
import type { Judged, ServerVerdict } from './judge.ts'
import type { Drift, PlannedContainer, PlannedServer } from './plan.ts'
import { RUNNER, type FleetVerdict, type JudgedServer } from './verdict.ts'
import { STATES, countOf, driftSection, missingByServer, toSummary, type Result } from './summary.ts'

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
    ...lookedAt(verdict, inputs.fqrn),
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
    subjects: [],
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
      `${containers.length} containers, ${inputs.requiredFiles.length} required files, ${inputs.sampleObjects} sampled objects per server.\n`,
      driftSection(drift)
    ].join('\n')
  }
}

/** What gave no answer stays as it was; without any tree nobody knows what the publisher lacks. */
function lookedAt(
  { servers, newest }: FleetVerdict,
  fqrn: string
): Pick<Outcome, 'subjects' | 'unreached' | 'coverage'> {
  const silent = servers.flatMap(({ name, verdict, addresses }) => [
    ...(verdict === 'unknown' ? [name] : []),
    ...addresses.filter((one) => one.verdict === 'unknown').map(({ subject }) => subject)
  ])
  const all = [fqrn, RUNNER, ...servers.flatMap(subjectsOf)]
  const unreached = new Set(newest === undefined ? [fqrn, ...silent] : silent)
  return {
    subjects: all.filter((name) => !unreached.has(name)),
    unreached: [...unreached],
    coverage: { of: 'servers', whole: true }
  }
}

/** A server's own name too: it may be asked at all its addresses since yesterday. */
function subjectsOf({ name, addresses }: JudgedServer): string[] {
  return [...new Set([name, ...addresses.map(({ subject }) => subject)])]
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

function namesOf(containers: ReadonlyMap<string, ContainerState>, wanted: ContainerState): string[] {
  return [...containers]
    .filter(([, state]) => state === wanted)
    .map(([name]) => name)
    .toSorted()
}

function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString()
}
