import { describe, expect, test } from '@jest/globals'

import type { Job } from '../../../lib/github/index.ts'
import type { NeedResult } from '../src/inputs.ts'
import { explains, isLegOf, judgeJobs, type SeenJob } from '../src/jobs.ts'
import { report, stale } from './scene.ts'

function seen(name: string, change: Partial<Job> = {}, said: readonly string[] | undefined = []): SeenJob {
  const job: Job = {
    id: 1,
    name,
    status: 'completed',
    conclusion: 'failure',
    runner: 'runner-1',
    url: 'https://github.com/a/b/actions/runs/1/job/1',
    startedAt: '2026-01-01T00:00:00Z',
    completedAt: '2026-01-01T00:10:00Z',
    steps: [{ name: 'Check', status: 'completed', conclusion: 'failure' }],
    ...change
  }
  return {
    job,
    annotations: said?.map((message) => ({ level: 'failure', title: '', message, path: '.github', line: 1 }))
  }
}

const needs = (results: Readonly<Record<string, NeedResult>>): ReadonlyMap<string, NeedResult> =>
  new Map(Object.entries(results))
const names = (jobs: readonly { readonly name: string }[]): readonly string[] => jobs.map(({ name }) => name)

test('legs of a matrix and of a reusable workflow belong to their need; a longer name does not', () => {
  expect(isLegOf('build', 'build')).toBe(true)
  expect(isLegOf('build (amd64, x)', 'build')).toBe(true)
  expect(isLegOf('build / test', 'build')).toBe(true)
  expect(isLegOf('build-desktop', 'build')).toBe(false)
})

describe('which jobs are watched', () => {
  test('without needs all that failed', () => {
    const { failed, well } = judgeJobs([seen('a'), seen('b', { conclusion: 'success' })], needs({}), [])
    expect(names(failed)).toEqual(['a'])
    expect(well).toEqual(['b'])
  })

  test('with needs those that the caller waits for; one that may fail is none of them', () => {
    const jobs = [seen('build (a)'), seen('lint'), seen('Nightly docs')]
    const { failed } = judgeJobs(jobs, needs({ build: 'failure', lint: 'success' }), [])
    expect(names(failed)).toEqual(['build (a)'])
  })

  test('a job with a name of its own stands for the need that no job is named after', () => {
    const jobs = [seen('Build the desktop'), seen('lint', { conclusion: 'success' })]
    const { failed } = judgeJobs(jobs, needs({ build: 'failure', lint: 'success' }), [])
    expect(names(failed)).toEqual(['Build the desktop'])
  })

  test('a need that failed and of which nothing is seen is told by its id', () => {
    const { failed } = judgeJobs([], needs({ build: 'failure', lint: 'skipped' }), [])
    expect(failed).toMatchObject([{ name: 'build', id: 'job-unknown' }])
  })

  test('without the API as many bad reports as needs explain them', () => {
    const bad = [report([stale('perth')])]
    expect(judgeJobs(undefined, needs({ a: 'failure' }), bad).unexplained).toEqual([])
    expect(names(judgeJobs(undefined, needs({ a: 'failure', b: 'failure' }), bad).unexplained)).toEqual([
      'a',
      'b'
    ])
  })
})

describe('which jobs a report explains', () => {
  const bad = report([stale('perth')])

  test('the one that says its words, and no other', () => {
    const jobs = [
      seen('check (perth)', {}, ['perth: Its last snapshot is 30 hours old. Ask its owner.']),
      seen('check (tokyo)', {}, ['Process completed with exit code 1.'])
    ]
    expect(names(judgeJobs(jobs, needs({}), [bad]).unexplained)).toEqual(['check (tokyo)'])
  })

  test('a report that is well explains no failure', () => {
    expect(explains({ ...bad, verdict: 'ok' }, seen('a', {}, [bad.headline]))).toBe(false)
  })

  test('where annotations cannot be read, the one that was written while the job ran', () => {
    const during = { ...bad, started: '2026-01-01T00:01:00Z', finished: '2026-01-01T00:02:00Z' }
    const late = { ...bad, started: '2026-01-01T01:01:00Z', finished: '2026-01-01T01:02:00Z' }
    const unread: SeenJob = { job: seen('a').job, annotations: undefined }
    expect(explains(during, unread)).toBe(true)
    expect(explains(late, unread)).toBe(false)
  })
})

describe('how it ended', () => {
  test.each([
    ['job-timed-out', { conclusion: 'timed_out' }, []],
    ['job-runner-lost', {}, ['The runner has received a shutdown signal.']],
    ['job-runner-lost', { steps: [] }, []],
    [
      'job-not-started',
      { conclusion: 'cancelled', runner: undefined },
      ['The job was not acquired by Runner of type hosted even after multiple attempts']
    ],
    [
      'job-set-up-failed',
      { steps: [{ name: 'Set up job', status: 'completed', conclusion: 'failure' }] },
      []
    ],
    ['job-failed', {}, ['anything']]
  ] as const)('%s', (id, change, said) => {
    expect(judgeJobs([seen('a', change, said)], needs({}), []).failed).toMatchObject([{ id }])
  })

  test('a full disk is named; the last word is one that says something', () => {
    const said = ['write /x: no space left on device', 'Process completed with exit code 1.']
    expect(judgeJobs([seen('a', {}, said)], needs({}), []).failed).toMatchObject([
      { hint: 'The disk was full: free space, or take a larger runner.', lastAnnotation: said[0] }
    ])
  })

  test('cancelled on purpose is told as such', () => {
    const { failed, cancelled } = judgeJobs(
      [seen('a', { conclusion: 'cancelled' }, ['The operation was canceled.'])],
      needs({ b: 'cancelled' }),
      []
    )
    expect(failed).toEqual([])
    expect(cancelled).toEqual(['a', 'b'])
  })
})
