/** What the facts about one server mean: its findings and its verdict. Pure. */
import { span } from '../../../lib/markdown/index.ts'
import type { Finding, Severity } from '../../../lib/report/index.ts'
import { judgeContent } from './judge-content.ts'
import { judgeFreshness, type Newest } from './judge-freshness.ts'
import { subjectOf, type ServerFacts } from './facts.ts'
import type { Remark, Thresholds } from './remark.ts'

export type ServerVerdict = 'healthy' | 'degraded' | 'unhealthy' | 'unknown'

export interface Judged {
  readonly facts: ServerFacts
  readonly subject: string
  readonly verdict: ServerVerdict
  readonly findings: readonly Finding[]
  /** How long the oldest publish that the server misses is ago; 0 when it misses none. */
  readonly lagMs: number | undefined
  /** Milliseconds; undefined where the server does not say. */
  readonly snapshotAgeMs: number | undefined
  /** Until clients refuse the whitelist; negative when they do. */
  readonly whitelistLeftMs: number | undefined
}

const MAX_SKEW = 5 * 60_000
const MAX_GEO_DATABASE_AGE = 30 * 86_400_000

/**
 * @param newest what the fleet knows of the publisher's revisions.
 * @param now milliseconds since 1970.
 * @param commonSkewMs what all clocks differ from ours by: then it is ours that is wrong.
 */
export function judgeServer(
  facts: ServerFacts,
  newest: Newest,
  limits: Thresholds,
  now: number,
  commonSkewMs: number
): Judged {
  const subject = subjectOf(facts)
  const { remarks: freshness, lagMs, snapshotAgeMs } = judgeFreshness(facts, newest, limits, now)
  const remarks = [
    ...judgeReach(facts),
    ...judgeIdentity(facts, limits, now),
    ...freshness,
    ...judgeContent(facts, newest),
    ...judgeManners(facts, now, commonSkewMs)
  ]
  const expires = facts.identity.whitelist?.expiresForClients
  return {
    facts,
    subject,
    verdict: verdictOf(remarks),
    findings: remarks.map((remark) => addressed(remark, subject, facts.server.owner)),
    lagMs,
    snapshotAgeMs,
    whitelistLeftMs: expires === undefined ? undefined : expires - now
  }
}

/** Who has to act is told with what is to be done. */
function addressed(remark: Remark, subject: string, owner: string | undefined): Finding {
  if (owner === undefined || remark.hint === undefined) return { ...remark, subject }
  return { ...remark, subject, hint: `${remark.hint} Owner: ${owner}.` }
}

/** The worst of what was found: a fault, then what could not be measured, then a warning. */
export function verdictOf(remarks: readonly { readonly severity: Severity }[]): ServerVerdict {
  const has = (severity: Severity): boolean => remarks.some((remark) => remark.severity === severity)
  if (has('error')) return 'unhealthy'
  if (has('unknown')) return 'unknown'
  return has('warning') ? 'degraded' : 'healthy'
}

const WORST: readonly ServerVerdict[] = ['healthy', 'degraded', 'unknown', 'unhealthy']

/** Of several addresses of one name, the worst one counts. */
export function worst(verdicts: readonly ServerVerdict[]): ServerVerdict {
  return verdicts.reduce((a, b) => (WORST.indexOf(b) > WORST.indexOf(a) ? b : a), 'healthy')
}

const SLOW: ReadonlySet<string> = new Set(['timeout', 'too-slow'])

function judgeReach({ identity, server }: ServerFacts): Remark[] {
  const none = identity.manifestNotRead
  if (none === undefined) return []
  switch (none.why) {
    case 'unanswered': {
      const { kind, message } = none.error
      const id = SLOW.has(kind) ? 'server-timeout' : 'server-unreachable'
      return [
        {
          id,
          severity: 'unknown',
          message: `There is no answer: ${message}.`,
          hint: 'Ask its owner, unless the network of this runner is at fault.'
        }
      ]
    }
    case 'redirect':
      return [
        {
          id: 'server-redirect',
          severity: 'error',
          message: `It redirects (HTTP ${none.status}) to ${none.location}, and clients do not follow redirects.`,
          hint: 'Serve the repository over plain HTTP, or set CVMFS_FOLLOW_REDIRECTS=yes at every client.'
        }
      ]
    case 'page':
      return [
        {
          id: 'server-captive-page',
          severity: 'error',
          message: 'It answers with a web page where the manifest should be.',
          hint: 'A login page of the network, or a web server that serves something else under this name.'
        }
      ]
    case 'status':
      if (none.status === 404 || none.status === 403 || none.status === 410) {
        return [
          {
            id: 'repository-absent',
            severity: 'error',
            message: `It does not have the repository (HTTP ${none.status} for ${server.base}/.cvmfspublished).`,
            hint: 'Take the server off the list, or ask its owner to replicate the repository.'
          }
        ]
      }
      if (none.status === 429) {
        return [
          {
            id: 'server-rate-limit',
            severity: 'unknown',
            message: 'It answers HTTP 429: it has had too many requests from this network.',
            hint: 'Look again later, with a smaller max-parallel-per-server.'
          }
        ]
      }
      return [
        {
          id: 'server-error',
          severity: 'error',
          message: `It answers HTTP ${none.status} for the manifest.`,
          hint: 'Ask its owner to look at the web server.'
        }
      ]
  }
}

const HINTS: Readonly<Record<string, string>> = {
  'manifest-signature': 'Do not use this server until its owner has explained where its manifest comes from.',
  'whitelist-signature':
    'Compare the input public-key with the key of the repository; if it is right, do not use this server.',
  'whitelist-expired':
    'Sign the whitelist again on stratum 0 and replicate it; clients refuse the repository until then.',
  'certificate-not-listed':
    'Wait for the next snapshot, or purge the cache that serves the old one of the two.',
  'whitelist-unsupported': 'Check this repository with a client.'
}

function judgeIdentity({ identity, server }: ServerFacts, limits: Thresholds, now: number): Remark[] {
  const remarks: Remark[] = identity.faults.map(({ code, message }) => ({
    id: code,
    severity: code === 'whitelist-unsupported' ? ('unknown' as const) : ('error' as const),
    message,
    hint: HINTS[code] ?? 'Ask the owner of the server to take a new snapshot.'
  }))
  const { certificateBad: bad, certificateUnknown, whitelistNotRead, whitelist } = identity
  if (bad !== undefined) {
    const missing = bad.damage === 'missing'
    remarks.push({
      id: missing ? 'certificate-missing' : 'certificate-altered',
      severity: 'error',
      message: missing
        ? `The certificate that signs the manifest is not there (HTTP ${bad.status}).`
        : `The certificate that signs the manifest is ${bad.damage}.`,
      hint: `Repair ${bad.url}; no client can verify the repository without it.`
    })
  }
  if (certificateUnknown !== undefined) {
    remarks.push({
      id: 'certificate-unanswered',
      severity: 'unknown',
      message: `There is no answer for the certificate: ${certificateUnknown}.`
    })
  }
  if (whitelistNotRead?.why === 'unanswered') {
    remarks.push({
      id: 'whitelist-unanswered',
      severity: 'unknown',
      message: `There is no answer for the whitelist: ${whitelistNotRead.error.message}.`
    })
  } else if (whitelistNotRead !== undefined) {
    const how =
      whitelistNotRead.why === 'page' ? 'a web page in its place' : `HTTP ${whitelistNotRead.status}`
    remarks.push({
      id: 'whitelist-missing',
      severity: 'error',
      message: `The whitelist is not there (${how}).`,
      hint: `Repair ${server.base}/.cvmfswhitelist; clients refuse the repository without it.`
    })
  }
  const left = whitelist === undefined ? undefined : whitelist.expiresForClients - now
  if (whitelist !== undefined && left !== undefined && left > 0 && left < limits.whitelistWarning) {
    remarks.push({
      id: 'whitelist-expiring',
      severity: 'warning',
      message: `The whitelist expires in ${span(left)}, at ${new Date(whitelist.expiresForClients).toISOString()}.`,
      hint: 'Sign the whitelist again on stratum 0, and see that the replicas take it over.'
    })
  }
  return remarks
}

/** What does not keep a client from its files. */
function judgeManners(facts: ServerFacts, now: number, commonSkewMs: number): Remark[] {
  const remarks: Remark[] = []
  const { skewMs, geo, info, ipv6 } = facts
  const skew = (skewMs ?? 0) - commonSkewMs
  if (Math.abs(skew) > MAX_SKEW) {
    remarks.push({
      id: 'server-clock-skew',
      severity: 'warning',
      message: `Its clock is ${span(skew)} ${skew > 0 ? 'ahead' : 'behind'}.`,
      hint: 'Its times of snapshots are off by as much; ask its owner to run NTP.'
    })
  }
  if (ipv6 === 'fails') {
    remarks.push({
      id: 'server-ipv6',
      severity: 'warning',
      message: `It has an IPv6 address that does not answer: ${facts.ipv6Error ?? ''}.`,
      hint: 'Repair it or take the AAAA record away: clients lose time with it.'
    })
  }
  if (geo.state === 'error' || geo.state === 'wrong') {
    remarks.push({
      id: geo.state === 'error' ? 'geo-api-error' : 'geo-api-wrong',
      severity: 'warning',
      message:
        geo.state === 'error'
          ? `The geo API fails: ${geo.text}.`
          : `The geo API's answer is not an order of the servers asked for: ${geo.text}.`,
      hint: 'Clients with CVMFS_USE_GEOAPI=yes go to servers at random meanwhile.'
    })
  }
  if (geo.state === 'unanswered') {
    remarks.push({
      id: 'geo-api-unanswered',
      severity: 'notice',
      message: `The geo API gave no answer: ${geo.text}.`
    })
  }
  if (info?.listed === false) {
    remarks.push({
      id: 'info-unlisted',
      severity: 'notice',
      message: 'Its list of repositories (info/v1) does not name this one.',
      hint: 'Ask its owner to run cvmfs_server update-info.'
    })
  }
  if (info?.geoDatabase !== undefined && now - info.geoDatabase > MAX_GEO_DATABASE_AGE) {
    remarks.push({
      id: 'geo-database-old',
      severity: 'notice',
      message: `Its geo database is ${span(now - info.geoDatabase)} old.`
    })
  }
  return remarks
}
