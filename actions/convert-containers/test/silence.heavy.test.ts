/**
 * What stops answering in the middle, with the patience that the action really has: an object, a manifest, a layer. The
 * runs wait at the same time, each for its own silence.
 */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import type { ActionRun } from '../../../testbed/runner/index.ts'
import { startGate, type Gate } from './gate.ts'
import { createWorld, DATE, listOf, NAMES, type Told, type World } from './world.ts'

const [ALPHA = '', BETA = '', GAMMA = ''] = NAMES
/** Four attempts of 30 seconds, and what a busy machine needs besides. */
const LIMIT_MS = 200_000

jest.setTimeout(LIMIT_MS + 60_000)

interface Ended {
  readonly run: ActionRun
  readonly ms: number
  readonly report: Told
}

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures'], 'silence', () => {
  let world: World
  let manifests: Gate
  let layers: Gate
  const services: StoreService[] = []
  const newStore = async (): Promise<StoreService> => {
    const store = await localStore()
    services.push(store)
    return store
  }
  const line = ({ remote, publicUrl }: StoreService): string => `${remote} name=one public-url=${publicUrl}`
  let read: Promise<Ended>
  let looked: Promise<Ended>
  let pulled: Promise<Ended>
  let layer: string
  let full: StoreService
  let made: StoreService
  let resumed: StoreService

  beforeAll(async () => {
    world = await createWorld()
    manifests = await startGate(world.registryHost)
    layers = await startGate(world.registryHost)
    full = await newStore()
    made = await newStore()
    resumed = await newStore()
    const first = await world.run({ mode: 'convert', stores: line(full) })
    expect(first.exitCode).toBe(0)

    full.faults.set(`${ALPHA}.simg`, 'hang')
    void manifests.rule({ when: ({ path: target }) => target.includes('/beta-x_1/manifests/'), fate: 'hold' })
    const reference = { host: world.registryHost, path: 'vnmd/gamma_1', tag: DATE, digest: undefined }
    const image = await world.registry.image(reference, { os: 'linux', architecture: 'amd64' })
    layer = image?.manifest.layers[0]?.digest ?? 'none'
    void layers.rule({
      when: ({ path: target }) => target.endsWith(layer),
      fate: { stallAfter: 100_000 },
      times: 1
    })
    const begin = async (name: string, inputs: Readonly<Record<string, string>>): Promise<Ended> => {
      const started = Date.now()
      const report = `${name}.json`
      const run = await world.run({ ...inputs, 'report-path': report }, { timeoutMs: LIMIT_MS + 30_000 })
      const text = await readFile(path.join(world.workspace, report), 'utf8')
      return { run, ms: Date.now() - started, report: JSON.parse(text) as Told }
    }
    read = begin('read', { mode: 'publish', stores: line(full) })
    looked = begin('looked', {
      mode: 'convert',
      stores: line(made),
      registries: `${manifests.host}/vnmd`
    })
    pulled = begin('pulled', {
      mode: 'convert',
      stores: line(resumed),
      only: GAMMA,
      registries: `${layers.host}/vnmd`
    })
    // Each is looked at by its own test.
    for (const one of [read, looked, pulled]) one.catch(() => undefined)
  }, 120_000)

  afterAll(async () => {
    await manifests[Symbol.asyncDispose]()
    await layers[Symbol.asyncDispose]()
    for (const service of services) await service[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })

  test('a layer that stands still is gone on with on another connection', async () => {
    const { run, ms } = await pulled
    expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [GAMMA]])
    const ranges = layers.requests.flatMap(({ path: target, range }) =>
      target.endsWith(layer) ? [range ?? 'all'] : []
    )
    expect(ranges).toEqual(['all', 'bytes=100000-'])
    expect(await readdir(resumed.folder)).toEqual([`${GAMMA}.simg`])
    expect(ms).toBeLessThan(LIMIT_MS)
  })

  test('an object that gives no answer is unknown in time, not missing; the others are told, nothing is published', async () => {
    const { run, ms, report } = await read
    expect(ms).toBeLessThan(LIMIT_MS)
    expect([run.exitCode, run.outputs['verdict'], listOf(run, 'unknown'), listOf(run, 'missing')]).toEqual([
      1,
      'unknown',
      [ALPHA],
      []
    ])
    const told = report.findings.find(({ id }) => id === 'container-unknown')
    expect([told?.subject, told?.message]).toEqual([
      ALPHA,
      expect.stringMatching(/no answer within \d+(?:\.\d)? s/)
    ])
    await expect(readFile(path.join(world.workspace, 'cvmfs/log.txt'))).rejects.toThrow('ENOENT')
  })

  test('a manifest that does not come is unknown in time, not a missing image; the others are converted', async () => {
    const { run, ms, report } = await looked
    expect(ms).toBeLessThan(LIMIT_MS)
    expect([run.exitCode, [...listOf(run, 'converted')].sort()]).toEqual([1, [ALPHA, GAMMA]])
    const told = report.findings.filter(({ id }) => id.startsWith('image-'))
    expect(told).toMatchObject([{ id: 'image-unknown', subject: BETA, severity: 'unknown' }])
    expect(told[0]?.message).toMatch(/no answer within/)
    expect((await readdir(made.folder)).sort()).toEqual([`${ALPHA}.simg`, `${GAMMA}.simg`])
    // When it answers again the next run does it.
    manifests.open()
    const next = await world.run({
      mode: 'convert',
      stores: line(made),
      registries: `${manifests.host}/vnmd`
    })
    expect([next.exitCode, listOf(next, 'converted')]).toEqual([0, [BETA]])
  })
})
