/** Well again, gone, or not known: what the reports of one action say together about a subject. */
import { describe, expect, test } from '@jest/globals'

import type { Report } from '../../../lib/report/index.ts'
import { lookedBy, standingOf, type Standing } from '../src/looked.ts'
import { report, stale } from './scene.ts'

type Told = Pick<Report, 'subjects' | 'unreached' | 'coverage'> & Partial<Pick<Report, 'findings'>>

const CATALOGUE = 'neurodesk/apps.json'
const whole = { of: CATALOGUE, whole: true }
const part = { of: CATALOGUE, whole: false }

/** What becomes of each subject, by all these reports of one action. */
function standings(reports: readonly Told[], ...subjects: readonly string[]): readonly Standing[] {
  const told = reports.map(({ findings = [], ...more }) => report(findings, { action: 'a', ...more }))
  const looked = lookedBy(told).get('a')
  if (looked === undefined) throw new Error('no report is of this action')
  return subjects.map((subject) => standingOf(subject, looked))
}

describe('one report', () => {
  test('that lists nothing: all that it does not complain about is well, as before there were lists', () => {
    expect(standings([{}], 'fsl')).toEqual(['well'])
  })

  test('of a part says nothing about the rest', () => {
    expect(standings([{ subjects: ['fsl'], coverage: part }], 'fsl', 'ants')).toEqual(['well', 'unknown'])
  })

  test('that does not say of which list it is, as well', () => {
    expect(standings([{ subjects: ['fsl'] }], 'fsl', 'ants')).toEqual(['well', 'unknown'])
  })

  test('of the whole: what it does not name is gone', () => {
    expect(standings([{ subjects: ['fsl'], coverage: whole }], 'fsl', 'ants')).toEqual(['well', 'gone'])
  })

  test('what had no answer stays, and so does what begins with its name', () => {
    const told = { subjects: ['fsl'], unreached: ['ants_2'], coverage: whole }
    expect(standings([told], 'ants_2', 'ants_2/N4', 'ants_2: help', 'ants_25', 'ants_25/N4')).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'gone',
      'gone'
    ])
  })

  test('what a notice names is there, and not well by it', () => {
    const told = {
      subjects: [],
      findings: [{ ...stale('fsl'), severity: 'notice' as const }],
      coverage: whole
    }
    expect(standings([told], 'fsl')).toEqual(['unknown'])
  })

  test('the action itself is well when it came to its end', () => {
    expect(standings([{ subjects: [], coverage: part }], 'a')).toEqual(['well'])
  })
})

describe('several reports of one action', () => {
  test('shards alone know nothing of what else there is', () => {
    const shards = [
      { subjects: ['fsl'], coverage: part },
      { subjects: ['ants'], coverage: part }
    ]
    expect(standings(shards, 'fsl', 'ants', 'spm')).toEqual(['well', 'well', 'unknown'])
  })

  test('with one that has the whole of the same list, what none of them names is gone', () => {
    const all = [
      { subjects: ['fsl'], coverage: part },
      { subjects: ['ants'], coverage: whole }
    ]
    expect(standings(all, 'fsl', 'spm')).toEqual(['well', 'gone'])
  })

  test('each list must be whole in one of them', () => {
    const servers = { subjects: ['perth'], coverage: { of: 'servers', whole: true } }
    expect(standings([servers, { subjects: ['fsl'], coverage: part }], 'spm')).toEqual(['unknown'])
    expect(standings([servers, { subjects: ['fsl'], coverage: whole }], 'spm')).toEqual(['gone'])
  })

  test('one that does not say of which list it is may have had it', () => {
    expect(standings([{ subjects: ['fsl'], coverage: whole }, { subjects: [] }], 'spm')).toEqual(['unknown'])
  })

  test('one that lists nothing at all is from before: as ever', () => {
    expect(standings([{ subjects: ['fsl'], coverage: whole }, {}], 'spm')).toEqual(['well'])
  })

  test('no answer of one counts for more than the answer of another, which looked in another way', () => {
    const legs = [
      { subjects: ['fsl', 'fsl/bet'], coverage: whole },
      { subjects: [], unreached: ['fsl'], coverage: whole }
    ]
    expect(standings(legs, 'fsl', 'fsl/bet')).toEqual(['unknown', 'unknown'])
  })
})
