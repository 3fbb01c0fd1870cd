/** Against the testbed's GitHub: jobs that left no report, and what may be called well. */
import { describe, expect, test } from '@jest/globals'

import type { JobSeed } from '../../../testbed/github/index.ts'
import { FAILED, only, redJob, report, type Scene, setUp, stale, WELL } from './scene.ts'

describe('what is not looked at is not well', () => {
  const perth = { reports: [report([stale('perth')])], jobs: [redJob()] }
  const open = async (): Promise<Scene> => {
    const scene = await setUp()
    await scene.run({ ...FAILED, ...perth })
    return scene
  }

  test.each([
    ['the action did not run', { needs: { check: 'skipped' } }],
    [
      'its job was cancelled',
      {
        needs: { check: 'cancelled' },
        jobs: [{ ...redJob(), conclusion: 'cancelled' as const, annotations: [] }]
      }
    ],
    ['its report is missing', { ...WELL, inputs: { reports: 'reports/**/*.json' } }],
    ['its report is damaged', { ...WELL, reports: [report([])], files: { 'reports/x.json': '{' } }],
    ['it came to no end', { ...FAILED, reports: [report([], { verdict: 'cancelled' })], jobs: [redJob()] }],
    ['its inputs were wrong', { ...FAILED, reports: [report([], { verdict: 'failed' })], jobs: [redJob()] }]
  ])(
    '%s: the issue stays open',
    async (_, told) => {
      const scene = await open()
      const run = await scene.run(told)
      expect(run.exitCode).toBe(0)
      expect(run.outputs['closed-count']).toBe('0')
      expect(scene.repository.issues[0]).toMatchObject({ state: 'open', comments: [] })
    },
    60_000
  )

  test('another leg died before it could report', async () => {
    const scene = await open()
    const run = await scene.run({
      ...FAILED,
      reports: [report([])],
      jobs: [{ name: 'check (b)', conclusion: 'failure', steps: [], annotations: [] }]
    })
    expect(run.outputs).toMatchObject({ 'closed-count': '0', 'opened-count': '1' })
    expect(scene.open().map(({ title }) => title)).toEqual([
      'perth: Its last snapshot is 30 hours old.',
      'job check (b): Its runner (GitHub Actions 1) went away.'
    ])
  }, 60_000)
})

describe('jobs that left no report', () => {
  const lost = 'The hosted runner: GitHub Actions 7 lost communication with the server.'
  const cases: readonly [string, Partial<JobSeed>, string][] = [
    [
      'its runner was lost',
      { runner: 'GitHub Actions 7', annotations: [{ level: 'failure', message: lost }] },
      'Its runner (GitHub Actions 7) went away'
    ],
    [
      'it failed at its checkout',
      { steps: [{ name: 'Run actions/checkout', conclusion: 'failure' }] },
      'It failed at "Run actions/checkout" and left no report'
    ],
    [
      'it failed before its first step',
      { steps: [{ name: 'Set up job', conclusion: 'failure' }] },
      'It failed at "Set up job", before any step'
    ],
    ['no runner took it', { runner: null }, 'No runner took it'],
    [
      'it ran into its limit',
      {
        conclusion: 'cancelled',
        steps: [{ name: 'Build', conclusion: 'cancelled' }],
        annotations: [
          {
            level: 'failure',
            message:
              'The job running on runner GitHub Actions 1 has exceeded the maximum execution time of 360 minutes.'
          }
        ]
      },
      'It ran into its time limit in "Build"'
    ]
  ]

  test.each(cases)(
    '%s',
    async (_, seed, message) => {
      const scene = await setUp()
      const job: JobSeed = { name: 'build (arm64)', conclusion: 'failure', ...seed }
      const run = await scene.run({ needs: { build: job.conclusion ?? 'failure' }, jobs: [job] })
      expect(run.outputs).toMatchObject({ ok: 'false', 'issue-numbers': '[1]' })
      const issue = only(scene.repository.issues)
      expect(issue.title).toContain(`job build (arm64): ${message}`)
      expect(issue.body).toContain('| Job | Result | Runner | Failed step | Last annotation |')
      const well = await scene.run({ needs: { build: 'success' }, jobs: [{ name: 'build (arm64)' }] })
      expect(well.outputs['closed-count']).toBe('1')
    },
    60_000
  )

  test('cancelled by a person: nobody is told', async () => {
    const scene = await setUp()
    const run = await scene.run({
      needs: { build: 'cancelled' },
      jobs: [
        {
          name: 'build',
          conclusion: 'cancelled',
          annotations: [{ level: 'failure', message: 'The operation was canceled.' }]
        }
      ]
    })
    expect(run.outputs).toMatchObject({ ok: 'false', 'opened-count': '0' })
    expect(scene.repository.issues).toEqual([])
  })

  test("a job that is allowed to fail is nobody's problem", async () => {
    const scene = await setUp()
    const run = await scene.run({
      needs: { build: 'success' },
      jobs: [{ name: 'build', conclusion: 'failure' }]
    })
    expect(run.outputs).toMatchObject({ ok: 'true', 'opened-count': '0' })
  })

  test('without the right to read jobs the needs tell', async () => {
    const scene = await setUp()
    scene.github.fail({
      operation: 'actions/list-jobs-for-workflow-run-attempt',
      kind: { what: 'forbidden' }
    })
    const run = await scene.run({ needs: { build: 'failure', test: 'success' }, jobs: [] })
    expect(run.exitCode).toBe(0)
    expect(only(scene.repository.issues).title).toBe(
      'job build: It failed; no report and no details could be read.'
    )
    expect(run.annotations.map(({ message }) => message).join()).toContain('Its jobs could not be read')
  })
})
