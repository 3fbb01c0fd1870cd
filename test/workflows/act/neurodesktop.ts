/** neurodesktop on the testbed: CVMFS servers, registries, GitHub's API, and its workflows told to use them. */
import { cp, readFile } from 'node:fs/promises'

import { expect } from '@jest/globals'
import type { Document } from 'yaml'

import { startCvmfs, type Cvmfs } from '../../../testbed/cvmfs/index.ts'
import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import { buildFixtureImages, fixtureDesktop, type FixtureImages } from '../../../testbed/images/index.ts'
import {
  findTools,
  startDocker,
  startRegistry,
  type DockerService,
  type RegistryService
} from '../../../testbed/index.ts'
import { runAct, type ActRun } from './run.ts'
import { makeStage, setEnv, setInputs, setPart, withoutQueue, type Stage } from './stage.ts'

export const MINUTE = 60_000
export const NAME = 'neurodesk/neurodesktop'
const CONTAINERS = ['niihead_1.0.0_20240902', 'packvol_0.9.2_20250611'] as const
export const IMAGE = 'neurodesk/neurodesktop'
const LOG = CONTAINERS.map((name) => `${name} categories:tests,\n`).join('')
const SERVERS = ['stratum0', 'frankfurt', 'sydney'] as const
export const DOCKERHUB = { DOCKERHUB_USERNAME: 'vnmd', DOCKERHUB_PASSWORD: 'a-password' }

export let cvmfs: Cvmfs
export let github: GitHubTestbed
let docker: DockerService
let images: FixtureImages
let base: RegistryService
export let ghcr: RegistryService
export let hub: RegistryService

export async function startServers(): Promise<void> {
  cvmfs = await startCvmfs({
    fqrn: 'neurodesk.example.org',
    containers: CONTAINERS,
    servers: SERVERS.map((name) => ({ name, stratum0: name === 'stratum0' }))
  })
}

/** GitHub has the commit that the workflow runs on. */
export async function startApi(stage: Stage, role: 'write' | 'admin' = 'write'): Promise<void> {
  const collaborators = { 'a-maintainer': role }
  github = await startGitHub({ repositories: { [NAME]: { git: stage.repository.folder, collaborators } } })
}

export async function stopServers(): Promise<void> {
  const { violations } = github
  await cvmfs[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
  expect(violations).toEqual([])
}

/** The gate asks the testbed's servers; users are given one of them, and one that nobody tests. */
function gateOnTestbed(document: Document): void {
  withoutQueue(document)
  setInputs(document, 'servers', 'servers', {
    fqrn: cvmfs.fqrn,
    servers: SERVERS.map(
      (name) => `${cvmfs.urlOf(name)} name=${name}${name === 'stratum0' ? ' stratum0' : ''} required`
    ).join('\n'),
    'public-key': 'keys/testbed.pub',
    catalogue: 'log.txt'
  })
}

export async function stageWithGate(files: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const urls = [cvmfs.urlOf('frankfurt'), 'http://127.0.0.1:9'].map((url) => `${url}/cvmfs/@fqrn@`)
  const stage = await makeStage('neurodesktop', {
    'log.txt': LOG,
    'keys/testbed.pub': await readFile(cvmfs.publicKeyPem, 'utf8'),
    'config/cvmfs/neurodesk.conf': `CVMFS_SERVER_URL="${urls.join(';')}"\n`,
    'config/jupyter/select.sh': `POOL="\n${cvmfs.urlOf('sydney')}\n"\n`,
    ...files
  })
  await stage.change('test-cvmfs.yml', gateOnTestbed)
  return stage
}

/** The run is known to the API, with the jobs that fail in it. */
export async function run(
  stage: Stage,
  workflow: string,
  options: Partial<Parameters<typeof runAct>[0]> & { readonly failed?: readonly string[] } = {}
): Promise<ActRun> {
  const { failed = [], env, secrets, ...rest } = options
  const id = github.repository(NAME).addRun({
    workflow,
    status: 'in_progress',
    conclusion: null,
    jobs: failed.map((name) => ({ name, conclusion: 'failure', runner: 'testbed' }))
  })
  return await runAct({
    repository: stage.repository,
    folder: stage.folder,
    name: NAME,
    workflow,
    event: 'schedule',
    secrets: { GITHUB_TOKEN: 'testbed-token', ...secrets },
    env: { GITHUB_API_URL: github.url, GITHUB_RUN_ID: String(id), ...env },
    ...rest
  })
}

export const issues = (): readonly string[] =>
  github
    .repository(NAME)
    .issues.filter(({ state }) => state === 'open')
    .map(({ title }) => title)

/** Once for a file: what builds, and the images to build on. */
export async function startEngine(): Promise<void> {
  docker = await startDocker()
  base = await startRegistry()
  images = await buildFixtureImages(docker, base, [])
}
export async function stopEngine(): Promise<void> {
  await base[Symbol.asyncDispose]()
  await docker[Symbol.asyncDispose]()
}

export async function startParts(): Promise<void> {
  await startServers()
  ghcr = await startRegistry()
  hub = await startRegistry({
    auth: { username: DOCKERHUB.DOCKERHUB_USERNAME, password: DOCKERHUB.DOCKERHUB_PASSWORD }
  })
}
export async function stopParts(): Promise<void> {
  await ghcr[Symbol.asyncDispose]()
  await hub[Symbol.asyncDispose]()
  await stopServers()
}

/** @param edit what else is changed in the workflow, before GitHub gets to know the commit */
export async function stageWithDesktop(
  profiles: readonly string[] = ['hpc'],
  edit: (document: Document) => void = () => undefined
): Promise<Stage> {
  const desktop = fixtureDesktop(images)
  const stage = await stageWithGate({ '.trivyignore.yaml': '' })
  await cp(desktop.context, stage.repository.folder, { recursive: true })
  await stage.other('neurodesk/neurocommand', { 'cvmfs/log.txt': LOG })
  await stage.change('build-neurodesktop.yml', (document) => {
    withoutQueue(document)
    const name = "${{ inputs.ghcr_image || inputs.image || 'neurodesktop' }}"
    setEnv(document, {
      CANDIDATES: `${ghcr.host}/neurodesk image=${name}`,
      REGISTRIES: [
        `${ghcr.host}/neurodesk image=${name}`,
        `${hub.host}/\${{ vars.DOCKERHUB_ORG }} username-env=DOCKERHUB_USERNAME password-env=DOCKERHUB_PASSWORD`
      ].join('\n')
    })
    // One processor: building for two of them is tested with the action itself.
    setPart(
      document,
      ['jobs', 'build', 'strategy', 'matrix', 'include'],
      [{ arch: 'amd64', runner: 'ubuntu-24.04' }]
    )
    setPart(document, ['jobs', 'test', 'strategy', 'matrix'], {
      arch: ['amd64'],
      profile: profiles
    })
    setInputs(document, 'build', 'build', {
      'build-args': desktop.buildArgs.join('\n'),
      'min-free': '1GB',
      'smoke-file': "${{ inputs.dry_run && 'smoke.yaml' || '' }}",
      profile: "${{ inputs.dry_run && 'hpc' || '' }}"
    })
    setInputs(document, 'test', 'test', { 'smoke-file': 'smoke.yaml' })
    for (const job of ['scan', 'publish']) setInputs(document, job, job, { platforms: 'linux/amd64' })
  })
  await stage.change('test-cvmfs.yml', (document) => {
    setPart(document, ['on', 'workflow_call', 'inputs', 'wait', 'default'], '0s')
  })
  await stage.change('build-neurodesktop.yml', (document) => {
    setPart(document, ['jobs', 'cvmfs', 'with', 'wait'], '0s')
    edit(document)
  })
  await startApi(stage)
  return stage
}

export const build = async (stage: Stage, options: Parameters<typeof run>[2] = {}): Promise<ActRun> =>
  await run(stage, 'build-neurodesktop.yml', {
    ...options,
    env: { ...findTools().env, ...docker.env, ...options.env }
  })

export const maintainers = { secrets: DOCKERHUB, variables: { DOCKERHUB_ORG: 'vnmd' } }

/** Digest by tag. */
export async function tags(
  registry: RegistryService,
  repository: string
): Promise<Readonly<Record<string, string>>> {
  const headers: Record<string, string> = {
    accept:
      'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json'
  }
  if (registry.auth !== undefined)
    headers['authorization'] =
      `Basic ${Buffer.from(`${registry.auth.username}:${registry.auth.password}`).toString('base64')}`
  const list = await fetch(`${registry.url}/v2/${repository}/tags/list`, { headers })
  if (!list.ok) return {}
  const { tags: names } = (await list.json()) as { tags: readonly string[] | null }
  const pairs = (names ?? []).map(async (tag) => {
    const manifest = await fetch(`${registry.url}/v2/${repository}/manifests/${tag}`, { headers })
    return [tag, manifest.headers.get('docker-content-digest') ?? ''] as const
  })
  return Object.fromEntries(await Promise.all(pairs))
}

/** What a double wrote down. */
export async function doubles(stage: Stage, name: string): Promise<readonly string[]> {
  const text = await readFile(`${stage.folder}/doubles.log`, 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { double: string; image?: string })
    .filter(({ double }) => double === name)
    .map(({ image }) => image ?? '')
}
