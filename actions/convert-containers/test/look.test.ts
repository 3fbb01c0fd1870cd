import { Readable } from 'node:stream'

import { describe, expect, test } from '@jest/globals'

import { HttpError } from '../../../lib/http/index.ts'
import type { Rclone } from '../../../lib/store/index.ts'
import { silentLog, stillClock } from '../../../testbed/ports.ts'
import { judge } from '../src/availability.ts'
import { lookAtStores } from '../src/look.ts'
import { catalogueOf, sifHead, store } from './samples.ts'

test('a store that is down is not asked for every container', async () => {
  let asked = 0
  const { containers } = catalogueOf(...Array.from({ length: 400 }, (_, index) => `t${index} 1`))
  const down = store('down', { remote: undefined, publicUrl: 'http://store.example' })
  const views = await lookAtStores(
    containers,
    [down],
    { cachePrefix: '', timeoutMs: 10, requests: 8 },
    {
      clock: stillClock,
      log: silentLog,
      rclone: {} as Rclone,
      signal: new AbortController().signal,
      http: {
        request: () => Promise.reject(new Error('unused')),
        stream: (url) => {
          asked++
          return Promise.reject(new HttpError('refused', url, 'connection refused'))
        }
      }
    }
  )
  const verdicts = new Set(judge(containers, views).map(({ verdict }) => verdict))
  expect([...verdicts]).toEqual(['unknown'])
  // 20 and those under way, each tried four times.
  expect(asked).toBeLessThanOrEqual((20 + 8) * 4)
})

test('a listing that fails is no listing: without a public address nothing is known', async () => {
  const { containers } = catalogueOf('a 1', 'b 1')
  const rclone = { list: () => Promise.reject(new Error('401 Unauthorized')) } as unknown as Rclone
  const [view] = await lookAtStores(
    containers,
    [store('one')],
    { cachePrefix: 'cache', timeoutMs: 10, requests: 8 },
    {
      clock: stillClock,
      log: silentLog,
      rclone,
      signal: new AbortController().signal,
      http: {
        request: () => Promise.reject(new Error('unused')),
        stream: () => Promise.reject(new Error('unused'))
      }
    }
  )
  expect(view?.listingError).toBe('401 Unauthorized')
  expect(judge(containers, view === undefined ? [] : [view]).map(({ verdict }) => verdict)).toEqual([
    'unknown',
    'unknown'
  ])
})

test('S3 without s3:ListBucket says 403 of what is not there: unknown, and the store is not silent', async () => {
  const { containers } = catalogueOf(...Array.from({ length: 60 }, (_, index) => `t${index} 1`))
  const last = containers.at(-1)?.object ?? ''
  const bucket = store('aws', { remote: undefined, publicUrl: 'http://bucket.example' })
  const asked: string[] = []
  const look = async (ofNobody: number): Promise<readonly string[]> => {
    const views = await lookAtStores(
      containers,
      [bucket],
      { cachePrefix: '', timeoutMs: 10, requests: 8 },
      {
        clock: stillClock,
        log: silentLog,
        rclone: {} as Rclone,
        signal: new AbortController().signal,
        http: {
          request: () => Promise.reject(new Error('unused')),
          stream: async (url) => {
            asked.push(url)
            const isThere = url.endsWith(`/${last}.simg`)
            const status = isThere ? 206 : url.includes('neurodesk-ci-') ? ofNobody : 403
            return await Promise.resolve({
              url,
              status,
              headers: { 'content-range': 'bytes 0-127/50000' },
              latencyMs: 1,
              remoteAddress: undefined,
              body: Readable.from([isThere ? sifHead(50_000) : Buffer.from('<Error>')])
            })
          }
        }
      }
    )
    expect(views[0]?.silent).toBeUndefined()
    return judge(containers, views).map(({ verdict, standings }) =>
      standings[0]?.withheld === true ? `${verdict}, withheld` : verdict
    )
  }
  expect(await look(403)).toEqual([...Array.from({ length: 59 }, () => 'unknown, withheld'), 'present'])
  expect(asked.filter((url) => url.includes('neurodesk-ci-'))).toHaveLength(1)
  expect(new Set(await look(404))).toEqual(new Set(['unreadable', 'present']))
})

describe('what the listing does not have', () => {
  const names = ['there 1', 'stale 1', 'cut 1', 'gone 1', 'closed 1', 'page 1', 'mute 1']
  const { containers } = catalogueOf(...names)
  const answers: Readonly<Record<string, readonly [number, Buffer]>> = {
    there: [206, sifHead(50_000)],
    stale: [206, sifHead(50_000)],
    cut: [206, sifHead(60_000)],
    gone: [404, Buffer.from('')],
    closed: [401, Buffer.from('')],
    page: [200, Buffer.from('<html>Wartung')],
    mute: [503, Buffer.from('')]
  }

  const look = async (publicUrl: string | undefined): Promise<[string[], string[], string[]]> => {
    const asked: string[] = []
    const listed: string[] = []
    const list: Rclone['list'] = (_store, { folder = '' } = {}) => {
      listed.push(folder)
      return Promise.resolve(folder === '' ? [{ key: 'there_1_20250101.simg', bytes: 50_000 }] : [])
    }
    const views = await lookAtStores(
      containers,
      [store('one', { publicUrl })],
      { cachePrefix: 'cache', timeoutMs: 10, requests: 8 },
      {
        clock: stillClock,
        log: silentLog,
        rclone: { list } as Rclone,
        signal: new AbortController().signal,
        http: {
          request: () => Promise.reject(new Error('unused')),
          stream: async (url) => {
            const name = /([a-z]+)_1_20250101/.exec(url)?.[1] ?? ''
            asked.push(name)
            const [status, body] = answers[name] ?? [500, Buffer.from('')]
            const headers: Record<string, string> =
              status === 206 ? { 'content-range': 'bytes 0-127/50000' } : { 'content-length': '13' }
            const facts = { headers, latencyMs: 1, remoteAddress: undefined }
            return await Promise.resolve({ url, status, body: Readable.from([body]), ...facts })
          }
        }
      }
    )
    const states = judge(containers, views).map(({ container, verdict }) => `${container.tool} ${verdict}`)
    return [states, asked, listed]
  }

  test('is asked for at its address: listings of object stores come later than their objects', async () => {
    const [states, asked] = await look('http://one.example')
    expect(states).toEqual([
      'there present',
      'stale present',
      'cut damaged',
      'gone missing',
      'closed missing',
      'page unknown',
      'mute unknown'
    ])
    expect(asked.filter((name) => name !== 'mute').sort()).toEqual([
      'closed',
      'cut',
      'gone',
      'page',
      'stale',
      'there'
    ])
  })

  test('is missing where there is no address, and each place is listed once', async () => {
    const [states, asked, listed] = await look(undefined)
    expect(states).toEqual(['there present', ...names.slice(1).map((name) => name.replace('1', 'missing'))])
    expect([asked, listed.sort()]).toEqual([[], ['', 'cache']])
  })
})

test('a cache that cannot be listed is told: builds that wait in it are not seen', async () => {
  const { containers } = catalogueOf('a 1')
  const list: Rclone['list'] = (_store, { folder = '' } = {}) =>
    folder === '' ? Promise.resolve([]) : Promise.reject(new Error('403 Forbidden'))
  const [view] = await lookAtStores(
    containers,
    [store('one')],
    { cachePrefix: 'cache', timeoutMs: 10, requests: 8 },
    {
      clock: stillClock,
      log: silentLog,
      rclone: { list } as Rclone,
      signal: new AbortController().signal,
      http: {
        request: () => Promise.reject(new Error('unused')),
        stream: () => Promise.reject(new Error('unused'))
      }
    }
  )
  expect([view?.listingError, view?.cacheError]).toEqual([undefined, '403 Forbidden'])
})
