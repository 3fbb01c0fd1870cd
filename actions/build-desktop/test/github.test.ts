/** Who may start a dev build, and the git tag: against the testbed's GitHub. No engine is needed. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import { openDesk, type Act, type Desk } from './desk.ts'
import { setGitTag } from '../src/git-tag.ts'
import { setupOf } from './setup.ts'

let github: GitHubTestbed
let desk: Desk

beforeEach(async () => {
  github = await startGitHub({
    repositories: {
      'neurodesk/desk': {
        commits: [{ message: 'first' }, { message: 'second' }],
        collaborators: { ada: 'admin', mia: 'maintain', wes: 'write' }
      }
    }
  })
  // Nothing answers there: a run that the gate lets through ends at the engine.
  desk = await openDesk({ env: { DOCKER_HOST: 'tcp://127.0.0.1:9' } })
})

afterEach(async () => {
  await desk[Symbol.asyncDispose]()
  await github.close()
})

describe('a dev build by hand', () => {
  const start = async (
    who: string,
    inputs: Readonly<Record<string, string>> = {},
    event = 'workflow_dispatch'
  ): Promise<Act> =>
    await desk.act(
      { channel: 'dev', token: 'testbed-token', ...inputs },
      { eventName: event, repository: 'neurodesk/desk', triggeringActor: who, apiUrl: github.url }
    )

  test('is refused to who has not the role, before anything else happens', async () => {
    await expect(start('wes')).rejects.toThrow(
      /wes has the role write in neurodesk\/desk; a dev build by hand needs admin/
    )
    await expect(start('mia')).rejects.toThrow(/needs admin/)
    await expect(start('stranger')).rejects.toThrow(/the role read/)
    expect(github.violations).toEqual([])
  })

  test('is allowed to who has it, and the role that is asked for can be another', async () => {
    await expect(start('ada')).rejects.not.toThrow(/a dev build by hand needs/)
    await expect(start('mia', { 'allowed-permission': 'maintain' })).rejects.not.toThrow(/needs maintain/)
    await expect(start('wes', { 'allowed-permission': 'maintain' })).rejects.toThrow(/needs maintain/)
    await expect(start('stranger', { 'allowed-permission': 'any' })).rejects.not.toThrow(/needs any/)
  })

  test('nobody is asked for a schedule, or for the release channel', async () => {
    await expect(start('wes', {}, 'schedule')).rejects.not.toThrow(/needs admin/)
    await expect(start('wes', { channel: 'release' })).rejects.not.toThrow(/needs admin/)
    expect(github.requests).toEqual([])
  })

  test('without a token the question cannot be asked, and the answer is not yes', async () => {
    await expect(start('ada', { token: '' })).rejects.toThrow(/token: given nothing/)
  })
})

describe('the git tag of a published build', () => {
  const state = (): ReturnType<GitHubTestbed['repository']> => github.repository('neurodesk/desk')
  const setTag = async (
    revision: string,
    inputs: Readonly<Record<string, string>> = {}
  ): ReturnType<typeof setGitTag> => {
    const runner = { repository: 'neurodesk/desk', apiUrl: github.url, sha: revision }
    return await setGitTag(await setupOf({ tag: '2026-01-02', token: 'testbed-token', ...inputs }, runner))
  }
  const tag = (): string | undefined => state().refs.get('refs/tags/2026-01-02')

  test('is made at the commit that was built, and found again', async () => {
    const [second] = state().log()
    expect(await setTag(second?.sha ?? '')).toEqual({ outcome: 'made', findings: [] })
    expect(tag()).toBe(second?.sha)
    expect(await setTag(second?.sha ?? '')).toEqual({ outcome: 'there', findings: [] })
    expect(github.violations).toEqual([])
  })

  test('is moved by force only, and never from under a release', async () => {
    const [second, first] = state().log()
    state().setRef('refs/tags/2026-01-02', first?.sha ?? '')
    expect(await setTag(second?.sha ?? '')).toMatchObject({
      outcome: 'left',
      findings: [{ id: 'desktop-git-tag' }]
    })
    expect(tag()).toBe(first?.sha)
    expect(await setTag(second?.sha ?? '', { 'force-push': 'true' })).toMatchObject({ outcome: 'moved' })
    expect(tag()).toBe(second?.sha)
  })

  test('a token that may not write is told, and the image stays published', async () => {
    const made = await setTag(state().log()[0]?.sha ?? '', { token: 'unknown-token' })
    expect(made).toMatchObject({ outcome: 'left', findings: [{ severity: 'warning' }] })
  })
})

describe('the git tag of a release', () => {
  test('stays where it is', async () => {
    await github.close()
    github = await startGitHub({
      repositories: {
        'neurodesk/desk': { commits: [{ message: 'a' }, { message: 'b' }], releases: [{ tag: '2026-01-02' }] }
      }
    })
    const state = github.repository('neurodesk/desk')
    const [second, first] = state.log()
    state.setRef('refs/tags/2026-01-02', first?.sha ?? '')
    const runner = { repository: 'neurodesk/desk', apiUrl: github.url, sha: second?.sha ?? '' }
    const given = { tag: '2026-01-02', token: 'testbed-token', 'force-push': 'true' }
    const made = await setGitTag(await setupOf(given, runner))
    expect(made).toMatchObject({
      outcome: 'left',
      findings: [{ message: 'a release uses the git tag, so it stays where it is' }]
    })
    expect(state.refs.get('refs/tags/2026-01-02')).toBe(first?.sha)
  })
})
