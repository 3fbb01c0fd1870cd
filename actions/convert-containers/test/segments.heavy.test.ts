/** What killed uploads leave in Swift, by the built bundle: old sets of segments go, young and living ones stay. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import type { SwiftService } from '../../../testbed/index.ts'
import { processesFor } from '../../../test/contract/processes.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { createSwiftWorld, DATE, listOf, reportOf, type World } from './world.ts'

// Each test runs the bundle several times, on machines that do other things as well.
jest.setTimeout(180_000)

const BIG = `big_1_${DATE}`
const KEY = `${BIG}.simg`
const OLD = String(Date.UTC(2026, 0, 2) / 1000)

/** kill -9; content when it is gone already. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was quicker.
  }
}

describeWithServices(
  ['registry', 'apptainer', 'rclone', 'fixtures', 'swift'],
  'segments that nobody needs',
  () => {
    let swift: SwiftService
    let world: World
    let stores: string
    const inputs = { mode: 'retain', delete: 'true', 'base-catalogue': 'before.txt' }
    /** The sets of the upload that was killed. */
    let lost: readonly string[] = []
    let whole = ''

    const list = async (container: string): Promise<readonly string[]> => {
      const headers = { 'x-auth-token': await swift.token(), accept: 'application/json' }
      const answer = await fetch(`${swift.storageUrl}/${encodeURIComponent(container)}?limit=1000`, {
        headers
      })
      const objects = (await answer.json()) as { name: string }[]
      return objects.map(({ name }) => name).sort()
    }
    const write = async (
      name: string,
      body: Buffer | string,
      headers: Record<string, string>
    ): Promise<void> => {
      const all = { 'x-auth-token': await swift.token(), ...headers }
      const answer = await fetch(`${swift.storageUrl}/${name}`, { method: 'PUT', headers: all, body })
      expect([name, answer.status]).toEqual([name, 201])
    }
    const read = async (container: string, key = KEY): Promise<string> => {
      const answer = await fetch(`${swift.storageUrl}/${encodeURIComponent(container)}/${key}`)
      return createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex')
    }
    const setOf = (segment: string): string => segment.slice(0, segment.lastIndexOf('/'))
    const sets = async (): Promise<readonly string[]> => [
      ...new Set((await list('neurodesk_segments')).map(setOf))
    ]
    /** The same bytes as a set of another name, which the store calls eleven months old. */
    const copyAsOld = async (segments: readonly string[], to: string): Promise<void> => {
      for (const [index, segment] of segments.entries()) {
        const answer = await fetch(`${swift.storageUrl}/neurodesk_segments/${segment}`)
        const bytes = Buffer.from(await answer.arrayBuffer())
        await write(`neurodesk_segments/${to}/0000000${index}`, bytes, { 'x-timestamp': OLD })
      }
    }

    beforeAll(async () => {
      ;({ swift, world, stores } = await createSwiftWorld())
      await writeFile(path.join(world.workspace, 'before.txt'), `${BIG} categories:test,\n`)
    }, 120_000)

    afterAll(async () => {
      await world[Symbol.asyncDispose]()
      await swift[Symbol.asyncDispose]()
    })

    test('an upload that is killed half-way leaves segments and no name; the next run finishes it', async () => {
      const run = { stores: stores.split('\n')[0] ?? '', mode: 'convert', 'work-dir': 'work' }
      let over = false
      const killed = world.run(run, {
        env: { RCLONE_BWLIMIT: '2M' },
        onStart: (child) => {
          child.on('exit', () => (over = true))
          void (async () => {
            while (!over) {
              if ((await list('neurodesk_segments')).length >= 2) {
                child.kill('SIGKILL')
                // As when the machine dies: rclone that is only asked to end takes its segments away.
                for (const pid of await processesFor(world.workspace)) end(pid)
              }
              await sleep(50)
            }
          })()
        }
      })
      expect((await killed).signal).toBe('SIGKILL')
      lost = await sets()
      expect([lost.length, lost[0]?.startsWith(`${KEY}/`), await list('neurodesk')]).toEqual([1, true, []])

      const next = await world.run({ ...run, stores })
      expect([next.exitCode, listOf(next, 'converted')]).toEqual([0, [BIG]])
      expect((await reportOf(world)).details['carried']).toMatchObject([{ from: 'local' }])
      whole = await read('neurodesk')
      expect([(await sets()).length, await read('neurocontainers')]).toEqual([2, whole])
      expect((await list('neurocontainers+segments')).length).toBeGreaterThanOrEqual(2)
    })

    test('a young set stays; an old one goes, and with it nothing that is read', async () => {
      const own = (await sets()).find((set) => !lost.includes(set)) ?? ''
      const bytes = (await list('neurodesk_segments')).filter((name) => setOf(name) === own)
      const old = `${KEY}/2026-01-02-000000-AAAAAAAAAAAAAAAAAAAAAA`
      const gone = 'gone_1_20200101.simg/2026-01-02-000000-BBBBBBBBBBBBBBBBBBBBBB'
      await copyAsOld(bytes.slice(0, 2), old)
      await copyAsOld(bytes.slice(0, 2), gone)
      await write('neurodesk_segments/somebody/elses/file', 'x', { 'x-timestamp': OLD })

      const plan = await world.run({ ...inputs, stores, delete: 'false' })
      const { details } = await reportOf(world)
      const planned = details['deletions'] as { key: string; kind: string }[]
      expect([plan.exitCode, planned.map(({ key }) => key).sort()]).toEqual([
        0,
        [`${old}/00000000`, `${old}/00000001`, `${gone}/00000000`, `${gone}/00000001`].sort()
      ])
      expect(planned.every(({ kind }) => kind === 'segment')).toBe(true)
      expect(await sets()).toEqual(expect.arrayContaining([old, gone]))

      const run = await world.run({ ...inputs, stores })
      expect(run.exitCode).toBe(0)
      expect([...(await sets())].sort()).toEqual([...lost, own, 'somebody/elses'].sort())
      expect([await read('neurodesk'), await read('neurocontainers')]).toEqual([whole, whole])
    })

    test('what a living object is made of stays, however old and whatever it is called', async () => {
      const segments = await list('neurodesk_segments')
      const own = segments.filter((name) => name.startsWith(`${KEY}/`) && !lost.includes(setOf(name)))
      // A static large object of two segments, and a dynamic one under another name than its segments have.
      const parts = 'static_1_20200101.simg/1700000000.000000/2097152'
      await copyAsOld(own.slice(0, 2), parts)
      const manifest = [0, 1].map((index) => ({ path: `/neurodesk_segments/${parts}/0000000${index}` }))
      const put = { 'x-timestamp': OLD, 'content-type': 'application/json' }
      await write('neurodesk/static_1_20200101.simg?multipart-manifest=put', JSON.stringify(manifest), put)
      const elsewhere = 'renamed_1_20200101.simg/2026-01-02-000000-CCCCCCCCCCCCCCCCCCCCCC'
      await copyAsOld(own.slice(0, 2), elsewhere)
      const pointer = { 'x-object-manifest': `neurodesk_segments/${elsewhere}/` }
      await write('neurodesk/kept_1_20200101.simg', '', { ...pointer, 'x-timestamp': OLD })
      await write('neurodesk_segments/static_1_20200101.simg/1600000000.000000/2097152/00000000', 'dead', {
        'x-timestamp': OLD
      })
      const before = [
        await read('neurodesk', 'static_1_20200101.simg'),
        await read('neurodesk', 'kept_1_20200101.simg')
      ]
      await world.writeCatalogue({ 'big 1': DATE, 'static 1': '20200101', 'kept 1': '20200101' })

      const run = await world.run({ ...inputs, stores })
      const { details } = await reportOf(world)
      expect([run.exitCode, details['deleted']]).toEqual([
        0,
        ['nectar: static_1_20200101.simg/1600000000.000000/2097152/00000000']
      ])
      expect([
        await read('neurodesk', 'static_1_20200101.simg'),
        await read('neurodesk', 'kept_1_20200101.simg')
      ]).toEqual(before)
      expect([await read('neurodesk'), await read('neurocontainers')]).toEqual([whole, whole])
    })

    test('a name whose segments another is made of stays, and that is told', async () => {
      const set = 'kept_1_20200101.simg'
      const head = await fetch(`${swift.storageUrl}/neurodesk/${set}`, { method: 'HEAD' })
      const pointer = { 'x-object-manifest': head.headers.get('x-object-manifest') ?? '' }
      await write('neurodesk/copied_1_20200101.simg', '', { ...pointer, 'x-timestamp': OLD })
      const before = await read('neurodesk', set)
      const run = await world.run({ ...inputs, stores })
      expect([run.exitCode, run.outputs['has-work']]).toEqual([0, 'false'])
      expect((await reportOf(world)).findings).toMatchObject([
        { id: 'retain-segments-shared', severity: 'notice', subject: 'nectar: copied_1_20200101.simg' }
      ])
      expect([await read('neurodesk', set), await read('neurodesk', 'copied_1_20200101.simg')]).toEqual([
        before,
        before
      ])
    })

    test('where not every object can be asked, all segments stay, and that is told', async () => {
      const old = 'gone_2_20200101.simg/2026-01-02-000000-DDDDDDDDDDDDDDDDDDDDDD'
      await copyAsOld((await list('neurodesk_segments')).slice(0, 1), old)
      for (const line of [
        'n:neurodesk name=nectar',
        `n:neurodesk name=nectar public-url=${swift.url}/nowhere`
      ]) {
        const run = await world.run({ ...inputs, stores: line })
        expect([run.exitCode, run.outputs['has-work']]).toEqual([0, 'false'])
        expect((await reportOf(world)).findings).toMatchObject([
          { id: 'retain-segments-unknown', severity: 'notice' }
        ])
        expect(await sets()).toContain(old)
      }
    })
  }
)
