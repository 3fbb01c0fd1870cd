/** `only: changed`, by the built bundle: a pull request answers for what it changes, and for the catalogue. */
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import type { ActionRun } from '../../../testbed/runner/index.ts'
import { createWorld, DATE, listOf, reportOf, type World } from './world.ts'

// Each test runs the bundle, on machines that do other things as well.
jest.setTimeout(120_000)

const BEFORE = { 'alpha 1': DATE, 'gone 1': DATE }

describeWithServices(['registry', 'rclone', 'fixtures'], 'a pull request', () => {
  let world: World
  let store: StoreService
  let server: Server
  let url: string
  const requests: string[] = []

  beforeAll(async () => {
    world = await createWorld()
    store = await localStore()
    await world.writeCatalogue(BEFORE)
    const before = await readFile(path.join(world.workspace, 'apps.json'), 'utf8')
    await writeFile(path.join(world.workspace, 'before.json'), before)
    server = createServer((request, response) => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
      if (request.url === '/apps.json') response.end(before)
      else if (request.url === '/page') response.end('<html>an apology</html>')
      else if (request.url === '/list') response.end('[]')
      else response.writeHead(404).end('404: Not Found')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }, 60_000)

  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await store[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })

  const check = async (inputs: Readonly<Record<string, string>>): Promise<ActionRun> =>
    await world.run({
      mode: 'plan',
      'dry-run': 'true',
      'base-catalogue': 'before.json',
      only: 'changed',
      stores: `${store.remote} name=one public-url=${store.publicUrl}`,
      ...inputs
    })
  const namesOf = (run: ActionRun): readonly string[] =>
    (JSON.parse(run.outputs['matrix'] ?? '') as { include: { names: string[] }[] }).include.flatMap(
      ({ names }) => names
    )

  test('does not answer for a container of somebody else whose image is gone', async () => {
    await world.writeCatalogue({ ...BEFORE, 'beta-x 1': DATE })
    const whole = await check({ only: '' })
    expect(whole.outputs['verdict']).toBe('failed')
    const { findings } = await reportOf(world)
    expect(findings.filter(({ id }) => id === 'image-missing')).toMatchObject([{ subject: `gone_1_${DATE}` }])

    const before = await world.requests()
    const run = await check({ 'base-catalogue': `${url}/apps.json` })
    expect([run.exitCode, run.outputs['verdict'], run.outputs['has-work'], namesOf(run)]).toEqual([
      0,
      'ok',
      'true',
      [`beta-x_1_${DATE}`]
    ])
    expect(run.log).toMatch(/^0 of 1 new or changed containers are in every required store, 1 are not\.$/m)
    expect((await world.requests()).slice(before.length)).not.toMatch(/alpha_1|gone_1/)
  })

  test('answers for its own', async () => {
    await world.writeCatalogue({ 'alpha 1': DATE, 'gone 1': '20250303' })
    const run = await check({})
    expect([run.outputs['verdict'], listOf(run, 'missing'), namesOf(run)]).toEqual([
      'failed',
      ['gone_1_20250303'],
      []
    ])
    const { findings } = await reportOf(world)
    expect(findings.find(({ id }) => id === 'image-missing')?.subject).toBe('gone_1_20250303')
  })

  test('nothing has changed: no store and no registry is asked', async () => {
    await world.writeCatalogue(BEFORE)
    const before = await world.requests()
    // A store that would answer nothing.
    const run = await check({ stores: 'http://127.0.0.1:9/store' })
    expect([run.exitCode, run.outputs['ok'], run.outputs['verdict'], run.outputs['has-work']]).toEqual([
      0,
      'true',
      'ok',
      'false'
    ])
    expect(namesOf(run)).toEqual([])
    const said = 'No container is new or changed; the catalogue itself was validated.'
    expect([run.log, run.summary]).toEqual([expect.stringContaining(said), expect.stringContaining(said)])
    expect(await world.requests()).toBe(before)
  })

  test('what is wrong with the catalogue is told all the same: doubles, dates that go back, what is gone', async () => {
    await world.writeCatalogue({ 'alpha 1': '20240101', 'x ../1': DATE })
    const run = await check({})
    expect(run.outputs['verdict']).toBe('failed')
    const { findings } = await reportOf(world)
    const catalogue = findings.filter(({ id }) => id.startsWith('catalogue-'))
    expect(catalogue.map(({ id, subject }) => `${id} ${subject}`)).toEqual([
      `catalogue-name-unsafe x_../1_${DATE}`,
      'catalogue-date-regression alpha_1_20240101',
      `catalogue-removed gone_1_${DATE}`
    ])

    const before = await readFile(path.join(world.workspace, 'before.json'), 'utf8')
    const twice = before.replace('{', `{ "gone": { "apps": {}, "categories": [] },`)
    await writeFile(path.join(world.workspace, 'apps.json'), twice)
    const doubled = await check({})
    expect([doubled.outputs['verdict'], doubled.annotations[0]?.properties['title']]).toEqual([
      'failed',
      'catalogue-duplicate-key'
    ])

    await writeFile(path.join(world.workspace, 'apps.json'), '{ "alpha": ')
    const broken = await check({})
    expect([broken.outputs['verdict'], broken.annotations[0]?.properties['title']]).toEqual([
      'failed',
      'catalogue-syntax'
    ])
  })

  test.each([
    ['is not there', '/nothing', /HTTP 404/],
    ['is an apology', '/page', /not JSON/],
    ['is something else', '/list', /not an object of tools/]
  ])('a catalogue of before that %s: nothing is known, which is not ok', async (_title, where, told) => {
    await world.writeCatalogue({ ...BEFORE, 'beta-x 1': DATE })
    const inputs = { 'base-catalogue': `${url}${where}` }
    const run = await check(inputs)
    expect([run.exitCode, run.outputs['ok'], run.outputs['verdict'], run.outputs['has-work']]).toEqual([
      0,
      'false',
      'unknown',
      'false'
    ])
    const { findings } = await reportOf(world)
    expect(findings).toEqual([
      expect.objectContaining({
        id: 'base-unknown',
        severity: 'unknown',
        message: expect.stringMatching(told)
      })
    ])
    // Where a job is to fail by it, it does; and nothing is converted meanwhile.
    const convert = await check({ ...inputs, mode: 'convert', 'dry-run': 'false' })
    expect([convert.exitCode, listOf(convert, 'converted')]).toEqual([1, []])
    expect(convert.annotations[0]?.message).toMatch(/^What is new or changed is not known/)
  })

  test('one job of a matrix counts the damaged objects of all, before it replaces its own', async () => {
    const apps = ['alpha 1', ...Array.from({ length: 25 }, (_, index) => `m${index} 1`)]
    await world.writeCatalogue(Object.fromEntries(apps.map((app) => [app, DATE])))
    const damage = async (count: number): Promise<void> => {
      for (const app of apps.slice(0, count))
        await writeFile(path.join(store.folder, `${app.replace(' ', '_')}_${DATE}.simg`), '')
    }
    const job = { mode: 'convert', 'base-catalogue': '', only: `alpha_1_${DATE}` }
    const planned = async (): Promise<readonly unknown[]> => {
      const run = await check(job)
      const { findings } = await reportOf(world)
      const spared = findings.filter(({ id }) => id === 'damaged-too-many')
      return [namesOf(run), ...spared.map(({ subject, message }) => `${subject}: ${message}`)]
    }
    await damage(25)
    expect(await planned()).toEqual([[`alpha_1_${DATE}`]])
    await damage(26)
    expect(await planned()).toEqual([
      [],
      expect.stringMatching(/^one: 26 of its objects are damaged, and none was replaced: at most 25/)
    ])
  })
})
