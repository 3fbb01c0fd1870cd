/**
 * A registry that begins to refuse in the middle of work, by the built bundle: what it asks to wait for is waited for,
 * nothing half is kept, nothing is called missing, and the next run finishes.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'

import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { baseLayer, push } from './exotic.ts'
import { startHub, type Hub } from './hub.ts'
import { createWorld, DATE, layer, listOf, reportOf, type World } from './world.ts'

// Each test runs the bundle, on machines that do other things as well.
jest.setTimeout(180_000)

const APPS = ['one', 'two', 'three']
const IDS = APPS.map((name) => `${name}_1_${DATE}`)

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures'], 'a registry refuses half-way', () => {
  let world: World
  let store: StoreService
  let hub: Hub
  let inputs: Record<string, string>
  /** The large layer of each image, and all layers of all. */
  const large: string[] = []
  const layers = new Set<string>()

  beforeAll(async () => {
    world = await createWorld()
    store = await localStore()
    hub = await startHub(world.registryHost, 100)
    const base = await baseLayer()
    for (const name of APPS) {
      const noise = await layer([{ name: 'noise', content: randomBytes(3_000_000) }])
      const digest = await push(world.registry, world.registryHost, `vnmd/${name}_1`, [
        { tar: base },
        { tar: noise }
      ])
      const reference = { host: world.registryHost, path: `vnmd/${name}_1`, tag: undefined, digest }
      const image = await world.registry.image(reference, { os: 'linux', architecture: 'amd64' })
      large.push(image?.manifest.layers[1]?.digest ?? '')
      for (const one of image?.manifest.layers ?? []) layers.add(one.digest)
    }
    await world.writeCatalogue(Object.fromEntries(APPS.map((name) => [`${name} 1`, DATE])))
    inputs = {
      mode: 'convert',
      stores: `${store.remote} name=one public-url=${store.publicUrl}`,
      registries: `${hub.host}/vnmd`,
      'work-dir': 'work'
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
    hub.onBlob = () => 'serve'
    await rm(path.join(world.workspace, 'work'), { recursive: true, force: true })
    await mkdir(path.join(world.workspace, 'work'))
    for (const name of await readdir(store.folder))
      await rm(path.join(store.folder, name), { recursive: true })
  })

  const refusals = (): readonly string[] =>
    hub.requests.filter(({ line }) => line.endsWith(' 429')).map(({ line }) => line)
  const asked = (what: RegExp, who: RegExp): number =>
    hub.requests.filter(({ line, agent }) => what.test(line) && who.test(agent)).length

  /** Nothing half is anywhere, and no container is called what it is not. */
  async function expectLeft(left: readonly string[], told: RegExp): Promise<void> {
    const { findings } = await reportOf(world)
    const limited = findings.filter(({ id }) => id === 'registry-limit')
    expect(limited.map(({ subject }) => subject).sort()).toEqual([...left].sort())
    for (const { message } of limited) expect(message).toMatch(told)
    expect(findings.filter(({ id }) => /^(convert-failed|image-)/.test(id))).toEqual([])
    const stored = (await readdir(store.folder)).sort()
    expect(stored).toEqual(
      IDS.filter((id) => !left.includes(id))
        .map((id) => `${id}.simg`)
        .sort()
    )
    expect(await readdir(path.join(world.workspace, 'work'))).toEqual([])
  }

  async function expectNextRunFinishes(left: readonly string[]): Promise<void> {
    hub.remaining = hub.limit
    hub.onBlob = () => 'serve'
    const next = await world.run(inputs)
    expect([next.exitCode, [...listOf(next, 'converted')].sort(), next.outputs['ok']]).toEqual([
      0,
      [...left].sort(),
      'true'
    ])
  }

  test('a layer with a short Retry-After is waited for', async () => {
    hub.retryAfter = 6
    let refused = 0
    hub.onBlob = (digest) => (digest === large[1] && refused++ === 0 ? 'refuse' : 'serve')
    const run = await world.run(inputs)
    expect([run.exitCode, [...listOf(run, 'converted')].sort()]).toEqual([0, [...IDS].sort()])
    expect(refusals()).toHaveLength(1)
    expect(run.log).toMatch(/GET 127\S+blobs\S*: waits 6 s, as it was asked to: .*HTTP 429/)
  })

  test('a layer that breaks off, and is refused when it is gone on with, is gone on with all the same', async () => {
    let times = 0
    hub.onBlob = (digest) => {
      if (digest !== large[0]) return 'serve'
      times++
      return times === 1 ? 'break' : times < 4 ? 'refuse' : 'serve'
    }
    const run = await world.run(inputs)
    expect([run.exitCode, [...listOf(run, 'converted')].sort()]).toEqual([0, [...IDS].sort()])
    expect([times, refusals().length]).toEqual([4, 2])
    expect(hub.requests.filter(({ line }) => line.endsWith(' 206'))).toHaveLength(1)
  })

  test.each([
    ['for six hours', 21_600, /gives no more pulls for now, and asks to wait 6 h \(HTTP 429\)/, 1],
    ['without a time', undefined, /gives no more pulls for now \(HTTP 429\)/, 4]
  ])(
    'layers refused %s: no half SIF, nothing is missing, and no further layer is asked for',
    async (_title, wait, told, most) => {
      hub.retryAfter = wait
      hub.onBlob = (digest) => (layers.has(digest) ? 'refuse' : 'serve')
      const run = await world.run({ ...inputs, 'max-parallel': '1' })
      expect([run.exitCode, listOf(run, 'converted'), listOf(run, 'failed')]).toEqual([1, [], []])
      expect(run.annotations[0]?.message).toMatch(/3 left for the next run/)
      await expectLeft(IDS, told)
      expect(refusals()).toHaveLength(most)
      await expectNextRunFinishes(IDS)
    }
  )

  test('a layer refused behind one that came: what was packed of it is gone', async () => {
    hub.retryAfter = 21_600
    // The top layer comes first.
    let below = 0
    hub.onBlob = (digest) =>
      layers.has(digest) && !large.includes(digest) && below++ > 0 ? 'refuse' : 'serve'
    const run = await world.run({ ...inputs, 'max-parallel': '1' })
    const converted = listOf(run, 'converted')
    expect([run.exitCode, converted.length, listOf(run, 'failed')]).toEqual([1, 1, []])
    const left = IDS.filter((id) => !converted.includes(id))
    await expectLeft(left, /asks to wait 6 h/)
    await expectNextRunFinishes(left)
  })

  test.each(['manifests', 'blobs'])(
    'Apptainer: %s are refused from the second build on: recognised, not asked again, and done next time',
    async (what) => {
      const first = new Set<string>()
      hub.onBlob = (digest, agent) => {
        if (!/^go-container/.test(agent) || what === 'manifests') return 'serve'
        first.add(digest)
        return first.size > 3 ? 'refuse' : 'serve'
      }
      if (what === 'manifests') {
        // Three look-ups and one build are had; then somebody else behind the same address has used up the rest.
        const served = hub.requests.push.bind(hub.requests)
        hub.requests.push = (...items) => {
          if (items.some(({ agent, line }) => /^go-container/.test(agent) && line.includes('/manifests/'))) {
            hub.remaining = 0
          }
          return served(...items)
        }
      }
      const run = await world
        .run({ ...inputs, converter: 'apptainer', 'max-parallel': '1' })
        .finally(() => Reflect.deleteProperty(hub.requests, 'push'))
      expect([run.exitCode, listOf(run, 'converted').length, listOf(run, 'failed')]).toEqual([1, 1, []])
      const left = IDS.filter((id) => !listOf(run, 'converted').includes(id))
      await expectLeft(left, /gives no more pulls for now \(TOOMANYREQUESTS\)/)
      expect(asked(/\/manifests\/sha256/, /^go-container/)).toBe(2)
      expect(run.annotations[0]?.message).toMatch(/1 brought there by this run, 2 left for the next run/)
      await expectNextRunFinishes(left)
    }
  )
})
