/** Every route once, each answer held against GitHub's published description. */
import { generateKeyPairSync, sign } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { OPERATIONS, startGitHub } from '../index.ts'
import type { GitHubTestbed } from '../index.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- thirty forms of answers, each held against its description by the testbed
type Loose = any

const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
let github: GitHubTestbed
const repo = '/repos/neurodesk/neurodesktop'

beforeAll(async () => {
  github = await startGitHub({
    checkResponses: true,
    // The signature of an App is made by the clock of the machine.
    apps: {
      '4711': {
        slug: 'neurodesk-ci',
        publicKey: key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        installedOn: ['neurodesk/neurodesktop']
      }
    },
    tokens: { 'testbed-token': { login: 'github-actions[bot]' }, person: { login: 'octocat' } },
    repositories: {
      'neurodesk/neurodesktop': {
        commits: [
          {
            message: 'first',
            files: { Dockerfile: 'FROM a\n', 'docs/a.md': 'a\n' },
            date: '2025-06-01T00:00:00Z',
            author: { login: 'octocat' }
          },
          { message: 'second\n\nwith a body', files: { Dockerfile: 'FROM b\n' } },
          { message: 'on a branch', branch: 'work', files: { 'docs/b.md': 'b\n' } }
        ],
        tags: { '2025-06-01': 'main' },
        releases: [{ tag: '2025-06-01', body: 'old' }],
        issues: [{ title: 'an issue', labels: ['bug'], comments: [{ body: 'hello' }] }],
        collaborators: { octocat: 'admin' },
        runs: [
          {
            workflow: 'build.yml',
            conclusion: 'failure',
            jobs: [
              {
                name: 'build (amd64)',
                conclusion: 'failure',
                steps: [
                  { name: 'checkout', conclusion: 'success' },
                  { name: 'build', conclusion: 'failure' }
                ],
                annotations: [{ level: 'failure', message: 'exit 1' }]
              },
              { name: 'lost', runner: null, conclusion: 'cancelled' }
            ]
          }
        ]
      }
    }
  })
})
afterAll(() => github.close())

async function call(
  method: string,
  path: string,
  body?: unknown,
  token = 'testbed-token',
  headers: Record<string, string> = {}
): Promise<{ status: number; data: Loose; headers: Headers }> {
  const response = await fetch(github.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
  })
  const text = await response.text()
  const json = response.headers.get('content-type')?.includes('application/json') === true
  return {
    status: response.status,
    data: json && text !== '' ? JSON.parse(text) : text,
    headers: response.headers
  }
}

describe('every answer has the form that GitHub publishes', () => {
  test('git data, from blob to branch', async () => {
    const tip = github.repository('neurodesk/neurodesktop').refs.get('refs/heads/main')
    const blob = await call('POST', `${repo}/git/blobs`, { content: 'aGVsbG8=', encoding: 'base64' })
    // What git itself says to `printf hello | git hash-object --stdin`.
    expect(blob.data.sha).toBe('b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0')
    expect((await call('GET', `${repo}/git/blobs/${blob.data.sha}`)).data.size).toBe(5)
    const base = await call('GET', `${repo}/git/commits/${tip}`)
    const tree = await call('POST', `${repo}/git/trees`, {
      base_tree: base.data.tree.sha,
      tree: [
        { path: 'docs/c.md', mode: '100644', type: 'blob', sha: blob.data.sha },
        { path: 'docs/a.md', mode: '100644', type: 'blob', sha: null },
        { path: 'new', mode: '100644', type: 'blob', content: 'x' }
      ]
    })
    expect(
      (await call('GET', `${repo}/git/trees/${tree.data.sha}?recursive=1`)).data.tree.map(
        (one: Loose) => one.path
      )
    ).toEqual(['Dockerfile', 'docs', 'docs/c.md', 'new'])
    const commit = await call('POST', `${repo}/git/commits`, {
      message: 'by the API',
      tree: tree.data.sha,
      parents: [tip]
    })
    expect(
      (await call('POST', `${repo}/git/refs`, { ref: 'refs/heads/api', sha: commit.data.sha })).status
    ).toBe(201)
    expect(
      (await call('POST', `${repo}/git/refs`, { ref: 'refs/heads/api', sha: commit.data.sha })).status
    ).toBe(422)
    expect((await call('GET', `${repo}/git/ref/heads%2Fapi`)).data.object.sha).toBe(commit.data.sha)
    expect((await call('GET', `${repo}/git/matching-refs/heads%2Fa`)).data).toHaveLength(1)
    expect((await call('PATCH', `${repo}/git/refs/heads/work`, { sha: commit.data.sha })).status).toBe(422)
    expect(
      (await call('PATCH', `${repo}/git/refs/heads/work`, { sha: commit.data.sha, force: true })).status
    ).toBe(200)
    const tag = await call('POST', `${repo}/git/tags`, {
      tag: 'v1',
      message: 'one',
      object: commit.data.sha,
      type: 'commit'
    })
    expect((await call('GET', `${repo}/git/tags/${tag.data.sha}`)).data.object.sha).toBe(commit.data.sha)
    expect((await call('DELETE', `${repo}/git/refs/heads/api`)).status).toBe(204)
    expect((await call('GET', `${repo}/git/ref/heads/api`)).status).toBe(404)
  })

  test('commits, comparison, contents, branches, people', async () => {
    expect((await call('GET', `${repo}/commits`)).data.map((one: Loose) => one.commit.message)).toEqual([
      'second\n\nwith a body',
      'first'
    ])
    expect((await call('GET', `${repo}/commits?path=docs&per_page=1`)).data).toHaveLength(1)
    expect((await call('GET', `${repo}/commits/main`)).data.files[0].filename).toBe('Dockerfile')
    expect((await call('GET', `${repo}/compare/2025-06-01...main`)).data.status).toBe('identical')
    expect((await call('GET', `${repo}/compare/main...2025-06-01?per_page=10`)).data.files).toEqual([])
    expect((await call('GET', `${repo}/contents/Dockerfile`)).data.encoding).toBe('base64')
    expect(
      (
        await call('GET', `${repo}/contents/Dockerfile`, undefined, 'testbed-token', {
          accept: 'application/vnd.github.raw+json'
        })
      ).data
    ).toBe('FROM b\n')
    expect((await call('GET', `${repo}/contents/docs?ref=main`)).data[0].name).toBe('a.md')
    expect(
      (await call('PUT', `${repo}/contents/docs/d.md`, { message: 'd', content: 'ZA==', branch: 'work' }))
        .status
    ).toBe(201)
    expect((await call('GET', `${repo}/branches/main`)).data.name).toBe('main')
    expect((await call('GET', repo)).data.default_branch).toBe('main')
    expect((await call('GET', `${repo}/tags`)).data[0].name).toBe('2025-06-01')
    expect((await call('GET', `${repo}/collaborators/octocat/permission`)).data.permission).toBe('admin')
    expect((await call('GET', `${repo}/collaborators/nobody/permission`)).data.permission).toBe('read')
    expect((await call('GET', '/rate_limit')).data.rate.limit).toBe(5000)
    expect((await call('GET', '/user')).status).toBe(403)
    expect((await call('GET', '/user', undefined, 'person')).data.login).toBe('octocat')
  })

  test('releases and assets', async () => {
    const draft = await call('POST', `${repo}/releases`, {
      tag_name: '2025-07-01',
      draft: true,
      body: 'notes'
    })
    expect(draft.data.draft).toBe(true)
    expect((await call('GET', `${repo}/releases/tags/2025-07-01`)).status).toBe(404)
    expect((await call('GET', `${repo}/releases/${draft.data.id}`)).data.draft).toBe(true)
    const upload = new URL(draft.data.upload_url.replace(/\{.*$/, ''))
    const asset = await call('POST', `${upload.pathname}?name=a.json`, '{"a":1}', 'testbed-token', {
      'content-type': 'application/json'
    })
    expect(asset.data.size).toBe(7)
    expect((await call('GET', `${repo}/releases/${draft.data.id}/assets`)).data).toHaveLength(1)
    expect((await call('GET', `${repo}/releases/assets/${asset.data.id}`)).data.name).toBe('a.json')
    expect(
      (await call('PATCH', `${repo}/releases/${draft.data.id}`, { tag_name: '2025-07-01', draft: false }))
        .data.draft
    ).toBe(false)
    expect((await call('GET', `${repo}/releases/latest`)).data.tag_name).toBe('2025-07-01')
    expect((await call('GET', `${repo}/releases/tags/2025-07-01`)).status).toBe(200)
    expect(github.repository('neurodesk/neurodesktop').refs.has('refs/tags/2025-07-01')).toBe(true)
    expect((await call('GET', `${repo}/releases?per_page=1`)).headers.get('link')).toContain('rel="next"')
    expect((await call('DELETE', `${repo}/releases/assets/${asset.data.id}`)).status).toBe(204)
    expect((await call('DELETE', `${repo}/releases/${draft.data.id}`)).status).toBe(204)
  })

  test('issues, comments, labels, pull requests', async () => {
    const made = await call('POST', `${repo}/issues`, {
      title: 'broken',
      body: 'text',
      labels: ['bug', 'new'],
      assignees: ['octocat']
    })
    expect(made.data.labels).toHaveLength(2)
    const number = made.data.number
    const comment = await call('POST', `${repo}/issues/${number}/comments`, { body: 'again' })
    expect(
      (await call('PATCH', `${repo}/issues/comments/${comment.data.id}`, { body: 'and again' })).data.body
    ).toBe('and again')
    expect((await call('GET', `${repo}/issues/comments/${comment.data.id}`)).status).toBe(200)
    expect((await call('GET', `${repo}/issues/${number}/comments`)).data).toHaveLength(1)
    expect((await call('POST', `${repo}/issues/${number}/labels`, { labels: ['more'] })).data).toHaveLength(3)
    expect(
      (await call('PATCH', `${repo}/issues/${number}`, { state: 'closed', state_reason: 'completed' })).data
        .closed_at
    ).not.toBeNull()
    expect((await call('GET', `${repo}/issues?state=all&labels=bug`)).data).toHaveLength(2)
    expect((await call('GET', `${repo}/issues/${number}`)).data.state).toBe('closed')
    expect((await call('GET', `${repo}/labels`)).data).toHaveLength(3)
    expect((await call('POST', `${repo}/labels`, { name: 'bug' })).status).toBe(422)
    expect((await call('DELETE', `${repo}/issues/comments/${comment.data.id}`)).status).toBe(204)
    const pull = await call('POST', `${repo}/pulls`, { title: 'work', head: 'work', base: 'main', body: 'b' })
    expect(pull.data.user.login).toBe('github-actions[bot]')
    expect((await call('POST', `${repo}/pulls`, { title: 'work', head: 'work', base: 'main' })).status).toBe(
      422
    )
    expect((await call('GET', `${repo}/pulls?head=neurodesk:work&state=open`)).data).toHaveLength(1)
    expect((await call('PATCH', `${repo}/pulls/${pull.data.number}`, { title: 'renamed' })).data.title).toBe(
      'renamed'
    )
    expect((await call('GET', `${repo}/pulls/${pull.data.number}`)).data.mergeable).toBe(true)
    expect((await call('GET', `${repo}/pulls/${pull.data.number}/files`)).data.length).toBeGreaterThan(0)
    const merged = github.repository('neurodesk/neurodesktop').merge(pull.data.number)
    expect((await call('GET', `${repo}/commits/${merged}/pulls`)).data[0].number).toBe(pull.data.number)
    expect((await call('GET', `${repo}/issues?state=all`)).data[0].pull_request.merged_at).not.toBeNull()
  })

  test('runs, jobs, annotations, dispatches', async () => {
    const runs = await call('GET', `${repo}/actions/workflows/build.yml/runs?status=failure`)
    expect(runs.data.total_count).toBe(1)
    const run = runs.data.workflow_runs[0]
    expect((await call('GET', `${repo}/actions/runs?head_sha=${run.head_sha}`)).data.total_count).toBe(1)
    expect((await call('GET', `${repo}/actions/runs/${run.id}`)).data.conclusion).toBe('failure')
    expect((await call('GET', `${repo}/actions/runs/${run.id}/attempts/1`)).data.run_attempt).toBe(1)
    const jobs = await call('GET', `${repo}/actions/runs/${run.id}/jobs`)
    expect(jobs.data.jobs.map((one: Loose) => one.runner_name)).toEqual(['GitHub Actions 1', null])
    expect((await call('GET', `${repo}/actions/runs/${run.id}/attempts/1/jobs`)).data.total_count).toBe(2)
    expect(
      (await call('GET', `${repo}/check-runs/${jobs.data.jobs[0].id}/annotations`)).data[0].message
    ).toBe('exit 1')
    expect(
      (
        await call('POST', `${repo}/actions/workflows/build.yml/dispatches`, {
          ref: 'main',
          inputs: { a: 'b' }
        })
      ).status
    ).toBe(204)
    expect(
      (await call('POST', `${repo}/dispatches`, { event_type: 'x', client_payload: { a: 1 } })).status
    ).toBe(204)
    expect(github.repository('neurodesk/neurodesktop').dispatches.map((one) => one.ref)).toEqual([
      'main',
      'x'
    ])
  })

  test('an App: its installation and a token', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const now = Math.floor(Date.now() / 1000)
    const claims = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 60, exp: now + 300, iss: '4711' })}`
    const jwt = `${claims}.${sign('sha256', Buffer.from(claims), key.privateKey).toString('base64url')}`
    const found = await call('GET', `${repo}/installation`, undefined, jwt)
    expect([found.status, found.data.app_slug]).toEqual([200, 'neurodesk-ci'])
    const tokens = `/app/installations/${found.data.id}/access_tokens`
    const made = await call('POST', tokens, { repositories: ['neurodesktop'] }, jwt)
    expect([made.status, made.data.repository_selection]).toEqual([201, 'selected'])
    expect((await call('GET', repo, undefined, made.data.token)).status).toBe(200)
    // And what it refuses.
    expect((await call('GET', '/repos/neurodesk/other/installation', undefined, jwt)).status).toBe(404)
    expect((await call('POST', tokens, { repositories: ['other'] }, jwt)).status).toBe(422)
    expect((await call('GET', `${repo}/installation`, undefined, `${jwt}x`)).status).toBe(401)
  })

  test('refusals: what is not there, not allowed, not new', async () => {
    const label = await call('POST', `${repo}/labels`, { name: 'fresh', color: 'ededed' })
    expect([label.status, label.data.name]).toEqual([201, 'fresh'])
    expect((await call('POST', `${repo}/labels`, { name: 'fresh' })).status).toBe(422)
    expect((await call('GET', `${repo}/issues/999`)).status).toBe(404)
    expect((await call('GET', repo, undefined, 'nobody')).status).toBe(401)
    expect((await call('GET', '/repos/neurodesk/none')).status).toBe(404)
  })

  test('every operation that it has was answered well once', () => {
    const answered = github.requests.filter(({ status }) => status < 300).map(({ operation }) => operation)
    expect([...new Set(answered)].sort()).toEqual([...OPERATIONS].sort())
  })

  test('nothing was wrong on the way', () => {
    expect(github.violations).toEqual([])
  })
})
