/** The built bundle with a real registry, real Apptainer and rclone's local backend. */
import {
  appendFile,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile
} from 'node:fs/promises'
import * as fs from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import { createHttp } from '../../../lib/http/index.ts'
import { createRegistry, given } from '../../../lib/registry/index.ts'
import { digestsOfFile, inspectFile } from '../../../lib/sif/index.ts'
import { localStore, startRegistry, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { realClock, silentLog } from '../../../testbed/ports.ts'
import {
  attributesIn,
  CAPABILITY,
  contentIn,
  createWorld,
  DATE,
  layer,
  listOf,
  NAMES,
  pushImage,
  reportOf,
  THREE,
  treeOf,
  type World
} from './world.ts'

// Each test runs the bundle several times, on machines that do other things as well.
jest.setTimeout(120_000)

const CACHE = 'temporary-builds-new'

describeWithServices(
  ['registry', 'apptainer', 'rclone', 'squashfs', 'fixtures'],
  'two stores in folders',
  () => {
    let world: World
    let one: StoreService
    let two: StoreService
    let stores: string
    const objects = async (store: StoreService): Promise<readonly string[]> =>
      (await readdir(store.folder)).filter((name) => name !== CACHE).sort()
    const all = NAMES.map((name) => `${name}.simg`)

    beforeAll(async () => {
      world = await createWorld()
      one = await localStore()
      two = await localStore()
      stores = `${one.remote} name=one required public-url=${one.publicUrl}\n${two.remote} name=two required public-url=${two.publicUrl}`
    }, 60_000)

    afterAll(async () => {
      await two[Symbol.asyncDispose]()
      await one[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    })

    test('check: nothing is there', async () => {
      const run = await world.run({ stores })
      expect(run.exitCode).toBe(1)
      expect(listOf(run, 'missing')).toEqual(NAMES)
      const text = (await readFile(path.join(world.workspace, 'apps.json'), 'utf8')).split('\n')
      const lines = Object.keys(THREE).map((app) => text.findIndex((line) => line.includes(`"${app}"`)) + 1)
      const missing = run.annotations.filter(({ properties }) => properties['title'] === 'container-missing')
      expect(
        missing.map(({ properties }) => `${properties['file'] ?? ''}:${properties['line'] ?? ''}`)
      ).toEqual(lines.map((line) => `apps.json:${line}`))
      expect(run.outputs['has-work']).toBe('false')
    })

    test('plan: what would be done, in jobs that `only` takes; the job does not fail', async () => {
      const run = await world.run({ stores, mode: 'plan', shards: '2' })
      expect(run.exitCode).toBe(0)
      expect(run.outputs).toMatchObject({ ok: 'true', 'has-work': 'true' })
      const { include } = JSON.parse(run.outputs['matrix'] ?? '') as {
        include: { names: string[]; arch: string; runner: string }[]
      }
      expect(include.flatMap(({ names }) => names).sort()).toEqual(NAMES)
      expect(include).toHaveLength(2)
      expect(include.every(({ arch, runner }) => arch === 'amd64' && runner === 'standard')).toBe(true)
      expect(await objects(one)).toEqual([])
    })

    test('convert with dry-run changes nothing', async () => {
      const run = await world.run({ stores, mode: 'all', 'dry-run': 'true' })
      expect([run.outputs['has-work'], listOf(run, 'converted'), await objects(one)]).toEqual([
        'true',
        [],
        []
      ])
      await expect(readFile(path.join(world.workspace, 'cvmfs/log.txt'))).rejects.toThrow('ENOENT')
    })

    test('one job of the matrix converts its own containers only', async () => {
      const run = await world.run({
        stores,
        mode: 'convert',
        only: JSON.stringify({ shard: '1/3', names: [NAMES[0]] })
      })
      expect([run.exitCode, listOf(run, 'converted'), run.outputs['ok']]).toEqual([0, [NAMES[0]], 'true'])
      expect(await objects(one)).toEqual([all[0]])
      expect(await objects(two)).toEqual([all[0]])
      const object = path.join(one.folder, all[0] ?? '')
      const sif = await inspectFile(fs, object, {
        architecture: 'amd64',
        digest: world.digests['alpha_1'] ?? ''
      })
      expect(sif.definition).toContain(world.digests['alpha_1'])
      expect(sif.squashfs.compression).toBe('gzip')
      expect(await digestsOfFile(fs, object)).toEqual(
        await digestsOfFile(fs, path.join(two.folder, all[0] ?? ''))
      )
    }, 60_000)

    test('all: the rest is converted, and the lists are written', async () => {
      const run = await world.run({ stores, mode: 'all' })
      expect([run.exitCode, listOf(run, 'converted'), run.outputs['log-changed']]).toEqual([
        0,
        NAMES.slice(1),
        'true'
      ])
      expect(await objects(two)).toEqual(all)
      expect(await readFile(path.join(world.workspace, 'cvmfs/log.txt'), 'utf8')).toBe(
        NAMES.map((name) => `${name} categories:test,\n`).join('')
      )
      expect(
        JSON.parse(await readFile(path.join(world.workspace, 'cvmfs/applist.json'), 'utf8'))
      ).toMatchObject({
        list: NAMES.map((application) => ({ application, categories: ['test'] }))
      })
      const { figures, details } = await reportOf(world)
      expect(figures).toMatchObject({ 'converted-count': 2, 'missing-count': 0 })
      expect(details['carried']).toMatchObject([
        {
          deliveries: [
            { assurance: 'md5', readable: true },
            { assurance: 'md5', readable: true }
          ]
        },
        {}
      ])
    }, 60_000)

    test('what is in the images is in the SIFs: whiteouts, hard links, set-uid, capabilities, names', async () => {
      const place = async (index: number): Promise<[string, number]> => {
        const file = path.join(one.folder, all[index] ?? '')
        return [file, (await inspectFile(fs, file)).root.offset]
      }
      const tree = async (index: number): Promise<string> => await treeOf(...(await place(index)))
      const [alpha, beta, gamma] = [await tree(0), await tree(1), await tree(2)]
      expect(alpha).toMatch(/squashfs-root\/old\/stays$/m)
      expect(alpha).not.toMatch(/old\/gone$/m)
      expect(alpha).toMatch(/squashfs-root\/opaque\/above$/m)
      expect(alpha).not.toMatch(/opaque\/below$/m)
      expect(beta).toMatch(/^-rwsr-xr-x .*squashfs-root\/opt\/one$/m)
      expect(beta).toMatch(/^-rwsr-xr-x .*squashfs-root\/opt\/two$/m)
      expect([
        await contentIn(...(await place(1)), 'opt/one'),
        await contentIn(...(await place(1)), 'opt/two')
      ]).toEqual(['set-uid', 'set-uid'])
      // No other file of it has any.
      expect(await attributesIn(...(await place(1)))).toEqual([`security.capability=${CAPABILITY}`])
      expect(await contentIn(...(await place(1)), 'opt/ping')).toBe('ping')
      expect(gamma).toContain('squashfs-root/data/link -> /data/größe 脳.nii')
    })

    test('a second run finds nothing to do, and asks no registry', async () => {
      const asked = (await world.requests()).length
      const run = await world.run({ stores, mode: 'all' })
      expect([run.exitCode, listOf(run, 'converted'), run.outputs['log-changed']]).toEqual([0, [], 'false'])
      expect((await world.requests()).length).toBe(asked)
    })

    test('lists that cannot be written do not hide what was converted', async () => {
      const file = path.join(world.workspace, 'cvmfs/log.txt')
      const before = await readFile(file, 'utf8')
      const torn = `<<<<<<< HEAD\n${before}`
      await writeFile(file, torn)
      await rm(path.join(one.folder, all[0] ?? ''))
      const run = await world.run({ stores, mode: 'all' })
      expect([run.exitCode, listOf(run, 'converted'), run.outputs['log-changed']]).toEqual([
        1,
        [NAMES[0]],
        'false'
      ])
      expect((await reportOf(world)).findings.map(({ id }) => id)).toEqual(['publish-log-unreadable'])
      expect(run.summary).toContain('### Done')
      expect(await readFile(file, 'utf8')).toBe(torn)
      await writeFile(file, before)
    })

    test('every object is read by GET: HEAD proves nothing', async () => {
      const before = one.requests.length
      await world.run({ stores })
      const own = one.requests.slice(before)
      expect(own.map(({ method, range, status }) => `${method} ${range ?? ''} ${status}`)).toEqual(
        NAMES.map(() => 'GET bytes=0-127 206')
      )
    })

    test('a store that answers 503 is unknown: the check is no verdict, and publish writes nothing', async () => {
      one.faults.set(all[1] ?? '', 503)
      const log = path.join(world.workspace, 'cvmfs/log.txt')
      const before = await readFile(log, 'utf8')
      try {
        const run = await world.run({ stores, mode: 'publish' })
        expect([run.exitCode, listOf(run, 'unknown'), listOf(run, 'missing')]).toEqual([1, [NAMES[1]], []])
        expect([run.outputs['ok'], run.outputs['verdict']]).toEqual(['false', 'unknown'])
        expect(await readFile(log, 'utf8')).toBe(before)
        const { findings } = await reportOf(world)
        expect(findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
          'container-unknown unknown',
          'publish-unknown unknown'
        ])
      } finally {
        one.faults.clear()
      }
    }, 60_000)

    test('private segments: HEAD would say 200, the GET says 401', async () => {
      two.faults.set(all[2] ?? '', 401)
      const run = await world.run({ stores })
      two.faults.clear()
      expect([run.exitCode, listOf(run, 'missing')]).toEqual([1, [NAMES[2]]])
      expect((await reportOf(world)).findings[0]).toMatchObject({
        id: 'container-unreadable',
        subject: NAMES[2]
      })
    })

    test('an object that was cut off is found by 128 bytes, and replaced from the other store', async () => {
      await truncate(path.join(two.folder, all[0] ?? ''), 500_000)
      const check = await world.run({ stores })
      expect(listOf(check, 'missing')).toEqual([NAMES[0]])
      expect((await reportOf(world)).findings[0]).toMatchObject({ id: 'container-damaged' })
      const run = await world.run({ stores, mode: 'convert' })
      expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [NAMES[0]]])
      expect((await reportOf(world)).details['carried']).toMatchObject([
        { from: 'copied', deliveries: [{ store: 'two' }] }
      ])
    })

    const fromAndIds = async (): Promise<unknown> => {
      const { details, findings } = await reportOf(world)
      const carried = details['carried'] as { from: string }[]
      return [carried.map(({ from }) => from), findings.map(({ id }) => id)]
    }

    test('an old builder told no processor: the check calls it present, and it is copied', async () => {
      const [own, other] = [path.join(one.folder, all[0] ?? ''), path.join(two.folder, all[0] ?? '')]
      const bytes = await readFile(own)
      await rm(other)
      const old = Buffer.from(bytes)
      // In the header, and in the descriptor of the partition: squashfs, primary, code 02.
      const partition = old.indexOf(Buffer.from([1, 0, 0, 0, 2, 0, 0, 0, 0x30, 0x32]))
      for (const at of [45, partition + 8]) old.write('00', at, 'latin1')
      await writeFile(own, old)
      expect((await inspectFile(fs, own)).architecture).toBe('unknown')
      const run = await world.run({ stores, mode: 'convert' })
      expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [NAMES[0]]])
      expect(await fromAndIds()).toEqual([['copied'], []])
      for (const file of [own, other]) await writeFile(file, bytes)
    }, 60_000)

    /** Damage in the tables of the squashfs, far behind the header that the check has read. */
    const damage = async (file: string): Promise<void> => {
      const sif = await inspectFile(fs, file)
      const broken = await readFile(file)
      const at = sif.root.offset + sif.squashfs.inodeTable
      broken.fill(0xff, at + 2, at + 60)
      await writeFile(file, broken)
    }
    test('a damaged source is not passed on: the container is made anew, for its store as well', async () => {
      const [bad, other] = [path.join(one.folder, all[0] ?? ''), path.join(two.folder, all[0] ?? '')]
      await rm(other)
      await damage(bad)
      const run = await world.run({ stores, mode: 'convert' })
      expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [NAMES[0]]])
      expect(await fromAndIds()).toEqual([['converted'], ['source-damaged']])
      expect((await reportOf(world)).findings[0]?.message).toMatch(
        /^alpha_1_20250101\.simg in one: .*inode table cannot be unpacked/
      )
      await inspectFile(fs, bad)
      expect(await digestsOfFile(fs, bad)).toEqual(await digestsOfFile(fs, other))
    }, 60_000)

    test('a damaged build in the cache keeps nobody from a whole one, with and without an address', async () => {
      await mkdir(path.join(one.folder, CACHE))
      const cached = path.join(one.folder, CACHE, all[0] ?? '')
      const only = `${one.remote} name=one required`
      for (const line of [`${only} public-url=${one.publicUrl}`, only]) {
        await copyFile(path.join(one.folder, all[0] ?? ''), cached)
        await damage(cached)
        await rm(path.join(one.folder, all[0] ?? ''))
        const run = await world.run({ stores: line, mode: 'convert' })
        expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [NAMES[0]]])
        const closed = line === only ? ['store-not-public'] : []
        expect(await fromAndIds()).toEqual([['converted'], [...closed, 'source-damaged']])
        await inspectFile(fs, path.join(one.folder, all[0] ?? ''))
      }
      // A build of its own: the two stores are made one again.
      await rm(path.join(one.folder, CACHE), { recursive: true })
      await copyFile(path.join(one.folder, all[0] ?? ''), path.join(two.folder, all[0] ?? ''))
    }, 90_000)

    test('a store that may have it gives no answer: it is not made a second time', async () => {
      const name = all[1] ?? ''
      const kept = path.join(world.workspace, 'kept.simg')
      await copyFile(path.join(two.folder, name), kept)
      await rm(path.join(two.folder, name))
      one.faults.set(name, 503)
      try {
        const run = await world.run({ stores, mode: 'convert' })
        expect([run.exitCode, listOf(run, 'converted')]).toEqual([1, []])
        expect((await reportOf(world)).findings.map(({ id }) => id)).toContain('convert-held')
        expect(await objects(two)).not.toContain(name)
      } finally {
        one.faults.clear()
        await copyFile(kept, path.join(two.folder, name))
      }
    }, 60_000)

    test('what only an optional store refuses takes no room afterwards; what a required one refuses waits', async () => {
      const name = all[0] ?? ''
      await rm(path.join(two.folder, name))
      const optional = `${stores}\n:local:/proc/sys/kernel name=optional`
      const work = path.join(world.workspace, 'kept')
      const run = await world.run({
        stores: optional,
        mode: 'convert',
        only: NAMES[0] ?? '',
        'work-dir': 'kept'
      })
      expect([run.exitCode, await readdir(work)]).toEqual([0, []])
      const needed = ':local:/proc/sys/kernel name=optional required'
      const failed = await world.run({
        stores: needed,
        mode: 'convert',
        only: NAMES[0] ?? '',
        'work-dir': 'kept'
      })
      expect([failed.exitCode, await readdir(work)]).toEqual([1, [name]])
      await rm(work, { recursive: true })
    }, 60_000)

    test('the local cache is used when it is whole, and left as it was', async () => {
      const cache = path.join(world.workspace, 'cache')
      await mkdir(cache)
      await copyFile(path.join(one.folder, all[0] ?? ''), path.join(cache, all[0] ?? ''))
      await rm(path.join(one.folder, all[0] ?? ''))
      await rm(path.join(one.folder, all[1] ?? ''))
      await rm(path.join(two.folder, all[1] ?? ''))
      await writeFile(path.join(cache, all[1] ?? ''), 'no SIF')
      const run = await world.run({ stores, mode: 'convert', 'local-cache': 'cache' })
      expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, NAMES.slice(0, 2)])
      const { details } = await reportOf(world)
      expect(details['carried']).toMatchObject([{ from: 'local' }, { from: 'converted' }])
      expect((await readdir(cache)).sort()).toEqual(all.slice(0, 2))
      await symlink('cache', path.join(world.workspace, 'link'))
      const linked = await world.run({ stores, mode: 'convert', 'local-cache': 'cache', 'work-dir': 'link' })
      expect([linked.exitCode, linked.annotations[0]?.message]).toEqual([
        1,
        expect.stringContaining('another folder than `local-cache`')
      ])
      expect((await readdir(cache)).sort()).toEqual(all.slice(0, 2))
      expect(run.annotations[0]?.message).toContain('is not used: ')
    }, 60_000)

    test('what waits in the cache prefix is moved to its final name', async () => {
      await mkdir(path.join(one.folder, CACHE))
      await copyFile(path.join(one.folder, all[2] ?? ''), path.join(one.folder, CACHE, all[2] ?? ''))
      for (const store of [one, two]) await rm(path.join(store.folder, all[2] ?? ''))
      const check = await world.run({ stores })
      expect((await reportOf(world)).findings[0]).toMatchObject({ id: 'container-pending' })
      expect(check.exitCode).toBe(1)
      const run = await world.run({ stores, mode: 'convert' })
      expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [NAMES[2]]])
      expect((await reportOf(world)).details['carried']).toMatchObject([{ from: 'copied' }])
      expect([await objects(one), await objects(two)]).toEqual([all, all])
    })

    test('one hostile entry and one without an image do not stop the others', async () => {
      await world.writeCatalogue({
        ...THREE,
        '$(touch pwned) 1': DATE,
        '../../up 1': DATE,
        'nothing 1': DATE
      })
      await rm(path.join(one.folder, all[0] ?? ''))
      const run = await world.run({ stores, mode: 'all' })
      await world.writeCatalogue(THREE)
      expect([run.exitCode, listOf(run, 'converted'), listOf(run, 'missing')]).toEqual([
        1,
        [NAMES[0]],
        [`nothing_1_${DATE}`]
      ])
      const { findings } = await reportOf(world)
      expect(findings.map(({ id }) => id).sort()).toEqual([
        'catalogue-name-unsafe',
        'catalogue-name-unsafe',
        'container-missing',
        'image-missing'
      ])
      expect(await readdir(world.workspace)).not.toContain('pwned')
      expect(await readFile(path.join(world.workspace, 'cvmfs/log.txt'), 'utf8')).toContain(NAMES[0])
    }, 60_000)

    test('a catalogue that is no JSON changes nothing, and says where', async () => {
      await appendFile(path.join(world.workspace, 'apps.json'), ',')
      await rm(path.join(one.folder, all[0] ?? ''))
      const run = await world.run({ stores, mode: 'all' })
      await world.writeCatalogue(THREE)
      expect(run.exitCode).toBe(1)
      expect(run.annotations[0]?.message).toMatch(/apps\.json:\d+:\d+: not JSON/)
      expect(await objects(one)).toHaveLength(2)
      await world.run({ stores, mode: 'convert' })
    })

    test('an image that is taken out of the registry while the plan stands fails alone', async () => {
      const run = await world.run({ stores, mode: 'convert', registries: '127.0.0.1:9/vnmd' })
      expect([run.exitCode, run.outputs['ok']]).toEqual([0, 'true'])
      await rm(path.join(one.folder, all[0] ?? ''))
      await rm(path.join(two.folder, all[0] ?? ''))
      const gone = await world.run({ stores, mode: 'convert', registries: '127.0.0.1:9/vnmd' })
      expect(gone.exitCode).toBe(1)
      expect((await reportOf(world)).findings.map(({ id }) => id)).toEqual([
        'container-missing',
        'image-unknown'
      ])
      const back = await world.run({
        stores,
        mode: 'convert',
        registries: `127.0.0.1:9/vnmd\n${world.registryHost}/vnmd`,
        compression: 'zstd',
        'compression-level': '3'
      })
      expect([back.exitCode, listOf(back, 'converted')]).toEqual([0, [NAMES[0]]])
      expect((await inspectFile(fs, path.join(one.folder, all[0] ?? ''))).squashfs.compression).toBe('zstd')
    }, 60_000)

    test('a closed registry: the login comes from two variables, and is shown nowhere', async () => {
      const password = 'pa55-w0rd-of-the-test'
      const closed = await startRegistry({ auth: { username: 'someone', password } })
      const http = createHttp({ userAgent: 'test' })
      const credentials = given({ [closed.host]: { username: 'someone', password } })
      const registry = createRegistry({ http, clock: realClock, log: silentLog, credentials })
      await pushImage(registry, closed.host, 'private/closed_1', DATE, [
        await layer([{ name: 'file', content: 'x' }])
      ])
      http.close()
      await world.writeCatalogue({ 'closed 1': DATE })
      const inputs = {
        stores,
        mode: 'convert',
        registries: `docker.io/\n${closed.host}/private username-env=REG_USER password-env=REG_PASSWORD`
      }
      const refused = await world.run(inputs, { env: { REG_USER: '', REG_PASSWORD: '' } })
      expect([refused.exitCode, (await reportOf(world)).findings.map(({ id }) => id)]).toEqual([
        1,
        ['container-missing', 'image-unknown']
      ])
      const run = await world.run(inputs, { env: { REG_USER: 'someone', REG_PASSWORD: password } })
      expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, [`closed_1_${DATE}`]])
      expect([run.raw, run.summary, JSON.stringify(run.state)].join()).not.toContain(password)
      await closed[Symbol.asyncDispose]()
      for (const store of [one, two]) await rm(path.join(store.folder, `closed_1_${DATE}.simg`))
      await world.writeCatalogue(THREE)
    }, 60_000)

    test('a log.txt will do for a check', async () => {
      const run = await world.run({ stores, catalogue: 'cvmfs/log.txt' })
      expect([run.exitCode, run.outputs['ok']]).toEqual([0, 'true'])
      const publish = await world.run({ stores, catalogue: 'cvmfs/log.txt', mode: 'publish' })
      expect(publish.annotations[0]?.message).toContain('apps.json with mode publish')
    })

    test('not enough disk: it says what it needs and what there is, and leaves nothing behind', async () => {
      await rm(path.join(one.folder, all[0] ?? ''))
      await rm(path.join(two.folder, all[0] ?? ''))
      const run = await world.run({ stores, mode: 'convert', 'min-free': '900TB', 'work-dir': 'work' })
      expect([run.exitCode, listOf(run, 'failed')]).toEqual([1, [NAMES[0]]])
      expect((await reportOf(world)).findings.find(({ id }) => id === 'convert-failed')?.message).toMatch(
        /needs .* and 900 TB to be left free, .*work has /
      )
      expect(await readdir(path.join(world.workspace, 'work'))).toEqual([])
      await world.run({ stores, mode: 'convert' })
    }, 60_000)

    test('retain: plans, keeps what is wanted, deletes when told, and only what it said', async () => {
      const old = new Date(Date.now() - 90 * 86_400_000)
      const put = async (name: string, time: Date): Promise<void> => {
        const file = path.join(one.folder, name)
        await writeFile(file, 'x')
        await utimes(file, time, time)
      }
      await put('gone_1_20200101.simg', old)
      await put('cited_1_20200101.simg', old)
      await put('young_1_20200101.simg', new Date())
      await put('README.md', old)
      for (const name of all) await utimes(path.join(one.folder, name), old, old)
      await writeFile(path.join(world.workspace, 'keep.txt'), '# cited by a paper\ncited_1_20200101\n')
      const inputs = {
        stores,
        mode: 'retain',
        keep: 'keep.txt\ncvmfs/log.txt',
        'base-catalogue': 'cvmfs/log.txt'
      }

      const plan = await world.run(inputs)
      expect([plan.exitCode, plan.outputs['has-work']]).toEqual([0, 'true'])
      expect((await reportOf(world)).details['deletions']).toMatchObject([
        { store: 'one', key: 'gone_1_20200101.simg' }
      ])
      expect(await objects(one)).toContain('gone_1_20200101.simg')

      const strict = await world.run({ ...inputs, delete: 'true', 'max-delete': '0' })
      expect(strict.exitCode).toBe(1)
      expect(strict.annotations[0]?.message).toContain(`confirm-plan: ${plan.outputs['plan-hash'] ?? '?'}`)
      expect(await objects(one)).toContain('gone_1_20200101.simg')

      await writeFile(path.join(world.workspace, 'empty.json'), '{}')
      const empty = await world.run({ ...inputs, catalogue: 'empty.json', delete: 'true' })
      expect([empty.exitCode, (await reportOf(world)).findings[0]?.id]).toEqual([1, 'retain-catalogue-empty'])

      await writeFile(path.join(world.workspace, 'broken.json'), '{"a": {')
      for (const base of ['empty.json', 'broken.json', '']) {
        const blind = await world.run({ ...inputs, delete: 'true', 'base-catalogue': base })
        expect([blind.exitCode, blind.annotations[0]?.message]).toEqual([
          1,
          expect.stringContaining('base-catalogue')
        ])
      }

      const lost = await world.run({ ...inputs, keep: 'nowhere.txt', delete: 'true' })
      expect(lost.exitCode).toBe(1)
      expect(await objects(one)).toContain('gone_1_20200101.simg')

      const done = await world.run({
        ...inputs,
        delete: 'true',
        'max-delete': '0',
        'confirm-plan': plan.outputs['plan-hash'] ?? ''
      })
      expect(done.exitCode).toBe(0)
      expect(await objects(one)).toEqual(
        ['README.md', ...all, 'cited_1_20200101.simg', 'young_1_20200101.simg'].sort()
      )
    }, 120_000)
  }
)
