/** The workflow of transparent-singularity, run on the testbed: when it pushes into neurocommand, and when never. */
import path from 'node:path'

import { expect, test } from '@jest/globals'
import type { Document } from 'yaml'
import { isMap, isSeq } from 'yaml'

import { git, makeFolder, type Checkout } from '../fixtures.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { runAct, type ActRun } from './run.ts'
import { makeStage, withoutQueue, type Stage } from './stage.ts'

const MINUTE = 60_000
const NAME = 'neurodesk/transparent-singularity'
const PREFIX = 'neurodesk/transparent-singularity'
const SECRETS = { AUTOCOMMIT_FOR_NEUROCOMMAND: 'a-token' }

/** neurocommand, as a bare repository with the subtree of an older commit. */
async function neurocommand(stage: Stage): Promise<Checkout> {
  const place = await makeFolder()
  git(place.folder, 'init', '--quiet', '--bare', '--initial-branch', 'main', 'target.git')
  git(place.folder, 'clone', '--quiet', 'target.git', 'clone')
  await place.write('clone/README.md', 'neurocommand\n')
  const clone = path.join(place.folder, 'clone')
  git(clone, 'add', '.')
  git(clone, 'commit', '--quiet', '--message', 'start')
  git(clone, 'subtree', 'add', '-q', '--squash', '--prefix', PREFIX, stage.repository.folder, 'master')
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
  return place
}

async function stageWith(): Promise<Stage> {
  const stage = await makeStage('transparent-singularity', { 'run_transparent_singularity.sh': 'echo old\n' })
  stage.repository.git('branch', '--move', 'main', 'master')
  return stage
}

/** The tests of the containers need the world; here it is about what follows them. */
function onTestbed(document: Document, target: string, tested: 'well' | 'badly'): void {
  withoutQueue(document)
  const steps = document.getIn(['jobs', 'test', 'steps'])
  if (!isSeq(steps)) throw new Error('job test has no steps')
  steps.items = steps.items.filter(
    (step) =>
      isMap(step) &&
      ['Check out', 'Install a container and call its commands'].includes(String(step.get('name')))
  )
  const exposure = steps.items.at(-1)
  if (!isMap(exposure)) throw new Error('job test has no test')
  exposure.delete('uses')
  exposure.delete('with')
  exposure.set('run', tested === 'well' ? 'true' : 'false')
  document.deleteIn(['jobs', 'report'])
  const push = document.getIn(['jobs', 'push_to_neurocommand', 'steps'])
  if (!isSeq(push)) throw new Error('nothing is pushed')
  for (const step of push.items) {
    if (isMap(step) && step.hasIn(['env', 'TARGET'])) step.setIn(['env', 'TARGET'], target)
  }
}

interface Scene {
  readonly stage: Stage
  readonly target: string
  readonly run: (options: Partial<Parameters<typeof runAct>[0]>) => Promise<ActRun>
  readonly pushed: () => string
}

async function scene(tested: 'well' | 'badly', body: (scene: Scene) => Promise<void>): Promise<void> {
  await using stage = await stageWith()
  await using place = await neurocommand(stage)
  const target = path.join(place.folder, 'target.git')
  await stage.change('push-to-neurodesk.yml', (document) => {
    onTestbed(document, target, tested)
  })
  await stage.repository.write('run_transparent_singularity.sh', 'echo new\n')
  stage.repository.git('commit', '--quiet', '--all', '--message', 'new')
  await body({
    stage,
    target,
    run: async (options) =>
      await runAct({
        repository: stage.repository,
        folder: stage.folder,
        name: NAME,
        workflow: 'push-to-neurodesk.yml',
        event: 'push',
        payload: { ref: 'refs/heads/master', repository: { default_branch: 'master' } },
        secrets: { GITHUB_TOKEN: 'testbed-token', ...SECRETS },
        ...options
      }),
    pushed: () => git(target, 'show', `main:${PREFIX}/run_transparent_singularity.sh`)
  })
}

describeWithServices(['act'], 'push-to-neurodesk.yml', () => {
  test(
    'brings a push to the default branch into neurocommand',
    async () => {
      await scene('well', async ({ run, pushed, target }) => {
        const result = await run({})
        expect(result.results).toEqual({
          test_invalid_container_metadata: ['success'],
          test: Array.from({ length: 6 }, () => 'success'),
          push_to_neurocommand: ['success']
        })
        expect(pushed()).toBe('echo new')
        expect(git(target, 'show', 'main:README.md')).toBe('neurocommand')
        expect(result.log).not.toContain(SECRETS.AUTOCOMMIT_FOR_NEUROCOMMAND)
      })
    },
    5 * MINUTE
  )

  test(
    'pushes nothing for a pull request, even one from the repository itself',
    async () => {
      await scene('well', async ({ run, pushed }) => {
        const result = await run({
          event: 'pull_request',
          payload: {
            repository: { default_branch: 'master' },
            pull_request: { number: 1, head: { ref: 'x' }, base: { ref: 'master' } }
          }
        })
        expect(result.results).not.toHaveProperty('push_to_neurocommand')
        expect(pushed()).toBe('echo old')
      })
    },
    5 * MINUTE
  )

  test(
    'pushes nothing when another branch is the default one',
    async () => {
      await scene('well', async ({ run, pushed }) => {
        const result = await run({
          payload: { ref: 'refs/heads/master', repository: { default_branch: 'main' } }
        })
        expect(result.results).not.toHaveProperty('push_to_neurocommand')
        expect(pushed()).toBe('echo old')
      })
    },
    5 * MINUTE
  )

  test(
    'pushes nothing when a container failed its test',
    async () => {
      await scene('badly', async ({ run, pushed }) => {
        const result = await run({})
        expect(result.results['test']).toContain('failure')
        expect(result.results).not.toHaveProperty('push_to_neurocommand')
        expect(pushed()).toBe('echo old')
      })
    },
    5 * MINUTE
  )

  test(
    'on a fork without the token pushes nothing, and says so',
    async () => {
      await scene('well', async ({ run, pushed }) => {
        const result = await run({ secrets: { GITHUB_TOKEN: 'testbed-token' } })
        expect(result.results['push_to_neurocommand']).toEqual(['success'])
        expect(result.log).toContain('AUTOCOMMIT_FOR_NEUROCOMMAND is not set here')
        expect(pushed()).toBe('echo old')
      })
    },
    5 * MINUTE
  )
})
