/**
 * `kill -9` while it looks, converts, uploads and looks again: nothing half is ever seen under a final name, nothing is left behind,
 * and the next run comes to the end.
 */
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { inspectFile } from '../../../lib/sif/index.ts'
import { localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { createWorld, DATE, layer, listOf, NAMES, pushImage, reportOf, THREE, type World } from './world.ts'

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures'], 'kill -9', () => {
  let world: World
  let store: StoreService
  let stores: string
  const names = [`large_1_${DATE}`, ...NAMES]

  beforeAll(async () => {
    world = await createWorld()
    const tar = await layer([{ name: 'noise', content: randomBytes(30_000_000) }])
    await pushImage(world.registry, world.registryHost, 'vnmd/large_1', DATE, [tar])
    await world.writeCatalogue({ 'large 1': DATE, ...THREE })
  }, 60_000)

  afterAll(async () => {
    await world[Symbol.asyncDispose]()
  })

  const wholes = async (): Promise<readonly string[]> => {
    const files = (await fs.readdir(store.folder)).filter((name) => name.endsWith('.simg'))
    for (const name of files) await inspectFile(fs, path.join(store.folder, name))
    return files.sort()
  }
  /** Processes that have to do with this test's store, registry or workspace. */
  const processes = async (): Promise<readonly string[]> => {
    const pids = (await fs.readdir('/proc')).filter(
      (name) => /^\d+$/.test(name) && Number(name) !== process.pid
    )
    const lines = await Promise.all(
      pids.map(async (pid) => await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
    )
    return lines.filter(
      (line) =>
        /rclone|apptainer|mksquashfs/.test(line) &&
        [store.folder, world.workspace].some((folder) => line.includes(folder))
    )
  }

  test.each<[string, RegExp | 'part', Readonly<Record<string, string>>]>([
    ['while it looks into the stores', /Stores: one/, {}],
    ['while it converts', /large_1_\d+: converting/, {}],
    ['while it uploads', 'part', { RCLONE_BWLIMIT: '4M' }],
    ['after the first container', /: converted, one/, {}],
    ['when it looks again', /Stores again/, {}]
  ])(
    '%s',
    async (_phase, when, env) => {
      store = await localStore()
      stores = `${store.remote} name=one public-url=${store.publicUrl}`
      const inputs = { stores, mode: 'all', 'work-dir': 'work' }
      await fs.rm(path.join(world.workspace, 'work'), { recursive: true, force: true })
      let kill: () => void = () => undefined
      let over = false
      const watch = async (): Promise<void> => {
        while (!over) {
          if ((await fs.readdir(store.folder)).some((name) => name.includes('.part-'))) return kill()
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
      }
      const killed = world.run(inputs, {
        env,
        onStart: (child) => {
          kill = () => void child.kill('SIGKILL')
        },
        onLine: (line) => {
          if (when !== 'part' && when.test(line)) kill()
        }
      })
      const watching = when === 'part' ? watch() : Promise.resolve()
      const first = await killed
      over = true
      await watching
      expect(first.signal).toBe('SIGKILL')
      expect(first.post?.exitCode).toBe(0)
      expect(await processes()).toEqual([])
      const before = await wholes()
      // Nothing but whole files under final names: what was under way has gone with the run.
      expect((await fs.readdir(store.folder)).sort()).toEqual(before)
      expect(
        await fs.readdir(path.join(world.workspace, 'work')).then(
          (all) => all.filter((name) => name.startsWith('.')),
          () => []
        )
      ).toEqual([])

      // What was written within the hour may be another run's.
      const old = new Date(Date.now() - 2 * 3_600_000)
      for (const name of await fs.readdir(store.folder)) {
        if (name.includes('.part-')) await fs.utimes(path.join(store.folder, name), old, old)
      }
      const second = await world.run(inputs)
      expect([second.exitCode, second.outputs['ok']]).toEqual([0, 'true'])
      expect(listOf(second, 'converted')).toEqual(names.filter((name) => !before.includes(`${name}.simg`)))
      expect(await wholes()).toEqual(names.map((name) => `${name}.simg`).sort())
      expect((await fs.readdir(store.folder)).length).toBe(names.length)
      expect(await fs.readdir(path.join(world.workspace, 'work'))).toEqual([])
      await store[Symbol.asyncDispose]()
    },
    180_000
  )

  test('while it uploads, the state has no more than names, and the log no alarm', async () => {
    store = await localStore()
    stores = `${store.remote} name=one public-url=${store.publicUrl}`
    const secret = 'hunter2-of-another-remote'
    let seen: readonly string[] = []
    const run = await world.run(
      { stores, mode: 'convert' },
      {
        env: { RCLONE_BWLIMIT: '2M', RCLONE_CONFIG_NECTAR_KEY: secret },
        onStart: (child) => {
          const timer = setInterval(() => {
            void fs.readdir(store.folder).then((names) => {
              seen = names.filter((name) => !name.endsWith('.simg'))
              if (seen.length === 0) return
              clearInterval(timer)
              child.kill('SIGKILL')
            })
          }, 10)
          child.on('exit', () => clearInterval(timer))
        }
      }
    )
    expect(seen.every((name) => /\.simg\.part-\d+-[0-9a-f]{8}$/.test(name))).toBe(true)
    expect(seen.length).toBeGreaterThan(0)
    expect(run.signal).toBe('SIGKILL')
    expect(await processes()).toEqual([])
    expect((await fs.readdir(store.folder)).sort()).toEqual(await wholes())
    expect(run.state['resources']).toContain(`${store.remote}/${seen[0] ?? ''}`)
    expect(JSON.stringify(run)).not.toContain(secret)
    expect(run.annotations.filter(({ message }) => message.includes('still there'))).toEqual([])
    expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
    await store[Symbol.asyncDispose]()
  }, 60_000)

  test('a finished SIF of a killed run is uploaded, not made again', async () => {
    store = await localStore()
    stores = `${store.remote} name=one public-url=${store.publicUrl}`
    const inputs = { stores, mode: 'convert', 'work-dir': 'work', only: 'large' }
    let seen = false
    const first = await world.run(inputs, {
      env: { RCLONE_BWLIMIT: '2M' },
      onStart: (child) => {
        const timer = setInterval(() => {
          fs.access(path.join(world.workspace, 'work', `large_1_${DATE}.simg`)).then(
            () => {
              seen = true
              child.kill('SIGKILL')
              clearInterval(timer)
            },
            () => undefined
          )
        }, 20)
        child.on('exit', () => clearInterval(timer))
      }
    })
    expect([seen, first.signal]).toEqual([true, 'SIGKILL'])
    const second = await world.run(inputs)
    expect([second.exitCode, (await reportOf(world)).details['carried']]).toMatchObject([
      0,
      [{ from: 'local' }]
    ])
    await store[Symbol.asyncDispose]()
  }, 120_000)
})
