/** How one container is carried, with stores and converters of the test's own; the files and the SIFs are real. */
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import pLimit from 'p-limit'

import type { Ports } from '../../../lib/ports/index.ts'
import type { RemoteImage } from '../../../lib/registry/index.ts'
import type { Rclone, Store } from '../../../lib/store/index.ts'
import { silentLog, stillClock } from '../../../testbed/ports.ts'
import { carry } from '../src/carry.ts'
import type { Conversion } from '../src/convert.ts'
import { createDisk, NO_ROOM, type Disk } from '../src/disk.ts'
import type { Image } from '../src/images.ts'
import type { CarryContext } from '../src/obtain.ts'
import { diskFor, type Job } from '../src/plan.ts'
import { hash, memory, publicStore } from './memory.ts'
import { container, smallSif, store } from './samples.ts'

const DIGEST = `sha256:${'1'.repeat(64)}`
const image = (compressedBytes: number): Image => ({
  reference: `docker.io/vnmd/x@${DIGEST}`,
  digest: DIGEST,
  layerCount: 1,
  compressedBytes,
  insecure: false,
  remote: {} as RemoteImage
})
/** A build of it. */
const built = (mark = ''): Buffer => smallSif(mark, `from: docker.io/vnmd/x@${DIGEST}\n`)

const KEY = 'x_1_20250101.simg'
const IN_CACHE = `cache/${KEY}`

const job = (more: Partial<Job> = {}): Job => ({
  container: container('x 1'),
  inside: [],
  upload: [],
  source: undefined,
  mayConvert: true,
  bytes: 0,
  diskBytes: 0,
  pulls: 0,
  ...more
})

let work: string
beforeEach(async () => {
  work = await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-carry-'))
  await fs.mkdir(path.join(work, 'scratch'))
})
afterEach(async () => await fs.rm(work, { recursive: true, force: true }))

const noDisk: Disk = { take: async () => await Promise.resolve(NO_ROOM) }

function contextOf(more: Partial<CarryContext> = {}): CarryContext {
  return {
    ports: { fs, clock: stillClock, log: silentLog, http: {} as Ports['http'] },
    signal: new AbortController().signal,
    rclone: {} as Rclone,
    disk: noDisk,
    turn: async (build) => await build(),
    convert: async ({ output }) => await fs.writeFile(output, built()),
    converter: 'stream',
    findImage: async () => await Promise.resolve({ kind: 'image', image: image(10) }),
    kept: undefined,
    workFolder: work,
    scratch: path.join(work, 'scratch'),
    cachePrefix: 'cache',
    timeoutMs: 100,
    ...more
  }
}

/** With these stores behind it. */
function contextWith(
  { rclone, http }: ReturnType<typeof memory>,
  more: Partial<CarryContext> = {}
): CarryContext {
  const context = contextOf({ rclone, ...more })
  return { ...context, ports: { ...context.ports, http } }
}

describe('room on the disk and a turn to build', () => {
  test.each([
    [true, [smallSif().length]],
    [false, [0]]
  ])(
    'a SIF that its store refuses (required: %s) stays, and its room with it',
    async (required, expected) => {
      const given: unknown[] = []
      const room = { ...NO_ROOM, giveBack: (stays?: number) => void given.push(stays) }
      const stores = memory({}, { put: async () => await Promise.reject(new Error('403 Forbidden')) })
      const kept: string[] = []
      const { failures } = await carry(
        job({ upload: [store('one', { required })], source: { kind: 'convert', image: image(10) } }),
        contextOf({
          rclone: stores.rclone,
          disk: { take: async () => await Promise.resolve(room) },
          kept: { add: (file) => void kept.push(file), evict: async () => await Promise.resolve(false) }
        })
      )
      expect(failures).toHaveLength(1)
      expect(given).toEqual(expected)
      expect(kept).toEqual(required ? [path.join(work, KEY)] : [])
      expect(await fs.readdir(work)).toEqual(required ? ['scratch', KEY] : ['scratch'])
    }
  )

  test('who waits for a turn holds no room that one who builds may wait for', async () => {
    // Two turns, 14 GB, and images that the stream refuses: each needs 12 GB then.
    const disk = createDisk(
      { statfs: async () => await Promise.resolve({ bavail: 14e9, bsize: 1 }) } as unknown as Ports['fs'],
      work,
      0
    )
    const turn = pLimit(2)
    const ended: string[] = []
    const convert = async (conversion: Conversion): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      await conversion.room.exchange(diskFor(conversion.image.compressedBytes, 'apptainer'))
      ended.push(conversion.container.id)
      throw new Error('the end of this test')
    }
    const context = contextOf({ disk, convert, turn: async (build) => await turn(build) })
    const names = ['a', 'b', 'c', 'd']
    const all = Promise.all(
      names.map(async (name) => {
        const source = { kind: 'convert' as const, image: image(2.5e9) }
        return await carry(
          job({ container: container(`${name} 1`), upload: [store('one')], source }),
          context
        )
      })
    )
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 1000))])
    expect(ended.sort()).toEqual(names.map((name) => `${name}_1_20250101`))
  })
})

describe('a copy within a store', () => {
  const sif = smallSif()
  const waiting = { bytes: sif, sha256: hash('sha256', sif) }
  const one = publicStore('one')
  const inside = (stores: readonly Store[]): Job =>
    job({
      inside: stores.map((own) => ({ store: own, bytes: sif.length })),
      others: stores.map((own) => ({ kind: 'store' as const, store: own, cached: true, bytes: sif.length }))
    })

  test.each<[string, Parameters<typeof memory>, Ports['http']['request'] | undefined]>([
    [
      'the role may not copy',
      [{}, { copy: async () => await Promise.reject(new Error('403 AccessDenied: s3:GetObjectTagging')) }],
      undefined
    ],
    [
      'the address ignores ranges',
      [],
      async (url) =>
        await Promise.resolve({
          url,
          status: 200,
          headers: {},
          latencyMs: 1,
          remoteAddress: undefined,
          body: sif
        })
    ]
  ])('%s: it travels', async (_title, faults, request) => {
    const stores = memory(...faults)
    stores.of('one').set(IN_CACHE, waiting)
    const http = { ...stores.http, ...(request === undefined ? {} : { request }) }
    const context = contextOf({ rclone: stores.rclone })
    const carried = await carry(inside([one]), { ...context, ports: { ...context.ports, http } })
    expect([carried.failures, carried.damaged]).toEqual([[], []])
    expect(carried.deliveries).toMatchObject([{ store: 'one', how: 'uploaded' }])
    expect(stores.of('one').get(KEY)).toEqual(waiting)
  })

  test('that was made and cannot be read is a failure: an upload would not be either', async () => {
    const stores = memory()
    stores.of('one').set(IN_CACHE, waiting)
    const stream: Ports['http']['stream'] = async (url, options) => {
      const answer = await stores.http.stream(url, options)
      return url.includes('cache/') ? answer : { ...answer, status: 401 }
    }
    const context = contextOf({ rclone: stores.rclone })
    const http = { ...stores.http, stream }
    const carried = await carry(inside([one]), { ...context, ports: { ...context.ports, http } })
    expect(carried.failures).toMatchObject([{ message: expect.stringMatching(/says 401/) }])
    expect(carried.movedBytes).toBe(0)
  })
})

describe('runs that share a work folder', () => {
  const kept = { add: () => undefined, evict: async () => await Promise.resolve(false) }
  const mine = built('mine')
  const theirs = built('theirs')
  const finished = (): string => path.join(work, KEY)
  const local = (): Job['source'] => ({ kind: 'local', file: finished(), bytes: mine.length })
  const replace = async (bytes: Buffer): Promise<void> => {
    await fs.writeFile(path.join(work, 'theirs'), bytes)
    await fs.rename(path.join(work, 'theirs'), finished())
  }
  /** A store in which the work folder is another one by the time the upload begins. */
  const meanwhile = (change: () => Promise<void>): ReturnType<typeof memory> => {
    const stores = memory()
    const put: Rclone['put'] = async (...given) => {
      await change()
      await stores.rclone.put(...given)
    }
    return { ...stores, rclone: { ...stores.rclone, put } }
  }
  const put = (stores: ReturnType<typeof memory>): unknown => stores.of('one').get(KEY)

  test.each<[string, Buffer, () => Promise<void>]>([
    ['another run finishes its own', mine, async () => await replace(theirs)],
    ['another run has delivered and removes it', mine, async () => await fs.rm(finished())]
  ])('%s: what was verified is uploaded', async (_title, expected, change) => {
    for (const source of [{ kind: 'convert' as const, image: image(10) }, local()]) {
      await fs.writeFile(finished(), mine)
      if (source?.kind === 'convert') await fs.rm(finished())
      const stores = meanwhile(change)
      const convert = async ({ output }: Conversion): Promise<void> => await fs.writeFile(output, mine)
      const carried = await carry(
        job({ source, upload: [publicStore('one')] }),
        contextWith(stores, { convert, kept })
      )
      expect(carried.failures).toEqual([])
      expect(put(stores)).toEqual({ bytes: expected, sha256: hash('sha256', expected) })
      expect(await fs.readdir(work)).toEqual(['scratch'])
      expect(await fs.readdir(path.join(work, 'scratch'))).toEqual([])
    }
  })

  test('another run has finished it first: both bring the same bytes', async () => {
    const stores = memory()
    const convert = async ({ output }: Conversion): Promise<void> => {
      await fs.writeFile(output, mine)
      await fs.writeFile(finished(), theirs)
    }
    const source = { kind: 'convert' as const, image: image(10) }
    await carry(job({ source, upload: [publicStore('one')] }), contextWith(stores, { convert, kept }))
    expect(put(stores)).toEqual({ bytes: theirs, sha256: hash('sha256', theirs) })
  })

  test.each([
    ['no whole SIF', Buffer.from('half')],
    ['of another image', smallSif('theirs', 'from: docker.io/vnmd/x@sha256:2\n')]
  ])('what lies there is %s: ours takes its place', async (_title, other) => {
    const stores = memory({}, { put: async () => await Promise.reject(new Error('403 Forbidden')) })
    await fs.writeFile(finished(), other)
    const convert = async ({ output }: Conversion): Promise<void> => await fs.writeFile(output, mine)
    const source = { kind: 'convert' as const, image: image(10) }
    await carry(job({ source, upload: [publicStore('one')] }), contextWith(stores, { convert, kept }))
    expect(await fs.readFile(finished())).toEqual(mine)
  })

  test('the one that was planned is gone: the next source is taken', async () => {
    const stores = memory()
    stores.of('two').set(KEY, { bytes: theirs })
    const others = [
      { kind: 'store' as const, store: publicStore('two'), cached: false, bytes: theirs.length }
    ]
    const carried = await carry(
      job({ source: local(), others, upload: [publicStore('one')] }),
      contextWith(stores, { kept })
    )
    expect([carried.failures, carried.from]).toEqual([[], 'copied'])
    expect(put(stores)).toMatchObject({ bytes: theirs })
  })

  test('where files cannot have two names it is kept for the next run all the same', async () => {
    const stores = memory({}, { put: async () => await Promise.reject(new Error('403 Forbidden')) })
    const link = async (): Promise<never> =>
      await Promise.reject(Object.assign(new Error('link'), { code: 'EPERM' }))
    const convert = async ({ output }: Conversion): Promise<void> => await fs.writeFile(output, mine)
    const context = contextWith(stores, { convert, kept })
    const ports = { ...context.ports, fs: { ...fs, link } as unknown as Ports['fs'] }
    const source = { kind: 'convert' as const, image: image(10) }
    await carry(job({ source, upload: [publicStore('one')] }), { ...context, ports })
    expect(await fs.readFile(finished())).toEqual(mine)
    const uploaded = memory()
    const again = contextWith(uploaded, { kept })
    const { failures } = await carry(job({ source: local(), upload: [publicStore('one')] }), {
      ...again,
      ports: { ...again.ports, fs: ports.fs }
    })
    expect([failures, put(uploaded)]).toMatchObject([[], { bytes: mine }])
    expect(await fs.readdir(work)).toEqual(['scratch'])
  })
})

describe('one file for all stores', () => {
  const right = built('right')
  const other = built('other')
  const sha256 = hash('sha256', right)
  const [one, two] = [publicStore('one'), publicStore('two')]
  const from = (own: Store, cached: boolean) => ({
    kind: 'store' as const,
    store: own,
    cached,
    bytes: right.length
  })
  const told = (bytes: Buffer) => ({ bytes, sha256: hash('sha256', bytes) })

  test('a local file of the same size is another build: the published one is copied', async () => {
    const stores = memory()
    const file = path.join(work, 'cached.simg')
    await fs.writeFile(file, other)
    stores.of('two').set(KEY, told(right))
    const { failures, damaged } = await carry(
      job({
        sha256,
        source: { kind: 'local', file, bytes: other.length },
        others: [{ ...from(two, false), sha256 }],
        upload: [one]
      }),
      contextWith(stores)
    )
    expect(failures).toEqual([])
    expect(damaged).toEqual([
      `${file}: another build of the same size: SHA-256 ${hash('sha256', other)}, published is ${sha256}`
    ])
    expect(stores.of('one').get(KEY)).toEqual(told(right))
  })

  test.each([true, false])('so is one in a cache, where its SHA-256 is told: %s', async (isTold) => {
    const stores = memory()
    stores.of('two').set(KEY, told(right))
    stores.of('one').set(IN_CACHE, isTold ? told(other) : { bytes: other })
    const { failures, damaged } = await carry(
      job({
        sha256,
        inside: [{ store: one, bytes: other.length }],
        others: [from(one, true), { ...from(two, false), sha256 }]
      }),
      contextWith(stores)
    )
    expect([failures, damaged.length]).toEqual([[], 1])
    expect(stores.of('one').get(KEY)).toEqual(told(right))
  })

  test('two caches have two builds: the first one is for both', async () => {
    const stores = memory()
    stores.of('one').set(IN_CACHE, told(right))
    stores.of('two').set(IN_CACHE, told(other))
    const { failures } = await carry(
      job({
        inside: [one, two].map((own) => ({ store: own, bytes: right.length })),
        others: [from(one, true), from(two, true)]
      }),
      contextWith(stores)
    )
    expect(failures).toEqual([])
    for (const name of ['one', 'two']) expect(stores.of(name).get(KEY)).toEqual(told(right))
  })

  test('a published one that tells no SHA-256 and is another is not passed on, and not replaced', async () => {
    const stores = memory()
    stores.of('two').set(KEY, { bytes: other })
    stores.of('three').set(KEY, told(right))
    const three = publicStore('three')
    const { failures } = await carry(
      job({ sha256, source: from(two, false), others: [{ ...from(three, false), sha256 }], upload: [one] }),
      contextWith(stores)
    )
    expect(failures).toEqual([])
    expect(stores.of('one').get(KEY)).toEqual(told(right))
    expect(stores.of('two').get(KEY)).toEqual({ bytes: other })
  })
})

describe('another run has published it since the plan was made', () => {
  const mine = built('mine')
  const theirs = { bytes: built('theirs'), sha256: hash('sha256', built('theirs')) }
  const [one, two] = [publicStore('one'), publicStore('two')]
  const source = { kind: 'convert' as const, image: image(10) }
  const convert = async ({ output }: Conversion): Promise<void> => await fs.writeFile(output, mine)

  test('in both stores: nothing is written over it', async () => {
    const stores = memory()
    const context = contextWith(stores, {
      convert: async (conversion) => {
        await convert(conversion)
        for (const name of ['one', 'two']) stores.of(name).set(KEY, theirs)
      }
    })
    const { failures, deliveries } = await carry(job({ source, upload: [one, two] }), context)
    expect([failures, deliveries]).toEqual([[], []])
    for (const name of ['one', 'two']) expect(stores.of(name).get(KEY)).toEqual(theirs)
  })

  test('in one store: the other gets no second build', async () => {
    const stores = memory()
    stores.of('one').set(KEY, theirs)
    await carry(job({ source, upload: [one, two] }), contextWith(stores, { convert }))
    expect([stores.of('one').get(KEY), stores.of('two').get(KEY)]).toEqual([theirs, undefined])
  })

  test('in one store, and it is the same: it is verified, and the other gets it', async () => {
    const stores = memory()
    const ours = { bytes: mine, sha256: hash('sha256', mine) }
    stores.of('one').set(KEY, ours)
    const { deliveries, movedBytes } = await carry(
      job({ source, upload: [one, two] }),
      contextWith(stores, { convert })
    )
    expect(deliveries.map(({ store: name, how }) => [name, how]).sort()).toEqual([
      ['one', 'was there already'],
      ['two', 'uploaded']
    ])
    expect(movedBytes).toBe(10 + mine.length)
    expect(stores.of('two').get(KEY)).toEqual(ours)
  })

  test('in a store that copies from its cache: nothing is copied over it', async () => {
    const stores = memory()
    stores.of('one').set(KEY, theirs)
    stores.of('one').set(IN_CACHE, { bytes: mine, sha256: hash('sha256', mine) })
    const others = [{ kind: 'store' as const, store: one, cached: true, bytes: mine.length }]
    const { failures } = await carry(
      job({ inside: [{ store: one, bytes: mine.length }], others }),
      contextWith(stores)
    )
    expect([failures, stores.of('one').get(KEY)]).toEqual([[], theirs])
  })

  test('what is damaged there is replaced all the same', async () => {
    for (const isPlanned of [true, false]) {
      const stores = memory()
      stores.of('one').set(KEY, { bytes: Buffer.from('damaged') })
      const planned = { source, upload: [one], replace: [one] }
      const found = { source: { kind: 'store' as const, store: one, cached: false, bytes: 7 }, upload: [two] }
      const { failures } = await carry(job(isPlanned ? planned : found), contextWith(stores, { convert }))
      expect([failures, stores.of('one').get(KEY)?.bytes]).toMatchObject([[], mine])
    }
  })
})
