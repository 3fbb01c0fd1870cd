import type { Contract } from '../../../test/contract/contract.ts'
import { askedBy, gitHubFor } from '../../../test/contract/github.ts'
import { late } from './late.ts'

export const contract: Contract = {
  late,
  bad: { needs: { value: 'no JSON', given: '7 characters that are no JSON' } },
  busy: {
    inputs: () => ({ needs: '{"build":{"result":"failure","outputs":{}}}' }),
    env: (server) => ({ GITHUB_API_URL: server })
  },
  paths: {
    inputs: () => ({ needs: '{"build":{"result":"failure","outputs":{}}}' }),
    env: (server) => ({ GITHUB_API_URL: server }),
    of: { reports: { is: 'file' }, template: { is: 'file' } }
  },
  talk: async (_folder, secrets) => {
    const github = await gitHubFor(secrets, {
      'neurodesk/testbed': { commits: [{ message: 'first' }], workflows: ['test.yml'] }
    })
    const run = github.repository('neurodesk/testbed').addRun({
      workflow: 'test.yml',
      status: 'in_progress',
      jobs: [{ name: 'build', conclusion: 'failure' }]
    })
    return {
      inputs: { needs: '{"build":{"result":"failure","outputs":{}}}' },
      env: { GITHUB_API_URL: github.url, GITHUB_SERVER_URL: github.url, GITHUB_RUN_ID: String(run) },
      violations: () => github.violations,
      used: () => askedBy(github),
      close: async () => await github.close()
    }
  }
}
