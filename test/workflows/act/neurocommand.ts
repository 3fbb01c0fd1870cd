/** neurocommand on the testbed: two stores, GitHub's API, and its workflows told to use them. One scene at a time. */
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { expect } from '@jest/globals'

import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import { appsJson, containerName, FIXTURE_CONTAINERS } from '../../../testbed/images/index.ts'
import { findTools, localStore, type StoreService } from '../../../testbed/index.ts'
import { runAct, type ActRun } from './run.ts'
import { SIF } from './sif.ts'
import { makeStage, setEnv, setInputs, setPart, withoutQueue, type Stage } from './stage.ts'

export const MINUTE = 60_000
export const NAME = 'neurodesk/neurocommand'
export const CONTAINERS = FIXTURE_CONTAINERS.map(containerName)
export const [FIRST = '', SECOND = ''] = CONTAINERS
/** Only that they are there counts: nothing listens behind them. */
export const SECRETS = {
  OS_AUTH_URL: 'https://identity.example.org',
  AWS_ROLE_ARN: 'arn:aws:iam::1:role/ci',
  ACCESS_TOKEN: 'a-token'
}

export let github: GitHubTestbed
export let nectar: StoreService
export let aws: StoreService

export async function startParts(): Promise<void> {
  nectar = await localStore()
  aws = await localStore()
}

export async function stopParts(): Promise<void> {
  const { violations } = github
  await nectar[Symbol.asyncDispose]()
  await aws[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
  expect(violations).toEqual([])
}

export const stores = (): string =>
  [
    `${nectar.remote} name=nectar public-url=${nectar.publicUrl} required`,
    `${aws.remote} name=aws public-url=${aws.publicUrl} required`
  ].join('\n')
export const publicStores = (): string =>
  `${nectar.publicUrl} name=nectar required\n${aws.publicUrl} name=aws required`

export async function stageWith(files: Readonly<Record<string, string>>): Promise<Stage> {
  const stage = await makeStage('neurocommand', files)
  for (const file of ['update-neurocontainers.yml', 'cleanup_neurocontainers.yml', 'test-neurocommand.yml'])
    await stage.change(file, withoutQueue)
  await startApi(stage)
  return stage
}

/** GitHub has the commits of the stage. */
export async function startApi(stage: Stage): Promise<void> {
  github = await startGitHub({
    repositories: { [NAME]: { git: stage.repository.folder, collaborators: { 'a-maintainer': 'write' } } },
    tokens: { 'testbed-token': { login: 'github-actions[bot]' }, 'a-token': { login: 'a-maintainer' } }
  })
}

export async function run(
  stage: Stage,
  workflow: string,
  options: Partial<Parameters<typeof runAct>[0]> = {}
): Promise<ActRun> {
  const { env, secrets, ...rest } = options
  const id = github.repository(NAME).addRun({ workflow, status: 'in_progress', conclusion: null, jobs: [] })
  return await runAct({
    repository: stage.repository,
    folder: stage.folder,
    name: NAME,
    workflow,
    event: 'push',
    secrets: { GITHUB_TOKEN: 'testbed-token', ...secrets },
    env: { ...findTools().env, GITHUB_API_URL: github.url, GITHUB_RUN_ID: String(id), ...env },
    ...rest
  })
}

export const objects = async (store: StoreService): Promise<readonly string[]> =>
  (await readdir(store.folder, { recursive: true })).filter((name) => name.endsWith('.simg')).sort()
export const simg = (name: string): string => `${name}.simg`
export const issues = (): readonly string[] =>
  github
    .repository(NAME)
    .issues.filter(({ state }) => state === 'open')
    .map(({ title }) => title)

/** A pull request; every container of the fixtures is in the stores. */
export async function stageWithPull(
  catalogue: string,
  inputs: Readonly<Record<string, string>> = {},
  before = appsJson()
): Promise<Stage> {
  const stage = await stageWith({ 'neurodesk/apps.json': catalogue, 'before.json': before })
  await stage.change('test-neurocommand.yml', (document) => {
    setInputs(document, 'catalogue', 'catalogue', {
      // As it was before: on the testbed nobody serves raw files.
      'base-catalogue': 'before.json',
      ...inputs
    })
    setEnv(document, { STORES: stores() })
    // What this job does is in the tests of its action; here it is about the other one.
    document.deleteIn(['jobs', 'test_neurocommand'])
    setPart(document, ['jobs', 'report', 'needs'], ['catalogue'])
  })
  for (const { folder } of [nectar, aws])
    for (const name of CONTAINERS) await writeFile(path.join(folder, simg(name)), SIF)
  return stage
}

export const pull = async (stage: Stage): Promise<ActRun> =>
  await run(stage, 'test-neurocommand.yml', {
    event: 'pull_request',
    payload: { pull_request: { number: 1, base: { sha: 'a'.repeat(40) }, head: { ref: 'x' } } },
    secrets: SECRETS
  })
