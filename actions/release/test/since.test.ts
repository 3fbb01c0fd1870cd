/** What changes are counted from, and what happens when GitHub is in trouble: whole runs. */
import { describe, expect, test } from '@jest/globals'

import { TransientError } from '../../../lib/failure/index.ts'
import { drafts, ids, NAME, setUp, SITE } from './setting.ts'

describe('what changes are counted from', () => {
  test('without a release: the newest older date of the history', async () => {
    await using setting = await setUp({
      repositories: { [NAME]: { commits: [{ message: 'old' }, { message: 'Add b' }, { message: 'Add c' }] } }
    })
    setting.repository.setRef('refs/tags/2025-04-07', setting.repository.log()[1]?.sha ?? '')
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release({ 'website-repository': SITE })
    // The history says 2025-04-08, the last build before that is of the day before.
    expect(ids(outcome)).toContain('release-previous-guessed')
    expect(outcome.figures['commit-count']).toBe(1)
    expect(drafts(setting)[0]?.body).toContain('- Add c')
  })

  test('without anything: the notes say so, and it is told', async () => {
    await using setting = await setUp({ repositories: { [NAME]: { commits: [{ message: 'Add a' }] } } })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release()
    expect(outcome.verdict).toBe('ok')
    expect(ids(outcome)).toEqual(['release-no-previous'])
    expect(drafts(setting)[0]?.body).toContain('No changes that users will notice.')
  })

  test('history that was rewritten is told; without a common commit the rest still works', async () => {
    await using setting = await setUp()
    const main = setting.repository.log()
    setting.repository.setRef('refs/heads/main', main.at(-1)?.sha ?? '')
    setting.repository.setRef('refs/tags/2025-04-08', main[0]?.sha ?? '')
    setting.repository.commit({ message: 'Add new things' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release()
    expect(outcome.findings).toMatchObject([
      { id: 'release-history-rewritten', message: expect.stringContaining('2 commits of 2025-04-08') }
    ])
    expect(drafts(setting)[0]?.body).toContain('- Add new things')
    const orphan = setting.repository.commit({ message: 'orphan', parents: [], branch: 'orphan' })
    setting.repository.setRef('refs/tags/2025-04-08', orphan)
    expect(ids(await setting.release())).toEqual(['release-history-rewritten'])
    await expect(setting.release({ previous: 'orphan' })).rejects.toThrow(/shares history/)
  })

  test('no date tag and no version: the caller is told what to give', async () => {
    await using setting = await setUp({ repositories: { [NAME]: { commits: [{ message: 'Add a' }] } } })
    await expect(setting.release()).rejects.toThrow(/version: given nothing/)
    expect((await setting.release({ version: '2025-06-10' })).outputs['tag']).toBe('2025-06-10')
  })

  test('the newest tag whose build was green is taken', async () => {
    await using setting = await setUp()
    const [, good] = setting.repository.log()
    setting.repository.setRef('refs/tags/2025-06-09', good?.sha ?? '')
    setting.repository.addRun({ workflow: 'build-neurodesktop.yml', sha: good?.sha ?? '' })
    setting.repository.addRun({ workflow: 'build-neurodesktop.yml', conclusion: 'failure' })
    expect(
      (await setting.release({ 'require-workflows': 'build-neurodesktop.yml' })).outputs['version']
    ).toBe('2025-06-09')
  })
})

describe('GitHub in trouble', () => {
  test('a secondary limit is waited for, and the run goes on', async () => {
    await using setting = await setUp()
    setting.github.fail({
      operation: 'repos/create-release',
      kind: { what: 'secondary-limit', retryAfterSeconds: 90 }
    })
    expect((await setting.release()).verdict).toBe('ok')
    expect(setting.clock.waits).toContain(90_000)
    expect(drafts(setting)).toHaveLength(1)
  })

  test('401 and a missing permission are told with what to do', async () => {
    await using setting = await setUp({
      tokens: { reader: { login: 'github-actions[bot]', permissions: { contents: 'read' } } }
    })
    await expect(setting.release({ token: 'wrong' })).rejects.toThrow(/wrong, revoked or expired/)
    const outcome = await setting.release({ token: 'reader' })
    expect(outcome.verdict).toBe('failed')
    expect(outcome.failure).toMatch(/a token with contents: write/)
    expect(outcome.outputs['notes']).not.toBe('')
  })

  test('GitHub stays away: no verdict about the release', async () => {
    await using setting = await setUp()
    setting.github.fail({ times: Infinity, kind: { what: 'server-error', status: 502 } })
    await expect(setting.release()).rejects.toThrow(TransientError)
  })

  test('a 404 right after the draft was made is read again', async () => {
    await using setting = await setUp()
    setting.github.fail({ operation: 'repos/update-release', kind: { what: 'not-found' } })
    expect((await setting.release({ publish: 'true' })).verdict).toBe('ok')
    expect(setting.repository.releases.at(-1)?.draft).toBe(false)
  })
})
