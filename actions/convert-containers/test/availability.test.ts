import { describe, expect, test } from '@jest/globals'

import { judge, type Sighting, type StoreView } from '../src/availability.ts'
import { container, sifHead, store } from './samples.ts'

const one = container('fsl 6.0')
const listed = (bytes: number, more: Partial<Sighting> = {}): Sighting => ({
  listed: { bytes },
  probe: undefined,
  cached: undefined,
  ...more
})
const seen = (bytes: number, fileBytes = bytes): Sighting['probe'] => ({
  state: 'present',
  bytes,
  head: sifHead(fileBytes)
})

function states(...sightings: readonly Sighting[]): readonly string[] {
  const views = sightings.map((sighting, index): StoreView => ({
    store: store(`s${index}`, { required: index === 0 }),
    sightings: new Map([[one.object, sighting]]),
    listingError: undefined
  }))
  const [result] = judge([one], views)
  return [...(result?.standings.map(({ state }) => state) ?? []), `-> ${result?.verdict ?? ''}`]
}

const absent: Sighting = { listed: 'absent', probe: undefined, cached: undefined }

describe('judge', () => {
  test.each<[string, readonly Sighting[], readonly string[]]>([
    ['listed', [listed(1e6)], ['present', '-> present']],
    ['listed and read', [listed(1e6, { probe: seen(1e6) })], ['present', '-> present']],
    ['nowhere', [absent, absent], ['missing', 'missing', '-> missing']],
    ['in the cache', [{ ...absent, cached: 5 }], ['pending', '-> pending']],
    [
      'in the cache of the other store',
      [absent, { ...absent, cached: 5 }],
      ['pending', 'pending', '-> pending']
    ],
    ['in the other store', [absent, listed(1e6)], ['pending', 'present', '-> pending']],
    ['missing where it is not required', [listed(1e6), absent], ['present', 'pending', '-> present']],
    ['other sizes', [listed(1e6), listed(2e6)], ['size-differs', 'size-differs', '-> size-differs']],
    [
      'HEAD lies: segments are private',
      [listed(1e6, { probe: { state: 'unreadable', status: 401 } })],
      ['unreadable', '-> unreadable']
    ],
    [
      'listed, but 404 for the public',
      [listed(1e6, { probe: { state: 'missing' } })],
      ['unreadable', '-> unreadable']
    ],
    ['cut off', [listed(5e5, { probe: seen(5e5, 1e6) })], ['damaged', '-> damaged']],
    [
      'for another processor',
      [listed(1e6, { probe: { state: 'present', bytes: 1e6, head: sifHead(1e6, '04') } })],
      ['damaged', '-> damaged']
    ],
    [
      'of an old builder that told no processor',
      [listed(1e6, { probe: { state: 'present', bytes: 1e6, head: sifHead(1e6, '00') } })],
      ['present', '-> present']
    ],
    [
      'a longer file is fine: objects may be added',
      [listed(2e6, { probe: seen(2e6, 1e6) })],
      ['present', '-> present']
    ],
    ['other bytes in public', [listed(1e6, { probe: seen(9e5, 9e5) })], ['damaged', '-> damaged']],
    [
      'an error page',
      [
        listed(1e6, {
          probe: { state: 'present', bytes: 1e6, head: Buffer.from(`<html>${' '.repeat(200)}`) }
        })
      ],
      ['damaged', '-> damaged']
    ],
    [
      'a page in the place of a listed object: the store is being mended',
      [
        listed(1e6, {
          probe: { state: 'present', bytes: 512, head: Buffer.from('<!doctype html>\n<p>Wartung') }
        })
      ],
      ['unknown', '-> unknown']
    ],
    [
      'a page, and no listing to compare it with',
      [
        {
          listed: undefined,
          probe: { state: 'present', bytes: 512, head: Buffer.from('{"error": "later"}') },
          cached: undefined
        }
      ],
      ['unknown', '-> unknown']
    ],
    ['an empty object', [listed(0)], ['damaged', '-> damaged']],
    [
      'a store that gives no answer is unknown, not missing',
      [{ listed: undefined, probe: { state: 'unknown', reason: 'timeout' }, cached: undefined }, listed(1e6)],
      ['unknown', 'present', '-> unknown']
    ],
    [
      'not listed and without an address',
      [{ listed: undefined, probe: undefined, cached: undefined }],
      ['unknown', '-> unknown']
    ],
    [
      'no listing, 404',
      [{ listed: undefined, probe: { state: 'missing' }, cached: undefined }],
      ['missing', '-> missing']
    ]
  ])('%s', (_title, sightings, expected) => {
    expect(states(...sightings)).toEqual(expected)
  })

  test('the worst of the required stores is the verdict', () => {
    const views = [absent, { listed: undefined, probe: undefined, cached: undefined }].map(
      (sighting, index): StoreView => ({
        store: store(`s${index}`, { required: true }),
        sightings: new Map([[one.object, sighting]]),
        listingError: undefined
      })
    )
    expect(judge([one], views)[0]?.verdict).toBe('missing')
  })
})
