/** What makes the testbed useful: it refuses what GitHub refuses, remembers, and fails on demand. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { startGitHub } from '../index.ts'
import type { GitHubOptions, GitHubTestbed } from '../index.ts'

const open: GitHubTestbed[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function start(options: Partial<GitHubOptions> = {}): Promise<GitHubTestbed> {
  const github = await startGitHub({
    repositories: { 'a/b': { commits: [{ message: 'first', files: { f: '1\n' } }] } },
    ...options
  })
  open.push(github)
  return github
}

async function call(
  github: GitHubTestbed,
  method: string,
  path: string,
  body?: unknown,
  token: string | null = 'testbed-token'
): Promise<Response & { data: Record<string, unknown> }> {
  const response = await fetch(`${github.url}/repos/a/b${path}`, {
    method,
    ...(token === null ? {} : { headers: { authorization: `token ${token}` } }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  const text = await response.text()
  return Object.assign(response, {
    data: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>
  })
}

describe('requests are held against the description', () => {
  test.each([
    [
      'a field of the wrong type',
      'POST',
      '/issues',
      { title: 'x', body: 1 },
      'issues/create: body/body: must be string'
    ],
    [
      'a field that GitHub does not know',
      'POST',
      '/releases',
      { tag_name: 'x', drafts: true },
      'body/drafts: not a field'
    ],
    ['a missing field', 'POST', '/git/refs', { ref: 'refs/heads/x' }, "must have required property 'sha'"],
    [
      'a query that GitHub does not know',
      'GET',
      '/releases?perpage=3',
      undefined,
      'query perpage: not a parameter'
    ],
    [
      'a query of the wrong type',
      'GET',
      '/issues?per_page=many',
      undefined,
      'query per_page: must be integer'
    ]
  ])('%s', async (_, method, path, body, expected) => {
    const github = await start()
    expect((await call(github, method, path, body)).status).toBe(422)
    expect(github.violations.join('\n')).toContain(expected)
    expect(github.repository('a/b').issues).toEqual([])
    expect(github.repository('a/b').releases).toEqual([])
  })

  test('a path that GitHub does not have, and one that the testbed does not have', async () => {
    const github = await start()
    expect((await call(github, 'GET', '/nonsense/at/all')).status).toBe(404)
    expect((await call(github, 'GET', '/hooks')).status).toBe(501)
    expect(github.violations).toHaveLength(2)
  })
})

describe('who may do what', () => {
  test('an unknown token, no token, a token that may only read', async () => {
    const github = await start({
      tokens: { reader: { login: 'github-actions[bot]', permissions: { contents: 'read' } } }
    })
    expect((await call(github, 'GET', '', undefined, 'wrong')).status).toBe(401)
    expect((await call(github, 'GET', '', undefined, null)).status).toBe(200)
    expect((await call(github, 'POST', '/issues', { title: 'x' }, null)).status).toBe(401)
    expect((await call(github, 'POST', '/issues', { title: 'x' }, 'reader')).status).toBe(403)
    expect(github.repository('a/b').issues).toEqual([])
  })

  test('drafts are hidden from readers', async () => {
    const github = await start({
      tokens: {
        reader: { login: 'x[bot]', permissions: { contents: 'read' } },
        writer: { login: 'x[bot]', permissions: { contents: 'write' } }
      },
      repositories: { 'a/b': { commits: [{ message: 'm' }], releases: [{ tag: 't', draft: true }] } }
    })
    const id = github.repository('a/b').releases[0]?.id ?? 0
    expect((await call(github, 'GET', `/releases/${id}`, undefined, 'reader')).status).toBe(404)
    expect((await call(github, 'GET', `/releases/${id}`, undefined, 'writer')).status).toBe(200)
  })

  test('a private repository does not exist for others', async () => {
    const github = await start({
      tokens: { other: { login: 'x' } },
      repositories: { 'a/b': { private: true } }
    })
    expect((await call(github, 'GET', '', undefined, 'other')).status).toBe(404)
    expect((await call(github, 'GET', '', undefined, null)).status).toBe(404)
  })

  test('the hour is used up and begins again', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    const github = await start({ rateLimit: 2, now: () => now })
    await call(github, 'GET', '')
    expect((await call(github, 'GET', '')).headers.get('x-ratelimit-remaining')).toBe('0')
    const refused = await call(github, 'GET', '')
    expect([refused.status, refused.headers.get('x-ratelimit-reset')]).toEqual([
      403,
      String(now / 1000 + 3600)
    ])
    now += 3_600_000
    expect((await call(github, 'GET', '')).status).toBe(200)
  })
})

describe('faults', () => {
  test('each is what GitHub shows, and ends when it was told to', async () => {
    const github = await start()
    github.fail({ operation: 'repos/get', kind: { what: 'secondary-limit', retryAfterSeconds: 7 } })
    github.fail({ operation: 'repos/get', kind: { what: 'unauthorized' } })
    github.fail({ operation: 'repos/get', kind: { what: 'server-error', status: 502 } })
    const first = await call(github, 'GET', '')
    expect([first.status, first.headers.get('retry-after')]).toEqual([403, '7'])
    expect((await call(github, 'GET', '')).status).toBe(401)
    expect((await call(github, 'GET', '/commits')).status).toBe(200)
    expect((await call(github, 'GET', '')).headers.get('content-type')).toBe('text/html')
    expect((await call(github, 'GET', '')).status).toBe(200)
    expect(github.requests.map((one) => one.status)).toEqual([403, 401, 200, 502, 200])
  })

  test('a lost answer has its effect, a refused one has none', async () => {
    const github = await start()
    github.fail({ method: 'POST', kind: { what: 'server-error', status: 500 } })
    github.fail({ method: 'POST', kind: { what: 'lost-answer' } })
    expect((await call(github, 'POST', '/issues', { title: 'one' })).status).toBe(500)
    expect((await call(github, 'POST', '/issues', { title: 'two' })).status).toBe(502)
    expect(github.repository('a/b').issues.map((one) => one.title)).toEqual(['two'])
  })

  test('a cut connection', async () => {
    const github = await start()
    github.fail({ kind: { what: 'cut' } })
    await expect(call(github, 'GET', '')).rejects.toThrow()
  })

  test('somebody pushes meanwhile: the update is no fast-forward any more', async () => {
    const github = await start()
    const repository = github.repository('a/b')
    const mine = repository.commit({ message: 'mine', branch: 'other', files: { g: '1' } })
    github.fail({
      operation: 'git/update-ref',
      kind: { what: 'meanwhile', do: () => void repository.commit({ message: 'theirs', files: { f: '2' } }) }
    })
    const answer = await call(github, 'PATCH', '/git/refs/heads/main', { sha: mine })
    expect([answer.status, answer.data['message']]).toEqual([422, 'Update is not a fast forward'])
    expect(repository.log()[0]?.message).toBe('theirs')
  })

  test('after some requests, as often as told, and off again', async () => {
    const github = await start()
    const off = github.fail({ after: 1, times: Infinity, kind: { what: 'not-found' } })
    expect((await call(github, 'GET', '')).status).toBe(200)
    expect((await call(github, 'GET', '')).status).toBe(404)
    off()
    expect((await call(github, 'GET', '')).status).toBe(200)
  })

  test('issues that are switched off', async () => {
    const github = await start()
    github.fail({
      operation: 'issues/list-for-repo',
      kind: { what: 'gone', message: 'Issues has been disabled in this repository.' }
    })
    const answer = await call(github, 'GET', '/issues')
    expect([answer.status, answer.data['message']]).toEqual([
      410,
      'Issues has been disabled in this repository.'
    ])
  })
})

describe('releases as GitHub has them', () => {
  test('a published release makes its tag, and a second one of that tag is refused', async () => {
    const github = await start()
    await call(github, 'POST', '/releases', { tag_name: 't' })
    expect(github.repository('a/b').refs.has('refs/tags/t')).toBe(true)
    expect((await call(github, 'POST', '/releases', { tag_name: 't' })).status).toBe(422)
    expect((await call(github, 'POST', '/releases', { tag_name: 't', draft: true })).status).toBe(201)
  })

  test('a draft that is changed without tag_name loses its tag', async () => {
    const github = await start()
    const { data } = await call(github, 'POST', '/releases', { tag_name: 't', draft: true })
    await call(github, 'PATCH', `/releases/${String(data['id'])}`, { body: 'new' })
    expect(github.repository('a/b').releases[0]?.tag).toMatch(/^untagged-/)
  })

  test('an immutable release takes no assets and keeps its tag', async () => {
    const github = await start({
      repositories: {
        'a/b': {
          commits: [{ message: 'm' }, { message: 'n' }],
          immutableReleases: true,
          releases: [{ tag: 't' }]
        }
      }
    })
    const repository = github.repository('a/b')
    const id = repository.releases[0]?.id ?? 0
    expect((await call(github, 'POST', `/releases/${id}/assets?name=a`, { a: 1 })).status).toBe(422)
    expect((await call(github, 'PATCH', `/releases/${id}`, { tag_name: 'u' })).status).toBe(422)
    expect((await call(github, 'DELETE', '/git/refs/tags/t')).status).toBe(422)
  })
})

describe('comparison', () => {
  test('3,000 commits come in pages, oldest first, each once', async () => {
    const commits = Array.from({ length: 3001 }, (_, at) => ({ message: `commit ${at}` }))
    const github = await start({ repositories: { 'a/b': { commits } } })
    const log = github.repository('a/b').log()
    const base = log.at(-1)?.sha ?? ''
    expect(((await call(github, 'GET', `/compare/${base}...main`)).data['commits'] as unknown[]).length).toBe(
      250
    )
    const messages: string[] = []
    for (let page = 1; page <= 30; page += 1) {
      const { data } = await call(github, 'GET', `/compare/${base}...main?per_page=100&page=${page}`)
      expect(data['total_commits']).toBe(3000)
      messages.push(
        ...(data['commits'] as { commit: { message: string } }[]).map((one) => one.commit.message)
      )
    }
    expect(messages).toEqual(commits.slice(1).map((one) => one.message))
  })

  test('history that was rewritten has diverged', async () => {
    const github = await start()
    const repository = github.repository('a/b')
    const old = repository.commit({ message: 'old' })
    repository.setRef('refs/heads/main', repository.log()[1]?.sha ?? '')
    repository.commit({ message: 'new' })
    const { data } = await call(github, 'GET', `/compare/${old}...main`)
    expect([data['status'], data['ahead_by'], data['behind_by']]).toEqual(['diverged', 1, 1])
  })
})

test('a real local git repository is the source: same SHAs, messages, merges and tags', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'github-source-'))
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=A B', '-c', 'user.email=a@b.org', ...args], {
        encoding: 'utf8'
      }).trim()
    git('init', '-q', '-b', 'trunk')
    writeFileSync(join(folder, 'a'), 'one\n')
    git('add', '.')
    git('commit', '-q', '-m', 'first')
    git('switch', '-q', '-c', 'side')
    writeFileSync(join(folder, 'b'), 'two\n')
    git('add', '.')
    git('commit', '-q', '-m', 'side\n\nÜmlaut')
    git('switch', '-q', 'trunk')
    git('merge', '-q', '--no-ff', '-m', 'merge', 'side')
    git('tag', '-a', 'v1', '-m', 'annotated')
    const github = await start({ repositories: { 'a/b': { git: folder, defaultBranch: 'trunk' } } })
    const repository = github.repository('a/b')
    expect(repository.refs.get('refs/heads/trunk')).toBe(git('rev-parse', 'trunk'))
    expect(repository.file('b', 'v1')).toBe('two\n')
    expect((await call(github, 'GET', '/compare/side...trunk')).data['ahead_by']).toBe(1)
    const tip = await call(github, 'GET', '/commits/side')
    expect((tip.data['commit'] as { message: string }).message).toBe('side\n\nÜmlaut')
    // A commit made here gets the SHA that git would give it.
    repository.commit({
      message: 'next\n',
      files: { c: '3\n' },
      date: '2026-01-01T00:00:00Z',
      author: { name: 'A B', email: 'a@b.org' }
    })
    writeFileSync(join(folder, 'c'), '3\n')
    git('add', '.')
    execFileSync('git', ['-C', folder, 'commit', '-q', '-m', 'next'], {
      env: {
        ...process.env,
        GIT_AUTHOR_NAME: 'A B',
        GIT_AUTHOR_EMAIL: 'a@b.org',
        GIT_COMMITTER_NAME: 'A B',
        GIT_COMMITTER_EMAIL: 'a@b.org',
        GIT_AUTHOR_DATE: '2026-01-01T00:00:00+0000',
        GIT_COMMITTER_DATE: '2026-01-01T00:00:00+0000'
      }
    })
    expect(repository.refs.get('refs/heads/trunk')).toBe(git('rev-parse', 'trunk'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
