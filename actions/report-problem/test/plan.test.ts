import { describe, expect, test } from '@jest/globals'

import type { Issue } from '../../../lib/github/index.ts'
import type { Report } from '../../../lib/report/index.ts'
import { parseStreaks } from '../src/history.ts'
import {
  assemble,
  digest,
  fitting,
  FLEET,
  markerOf,
  readMarker,
  readState,
  writeState,
  type State
} from '../src/marker.ts'
import { plan, toMember, type Known } from '../src/plan.ts'
import { findProblems, type Findings } from '../src/problems.ts'
import { report, stale } from './scene.ts'

const NO_JOBS = { failed: [], unexplained: [], well: [], cancelled: [] }
const LIMITS = { maxNew: 3, threshold: 1, closeOnRecovery: true }
const RUN = { id: 10, attempt: 1 }

const find = (...subjects: readonly string[]): Findings =>
  findProblems([{ file: 'a.json', report: report(subjects.map((subject) => stale(subject))) }], NO_JOBS, [])

const STATE: State = {
  run: 1,
  attempt: 1,
  since: '2026-01-01T00:00:00.000Z',
  seen: 1,
  recovered: false,
  members: [],
  more: 0
}

function known(
  number: number,
  subject: string,
  members: readonly string[],
  change: Partial<Issue> = {}
): Known {
  const issue: Issue = {
    number,
    title: '',
    body: '',
    state: 'open',
    reason: undefined,
    labels: [],
    author: 'github-actions[bot]',
    url: '',
    createdAt: '',
    updatedAt: '',
    closedAt: undefined,
    ...change
  }
  return {
    issue,
    subject: digest(subject),
    state: { ...STATE, members: find(...members).problems.map(toMember) }
  }
}

const kinds = (findings: Findings, issues: readonly Known[], run = RUN): readonly string[] =>
  plan(findings, issues, new Map(), run, LIMITS).changes.map(
    ({ kind, subject, known: one }) => `${kind} ${subject}${one === undefined ? '' : ` #${one.issue.number}`}`
  )

describe('what is a problem', () => {
  test('errors and what was not measured; a warning is a remark', () => {
    const findings = findProblems(
      [
        {
          file: 'a.json',
          report: report([
            { ...stale('a'), severity: 'warning' },
            { ...stale('b'), severity: 'unknown' },
            stale('b')
          ])
        }
      ],
      NO_JOBS,
      []
    )
    expect(findings.problems.map(({ subject, complaints }) => [subject, complaints[0]?.severity])).toEqual([
      ['b', 'error']
    ])
    expect(findings.remarks).toBe(1)
  })

  test('a red report without a finding that says why is a problem of its action', () => {
    const red = report([], { verdict: 'failed', headline: 'servers: given nothing.' })
    const findings = findProblems([{ file: 'a.json', report: red }], NO_JOBS, [])
    expect(findings.problems).toMatchObject([
      { subject: 'check-cvmfs', complaints: [{ message: 'servers: given nothing.' }] }
    ])
    expect([...findings.finished]).toEqual([])
  })

  test('one shard that came to no end keeps the whole action from calling anything well', () => {
    const cut = report([], { verdict: 'cancelled' })
    const whole = report([])
    expect([...findProblems([{ file: 'a', report: whole }], NO_JOBS, []).finished]).toEqual(['check-cvmfs'])
    const both = [
      { file: 'a', report: whole },
      { file: 'b', report: cut }
    ]
    expect([...findProblems(both, NO_JOBS, []).finished]).toEqual([])
  })
})

describe('what becomes of the issues', () => {
  test('new ones up to the most, one for all above', () => {
    expect(kinds(find('a', 'b', 'c'), [])).toEqual(['open a', 'open b', 'open c'])
    expect(kinds(find('a', 'b', 'c', 'd'), [])).toEqual([`open ${FLEET}`])
  })

  test('those that come back count as new', () => {
    const closed = ['a', 'b', 'c', 'd'].map((name, at) => known(at + 1, name, [name], { state: 'closed' }))
    expect(kinds(find('a'), closed)).toEqual(['reopen a #1'])
    expect(kinds(find('a', 'b', 'c', 'd'), closed)).toEqual([`open ${FLEET}`])
  })

  test('what stands in the issue for many gets none of its own; more at once join it', () => {
    const fleet = known(1, FLEET, ['a', 'b', 'c', 'd'])
    expect(kinds(find('a', 'b', 'c', 'd'), [fleet])).toEqual([`refresh ${FLEET} #1`])
    expect(kinds(find('a', 'e'), [fleet])).toEqual([`tell ${FLEET} #1`, 'open e'])
    expect(kinds(find('a', 'e', 'f', 'g', 'h'), [fleet])).toEqual([`tell ${FLEET} #1`])
    expect(kinds(find(), [fleet])).toEqual([`close ${FLEET} #1`])
  })

  test('a subject with an issue of its own is not called well by the issue for many', () => {
    const [own, fleet] = [known(1, 'a', ['a']), known(2, FLEET, ['a', 'b'])]
    const { changes } = plan(find('a'), [own, fleet], new Map(), RUN, LIMITS)
    expect(changes.map(({ kind, recovered }) => [kind, recovered])).toEqual([
      ['refresh', []],
      ['tell', ['b']]
    ])
  })

  test('an issue with some that are well, some that are gone and some that nobody looked at', () => {
    const seen = report([], { subjects: ['tokyo'], coverage: { of: 'servers', whole: true } })
    const findings = (more: Partial<Report>): Findings =>
      findProblems([{ file: 'a', report: { ...seen, ...more } }], NO_JOBS, [])
    const fleet = known(1, FLEET, ['perth', 'tokyo'])
    const ends = (more: Partial<Report>): unknown =>
      plan(findings(more), [fleet], new Map(), RUN, LIMITS).changes.map(
        ({ kind, recovered, dropped, unseen }) => [
          kind,
          recovered,
          dropped,
          unseen.map(({ subject }) => subject)
        ]
      )
    expect(ends({})).toEqual([['close', ['tokyo'], ['perth'], []]])
    expect(ends({ unreached: ['perth'] })).toEqual([['tell', ['tokyo'], [], ['perth']]])
    expect(ends({ subjects: [], unreached: ['perth', 'tokyo'] })).toEqual([])
    expect(plan(findings({ unreached: ['perth'] }), [fleet], new Map(), RUN, LIMITS).left).toEqual([1])
  })

  test('doubts close nothing, and say nothing', () => {
    expect(kinds({ ...find(), doubts: ['a job was lost'] }, [known(1, 'a', ['a'])])).toEqual([])
  })

  test('muted, and written by a newer run', () => {
    const muted = known(1, 'a', ['a'], { state: 'closed', reason: 'not_planned' })
    expect(plan(find('a'), [muted], new Map(), RUN, LIMITS)).toMatchObject({ changes: [], muted: ['a'] })
    const newer = known(2, 'a', ['a'])
    expect(kinds(find(), [newer], { id: 1, attempt: 0 })).toEqual([])
  })

  test('a state that somebody took out closes nothing', () => {
    expect(kinds(find(), [known(1, 'a', [])])).toEqual([])
  })

  test('the threshold counts, by subject', () => {
    const { waiting, changes } = plan(find('a', 'b'), [], new Map([[digest('b'), 2]]), RUN, {
      ...LIMITS,
      threshold: 3
    })
    expect([...waiting]).toEqual([['a', 1]])
    expect(changes.map(({ subject }) => subject)).toEqual(['b'])
  })
})

describe('what an issue carries', () => {
  const body = assemble(
    markerOf('key', 'perth'),
    { ...STATE, members: find('perth').problems.map(toMember) },
    'text'
  )

  test('is read again, with the text of people', () => {
    expect(readMarker(body)).toEqual({ key: digest('key'), subject: digest('perth') })
    expect(readState(body)?.members).toMatchObject([
      { subject: 'perth', print: digest('error snapshot-too-old') }
    ])
    expect(assemble(markerOf('key', 'perth'), STATE, 'new', `${body}\nours`)).toMatch(
      /new\n\n<!-- \S+ -->\nours$/
    )
  })

  test('names that cannot be packed leave room for the text', () => {
    const odd = Array.from({ length: 150 }, () =>
      Array.from({ length: 200 }, () =>
        String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000))
      ).join('')
    )
    const state = fitting({
      ...STATE,
      members: odd.map((subject) => ({ subject, sources: ['job'], print: '' }))
    })
    expect(writeState(state).length).toBeLessThanOrEqual(30_000)
    expect(state.members.length + state.more).toBe(150)
  })

  test('a mark that is not at the very beginning is none', () => {
    expect(readMarker(`> ${body}`)).toBeUndefined()
    expect(readMarker(`\n${body}`)).toBeUndefined()
  })

  test.each(['AAAA', 'e30', Buffer.from('{"run":"1"}').toString('base64url')])(
    'a broken state is none: %s',
    (packed) => {
      expect(readState(`x\n<!-- neurodesk-ci-state: ${packed} -->`)).toBeUndefined()
    }
  )
})

test('counts from an annotation, and nothing else', () => {
  const [a, b] = [digest('a'), digest('b')]
  expect([...parseStreaks(`key=${digest('k')} ${a}=2 ${b}=1 x=3 ${a}x=9`)]).toEqual([
    [a, 2],
    [b, 1]
  ])
})
