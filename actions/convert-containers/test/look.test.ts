import { expect, test } from '@jest/globals'

import { HttpError } from '../../../lib/http/index.ts'
import type { Rclone } from '../../../lib/store/index.ts'
import { silentLog, stillClock } from '../../../testbed/ports.ts'
import { judge } from '../src/availability.ts'
import { lookAtStores } from '../src/look.ts'
import { catalogueOf, store } from './samples.ts'

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
