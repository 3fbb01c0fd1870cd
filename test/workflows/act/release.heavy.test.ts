/** The release workflow of neurodesktop, run on the testbed: a draft behind its gates, and nothing that nobody asked for. */
import { readFile } from 'node:fs/promises'

import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseDocument, type Document } from 'yaml'

import { startCvmfs, type Cvmfs } from '../../../testbed/cvmfs/index.ts'
import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import { startMastodon, type MastodonTestbed } from '../../../testbed/mastodon/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { runAct, type ActRun } from './run.ts'
import { inlineCall, makeStage, setInputs, withoutQueue, type Stage } from './stage.ts'

const MINUTE = 60_000
const NAME = 'neurodesk/neurodesktop'
const WEBSITE = 'neurodesk/neurodesk.github.io'
const VERSION = '2026-11-23'
const HISTORY = '---\ntitle: Release History\n---\n\n## 2026-07-11\n\n### New Features\n- A thing\n'
const CONTAINER = 'niihead_1.0.0_20240902'

let cvmfs: Cvmfs
let github: GitHubTestbed
let mastodon: MastodonTestbed

function onTestbed(document: Document): void {
  withoutQueue(document)
  // The stores have a workflow and tests of their own; here one gate stands for both.
  document.deleteIn(['jobs', 'stores'])
  document.setIn(['jobs', 'release', 'needs'], document.createNode(['cvmfs']))
  setInputs(document, 'release', 'release', { reference: '', registries: '', 'catalogue-after': 'log.txt' })
}

async function stageWithGate(): Promise<Stage> {
  cvmfs = await startCvmfs({
    fqrn: 'neurodesk.example.org',
    containers: [CONTAINER],
    servers: [{ name: 'stratum0', stratum0: true }, { name: 'sydney' }]
  })
  const stage = await makeStage('neurodesktop', {
    'log.txt': `${CONTAINER} categories:tests,\n`,
    'keys/testbed.pub': await readFile(cvmfs.publicKeyPem, 'utf8'),
    'config/cvmfs/neurodesk.conf': `CVMFS_SERVER_URL="${cvmfs.urlOf('sydney')}/cvmfs/@fqrn@"\n`,
    'config/jupyter/select.sh': `POOL="\n${cvmfs.urlOf('sydney')}\n"\n`
  })
  await stage.change('test-cvmfs.yml', (document) => {
    withoutQueue(document)
    setInputs(document, 'servers', 'servers', {
      fqrn: cvmfs.fqrn,
      servers: `${cvmfs.urlOf('stratum0')} name=stratum0 stratum0\n${cvmfs.urlOf('sydney')} name=sydney required`,
      'public-key': 'keys/testbed.pub',
      catalogue: 'log.txt'
    })
  })
  await stage.change('release-neurodesktop.yml', onTestbed)
  const sha = stage.repository.git('rev-parse', 'HEAD')
  github = await startGitHub({
    repositories: {
      [NAME]: {
        git: stage.repository.folder,
        runs: [
          {
            workflow: 'build-neurodesktop.yml',
            sha,
            branch: 'main',
            status: 'completed',
            conclusion: 'success'
          }
        ]
      },
      [WEBSITE]: {
        commits: [
          {
            message: 'start',
            files: {
              'data/neurodesktop.toml': 'jupyter_neurodesk_version = "2026-07-11"\n',
              'content/en/overview/release-history.md': HISTORY
            }
          }
        ]
      }
    }
  })
  return stage
}

async function release(
  stage: Stage,
  inputs: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>> = {}
): Promise<ActRun> {
  return await runAct({
    repository: stage.repository,
    folder: stage.folder,
    name: NAME,
    workflow: 'release-neurodesktop.yml',
    event: 'workflow_dispatch',
    inputs: { version: VERSION, publish: 'false', announce: 'preview', ...inputs },
    secrets: { GITHUB_TOKEN: 'testbed-token', ...secrets },
    variables: { MASTODON_URL: mastodon.url },
    env: { GITHUB_API_URL: github.url }
  })
}

describeWithServices(['act'], 'release-neurodesktop.yml', () => {
  let stage: Stage

  beforeEach(async () => {
    mastodon = await startMastodon()
    stage = await stageWithGate()
  }, MINUTE)
  afterEach(async () => {
    const violations = [...github.violations, ...mastodon.violations]
    await mastodon[Symbol.asyncDispose]()
    await github[Symbol.asyncDispose]()
    await cvmfs[Symbol.asyncDispose]()
    await stage[Symbol.asyncDispose]()
    expect(violations).toEqual([])
  })

  test(
    'makes one draft, without the token of the website and without posting anything',
    async () => {
      const result = await release(stage, {})
      expect(result.results).toEqual({ servers: ['success'], release: ['success'] })
      const { releases } = github.repository(NAME)
      expect(releases.map(({ tag, draft }) => [tag, draft])).toEqual([[VERSION, true]])
      expect(github.repository(WEBSITE).issues).toEqual([])
      expect(mastodon.posts).toEqual([])
    },
    5 * MINUTE
  )

  test(
    'publishes, asks the website for its page and posts, where all of that is asked for',
    async () => {
      const secrets = { WEBSITE_TOKEN: 'testbed-token', MASTODON_TOKEN: mastodon.token }
      const result = await release(stage, { publish: 'true', announce: 'post' }, secrets)
      expect(result.results).toEqual({ servers: ['success'], release: ['success'] })
      const { releases } = github.repository(NAME)
      expect(releases.map(({ tag, draft }) => [tag, draft])).toEqual([[VERSION, false]])
      expect(github.repository(WEBSITE).issues.map(({ title }) => title)).toEqual([
        expect.stringContaining(VERSION)
      ])
      expect(mastodon.posts.map(({ text }) => text)).toEqual([expect.stringContaining(VERSION)])
      expect(result.log).not.toContain(mastodon.token)
    },
    5 * MINUTE
  )

  test(
    'in a dry run makes nothing',
    async () => {
      const result = await release(stage, { dry_run: 'true', publish: 'true', announce: 'preview' })
      expect(result.results['release']).toEqual(['success'])
      expect(github.repository(NAME).releases).toEqual([])
      expect(mastodon.posts).toEqual([])
    },
    5 * MINUTE
  )

  test(
    'drafts nothing while a server lacks what users need, and says which',
    async () => {
      const gate = parseDocument(
        await readFile(`${stage.repository.folder}/.github/workflows/test-cvmfs.yml`, 'utf8')
      )
      await stage.change('release-neurodesktop.yml', (document) => {
        inlineCall(document, 'cvmfs', gate, 'servers')
      })
      await cvmfs.setFault('sydney', 'refused')
      const result = await release(stage, { publish: 'true' })
      expect(result.results).toEqual({ cvmfs: ['failure'], release: ['failure'] })
      expect(result.log).toContain('cannot be released')
      expect(github.repository(NAME).releases).toEqual([])
    },
    5 * MINUTE
  )
})
