/** update-neurocontainers.yml, run on the testbed: what comes into the stores, and that nothing is lost. */
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Document } from 'yaml'

import { appsJson, buildFixtureImages } from '../../../testbed/images/index.ts'
import {
  startDocker,
  startRegistry,
  type DockerService,
  type RegistryService
} from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import {
  aws,
  CONTAINERS,
  FIRST,
  github,
  issues,
  MINUTE,
  NAME,
  nectar,
  objects,
  publicStores,
  pull,
  run,
  SECOND,
  SECRETS,
  simg,
  stageWith,
  stageWithPull,
  startApi,
  startParts,
  stopParts,
  stores
} from './neurocommand.ts'
import { type runAct, type ActRun } from './run.ts'
import { setEnv, setInputs, type Stage } from './stage.ts'

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
          await startApi(stage)
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
          // All of its containers are new.
          const registries = `${registry.host}/vnmd`
          await using stage = await stageWithPull(appsJson(), { registries }, '{}')
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
