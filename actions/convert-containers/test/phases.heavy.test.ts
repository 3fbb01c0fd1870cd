/**
 * `kill -9` in the phases that a gate holds open: nothing half is ever under a final name, nothing is left behind, and
 * the next run comes to the end. What a folder shows by itself is in kill.heavy.test.ts.
 */
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'

import { describeWithServices } from '../../../testbed/jest.ts'
import type { ActionRun } from '../../../testbed/runner/index.ts'
import type { Asked, Fate } from './gate.ts'
import { ALPHA, BIG, createGatedWorld, sha256, type GatedWorld, type Place } from './gated.ts'
import { listOf, reportOf } from './world.ts'

// Each test runs the bundle several times, on machines that do other things as well.
jest.setTimeout(120_000)

const SERVICES = ['registry', 'apptainer', 'rclone', 'fixtures', 'swift'] as const
const BOTH: readonly Place[] = ['neurodesk', 'neurocontainers']
const OLD = { 'x-timestamp': `${Date.UTC(2026, 0, 2) / 1000}.00000` }

describeWithServices(SERVICES, 'kill -9 while a phase is held open', () => {
  let gated: GatedWorld
  const inWorkspace = (...names: readonly string[]): string => path.join(gated.world.workspace, ...names)
  const filesIn = async (folder: string): Promise<readonly string[]> =>
    await fs.readdir(inWorkspace(folder)).catch(() => [])

  beforeAll(async () => {
    gated = await createGatedWorld()
  }, 120_000)
  afterAll(async () => await gated[Symbol.asyncDispose]())
  beforeEach(async () => {
    for (const folder of ['work', 'cvmfs']) await fs.rm(inWorkspace(folder), { recursive: true, force: true })
  })
  afterEach(() => {
    gated.registryGate.open()
    gated.storeGate.open()
  })

  /** Runs until `held`, kills it there, and sees that post has left nothing. */
  const killAt = async (inputs: Readonly<Record<string, string>>, held: Promise<void>): Promise<void> => {
    let isHeld = false
    const run = await gated.run(inputs, {
      onStart: (child) =>
        void held.then(() => {
          isHeld = true
          child.kill('SIGKILL')
        })
    })
    expect([isHeld, run.signal, run.post?.exitCode]).toEqual([true, 'SIGKILL', 0])
    expect(await gated.processes()).toEqual([])
    expect((await filesIn('work')).filter((name) => name.startsWith('.'))).toEqual([])
    gated.registryGate.open()
    gated.storeGate.open()
  }
  const expectLists = async (): Promise<void> => {
    const log = await fs.readFile(inWorkspace('cvmfs/log.txt'), 'utf8')
    expect(log.trim().split('\n').sort()).toEqual([`${ALPHA} categories:test,`, `${BIG} categories:test,`])
    const text = await fs.readFile(inWorkspace('cvmfs/applist.json'), 'utf8')
    const { list } = JSON.parse(text) as { list: { application: string }[] }
    expect(list.map(({ application }) => application).sort()).toEqual([ALPHA, BIG])
    expect((await filesIn('cvmfs')).toSorted()).toEqual(['applist.json', 'log.txt'])
  }
  const expectEnd = async (run: ActionRun, converted: readonly string[]): Promise<void> => {
    expect([run.exitCode, run.outputs['ok'], listOf(run, 'converted')]).toEqual([0, 'true', converted])
    for (const name of [BIG, ALPHA]) {
      const [one, other] = await Promise.all(
        BOTH.map(async (place) => await gated.read(place, `${name}.simg`))
      )
      expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true)
    }
    for (const place of BOTH) expect(await gated.wholes(place)).toEqual([`${ALPHA}.simg`, `${BIG}.simg`])
    expect(await filesIn('work')).toEqual([])
    await expectLists()
  }

  interface Phase {
    readonly title: string
    readonly prepare?: () => Promise<void>
    readonly at: 'registryGate' | 'storeGate'
    readonly when: (asked: Asked) => boolean
    readonly fate: Fate
    /** Where the container is under its final name when the run has been killed. */
    readonly there: Readonly<Record<Place, readonly string[]>>
    /** What the next run brings. */
    readonly converted: readonly string[]
  }
  const isOf = (name: string, ...methods: readonly string[]) => {
    return ({ method, path: target }: Asked): boolean =>
      methods.includes(method) && target.includes(`/${name.replace(/\.simg$/, '')}.simg`)
  }
  const toCaches = async (): Promise<void> => {
    for (const place of BOTH) await gated.toCache(place, ALPHA)
  }
  const withoutBig = async (): Promise<void> => await gated.remove('neurocontainers', BIG)
  const all = [`${ALPHA}.simg`, `${BIG}.simg`]
  const phases: readonly Phase[] = [
    {
      title: 'while it asks the registry for manifests',
      at: 'registryGate',
      when: ({ path: target }) => target.includes('/manifests/'),
      fate: 'hold',
      there: { neurodesk: [], neurocontainers: [] },
      converted: [BIG, ALPHA]
    },
    {
      title: 'while a store is asked to copy from its cache',
      prepare: toCaches,
      at: 'storeGate',
      when: ({ isCopy, path: target }) => isCopy && target.startsWith('/v1/'),
      fate: 'hold',
      there: { neurodesk: [`${BIG}.simg`], neurocontainers: [`${BIG}.simg`] },
      converted: [ALPHA]
    },
    {
      title: 'when a store has copied, and has not said so',
      prepare: toCaches,
      at: 'storeGate',
      when: ({ isCopy, path: target }) => isCopy && target.startsWith('/neurocontainers/'),
      fate: 'hold-answer',
      there: { neurodesk: all, neurocontainers: all },
      converted: []
    },
    {
      title: 'while it copies from the other store',
      prepare: withoutBig,
      at: 'storeGate',
      when: ({ method, path: target }) => method === 'GET' && target.endsWith(`/neurodesk/${BIG}.simg`),
      fate: { stallAfter: 3_000_000 },
      there: { neurodesk: all, neurocontainers: [`${ALPHA}.simg`] },
      converted: [BIG]
    },
    {
      title: 'while it reads back what it has uploaded',
      prepare: withoutBig,
      at: 'storeGate',
      when: ({ method, path: target }) =>
        method === 'GET' && target.startsWith(`/neurocontainers/${BIG}.simg`),
      fate: { stallAfter: 3_000_000 },
      there: { neurodesk: all, neurocontainers: all },
      converted: []
    }
  ]

  test.each(phases)('$title', async ({ prepare, at, when, fate, there, converted }) => {
    await prepare?.()
    const inputs = { mode: 'all', 'work-dir': 'work' }
    await killAt(inputs, gated[at].rule({ when, fate }))
    for (const place of BOTH) expect(await gated.wholes(place)).toEqual(there[place])
    expect(await filesIn('cvmfs')).toEqual([])
    await expectEnd(await gated.run(inputs), converted)
    for (const place of BOTH) {
      const cached = (await gated.list(place)).filter((key) => key.includes('/'))
      for (const key of cached) await gated.remove(place, key.replace(/\.simg$/, ''))
    }
  })

  test('before it can see that a store has kept less than was sent: the next run sees it, and replaces it', async () => {
    await gated.remove('neurodesk', ALPHA)
    const whole = await gated.read('neurocontainers', `${ALPHA}.simg`)
    let isSent = false
    void gated.storeGate
      .rule({ when: isOf(ALPHA, 'PUT'), fate: { truncateTo: whole.length - 1000 }, times: 1 })
      .then(() => (isSent = true))
    const inputs = { mode: 'all', 'work-dir': 'work' }
    await killAt(
      inputs,
      gated.storeGate.rule({ when: (asked) => isSent && isOf(ALPHA, 'HEAD', 'GET')(asked), fate: 'hold' })
    )
    expect((await gated.read('neurodesk', `${ALPHA}.simg`)).length).toBe(whole.length - 1000)
    const check = await gated.run({ mode: 'check' })
    expect([check.exitCode, listOf(check, 'missing')]).toEqual([1, [ALPHA]])
    expect((await reportOf(gated.world)).findings.map(({ id }) => id)).toEqual(['container-damaged'])
    await expectEnd(await gated.run(inputs), [ALPHA])
  })

  test('between log.txt and applist.json: the next run writes the other', async () => {
    // Whoever reads a pipe waits until somebody writes: so the second list is held open when the first is written.
    await fs.mkdir(inWorkspace('cvmfs'))
    const pipe = inWorkspace('cvmfs/applist.json')
    execFileSync('mkfifo', [pipe])
    const isWritten = async (): Promise<void> => {
      await fs.writeFile(pipe, 'before')
      while (!(await filesIn('cvmfs')).includes('log.txt')) await sleep(20)
    }
    await killAt({ mode: 'publish' }, isWritten())
    expect((await filesIn('cvmfs')).toSorted()).toEqual(['applist.json', 'log.txt'])
    await fs.rm(pipe)
    await expectEnd(await gated.run({ mode: 'publish' }), [])
  })

  describe('retain', () => {
    const KEPT = ['README.md', ...all, 'cited_1_20200101.simg', 'young_1_20200101.simg'].sort()
    const inputs = {
      mode: 'retain',
      delete: 'true',
      'base-catalogue': 'before.txt',
      keep: 'keep.txt',
      'max-parallel': '1'
    }
    /** Of what is kept, without comparing megabytes byte by byte. */
    const contents = async (): Promise<readonly string[]> =>
      await Promise.all(KEPT.map(async (key) => sha256(await gated.read('neurodesk', key))))

    beforeAll(async () => {
      await gated.write('neurodesk/README.md', 'x', OLD)
      await gated.write('neurodesk/cited_1_20200101.simg', 'cited', OLD)
      await gated.write('neurodesk/young_1_20200101.simg', 'young')
      const log = [BIG, ALPHA].map((name) => `${name} categories:test,\n`).join('')
      await fs.writeFile(inWorkspace('before.txt'), log)
      await fs.writeFile(inWorkspace('keep.txt'), 'cited_1_20200101\n')
    })

    /** Swift remembers what was deleted when: nobody can write older objects of the same names again. */
    const madeOld = async (date: string) => {
      const gone = ['gone_1', 'gone_2', 'gone_3'].map((name) => `${name}_${date}.simg`)
      const large = `gone-large_1_${date}.simg`
      const set = `${large}/2026-01-02-000000-AAAAAAAAAAAAAAAAAAAAAA`
      const segments = [`${set}/00000000`, `${set}/00000001`]
      for (const key of gone) await gated.write(`neurodesk/${key}`, 'gone', OLD)
      for (const key of segments) await gated.write(`neurodesk_segments/${key}`, 'part', OLD)
      const manifest = { ...OLD, 'x-object-manifest': `neurodesk_segments/${set}/` }
      await gated.write(`neurodesk/${large}`, '', manifest)
      return { gone, large, segments }
    }

    test.each<[string, string, (asked: Asked, gone: readonly string[]) => boolean, 'all' | 'some' | 'parts']>(
      [
        [
          'while it lists',
          '20200101',
          ({ method, path: target }) => method === 'GET' && target.includes('/neurodesk?'),
          'all'
        ],
        ['between two deletions', '20200102', (one, gone) => isOf(gone[1] ?? '', 'DELETE')(one), 'some'],
        [
          'between a large object and its segments',
          '20200103',
          // rclone deletes them all by one request.
          ({ path: target }) => target.includes('bulk-delete'),
          'parts'
        ]
      ]
    )('%s: nothing else goes, and the next plan has what is left', async (_title, date, when, left) => {
      const { gone, large, segments } = await madeOld(date)
      const before = await contents()
      const inStore = async (): Promise<readonly string[]> => [
        ...(await gated.list('neurodesk')).filter((key) => !KEPT.includes(key)),
        ...(await gated.list('neurodesk_segments')).filter((key) => key.startsWith(large))
      ]
      await killAt(inputs, gated.storeGate.rule({ when: (one) => when(one, gone), fate: 'hold' }))
      const stays = {
        all: [large, ...gone, ...segments],
        some: gone.slice(1),
        parts: [...gone, ...segments]
      }[left]
      expect([await inStore(), await contents()]).toEqual([stays, before])

      const run = await gated.run(inputs)
      const { details } = await reportOf(gated.world)
      const deletions = details['deletions'] as { key: string }[]
      // The segments of a large object go with it, and are planned for themselves without it.
      const planned = stays.filter((key) => !stays.includes(large) || !segments.includes(key))
      expect([run.exitCode, deletions.map(({ key }) => key).sort()]).toEqual([0, planned.toSorted()])
      expect(details['deleted']).toHaveLength(planned.length)
      expect([await inStore(), await contents()]).toEqual([[], before])
    })
  })
})
