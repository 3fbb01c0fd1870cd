import { describe, expect, test } from '@jest/globals'
import { Moved } from '../index.ts'
import { setUp } from './setting.ts'

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
