/** From what stands in a tree to the objects that a server must have for it. Pure. */
import type { Found, Nested, ObjectState, WantedObject } from '../../../lib/cvmfs/index.ts'
import type { ContainerState } from './facts.ts'
import type { Purpose } from './objects.ts'

/** What an object's state makes of a container that needs it. */
export const CONTAINER_STATE: Readonly<Record<ObjectState['state'], ContainerState>> = {
  present: 'present',
  bad: 'broken',
  unknown: 'unknown'
}

/** A catalog as an object. */
export function asObject(nested: Nested): { wanted: WantedObject; purpose: Purpose } {
  return {
    wanted: { hash: nested.hash, kind: 'catalog', stored: 'zlib', plainSize: nested.size },
    purpose: { kind: 'catalog', what: `catalog of ${mountOf(nested)}`, isRoot: nested.path === '' }
  }
}

/** Where a catalog is mounted, for people. */
export function mountOf(nested: Nested): string {
  return nested.path === '' ? '/' : nested.path
}

/** The objects that hold a file's bytes; none for what lies elsewhere. */
export function objectsOf({ entry, chunks }: Found): WantedObject[] {
  if (entry === undefined || entry.external) return []
  const { stored } = entry
  if (chunks.length > 0) {
    return chunks.map(({ hash, size }) => ({ hash, kind: 'chunk' as const, stored, plainSize: size }))
  }
  return entry.hash === undefined
    ? []
    : [{ hash: entry.hash, kind: 'file' as const, stored, plainSize: entry.size }]
}
