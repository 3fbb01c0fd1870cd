/** A whole NeuroDesk, small and on loopback: for the demo, and for whoever wants to try something by hand. */
import { cp, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { startCvmfs, type Cvmfs } from './cvmfs/index.ts'
import { startGitHub, type GitHubTestbed } from './github/index.ts'
import {
  appsJson,
  buildFixtureImages,
  removeImages,
  fixtureDesktop,
  FIXTURE_CONTAINERS,
  containerName,
  type FixtureImages
} from './images/index.ts'
import {
  findTools,
  localStore,
  startDocker,
  startRegistry,
  type DockerService,
  type RegistryService,
  type StoreService
} from './index.ts'
import { clearEstate, createEstate } from './services/estate.ts'

export interface Neurodesk extends AsyncDisposable {
  readonly docker: DockerService
  readonly registry: RegistryService
  readonly store: StoreService
  readonly images: FixtureImages
  readonly cvmfs: Cvmfs
  readonly github: GitHubTestbed
  /** The workspace of the steps: catalogue, smoke files. */
  readonly workspace: string
  /** apps.json in it. */
  readonly catalogue: string
  readonly containers: readonly string[]
  /** What the runner's environment would hold: tools on PATH, the engine, Apptainer's settings. */
  readonly env: Readonly<Record<string, string>>
}

/** The repository whose release the demo drafts. */
export const REPOSITORY = 'neurodesk/neurodesktop'
export const REPLICAS = ['frankfurt', 'sydney'] as const

/** Starts everything; `tell` gets a line for each part that is up. */
export async function startNeurodesk(tell: (line: string) => void): Promise<Neurodesk> {
  await using started = new AsyncDisposableStack()
  const estate = await createEstate('workspace')
  started.defer(async () => await clearEstate(estate))
  const workspace = estate.folder

  const docker = started.use(await startDocker())
  tell(`Docker Engine: ${docker.own ? 'one of our own' : 'the one that runs'} at ${docker.host}`)
  const registry = started.use(await startRegistry())
  tell(`registry: ${registry.host}`)
  const store = started.use(await localStore())
  tell(`object store: ${store.remote}, public at ${store.publicUrl}`)
  // Those of an engine of our own go with it.
  if (!docker.own) started.defer(async () => await removeImages(docker, registry))
  const images = await buildFixtureImages(docker, registry)
  for (const { container, reference } of images.containers) tell(`image of ${container}: ${reference}`)

  const containers = FIXTURE_CONTAINERS.map(containerName)
  const cvmfs = started.use(
    await startCvmfs({
      fqrn: 'neurodesk.example.org',
      containers,
      servers: [{ name: 'stratum0', stratum0: true }, ...REPLICAS.map((name) => ({ name }))]
    })
  )
  tell(`CVMFS: ${cvmfs.urls.join(', ')}`)
  const github = started.use(await startHistory())
  tell(`GitHub's API: ${github.url}`)

  // As a checkout would have it: an action reads nothing outside of its workspace.
  await cp(fixtureDesktop(images).context, path.join(workspace, 'desktop'), { recursive: true })
  const catalogue = path.join(workspace, 'apps.json')
  await writeFile(catalogue, appsJson())
  const parts = { docker, registry, store, images, cvmfs, github, workspace, catalogue, containers }
  const apptainer = path.join(workspace, '.apptainer')
  const env = {
    ...findTools().env,
    ...docker.env,
    APPTAINER_NOHTTPS: '1',
    APPTAINER_CACHEDIR: apptainer
  }
  const stop = started.move()
  return { ...parts, env, [Symbol.asyncDispose]: async () => await stop.disposeAsync() }
}

/** A last release and what was done since: the kinds of commit that NeuroDesk's log has. */
async function startHistory(): Promise<GitHubTestbed> {
  const github = await startGitHub({
    repositories: {
      [REPOSITORY]: { commits: [{ message: 'First version', files: { Dockerfile: 'FROM debian:12\n' } }] }
    }
  })
  const repository = github.repository(REPOSITORY)
  repository.setRef('refs/tags/2025-12-20', repository.refs.get('refs/heads/main') ?? null)
  repository.addRelease({ tag: '2025-12-20', name: '2025-12-20', body: 'The last release.' })
  const dockerfile = 'FROM debian:12\nARG APPTAINER_VERSION=1.4.5\n'
  for (const message of [
    'fix: open the file manager at the storage folder (#410)',
    'Add files via upload',
    'feat: add a launcher for the new image viewer (#412)',
    'update apptainer from 1.3.6 to 1.4.5',
    'fix typo'
  ]) {
    repository.commit({
      message,
      ...(message.startsWith('update') ? { files: { Dockerfile: dockerfile } } : {})
    })
  }
  return github
}
