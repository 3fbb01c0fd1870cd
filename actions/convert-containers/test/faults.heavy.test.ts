/**
 * Stores that refuse, stop answering in the middle, keep less than was sent or hold damaged files: what cannot be told
 * is never "missing", what is not whole is never delivered or listed, the others go on, and the next run repairs it.
 */
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'

import { inspectFile } from '../../../lib/sif/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import type { ActionRun } from '../../../testbed/runner/index.ts'
import type { Asked } from './gate.ts'
import { ALPHA, BIG, CACHE, createGatedWorld, sha256, type GatedWorld, type Place } from './gated.ts'
import { listOf, reportOf } from './world.ts'

// Each test runs the bundle several times, on machines that do other things as well.
jest.setTimeout(180_000)

const SERVICES = ['registry', 'apptainer', 'rclone', 'fixtures', 'swift'] as const
const BOTH: readonly Place[] = ['neurodesk', 'neurocontainers']
const ALL = [`${ALPHA}.simg`, `${BIG}.simg`]
/** As a store's segments are made small, so is rclone's patience: five minutes of silence, and ten tries of a request. */
const IMPATIENT = { RCLONE_TIMEOUT: '2s', RCLONE_LOW_LEVEL_RETRIES: '1' }

describeWithServices(SERVICES, 'stores with faults', () => {
  let gated: GatedWorld
  const inWorkspace = (...names: readonly string[]): string => path.join(gated.world.workspace, ...names)

  beforeAll(async () => {
    gated = await createGatedWorld()
    expect((await gated.run({ mode: 'convert' })).exitCode).toBe(0)
  }, 120_000)
  afterAll(async () => await gated[Symbol.asyncDispose]())
  beforeEach(async () => {
    for (const folder of ['work', 'cvmfs', 'cache'])
      await fs.rm(inWorkspace(folder), { recursive: true, force: true })
  })
  afterEach(() => {
    gated.registryGate.open()
    gated.storeGate.open()
  })

  const ids = async (): Promise<readonly string[]> =>
    (await reportOf(gated.world)).findings.map(({ id }) => id).sort()
  const told = async (id: string): Promise<string | undefined> =>
    (await reportOf(gated.world)).findings.find((finding) => finding.id === id)?.message
  const carriedOf = async (): Promise<readonly { readonly id: string; readonly from: string }[]> =>
    (await reportOf(gated.world)).details['carried'] as { id: string; from: string }[]
  /** The names in log.txt. */
  const listed = async (): Promise<readonly string[]> => {
    const text = await fs.readFile(inWorkspace('cvmfs/log.txt'), 'utf8').catch(() => '')
    return text.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ', 1)[0] ?? '']))
  }
  const isOf = (name: string, ...methods: readonly string[]) => {
    return ({ method, path: target }: Asked): boolean =>
      methods.includes(method) && target.includes(`/${name}.simg`)
  }
  /** Both stores have both, whole and the same, and both are listed. */
  const expectRepaired = async (run: ActionRun): Promise<void> => {
    expect([run.exitCode, run.outputs['ok'], (await listed()).toSorted()]).toEqual([0, 'true', [ALPHA, BIG]])
    for (const place of BOTH) expect(await gated.wholes(place)).toEqual(ALL)
    for (const key of ALL) {
      const sums = await Promise.all(BOTH.map(async (place) => sha256(await gated.read(place, key))))
      expect(sums[0]).toBe(sums[1])
    }
  }

  test('a listing that gets no answer: the public addresses tell, and without them it is unknown, not missing', async () => {
    const isListing = ({ method, path: target }: Asked): boolean =>
      method === 'GET' && target.includes('/neurodesk?')
    void gated.storeGate.rule({ when: isListing, fate: 'hold' })
    const dark = {
      mode: 'publish',
      stores: 'n:neurodesk name=nectar required',
      'report-path': 'dark.json'
    }
    const [run, unknown] = await Promise.all(
      [{ mode: 'check' }, dark].map(async (inputs) => await gated.run(inputs, { env: IMPATIENT }))
    )
    if (run === undefined || unknown === undefined) throw new Error('two runs were begun')
    expect([run.exitCode, listOf(run, 'missing'), await ids()]).toEqual([0, [], ['store-not-listed']])
    expect([unknown.exitCode, unknown.outputs['verdict'], listOf(unknown, 'missing')]).toEqual([
      1,
      'unknown',
      []
    ])
    expect([listOf(unknown, 'unknown').toSorted(), await listed()]).toEqual([[ALPHA, BIG], []])
  })

  test('an upload that stands still fails in time, with the reason; the others go on', async () => {
    for (const place of BOTH) await gated.remove(place, ALPHA, BIG)
    const isUpload = (asked: Asked): boolean => isOf(ALPHA, 'PUT')(asked) && asked.path.startsWith('/v1/')
    void gated.storeGate.rule({ when: isUpload, fate: 'hold' })
    const run = await gated.run({ mode: 'all' }, { env: IMPATIENT })
    expect([run.exitCode, listOf(run, 'failed'), listOf(run, 'converted')]).toEqual([1, [ALPHA], [BIG]])
    expect(await told('convert-failed')).toMatch(/^nectar: upload [^]*timeout/)
    expect([await gated.list('neurodesk'), await listed()]).toEqual([[`${BIG}.simg`], [BIG]])
    expect(await gated.wholes('neurocontainers')).toEqual(ALL)
    gated.storeGate.open()
    await expectRepaired(await gated.run({ mode: 'all' }))
  })

  test('503 of the registry and of a store: told as what it is, nothing half; in passing it is waited for', async () => {
    await gated.remove('neurocontainers', BIG)
    for (const place of BOTH) await gated.remove(place, ALPHA)
    const isManifest = ({ path: target }: Asked): boolean => target.includes('/manifests/')
    const isPart = (asked: Asked): boolean =>
      isOf(BIG, 'PUT')(asked) && asked.path.startsWith('/neurocontainers/')
    void gated.registryGate.rule({ when: isManifest, fate: { status: 503 } })
    void gated.storeGate.rule({ when: isPart, fate: { status: 503 } })
    const run = await gated.run({ mode: 'convert' }, { env: IMPATIENT })
    expect([run.exitCode, listOf(run, 'failed'), listOf(run, 'converted')]).toEqual([1, [BIG], []])
    expect(await ids()).toEqual(expect.arrayContaining(['convert-failed', 'image-unknown']))
    expect(await told('image-unknown')).toMatch(/503/)
    expect(await told('convert-failed')).toMatch(/503|Service ?Unavailable/i)
    expect(await gated.list('neurocontainers')).toEqual([])

    gated.registryGate.open()
    gated.storeGate.open()
    void gated.registryGate.rule({ when: isManifest, fate: { status: 503 }, times: 2 })
    void gated.storeGate.rule({ when: isPart, fate: { status: 503 }, times: 2 })
    await expectRepaired(await gated.run({ mode: 'all' }))
  })

  test('a store that keeps less than was sent, and says nothing: seen by its size, removed, not listed', async () => {
    await gated.remove('neurodesk', ALPHA)
    const { length } = await gated.read('neurocontainers', `${ALPHA}.simg`)
    const rule = { when: isOf(ALPHA, 'PUT'), fate: { truncateTo: length - 1000 } }
    void gated.storeGate.rule(rule)
    const run = await gated.run({ mode: 'all' })
    expect([run.exitCode, listOf(run, 'failed'), await listed()]).toEqual([1, [ALPHA], [BIG]])
    expect(await told('convert-failed')).toContain(`has ${length - 1000} bytes after the upload of ${length}`)
    expect(await gated.list('neurodesk')).toEqual([`${BIG}.simg`])
    gated.storeGate.open()
    await expectRepaired(await gated.run({ mode: 'all' }))
  })

  test('an object that somebody cut off behind our back is told, taken from the lists and replaced', async () => {
    const whole = await gated.read('neurocontainers', `${ALPHA}.simg`)
    expect((await gated.run({ mode: 'publish' })).exitCode).toBe(0)
    await gated.write(`neurocontainers/${ALPHA}.simg`, whole.subarray(0, whole.length - 1000))
    const check = await gated.run({ mode: 'check' })
    expect([check.exitCode, listOf(check, 'missing'), await ids()]).toEqual([
      1,
      [ALPHA],
      ['container-damaged']
    ])
    const publish = await gated.run({ mode: 'publish' })
    expect([publish.exitCode, await listed()]).toEqual([1, [BIG]])
    const run = await gated.run({ mode: 'all' })
    await expectRepaired(run)
    expect(await carriedOf()).toMatchObject([{ id: ALPHA, from: 'copied' }])
  })

  test('another whole file behind our back differs in size: told, listed, and left for a person', async () => {
    const whole = await gated.read('neurocontainers', `${ALPHA}.simg`)
    const other = Buffer.concat([whole, Buffer.alloc(4096)])
    await gated.write(`neurocontainers/${ALPHA}.simg`, other)
    const run = await gated.run({ mode: 'all' })
    expect([run.exitCode, listOf(run, 'converted'), await ids()]).toEqual([1, [], ['container-size-differs']])
    expect([
      (await listed()).toSorted(),
      (await gated.read('neurocontainers', `${ALPHA}.simg`)).length
    ]).toEqual([[ALPHA, BIG], other.length])
    await gated.remove('neurocontainers', ALPHA)
    await expectRepaired(await gated.run({ mode: 'all' }))
  })

  /** In the data of a file: header, descriptors and all tables stay whole. */
  const damaged = (whole: Buffer): Buffer => {
    const body = Buffer.from(whole)
    body.fill(0xff, 200_000, 200_100)
    return body
  }
  const expectUnseen = async (body: Buffer): Promise<void> => {
    const file = inWorkspace('damaged')
    await fs.writeFile(file, body)
    await inspectFile(fs, file)
    await fs.rm(file)
  }

  test('a build in the cache with other bytes than its SHA-256 is copied by no store: it is made anew', async () => {
    const whole = await gated.read('neurodesk', `${ALPHA}.simg`)
    await expectUnseen(damaged(whole))
    for (const place of BOTH) await gated.toCache(place, ALPHA, damaged)
    const run = await gated.run({ mode: 'all' })
    expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [ALPHA]])
    expect([await carriedOf(), [...new Set(await ids())]]).toMatchObject([
      [{ id: ALPHA, from: 'converted' }],
      ['source-damaged']
    ])
    expect(await told('source-damaged')).toMatch(/has SHA-256 [0-9a-f]{64}, [0-9a-f]{64} was written with it/)
    for (const place of BOTH) {
      const { length } = damaged(whole)
      const made = await gated.read(place, `${ALPHA}.simg`)
      expect([made.length > length / 2, made.equals(damaged(whole))]).toEqual([true, false])
      await gated.remove(place, `${CACHE}/${ALPHA}`)
    }
    await expectRepaired(run)
  })

  test('a file in the local cache with other bytes than a store has is not delivered beside it', async () => {
    await fs.mkdir(inWorkspace('cache'))
    const file = inWorkspace('cache', `${ALPHA}.simg`)
    await fs.writeFile(file, damaged(await gated.read('neurodesk', `${ALPHA}.simg`)))
    await gated.remove('neurocontainers', ALPHA)
    const run = await gated.run({ mode: 'all', 'local-cache': 'cache' })
    await expectRepaired(run)
    expect([await carriedOf(), await ids()]).toMatchObject([
      [{ id: ALPHA, from: 'copied' }],
      ['source-damaged']
    ])
    // It is somebody else's.
    expect(await fs.readdir(inWorkspace('cache'))).toEqual([`${ALPHA}.simg`])
  })
})
