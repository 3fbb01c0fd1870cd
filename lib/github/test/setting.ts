/** The room in front of the testbed's GitHub, over real HTTP. The clock does not wait. */
import { afterEach } from '@jest/globals'
import { startGitHub } from '../../../testbed/github/index.ts'
import type { GitHubOptions, GitHubTestbed } from '../../../testbed/github/index.ts'
import { silentLog, skippingClock } from '../../../testbed/ports.ts'
import { createHttp } from '../../http/index.ts'
import { connectGitHub } from '../index.ts'
import type { GitHubOptions as ClientOptions, Repository } from '../index.ts'

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
  /** What was masked in the log. */
  readonly masked: string[]
}

/** Ended after each test. */
export async function setUp(
  options: Partial<GitHubOptions> = {},
  token = 'testbed-token',
  client: Pick<ClientOptions, 'isPaced' | 'app'> = {}
): Promise<Setting> {
  const clock = skippingClock()
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
    now: clock.now,
    ...options
  })
  const http = createHttp({ userAgent: 'test' })
  started.push(github)
  clients.push(http)
  const masked: string[] = []
  const log = { ...silentLog, mask: (secret: string) => void masked.push(secret) }
  const common = { http, clock, log }
  const repository = connectGitHub({ ...common, token, apiUrl: github.url, ...client }).repository('a/b')
  return { github, repository, waits: clock.waits, masked }
}
