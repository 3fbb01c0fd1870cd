/** build-neurodesktop.yml and -dev, run on the testbed: what is published, and above all what is not. */
import { readFile } from 'node:fs/promises'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { parseDocument } from 'yaml'

import { toTrial } from '../../../scripts/workflows/trial.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import {
  build,
  cvmfs,
  DOCKERHUB,
  doubles,
  ghcr,
  github,
  hub,
  IMAGE,
  issues,
  maintainers,
  MINUTE,
  NAME,
  stageWithDesktop,
  startApi,
  startEngine,
  startParts,
  stopEngine,
  stopParts,
  tags
} from './neurodesktop.ts'
import { inlineCall, setPart, withoutQueue, type Stage } from './stage.ts'

describeWithServices(['act', 'docker', 'buildx', 'registry', 'fixtures'], 'build-neurodesktop.yml', () => {
  beforeAll(startEngine, 5 * MINUTE)
  afterAll(stopEngine)

  describe('day after day', () => {
    let stage: Stage
    const WITHOUT_SECRETS = ['plan', 'build', 'test', 'scan', 'report']

    beforeAll(async () => {
      await startParts()
      // The jobs write down their environment.
      stage = await stageWithDesktop(['laptop', 'hpc'], (document) => {
        for (const job of WITHOUT_SECRETS) {
          document.addIn(
            ['jobs', job, 'steps'],
            document.createNode({ name: 'Look around', run: 'env > "$DOUBLES_ARTIFACTS/../env.$GITHUB_JOB"' })
          )
        }
      })
    }, MINUTE)
    afterAll(async () => {
      await stage[Symbol.asyncDispose]()
      await stopParts()
    })

    test(
      'publishes what was tested and scanned, everywhere, under the date and latest',
      async () => {
        const result = await build(stage, maintainers)
        expect(result.results).toEqual({
          plan: ['success'],
          servers: ['success'],
          build: ['success'],
          test: ['success', 'success'],
          scan: ['success'],
          publish: ['success'],
          report: ['success']
        })
        const there = await tags(ghcr, IMAGE)
        const day = Object.keys(there).find((tag) => /^\d{4}-\d\d-\d\d$/.test(tag)) ?? ''
        expect(there).toEqual({
          [day]: there['latest'],
          latest: expect.stringMatching(/^sha256:/),
          amd64: expect.stringMatching(/^sha256:/)
        })
        expect(await tags(hub, 'vnmd/neurodesktop')).toEqual(there)
        expect(github.repository(NAME).refs.get(`refs/tags/${day}`)).toBeDefined()
        // The scanner got the very image, by its digest.
        const scanned = await doubles(stage, 'trivy')
        expect(scanned).toEqual([`${ghcr.host}/${IMAGE}@${there['amd64'] ?? ''}`])
        expect(issues()).toEqual([])
      },
      10 * MINUTE
    )

    test(
      'hands its secrets to nobody but the job that publishes',
      async () => {
        for (const job of WITHOUT_SECRETS) {
          const seen = await readFile(`${stage.folder}/env.${job}`, 'utf8')
          expect(seen).toContain('GITHUB_JOB=')
          // The secrets reach act by its environment, under their names: what counts is what GitHub would set.
          expect(seen.replace(/^DOCKERHUB_\w+=.*$/gm, '')).not.toContain(DOCKERHUB.DOCKERHUB_PASSWORD)
        }
      },
      MINUTE
    )

    test(
      'the same day again does not even build',
      async () => {
        await stage.forget('artifacts')
        const result = await build(stage, maintainers)
        expect(result.results['build']).toEqual(['success'])
        expect(result.results).not.toHaveProperty('publish')
        expect(result.log).not.toContain('docker buildx build')
        expect(result.log).toMatch(/is at every registry already/)
      },
      10 * MINUTE
    )

    test(
      'the next night, with nothing new, builds and leaves it at that',
      async () => {
        const before = await tags(ghcr, IMAGE)
        await stage.forget('artifacts')
        // Another day: the tag of today is not what stops it.
        await stage.change('build-neurodesktop.yml', (document) => {
          setPart(document, ['jobs', 'plan', 'outputs', 'tag'], '2031-01-01')
        })
        const result = await build(stage, maintainers)
        expect(result.results).toEqual({
          plan: ['success'],
          servers: ['success'],
          build: ['success'],
          report: ['success']
        })
        expect(await tags(ghcr, IMAGE)).toEqual(before)
      },
      10 * MINUTE
    )

    test(
      'with a failing smoke test moves no tag, and says which check it was',
      async () => {
        const before = await tags(ghcr, IMAGE)
        await stage.forget('artifacts')
        await stage.repository.write('www/index.html', 'broken\n')
        // It would be asked again for half a minute.
        const profiles = await readFile(`${stage.repository.folder}/smoke.yaml`, 'utf8')
        await stage.repository.write(
          'smoke.yaml',
          profiles.replaceAll('contains: Neurodesktop fixture', 'contains: Neurodesktop fixture, within: 3s')
        )
        stage.repository.git('commit', '--quiet', '--all', '--message', 'break it')
        const result = await build(stage, {
          ...maintainers,
          event: 'workflow_dispatch',
          inputs: { force_push: 'false' }
        })
        expect(result.results['test']).toEqual(['failure', 'failure'])
        expect(result.results['scan']).toEqual(['success'])
        expect(result.results).not.toHaveProperty('publish')
        expect(await tags(ghcr, IMAGE)).toEqual(before)
        expect(issues()).toHaveLength(1)
        expect(github.repository(NAME).issues.at(-1)?.comments.at(-1)?.body ?? '').toContain(
          'Neurodesktop fixture'
        )
      },
      10 * MINUTE
    )
  })

  describe('on a day of its own', () => {
    beforeEach(startParts, MINUTE)
    afterEach(stopParts)

    test(
      'with a closed gate tests, but moves no tag',
      async () => {
        await using stage = await stageWithDesktop()
        const file = `${stage.repository.folder}/.github/workflows/test-cvmfs.yml`
        const gate = parseDocument(await readFile(file, 'utf8'))
        await stage.change('build-neurodesktop.yml', (document) => {
          inlineCall(document, 'cvmfs', gate, 'servers')
        })
        await cvmfs.publish({ time: Date.now() - 26 * 3_600_000 })
        await cvmfs.setFault('sydney', 'stale')
        const result = await build(stage, maintainers)
        expect(result.results).toEqual({
          plan: ['success'],
          cvmfs: ['failure'],
          build: ['success'],
          test: ['success'],
          scan: ['success'],
          report: ['success']
        })
        expect(await tags(ghcr, IMAGE)).toEqual({})
        expect(await tags(hub, 'vnmd/neurodesktop')).toEqual({})
        expect(issues()).toEqual([expect.stringContaining('Job failure - Build neurodesktop - run')])
        expect(github.repository(NAME).issues.at(-1)?.comments.at(-1)?.body ?? '').toContain('sydney')
      },
      10 * MINUTE
    )

    test(
      'with an alarming scan moves no tag',
      async () => {
        await using stage = await stageWithDesktop()
        const result = await build(stage, { ...maintainers, env: { DOUBLES_TRIVY: 'finds' } })
        expect(result.results['test']).toEqual(['success'])
        expect(result.results['scan']).toEqual(['failure'])
        expect(result.results).not.toHaveProperty('publish')
        expect(await tags(ghcr, IMAGE)).toEqual({})
        expect(issues()).toHaveLength(1)
      },
      10 * MINUTE
    )

    test(
      'on a fork without secrets publishes at its own registry only',
      async () => {
        await using stage = await stageWithDesktop()
        const result = await build(stage)
        expect(result.results['publish']).toEqual(['success'])
        expect(Object.keys(await tags(ghcr, IMAGE))).toContain('latest')
        expect(await tags(hub, 'vnmd/neurodesktop')).toEqual({})
        expect(result.log).toMatch(/::notice::[^\n]*has no namespace here/)
      },
      10 * MINUTE
    )

    test(
      'with a login that is missing where an organisation is set stops before any tag moves',
      async () => {
        await using stage = await stageWithDesktop()
        const result = await build(stage, { variables: { DOCKERHUB_ORG: 'vnmd' } })
        expect(result.results['publish']).toEqual(['failure'])
        expect(await tags(ghcr, IMAGE)).toEqual({})
      },
      10 * MINUTE
    )

    test(
      'a development build is for administrators, and has tags of its own only',
      async () => {
        await using stage = await stageWithDesktop()
        await stage.change('build-neurodesktop-dev.yml', withoutQueue)
        const start = {
          workflow: 'build-neurodesktop-dev.yml',
          event: 'workflow_dispatch',
          inputs: { force_push: 'false' }
        } as const
        const refused = await build(stage, { ...maintainers, ...start })
        expect(refused.results['build']).toEqual(['failure'])
        expect(refused.log).toContain('a-maintainer')
        expect(await tags(ghcr, `${IMAGE}/neurodesktop-dev`)).toEqual({})
        await github[Symbol.asyncDispose]()
        await startApi(stage, 'admin')
        await stage.forget('artifacts')
        const result = await build(stage, { ...maintainers, ...start })
        expect(result.results['publish']).toEqual(['success'])
        const there = Object.keys(await tags(ghcr, `${IMAGE}/neurodesktop-dev`)).sort()
        expect(there).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d-\d{4}$/), 'latest'])
        expect(Object.keys(await tags(hub, 'vnmd/neurodesktop-dev')).sort()).toEqual(there)
        expect(await tags(ghcr, IMAGE)).toEqual({})
        expect(
          [...github.repository(NAME).refs.keys()].filter((ref) => ref.startsWith('refs/tags/'))
        ).toEqual([])
      },
      10 * MINUTE
    )

    test(
      'in a dry run builds and tests in one job, and pushes nothing at all',
      async () => {
        await using stage = await stageWithDesktop()
        const result = await build(stage, {
          ...maintainers,
          event: 'workflow_dispatch',
          inputs: { force_push: 'true', dry_run: 'true' }
        })
        expect(result.results).toEqual({
          plan: ['success'],
          servers: ['success'],
          build: ['success'],
          report: ['success']
        })
        expect(await tags(ghcr, IMAGE)).toEqual({})
        expect(await ghcr.log()).not.toMatch(/"(POST|PUT|PATCH) /)
        expect(result.log).toMatch(/passed-count=[1-9]/)
      },
      10 * MINUTE
    )

    test(
      'in its trial form looks at the servers, builds and tests, and pushes nothing at all',
      async () => {
        await using stage = await stageWithDesktop()
        const names = ['build-neurodesktop.yml', 'test-cvmfs.yml']
        const folder = `${stage.repository.folder}/.github/workflows`
        for (const name of names) {
          await stage.repository.write(
            `.github/workflows/trial-${name}`,
            toTrial(await readFile(`${folder}/${name}`, 'utf8'), names)
          )
        }
        stage.repository.git('add', '--all')
        stage.repository.git('commit', '--quiet', '--message', 'a trial')
        const result = await build(stage, {
          ...maintainers,
          workflow: 'trial-build-neurodesktop.yml',
          event: 'workflow_dispatch',
          inputs: { force_push: 'true' }
        })
        expect(result.results).toEqual({
          plan: ['success'],
          servers: ['success'],
          build: ['success'],
          report: ['success']
        })
        expect(result.log).toMatch(/passed-count=[1-9]/)
        expect(await ghcr.log()).not.toMatch(/"(POST|PUT|PATCH|DELETE) /)
        expect(await tags(hub, 'vnmd/neurodesktop')).toEqual({})
        expect(issues()).toEqual([])
      },
      10 * MINUTE
    )
  })
})
