/** Docker Hub's limits, by the built bundle: it waits where that is short, stops where it is not, and says so. */
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'

import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { startHub, type Hub } from './hub.ts'
import { createWorld, listOf, NAMES, reportOf, type World } from './world.ts'

// Each test runs the bundle, on machines that do other things as well.
jest.setTimeout(180_000)

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures'], 'Docker Hub counts pulls', () => {
  let world: World
  let store: StoreService
  let hub: Hub
  let inputs: Record<string, string>

  beforeAll(async () => {
    world = await createWorld()
    store = await localStore()
    hub = await startHub(world.registryHost, 100)
    inputs = {
      mode: 'convert',
      stores: `${store.remote} name=one public-url=${store.publicUrl}`,
      registries: `${hub.host}/vnmd`
    }
  }, 60_000)

  afterAll(async () => {
    await hub[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })

  beforeEach(async () => {
    hub.remaining = hub.limit
    hub.retryAfter = undefined
    hub.requests.length = 0
    hub.onRefusal = () => undefined
    for (const name of await readdir(store.folder))
      await rm(path.join(store.folder, name), { recursive: true })
  })

  const pulls = (who: RegExp): readonly string[] =>
    hub.requests
      .filter(({ line, agent }) => /^GET \S+\/manifests\//.test(line) && who.test(agent))
      .map(({ line }) => line)
  const ours = /neurodesk-ci/

  test.each([
    ['stream', 0, 0],
    ['apptainer', 1, 4]
  ])(
    '%s: it begins no build that would be refused half-way, and leaves the rest for later',
    async (converter, least, most) => {
      // Three are looked up, and two builds of at most two pulls each fit into what is left. The stream knows the
      // manifest from the look-up, and layers do not count; but it may have to leave an image to Apptainer.
      hub.remaining = 8
      const run = await world.run({ ...inputs, converter })
      expect([run.exitCode, listOf(run, 'converted').length, listOf(run, 'failed')]).toEqual([1, 2, []])
      const { findings } = await reportOf(world)
      expect(findings.filter(({ id }) => id.startsWith('registry-'))).toMatchObject([
        {
          id: 'registry-limit',
          message: expect.stringMatching(/^127.*gives only 5 more of its 100 pulls in 6 h$/)
        },
        { id: 'registry-limit-near', message: '5 of 100 pulls are left' }
      ])
      expect(pulls(ours)).toHaveLength(3)
      const apptainer = pulls(/^(?!neurodesk-ci)/)
      expect([apptainer.length >= least, apptainer.length <= most]).toEqual([true, true])
      expect(hub.requests.filter(({ line }) => line.endsWith(' 429'))).toEqual([])

      hub.remaining = hub.limit
      const next = await world.run(inputs)
      expect([next.exitCode, listOf(next, 'converted').length, next.outputs['ok']]).toEqual([0, 1, 'true'])
    }
  )

  test('a HEAD does not count, and the check asks no registry', async () => {
    const manifest = `http://${hub.host}/v2/vnmd/alpha_1/manifests/20250101`
    const head = await fetch(manifest, {
      method: 'HEAD',
      headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' }
    })
    expect([head.status, head.headers.get('ratelimit-remaining')]).toEqual([200, '100;w=21600'])
    const before = hub.requests.length
    await world.run({ ...inputs, mode: 'check' })
    expect(hub.requests.length).toBe(before)
  })

  test('a short Retry-After is waited for, and the log says why it stands still', async () => {
    hub.remaining = 0
    hub.retryAfter = 6
    hub.onRefusal = () => setTimeout(() => (hub.remaining = hub.limit), 3000)
    const started = Date.now()
    const run = await world.run({ ...inputs, mode: 'plan' })
    expect([run.exitCode, run.outputs['has-work'], Date.now() - started > 6000]).toEqual([0, 'true', true])
    expect(run.log).toMatch(/GET 127\S+manifests\S*: waits 6 s, as it was asked to: .*HTTP 429/)
  })

  test.each([
    ['for six hours', 21_600, /gives no more pulls for now, and asks to wait 6 h \(HTTP 429\)/, 1],
    ['without a time', undefined, /gives no more pulls for now \(HTTP 429\)/, 4]
  ])(
    'refused %s: it stops within seconds, and asks no more for the others',
    async (_title, wait, told, most) => {
      hub.remaining = 0
      hub.retryAfter = wait
      const started = Date.now()
      const run = await world.run({ ...inputs, 'max-parallel': '1' })
      expect([run.exitCode, listOf(run, 'converted'), Date.now() - started < 60_000]).toEqual([1, [], true])
      const { findings } = await reportOf(world)
      expect(findings.filter(({ id }) => id === 'registry-limit').map(({ subject }) => subject)).toEqual(
        NAMES
      )
      expect(findings.find(({ id }) => id === 'registry-limit')?.message).toMatch(told)
      expect(run.annotations[0]?.message).toMatch(told)
      expect(pulls(ours).length).toBe(most)
    }
  )

  test('a mirror that is named behind it is taken instead', async () => {
    hub.remaining = 0
    hub.retryAfter = 21_600
    const run = await world.run({
      ...inputs,
      registries: `${hub.host}/vnmd\n${world.registryHost}/vnmd`
    })
    expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, NAMES])
  })
})
