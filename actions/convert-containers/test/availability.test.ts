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

/** The first store is required, the others are not. */
function states(...sightings: readonly Sighting[]): readonly string[] {
  return statesOf(1, ...sightings)
}

function statesOf(requiredCount: number, ...sightings: readonly Sighting[]): readonly string[] {
  const views = sightings.map((sighting, index): StoreView => ({
    store: store(`s${index}`, { required: index < requiredCount }),
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
    [
      'another size where it is not required',
      [listed(1e6), listed(2e6)],
      ['present', 'size-differs', '-> present']
    ],
    [
      'two that are not required differ, and the required one lacks it',
      [absent, listed(1e6), listed(2e6)],
      ['pending', 'size-differs', 'size-differs', '-> pending']
    ],
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
    [
      'a page of unknown length, and no listing to compare it with',
      [
        {
          listed: undefined,
          probe: { state: 'present', bytes: undefined, head: Buffer.from('<html>Down for maintenance') },
          cached: undefined
        }
      ],
      ['unknown', '-> unknown']
    ],
    [
      'a page of unknown length in the place of a listed object',
      [listed(1e6, { probe: { state: 'present', bytes: undefined, head: Buffer.from('<html>later') } })],
      ['unknown', '-> unknown']
    ],
    [
      'nothing at all with status 200, and no length',
      [
        {
          listed: undefined,
          probe: { state: 'present', bytes: undefined, head: Buffer.alloc(0) },
          cached: undefined
        }
      ],
      ['unknown', '-> unknown']
    ],
    [
      'nothing in the place of a listed object',
      [listed(1e6, { probe: { state: 'present', bytes: 0, head: Buffer.alloc(0) } })],
      ['unknown', '-> unknown']
    ],
    [
      'empty by its address too, which is all that is known of it',
      [
        {
          listed: undefined,
          probe: { state: 'present', bytes: 0, head: Buffer.alloc(0) },
          cached: undefined
        }
      ],
      ['damaged', '-> damaged']
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

  const dark: Sighting = { listed: undefined, probe: undefined, cached: undefined }
  const sum = (letter: string): Sighting =>
    listed(1e6, {
      probe: { state: 'present', bytes: 1e6, head: sifHead(1e6), sha256: letter.repeat(64) }
    })

  test.each<[string, number, readonly Sighting[], readonly string[]]>([
    ['other sizes', 2, [listed(1e6), listed(2e6)], ['size-differs', 'size-differs', '-> size-differs']],
    ['other sums', 2, [sum('a'), sum('b')], ['size-differs', 'size-differs', '-> size-differs']],
    ['no sum is no other sum', 2, [sum('a'), listed(1e6)], ['present', 'present', '-> present']],
    [
      'two differ and the third lacks it: it is not in every required store',
      3,
      [listed(1e6), listed(2e6), absent],
      ['size-differs', 'size-differs', 'pending', '-> pending']
    ],
    [
      'two differ and the third gives no answer',
      3,
      [listed(1e6), listed(2e6), dark],
      ['size-differs', 'size-differs', 'unknown', '-> unknown']
    ],
    [
      'one gives no answer, and one that is not required differs: still unknown',
      2,
      [listed(1e6), dark, listed(2e6)],
      ['present', 'unknown', 'size-differs', '-> unknown']
    ],
    [
      'one lacks it, and one that is not required differs: still a copy away',
      2,
      [listed(1e6), absent, listed(2e6)],
      ['present', 'pending', 'size-differs', '-> pending']
    ],
    [
      'the required ones differ, and a third has the file of one of them',
      2,
      [listed(1e6), listed(2e6), listed(1e6)],
      ['size-differs', 'size-differs', 'size-differs', '-> size-differs']
    ]
  ])('required stores: %s', (_title, requiredCount, sightings, expected) => {
    expect(statesOf(requiredCount, ...sightings)).toEqual(expected)
  })

  test('what differs is told with every file that is there', () => {
    const views = [100_000, 200_000].map((bytes, index): StoreView => ({
      store: store(`s${index}`, { required: index === 0 }),
      sightings: new Map([[one.object, listed(bytes)]]),
      listingError: undefined
    }))
    expect(judge([one], views)[0]?.standings[1]?.detail).toBe('200000 bytes, s0 has 100000 bytes')
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
