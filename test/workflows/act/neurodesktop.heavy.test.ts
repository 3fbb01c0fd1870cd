/** The workflows of neurodesktop, run on the testbed: what is published, and above all what is not. */
import { cp, readFile } from 'node:fs/promises'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { parseDocument, type Document } from 'yaml'

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
import { toTrial } from '../../../scripts/workflows/trial.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { runAct, type ActRun } from './run.ts'
import { inlineCall, makeStage, setEnv, setInputs, setPart, withoutQueue, type Stage } from './stage.ts'

const MINUTE = 60_000
const NAME = 'neurodesk/neurodesktop'
const CONTAINERS = ['niihead_1.0.0_20240902', 'packvol_0.9.2_20250611'] as const
const IMAGE = 'neurodesk/neurodesktop'
const LOG = CONTAINERS.map((name) => `${name} categories:tests,\n`).join('')
const SERVERS = ['stratum0', 'frankfurt', 'sydney'] as const
const DOCKERHUB = { DOCKERHUB_USERNAME: 'vnmd', DOCKERHUB_PASSWORD: 'a-password' }

let cvmfs: Cvmfs
let github: GitHubTestbed

async function startServers(): Promise<void> {
  cvmfs = await startCvmfs({
    fqrn: 'neurodesk.example.org',
    containers: CONTAINERS,
    servers: SERVERS.map((name) => ({ name, stratum0: name === 'stratum0' }))
  })
}

/** GitHub has the commit that the workflow runs on. */
async function startApi(stage: Stage, role: 'write' | 'admin' = 'write'): Promise<void> {
  const collaborators = { 'a-maintainer': role }
  github = await startGitHub({ repositories: { [NAME]: { git: stage.repository.folder, collaborators } } })
}

async function stopServers(): Promise<void> {
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

async function stageWithGate(files: Readonly<Record<string, string>> = {}): Promise<Stage> {
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
async function run(
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

const issues = (): readonly string[] =>
  github
    .repository(NAME)
    .issues.filter(({ state }) => state === 'open')
    .map(({ title }) => title)

describeWithServices(['act'], 'test-cvmfs.yml', () => {
  beforeEach(startServers, MINUTE)
  afterEach(stopServers)

  test(
    'opens no issue for healthy servers, one for a stale one, and closes it on recovery',
    async () => {
      await using stage = await stageWithGate()
      await startApi(stage)
      const healthy = await run(stage, 'test-cvmfs.yml')
      expect(healthy.results).toEqual({ servers: ['success'], report: ['success'] })
      expect(healthy.artifacts).toEqual(['report-cvmfs'])
      expect(issues()).toEqual([])

      await cvmfs.publish({ time: Date.now() - 26 * 3_600_000 })
      await cvmfs.setFault('sydney', 'stale')
      await stage.forget('artifacts')
      const stale = await run(stage, 'test-cvmfs.yml')
      expect(stale.results).toEqual({ servers: ['failure'], report: ['success'] })
      expect(issues()).toEqual([expect.stringContaining('sydney')])
      // What was found the last time came from the cache.
      expect(stale.log).not.toContain('there is none to compare with')

      await cvmfs.setFault('sydney', undefined)
      await stage.forget('artifacts')
      const again = await run(stage, 'test-cvmfs.yml')
      expect(again.results).toEqual({ servers: ['success'], report: ['success'] })
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )

  test(
    'in a dry run opens no issue',
    async () => {
      await using stage = await stageWithGate()
      await startApi(stage)
      await cvmfs.setFault('sydney', 'refused')
      const result = await run(stage, 'test-cvmfs.yml', {
        event: 'workflow_dispatch',
        inputs: { dry_run: 'true' }
      })
      expect(result.results['report']).toEqual(['success'])
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )
})

describeWithServices(['act', 'docker', 'buildx', 'registry', 'fixtures'], 'build-neurodesktop.yml', () => {
  let docker: DockerService
  let images: FixtureImages
  let base: RegistryService
  let ghcr: RegistryService
  let hub: RegistryService

  beforeAll(async () => {
    docker = await startDocker()
    base = await startRegistry()
    images = await buildFixtureImages(docker, base, [])
  }, 5 * MINUTE)
  afterAll(async () => {
    await base[Symbol.asyncDispose]()
    await docker[Symbol.asyncDispose]()
  })

  async function startParts(): Promise<void> {
    await startServers()
    ghcr = await startRegistry()
    hub = await startRegistry({
      auth: { username: DOCKERHUB.DOCKERHUB_USERNAME, password: DOCKERHUB.DOCKERHUB_PASSWORD }
    })
  }
  async function stopParts(): Promise<void> {
    await ghcr[Symbol.asyncDispose]()
    await hub[Symbol.asyncDispose]()
    await stopServers()
  }

  /** @param edit what else is changed in the workflow, before GitHub gets to know the commit */
  async function stageWithDesktop(
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

  const build = async (stage: Stage, options: Parameters<typeof run>[2] = {}): Promise<ActRun> =>
    await run(stage, 'build-neurodesktop.yml', {
      ...options,
      env: { ...findTools().env, ...docker.env, ...options.env }
    })

  const maintainers = { secrets: DOCKERHUB, variables: { DOCKERHUB_ORG: 'vnmd' } }

  /** Digest by tag. */
  async function tags(
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

/** What a double wrote down. */
async function doubles(stage: Stage, name: string): Promise<readonly string[]> {
  const text = await readFile(`${stage.folder}/doubles.log`, 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { double: string; image?: string })
    .filter(({ double }) => double === name)
    .map(({ image }) => image ?? '')
}
