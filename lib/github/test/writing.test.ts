/** Releases, issues, pull requests, dispatches: made once, whatever becomes of the answer. */
import { describe, expect, test } from '@jest/globals'
import { TransientError } from '../../failure/index.ts'
import { Moved, Refused, Rejected } from '../index.ts'
import { setUp } from './setting.ts'

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

  test('bytes of an asset come from the storage as they are, and the token does not go there', async () => {
    const { github, repository } = await setUp()
    const made = await repository.releases.createDraft(draft, none)
    for (const [name, contentType] of [
      ['a.json', 'application/json'],
      ['b.txt', 'text/plain; charset=utf-8'],
      ['c.bin', 'application/octet-stream']
    ] as const) {
      await repository.releases.upload(made, {
        name,
        contentType,
        bytes: Buffer.from(`{ "a":  1 }\xff${name}`, 'latin1')
      })
    }
    const [release] = await repository.releases.list()
    for (const asset of release?.assets ?? []) {
      expect((await repository.releases.download(asset)).toString('latin1')).toBe(
        `{ "a":  1 }\xff${asset.name}`
      )
      await expect(repository.releases.download(asset, 5)).rejects.toThrow('at most 5 are read')
    }
    expect(release?.assets).toHaveLength(3)
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

  test('a tag that somebody else made meanwhile is theirs: not taken for ours, and not moved', async () => {
    const { github, repository } = await setUp()
    const [ours, theirs] = github
      .repository('a/b')
      .log()
      .map(({ sha }) => sha)
    const race = (name: string): void => github.repository('a/b').setRef(`refs/tags/${name}`, theirs ?? '')
    github.fail({ operation: 'git/create-ref', kind: { what: 'meanwhile', do: () => race('v1') } })
    await expect(repository.git.setTag('v1', ours ?? '', undefined)).rejects.toThrow(Moved)
    // The same where the answer was lost, and the ref is looked for.
    github.fail({ operation: 'git/create-ref', kind: { what: 'meanwhile', do: () => race('v2') } })
    github.fail({ operation: 'git/create-ref', kind: { what: 'cut' } })
    await expect(repository.git.setTag('v2', ours ?? '', undefined)).rejects.toThrow(Moved)
    expect([await repository.git.tag('v1'), await repository.git.tag('v2')]).toEqual([theirs, theirs])
    // Somebody who made the same one did our work; and a mark is set wherever it is.
    const same = (): void => github.repository('a/b').setRef('refs/tags/v3', ours ?? '')
    github.fail({ operation: 'git/create-ref', kind: { what: 'meanwhile', do: same } })
    await repository.git.setTag('v3', ours ?? '', undefined)
    const mark = (): void => github.repository('a/b').setRef('refs/neurodesk-ci/told/x', theirs ?? '')
    github.fail({ operation: 'git/create-ref', kind: { what: 'meanwhile', do: mark } })
    await repository.git.setMark('told/x', ours ?? '')
    expect(await repository.git.mark('told/x')).toBe(ours)
  })

  test('what was made just now may be unknown for a moment', async () => {
    const { github, repository } = await setUp()
    const opened = await repository.issues.create(
      { title: 't', body: '', labels: [], assignees: [] },
      async () => await Promise.resolve(undefined)
    )
    github.fail({ operation: 'issues/update', times: 2, kind: { what: 'not-found' } })
    github.fail({ operation: 'issues/create-comment', kind: { what: 'not-found' } })
    expect(await repository.issues.update(opened.number, { body: 'b' })).toMatchObject({ body: 'b' })
    await repository.issues.comment(opened.number, 'c', async () => await Promise.resolve(undefined))
    expect(github.repository('a/b').issues[0]?.comments).toHaveLength(1)
    // One that is not ours is not there.
    github.fail({ operation: 'issues/update', kind: { what: 'not-found' } })
    const other = github.repository('a/b').addIssue({ title: 'o' })
    await expect(repository.issues.update(other.number, { body: 'b' })).rejects.toThrow(Refused)
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
