/** A store that looks damaged all over, by the built bundle: no more is replaced at once than somebody has allowed. */
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { createWorld, DATE, listOf, reportOf, type World } from './world.ts'

// Each test runs the bundle several times, on machines that do other things as well.
jest.setTimeout(120_000)

/** One more than is replaced without a word. */
const APPS = Array.from({ length: 26 }, (_, index) => `tool${index + 10}`)
const IDS = APPS.map((app) => `${app}_1_${DATE}`)
const PAGE = '<html><body>The object store is being mended until 6 pm.</body></html>\n'

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures'], 'much looks damaged', () => {
  let world: World
  let one: StoreService
  let two: StoreService
  let stores: string
  let whole: Buffer
  const file = (store: StoreService, id: string): string => path.join(store.folder, `${id}.simg`)
  const log = (): string => path.join(world.workspace, 'cvmfs/log.txt')
  const ids = async (): Promise<readonly string[]> =>
    (await reportOf(world)).findings.map(({ id, subject }) => `${id} ${subject}`)

  beforeAll(async () => {
    world = await createWorld()
    one = await localStore()
    two = await localStore()
    stores = [one, two]
      .map(({ remote, publicUrl }, index) => `${remote} name=${index} required public-url=${publicUrl}`)
      .join('\n')
    await world.writeCatalogue({ 'alpha 1': DATE })
    expect((await world.run({ stores, mode: 'convert' })).exitCode).toBe(0)
    whole = await readFile(file(one, `alpha_1_${DATE}`))
    for (const store of [one, two]) {
      for (const id of IDS) await copyFile(file(one, `alpha_1_${DATE}`), file(store, id))
    }
    for (const store of [one, two]) await rm(file(store, `alpha_1_${DATE}`))
    await world.writeCatalogue(Object.fromEntries(APPS.map((app) => [`${app} 1`, DATE])))
    await mkdir(path.join(world.workspace, 'cvmfs'))
    await writeFile(log(), IDS.map((id) => `${id} categories:test,\n`).join(''))
  }, 120_000)

  afterAll(async () => {
    await two[Symbol.asyncDispose]()
    await one[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })

  test('a page about maintenance in the place of every object: unknown, nothing is replaced or published', async () => {
    const before = await readFile(log(), 'utf8')
    one.faults.set('*', { page: PAGE })
    try {
      const run = await world.run({ stores, mode: 'all', 'max-replace': '100' })
      expect([
        run.exitCode,
        run.outputs['verdict'],
        listOf(run, 'missing'),
        listOf(run, 'converted')
      ]).toEqual([1, 'unknown', [], []])
      expect([...listOf(run, 'unknown')].sort()).toEqual(IDS)
      expect(await ids()).toEqual(
        expect.arrayContaining([`container-unknown ${IDS[0] ?? ''}`, 'publish-unknown apps.json'])
      )
      expect(run.annotations.map(({ message }) => message).join()).toContain('gives a text with status 200')
    } finally {
      one.faults.clear()
    }
    expect(await readFile(log(), 'utf8')).toBe(before)
    for (const id of IDS) expect((await readFile(file(one, id))).equals(whole)).toBe(true)
  })

  test('26 damaged objects are more than are replaced unasked; by max-replace all of them are', async () => {
    for (const id of IDS) await truncate(file(one, id), 100_000)
    const run = await world.run({ stores, mode: 'all' })
    expect([run.exitCode, listOf(run, 'converted'), [...listOf(run, 'missing')].sort()]).toEqual([1, [], IDS])
    expect((await ids()).filter((id) => id.startsWith('damaged-'))).toEqual(['damaged-too-many 0'])
    expect((await reportOf(world)).findings.find(({ id }) => id === 'damaged-too-many')?.message).toContain(
      '26 of its objects are damaged, and none was replaced: at most 25'
    )
    for (const id of IDS) expect((await readFile(file(one, id))).length).toBe(100_000)
    // All lines would go: that is not done either.
    expect((await readFile(log(), 'utf8')).split('\n')).toHaveLength(27)

    const strict = await world.run({ stores, mode: 'convert', 'max-replace': '25' })
    expect([strict.exitCode, listOf(strict, 'converted')]).toEqual([1, []])

    const allowed = await world.run({ stores, mode: 'all', 'max-replace': '26' })
    expect([allowed.exitCode, [...listOf(allowed, 'converted')].sort()]).toEqual([0, IDS])
    for (const id of IDS) expect((await readFile(file(one, id))).equals(whole)).toBe(true)
    expect((await readdir(one.folder)).length).toBe(26)
  })
})
