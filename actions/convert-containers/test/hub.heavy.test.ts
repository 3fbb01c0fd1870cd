/** Docker Hub's limits, by the built bundle: it waits where that is short, stops where it is not, and says so. */
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'

import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { baseLayer, push } from './exotic.ts'
import { startHub, type Hub } from './hub.ts'
import { createWorld, DATE, layer, listOf, NAMES, reportOf, THREE, type World } from './world.ts'

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
  const others = /^(?!neurodesk-ci)/

  test('Apptainer: it begins no build that would be refused half-way, and leaves the rest for later', async () => {
    // Three are looked up, and two builds of one pull each fit into what is left.
    hub.remaining = 5
    const run = await world.run({ ...inputs, converter: 'apptainer' })
    expect([run.exitCode, listOf(run, 'converted').length, listOf(run, 'failed')]).toEqual([1, 2, []])
    const { findings, figures } = await reportOf(world)
    expect(findings.filter(({ id }) => id.startsWith('registry-'))).toMatchObject([
      {
        id: 'registry-limit',
        message: expect.stringMatching(/^127.*gives only 2 more of its 100 pulls in 6 h$/)
      },
      { id: 'registry-limit-near', message: '2 of 100 pulls are left' }
    ])
    expect([pulls(ours).length, pulls(others).length, hub.remaining]).toEqual([3, 2, 0])
    expect(figures).toMatchObject({ 'planned-pull-count': 2, 'pull-count': 2 })
    expect(hub.requests.filter(({ line }) => line.endsWith(' 429'))).toEqual([])

    hub.remaining = hub.limit
    const next = await world.run(inputs)
    expect([next.exitCode, listOf(next, 'converted').length, next.outputs['ok']]).toEqual([0, 1, 'true'])
  })

  test('the stream needs no pull but the look-up: it goes on when none is left', async () => {
    hub.remaining = 3
    const run = await world.run(inputs)
    expect([run.exitCode, listOf(run, 'converted'), run.outputs['ok']]).toEqual([0, NAMES, 'true'])
    const { figures } = await reportOf(world)
    expect(figures).toMatchObject({ 'planned-pull-count': 0, 'pull-count': 0 })
    expect([pulls(ours).length, pulls(others).length, hub.remaining]).toEqual([3, 0, 0])
  })

  test('what the stream leaves to Apptainer takes a pull; where there is none, it is left for later', async () => {
    const layers = [
      { tar: await baseLayer() },
      { tar: await layer([{ name: 'x', content: 'x' }]), mediaType: 'application/x-strange' }
    ]
    for (const name of ['one', 'two']) {
      await push(world.registry, world.registryHost, `vnmd/${name}_1`, layers)
    }
    await world.writeCatalogue({ 'alpha 1': DATE, 'one 1': DATE, 'two 1': DATE })
    try {
      hub.remaining = 4
      const run = await world.run(inputs)
      const converted = listOf(run, 'converted')
      expect([run.exitCode, converted.length, converted[0]]).toEqual([1, 2, `alpha_1_${DATE}`])
      expect([listOf(run, 'failed'), run.log]).toEqual([
        [],
        expect.stringMatching(/left for the next run: 127\S+ gives only 0 more of its 100 pulls in 6 h/)
      ])
      const { findings, figures } = await reportOf(world)
      expect(findings.filter(({ id }) => id === 'registry-limit')).toHaveLength(1)
      expect(findings.filter(({ id }) => id === 'convert-failed' || id === 'image-missing')).toEqual([])
      expect(figures).toMatchObject({ 'planned-pull-count': 0, 'pull-count': 1 })
      expect([pulls(ours).length, pulls(others).length, hub.remaining]).toEqual([3, 1, 0])
      expect(hub.requests.filter(({ line }) => line.endsWith(' 429'))).toEqual([])

      hub.remaining = hub.limit
      const next = await world.run(inputs)
      expect([next.exitCode, listOf(next, 'converted').length, next.outputs['ok']]).toEqual([0, 1, 'true'])
    } finally {
      await world.writeCatalogue(THREE)
    }
  })

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
