/** The workflow that asks the object stores for every container, run on the testbed. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { startGitHub, type GitHubTestbed } from '../../../testbed/github/index.ts'
import { appsJson, containerName, FIXTURE_CONTAINERS } from '../../../testbed/images/index.ts'
import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { runAct, type ActRun } from './run.ts'
import { SIF } from './sif.ts'
import { makeStage, setInputs, withoutQueue, type Stage } from './stage.ts'

const MINUTE = 60_000
const NAME = 'neurodesk/neurodesktop'
const CONTAINERS = FIXTURE_CONTAINERS.map(containerName)
const [FIRST = ''] = CONTAINERS

describeWithServices(['act'], 'test-objectstorage.yml', () => {
  let stores: readonly StoreService[]
  let stage: Stage
  let github: GitHubTestbed

  beforeEach(async () => {
    const [nectar, aws] = (stores = [await localStore(), await localStore()])
    stage = await makeStage('neurodesktop', { 'apps.json': appsJson() })
    await stage.change('test-objectstorage.yml', (document) => {
      withoutQueue(document)
      setInputs(document, 'stores', 'stores', {
        catalogue: path.join(stage.repository.folder, 'apps.json'),
        stores: `${nectar?.publicUrl ?? ''} name=nectar required\n${aws?.publicUrl ?? ''} name=aws required`
      })
    })
    github = await startGitHub({ repositories: { [NAME]: { git: stage.repository.folder } } })
    for (const { folder } of stores)
      for (const name of CONTAINERS) await writeFile(path.join(folder, `${name}.simg`), SIF)
  }, MINUTE)
  afterEach(async () => {
    const { violations } = github
    await github[Symbol.asyncDispose]()
    await stage[Symbol.asyncDispose]()
    for (const store of stores) await store[Symbol.asyncDispose]()
    expect(violations).toEqual([])
  })

  const ask = async (): Promise<ActRun> => {
    const workflow = 'test-objectstorage.yml'
    const id = github.repository(NAME).addRun({ workflow, status: 'in_progress', conclusion: null, jobs: [] })
    await stage.forget('artifacts')
    return await runAct({
      repository: stage.repository,
      folder: stage.folder,
      name: NAME,
      workflow,
      event: 'schedule',
      secrets: { GITHUB_TOKEN: 'testbed-token' },
      env: { GITHUB_API_URL: github.url, GITHUB_RUN_ID: String(id) }
    })
  }
  const issues = (): readonly string[] =>
    github
      .repository(NAME)
      .issues.filter(({ state }) => state === 'open')
      .map(({ title }) => title)

  test(
    'names what a store does not give, in an issue that closes itself, and takes silence for no answer',
    async () => {
      const missing = await ask()
      expect(missing.results).toEqual({ stores: ['success'], report: ['success'] })
      expect(issues()).toEqual([])

      stores[1]?.faults.set(`${FIRST}.simg`, 404)
      const lacking = await ask()
      expect(lacking.results).toEqual({ stores: ['failure'], report: ['success'] })
      expect(issues()).toEqual([expect.stringContaining(FIRST)])

      stores[1]?.faults.set(`${FIRST}.simg`, 503)
      const silent = await ask()
      expect(silent.results).toEqual({ stores: ['failure'], report: ['success'] })
      expect(silent.log).toContain('1 could not be checked')
      // Nobody knows: the issue stays, and there is no other one.
      expect(issues()).toEqual([expect.stringContaining(FIRST)])

      stores[1]?.faults.clear()
      const again = await ask()
      expect(again.results).toEqual({ stores: ['success'], report: ['success'] })
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )
})
