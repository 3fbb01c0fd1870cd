/** The workflows of neurocommand, run on the testbed: what comes into the stores, and that nothing is lost. */
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Document } from 'yaml'

import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import {
  appsJson,
  buildFixtureImages,
  containerName,
  FIXTURE_CONTAINERS
} from '../../../testbed/images/index.ts'
import {
  findTools,
  localStore,
  startDocker,
  startRegistry,
  type DockerService,
  type RegistryService,
  type StoreService
} from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { runAct, type ActRun } from './run.ts'
import { SIF } from './sif.ts'
import { makeStage, setEnv, setInputs, setPart, withoutQueue, type Stage } from './stage.ts'

const MINUTE = 60_000
const NAME = 'neurodesk/neurocommand'
const CONTAINERS = FIXTURE_CONTAINERS.map(containerName)
const [FIRST = '', SECOND = ''] = CONTAINERS
/** Only that they are there counts: nothing listens behind them. */
const SECRETS = {
  OS_AUTH_URL: 'https://identity.example.org',
  AWS_ROLE_ARN: 'arn:aws:iam::1:role/ci',
  ACCESS_TOKEN: 'a-token'
}

let github: GitHubTestbed
let nectar: StoreService
let aws: StoreService

async function startParts(): Promise<void> {
  nectar = await localStore()
  aws = await localStore()
}

async function stopParts(): Promise<void> {
  const { violations } = github
  await nectar[Symbol.asyncDispose]()
  await aws[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
  expect(violations).toEqual([])
}

const stores = (): string =>
  [
    `${nectar.remote} name=nectar public-url=${nectar.publicUrl} required`,
    `${aws.remote} name=aws public-url=${aws.publicUrl} required`
  ].join('\n')
const publicStores = (): string =>
  `${nectar.publicUrl} name=nectar required\n${aws.publicUrl} name=aws required`

async function stageWith(files: Readonly<Record<string, string>>): Promise<Stage> {
  const stage = await makeStage('neurocommand', files)
  for (const file of ['update-neurocontainers.yml', 'cleanup_neurocontainers.yml', 'test-neurocommand.yml'])
    await stage.change(file, withoutQueue)
  github = await startTestbed(stage)
  return stage
}

/** GitHub has the commits of the stage. */
async function startTestbed(stage: Stage): Promise<GitHubTestbed> {
  return await startGitHub({
    repositories: { [NAME]: { git: stage.repository.folder, collaborators: { 'a-maintainer': 'write' } } },
    tokens: { 'testbed-token': { login: 'github-actions[bot]' }, 'a-token': { login: 'a-maintainer' } }
  })
}

async function run(
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

const objects = async (store: StoreService): Promise<readonly string[]> =>
  (await readdir(store.folder, { recursive: true })).filter((name) => name.endsWith('.simg')).sort()
const simg = (name: string): string => `${name}.simg`
const issues = (): readonly string[] =>
  github
    .repository(NAME)
    .issues.filter(({ state }) => state === 'open')
    .map(({ title }) => title)

/** A pull request; every container of the fixtures is in the stores. */
async function stageWithPull(
  catalogue: string,
  inputs: Readonly<Record<string, string>> = {}
): Promise<Stage> {
  const stage = await stageWith({ 'neurodesk/apps.json': catalogue, 'before.json': appsJson() })
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

const pull = async (stage: Stage): Promise<ActRun> =>
  await run(stage, 'test-neurocommand.yml', {
    event: 'pull_request',
    payload: { pull_request: { number: 1, base: { sha: 'a'.repeat(40) }, head: { ref: 'x' } } },
    secrets: SECRETS
  })

describeWithServices(
  ['act', 'docker', 'buildx', 'registry', 'apptainer', 'rclone', 'squashfs', 'fixtures'],
  'update-neurocontainers.yml',
  () => {
    let docker: DockerService
    let registry: RegistryService

    beforeAll(async () => {
      docker = await startDocker()
      registry = await startRegistry()
      await buildFixtureImages(docker, registry)
    }, 5 * MINUTE)
    afterAll(async () => {
      await registry[Symbol.asyncDispose]()
      await docker[Symbol.asyncDispose]()
    })
    function onTestbed(document: Document): void {
      setEnv(document, { PUBLIC_STORES: publicStores(), STORES: stores() })
      for (const job of ['plan', 'convert'])
        setInputs(document, job, job, { registries: `${registry.host}/vnmd` })
    }

    async function stageWithCatalogue(catalogue = appsJson()): Promise<Stage> {
      const stage = await stageWith({
        'neurodesk/apps.json': catalogue,
        'cvmfs/log.txt': '',
        'cvmfs/applist.json': '{"list": []}'
      })
      await stage.change('update-neurocontainers.yml', onTestbed)
      return stage
    }

    const update = async (
      stage: Stage,
      options: Partial<Parameters<typeof runAct>[0]> = {}
    ): Promise<ActRun> =>
      await run(stage, 'update-neurocontainers.yml', {
        ...options,
        env: {
          APPTAINER_NOHTTPS: '1',
          APPTAINER_CACHEDIR: path.join(stage.folder, 'apptainer'),
          ...options.env
        }
      })

    describe('run after run', () => {
      let stage: Stage

      beforeAll(async () => {
        await startParts()
        stage = await stageWithCatalogue()
      }, MINUTE)
      afterAll(async () => {
        await stage[Symbol.asyncDispose]()
        await stopParts()
      })

      test(
        'fans out over what is missing, and lists what came into every store',
        async () => {
          const result = await update(stage, { secrets: SECRETS })
          expect(result.results['plan']).toEqual(['success'])
          expect(result.results['convert']).toEqual(['success', 'success', 'success'])
          expect(result.results['publish']).toEqual(['success'])
          expect(await objects(nectar)).toEqual(CONTAINERS.map(simg).sort())
          expect(await objects(aws)).toEqual(CONTAINERS.map(simg).sort())
          const log = await readFile(path.join(stage.folder, 'artifacts', 'lists', 'log.txt'), 'utf8')
          expect(
            log
              .split('\n')
              .filter((line) => line !== '')
              .map((line) => line.split(' ', 1)[0])
              .sort()
          ).toEqual([...CONTAINERS].sort())
          // A commit is nobody's wish without the variable.
          expect(
            github
              .repository(NAME)
              .log()
              .map(({ message }) => message)
          ).not.toContainEqual(expect.stringMatching(/log\.txt|applist/))
          expect(issues()).toEqual([])
          // Nothing is left to do.
          await stage.forget('artifacts')
          const again = await update(stage, { secrets: SECRETS })
          expect(again.results).toEqual({ plan: ['success'], publish: ['success'], report: ['success'] })
        },
        10 * MINUTE
      )

      test(
        'commits the lists and tells the website where a variable asks for it',
        async () => {
          await stage.change('update-neurocontainers.yml', (document) => {
            setInputs(document, 'publish', 'publish', {
              'dispatch-to': `\${{ vars.COMMIT_LOG == 'true' && '${NAME}' || '' }}`
            })
          })
          await github[Symbol.asyncDispose]()
          github = await startTestbed(stage)
          await stage.forget('artifacts')
          const result = await update(stage, { secrets: SECRETS, variables: { COMMIT_LOG: 'true' } })
          expect(result.results['publish']).toEqual(['success'])
          expect(github.repository(NAME).file('cvmfs/log.txt')).toContain(FIRST)
          expect(github.repository(NAME).dispatches).toEqual([
            expect.objectContaining({ ref: 'NeuroDesk/neurocommand applist.json update' })
          ])
        },
        10 * MINUTE
      )

      test(
        'copies what one store has, and one container that cannot be had keeps no other from its users',
        async () => {
          const catalogue = JSON.parse(appsJson()) as Record<string, { apps: Record<string, unknown> }>
          catalogue['nowhere'] = {
            apps: { 'nowhere 1.0': { version: '20250101', exec: '' } },
            categories: ['tests']
          } as never
          await rm(path.join(nectar.folder, simg(SECOND)))
          await stage.forget('artifacts')
          await stage.repository.write('neurodesk/apps.json', JSON.stringify(catalogue, undefined, 4))
          stage.repository.git('commit', '--quiet', '--all', '--message', 'a container that nobody built')
          const result = await update(stage, { secrets: SECRETS })
          expect(result.results['plan']).toEqual(['success'])
          expect(result.results['convert']).toEqual(['success'])
          expect(await objects(nectar)).toEqual(CONTAINERS.map(simg).sort())
          // The lists are written, without it; the run says that it is missing.
          expect(result.results['publish']).toEqual(['failure'])
          expect(issues()).toEqual([expect.stringContaining('nowhere_1.0_20250101')])
        },
        10 * MINUTE
      )
    })

    describe('one run', () => {
      beforeEach(startParts, MINUTE)
      afterEach(stopParts)

      test(
        'on a fork without secrets only looks, says so, and fails nothing',
        async () => {
          await using stage = await stageWithCatalogue()
          const result = await update(stage)
          expect(result.results).toEqual({ plan: ['success'], report: ['success'] })
          expect(result.log).toContain('The secrets of the stores are not set here')
          expect(await objects(nectar)).toEqual([])
        },
        10 * MINUTE
      )

      test(
        'a pull request may add a container that is in no store yet, if its image is there',
        async () => {
          await using stage = await stageWithPull(appsJson(), { registries: `${registry.host}/vnmd` })
          for (const { folder } of [nectar, aws]) await rm(path.join(folder, simg(FIRST)))
          expect((await pull(stage)).results).toEqual({ catalogue: ['success'] })
          await stage.forget('artifacts')
          await stage.change('test-neurocommand.yml', (document) => {
            setInputs(document, 'catalogue', 'catalogue', { registries: `${registry.host}/nobody` })
          })
          expect((await pull(stage)).results).toEqual({ catalogue: ['failure'] })
          // Not even a plan changes anything.
          expect(await objects(nectar)).not.toContain(simg(FIRST))
        },
        10 * MINUTE
      )

      test(
        'in a dry run plans, and moves no byte',
        async () => {
          await using stage = await stageWithCatalogue()
          const result = await update(stage, {
            secrets: SECRETS,
            event: 'workflow_dispatch',
            inputs: { dry_run: 'true', runner: 'hosted' }
          })
          expect(result.results['plan']).toEqual(['success'])
          expect(result.results).not.toHaveProperty('convert')
          expect(await objects(nectar)).toEqual([])
          expect(issues()).toEqual([])
        },
        10 * MINUTE
      )
    })
  }
)

describeWithServices(['act', 'rclone'], 'cleanup_neurocontainers.yml', () => {
  beforeEach(startParts, MINUTE)
  afterEach(stopParts)

  const OLD = 'forgotten_1.0.0_20200101'
  const RELEASED = 'released_1.0.0_20200101'
  const YOUNG = 'forgotten_2.0.0_20260101'

  async function stageWithObjects(): Promise<Stage> {
    const stage = await stageWith({
      'neurodesk/apps.json': appsJson(),
      'cvmfs/log.txt': `${FIRST} categories:a,\n`
    })
    await stage.other('neurodesk/neurocontainers', {
      'releases/released/1.0.0.json': JSON.stringify({
        apps: { 'released 1.0.0': { version: '20200101', exec: '' } },
        categories: ['a']
      })
    })
    await stage.change('cleanup_neurocontainers.yml', (document) => {
      setEnv(document, { STORES: stores() })
    })
    const longAgo = new Date(Date.now() - 400 * 24 * 3_600_000)
    for (const { folder } of [nectar, aws]) {
      for (const name of [...CONTAINERS, OLD, RELEASED, YOUNG]) {
        await writeFile(path.join(folder, simg(name)), name)
        if (name !== YOUNG) await utimes(path.join(folder, simg(name)), longAgo, longAgo)
      }
    }
    return stage
  }

  const cleanup = async (
    stage: Stage,
    conclusion: string,
    options: Partial<Parameters<typeof runAct>[0]> = {}
  ): Promise<ActRun> =>
    await run(stage, 'cleanup_neurocontainers.yml', {
      event: 'workflow_run',
      payload: { workflow_run: { conclusion, name: 'Update neurocontainers', head_branch: 'main' } },
      secrets: SECRETS,
      ...options
    })
  const all = [...CONTAINERS, OLD, RELEASED, YOUNG].map(simg).sort()

  test(
    'after an update that failed does nothing',
    async () => {
      await using stage = await stageWithObjects()
      const result = await cleanup(stage, 'failure', { variables: { DELETE_UNUSED_CONTAINERS: 'true' } })
      expect(result.results).toEqual({})
      expect(await objects(nectar)).toEqual(all)
    },
    5 * MINUTE
  )

  test(
    'without the variable only plans',
    async () => {
      await using stage = await stageWithObjects()
      const result = await cleanup(stage, 'success')
      expect(result.results['retain']).toEqual(['success'])
      expect(result.log).toContain(OLD)
      expect(await objects(nectar)).toEqual(all)
      expect(await objects(aws)).toEqual(all)
    },
    5 * MINUTE
  )

  test(
    'with the variable deletes what nobody needs, and nothing that is listed, released or young',
    async () => {
      await using stage = await stageWithObjects()
      const result = await cleanup(stage, 'success', { variables: { DELETE_UNUSED_CONTAINERS: 'true' } })
      expect(result.results['retain']).toEqual(['success'])
      expect(await objects(nectar)).toEqual(all.filter((name) => name !== simg(OLD)))
      expect(await objects(aws)).toEqual(all.filter((name) => name !== simg(OLD)))
    },
    5 * MINUTE
  )

  test(
    'started by hand is a dry run unless it is said otherwise',
    async () => {
      await using stage = await stageWithObjects()
      const result = await cleanup(stage, 'success', {
        event: 'workflow_dispatch',
        inputs: { dry_run: 'true', retention_days: '30' },
        variables: { DELETE_UNUSED_CONTAINERS: 'true' }
      })
      expect(result.results['retain']).toEqual(['success'])
      expect(await objects(nectar)).toEqual(all)
    },
    5 * MINUTE
  )

  test(
    'without secrets says that it cannot look',
    async () => {
      await using stage = await stageWithObjects()
      const result = await cleanup(stage, 'success', {
        secrets: {},
        variables: { DELETE_UNUSED_CONTAINERS: 'true' }
      })
      expect(result.results['retain']).toEqual(['success'])
      expect(result.log).toContain('nothing is listed and nothing is deleted')
      expect(await objects(nectar)).toEqual(all)
    },
    5 * MINUTE
  )
})

describeWithServices(['act'], 'test-neurocommand.yml on a pull request', () => {
  beforeEach(startParts, MINUTE)
  afterEach(stopParts)

  test(
    'accepts a catalogue that is in order',
    async () => {
      await using stage = await stageWithPull(appsJson())
      const result = await pull(stage)
      expect(result.results).toEqual({ catalogue: ['success'] })
    },
    5 * MINUTE
  )

  test(
    'is not blocked by a store that gives no answer, and says so; what is wrong with the catalogue stops it all the same',
    async () => {
      await using stage = await stageWithPull(appsJson())
      aws.faults.set('*', 503)
      const shrug = 'The catalogue has no known fault, but a store or a registry gave no answer'
      const silent = await pull(stage)
      expect(silent.results).toEqual({ catalogue: ['success'] })
      expect(silent.log).toContain(`::warning::${shrug}`)
      expect(silent.log).toContain('3 could not be checked')
      const broken = JSON.parse(appsJson()) as Record<string, unknown>
      broken['$(id)'] = { apps: { '$(id) 1.0': { version: '20250101', exec: '' } }, categories: ['tests'] }
      await stage.repository.write('neurodesk/apps.json', JSON.stringify(broken, undefined, 4))
      stage.repository.git('commit', '--quiet', '--all', '--message', 'a name that is a command')
      const result = await pull(stage)
      expect(result.results).toEqual({ catalogue: ['failure'] })
      expect(result.log).not.toContain(shrug)
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )

  test(
    'stops at one that is no JSON, and shows the line',
    async () => {
      await using stage = await stageWithPull(appsJson().replace('"apps"', 'apps'))
      const result = await pull(stage)
      expect(result.results).toEqual({ catalogue: ['failure'] })
      expect(result.log).toMatch(/::error file=neurodesk\/apps\.json,line=\d+/)
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )
})

describeWithServices(['act'], 'dispatch-applist-update.yml', () => {
  beforeEach(startParts, MINUTE)
  afterEach(stopParts)

  /** GitHub's own client, which every runner has; this one writes down what it was asked. */
  async function withClient(stage: Stage): Promise<{ readonly path: string; readonly log: string }> {
    const bin = path.join(stage.folder, 'bin')
    await mkdir(bin, { recursive: true })
    const log = path.join(stage.folder, 'gh.log')
    await writeFile(path.join(bin, 'gh'), `#!/bin/sh\nprintf '%s\\n' "$@" >> '${log}'\n[ -n "$GH_TOKEN" ]\n`)
    await chmod(path.join(bin, 'gh'), 0o755)
    return { path: `${bin}:${findTools().searchPath}`, log }
  }

  test(
    'tells the website, with the token out of sight',
    async () => {
      await using stage = await stageWith({})
      const client = await withClient(stage)
      const result = await run(stage, 'dispatch-applist-update.yml', {
        secrets: SECRETS,
        env: { PATH: client.path }
      })
      expect(result.results).toEqual({ dispatch_update: ['success'] })
      const asked = await readFile(client.log, 'utf8')
      expect(asked.split('\n').slice(0, 4)).toEqual([
        'api',
        'repos/neurodesk/neurodesk.github.io/dispatches',
        '--field',
        'event_type=NeuroDesk/neurocommand applist.json update'
      ])
      expect(asked).not.toContain(SECRETS.ACCESS_TOKEN)
    },
    5 * MINUTE
  )

  test(
    'without the token tells nobody, and says so',
    async () => {
      await using stage = await stageWith({})
      const client = await withClient(stage)
      const result = await run(stage, 'dispatch-applist-update.yml', { env: { PATH: client.path } })
      expect(result.results).toEqual({ dispatch_update: ['success'] })
      expect(result.log).toContain('ACCESS_TOKEN is not set here')
      expect(existsSync(client.log)).toBe(false)
    },
    5 * MINUTE
  )
})
