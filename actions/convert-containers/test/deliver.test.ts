import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import type { HttpStream } from '../../../lib/ports/index.ts'
import type { Features, Rclone, StoredObject } from '../../../lib/store/index.ts'
import { silentLog, stillClock } from '../../../testbed/ports.ts'
import { copyInside, put, type Delivery, type Failure } from '../src/deliver.ts'
import { partSizes, type DeliveryContext } from '../src/verify.ts'
import type { Job } from '../src/plan.ts'
import { hash, memory, publicStore } from './memory.ts'
import { container, sifHead, smallSif, store } from './samples.ts'

const content = Buffer.from('a SIF of twenty-five bytes')
const digests = { bytes: content.length, sha256: hash('sha256', content), md5: hash('md5', content) }
const KEY = 'x_1_20250101.simg'
const job: Job = {
  container: container('x 1'),
  inside: [],
  upload: [],
  source: undefined,
  bytes: 0,
  diskBytes: 0,
  pulls: 0
}
let folder: string
let file: string

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-deliver-'))
  file = path.join(folder, KEY)
  await fs.writeFile(file, content)
})
afterAll(async () => await fs.rm(folder, { recursive: true, force: true }))

interface Fake {
  /** What the store says of the object after the upload. */
  readonly after?: StoredObject | undefined
  readonly readBack?: string
  readonly segments?: readonly StoredObject[]
  readonly features?: Partial<Features>
  readonly put?: () => Promise<void>
  /** Bytes that the public address tells; or a status. */
  readonly shown?: number | { readonly status: number }
  /** The SHA-256 that the public address tells. */
  readonly kept?: string
}

let removed: string[] = []

function contextOf(fake: Fake): DeliveryContext & { copied: string[] } {
  const copied: string[] = []
  removed = []
  let written = false
  const features: Features = {
    rename: false,
    copy: true,
    md5: true,
    buckets: true,
    api: 'swift',
    ...fake.features
  }
  const rclone = {
    features: () => Promise.resolve(features),
    put: async () => {
      written = true
      await fake.put?.()
    },
    copy: (_store: unknown, from: string) => Promise.resolve(void copied.push(from)),
    stat: (_store: unknown, key: string) => {
      if (!written && key === KEY) return Promise.resolve(undefined)
      const after = { key: KEY, bytes: content.length, md5: digests.md5 }
      return Promise.resolve('after' in fake ? fake.after : after)
    },
    sha256: () => Promise.resolve(fake.readBack ?? digests.sha256),
    remove: (_store: unknown, key: string) => Promise.resolve(void removed.push(key)),
    listAll: () => Promise.resolve(fake.segments ?? [])
  } as unknown as Rclone
  const stream = (url: string): Promise<HttpStream> => {
    const shown = fake.shown ?? content.length
    const kept = fake.kept === undefined ? {} : { 'x-object-meta-sha256': fake.kept }
    const [status, headers] =
      typeof shown === 'number'
        ? [206, { 'content-range': `bytes 0-127/${shown}`, ...kept }]
        : [shown.status, {}]
    const body = (async function* () {
      await Promise.resolve()
      yield sifHead(50_000)
    })()
    return Promise.resolve({
      url,
      status,
      headers,
      latencyMs: 1,
      remoteAddress: undefined,
      body
    } as unknown as HttpStream)
  }
  return {
    copied,
    rclone,
    ports: {
      fs,
      log: silentLog,
      clock: stillClock,
      http: {
        request: (url) =>
          Promise.resolve({
            url,
            status: 206,
            headers: {},
            latencyMs: 1,
            remoteAddress: undefined,
            body: sifHead(50_000)
          }),
        stream
      }
    },
    signal: new AbortController().signal,
    cachePrefix: 'cache',
    timeoutMs: 100
  }
}

async function upload(
  fake: Fake,
  more: Parameters<typeof store>[1] = {}
): Promise<{ deliveries: Delivery[]; failures: Failure[] }> {
  const deliveries: Delivery[] = []
  const failures: Failure[] = []
  const target = store('one', { publicUrl: 'http://store.example', ...more })
  const context = contextOf({ kept: digests.sha256, ...fake })
  await put(job, [target], { file, image: undefined, digests }, context, deliveries, failures)
  return { deliveries, failures }
}

describe('after an upload', () => {
  test('size and MD5 are right, and the public reads it', async () => {
    const { deliveries, failures } = await upload({})
    expect([deliveries[0]?.assurance, deliveries[0]?.readable, failures]).toEqual(['md5', true, []])
  })

  test.each<[string, Fake, RegExp]>([
    ['nothing is there', { after: undefined }, /is not there after the upload/],
    ['fewer bytes', { after: { key: KEY, bytes: 7, md5: digests.md5 } }, /7 bytes after the upload of 26/],
    [
      'other bytes',
      { after: { key: KEY, bytes: content.length, md5: '0'.repeat(32) } },
      /has MD5 0+ after the upload/
    ],
    [
      'other bytes, read back',
      { after: { key: KEY, bytes: content.length }, readBack: 'f'.repeat(64) },
      /reads back as SHA-256 f+/
    ],
    [
      'other bytes in a segment',
      {
        after: { key: KEY, bytes: content.length },
        segments: [{ key: 's/1', bytes: content.length, md5: '0'.repeat(32) }]
      },
      /segment s\/1 .* other bytes/
    ],
    ['the public gets other bytes', { shown: 9 }, /gives 9 bytes instead of 26/],
    ['the public gets 401', { shown: { status: 401 } }, /says 401: the object or its segments are private/],
    ['the public gets 404', { shown: { status: 404 } }, /says 404/],
    [
      'the store refuses it',
      { put: () => Promise.reject(new Error('403 Forbidden')) },
      /^one: 403 Forbidden$/
    ]
  ])('%s: it has failed', async (_title, fake, reason) => {
    const { deliveries, failures } = await upload(fake)
    expect(deliveries).toEqual([])
    expect(failures).toMatchObject([{ message: expect.stringMatching(reason), required: true }])
    // Wrong bytes do not stay; what is right and only not shown does.
    expect(removed).toEqual(/bytes after|MD5|SHA-256|segment s/.test(String(reason)) ? [KEY] : [])
  })

  const wrong = { key: KEY, bytes: content.length, md5: '0'.repeat(32) }
  test.each<[string, Fake, RegExp, readonly string[]]>([
    [
      'another run has put its own there meanwhile: it stays',
      { after: wrong, kept: 'f'.repeat(64) },
      /it was left there: it was put there by another run, SHA-256 f+/,
      []
    ],
    [
      'nobody can tell whose it is: it stays',
      { after: wrong, kept: '' },
      /it was left there: whose it is cannot be told/,
      []
    ],
    [
      'the store tells it with the object',
      { after: { ...wrong, sha256: digests.sha256 }, kept: '' },
      /has MD5 0+ after the upload of \w+$/,
      [KEY]
    ]
  ])('other bytes, and %s', async (_title, fake, reason, gone) => {
    const { failures } = await upload(fake)
    expect(failures).toMatchObject([{ message: expect.stringMatching(reason) }])
    expect(removed).toEqual(gone)
  })

  test('another run’s segments are newer than those that were put: nothing is said by either', async () => {
    const segments = [
      { key: '2026-01/00', bytes: content.length, md5: digests.md5 },
      { key: '2026-02/00', bytes: content.length, md5: '0'.repeat(32) }
    ]
    const { deliveries } = await upload({ after: { key: KEY, bytes: content.length }, segments })
    expect(deliveries[0]?.assurance).toBe('sha256')
    expect(removed).toEqual([])
  })

  test('segments in their order, the newest set: each MD5 is compared', async () => {
    const parts = [content.subarray(0, 10), content.subarray(10)]
    const own = parts.map((part, index) => ({
      key: `2026-02/0${index}`,
      bytes: part.length,
      md5: hash('md5', part)
    }))
    const old = [{ key: '2026-01/00', bytes: content.length, md5: '0'.repeat(32) }]
    const fake = { after: { key: KEY, bytes: content.length }, segments: [...own.toReversed(), ...old] }
    expect((await upload(fake)).deliveries[0]?.assurance).toBe('md5 of its segments')
  })

  test('no MD5 anywhere: small ones are read back, and a store without an address is not asked for one', async () => {
    const fake = { after: { key: KEY, bytes: content.length }, features: { api: 's3' as const } }
    const { deliveries } = await upload(fake, { publicUrl: undefined })
    expect(deliveries).toMatchObject([{ assurance: 'sha256', readable: undefined }])
  })

  test('a store that is not required only warns', async () => {
    const { failures } = await upload({ after: undefined }, { required: false })
    expect(failures).toMatchObject([{ required: false }])
  })
})

describe('copying within a store', () => {
  const inside = async (fake: Fake): Promise<readonly [string | undefined, readonly string[]]> => {
    const context = contextOf({ kept: digests.sha256, ...fake })
    const target = store('one', { publicUrl: 'http://store.example' })
    const delivery = await copyInside(job, target, context)
    return [delivery?.how, context.copied]
  }

  const sif = smallSif()
  const waiting = { bytes: sif, sha256: hash('sha256', sif) }

  test.each<[Partial<Features>, string]>([
    [{ api: 'swift' }, 'md5'],
    // What S3 tells of a copy is what somebody wrote beside it.
    [{ api: 's3' }, 'sha256']
  ])('what is whole and tells its SHA-256 is copied, and compared: %j', async (features, assurance) => {
    const { of, rclone, http } = memory(features)
    of('one').set(`cache/${KEY}`, waiting)
    const context = contextOf({})
    const delivery = await copyInside(job, publicStore('one'), {
      ...context,
      rclone,
      ports: { ...context.ports, http }
    })
    expect(delivery).toEqual({
      store: 'one',
      how: 'copied in the store',
      bytes: sif.length,
      sha256: waiting.sha256,
      ms: 0,
      assurance,
      readable: true
    })
    expect(of('one').get(KEY)).toEqual(waiting)
  })

  test('a copy that has other bytes is removed', async () => {
    const stores = memory()
    const copy: Rclone['copy'] = async (_store, _from, to) =>
      await Promise.resolve(void stores.of('one').set(to, { ...waiting, bytes: smallSif('other') }))
    stores.of('one').set(`cache/${KEY}`, waiting)
    const { rclone, http } = stores
    const context = contextOf({})
    const copying = copyInside(job, publicStore('one'), {
      ...context,
      rclone: { ...rclone, copy },
      ports: { ...context.ports, http }
    })
    await expect(copying).rejects.toThrow(/has MD5 \w+ after the upload/)
    expect([...stores.of('one').keys()]).toEqual([`cache/${KEY}`])
  })

  test('what lies there is looked into first: a damaged one is copied nowhere', async () => {
    const context = contextOf({ kept: digests.sha256 })
    const target = store('one', { publicUrl: 'http://store.example' })
    await expect(copyInside(job, target, context)).rejects.toThrow('its header promises 50000')
    expect(context.copied).toEqual([])
  })

  test('without an address nobody can look into it: it travels', async () => {
    const context = contextOf({ kept: digests.sha256 })
    expect(await copyInside(job, store('one'), context)).toBeUndefined()
    expect(context.copied).toEqual([])
  })

  test.each<[string, Fake]>([
    ['no SHA-256 was kept with it: it travels, and has one afterwards', { kept: '' }],
    ['a manifest has no MD5', { after: { key: KEY, bytes: content.length } }],
    ['more than 5 GB', { after: { key: KEY, bytes: 6e9, md5: digests.md5 } }],
    ['a store that cannot copy', { features: { copy: false } }]
  ])('%s', async (_title, fake) => {
    expect(await inside(fake)).toEqual([undefined, []])
  })
})

test.each([
  // rclone's own 5 MiB; parts of 16 MiB; one part; a number that no whole MiB gives.
  [1_000_000_000, 191, [5]],
  [1_000_000_000, 60, [16]],
  [3_000_000, 1, [3, 4, 5, 6]],
  [12_600_000, 3, [5, 6]],
  [10 * 1024 * 1024, 7, []],
  [0, 1, []]
])('parts of %d bytes in %d', (bytes, count, mib) => {
  expect(partSizes(bytes, count)).toEqual(mib.map((one) => one * 1024 * 1024))
})
