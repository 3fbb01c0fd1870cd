/** What telling of problems is in the middle of: the first issue is open, and GitHub takes the next without an answer. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { REPORT_SCHEMA } from '../../../lib/report/index.ts'
import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import type { Late } from '../../../test/contract/contract.ts'

const NAME = 'neurodesk/testbed'
const WORKFLOW = 'test.yml'

export const late: readonly Late[] = [
  {
    title: 'after its first write',
    services: [],
    open: async () => {
      let github: GitHubTestbed | undefined
      let run = 0
      return {
        token: 'testbed-token',
        inputs: { needs: '{"check":{"result":"failure","outputs":{}}}', reports: 'reports/*.json' },
        get env() {
          return {
            GITHUB_API_URL: github?.url,
            GITHUB_SERVER_URL: github?.url,
            GITHUB_REPOSITORY: NAME,
            GITHUB_RUN_ID: String(run)
          }
        },
        prepare: async (folder) => {
          await github?.close()
          github = await startGitHub({
            repositories: { [NAME]: { commits: [{ message: 'first' }], workflows: [WORKFLOW] } }
          })
          run = github.repository(NAME).addRun({
            workflow: WORKFLOW,
            status: 'in_progress',
            jobs: [{ name: 'check', conclusion: 'failure' }]
          })
          const kind = { what: 'meanwhile', do: () => new Promise<void>(() => undefined) } as const
          github.fail({ operation: 'issues/create', after: 1, times: Infinity, kind })
          await mkdir(path.join(folder, 'reports'))
          await writeFile(path.join(folder, 'reports', 'check-cvmfs.json'), JSON.stringify(REPORT))
        },
        reached: async () =>
          await Promise.resolve(
            (github?.requests ?? []).filter(({ method, path: at }) => method === 'POST' && /issues$/.test(at))
              .length > 1
          ),
        [Symbol.asyncDispose]: async () => await github?.close()
      }
    }
  }
]

const REPORT = {
  schema: REPORT_SCHEMA,
  action: 'check-cvmfs',
  started: '2026-01-01T00:00:00.000Z',
  finished: '2026-01-01T00:01:00.000Z',
  verdict: 'failed',
  headline: 'A deployment must wait.',
  findings: ['perth', 'sydney'].map((subject) => ({
    id: 'snapshot-too-old',
    subject,
    severity: 'error',
    message: 'Its last snapshot is 30 hours old.'
  })),
  figures: {}
}
