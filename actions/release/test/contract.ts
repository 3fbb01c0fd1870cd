import { startMastodon } from '../../../testbed/mastodon/index.ts'
import type { Contract } from '../../../test/contract/contract.ts'
import { askedBy, gitHubFor } from '../../../test/contract/github.ts'
import { late } from './late.ts'

const SITE = 'neurodesk/website'

export const contract: Contract = {
  late,
  busy: {
    inputs: () => ({ version: '2026-01-31', repository: 'neurodesk/testbed' }),
    env: (server) => ({ GITHUB_API_URL: server })
  },
  paths: {
    inputs: () => ({ version: '2026-01-31', repository: 'neurodesk/testbed' }),
    env: (server) => ({ GITHUB_API_URL: server }),
    open: async () => await gitHubFor({}, { 'neurodesk/testbed': { commits: [{ message: 'first' }] } }),
    of: {
      'gate-reports': { is: 'file' },
      'catalogue-before': { is: 'file', inputs: () => ({ 'catalogue-after': 'a-file' }) },
      'catalogue-after': { is: 'file' },
      'notes-config': { is: 'file' },
      'notes-file': { is: 'file' }
    }
  },
  talk: async (_folder, secrets) => {
    const github = await gitHubFor(secrets, {
      'neurodesk/testbed': {
        commits: [{ message: 'the last release', date: '2025-04-08T00:00:00Z' }, { message: 'Add a tool' }]
      },
      [SITE]: {
        commits: [
          { message: 'site', files: { 'content/en/overview/release-history.md': '## 2025-04-08\n- old\n' } }
        ]
      }
    })
    const repository = github.repository('neurodesk/testbed')
    repository.setRef('refs/tags/2025-04-08', repository.log().at(-1)?.sha ?? '')
    repository.addRelease({ tag: '2025-04-08', body: 'old' })
    repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const mastodon = await startMastodon({ token: secrets['mastodon-token'] ?? '' })
    return {
      inputs: {
        'website-repository': SITE,
        'version-files': '# none',
        publish: 'true',
        announce: 'post',
        'mastodon-url': mastodon.url
      },
      env: { GITHUB_API_URL: github.url, GITHUB_SERVER_URL: github.url },
      violations: () => github.violations,
      used: () => [...askedBy(github), ...(mastodon.posts.length > 0 ? ['mastodon-token'] : [])],
      close: async () => {
        await github.close()
        await mastodon.close()
      }
    }
  }
}
