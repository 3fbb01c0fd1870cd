import { describe, expect, test } from '@jest/globals'
import { TransientError } from '../../failure/index.ts'
import { silentLog, skippingClock } from '../../../testbed/ports.ts'
import { connectGitHub, Refused } from '../index.ts'
import { setUp } from './setting.ts'

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

  test('a proxy that answers with a web page is no answer', async () => {
    const { github, repository } = await setUp()
    github.fail({ kind: { what: 'web-page' } })
    expect((await repository.about()).defaultBranch).toBe('main')
    github.fail({ times: Infinity, kind: { what: 'web-page' } })
    await expect(repository.about()).rejects.toThrow(/a web page instead of an answer/)
  })

  test('the token does not follow a redirect to plain http, not even of the same host', async () => {
    const asked: string[] = []
    const http = {
      request: async (url: string) => {
        asked.push(url)
        return await Promise.resolve({
          url,
          status: 301,
          headers: { location: 'http://api.example/repositories/1' },
          latencyMs: 0,
          remoteAddress: undefined,
          body: Buffer.alloc(0)
        })
      },
      stream: async () => await Promise.reject(new Error('nothing is streamed here'))
    }
    const client = connectGitHub({
      token: 'ghs_verysecret',
      apiUrl: 'https://api.example',
      http,
      clock: skippingClock(),
      log: silentLog
    })
    await expect(client.repository('a/b').about()).rejects.toThrow(/redirected to http:/)
    expect(new Set(asked)).toEqual(new Set(['https://api.example/repos/a/b']))
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
