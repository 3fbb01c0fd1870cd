import { describe, expect, test } from '@jest/globals'

import { readCatalogue, writeLog } from '../../../lib/catalogue/index.ts'
import type { Availability, State } from '../src/availability.ts'
import { lagSeconds } from '../src/lists.ts'
import { planPublication, type Published } from '../src/publish.ts'
import { catalogueOf } from './samples.ts'

const names = Array.from({ length: 40 }, (_, index) => `t${index} 1.0`)
const catalogue = catalogueOf(...names)
const available = (verdictOf: (index: number) => State): Availability[] =>
  catalogue.containers.map((container, index) => ({ container, standings: [], verdict: verdictOf(index) }))
const before = writeLog(catalogue.containers)

describe('the time since the catalogue was committed', () => {
  const clock = { now: () => Date.parse('2026-01-01T01:00:00Z'), sleep: () => Promise.resolve() }
  const commit = { timestamp: '2026-01-01T10:30:00+10:00' }
  const written = { changed: ['cvmfs/log.txt'], commit: undefined, dispatched: [], findings: [] }
  const published = (verdictOf: (index: number) => State): Published => ({
    publication: planPublication(catalogue, available(verdictOf), undefined),
    written
  })
  const whole = published(() => 'present')
  const lag = (event: Readonly<Record<string, unknown>>, what: Partial<Published> = whole): unknown =>
    lagSeconds(catalogue, what, { clock, runner: { event } })

  test('from a push, and from a run that follows another', () => {
    expect(lag({ head_commit: commit })).toBe(1800)
    expect(lag({ workflow_run: { head_commit: commit } })).toBe(1800)
    for (const event of [
      {},
      { head_commit: null },
      { workflow_run: null },
      { head_commit: { timestamp: 'x' } }
    ])
      expect(lag(event)).toBeUndefined()
  })

  test('is not told before all of the catalogue is in the lists', () => {
    const push = { head_commit: commit }
    expect(
      lag(
        push,
        published((index) => (index === 39 ? 'missing' : 'present'))
      )
    ).toBeUndefined()
    expect(lag(push, { ...whole, written: undefined })).toBeUndefined()
    expect(lag(push, {})).toBeUndefined()
    const faulty = { refused: [{ id: 'x', reason: 'y' }] }
    expect(lagSeconds(faulty, whole, { clock, runner: { event: push } })).toBeUndefined()
  })

  test('is not told by a run that finds the lists as they should be', () => {
    const again = { ...whole, written: { ...written, changed: [] } }
    expect(lag({ head_commit: commit }, again)).toBeUndefined()
  })
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

  describe('lines that go for another reason than the stores', () => {
    const lines = (count: number): string =>
      writeLog(catalogueOf(...Array.from({ length: count }, (_, index) => `t${index} 1.0`)).containers)
    const all = available(() => 'present')

    test('a catalogue without containers publishes nothing, not even for the first time', () => {
      const empty = readCatalogue('{}', { file: 'apps.json' })
      for (const there of [lines(300), lines(3), undefined]) {
        const plan = planPublication(empty, [], there)
        expect(plan.findings).toMatchObject([{ id: 'publish-shrunken', severity: 'error' }])
        expect(plan.refused).toBe(true)
      }
    })

    test('a catalogue that was cut off, with and without one to compare it with', () => {
      const plan = planPublication(catalogue, all, lines(60))
      expect(plan.findings[0]?.message).toContain('20 of 60 lines would go, 0 of them though')
      expect(planPublication(catalogue, all, undefined, { shrunken: true })).toMatchObject({
        refused: true,
        findings: [{ id: 'publish-shrunken', message: expect.stringContaining('apps.json has lost') }]
      })
      expect(planPublication(catalogue, all, before, { shrunken: false }).refused).toBe(false)
    })

    test('what was taken out of the catalogue leaves, as long as it is not much at once', () => {
      expect(planPublication(catalogue, all, lines(41)).refused).toBe(false)
      expect(planPublication(catalogue, all, lines(50)).refused).toBe(false)
      expect(planPublication(catalogue, all, lines(51)).refused).toBe(true)
    })

    test('what leaves the catalogue and what leaves the stores are counted together', () => {
      const some = available((index) => (index < 6 ? 'missing' : 'present'))
      expect(planPublication(catalogue, some, lines(44)).refused).toBe(false)
      expect(planPublication(catalogue, some, lines(45)).findings[0]?.message).toContain(
        '11 of 45 lines would go, 6 of them though'
      )
    })

    test('a newer build takes the place of an older one: no line is lost', () => {
      const older = before.replaceAll('20250101', '20240101')
      expect(planPublication(catalogue, all, older)).toMatchObject({
        refused: false,
        log: before,
        findings: []
      })
    })

    test('each line that goes without a successor is told, with the reason', () => {
      const apps = {
        fsl: { apps: { 'fsl 6': { version: '20250101', exec: '' } } },
        ants: { apps: { 'ants 2': { version: '2025010', exec: '' } } },
        afni: { apps: { 'afni 3': 'none' } },
        mne: { apps: { 'mne 1': { version: '20250101', exec: '' } } }
      }
      const read = readCatalogue(JSON.stringify(apps), { file: 'apps.json' })
      const given = read.containers.map((container): Availability => ({
        container,
        standings: [],
        verdict: container.tool === 'fsl' ? 'pending' : 'present'
      }))
      const old = ['fsl_6', 'ants_2', 'afni_3', 'mne_1', 'gone_1'].map(
        (name) => `${name}_20240101 categories:`
      )
      const plan = planPublication(read, given, `${old.join('\n')}\n`)
      expect([plan.refused, plan.log]).toEqual([false, 'mne_1_20250101 categories:\n'])
      expect(plan.findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual(
        Array.from({ length: 4 }, () => 'publish-line-gone warning')
      )
      expect(plan.findings.map(({ subject, message }) => `${subject}: ${message}`)).toEqual([
        'fsl_6_20240101: its line leaves log.txt: not every required store has fsl_6_20250101, which takes its place',
        'ants_2_20240101: its line leaves log.txt: the entry that takes its place is refused (ants_2_2025010)',
        'afni_3_20240101: its line leaves log.txt: the entry that takes its place is refused (afni 3)',
        'gone_1_20240101: its line leaves log.txt: the catalogue does not have it any more'
      ])
    })

    test('a line of what is no longer in a store says so, and where nothing is written no line goes', () => {
      const one = available((index) => (index === 3 ? 'missing' : 'present'))
      expect(planPublication(catalogue, one, before).findings).toMatchObject([
        {
          id: 'publish-line-gone',
          subject: 't3_1.0_20250101',
          message: 'its line leaves log.txt: not every required store has it'
        }
      ])
      const unknown = available((index) => (index === 3 ? 'missing' : index === 4 ? 'unknown' : 'present'))
      expect(planPublication(catalogue, unknown, before).findings.map(({ id }) => id)).toEqual([
        'publish-unknown'
      ])
    })

    test('a short log.txt is not emptied either', () => {
      const few = catalogueOf('a 1', 'b 1')
      const missing = few.containers.map((container): Availability => ({
        container,
        standings: [],
        verdict: 'missing'
      }))
      expect(planPublication(few, missing, writeLog(few.containers)).refused).toBe(true)
      expect(planPublication(few, missing, '').refused).toBe(false)
    })
  })
})
