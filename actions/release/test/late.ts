/** What a release is in the middle of: its first write is done, and GitHub takes the next one without an answer. */
import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import type { Late } from '../../../test/contract/contract.ts'

const NAME = 'neurodesk/testbed'
const SITE = 'neurodesk/website'
const OLD = '2025-04-08'

export const late: readonly Late[] = [
  {
    title: 'after its first write',
    services: [],
    open: async () => {
      let github: GitHubTestbed | undefined
      const isWrite = ({ method }: { readonly method: string }): boolean => method !== 'GET'
      return {
        token: 'testbed-token',
        inputs: {
          'website-repository': SITE,
          'website-token': 'testbed-token',
          'version-files': '# none'
        },
        get env() {
          return { GITHUB_API_URL: github?.url, GITHUB_SERVER_URL: github?.url, GITHUB_REPOSITORY: NAME }
        },
        prepare: async () => {
          await github?.close()
          github = await startSite()
        },
        reached: async () => await Promise.resolve((github?.requests ?? []).filter(isWrite).length > 1),
        [Symbol.asyncDispose]: async () => await github?.close()
      }
    }
  }
]

/** The world of one run: what an earlier one has written would not be written again. */
async function startSite(): Promise<GitHubTestbed> {
  const page = `## ${OLD}\n- old\n`
  const github = await startGitHub({
    repositories: {
      [NAME]: {
        commits: [{ message: 'the last release', date: `${OLD}T00:00:00Z` }, { message: 'Add a tool' }]
      },
      [SITE]: { commits: [{ message: 'site', files: { 'content/en/overview/release-history.md': page } }] }
    }
  })
  const repository = github.repository(NAME)
  repository.setRef(`refs/tags/${OLD}`, repository.log().at(-1)?.sha ?? '')
  repository.addRelease({ tag: OLD, body: 'old' })
  repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
  for (const method of ['POST', 'PATCH', 'PUT']) {
    const kind = { what: 'meanwhile', do: () => new Promise<void>(() => undefined) } as const
    github.fail({ method, after: method === 'POST' ? 1 : 0, times: Infinity, kind })
  }
  return github
}
