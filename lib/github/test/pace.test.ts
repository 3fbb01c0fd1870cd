/** Writes are spaced where GitHub asks for it. The pauses are octokit's own, so they take the time that they say. */
import { describe, expect, test } from '@jest/globals'

import { isPaced } from '../connect.ts'
import type { Repository } from '../index.ts'
import { setUp } from './setting.ts'

test.each([
  ['https://api.github.com', true],
  ['https://api.neurodesk.ghe.com', true],
  ['https://github.example.edu/api/v3', false],
  ['https://api.github.com.example.org', false],
  ['http://127.0.0.1:8080', false]
])('%s: %s', (apiUrl, expected) => {
  expect(isPaced(apiUrl)).toBe(expected)
})

describe('writes to GitHub itself', () => {
  const comment = async (repository: Repository, text: string): Promise<number> => {
    await repository.issues.comment(1, text, async () => await Promise.resolve(undefined))
    return performance.now()
  }
  const issues = { 'a/b': { commits: [{ message: 'first' }], issues: [{ title: 'one' }] } }

  test('people are notified once in three seconds; reading is not held up', async () => {
    const { github, repository, waits } = await setUp({ repositories: issues }, 'testbed-token', {
      isPaced: true
    })
    // The limit of GitHub is waited for on the house's clock, once: octokit does not wait for it a second time.
    github.fail({
      operation: 'issues/create-comment',
      kind: { what: 'secondary-limit', retryAfterSeconds: 600 }
    })
    const started = performance.now()
    const [told, read] = await Promise.all([
      comment(repository, 'news'),
      repository.about().then(() => performance.now())
    ])
    expect(waits).toEqual([600_000])
    expect(told - started).toBeGreaterThan(2_900)
    expect(told - read).toBeGreaterThan(0)
    const asked = github.requests.map(({ operation, status }) => `${operation} ${status}`)
    expect(asked.filter((one) => one.startsWith('issues/'))).toEqual([
      'issues/create-comment 403',
      'issues/create-comment 201'
    ])
    expect(github.repository('a/b').issues[0]?.comments).toHaveLength(1)
  })

  test('elsewhere they are not', async () => {
    const { repository } = await setUp({ repositories: issues })
    const started = performance.now()
    for (const text of ['first', 'second', 'third', 'fourth']) await comment(repository, text)
    expect(performance.now() - started).toBeLessThan(2_900 * 3)
  })
})
