/** The built bundle, run as the runner runs it, against the testbed's GitHub. */
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, describe, expect, test } from '@jest/globals'

import { actionFolder } from '../../../scripts/repository.ts'
import {
  startGitHub,
  type GitHubOptions,
  type GitHubTestbed,
  type RepositoryHandle
} from '../../../testbed/github/index.ts'
import { startMastodon } from '../../../testbed/mastodon/index.ts'
import { runAction, type ActionRun } from '../../../testbed/runner/index.ts'

const NAME = 'neurodesk/neurodesktop'
const started: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.close()))
})

async function setUp(
  options: Partial<GitHubOptions> = {}
): Promise<{ github: GitHubTestbed; repository: RepositoryHandle }> {
  const github = await startGitHub({
    repositories: {
      [NAME]: {
        commits: [
          { message: 'the last release', date: '2025-04-08T00:00:00Z' },
          { message: 'Add nbgitpuller to image', author: { login: 'octocat' } },
          { message: 'fix bug where variable check fails when not set' },
          { message: 'Add files via upload' },
          { message: 'Add files via upload' },
          { message: 'moved cvmfs cache to home directory' },
          { message: 'Remove Nextcloud temporarily' }
        ]
      }
    },
    ...options
  })
  started.push(github)
  const repository = github.repository(NAME)
  if (repository.releases.length === 0) {
    const base = repository.log().at(-1)?.sha ?? ''
    repository.setRef('refs/tags/2025-04-08', base)
    repository.addRelease({ tag: '2025-04-08', body: 'old' })
    repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
  }
  return { github, repository }
}

/** The runner's folder is kept by the test, so that what the action left there can be read. */
async function run(
  github: GitHubTestbed,
  inputs: Record<string, string> = {},
  token = 'testbed-token',
  env: Record<string, string> = {}
): Promise<ActionRun & { notes: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-release-'))
  try {
    const result = await runAction({
      action: actionFolder('release'),
      inputs,
      token,
      folder,
      env: { GITHUB_API_URL: github.url, GITHUB_SERVER_URL: github.url, GITHUB_REPOSITORY: NAME, ...env }
    })
    expect(github.violations).toEqual([])
    const file = result.outputs['notes']
    return { ...result, notes: file === undefined ? '' : await readFile(file, 'utf8') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1)
  return list[0] as T
}

describe('one draft', () => {
  test('is made, in the house format, of the newest date tag', async () => {
    const { github, repository } = await setUp()
    const result = await run(github)
    expect(result.exitCode).toBe(0)
    expect(result.outputs).toMatchObject({ ok: 'true', version: '2025-06-10', tag: '2025-06-10' })
    const draft = only(repository.releases.filter((one) => one.draft))
    expect(draft).toMatchObject({ tag: '2025-06-10', target: repository.refs.get('refs/heads/main') })
    expect(draft.body.replace(/<!--.*-->\n/g, '').replace(/http[^\s)]+/g, 'URL')).toBe(
      `## 2025-06-10

### New Features
- Add nbgitpuller to image

### Improvements
- moved cvmfs cache to home directory

### Bug Fixes
- fix bug where variable check fails when not set

### Removed
- Remove Nextcloud temporarily

<details><summary>1 smaller change</summary>

- Add files via upload (2 times) ([${repository.log()[3]?.sha.slice(0, 7)}](URL))

</details>

[All changes](URL)
`
    )
    expect(result.outputs['release-id']).toBe(String(draft.id))
    expect(result.summary).toContain('Add nbgitpuller')
    expect(result.notes).toContain('- Add nbgitpuller to image')
    expect(result.notes).not.toContain('neurodesk-ci:')
  })

  test('is found again and brought up to date, and left alone when nothing is new', async () => {
    const { github, repository } = await setUp()
    await run(github)
    const before = repository.releases.at(-1)
    await run(github)
    expect(repository.releases.at(-1)).toEqual(before)
    repository.commit({ message: 'Add qsirecon' })
    repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    await run(github)
    const draft = only(repository.releases.filter((one) => one.draft))
    expect(draft.id).toBe(before?.id)
    expect(draft.body).toContain('- Add qsirecon')
    expect(draft.tag).toBe('2025-06-10')
  })

  test('keeps what people wrote, also when their editor changes the line ends', async () => {
    const { github, repository } = await setUp()
    await run(github)
    const draft = only(repository.releases.filter((one) => one.draft))
    const edited = `Thanks to all!\n\n${draft.body.replace('Add nbgitpuller to image', 'added nbgitpuller').replace('- Remove Nextcloud temporarily\n', '')}`
    repository.editRelease(draft.id, { body: edited.replaceAll('\n', '\r\n') })
    repository.commit({ message: 'Add qsirecon' })
    repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const result = await run(github)
    const body = only(repository.releases.filter((one) => one.draft)).body
    expect(body).toContain('Thanks to all!')
    expect(body).toContain('- added nbgitpuller\n- Add qsirecon\n')
    expect(body).not.toContain('Remove Nextcloud')
    expect(result.summary).toContain('Hand edits of the draft were kept; new lines were put in: 1')
  })

  test('only the line ends were changed: that is no hand edit', async () => {
    const { github, repository } = await setUp()
    await run(github)
    const draft = only(repository.releases.filter((one) => one.draft))
    repository.editRelease(draft.id, { body: draft.body.replaceAll('\n', '\r\n') })
    expect((await run(github)).summary).not.toContain('Hand edits')
  })

  test('is published only when that is asked for, with its tag', async () => {
    const { github, repository } = await setUp()
    const result = await run(github, { publish: 'true' })
    expect(result.outputs['ok']).toBe('true')
    expect(repository.releases.at(-1)).toMatchObject({ draft: false, tag: '2025-06-10' })
    const again = await run(github, { publish: 'true', version: '2025-06-10' })
    expect(again.exitCode).toBe(0)
    expect(repository.releases).toHaveLength(2)
  })

  test('nothing at all is written in a dry run', async () => {
    const { github, repository } = await setUp()
    const result = await run(github, { 'dry-run': 'true' })
    expect(result.exitCode).toBe(0)
    expect(github.requests.filter((one) => one.method !== 'GET')).toEqual([])
    expect(repository.releases).toHaveLength(1)
    expect(result.summary).toContain('Add nbgitpuller')
  })
})

describe('the whole', () => {
  test('gates, draft, pull request, publishing and announcement in one run; no secret in anything that is shown', async () => {
    const SITE = 'neurodesk/neurodesk.github.io'
    const { github, repository } = await setUp({
      tokens: {
        'testbed-token': { login: 'github-actions[bot]' },
        'app-token-very-secret': { login: 'neurodesk-release[bot]' }
      },
      repositories: {
        [NAME]: {
          commits: [
            { message: 'the last release', date: '2025-04-08T00:00:00Z' },
            { message: 'Add nbgitpuller to image' }
          ],
          workflows: ['build-neurodesktop.yml']
        },
        [SITE]: {
          commits: [
            {
              message: 'site',
              files: {
                'content/en/overview/release-history.md': '## 2025-04-08\n- old\n',
                'data/neurodesktop.toml': 'jupyter_neurodesk_version = "2025-04-08"\n'
              }
            }
          ]
        }
      }
    })
    repository.addRun({ workflow: 'build-neurodesktop.yml' })
    const mastodon = await startMastodon({ token: 'mastodon-very-secret' })
    started.push(mastodon)
    const result = await run(github, {
      'require-workflows': 'build-neurodesktop.yml',
      'website-repository': SITE,
      'website-token': 'app-token-very-secret',
      publish: 'true',
      announce: 'post',
      'mastodon-url': mastodon.url,
      'mastodon-token': 'mastodon-very-secret',
      'announcement-template': '---\nvisibility: unlisted\n---\nOut: {version}\n\n{highlights}\n\n{url}'
    })
    expect(result.exitCode).toBe(0)
    expect(result.outputs).toMatchObject({
      ok: 'true',
      announced: 'true',
      'pull-request-url': `${github.url}/${SITE}/pull/1`
    })
    expect(repository.releases.at(-1)).toMatchObject({ tag: '2025-06-10', draft: false })
    expect(mastodon.posts).toMatchObject([
      {
        visibility: 'unlisted',
        text: `Out: 2025-06-10\n\n• Add nbgitpuller to image\n\n${github.url}/${NAME}/releases/tag/2025-06-10`
      }
    ])
    expect(github.repository(SITE).file('data/neurodesktop.toml', 'neurodesktop-2025-06-10')).toContain(
      '"2025-06-10"'
    )
    expect(result.summary.match(/\| ✅ \|/g)?.length).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify([result.raw, result.outputs, result.summary, result.state])).not.toContain(
      'very-secret'
    )
  })
})

/** As much of a registry as is needed to ask for an image: one manifest by repository, and a login. */
async function startRegistry(
  manifests: Readonly<Record<string, string>>
): Promise<{ host: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isKnown =
      request.headers.authorization === `Basic ${Buffer.from('user:registry-very-secret').toString('base64')}`
    const name = /^\/v2\/(.+)\/manifests\/2025-06-10$/.exec(request.url ?? '')?.[1]
    const manifest = name === undefined ? undefined : manifests[name]
    if (!isKnown) response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end('{}')
    else if (manifest === undefined)
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
    else {
      const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`
      response.writeHead(200, {
        'content-type': 'application/vnd.oci.image.manifest.v1+json',
        'docker-content-digest': digest,
        'content-length': String(Buffer.byteLength(manifest))
      })
      response.end(request.method === 'HEAD' ? undefined : manifest)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const registry = { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, close }
  started.push(registry)
  return registry
}

describe('the image', () => {
  const manifest = (size: number): string =>
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: `sha256:${'a'.repeat(64)}`,
        size
      },
      layers: []
    })

  test.each([
    ['the same in both places', manifest(1), 0, 'the same in 2 registries'],
    ['another in the mirror', manifest(2), 1, 'is another image']
  ])('%s, asked for over HTTP with the login of the environment', async (_, mirrored, exitCode, said) => {
    const { github, repository } = await setUp()
    const { host } = await startRegistry({
      'neurodesk/neurodesktop': manifest(1),
      'mirror/neurodesktop': mirrored
    })
    const result = await run(
      github,
      {
        reference: `${host}/neurodesk/neurodesktop`,
        registries: `${host}/mirror username-env=REGISTRY_USER password-env=REGISTRY_PASSWORD`
      },
      'testbed-token',
      { REGISTRY_USER: 'user', REGISTRY_PASSWORD: 'registry-very-secret' }
    )
    expect([result.exitCode, result.summary]).toEqual([exitCode, expect.stringContaining(said)])
    expect(repository.releases.filter((one) => one.draft)).toHaveLength(exitCode === 0 ? 1 : 0)
    expect(JSON.stringify([result.raw, result.outputs, result.summary, result.state])).not.toContain(
      'very-secret'
    )
  })
})

describe('conditions', () => {
  test('a version that is published by somebody else, and one that is not newer, are refused together with their reasons', async () => {
    const { github, repository } = await setUp()
    const result = await run(github, { version: '2025-04-08', previous: '2025-06-10' })
    expect(result.exitCode).toBe(1)
    expect(result.outputs['ok']).toBe('false')
    expect(result.summary).toContain('is already published, and not by this action')
    expect(result.summary).toContain('2025-04-08 is not newer than 2025-06-10')
    expect(repository.releases).toHaveLength(1)
  })
})
