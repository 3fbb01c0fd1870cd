/** Where images come from: file, store, registry, CVMFS, and an installer that fetches by itself. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import {
  buildFixtureImages,
  localStore,
  startDocker,
  startRegistry,
  type StoreService
} from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { buildImage, exec, PLAIN, tools, writeProgram } from './images.ts'
import { writeInstaller } from './installer.ts'
import { idsOf, runHere } from './ports.ts'

const TIME = 240_000

let folder: string
let store: StoreService

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exposure-sources-'))
  store = await localStore()
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** Only the first tests of a container matter here. */
const QUICK = { probe: 'none', containers: PLAIN.id }

describeWithServices(['apptainer', 'fixtures', 'rclone'], 'an image of a store', () => {
  test(
    'comes by its public address or by rclone; a store that lacks it or does not answer is passed over',
    async () => {
      await copyFile(await buildImage(folder, PLAIN), path.join(store.folder, `${PLAIN.id}.simg`))
      const [byUrl, byRclone] = [
        await runHere(folder, {
          ...QUICK,
          source: 'store',
          stores: `http://127.0.0.1:1/nobody\n${store.publicUrl}`
        }),
        await runHere(folder, { ...QUICK, source: 'store', stores: `${store.remote}` })
      ]
      for (const outcome of [byUrl, byRclone])
        expect([outcome.verdict, idsOf(outcome, 'error')]).toEqual(['ok', []])
    },
    TIME
  )

  test(
    'that cannot be reached is unknown, one that it does not have is missing',
    async () => {
      store.faults.set('missing_1.0.0_20240902.simg', 503)
      const unknown = await runHere(folder, {
        containers: 'missing_1.0.0_20240902',
        source: 'store',
        stores: store.publicUrl
      })
      store.faults.clear()
      expect([unknown.verdict, idsOf(unknown, 'unknown'), idsOf(unknown, 'error')]).toEqual([
        'unknown',
        ['exposure-image-unknown'],
        []
      ])
      expect(unknown.failure).toBeDefined()
      const missing = await runHere(folder, {
        containers: 'missing_1.0.0_20240902',
        source: 'store',
        stores: store.publicUrl
      })
      expect([missing.verdict, idsOf(missing, 'error')]).toEqual(['failed', ['exposure-image-missing']])
    },
    TIME
  )
})

describeWithServices(['apptainer', 'fixtures', 'docker', 'registry'], 'an image of a registry', () => {
  test(
    'is built by the runtime, from the first registry that has it, with the login of that registry',
    async () => {
      const docker = await startDocker()
      const auth = { username: 'someone', password: 'pass word $1' }
      const registry = await startRegistry({ auth })
      try {
        const { containers } = await buildFixtureImages(docker, registry)
        const given = {
          containers: containers.map(({ container }) => container).join('\n'),
          source: 'docker',
          registries: ['nothing-here', 'vnmd']
            .map((name) => `${registry.host}/${name} username-env=WHO password-env=SECRET`)
            .join('\n'),
          probe: 'none'
        }
        const outcome = await runHere(folder, given, { WHO: auth.username, SECRET: auth.password })
        expect(outcome.findings.filter(({ severity }) => severity === 'error')).toEqual([])
        const commands = JSON.parse(outcome.outputs['commands'] ?? '') as readonly string[]
        const promised = containers.flatMap(({ container, commands: names }) =>
          names.map((name) => `${container}/${name}`)
        )
        expect([...commands].sort()).toEqual([...promised].sort())
        // A refusal is not "it is not there".
        const refused = await runHere(folder, {
          ...given,
          containers: containers[0]?.container ?? '',
          registries: `${registry.host}/vnmd`
        })
        expect([refused.verdict, refused.findings.map(({ id }) => id)]).toEqual([
          'unknown',
          ['exposure-image-unknown']
        ])
      } finally {
        await registry[Symbol.asyncDispose]()
        await docker[Symbol.asyncDispose]()
      }
    },
    TIME
  )
})

describeWithServices(['apptainer', 'fixtures'], 'an unpacked image, as on CVMFS', () => {
  test(
    'is exposed and called like a file',
    async () => {
      const image = await buildImage(folder, PLAIN)
      const cvmfs = path.join(folder, 'cvmfs', PLAIN.id)
      await mkdir(cvmfs, { recursive: true })
      await exec.run('apptainer', ['build', '--sandbox', path.join(cvmfs, `${PLAIN.id}.simg`), image], {
        env: { APPTAINER_TMPDIR: folder, APPTAINER_CACHEDIR: path.join(folder, '.cache') }
      })
      const outcome = await runHere(folder, {
        ...QUICK,
        source: 'cvmfs',
        'image-path': path.join(folder, 'cvmfs')
      })
      expect(outcome.findings.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(outcome.verdict).toBe('ok')
    },
    TIME
  )
})

describeWithServices(['apptainer', 'fixtures'], 'an installer that fetches by itself', () => {
  const given = (
    installer: string,
    env: readonly string[],
    more: Record<string, string> = {}
  ): Record<string, string> => ({
    ...QUICK,
    source: 'installer',
    installer: 'transparent-singularity',
    'installer-path': installer,
    env: [`STORE_URL=${store.publicUrl}`, ...env].join('\n'),
    ...more
  })

  const sources = (outcome: Awaited<ReturnType<typeof runHere>>): unknown =>
    (outcome.details?.['cases'] as readonly { transfer: unknown }[]).map(({ transfer }) => transfer)

  test(
    'must use the downloader that it is given, and the matrix has one case for each',
    async () => {
      await copyFile(await buildImage(folder, PLAIN), path.join(store.folder, `${PLAIN.id}.simg`))
      const installer = await writeInstaller(path.join(folder, 'installer'))
      const env = { PATH: await withAria2() }
      const good = await runHere(folder, given(installer, [], { downloaders: 'aria2\ncurl' }), env)
      expect(good.findings.filter(({ severity }) => severity === 'error')).toEqual([])
      const from = `${store.publicUrl}/${PLAIN.id}.simg`
      expect(sources(good)).toEqual(
        ['aria2c', 'curl'].map((downloader) => ({ source: 'store', downloader, from }))
      )
      const other = given(installer, ['DEFECT=curl-anyway'], { downloaders: 'aria2' })
      const bad = await runHere(folder, other, env)
      expect(idsOf(bad, 'error')).toEqual(['exposure-other-downloader'])
    },
    TIME
  )

  test(
    'falls back to a registry, which is seen, and is a fault where a downloader was named',
    async () => {
      const installer = await writeInstaller(path.join(folder, 'installer'))
      const env = ['STORE_URL=http://127.0.0.1:1/nobody', 'REGISTRY=127.0.0.1:1/vnmd']
      const outcome = await runHere(folder, given(installer, env, { downloaders: 'curl' }))
      // Nothing answers there either: no image came, and that is the finding.
      expect(idsOf(outcome, 'error')).toEqual(['exposure-image-missing'])
    },
    TIME
  )
})

/** PATH with an aria2c: the machine's own, or one that stands for it and downloads by curl. */
async function withAria2(): Promise<string> {
  if ((await exec.which('aria2c')) !== undefined) return tools.searchPath
  const place = path.join(folder, 'aria2')
  await mkdir(place, { recursive: true })
  const curl = (await exec.which('curl')) ?? ''
  await writeProgram(path.join(place, 'aria2c'), `exec '${curl}' --silent --fail -O "$2"\n`)
  return `${place}:${tools.searchPath}`
}

describeWithServices(['apptainer', 'fixtures'], 'NAME@latest and expected commands', () => {
  test(
    'are read from the catalogue, a release file and a recipe',
    async () => {
      await buildImage(folder, PLAIN)
      const apps = {
        plaintool: {
          apps: {
            'plaintool 0.9.0': { version: '20230101', exec: '' },
            'plaintool 1.0.0': { version: '20240902', exec: '' }
          },
          categories: ['quality control']
        }
      }
      await writeFile(path.join(folder, 'apps.json'), JSON.stringify(apps))
      await writeFile(
        path.join(folder, 'release.json'),
        JSON.stringify({
          apps: {
            'plaintool 1.0.0': { version: '20240902', exec: '' },
            'plaintoolGUI-plaintool 1.0.0': { exec: 'plaintool --gui' }
          }
        })
      )
      await writeFile(
        path.join(folder, 'build.yaml'),
        'name: plaintool\nversion: 1.0.0\ndeploy:\n  bins: [plaintool, forgotten]\n'
      )
      // A log.txt has names only, which is enough for this.
      await writeFile(
        path.join(folder, 'log.txt'),
        'plaintool_0.9.0_20230101 categories:none,\nplaintool_1.0.0_20240902 categories:none,\n'
      )
      const plan = await runHere(folder, {
        containers: 'plaintool@latest',
        catalogue: path.join(folder, 'log.txt'),
        'image-path': folder,
        'dry-run': 'true'
      })
      expect(plan.summary).toContain(`| \`${PLAIN.id}\` | file |`)
      const outcome = await runHere(folder, {
        containers: 'plaintool@latest',
        catalogue: path.join(folder, 'apps.json'),
        'image-path': folder,
        'expected-commands': `plaintool\n${path.join(folder, 'release.json')}\n${path.join(folder, 'build.yaml')}`,
        probe: 'none'
      })
      expect(outcome.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
        { id: 'exposure-expected-missing', subject: `${PLAIN.id}/forgotten` }
      ])
      expect(JSON.parse(outcome.outputs['failed'] ?? '')).toEqual([`${PLAIN.id}/forgotten`])
    },
    TIME
  )
})
