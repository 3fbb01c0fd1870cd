/** The catalogue as it was before, as the guard over the one of now: apps.json of an earlier commit, or a log.txt. Pure. */
import {
  compareCatalogues,
  isLog,
  parseContainerName,
  readCatalogue,
  readCatalogueLog,
  type Catalogue,
  type Comparison
} from '../../../lib/catalogue/index.ts'
import type { Text } from './source.ts'

/**
 * Why not, when it cannot be read or has no containers: nothing is ever gone against such a one. `mayBeEmpty`: a good
 * catalogue without any is one against which all is new.
 */
export function compareWithBase(
  { text, file }: Text,
  now: Catalogue,
  mayBeEmpty = false
): Comparison | string {
  const named = isLog(text)
  const base = named ? readCatalogueLog(text, { file }) : readCatalogue(text, { file })
  const isEmpty = base.containers.length === 0 && !(mayBeEmpty && !named && base.findings.length === 0)
  if (base.broken || isEmpty) return `${file}: ${base.findings[0]?.message ?? 'it has no containers'}`
  if (!named) return compareCatalogues(base, now)
  const comparison = compareCatalogues(base, byName(now))
  const changed = new Set(comparison.changed.map(({ id }) => id))
  return { ...comparison, changed: now.containers.filter(({ id }) => changed.has(id)) }
}

/** A log.txt has names alone, and nothing of an `image=` that an entry takes in the place of its own. */
function byName(catalogue: Catalogue): Catalogue {
  const containers = catalogue.containers.map((container) => ({
    ...container,
    image: parseContainerName(container.id)?.image ?? container.image
  }))
  return { ...catalogue, containers }
}
