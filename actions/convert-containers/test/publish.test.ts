import { describe, expect, test } from '@jest/globals'

import { writeLog } from '../../../lib/catalogue/index.ts'
import type { Availability, State } from '../src/availability.ts'
import { lagSeconds } from '../src/lists.ts'
import { planPublication } from '../src/publish.ts'
import { catalogueOf } from './samples.ts'

const names = Array.from({ length: 40 }, (_, index) => `t${index} 1.0`)
const catalogue = catalogueOf(...names)
const available = (verdictOf: (index: number) => State): Availability[] =>
  catalogue.containers.map((container, index) => ({ container, standings: [], verdict: verdictOf(index) }))
const before = writeLog(catalogue.containers)

test('the time since the catalogue was committed, from a push and from a run that follows another', () => {
  const clock = { now: () => Date.parse('2026-01-01T01:00:00Z'), sleep: () => Promise.resolve() }
  const lag = (event: Readonly<Record<string, unknown>>): unknown => lagSeconds({ clock, runner: { event } })
  const commit = { timestamp: '2026-01-01T10:30:00+10:00' }
  expect(lag({ head_commit: commit })).toBe(1800)
  expect(lag({ workflow_run: { head_commit: commit } })).toBe(1800)
  expect(
    [{}, { head_commit: null }, { workflow_run: null }, { head_commit: { timestamp: 'x' } }].map(lag)
  ).toEqual([undefined, undefined, undefined, undefined])
})

describe('planPublication', () => {
  test('lists what every required store has, in the order of the catalogue', () => {
    const plan = planPublication(
      catalogue,
      available((index) => (index === 3 ? 'missing' : 'present')),
      undefined
    )
    expect(plan.refused).toBe(false)
    expect(plan.log).toBe(
      before
        .split('\n')
        .filter((line) => !line.startsWith('t3_'))
        .join('\n')
    )
    expect(plan.left.map(({ container }) => container.id)).toEqual(['t3_1.0_20250101'])
  })

  test('what has one size here and another there is still there', () => {
    const plan = planPublication(
      catalogue,
      available(() => 'size-differs'),
      before
    )
    expect([plan.refused, plan.log]).toEqual([false, before])
  })

  test('one unknown container: nothing is written', () => {
    const plan = planPublication(
      catalogue,
      available((index) => (index === 0 ? 'unknown' : 'present')),
      before
    )
    expect(plan.refused).toBe(true)
    expect(plan.findings).toMatchObject([{ id: 'publish-unknown', severity: 'unknown' }])
  })

  test('a store that seems empty does not empty log.txt', () => {
    const plan = planPublication(
      catalogue,
      available(() => 'missing'),
      before
    )
    expect(plan.refused).toBe(true)
    expect(plan.findings).toMatchObject([{ id: 'publish-shrunken', severity: 'error' }])
  })

  test('the same for the first log.txt is no loss', () => {
    expect(
      planPublication(
        catalogue,
        available(() => 'missing'),
        undefined
      )
    ).toMatchObject({ refused: false, log: '' })
  })

  test('a few lines may go', () => {
    expect(
      planPublication(
        catalogue,
        available((index) => (index < 5 ? 'missing' : 'present')),
        before
      ).refused
    ).toBe(false)
  })
})
