/** One server, from its name to everything that is to be known about it. */
import { isIP } from 'node:net'

import {
  Endpoint,
  Unanswered,
  identify,
  identifyFresh,
  parseServerDate,
  type EndpointSettings,
  type Identity
} from '../../../lib/cvmfs/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import { ContentCheck } from './content.ts'
import type { GeoAnswer, Info, ServerFacts, Snapshot } from './facts.ts'
import type { Fleet } from './fleet.ts'
import type { PlannedServer } from './plan.ts'

/** So many time-outs' worth of time a server gets in all; what is not asked by then stays unknown. */
const BUDGET_TIMEOUTS = 30
const SMALL_FILE = 64 * 1024
const NO_SNAPSHOT: Snapshot = {
  last: undefined,
  unreadable: undefined,
  runningSince: undefined,
  checkFailed: false
}
const NO_CONTENT = {
  containers: new Map(),
  absent: new Map(),
  troubles: [],
  treeFaults: [],
  required: [],
  sampled: 0
} as const

/** Looks at a server; at each of its addresses, when that is wanted. Never fails because of a server. */
export async function probeServer(
  server: PlannedServer,
  fleet: Fleet,
  rotation: number
): Promise<ServerFacts[]> {
  const host = new URL(server.base).hostname.replace(/^\[|\]$/g, '')
  if (!server.allAddresses || isIP(host) !== 0 || fleet.settings.proxy !== undefined) {
    return [await probeAddress(server, undefined, fleet, rotation)]
  }
  const { network } = fleet.ports
  let addresses: readonly string[]
  try {
    const all = await network.addresses(host)
    addresses = all.filter(({ family }) => family === 4 || network.hasIpv6()).map(({ address }) => address)
  } catch {
    addresses = []
  }
  // A name that leads nowhere fails in the same words as any other server's.
  if (addresses.length === 0) return [await probeAddress(server, undefined, fleet, rotation)]
  return await Promise.all(
    addresses.map(async (address) => await probeAddress(server, address, fleet, rotation))
  )
}

async function probeAddress(
  server: PlannedServer,
  address: string | undefined,
  fleet: Fleet,
  rotation: number
): Promise<ServerFacts> {
  const { clock } = fleet.ports
  const started = clock.now()
  const endpoint = endpointFor(server, address, fleet)
  const identity = await identify(endpoint, fleet.settings.fqrn, fleet.settings.keys, started)
  const skewMs = skewOf(identity, clock.now())
  const reached = identity.manifest !== undefined
  if (identity.trusted) fleet.trusted.push(endpoint)
  const [snapshot, geo, info, ipv6, fresh, content] = await Promise.all([
    reached && !server.stratum0 ? readSnapshot(endpoint) : NO_SNAPSHOT,
    reached && !server.stratum0 && fleet.settings.geoApi ? askGeo(endpoint, fleet) : UNTESTED_GEO,
    reached ? readInfo(endpoint, fleet.settings.fqrn) : undefined,
    reached && address === undefined ? tryIpv6(server, fleet) : UNTESTED_IPV6,
    reached && (server.cdn || Object.keys(identity.evidence).length > 0)
      ? identifyFresh(endpoint)
      : undefined,
    identity.trusted && identity.manifest !== undefined
      ? new ContentCheck(
          fleet,
          endpoint,
          `${server.base} ${address ?? ''}`,
          identity.manifest,
          rotation
        ).run()
      : NO_CONTENT
  ])
  return {
    server,
    address,
    identity,
    snapshot,
    fresh: fresh && { revision: fresh.revision, published: fresh.published, rootHash: fresh.rootCatalog.hex },
    skewMs,
    ipv6: ipv6.state,
    ipv6Error: ipv6.error,
    geo,
    info,
    ...content,
    latencyMs: percentiles(endpoint.latencies),
    requests: endpoint.requests,
    bytes: endpoint.bytes,
    elapsedMs: clock.now() - started
  }
}

/** A server as a client reaches it, with its own count of requests and its own time. */
export function endpointFor(server: PlannedServer, address: string | undefined, fleet: Fleet): Endpoint {
  return new Endpoint(settingsFor(server, address, fleet))
}

function settingsFor(server: PlannedServer, address: string | undefined, fleet: Fleet): EndpointSettings {
  const { proxy, timeoutMs, retries, maxParallelPerServer, everywhere } = fleet.settings
  const { http, clock, runner } = fleet.ports
  return {
    http,
    clock,
    base: server.base,
    address,
    proxy,
    cdn: server.cdn,
    timeoutMs,
    retries,
    maxParallel: maxParallelPerServer,
    everywhere,
    budgetMs: BUDGET_TIMEOUTS * timeoutMs,
    signal: runner.signal
  }
}

/** Text of a small file, or undefined when there is none or no answer: both say nothing against a server. */
async function readText(endpoint: Endpoint, path: string): Promise<string | undefined> {
  try {
    const reply = await endpoint.ask(path, { maxBytes: SMALL_FILE })
    return reply.status === 200 ? reply.body.toString('utf8') : undefined
  } catch (error) {
    if (error instanceof Unanswered) return undefined
    throw error
  }
}

/**
 * `.cvmfs_status.json` and its older twins. A status without a readable time falls back on the twin.
 */
async function readSnapshot(endpoint: Endpoint): Promise<Snapshot> {
  const [status, last, running] = await Promise.all([
    readText(endpoint, '.cvmfs_status.json'),
    readText(endpoint, '.cvmfs_last_snapshot'),
    readText(endpoint, '.cvmfs_is_snapshotting')
  ])
  const fields = parseFields(status)
  const texts = [fields['last_snapshot'], firstLine(last)].filter((text) => text !== undefined && text !== '')
  const times = texts.map((text) => parseServerDate(text ?? '')).filter((time) => time !== undefined)
  const start = firstLine(running)
  return {
    // The later one: a server without jq writes only the twin, and leaves an old status behind.
    last: times.length === 0 ? undefined : Math.max(...times),
    unreadable: times.length === 0 && texts[0] !== undefined ? texts[0].slice(0, 100) : undefined,
    runningSince: start === undefined ? undefined : (parseServerDate(start) ?? 'unreadable'),
    checkFailed: fields['check_status'] === 'failed'
  }
}

function parseFields(json: string | undefined): Record<string, string> {
  const value = parseJson(json)
  if (value === undefined) return {}
  return Object.fromEntries(
    Object.entries(value).filter((field): field is [string, string] => typeof field[1] === 'string')
  )
}

function parseJson(json: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The first line, unless it is that of a web page. */
function firstLine(text: string | undefined): string | undefined {
  const line = text?.split('\n', 1)[0]?.trim()
  return line === undefined || line.startsWith('<') ? undefined : line
}

const UNTESTED_GEO: GeoAnswer = { state: 'untested', text: '' }

/** The order in which the server would send a client to the hosts: each of them once, whatever the order is. */
async function askGeo(endpoint: Endpoint, fleet: Fleet): Promise<GeoAnswer> {
  const hosts = fleet.settings.geoHosts
  if (hosts.length < 2) return UNTESTED_GEO
  try {
    const reply = await endpoint.ask(`api/v1.0/geo/neurodesk-ci/${hosts.map(encodeURIComponent).join(',')}`)
    const text = reply.body
      .toString('latin1')
      .trim()
      .replace(/[^\x20-\x7e]/g, '?')
      .slice(0, 200)
    if (reply.status === 400 || reply.status >= 500)
      return { state: 'error', text: `HTTP ${reply.status}: ${text}` }
    // Stores without the API (S3) have no such path; nobody is told to ask them.
    if (reply.status !== 200) return { state: 'absent', text: `HTTP ${reply.status}` }
    const order = text
      .split(',')
      .map(Number)
      .toSorted((a, b) => a - b)
    const permutation = order.length === hosts.length && order.every((number, index) => number === index + 1)
    return { state: permutation ? 'ok' : 'wrong', text }
  } catch (error) {
    if (error instanceof Unanswered) return { state: 'unanswered', text: error.message }
    throw error
  }
}

async function readInfo(endpoint: Endpoint, fqrn: string): Promise<Info | undefined> {
  const value = parseJson(await readText(endpoint, '/cvmfs/info/v1/repositories.json'))
  if (value === undefined) return undefined
  const all = [value['repositories'], value['replicas']].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : []
  )
  const { cvmfs_version: version, last_geodb_update: updated } = value
  return {
    version: typeof version === 'string' ? version.slice(0, 40) : undefined,
    geoDatabase: typeof updated === 'string' ? parseServerDate(updated) : undefined,
    listed: all.length === 0 ? undefined : all.some((entry) => nameIn(entry) === fqrn)
  }
}

function nameIn(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined
}

interface Ipv6 {
  readonly state: ServerFacts['ipv6']
  readonly error: string | undefined
}
const UNTESTED_IPV6: Ipv6 = { state: 'untested', error: undefined }

/** Clients try both families: one that does not work costs them a time-out. */
async function tryIpv6(server: PlannedServer, fleet: Fleet): Promise<Ipv6> {
  const { network } = fleet.ports
  const host = new URL(server.base).hostname
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0 || fleet.settings.proxy !== undefined) return UNTESTED_IPV6
  if (!network.hasIpv6()) return UNTESTED_IPV6
  try {
    const all = await network.addresses(host)
    const address = all.find(({ family }) => family === 6)?.address
    if (address === undefined) return { state: 'none', error: undefined }
    const endpoint = new Endpoint({ ...settingsFor(server, address, fleet), family: 6, retries: 0 })
    const reply = await endpoint.ask('.cvmfspublished')
    if (reply.status === 200) return { state: 'works', error: undefined }
    return { state: 'fails', error: `HTTP ${reply.status} over ${address}` }
  } catch (error) {
    return error instanceof Unanswered ? { state: 'fails', error: messageOf(error) } : UNTESTED_IPV6
  }
}

/** How far the server's clock is ahead. An answer from a cache has the date of the original: its age is added. */
function skewOf({ head }: Identity, now: number): number | undefined {
  const date = Date.parse(head?.headers['date'] ?? '')
  if (head === undefined || Number.isNaN(date)) return undefined
  const age = /^\d{1,9}$/.exec(head.headers['age'] ?? '')?.[0]
  return date + Number(age ?? 0) * 1000 - now
}

function percentiles(latencies: readonly number[]): ServerFacts['latencyMs'] {
  if (latencies.length === 0) return undefined
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { median: Math.round(at(0.5)), p95: Math.round(at(0.95)) }
}
