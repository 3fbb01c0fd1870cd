/** The room against the testbed's GitHub, over real HTTP. The clock does not wait. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { startGitHub } from '../../../testbed/github/index.ts'
import type { GitHubOptions, GitHubTestbed } from '../../../testbed/github/index.ts'
import { TransientError } from '../../failure/index.ts'
import { createHttp } from '../../http/index.ts'
import { connectGitHub, Moved, Refused, Rejected } from '../index.ts'
import type { Repository } from '../index.ts'

const started: GitHubTestbed[] = []
const clients: { close(): void }[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await Promise.all(started.splice(0).map((one) => one.close()))
})

interface Setting {
  readonly github: GitHubTestbed
  readonly repository: Repository
  /** Milliseconds that were slept, in order. */
  readonly waits: number[]
}

async function setUp(options: Partial<GitHubOptions> = {}, token = 'testbed-token'): Promise<Setting> {
  const waits: number[] = []
  let now = Date.parse('2026-01-01T00:00:00Z')
  const github = await startGitHub({
    repositories: {
      'a/b': {
        commits: [
          { message: 'first', files: { 'data/x.toml': 'v = 1\n', old: 'o' } },
          { message: 'second', author: { login: 'octocat' } }
        ],
        workflows: ['build.yml']
      }
    },
    now: () => now,
    ...options
  })
  const http = createHttp({ userAgent: 'test' })
  started.push(github)
  clients.push(http)
  const quiet = () => undefined
  const log = {
    debug: quiet,
    info: quiet,
    notice: quiet,
    warning: quiet,
    error: quiet,
    mask: quiet,
    group: async <T>(_: string, body: () => Promise<T>) => await body(),
    progress: () => ({ add: quiet, end: quiet })
  }
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      waits.push(ms)
      now += ms
      await Promise.resolve()
    }
  }
  const repository = connectGitHub({ token, apiUrl: github.url, http, clock, log }).repository('a/b')
  return { github, repository, waits }
}

describe('reading', () => {
  test('names are resolved to commits, unknown ones to nothing', async () => {
    const { github, repository } = await setUp()
    const tip = github.repository('a/b').refs.get('refs/heads/main') ?? ''
    github.repository('a/b').setRef('refs/tags/2026-01-01', tip)
    expect(await repository.git.resolve('main')).toBe(tip)
    expect(await repository.git.resolve('2026-01-01')).toBe(tip)
    expect(await repository.git.resolve('nothing')).toBeUndefined()
    expect(await repository.git.branch('main')).toBe(tip)
    expect(await repository.git.branch('2026-01-01')).toBeUndefined()
    expect([...(await repository.git.tags('2026'))]).toEqual([['2026-01-01', tip]])
    expect(github.violations).toEqual([])
  })

  test('3,000 commits between two names, oldest first, each once', async () => {
    const { github, repository } = await setUp({
      repositories: {
        'a/b': { commits: Array.from({ length: 3001 }, (_, at) => ({ message: `commit ${at}` })) }
      }
    })
    const base = github.repository('a/b').log().at(-1)?.sha ?? ''
    const comparison = await repository.git.compare(base, 'main')
    expect(comparison.commits.map((one) => one.message)).toEqual(
      Array.from({ length: 3000 }, (_, at) => `commit ${at + 1}`)
    )
    expect(new Set(comparison.commits.map((one) => one.sha)).size).toBe(3000)
    expect(github.requests).toHaveLength(30)
  })

  test('roles between the permissions are told', async () => {
    const { repository, github } = await setUp({
      repositories: {
        'a/b': { commits: [{ message: 'x' }], collaborators: { mia: 'maintain', wes: 'write' } }
      }
    })
    expect(await repository.roleOf('mia')).toBe('maintain')
    expect(await repository.permissionOf('mia')).toBe('write')
    expect(await repository.roleOf('wes')).toBe('write')
    expect(await repository.roleOf('a')).toBe('admin')
    expect(await repository.roleOf('nobody')).toBe('read')
    expect(github.violations).toEqual([])
  })

  test('a tag is made, and moved only from where it was expected', async () => {
    const { repository, github } = await setUp()
    const [second, first] = github.repository('a/b').log()
    expect(await repository.git.tag('2026-01-01')).toBeUndefined()
    await repository.git.setTag('2026-01-01', first?.sha ?? '', undefined)
    expect(await repository.git.tag('2026-01-01')).toBe(first?.sha)
    await repository.git.setTag('2026-01-01', first?.sha ?? '', undefined)
    await expect(repository.git.setTag('2026-01-01', second?.sha ?? '', undefined)).rejects.toThrow(Moved)
    expect(await repository.git.tag('2026-01-01')).toBe(first?.sha)
    await repository.git.setTag('2026-01-01', second?.sha ?? '', first?.sha)
    expect(await repository.git.tag('2026-01-01')).toBe(second?.sha)
    expect(github.violations).toEqual([])
  })

  test('rewritten history is told', async () => {
    const { github, repository } = await setUp()
    const state = github.repository('a/b')
    const old = state.commit({ message: 'old' })
    state.setRef('refs/heads/main', state.log()[1]?.sha ?? '')
    state.commit({ message: 'new' })
    const comparison = await repository.git.compare(old, 'main')
    expect([comparison.status, comparison.behindBy, comparison.commits.map((one) => one.message)]).toEqual([
      'diverged',
      1,
      ['new']
    ])
  })

  test('files, changed paths, people', async () => {
    const { github, repository } = await setUp({
      repositories: {
        'a/b': {
          commits: [
            {
              message: 'x',
              files: { 'data/x.toml': 'v = "ü"\n', large: 'x'.repeat(1_000_001) },
              author: { login: 'octocat' }
            }
          ],
          collaborators: { octocat: 'write' }
        }
      }
    })
    expect(await repository.git.file('data/x.toml', 'main')).toBe('v = "ü"\n')
    expect(await repository.git.file('data/y.toml', 'main')).toBeUndefined()
    expect(await repository.git.file('data', 'main')).toBeUndefined()
    await expect(repository.git.file('large', 'main')).rejects.toThrow('more than 1 MB')
    expect(await repository.git.changedPaths('main')).toEqual(['data/x.toml', 'large'])
    expect([await repository.permissionOf('octocat'), await repository.permissionOf('nobody')]).toEqual([
      'write',
      'read'
    ])
    expect(await repository.about()).toEqual({ defaultBranch: 'main', isPrivate: false, isArchived: false })
    expect(github.violations).toEqual([])
  })

  test('merged pull requests since a date, by the commit that they left', async () => {
    const { github, repository } = await setUp()
    const state = github.repository('a/b')
    state.commit({ message: 'work', branch: 'work', files: { w: '1' } })
    const number = state.addPull({
      title: 'My work',
      head: 'work',
      user: 'octocat',
      labels: ['feature']
    }).number
    state.addPull({ title: 'open', head: 'main' })
    const merge = state.merge(number)
    const merged = await repository.pulls.merged('2025-12-31T00:00:00Z')
    expect([...merged.keys()]).toEqual([merge])
    expect(merged.get(merge)).toMatchObject({
      number,
      title: 'My work',
      author: 'octocat',
      labels: ['feature']
    })
  })

  test('runs, jobs and annotations', async () => {
    const { github, repository } = await setUp()
    const state = github.repository('a/b')
    const id = state.addRun({
      workflow: 'build.yml',
      conclusion: 'failure',
      jobs: [
        {
          name: 'build',
          conclusion: 'failure',
          steps: [{ name: 'push', conclusion: 'failure' }],
          annotations: [{ level: 'failure', message: 'denied' }]
        },
        { name: 'lost', runner: null, status: 'queued' }
      ]
    })
    const sha = state.refs.get('refs/heads/main') ?? ''
    expect(await repository.runs.at(sha, 'build.yml')).toMatchObject([
      { id, conclusion: 'failure', sha, path: '.github/workflows/build.yml' }
    ])
    expect(await repository.runs.at(sha, 'other.yml')).toEqual([])
    expect(await repository.runs.at('0'.repeat(40))).toEqual([])
    state.commit({ message: 'w', branch: 'work' })
    state.addRun({ workflow: 'build.yml', branch: 'work' })
    const later = state.addRun({ workflow: 'build.yml' })
    expect((await repository.runs.of('build.yml', 'main')).map((run) => run.id)).toEqual([later, id])
    expect(await repository.runs.of('other.yml', 'main')).toEqual([])
    const jobs = await repository.runs.jobs(id, 1)
    expect(jobs).toMatchObject([
      { name: 'build', runner: 'GitHub Actions 1', steps: [{ name: 'push', conclusion: 'failure' }] },
      { name: 'lost', runner: undefined, conclusion: undefined }
    ])
    expect(await repository.runs.annotations(jobs[0]?.id ?? 0)).toMatchObject([
      { level: 'failure', message: 'denied' }
    ])
    expect(await repository.runs.get(1)).toBeUndefined()
    expect(github.violations).toEqual([])
  })
})

describe('several files as one commit', () => {
  const files = new Map<string, string | null>([
    ['data/x.toml', 'v = 2\n'],
    ['new/y.md', 'y\n'],
    ['old', null]
  ])

  test('on a new branch', async () => {
    const { github, repository } = await setUp()
    const parent = (await repository.git.branch('main')) ?? ''
    const sha = await repository.git.commitFiles({
      branch: 'release',
      message: 'Release',
      files,
      parent,
      expected: undefined
    })
    const state = github.repository('a/b')
    expect(state.refs.get('refs/heads/release')).toBe(sha)
    expect(state.changed('main', 'release')).toEqual({
      'data/x.toml': 'modified',
      'new/y.md': 'added',
      old: 'removed'
    })
    expect(state.log('release').map((one) => one.message)).toEqual(['Release', 'second', 'first'])
    expect(github.violations).toEqual([])
  })

  test('nothing is written when the files are already so', async () => {
    const { github, repository } = await setUp()
    const parent = (await repository.git.branch('main')) ?? ''
    expect(
      await repository.git.commitFiles({
        branch: 'main',
        message: 'same',
        files: new Map([['old', 'o']]),
        parent,
        expected: parent
      })
    ).toBe(parent)
    expect(github.repository('a/b').log()).toHaveLength(2)
  })

  test('somebody pushed meanwhile: nothing is overwritten, and it is told as Moved', async () => {
    const { github, repository } = await setUp()
    const state = github.repository('a/b')
    const parent = (await repository.git.branch('main')) ?? ''
    github.fail({
      operation: 'git/update-ref',
      kind: { what: 'meanwhile', do: () => void state.commit({ message: 'theirs' }) }
    })
    await expect(
      repository.git.commitFiles({ branch: 'main', message: 'mine', files, parent, expected: parent })
    ).rejects.toThrow(Moved)
    expect(state.log()[0]?.message).toBe('theirs')
  })

  test('409 is told as Moved too, and so is a branch that somebody else made first', async () => {
    const { github, repository } = await setUp()
    const parent = (await repository.git.branch('main')) ?? ''
    github.fail({ operation: 'git/update-ref', kind: { what: 'conflict' } })
    await expect(
      repository.git.commitFiles({ branch: 'main', message: 'mine', files, parent, expected: parent })
    ).rejects.toThrow(Moved)
    await expect(
      repository.git.commitFiles({ branch: 'main', message: 'mine', files, parent, expected: undefined })
    ).rejects.toThrow(Moved)
  })

  test('a forced branch that somebody moved is not overwritten either', async () => {
    const { github, repository } = await setUp()
    const state = github.repository('a/b')
    const ours = state.commit({ message: 'ours', branch: 'release' })
    const theirs = state.commit({ message: 'a hand edit', branch: 'release' })
    const parent = (await repository.git.branch('main')) ?? ''
    await expect(
      repository.git.commitFiles({
        branch: 'release',
        message: 'mine',
        files,
        parent,
        expected: ours,
        force: true
      })
    ).rejects.toThrow(Moved)
    expect(state.refs.get('refs/heads/release')).toBe(theirs)
    await repository.git.commitFiles({
      branch: 'release',
      message: 'mine',
      files,
      parent,
      expected: theirs,
      force: true
    })
    expect(state.log('release')[1]?.sha).toBe(parent)
  })

  test('a lost answer to the last step is no failure', async () => {
    const { github, repository } = await setUp()
    const parent = (await repository.git.branch('main')) ?? ''
    github.fail({ operation: 'git/create-ref', kind: { what: 'lost-answer' } })
    const sha = await repository.git.commitFiles({
      branch: 'release',
      message: 'mine',
      files,
      parent,
      expected: undefined
    })
    expect(github.repository('a/b').refs.get('refs/heads/release')).toBe(sha)
    expect(github.requests.filter((one) => one.operation === 'git/create-ref')).toHaveLength(1)
  })

  test('a 404 right after an own write is read again', async () => {
    const { github, repository, waits } = await setUp()
    const parent = (await repository.git.branch('main')) ?? ''
    github.fail({ operation: 'git/create-commit', times: 2, kind: { what: 'not-found' } })
    await repository.git.commitFiles({
      branch: 'release',
      message: 'mine',
      files,
      parent,
      expected: undefined
    })
    expect(waits).toHaveLength(2)
  })
})

describe('releases', () => {
  const draft = { tag: '2026-01-01', title: '2026-01-01', body: 'notes', target: 'main' }
  const none = async (): Promise<undefined> => await Promise.resolve(undefined)

  test('draft, asset, publish; the tag is sent with every change', async () => {
    const { github, repository } = await setUp()
    const made = await repository.releases.createDraft(draft, none)
    await repository.releases.upload(made, {
      name: 'notes.md',
      contentType: 'text/markdown',
      bytes: Buffer.from('notes')
    })
    const changed = await repository.releases.update(made.id, { ...draft, body: 'more' })
    expect(changed).toMatchObject({
      isDraft: true,
      body: 'more',
      tag: '2026-01-01',
      assets: [{ name: 'notes.md', size: 5 }]
    })
    await repository.releases.upload(changed, {
      name: 'notes.md',
      contentType: 'text/markdown',
      bytes: Buffer.from('longer notes')
    })
    expect(await repository.releases.publish(made.id, draft.tag)).toMatchObject({
      isDraft: false,
      tag: '2026-01-01'
    })
    expect((await repository.releases.ofTag('2026-01-01'))?.assets).toMatchObject([
      { name: 'notes.md', size: 12 }
    ])
    expect(await repository.releases.ofTag('2025-01-01')).toBeUndefined()
    expect(github.violations).toEqual([])
  })

  test('a lost answer makes no second draft: it is looked for first', async () => {
    const { github, repository } = await setUp()
    github.fail({ operation: 'repos/create-release', kind: { what: 'lost-answer' } })
    const made = await repository.releases.createDraft(draft, async () =>
      (await repository.releases.list()).find((one) => one.tag === draft.tag)
    )
    expect(github.repository('a/b').releases.map((one) => one.id)).toEqual([made.id])
  })

  test('a failure without effect is tried again after looking', async () => {
    const { github, repository, waits } = await setUp()
    github.fail({ operation: 'repos/create-release', kind: { what: 'server-error', status: 502 } })
    github.fail({ operation: 'repos/create-release', kind: { what: 'cut' } })
    await repository.releases.createDraft(draft, async () =>
      (await repository.releases.list()).find((one) => one.tag === draft.tag)
    )
    expect(github.repository('a/b').releases).toHaveLength(1)
    expect(waits).toHaveLength(2)
  })
})

describe('issues and pull requests', () => {
  test('issues without pull requests, in pages; comments; closing', async () => {
    const { github, repository } = await setUp({
      repositories: {
        'a/b': {
          commits: [{ message: 'm' }],
          issues: Array.from({ length: 130 }, (_, at) => ({ title: `issue ${at}` }))
        }
      }
    })
    github.repository('a/b').addPull({ title: 'pull', head: 'main' })
    expect(await repository.issues.list({ state: 'open' })).toHaveLength(130)
    expect(await repository.issues.list({ state: 'all', max: 20 })).toHaveLength(20)
    const made = await repository.issues.create(
      { title: 'new', body: 'b', labels: ['l'], assignees: [] },
      async () => await Promise.resolve(undefined)
    )
    expect(made).toMatchObject({
      state: 'open',
      reason: undefined,
      labels: ['l'],
      author: 'github-actions[bot]'
    })
    const comment = await repository.issues.comment(
      made.number,
      'c',
      async () => await Promise.resolve(undefined)
    )
    await repository.issues.editComment(comment.id, 'd')
    expect((await repository.issues.comments(made.number)).map((one) => one.body)).toEqual(['d'])
    expect(
      await repository.issues.update(made.number, { state: 'closed', reason: 'completed', labels: [] })
    ).toMatchObject({ state: 'closed', reason: 'completed', labels: [] })
    expect(await repository.issues.get(made.number)).toMatchObject({ state: 'closed', reason: 'completed' })
    expect(await repository.issues.get(9999)).toBeUndefined()
    expect(github.violations).toEqual([])
  })

  test('one pull request per branch, found again after a lost answer', async () => {
    const { github, repository } = await setUp()
    github.repository('a/b').commit({ message: 'w', branch: 'work' })
    github.fail({ operation: 'pulls/create', kind: { what: 'lost-answer' } })
    const pull = await repository.pulls.open({ title: 't', body: 'b', head: 'work', base: 'main' })
    expect(github.repository('a/b').issues).toHaveLength(1)
    expect(await repository.pulls.update(pull.number, { body: 'c' })).toMatchObject({ body: 'c', title: 't' })
    expect(await repository.pulls.from('work', 'main', 'open')).toMatchObject({ number: pull.number })
    await expect(
      repository.pulls.open({ title: 't', body: 'b', head: 'work', base: 'main' })
    ).rejects.toThrow(Rejected)
  })

  test('dispatches', async () => {
    const { github, repository } = await setUp()
    await repository.runs.dispatch('build.yml', 'main', { a: 'b' })
    await repository.dispatchEvent('NeuroDesk/neurocommand applist.json update', { a: 1 })
    expect(github.repository('a/b').dispatches).toEqual([
      { workflow: 'build.yml', ref: 'main', inputs: { a: 'b' } },
      { workflow: '', ref: 'NeuroDesk/neurocommand applist.json update', inputs: { a: 1 } }
    ])
    github.fail({ operation: 'repos/create-dispatch-event', kind: { what: 'lost-answer' } })
    await expect(repository.dispatchEvent('x', {})).rejects.toThrow(TransientError)
    expect(github.repository('a/b').dispatches).toHaveLength(3)
  })
})

describe('what is transient, and what is not', () => {
  test('a secondary limit is waited for as long as GitHub says, also for a write', async () => {
    const { github, repository, waits } = await setUp()
    github.fail({
      operation: 'repos/create-release',
      kind: { what: 'secondary-limit', retryAfterSeconds: 61 }
    })
    await repository.releases.createDraft(
      { tag: 't', title: 't', body: '', target: 'main' },
      async () => await Promise.resolve(undefined)
    )
    expect(waits).toEqual([61_000])
    expect(github.repository('a/b').releases).toHaveLength(1)
  })

  test('the hour is used up: waits until it ends, or says until when', async () => {
    const { github, repository, waits } = await setUp()
    github.fail({ kind: { what: 'rate-limit', resetAfterSeconds: 100 } })
    await repository.about()
    expect(waits).toEqual([101_000])
    github.fail({ kind: { what: 'rate-limit', resetAfterSeconds: 3000 } })
    await expect(repository.about()).rejects.toThrow(/rate limit of GitHub, until 2026-01-01T00:51:41/)
  })

  test('5xx and cut connections are tried again, and end as TransientError', async () => {
    const { github, repository } = await setUp()
    github.fail({ kind: { what: 'server-error', status: 503 } })
    github.fail({ kind: { what: 'cut' } })
    expect(await repository.git.branch('main')).toBeDefined()
    github.fail({ times: Infinity, kind: { what: 'server-error', status: 502 } })
    await expect(repository.git.branch('main')).rejects.toThrow(TransientError)
  })

  test('401, a missing permission and an unknown name are told with what to do, at once', async () => {
    const { github, repository, waits } = await setUp({
      tokens: { 'testbed-token': { login: 'github-actions[bot]', permissions: { contents: 'read' } } }
    })
    await expect(
      repository.issues.create(
        { title: 't', body: '', labels: [], assignees: [] },
        async () => await Promise.resolve(undefined)
      )
    ).rejects.toThrow(/token with issues: write/)
    github.fail({ kind: { what: 'unauthorized' } })
    await expect(repository.about()).rejects.toThrow(/wrong, revoked or expired/)
    await expect(repository.git.compare('nothing', 'main')).rejects.toThrow(Refused)
    expect(waits).toEqual([])
  })

  test('the token is in no message', async () => {
    const { repository } = await setUp({}, 'ghs_verysecret')
    const error: unknown = await repository.about().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Refused)
    expect(
      JSON.stringify([String(error), (error as Error).stack, (error as Refused).problems])
    ).not.toContain('verysecret')
  })
})
