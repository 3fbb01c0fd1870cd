/** The room in front of the testbed's GitHub, over real HTTP. The clock does not wait. */
import { afterEach } from '@jest/globals'
import { startGitHub } from '../../../testbed/github/index.ts'
import type { GitHubOptions, GitHubTestbed } from '../../../testbed/github/index.ts'
import { createHttp } from '../../http/index.ts'
import { connectGitHub } from '../index.ts'
import type { Repository } from '../index.ts'

const started: GitHubTestbed[] = []
const clients: { close(): void }[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await Promise.all(started.splice(0).map((one) => one.close()))
})

export interface Setting {
  readonly github: GitHubTestbed
  readonly repository: Repository
  /** Milliseconds that were slept, in order. */
  readonly waits: number[]
}

/** Ended after each test. */
export async function setUp(options: Partial<GitHubOptions> = {}, token = 'testbed-token'): Promise<Setting> {
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
