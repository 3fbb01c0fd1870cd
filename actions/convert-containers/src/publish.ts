/**
 * log.txt and applist.json, for what users can really get. The stores are looked at again just before: what jobs of a
 * matrix said about themselves counts for nothing. Pure.
 */
import {
  readLog,
  writeAppList,
  writeLog,
  type Catalogue,
  type Comparison,
  type Container
} from '../../../lib/catalogue/index.ts'
import { messageOf, TransientError } from '../../../lib/failure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Availability } from './availability.ts'

export interface Publication {
  readonly log: string
  readonly appList: string
  readonly listed: readonly Container[]
  /** In the catalogue, and left out since a required store lacks them. */
  readonly left: readonly Availability[]
  readonly findings: readonly Finding[]
  /** Nothing may be written. */
  readonly refused: boolean
}

/** Subject of what is wrong with the lists. */
export const LOG = 'log.txt'

/** More lines than this may not go from log.txt at once, whatever takes them away. */
const DROP_COUNT = 10
const DROP_SHARE = 0.05

/**
 * What to write.
 * @param before the log.txt that is there now; undefined when there is none.
 * @param comparison with the catalogue as it was before, where one was given.
 */
export function planPublication(
  catalogue: Catalogue,
  available: readonly Availability[],
  before: string | undefined,
  comparison?: Pick<Comparison, 'shrunken'>
): Publication {
  const findings: Finding[] = []
  const listed = available.filter(({ verdict }) => verdict === 'present' || verdict === 'size-differs')
  const left = available.filter((entry) => !listed.includes(entry))
  const unknown = left.filter(({ verdict }) => verdict === 'unknown')
  if (unknown.length > 0) {
    findings.push({
      id: 'publish-unknown',
      subject: catalogue.file,
      severity: 'unknown',
      message: `nothing is published: of ${unknown.length} containers it is not known whether the stores have them`,
      hint: 'Run again when the stores answer.'
    })
  }
  // A container of which nothing is known counts as staying: it is told above.
  const stay = [...listed, ...unknown].map(({ container }) => container.id)
  const known = linesOf(before)
  if (!Array.isArray(known)) findings.push(known)
  const loss =
    catalogueLoss(catalogue, comparison) ?? (Array.isArray(known) ? lineLoss(known, stay, left) : undefined)
  if (loss !== undefined) findings.push({ id: 'publish-shrunken', subject: LOG, severity: 'error', ...loss })
  const refused = findings.length > 0
  if (!refused && Array.isArray(known))
    findings.push(...goneFrom(known, stay).map((id) => lineGone(id, left, catalogue)))
  const containers = listed.map(({ container }) => container)
  return {
    log: writeLog(containers),
    appList: writeAppList(containers),
    listed: containers,
    left,
    findings,
    refused
  }
}

type Loss = Required<Pick<Finding, 'message' | 'hint'>>

function catalogueLoss(
  { containers, file }: Catalogue,
  comparison: Pick<Comparison, 'shrunken'> | undefined
): Loss | undefined {
  const hint = 'Look whether the catalogue was cut off or badly merged.'
  if (containers.length === 0) return { message: `nothing is published: ${file} has no containers`, hint }
  if (comparison?.shrunken !== true) return undefined
  return { message: `nothing is published: ${file} has lost too many containers at once`, hint }
}

/** Of what stands in no such form nobody knows whether it would be lost: a merge that was not finished, an error page. */
function linesOf(before: string | undefined): string[] | Finding {
  try {
    return before === undefined ? [] : readLog(before, LOG)
  } catch (error) {
    return {
      id: 'publish-log-unreadable',
      subject: LOG,
      severity: 'error',
      message: `nothing is published, log.txt as it is now cannot be read: ${messageOf(error)}`,
      hint: 'Correct it by hand, or remove it: then it is written anew.'
    }
  }
}

/** Lines that go; a newer build of the same version takes the place of the older one's line. */
function goneFrom(known: readonly string[], stay: readonly string[]): string[] {
  const images = new Set(stay.map(withoutDate))
  return known.filter((id) => !images.has(withoutDate(id)))
}

/** Told once, by the run that takes the line away: the lists are of what the catalogue has now, and nothing else. */
function lineGone(id: string, left: readonly Availability[], { refused }: Catalogue): Finding {
  const image = withoutDate(id)
  const successor = left.find(({ container }) => withoutDate(container.id) === image)?.container.id
  // Of an entry without a build date only its key is known.
  const bad = refused.find((one) => [withoutDate(one.id), one.id.replaceAll(' ', '_')].includes(image))?.id
  const [why, hint] =
    successor !== undefined
      ? [
          `not every required store has ${successor === id ? 'it' : `${successor}, which takes its place`}`,
          'Look why it was not brought there; its line comes with the next run that finds it.'
        ]
      : bad !== undefined
        ? [`the entry that takes its place is refused (${bad})`, 'Correct the entry of the catalogue.']
        : ['the catalogue does not have it any more', 'Nothing, when it was taken out on purpose.']
  const message = `its line leaves log.txt: ${why}`
  return { id: 'publish-line-gone', subject: id, severity: 'warning', message, hint }
}

function lineLoss(
  known: readonly string[],
  stay: readonly string[],
  left: readonly Availability[]
): Loss | undefined {
  const gone = goneFrom(known, stay)
  const most = Math.max(DROP_COUNT, known.length * DROP_SHARE)
  if (gone.length <= most && (gone.length === 0 || stay.length > 0)) return undefined
  const wanted = new Set(left.map(({ container }) => withoutDate(container.id)))
  const without = gone.filter((id) => wanted.has(withoutDate(id))).length
  return {
    message: `nothing is published: ${gone.length} of ${known.length} lines would go, ${without} of them though the catalogue has their containers`,
    hint: 'Look whether the stores, their listings and the catalogue are the right ones and whole. When the lines are to go, take them out of log.txt by hand.'
  }
}

function withoutDate(id: string): string {
  return id.slice(0, id.lastIndexOf('_'))
}

export interface Written {
  /** Paths whose content is another now, relative to the workspace. */
  readonly changed: readonly string[]
  readonly commit: string | undefined
  readonly dispatched: readonly string[]
  readonly findings: readonly Finding[]
}

/** What is to be written where log.txt is like this now; undefined when there is none. */
export type Draft = (before: string | undefined) => Publication

export interface Published {
  readonly publication: Publication
  /** Undefined when nothing may be written. */
  readonly written: Written | undefined
}

/** Whatever goes wrong when the lists are written is told beside what the run has done, not in its place. */
export function publishFailed(error: unknown, what = 'the lists could not be published'): Finding {
  return {
    id: 'publish-failed',
    subject: LOG,
    severity: error instanceof TransientError ? 'unknown' : 'error',
    message: `${what}: ${messageOf(error).split('\n', 1)[0] ?? ''}`,
    hint: 'Correct that, and run again with mode publish: nothing has to be converted for it.'
  }
}
