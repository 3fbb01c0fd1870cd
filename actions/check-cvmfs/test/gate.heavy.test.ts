/** Every fault closes the gate when it is a required server's, and says so; what serves with a warning does not. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { FAULTS, type Cvmfs } from '../../../testbed/cvmfs/index.ts'
import { EXPECTED, SLOW_UNDER, timeoutFor } from './faults.ts'
import { testPorts } from './ports.ts'
import { check, found, lines, startFleet } from './scene.ts'

let fleet: Cvmfs
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(async () => {
  await fleet[Symbol.asyncDispose]()
})

test('slow, for longer than the time-out', async () => {
  await fleet.setFault('bad', 'slow')
  await using ports = await testPorts()
  // The slow one is asked alone: on a busy machine the others might be late as well.
  const outcome = await check(fleet, ports, {
    servers: lines(fleet, { bad: 'required' }),
    timeout: SLOW_UNDER.timeout
  })
  expect([outcome.verdict, found(outcome)]).toEqual([SLOW_UNDER.verdict, [`bad: ${SLOW_UNDER.id}`]])
  expect(outcome.failure).toBeDefined()
})

test.each(FAULTS.map((fault) => [fault] as const))('%s', async (fault) => {
  const [id, verdict] = EXPECTED[fault]
  await fleet.setFault('bad', fault)
  await using ports = await testPorts()
  const servers = lines(fleet, { zero: 'stratum0', bad: 'required', good: '' })
  const outcome = await check(fleet, ports, { servers, timeout: timeoutFor(fault) })
  const serves = verdict === 'healthy' || verdict === 'degraded'
  expect(outcome.verdict).toBe(serves ? 'ok' : verdict === 'unknown' ? 'unknown' : 'failed')
  expect(outcome.failure === undefined).toBe(serves)
  if (!serves && id !== undefined)
    expect(outcome.headline).toContain(`required server bad is ${verdict} (${id})`)
})
