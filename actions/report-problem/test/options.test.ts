/** Against the testbed's GitHub: what each input does. */
import { describe, expect, test } from '@jest/globals'

import { addEnded, NAME, only, redJob, report, setUp, stale, visible } from './scene.ts'

const perth = { needs: { check: 'failure' }, reports: [report([stale('perth')])], jobs: [redJob()] }
const well = { needs: { check: 'success' }, reports: [report([])] }

describe('a new issue', () => {
  const repositories = {
    [NAME]: {
      commits: [{ message: 'first' }],
      workflows: ['test-cvmfs.yml', 'issue-investigator.lock.yml'],
      collaborators: { maintainer: 'write' as const }
    }
  }

  test('title, labels, assignees, template, the submitter, and the workflow that looks into it', async () => {
    const scene = await setUp({ repositories })
    const run = await scene.run({
      ...perth,
      inputs: {
        title: '[{workflow}] {subject} is bad, run {run}',
        labels: 'cvmfs\nhelp wanted',
        assignees: 'maintainer',
        template: '.github/problem.md',
        'mention-submitter': 'true',
        'dispatch-workflow': 'issue-investigator.lock.yml'
      },
      files: { '.github/problem.md': '# {subject}\n\n{details}\n\nRunbook: https://neurodesk.org\n' },
      env: { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_TRIGGERING_ACTOR: 'octocat' }
    })
    expect(run.annotations.filter(({ kind }) => kind !== 'notice')).toEqual([])
    const issue = only(scene.repository.issues)
    expect(issue.title).toMatch(/^\[Test cvmfs\] perth is bad, run \d+$/)
    expect(issue).toMatchObject({ labels: ['cvmfs', 'help wanted'], assignees: ['maintainer'] })
    expect(visible(issue.body)).toMatch(/^# perth\n\n`perth` in \[Test cvmfs/)
    expect(issue.body).toContain('Runbook: https://neurodesk.org\n\ncc @octocat')
    expect(scene.repository.dispatches).toEqual([
      { workflow: 'issue-investigator.lock.yml', ref: 'main', inputs: { 'issue-number': '1' } }
    ])
    // The same again starts nothing, and mentions nobody a second time.
    await scene.run({ ...perth, inputs: { 'dispatch-workflow': 'issue-investigator.lock.yml' } })
    expect(scene.repository.dispatches).toHaveLength(1)
  }, 60_000)

  test('nobody is mentioned for a schedule; no label on request', async () => {
    const scene = await setUp({ repositories })
    await scene.run({
      ...perth,
      inputs: { 'mention-submitter': 'true', labels: '#' },
      env: { GITHUB_TRIGGERING_ACTOR: 'octocat' }
    })
    const issue = only(scene.repository.issues)
    expect(issue.body).not.toContain('@')
    expect(issue.labels).toEqual([])
  }, 60_000)

  test('an assignee who left, and a workflow that is not there, are told and stop nothing', async () => {
    const scene = await setUp({ repositories })
    const run = await scene.run({
      ...perth,
      inputs: { assignees: 'gone', 'dispatch-workflow': 'nowhere.yml' }
    })
    expect(run.exitCode).toBe(0)
    const warnings = run.annotations.filter(({ kind }) => kind === 'warning').map(({ message }) => message)
    expect(warnings.join('\n')).toMatch(
      /could not be assigned to gone[\s\S]*nowhere\.yml could not be started for #1/
    )
    only(scene.repository.issues)
  }, 60_000)

  test('a run of another branch starts no workflow that works on the default one', async () => {
    const scene = await setUp({ repositories })
    const run = await scene.run({
      ...perth,
      inputs: { 'dispatch-workflow': 'issue-investigator.lock.yml' },
      env: { GITHUB_REF: 'refs/heads/work' }
    })
    expect(run.outputs['opened-count']).toBe('1')
    expect(scene.repository.dispatches).toEqual([])
  }, 60_000)

  test('a template that names what there is not', async () => {
    const scene = await setUp()
    const run = await scene.run({
      ...perth,
      inputs: { template: 'x.md', title: '{nothing}' },
      files: { 'x.md': '{subjekt}' }
    })
    expect(run.exitCode).toBe(1)
    expect(run.annotations[0]?.message).toContain('title: given "{nothing}"')
    const again = await scene.run({ ...perth, inputs: { template: 'x.md' }, files: { 'x.md': '{subjekt}' } })
    expect(again.annotations[0]?.message).toContain('it has {subjekt}')
    expect(scene.repository.issues).toEqual([])
  })
})

describe('threshold', () => {
  const inputs = { threshold: '3' }

  test('the third bad run in a row opens the issue', async () => {
    const scene = await setUp()
    for (const runs of [1, 2]) {
      const run = await scene.run({ ...perth, inputs })
      expect(run.outputs).toMatchObject({ ok: 'false', 'opened-count': '0' })
      expect(run.summary).toContain(`waits: ${runs} of 3 runs`)
      addEnded(scene.repository, run)
    }
    const third = await scene.run({ ...perth, inputs })
    expect(third.outputs['opened-count']).toBe('1')
  }, 60_000)

  test('a good run in between begins anew; one that was cancelled does not', async () => {
    const scene = await setUp()
    for (const told of [perth, well, perth, perth]) {
      const run = await scene.run({ ...told, inputs })
      expect(run.outputs['opened-count']).toBe('0')
      addEnded(scene.repository, run)
    }
    scene.repository.addRun({
      workflow: 'test-cvmfs.yml',
      conclusion: 'cancelled',
      jobs: [{ name: 'report', conclusion: 'cancelled' }]
    })
    const last = await scene.run({ ...perth, inputs })
    expect(last.outputs['opened-count']).toBe('1')
  }, 60_000)

  test('when nobody can count, it is told at once', async () => {
    const scene = await setUp()
    scene.github.fail({ operation: 'actions/list-workflow-runs', kind: { what: 'forbidden' } })
    const run = await scene.run({ ...perth, inputs })
    expect(run.outputs['opened-count']).toBe('1')
    expect(run.annotations.map(({ message }) => message).join()).toContain(
      'Earlier runs could not be counted'
    )
  }, 60_000)
})

describe('what people decide', () => {
  test('closed as not planned, it is left alone', async () => {
    const scene = await setUp()
    await scene.run(perth)
    const issue = only(scene.repository.issues)
    const state = issue as { -readonly [K in keyof typeof issue]: (typeof issue)[K] }
    scene.repository.editIssue(1, { state: 'closed' })
    state.stateReason = 'not_planned'
    const run = await scene.run(perth)
    expect(run.outputs).toMatchObject({ ok: 'false', 'issue-numbers': '[]', 'opened-count': '0' })
    expect(run.summary).toContain('left alone')
    expect(scene.repository.issues).toHaveLength(1)
    expect(issue.comments).toHaveLength(0)
  }, 60_000)

  test('closed as done although it is not, it is opened again', async () => {
    const scene = await setUp()
    await scene.run(perth)
    scene.repository.editIssue(1, { state: 'closed' })
    await scene.run(perth)
    const issue = only(scene.repository.issues)
    expect(issue.state).toBe('open')
    expect(only(issue.comments).body).toContain('It was closed, and it is still there.')
  }, 60_000)

  test('without close-on-recovery a comment says so, once; and again when it is back', async () => {
    const scene = await setUp()
    const inputs = { 'close-on-recovery': 'false' }
    await scene.run({ ...perth, inputs })
    const issue = only(scene.repository.issues)
    for (const told of [well, well]) await scene.run({ ...told, inputs })
    expect(issue.state).toBe('open')
    expect(only(issue.comments).body).toContain('Well again')
    const back = await scene.run({ ...perth, inputs })
    expect(back.outputs['updated-count']).toBe('1')
    expect(issue.comments[1]?.body).toContain('It is back.')
  }, 60_000)

  test('another key speaks of other issues', async () => {
    const scene = await setUp()
    await scene.run(perth)
    const run = await scene.run({ ...perth, inputs: { key: 'weekly' } })
    expect(run.outputs['issue-numbers']).toBe('[2]')
    await scene.run(well)
    expect(scene.open().map(({ number }) => number)).toEqual([2])
  }, 60_000)

  test('max-new', async () => {
    const scene = await setUp()
    const two = { ...perth, reports: [report([stale('a'), stale('b')])] }
    await scene.run({ ...two, inputs: { 'max-new': '1' } })
    expect(scene.open().map(({ title }) => title)).toEqual(['2 problems at once in Test cvmfs'])
  }, 60_000)

  test('a dry run writes nothing and says what it would', async () => {
    const scene = await setUp()
    const inputs = { 'dry-run': 'true' }
    const run = await scene.run({ ...perth, inputs })
    expect(run.summary).toContain('open "perth: Its last snapshot is 30 hours old."')
    await scene.run(perth)
    const close = await scene.run({ ...well, inputs })
    expect(close.summary).toContain('close #\u200B1')
    expect(scene.github.requests.filter(({ method }) => method !== 'GET')).toHaveLength(1)
  }, 60_000)
})
