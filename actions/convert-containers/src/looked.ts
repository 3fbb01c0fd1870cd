/**
 * What a run has an answer about, for those who close issues by it: nothing that it did not come to may count as well.
 * Pure.
 */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { StoreView } from './availability.ts'
import { LOG } from './publish.ts'
import { subjectOf, type Deletion } from './retain.ts'
import type { Result } from './summary.ts'

export type Looked = Pick<Outcome, 'subjects' | 'unreached' | 'coverage'>

export function lookedAt(result: Result): Looked {
  const { catalogue, limited } = result
  // Nothing can be said of its containers, not even which there are.
  if (catalogue.broken) return { subjects: [] }
  const containers = new Set(catalogue.containers.map(({ id }) => id))
  const stores = result.views.map((view) => ({ name: view.store.name, answered: hasAnswered(view) }))
  const unknown = result.available.filter(({ verdict }) => verdict === 'unknown')
  return {
    subjects: [
      ...stores.filter(({ answered }) => answered).map(({ name }) => name),
      // A job of a matrix answers for its own containers.
      ...(limited ? [] : catalogue.names.filter((name) => !containers.has(name))),
      ...containersSeen(result),
      ...publicationSeen(result)
    ],
    unreached: [
      ...stores.filter(({ answered }) => !answered).map(({ name }) => name),
      ...unknown.map(({ container }) => container.id),
      ...result.dispatchTo.filter((name) => !(result.written?.dispatched ?? []).includes(name))
    ],
    coverage: { of: catalogue.file, whole: isWhole(result) }
  }
}

/** Nothing is known of anything in it: that is told once. */
export function isDark({ store, listingError, silent }: StoreView): boolean {
  return silent !== undefined || (listingError !== undefined && store.publicUrl === undefined)
}

/** A store that was asked for nothing has said nothing. */
function hasAnswered(view: StoreView): boolean {
  return !isDark(view) && view.sightings.size > 0
}

function containersSeen({ available, mode, plan }: Result): string[] {
  // What a plan leaves to the jobs that come after it is theirs to tell.
  const left = new Set(mode === 'plan' ? plan?.jobs.map(({ container }) => container.id) : [])
  return available
    .filter(
      ({ container, verdict }) => verdict === 'present' || (verdict !== 'unknown' && !left.has(container.id))
    )
    .map(({ container }) => container.id)
}

/** The lists, where they were written or were as they should be; the catalogue's file by who may publish by it. */
function publicationSeen({ mode, limited, dryRun, catalogue, publication, written }: Result): string[] {
  if (mode === 'check') return limited ? [] : [catalogue.file]
  if (publication === undefined || publication.refused || dryRun) return []
  return [catalogue.file, LOG, ...(written?.dispatched ?? [])]
}

/**
 * A container that is not named has left the catalogue: not when an entry is faulty, which hides what it stands for, and
 * not by a plan or a conversion, which do not come to the lists.
 */
function isWhole({ mode, limited, changedOnly, dryRun, catalogue, written }: Result): boolean {
  if (limited || changedOnly || catalogue.findings.some(({ severity }) => severity === 'error')) return false
  return mode === 'check' || (written !== undefined && !dryRun)
}

/** What a sweep of the stores came to. */
export interface Swept {
  readonly file: string
  /** Stores that could be listed. */
  readonly stores: readonly string[]
  readonly deleted: readonly Deletion[]
  readonly findings: readonly Finding[]
  /** The deletion was begun, and so came to its end. */
  readonly swept: boolean
}

/** Of mode retain. What would be deleted, and was only planned, stays as it was. */
export function lookedAtStores({ file, stores, deleted, findings, swept }: Swept): Looked {
  const about = (subject: string): boolean => findings.some((finding) => finding.subject === subject)
  const isListed = !findings.some(({ id }) => id === 'retain-store-unknown')
  return {
    subjects: [...(about(file) ? [] : [file]), ...stores, ...deleted.map(subjectOf)],
    coverage: { of: `retention by ${file}`, whole: swept && isListed }
  }
}
