/** Against the testbed's GitHub: one issue for each run, as NeuroDesk's automation expects it. */
import { expect, test } from '@jest/globals'

import type { JobSeed } from '../../../testbed/github/index.ts'
import { addRun, NAME, only, redJob, report, setUp, stale } from './scene.ts'

const style = { style: 'per-run' }
const legs: readonly JobSeed[] = [
  {
    name: 'check (perth)',
    conclusion: 'failure',
    runner: 'GitHub Actions 3',
    steps: [{ name: 'Check perth', conclusion: 'failure' }],
    annotations: [
      { level: 'failure', message: 'first' },
      { level: 'failure', message: 'perth gives no answer' },
      { level: 'failure', message: 'Process completed with exit code 1.' }
    ]
  },
  { name: 'check (frankfurt)' },
  { name: 'check (tokyo)', conclusion: 'failure', runner: null }
]

/** What the automation of neurodesk/neurodesktop asks of an issue. */
function isFound(issue: { readonly title: string; readonly body: string }, run: number): boolean {
  return (
    issue.title === `Job failure - Test cvmfs - run ${run}` &&
    issue.body.split('\n')[0] === `<!-- neurodesktop-workflow-failure: run=${run} -->` &&
    issue.body.includes(`/actions/runs/${run}`)
  )
}

test('one issue with its markers, one comment for each attempt, one row for each leg; a green re-run closes it', async () => {
  const scene = await setUp()
  const id = addRun(scene.repository, {
    attempt: 3,
    jobs: [
      ...legs.map((job) => ({ ...job, attempt: 1 })),
      ...legs.slice(0, 2).map((job) => ({ ...job, attempt: 2 })),
      { name: 'check (perth)', attempt: 3 },
      { name: 'check (tokyo)', attempt: 3 }
    ]
  })
  const told = { needs: { check: 'failure' }, inputs: style, id }
  const first = await scene.run(told)
  expect(first.outputs).toMatchObject({ ok: 'false', 'opened-count': '1', 'updated-count': '0' })
  const issue = only(scene.repository.issues)
  expect(isFound(issue, id)).toBe(true)
  expect(issue.labels).toEqual(['bug'])
  const comment = only(issue.comments).body
  expect(comment.split('\n')[0]).toBe(`<!-- neurodesktop-workflow-failure-attempt: run=${id} attempt=1 -->`)
  expect(comment).toContain(`<!-- neurodesktop-job-failure-report: run=${id}`)
  expect(comment).toContain(`/actions/runs/${id}/attempts/1`)
  expect(comment).toMatch(
    /\| \[check \(perth\)\]\(\S+\) \| failure \| GitHub Actions 3 \| Check perth \| perth gives no answer \|/
  )
  expect(comment).toMatch(/\| \[check \(tokyo\)\]\(\S+\) \| failure \| none took it \|/)
  expect(comment).not.toContain('frankfurt')

  // The same attempt again says nothing twice.
  await scene.run(told)
  expect(issue.comments).toHaveLength(1)

  const second = await scene.run({ ...told, attempt: 2 })
  expect(second.outputs).toMatchObject({ 'opened-count': '0', 'updated-count': '1' })
  expect(issue.comments).toHaveLength(2)

  const third = await scene.run({ ...told, needs: { check: 'success' }, attempt: 3 })
  expect(third.outputs).toMatchObject({ ok: 'true', 'closed-count': '1' })
  expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' })
  expect(scene.repository.issues).toHaveLength(1)
}, 60_000)

test('each run has its own issue; a later green run closes them, one of another key does not', async () => {
  const scene = await setUp()
  const bad = { needs: { check: 'failure' }, jobs: legs, inputs: style }
  await scene.run(bad)
  await scene.run(bad)
  expect(scene.open()).toHaveLength(2)
  const good = { needs: { check: 'success' }, jobs: [{ name: 'check (perth)' }] }
  await scene.run({ ...good, inputs: { ...style, key: 'weekly' } })
  expect(scene.open()).toHaveLength(2)
  await scene.run({ ...good, inputs: { ...style, 'close-on-recovery': 'false' } })
  expect(scene.open()).toHaveLength(2)
  const run = await scene.run({ ...good, inputs: style })
  expect(run.outputs['closed-count']).toBe('2')
  expect(scene.open()).toEqual([])
}, 60_000)

test('what the reports say stands in the comment; hostile names do not leave their cell', async () => {
  const scene = await setUp()
  await scene.run({
    reports: [report([stale('perth')])],
    jobs: [redJob(), { name: 'x | <b>@octocat</b> [a](b)', conclusion: 'failure' }],
    inputs: style
  })
  const comment = only(only(scene.repository.issues).comments).body
  expect(comment).toContain('**perth**\n\n|  | What is the case |')
  expect(comment).toContain('[x \\| &lt;b&gt;@\u200Boctocat&lt;/b&gt; \\[a\\](b)](')
}, 60_000)

test('the workflow that looks into it is started once for each attempt, with its marker', async () => {
  const scene = await setUp({
    repositories: {
      [NAME]: { commits: [{ message: 'first' }], workflows: ['test-cvmfs.yml', 'agentic-issue.yml'] }
    }
  })
  const id = addRun(scene.repository, {
    attempt: 2,
    jobs: legs.flatMap((job) => [1, 2].map((attempt) => ({ ...job, attempt })))
  })
  const told = {
    id,
    needs: { check: 'failure' },
    inputs: { ...style, 'dispatch-workflow': 'agentic-issue.yml' }
  }
  await scene.run(told)
  await scene.run(told)
  expect(scene.repository.dispatches).toEqual([
    { workflow: 'agentic-issue.yml', ref: 'main', inputs: { 'issue-number': '1' } }
  ])
  expect(scene.repository.issues[0]?.comments[1]?.body).toContain(
    `<!-- neurodesktop-workflow-failure-dispatched: run=${id} attempt=1 -->`
  )
  await scene.run({ ...told, attempt: 2 })
  expect(scene.repository.dispatches).toHaveLength(2)
}, 60_000)

test('from a workflow of its own, after the run has ended', async () => {
  const scene = await setUp()
  const id = addRun(scene.repository, { jobs: legs, seed: { status: 'completed', conclusion: 'failure' } })
  const run = await scene.run({
    inputs: style,
    env: { GITHUB_EVENT_NAME: 'workflow_run', GITHUB_WORKFLOW: 'Report failed workflow' },
    event: {
      workflow_run: {
        id,
        run_attempt: 1,
        name: 'Test cvmfs',
        event: 'schedule',
        head_branch: 'main',
        head_repository: { full_name: NAME }
      }
    }
  })
  expect(run.outputs['opened-count']).toBe('1')
  expect(isFound(only(scene.repository.issues), id)).toBe(true)
}, 60_000)

test('a cancelled run is no failure, and no recovery', async () => {
  const scene = await setUp()
  await scene.run({ needs: { check: 'failure' }, jobs: legs, inputs: style })
  const run = await scene.run({
    needs: { check: 'cancelled' },
    jobs: [{ name: 'check (perth)', conclusion: 'cancelled' }],
    inputs: style
  })
  expect(run.outputs).toMatchObject({ 'opened-count': '0', 'closed-count': '0' })
  expect(scene.open()).toHaveLength(1)
}, 60_000)

test('threshold and dry run', async () => {
  const scene = await setUp()
  const bad = { needs: { check: 'failure' }, jobs: legs }
  const waits = await scene.run({ ...bad, inputs: { ...style, threshold: '2' } })
  expect(waits.outputs['opened-count']).toBe('0')
  expect(waits.summary).toContain('waits: 1 of 2 runs')
  const dry = await scene.run({ ...bad, inputs: { ...style, 'dry-run': 'true' } })
  expect(dry.summary).toContain('open "Job failure - Test cvmfs - run')
  expect(scene.repository.issues).toEqual([])
}, 60_000)
