/** The faults of the testbed's servers, and what check-cvmfs says of each. */
import { FAULTS, type FaultName } from '../../../testbed/cvmfs/index.ts'
import type { ServerVerdict } from '../src/judge.ts'

/** What each fault is told as. `slow` is no fault as long as the time-out holds; below, one that does not. */
export const EXPECTED: Readonly<
  Record<FaultName, readonly [id: string | undefined, verdict: ServerVerdict]>
> = {
  refused: ['server-unreachable', 'unknown'],
  hang: ['server-timeout', 'unknown'],
  reset: ['server-unreachable', 'unknown'],
  slow: [undefined, 'healthy'],
  'server-error': ['server-error', 'unhealthy'],
  overloaded: ['server-error', 'unhealthy'],
  'rate-limited': ['server-rate-limit', 'unknown'],
  redirect: ['server-redirect', 'unhealthy'],
  'captive-page': ['server-captive-page', 'unhealthy'],
  'repository-absent': ['repository-absent', 'unhealthy'],
  'clock-skew': ['server-clock-skew', 'degraded'],
  'manifest-altered': ['manifest-altered', 'unhealthy'],
  'manifest-truncated': ['manifest-format', 'unhealthy'],
  'manifest-endless': ['manifest-format', 'unhealthy'],
  'manifest-other-repository': ['manifest-name', 'unhealthy'],
  'manifest-root-path': ['manifest-root-path', 'unhealthy'],
  'manifest-forged': ['manifest-signature', 'unhealthy'],
  'certificate-missing': ['certificate-missing', 'unhealthy'],
  'certificate-altered': ['certificate-altered', 'unhealthy'],
  'certificate-reset': ['certificate-unanswered', 'unknown'],
  'whitelist-reset': ['whitelist-unanswered', 'unknown'],
  'whitelist-missing': ['whitelist-missing', 'unhealthy'],
  'whitelist-altered': ['whitelist-altered', 'unhealthy'],
  'whitelist-truncated': ['whitelist-format', 'unhealthy'],
  'whitelist-expired': ['whitelist-expired', 'unhealthy'],
  'whitelist-expiring': ['whitelist-expiring', 'degraded'],
  'whitelist-other-repository': ['whitelist-name', 'unhealthy'],
  'whitelist-pkcs7': ['whitelist-unsupported', 'unknown'],
  'whitelist-forged': ['whitelist-signature', 'unhealthy'],
  'whitelist-other-certificate': ['certificate-not-listed', 'unhealthy'],
  stale: ['replica-cron-dead', 'unhealthy'],
  'stale-upstream': ['replica-upstream-stale', 'unhealthy'],
  'stale-snapshotting': ['replica-snapshotting', 'unhealthy'],
  'stale-unexplained': ['replica-stale', 'unhealthy'],
  'cron-dead': ['replica-cron-dead', 'unhealthy'],
  'check-failed': ['replica-check-failed', 'degraded'],
  'cdn-stale': ['cache-serves-old', 'unhealthy'],
  'root-catalog-missing': ['root-catalog-missing', 'unhealthy'],
  'catalog-missing': ['catalog-missing', 'unhealthy'],
  'catalog-empty': ['catalog-empty', 'unhealthy'],
  'catalog-truncated': ['catalog-truncated', 'unhealthy'],
  'catalog-doubled': ['catalog-doubled', 'unhealthy'],
  'catalog-altered': ['catalog-altered', 'unhealthy'],
  'object-missing': ['object-missing', 'unhealthy'],
  'object-empty': ['object-empty', 'unhealthy'],
  'object-truncated': ['object-truncated', 'unhealthy'],
  'object-doubled': ['object-doubled', 'unhealthy'],
  'object-altered': ['object-altered', 'unhealthy'],
  'catalog-hangs': ['catalog-timeout', 'unknown'],
  'object-hangs': ['object-timeout', 'unknown'],
  'catalog-endless': ['catalog-oversized', 'unhealthy'],
  'object-endless': ['object-oversized', 'unhealthy'],
  'object-cut': ['object-unanswered', 'unknown'],
  'catalogs-cut': ['catalog-unanswered', 'unknown'],
  'cached-404': ['cache-serves-404', 'unhealthy'],
  'cached-damage': ['cache-serves-damage', 'unhealthy'],
  'geo-error': ['geo-api-error', 'degraded'],
  'geo-wrong': ['geo-api-wrong', 'degraded'],
  'geo-reset': ['geo-api-unanswered', 'healthy'],
  'info-unlisted': ['info-unlisted', 'healthy'],
  'geo-database-old': ['geo-database-old', 'healthy'],
  split: ['manifest-fork', 'unhealthy']
}

/** Faults that break one container or all, not the server. */
export const BREAKS: Readonly<Partial<Record<FaultName, number>>> = {
  'root-catalog-missing': 3,
  ...Object.fromEntries(
    FAULTS.filter((fault) => /^(catalog|object|cached)-/.test(fault)).map((fault) => [fault, 1])
  )
}

/** `slow` answers after 500 ms: under this time-out it is told as any server that does not answer in time. */
export const SLOW_UNDER = { timeout: '0.2s', id: 'server-timeout', verdict: 'unknown' } as const

/** Only where a server is silent on purpose a short time-out is worth the risk that a busy machine is taken for one. */
export function timeoutFor(fault: FaultName): string {
  return fault === 'hang' || fault.endsWith('-hangs') ? '1s' : '10s'
}
