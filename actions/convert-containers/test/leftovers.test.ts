import { expect, test } from '@jest/globals'

import type { Store, StoredObject } from '../../../lib/store/index.ts'
import { silentLog, skippingClock } from '../../../testbed/ports.ts'
import type { StoreView } from '../src/availability.ts'
import { removeLeftovers } from '../src/leftovers.ts'
import type { Job } from '../src/plan.ts'
import { container, store } from './samples.ts'

const HOUR = 3_600_000
const jobs = ['x 1', 'y 1'].map((app) => ({ container: container(app) }) as Job)
const keyOfPart = (app: string, pid: number): string => `${app}_1_20250101.simg.part-${pid}`

test('only what nobody has written for an hour goes, and what cannot go ends nothing', async () => {
  const clock = skippingClock()
  const ages: Readonly<Record<string, number>> = {
    [keyOfPart('x', 1)]: 2 * HOUR,
    [keyOfPart('x', 2)]: HOUR / 2,
    [keyOfPart('y', 3)]: 2 * HOUR,
    [keyOfPart('z', 4)]: 2 * HOUR
  }
  const asked: string[] = []
  const removed: string[] = []
  const rclone = {
    stat: async (_store: Store, key: string): Promise<StoredObject> => {
      asked.push(key)
      return await Promise.resolve({ key, bytes: 1, modified: clock.now() - (ages[key] ?? 0) })
    },
    remove: async (_store: Store, key: string): Promise<void> => {
      await Promise.resolve()
      if (key.startsWith('x')) throw new Error('403 Forbidden')
      removed.push(key)
    }
  }
  const view: StoreView = {
    store: store('one'),
    sightings: new Map(),
    listingError: undefined,
    leftovers: Object.keys(ages)
  }
  const runner = { signal: new AbortController().signal } as Parameters<typeof removeLeftovers>[3]['runner']
  const findings = await removeLeftovers(jobs, [view], rclone, { log: silentLog, clock, runner })
  expect(removed).toEqual([keyOfPart('y', 3)])
  // Those of other containers are for the runs that bring them.
  expect(asked).not.toContain(keyOfPart('z', 4))
  expect(findings).toMatchObject([
    { id: 'leftover-not-removed', subject: 'one', message: `${keyOfPart('x', 1)}: 403 Forbidden` }
  ])
})
