/** Every fault gives its own finding on the server that has it, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { FAULTS, type Cvmfs } from '../../../testbed/cvmfs/index.ts'
import { BREAKS, EXPECTED, SLOW_UNDER, timeoutFor } from './faults.ts'
import { testPorts } from './ports.ts'
import { check, found, list, startFleet } from './scene.ts'

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

test('a slow server is told as one that does not answer in time, where the time-out is shorter', async () => {
  await fleet.setFault('bad', 'slow')
  await using ports = await testPorts()
  const outcome = await check(fleet, ports, { timeout: SLOW_UNDER.timeout })
  // A busy machine may be late with the others too: what counts is the slow one.
  expect(found(outcome)).toContain(`bad: ${SLOW_UNDER.id}`)
  expect(list(outcome, SLOW_UNDER.verdict)).toContain('bad')
})

describe.each(FAULTS.map((fault) => [fault] as const))('%s', (fault) => {
  const [id, verdict] = EXPECTED[fault]

  test(`is told as ${id ?? 'nothing'}, and the server is ${verdict}`, async () => {
    await fleet.setFault('bad', fault)
    await using ports = await testPorts()
    const outcome = await check(fleet, ports, { timeout: timeoutFor(fault) })
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
})
