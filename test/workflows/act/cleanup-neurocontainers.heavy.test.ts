/** cleanup_neurocontainers.yml, run on the testbed: what goes, and above all what stays. */
import { utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { appsJson } from '../../../testbed/images/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import {
  aws,
  CONTAINERS,
  FIRST,
  MINUTE,
  nectar,
  objects,
  run,
  SECRETS,
  simg,
  stageWith,
  startParts,
  stopParts,
  stores
} from './neurocommand.ts'
import { type runAct, type ActRun } from './run.ts'
import { setEnv, type Stage } from './stage.ts'

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
