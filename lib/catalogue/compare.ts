/**
 * The guard over a change of the catalogue: what a pull request takes away or sets back is told before it is
 * merged, since the object of a container that leaves apps.json, or is rebuilt, may go with the next retention: its age is
 * that of its upload, and nobody knows since when it is unwanted.
 */
import type { Finding } from '../report/index.ts'
import type { Catalogue, Container } from './collection.ts'

export interface Comparison {
  readonly added: readonly Container[]
  readonly removed: readonly Container[]
  /** Same name and version with a newer build date. */
  readonly rebuilt: readonly { readonly from: Container; readonly to: Container }[]
  /** What stores had under another name until now, or not at all: new, another build date, another image. */
  readonly changed: readonly Container[]
  readonly findings: readonly Finding[]
  /** More went than by hand: nothing may be deleted by it without a person's word. */
  readonly shrunken: boolean
}

/** More than the greater of 10 containers and 5 % gone at once is an accident until somebody says otherwise. */
const SHRINK_COUNT = 10
const SHRINK_SHARE = 0.05

export function compareCatalogues(base: Catalogue, now: Catalogue): Comparison {
  const before = newest(base.containers)
  const after = newest(now.containers)
  const place = { file: now.file }
  const findings: Finding[] = []
  const rebuilt: { from: Container; to: Container }[] = []
  for (const [key, to] of after) {
    const from = before.get(key)
    if (from === undefined || from.buildDate === to.buildDate) continue
    if (to.buildDate < from.buildDate) {
      findings.push({
        id: 'catalogue-date-regression',
        subject: to.id,
        severity: 'error',
        message: `its build date goes back from ${from.buildDate} to ${to.buildDate}`,
        hint: 'Take the newer date, or say in the pull request why the older build is wanted.',
        place: { ...place, line: to.at.line, column: to.at.column }
      })
    } else {
      rebuilt.push({ from, to })
    }
  }
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, container]) => container)
  // Of a file that cannot be read nobody knows what is in it.
  for (const container of now.broken ? [] : removed) {
    findings.push({
      id: 'catalogue-removed',
      subject: container.id,
      severity: 'warning',
      message: `it is no longer in the catalogue; its object goes with the next retention when it was uploaded long enough ago`,
      hint: 'Put it back, or list it in the retention’s `keep` when somebody cites it.',
      place
    })
  }
  const shrunken = removed.length > Math.max(SHRINK_COUNT, before.size * SHRINK_SHARE)
  if (shrunken) {
    findings.push({
      id: 'catalogue-shrunken',
      subject: now.file,
      severity: 'error',
      message: `${removed.length} of ${before.size} containers are gone at once`,
      hint: 'Look whether the file was cut off or badly merged.',
      place
    })
  }
  const added = [...after].filter(([key]) => !before.has(key)).map(([, container]) => container)
  const known = new Set(base.containers.map(({ object }) => object))
  const changed = now.containers.filter(({ object }) => !known.has(object))
  return { added, removed, rebuilt, changed, findings, shrunken }
}

function newest(containers: readonly Container[]): Map<string, Container> {
  const result = new Map<string, Container>()
  for (const container of containers) {
    const other = result.get(container.image)
    if (other === undefined || other.buildDate < container.buildDate) result.set(container.image, container)
  }
  return result
}
