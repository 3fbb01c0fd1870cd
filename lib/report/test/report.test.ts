import { readFileSync } from 'node:fs'

import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'

import { readReport, type Report } from '../index.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../../docs/schemas/report.schema.json', import.meta.url), 'utf8')
) as object
const valid = new Ajv().compile(schema)

const good: Report = {
  schema: 'https://neurodesk.org/ci/report-1.json',
  action: 'check-cvmfs',
  started: '2026-01-01T00:00:00.000Z',
  finished: '2026-01-01T00:00:01.000Z',
  verdict: 'ok',
  headline: 'All is well.',
  findings: [
    {
      id: 'replica-stale',
      subject: 'syd',
      severity: 'warning',
      message: 'Old.',
      place: { file: 'a', line: 1 }
    }
  ],
  figures: { 'server-count': 1 }
}

/** The report with one place changed; undefined removes it. */
function changed(place: readonly (string | number)[], value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(good)) as Record<string, unknown>
  let target: Record<string | number, unknown> = copy
  for (const key of place.slice(0, -1)) target = target[key] as Record<string | number, unknown>
  target[place.at(-1) ?? ''] = value
  return JSON.parse(JSON.stringify(copy))
}

describe('the report format', () => {
  test('a good one is read, and valid by the published schema', () => {
    expect(readReport(JSON.stringify(good))).toEqual({ report: good })
    expect(valid(good)).toBe(true)
  })

  test('what was looked at, what was not reached, and of which list, may be told', () => {
    const told = {
      ...good,
      subjects: ['syd'],
      unreached: ['perth'],
      coverage: { of: 'servers', whole: true }
    }
    expect(readReport(JSON.stringify(told))).toEqual({ report: told })
    expect(valid(told)).toBe(true)
  })

  test.each([
    [['schema'], 'other'],
    [['action'], 'Check CVMFS'],
    [['started'], 'yesterday'],
    [['finished'], undefined],
    [['verdict'], 'healthy'],
    [['headline'], 5],
    [['findings'], {}],
    [['findings', 0, 'id'], '../x'],
    [['findings', 0, 'severity'], 'fatal'],
    [['findings', 0, 'message'], undefined],
    [['findings', 0, 'place'], { file: 'a', line: 0 }],
    [['findings', 0, 'extra'], 1],
    [['figures'], { 'Server Count': 1 }],
    [['figures'], { 'server-count': 'one' }],
    [['details'], []],
    [['subjects'], 'syd'],
    [['unreached'], [1]],
    [['coverage'], true],
    [['coverage'], { of: 'servers' }],
    [['coverage'], { of: 'servers', whole: 'yes' }],
    [['coverage'], { of: 'servers', whole: true, more: 1 }],
    [['extra'], true]
  ])('%j = %j is refused by the reader and by the schema', (place, value) => {
    const bad = changed(place, value)
    expect(readReport(JSON.stringify(bad))).toHaveProperty('problems')
    expect(valid(bad)).toBe(false)
  })

  test.each(['', '[]', 'null', '{"a":', '<html>'])('%j is no report', (text) => {
    expect(readReport(text)).toHaveProperty('problems')
  })
})
