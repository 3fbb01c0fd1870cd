/** The built bundle against the testbed's GitHub: refusals, limits, lost answers, and hostile text. */
import { describe, expect, test } from '@jest/globals'

import { FAILED, only, redJob, report, setUpBundle as setUp, stale, WELL } from './scene.ts'

describe('what GitHub does', () => {
  const perth = { ...FAILED, reports: [report([stale('perth')])], jobs: [redJob()] }

  test('on a fork the token can only read: the summary tells, and the job is green', async () => {
    const scene = await setUp({
      tokens: {
        'fork-token': {
          login: 'github-actions[bot]',
          permissions: { contents: 'read', issues: 'read', actions: 'read', checks: 'read' }
        }
      }
    })
    const run = await scene.run({
      ...perth,
      token: 'fork-token',
      env: { GITHUB_EVENT_NAME: 'pull_request' },
      event: {
        pull_request: { user: { login: 'octocat' }, head: { repo: { full_name: 'octocat/neurodesktop' } } }
      }
    })
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({ ok: 'false', 'issue-numbers': '[]' })
    expect(run.summary).toContain('Its last snapshot is 30 hours old.')
    const notices = run.annotations.filter(({ kind }) => kind === 'notice').map(({ message }) => message)
    expect(notices.join()).toContain('The token of this run can only read')
    expect(run.annotations.filter(({ kind }) => kind === 'error')).toEqual([])
  })

  test('a missing permission fails the job, and does not hide what was to be told', async () => {
    const scene = await setUp({
      tokens: {
        weak: {
          login: 'github-actions[bot]',
          permissions: { issues: 'read', actions: 'read', checks: 'read' }
        }
      }
    })
    const run = await scene.run({ ...perth, token: 'weak' })
    expect(run.exitCode).toBe(1)
    const error = run.annotations.find(({ kind }) => kind === 'error')?.message ?? ''
    expect(error).toContain('issues: write')
    expect(error).toContain('perth: Its last snapshot is 30 hours old.')
    expect(run.summary).toContain('Its last snapshot is 30 hours old.')
  })

  test('issues that cannot even be listed', async () => {
    const scene = await setUp()
    scene.github.fail({ operation: 'issues/list-for-repo', kind: { what: 'unauthorized' } })
    const run = await scene.run(perth)
    expect(run.exitCode).toBe(1)
    expect(run.annotations.find(({ kind }) => kind === 'error')?.message).toContain('perth: Its last')
    expect(run.summary).toContain('perth')
  })

  test('issues that are switched off', async () => {
    const scene = await setUp()
    const message = 'Issues has been disabled in this repository.'
    scene.github.fail({ operation: 'issues/list-for-repo', kind: { what: 'gone', message } })
    const run = await scene.run(perth)
    expect(run.exitCode).toBe(1)
    expect(run.annotations.find(({ kind }) => kind === 'error')?.message).toContain(message)
    expect(run.raw).not.toContain('bug of the action')
  })

  test('a secondary limit is waited for', async () => {
    const scene = await setUp()
    scene.github.fail({ operation: 'issues/create', kind: { what: 'secondary-limit', retryAfterSeconds: 1 } })
    const run = await scene.run(perth)
    expect(run.outputs['opened-count']).toBe('1')
    only(scene.repository.issues)
  }, 60_000)

  test('a lost answer opens no second issue, and makes no second comment', async () => {
    const scene = await setUp()
    scene.github.fail({ operation: 'issues/create', kind: { what: 'lost-answer' } })
    await scene.run(perth)
    const issue = only(scene.repository.issues)
    scene.github.fail({ operation: 'issues/create-comment', kind: { what: 'lost-answer' } })
    await scene.run({ ...WELL, reports: [report([])] })
    expect(issue.comments).toHaveLength(1)
    expect(issue.state).toBe('closed')
  }, 60_000)

  test('one issue that cannot be written does not stop the others', async () => {
    const scene = await setUp()
    scene.github.fail({ operation: 'issues/create', kind: { what: 'unprocessable' } })
    const run = await scene.run({ ...FAILED, reports: [report([stale('a'), stale('b')])], jobs: [redJob()] })
    expect(run.exitCode).toBe(1)
    expect(scene.open().map(({ title }) => title)).toEqual(['b: Its last snapshot is 30 hours old.'])
  }, 60_000)
})

describe('what comes from outside', () => {
  test('hostile text is shown as text, mentions nobody, and hides nothing', async () => {
    const scene = await setUp()
    const subject =
      'x` | <img src=x onerror=1> @octocat #1\n--> <!-- neurodesk-ci-end --> <!-- neurodesk-ci-state: AAAA -->'
    const hostile = {
      ...stale(subject),
      message: `@neurodesk/all see [this](https://evil.example) ghp_${'a1B2'.repeat(9)} </details> \u202Eevil https://user:hunter2secret@example.org`,
      hint: '<!-- neurodesk-ci-end -->'
    }
    const run = await scene.run({ ...FAILED, reports: [report([hostile])], jobs: [redJob()] })
    const issue = only(scene.repository.issues)
    for (const text of [issue.body, issue.title, run.summary, run.log]) {
      expect(text).not.toContain('a1B2a1B2')
      expect(text).not.toContain('hunter2secret')
    }
    const shown = issue.body.split('\n').slice(2).join('\n')
    expect(shown.match(/<!--/g)).toHaveLength(1)
    expect(shown.replace(/``.*?``/g, '')).not.toMatch(/<img|@[a-z]|<\/details>|\]\(https:\/\/evil|\u202E/)
    expect(issue.title).not.toMatch(/[\n\u202E]/)
    // The same again is the same again: nothing in the text took its place.
    const same = await scene.run({ ...FAILED, reports: [report([hostile])], jobs: [redJob()] })
    expect(same.outputs).toMatchObject({ 'opened-count': '0', 'updated-count': '0' })
    expect(scene.repository.issues).toHaveLength(1)
  }, 60_000)

  test('an issue with our mark that a stranger opened is not ours', async () => {
    const scene = await setUp()
    await scene.run({ ...FAILED, reports: [report([stale('perth')])], jobs: [redJob()] })
    const body = scene.repository.issues[0]?.body ?? ''
    scene.repository.editIssue(1, { body: 'taken out' })
    scene.repository.addIssue({ title: 'decoy', user: 'stranger', body })
    const run = await scene.run({ ...FAILED, reports: [report([stale('perth')])], jobs: [redJob()] })
    expect(run.outputs).toMatchObject({ 'opened-count': '1', 'issue-numbers': '[3]' })
    expect(scene.repository.issues[1]?.body).toBe(body)
  }, 60_000)

  test('what people write below the text stays; a state that somebody broke is made anew', async () => {
    const scene = await setUp()
    const perth = { ...FAILED, reports: [report([stale('perth')])], jobs: [redJob()] }
    await scene.run(perth)
    const issue = only(scene.repository.issues)
    const broken = issue.body.replace(/neurodesk-ci-state: \S+/, 'neurodesk-ci-state: nonsense')
    scene.repository.editIssue(1, { body: `${broken}\nWe asked the owner.` })
    await scene.run(perth)
    expect(issue.body).toMatch(/<!-- neurodesk-ci-end -->\nWe asked the owner\.$/)
    const well = await scene.run({ ...WELL, reports: [report([])] })
    expect(well.outputs['closed-count']).toBe('1')
    expect(issue.body).toContain('We asked the owner.')
  }, 60_000)

  test('needs that are none, and outputs of jobs that never show', async () => {
    const scene = await setUp()
    const bad = await scene.run({
      inputs: { needs: '{"build": {"result": "well", "outputs": {"key": "hunter2"}}}' }
    })
    expect(bad.exitCode).toBe(1)
    expect(bad.annotations[0]?.message).toContain('needs: given')
    expect(bad.raw).not.toContain('hunter2')
    const good = await scene.run({
      inputs: { needs: '{"build": {"result": "failure", "outputs": {"key": "hunter2"}}}' }
    })
    expect(JSON.stringify([good, scene.repository.issues])).not.toContain('hunter2')
  })
})
