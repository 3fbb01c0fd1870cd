/** Commits, files, people, pull requests, runs. */
import { describe, expect, test } from '@jest/globals'
import { Moved } from '../index.ts'
import { setUp } from './setting.ts'

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
