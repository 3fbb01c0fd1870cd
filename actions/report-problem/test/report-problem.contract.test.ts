/** The built bundle, run as the runner runs it, against the testbed's GitHub: issues by subject. */
import { afterEach, describe, expect, test } from '@jest/globals'

import type { GitHubOptions } from '../../../testbed/github/index.ts'
import { NAME, only, report, stale, startScene, visible, type Scene } from './scene.ts'

const started: Scene[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map(async (scene) => await scene[Symbol.asyncDispose]()))
})

async function setUp(options: Partial<GitHubOptions> = {}): Promise<Scene> {
  const scene = await startScene(options)
  started.push(scene)
  return scene
}

const FAILED = { needs: { check: 'failure' } }
const WELL = { needs: { check: 'success' } }

describe('the life of an issue', () => {
  test('first failure, same again, changed, well again, back again', async () => {
    const scene = await setUp()
    const first = await scene.run({ ...FAILED, reports: [report([stale('perth')])], jobs: [redJob()] })
    expect(first.exitCode).toBe(0)
    expect(first.outputs).toMatchObject({
      ok: 'false',
      'issue-numbers': '[1]',
      'opened-count': '1',
      'updated-count': '0',
      'closed-count': '0'
    })
    const issue = only(scene.repository.issues)
    expect(issue).toMatchObject({
      title: 'perth: Its last snapshot is 30 hours old.',
      labels: ['bug'],
      assignees: [],
      state: 'open'
    })
    expect(visible(issue.body)).toContain('| error | Its last snapshot is 30 hours old. `snapshot-too-old` |')

    // The number in the message is another one: that is no news.
    const same = await scene.run({ ...FAILED, reports: [report([stale('perth', 54)])], jobs: [redJob()] })
    expect(same.outputs).toMatchObject({ 'issue-numbers': '[1]', 'opened-count': '0', 'updated-count': '0' })
    expect(issue.comments).toHaveLength(0)
    expect(issue.body).toContain('54 hours')
    expect(issue.body).toContain('seen in 2 runs')

    const worse = { ...stale('perth'), id: 'whitelist-expired', message: 'Its whitelist has expired.' }
    const changed = await scene.run({
      ...FAILED,
      reports: [report([stale('perth'), worse])],
      jobs: [redJob()]
    })
    expect(changed.outputs).toMatchObject({ 'updated-count': '1' })
    expect(visible(only(issue.comments).body)).toContain('What is wrong has changed.')
    expect(issue.comments[0]?.body).toContain('Its whitelist has expired.')

    const well = await scene.run({ ...WELL, reports: [report([])] })
    expect(well.outputs).toMatchObject({ ok: 'true', 'issue-numbers': '[]', 'closed-count': '1' })
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' })
    expect(issue.comments[1]?.body).toMatch(/Well again in .* and 3 bad runs\./)

    const silent = await scene.run({ ...WELL, reports: [report([])] })
    expect(silent.outputs).toMatchObject({ 'closed-count': '0' })
    expect(issue.comments).toHaveLength(2)

    const back = await scene.run({ ...FAILED, reports: [report([stale('perth')])], jobs: [redJob()] })
    expect(back.outputs).toMatchObject({ 'issue-numbers': '[1]', 'opened-count': '1' })
    expect(issue.state).toBe('open')
    expect(visible(issue.comments[2]?.body ?? '')).toMatch(/^It is back\./)
    expect(scene.repository.issues).toHaveLength(1)
  }, 60_000)
})

/** The leg that found it: it says so in an annotation. */
function redJob(): { name: string; conclusion: 'failure'; steps: []; annotations: [] } & Record<
  string,
  unknown
> {
  return {
    name: 'check',
    conclusion: 'failure',
    steps: [{ name: 'Check', conclusion: 'failure' }],
    annotations: [{ level: 'failure', message: 'A deployment must wait.' }]
  } as never
}

test('the repository of the tests', () => {
  expect(NAME).toBe('neurodesk/neurodesktop')
})
