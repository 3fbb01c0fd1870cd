/** The whole fleet: findings that belong to no single server, and whether a deployment may go ahead. Pure. */
import { atLeast } from '../../../lib/action/index.ts'
import type { Tag } from '../../../lib/cvmfs/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { ServerFacts } from './facts.ts'
import type { Inputs } from './inputs.ts'
import { judgeServer, worst, type Judged, type ServerVerdict } from './judge.ts'
import { listed } from './judge-content.ts'
import { newestOf, type Newest } from './judge-freshness.ts'
import type { Drift } from './plan.ts'

export interface JudgedServer {
  readonly name: string
  readonly required: boolean
  readonly verdict: ServerVerdict
  /** On stratum 0: what is wrong with the tree that it publishes. */
  readonly blamed: readonly Finding[]
  /** One for each address that was looked at. */
  readonly addresses: readonly Judged[]
}

export interface FleetVerdict {
  readonly ok: boolean
  /** Nothing decided against a deployment but what could not be measured. */
  readonly unmeasured: boolean
  /** Why, in one sentence. */
  readonly because: string
  readonly servers: readonly JudgedServer[]
  readonly newest: Newest | undefined
  readonly findings: readonly Finding[]
}

export type Limits = Pick<
  Inputs,
  'fqrn' | 'minHealthy' | 'snapshotWarning' | 'maxSnapshotAge' | 'lagWarning' | 'maxLag' | 'whitelistWarning'
>

/** Subject of what is wrong with the machine that asks. */
export const RUNNER = 'this runner'

const MAX_SKEW = 5 * 60_000

/**
 * @param all what was seen, one list per server.
 * @param other findings that were made before a server was asked.
 * @param tags publishes that the publisher's own list names.
 */
export function judgeFleet(
  all: readonly (readonly ServerFacts[])[],
  limits: Limits,
  drift: Drift | undefined,
  other: readonly Finding[],
  now: number,
  tags: readonly Tag[] = []
): FleetVerdict {
  const flat = all.flat()
  const unpublished = unpublishedOf(flat, newestOf(flat))
  const newest = newestOf(flat, tags, unpublished)
  const skewMs = commonSkew(flat)
  const ofPublisher = publisherFindings(flat, unpublished, limits.fqrn)
  const fallback: Newest = { revision: 0, published: undefined, rootHash: '', publishes: [], unpublished }
  const servers = all.flatMap((addresses) => {
    const judged = addresses.map((facts) => judgeServer(facts, newest ?? fallback, limits, now, skewMs))
    const [first] = addresses
    if (first === undefined) return []
    const { name, required, stratum0 } = first.server
    // What the publisher lacks is the publisher's fault: it is told once, and counts against stratum 0 alone.
    const blamed = stratum0 ? ofPublisher : []
    const own: ServerVerdict = blamed.length > 0 ? 'unhealthy' : 'healthy'
    const verdict = worst([own, ...judged.map((one) => one.verdict)])
    return [{ name, required, verdict, blamed, addresses: judged }]
  })
  return {
    ...decide(servers, limits),
    servers,
    newest,
    findings: [
      ...other,
      ...ofPublisher,
      ...clockFinding(skewMs),
      ...driftFindings(drift, limits.fqrn),
      ...servers.flatMap(({ addresses }) => addresses.flatMap(({ findings }) => findings))
    ]
  }
}

/** `ok`: every required server serves, enough servers serve, and something was measured at all. */
function decide(
  servers: readonly JudgedServer[],
  limits: Limits
): Pick<FleetVerdict, 'ok' | 'unmeasured' | 'because'> {
  const serving = servers.filter(serves)
  const wanted = atLeast(limits.minHealthy, servers.length)
  const failing = servers.filter((server) => server.required && !serves(server))
  const reasons: string[] = []
  if (servers.every(({ verdict }) => verdict === 'unknown')) reasons.push('no server could be measured')
  else {
    for (const { name, verdict, blamed, addresses } of failing) {
      const told = [...addresses.flatMap(({ findings }) => findings), ...blamed]
      const why = told.find(({ severity }) => severity === (verdict === 'unknown' ? 'unknown' : 'error'))
      reasons.push(`the required server ${name} is ${verdict}${why === undefined ? '' : ` (${why.id})`}`)
    }
    if (serving.length < wanted)
      reasons.push(`${serving.length} of ${servers.length} servers are healthy, ${wanted} are wanted`)
  }
  if (reasons.length === 0) {
    const degraded = serving.filter(({ verdict }) => verdict === 'degraded').length
    const remark = degraded === 0 ? '' : `, ${degraded} of them with warnings`
    return {
      ok: true,
      unmeasured: false,
      because: `${serving.length} of ${servers.length} servers serve${remark}`
    }
  }
  const known = servers.filter(({ verdict }) => verdict === 'unhealthy')
  const possible = serving.length + servers.filter(({ verdict }) => verdict === 'unknown').length
  const decided = failing.some((server) => known.includes(server)) || possible < wanted
  return { ok: false, unmeasured: !decided, because: reasons.join('; ') }
}

/** A warning is no reason to wait. */
export function serves({ verdict }: { readonly verdict: ServerVerdict }): boolean {
  return verdict === 'healthy' || verdict === 'degraded'
}

/** What the newest signed tree lacks: it is stratum 0's own tree, whichever server gave it. */
function unpublishedOf(all: readonly ServerFacts[], newest: Newest | undefined): Set<string> {
  const names = new Set<string>()
  for (const { identity, containers } of all) {
    if (!identity.trusted || identity.manifest?.rootCatalog.hex !== newest?.rootHash) continue
    for (const [name, state] of containers) if (state === 'missing') names.add(name)
  }
  return names
}

function publisherFindings(
  all: readonly ServerFacts[],
  unpublished: ReadonlySet<string>,
  fqrn: string
): Finding[] {
  const findings: Finding[] = []
  if (unpublished.size > 0) {
    const names = [...unpublished].toSorted()
    const are = names.length === 1 ? 'container of the catalogue is' : 'containers of the catalogue are'
    findings.push({
      id: 'container-unpublished',
      subject: fqrn,
      severity: 'error',
      message: `${names.length} ${are} not published: ${listed(names)}.`,
      hint: 'See why stratum 0 has not taken them in; no replica can have them before.'
    })
  }
  const faults = new Map<string, Set<string>>()
  for (const { fault, containers } of all.flatMap(({ treeFaults }) => treeFaults)) {
    const hit = faults.get(fault.message) ?? new Set()
    faults.set(fault.message, hit)
    for (const name of containers) hit.add(name)
  }
  for (const [message, hit] of faults) {
    const broken = hit.size === 0 ? '' : ` Containers that need it: ${listed([...hit].toSorted())}.`
    findings.push({
      id: 'catalog-invalid',
      subject: fqrn,
      severity: 'error',
      message: `A catalog is signed and still no good. ${message}${broken}`,
      hint: 'Publish it again on stratum 0; replicas have copied it as it is.'
    })
  }
  return findings
}

/** When most clocks agree with each other and not with ours, ours is wrong. */
function commonSkew(all: readonly ServerFacts[]): number {
  const skews = all.map(({ skewMs }) => skewMs).filter((skew) => skew !== undefined)
  if (skews.length < 3) return 0
  const median = skews.toSorted((a, b) => a - b)[Math.floor(skews.length / 2)] ?? 0
  const agreeing = skews.filter((skew) => Math.abs(skew - median) < MAX_SKEW)
  return Math.abs(median) > MAX_SKEW && agreeing.length * 2 > skews.length ? median : 0
}

function clockFinding(skewMs: number): Finding[] {
  if (skewMs === 0) return []
  const minutes = Math.round(Math.abs(skewMs) / 60_000)
  return [
    {
      id: 'runner-clock-skew',
      subject: RUNNER,
      severity: 'warning',
      message: `Most servers' clocks are ${minutes} min ${skewMs > 0 ? 'ahead of' : 'behind'} this runner's: ages and expiries here are off by as much.`,
      hint: 'Set the clock of the runner.'
    }
  ]
}

function driftFindings(drift: Drift | undefined, fqrn: string): Finding[] {
  const findings: Finding[] = []
  if (drift !== undefined && drift.untested.length > 0) {
    findings.push({
      id: 'drift-untested',
      subject: fqrn,
      severity: 'warning',
      message: `Users are given ${drift.untested.length} servers that are not checked: ${listed(drift.untested)}.`,
      hint: 'Add them to the input servers, or take them out of the client configuration.'
    })
  }
  if (drift !== undefined && drift.unconfigured.length > 0) {
    findings.push({
      id: 'drift-unconfigured',
      subject: fqrn,
      severity: 'notice',
      message: `${drift.unconfigured.length} servers are checked that no user is given: ${listed(drift.unconfigured)}.`,
      hint: 'Add them to the client configuration, or take them out of the input servers.'
    })
  }
  return findings
}
