/** Ports for tests that run the action inside of the test: real HTTP to the testbed, a clock that does not wait. */
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { readInputs, type Outcome } from '../../../lib/action/index.ts'
import { connectGitHub } from '../../../lib/github/index.ts'
import { createHttp } from '../../../lib/http/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { anonymous, createRegistry, type Registry } from '../../../lib/registry/index.ts'
import { REPORT_SCHEMA, type Report } from '../../../lib/report/index.ts'
import {
  startGitHub,
  type GitHubOptions,
  type GitHubTestbed,
  type RepositoryHandle
} from '../../../testbed/github/index.ts'
import { startMastodon, type MastodonTestbed } from '../../../testbed/mastodon/index.ts'
import {
  inputVariables,
  noCleanup,
  noExec,
  runnerIn,
  silentLog,
  skippingClock,
  type SkippingClock
} from '../../../testbed/ports.ts'
import { connectMastodon } from '../src/announce/mastodon.ts'
import { check, inputs as schema } from '../src/inputs.ts'
import { run } from '../src/run.ts'

export const NAME = 'neurodesk/neurodesktop'
export const SITE = 'neurodesk/neurodesk.github.io'

export interface Setting extends AsyncDisposable {
  readonly github: GitHubTestbed
  readonly repository: RepositoryHandle
  readonly site: RepositoryHandle
  readonly mastodon: MastodonTestbed
  readonly clock: SkippingClock
  readonly workspace: string
  /** Runs the action once. */
  release(inputs?: Readonly<Record<string, string>>): Promise<Outcome>
  write(file: string, content: string): Promise<void>
}

const HUGO = '---\ntitle: "Release History"\n---\n\n## 2025-04-08\n### New Features\n- Added dcm2bids\n'
const TOML = '# Create new parameters\njupyter_neurodesk_version = "2025-04-08"\n'

/** Two repositories; one release before, some commits, a tag for today's build. */
export async function setUp(
  options: Partial<GitHubOptions> & { readonly registry?: Registry } = {}
): Promise<Setting> {
  const clock = skippingClock('2025-06-10T12:00:00Z')
  const folder = await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-release-'))
  const github = await startGitHub({
    now: clock.now,
    ...options,
    tokens: {
      'testbed-token': { login: 'github-actions[bot]' },
      'app-token': { login: 'neurodesk-release[bot]' },
      ...options.tokens
    },
    repositories: {
      [NAME]: {
        commits: [
          {
            message: 'the last release',
            date: '2025-04-08T00:00:00Z',
            files: { Dockerfile: 'FROM quay.io/jupyter/base-notebook:2025-03-14\n' }
          },
          {
            message: 'Add nbgitpuller to image',
            files: {
              Dockerfile: 'FROM quay.io/jupyter/base-notebook:2025-06-01\nRUN pip install nbgitpuller\n'
            },
            author: { login: 'octocat' }
          },
          { message: 'fix bug where variable check fails when not set', files: { 'config/a.sh': '1' } }
        ],
        workflows: ['build-neurodesktop.yml']
      },
      [SITE]: {
        commits: [
          {
            message: 'site',
            files: { 'content/en/overview/release-history.md': HUGO, 'data/neurodesktop.toml': TOML }
          }
        ]
      },
      ...options.repositories
    }
  })
  const mastodon = await startMastodon({ now: clock.now })
  const http = createHttp({ userAgent: 'test' })
  const repository = github.repository(NAME)
  if (options.repositories?.[NAME] === undefined) {
    repository.setRef('refs/tags/2025-04-08', repository.log().at(-1)?.sha ?? '')
    repository.addRelease({ tag: '2025-04-08', body: 'old', publishedAt: '2025-04-08T00:00:00Z' })
    repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
  }
  const ports: Ports = {
    exec: noExec,
    http,
    clock,
    fs,
    log: silentLog,
    cleanup: noCleanup,
    runner: runnerIn(folder, {
      temp: path.join(folder, 'temp', 'private'),
      repository: NAME,
      ref: 'refs/heads/main',
      workflow: 'release',
      runId: '1',
      eventName: 'workflow_dispatch',
      actor: 'octocat',
      triggeringActor: 'octocat',
      apiUrl: github.url,
      serverUrl: 'https://github.com'
    })
  }
  await fs.mkdir(path.join(folder, 'temp', 'private'), { recursive: true })
  return {
    github,
    repository,
    site: github.repository(SITE),
    mastodon,
    clock,
    workspace: folder,
    release: async (given = {}) => {
      const inputs = readInputs(schema, inputVariables({ token: 'testbed-token', ...given }), check)
      const common = { http, clock, log: silentLog }
      const connected = (token: string): ReturnType<typeof connectGitHub> =>
        connectGitHub({ ...common, token, apiUrl: github.url })
      return await run(inputs, {
        ...ports,
        github: connected(inputs.token),
        websiteGitHub: connected(inputs.websiteToken === '' ? inputs.token : inputs.websiteToken),
        registry: options.registry ?? createRegistry({ ...common, credentials: anonymous }),
        mastodon:
          inputs.mastodonUrl === ''
            ? undefined
            : connectMastodon({ ...common, url: inputs.mastodonUrl, token: inputs.mastodonToken })
      })
    },
    write: async (file, content) => {
      await fs.mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await fs.writeFile(path.join(folder, file), content)
    },
    [Symbol.asyncDispose]: async () => {
      http.close()
      await Promise.all([github.close(), mastodon.close()])
      await fs.rm(folder, { recursive: true, force: true })
    }
  }
}

/** Drafts of the desktop's repository. */
export const drafts = (setting: Setting) => setting.repository.releases.filter((release) => release.draft)
/** Ids of the findings. */
export const ids = (outcome: { findings: readonly { id: string }[] }): string[] =>
  outcome.findings.map((finding) => finding.id)
/** Operations that changed something on GitHub. */
export const writes = (setting: Setting): string[] =>
  setting.github.requests.filter((request) => request.method !== 'GET').map((request) => request.operation)

/** A report of another action. */
export function report(action: string, finished: string, more: Partial<Report> = {}): string {
  return JSON.stringify({
    schema: REPORT_SCHEMA,
    action,
    started: finished,
    finished,
    verdict: 'ok',
    headline: 'All is well.',
    findings: [],
    figures: {},
    ...more
  })
}
