/** Every fault gives its own finding on the server that has it, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { FAULTS, type Cvmfs, type FaultName } from '../../../testbed/cvmfs/index.ts'
import type { ServerVerdict } from '../src/judge.ts'
import { testPorts } from './ports.ts'
import { check, found, list, startFleet } from './scene.ts'

/** What each fault is told as. `slow` is no fault as long as the time-out holds. */
const EXPECTED: Readonly<Record<FaultName, readonly [id: string | undefined, verdict: ServerVerdict]>> = {
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
  'whitelist-missing': ['whitelist-missing', 'unhealthy'],
  'whitelist-altered': ['whitelist-altered', 'unhealthy'],
  'whitelist-truncated': ['whitelist-format', 'unhealthy'],
  'whitelist-expired': ['whitelist-expired', 'unhealthy'],
  'whitelist-expiring': ['whitelist-expiring', 'degraded'],
  'whitelist-other-repository': ['whitelist-name', 'unhealthy'],
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
  'object-hangs': ['object-timeout', 'unknown'],
  'object-endless': ['object-oversized', 'unhealthy'],
  'object-cut': ['object-unanswered', 'unknown'],
  'catalogs-cut': ['catalog-unanswered', 'unknown'],
  'cached-404': ['cache-serves-404', 'unhealthy'],
  'cached-damage': ['cache-serves-damage', 'unhealthy'],
  'geo-error': ['geo-api-error', 'degraded'],
  'geo-wrong': ['geo-api-wrong', 'degraded'],
  split: ['manifest-fork', 'unhealthy']
}

/** Faults that break one container or all, not the server. */
const BREAKS: Readonly<Partial<Record<FaultName, number>>> = {
  'root-catalog-missing': 3,
  ...Object.fromEntries(
    FAULTS.filter((fault) => /^(catalog|object|cached)-/.test(fault)).map((fault) => [fault, 1])
  )
}

let fleet: Cvmfs
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(async () => {
  await fleet[Symbol.asyncDispose]()
})

test('a fleet without a fault has no finding', async () => {
  await fleet.setFault('bad', undefined)
  await using ports = await testPorts()
  const outcome = await check(fleet, ports)
  expect(found(outcome)).toEqual([])
  expect(list(outcome, 'healthy')).toEqual(['zero', 'bad', 'good'])
})

describe.each(FAULTS.map((fault) => [fault] as const))('%s', (fault) => {
  const [id, verdict] = EXPECTED[fault]

  test(`is told as ${id ?? 'nothing'}, and the server is ${verdict}`, async () => {
    await fleet.setFault('bad', fault)
    await using ports = await testPorts()
    const outcome = await check(fleet, ports)
    expect(found(outcome)).toEqual(id === undefined ? [] : [`bad: ${id}`])
    expect(list(outcome, verdict)).toContain('bad')
    // The two others have nothing to do with it, and a deployment need not wait for one of three.
    for (const name of ['zero', 'good']) expect(list(outcome, 'healthy')).toContain(name)
    expect(outcome.verdict).toBe('ok')
    const missing = JSON.parse(outcome.outputs['missing'] ?? '') as Record<string, string[]>
    const broken = verdict === 'unknown' ? 0 : (BREAKS[fault] ?? 0)
    expect(missing['bad'] ?? []).toHaveLength(broken)
    for (const { message, hint = '' } of outcome.findings)
      expect(`${message} ${hint}`).not.toMatch(/undefined|\[object/)
  })

  test('closes the gate when the server is required', async () => {
    await fleet.setFault('bad', fault)
    await using ports = await testPorts()
    const servers = `${fleet.urlOf('zero')} name=zero stratum0\n${fleet.urlOf('bad')} name=bad required\n${fleet.urlOf('good')} name=good`
    const outcome = await check(fleet, ports, { servers })
    const serves = verdict === 'healthy' || verdict === 'degraded'
    expect(outcome.verdict).toBe(serves ? 'ok' : verdict === 'unknown' ? 'unknown' : 'failed')
    expect(outcome.failure === undefined).toBe(serves)
    if (!serves && id !== undefined)
      expect(outcome.headline).toContain(`required server bad is ${verdict} (${id})`)
  })
})
