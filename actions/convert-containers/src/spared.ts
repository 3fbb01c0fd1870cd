/** How much is replaced at once without a person's word. Pure. */
import type { Store } from '../../../lib/store/index.ts'
import type { Availability } from './availability.ts'

/** A store with so many damaged objects that the fault may be in what was seen of them. */
export interface Spared {
  readonly store: Store
  readonly damaged: number
  readonly limit: number
}

const REPLACE_COUNT = 25
const REPLACE_SHARE = 0.05

/** Something would be replaced: then it counts how much is damaged in all. */
export function hasDamaged(available: readonly Availability[]): boolean {
  return available.some(({ standings }) =>
    standings.some(({ store, state }) => state === 'damaged' && store.remote !== undefined)
  )
}

/** Stores in which more is damaged than is replaced at once. */
export function sparedStores(
  available: readonly Availability[],
  maxReplace: number | undefined
): readonly Spared[] {
  const limit = maxReplace ?? Math.max(REPLACE_COUNT, Math.floor(available.length * REPLACE_SHARE))
  const counts = new Map<Store, number>()
  for (const { store, state } of available.flatMap(({ standings }) => standings)) {
    if (state === 'damaged' && store.remote !== undefined) counts.set(store, (counts.get(store) ?? 0) + 1)
  }
  return [...counts].flatMap(([store, damaged]) => (damaged > limit ? [{ store, damaged, limit }] : []))
}
