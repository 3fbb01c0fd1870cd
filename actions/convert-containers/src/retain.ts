/**
 * What may be deleted from the stores: containers that nobody wants and that were uploaded long ago, builds that waited
 * too long in the cache, and segments that no object is made of. Since when a container is unwanted is not known: the
 * age is that of its upload. Everything speaks for keeping: what is not surely old and surely unwanted stays. Pure.
 */
import { createHash } from 'node:crypto'

import { isContainerName, parseContainerName, type Catalogue } from '../../../lib/catalogue/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { StoredObject } from '../../../lib/store/index.ts'
import { segmentSet, usesOf } from './segments.ts'

export interface StoreContents {
  readonly store: string
  readonly objects: readonly StoredObject[]
  /** In the folder of finished builds; keys with that folder. */
  readonly cached: readonly StoredObject[]
  /** Parts of large objects in a container of their own; keys within that container. */
  readonly segments: readonly StoredObject[]
  /** Keys of what lies in other folders: it is never deleted, and may be made of segments. */
  readonly others: readonly string[]
  /** The sets of segments (`CONTAINER/SET`) that each large object is made of. */
  readonly manifests: ReadonlyMap<string, ReadonlySet<string>>
  /** Keys of which it could not be learned whether they are made of segments. */
  readonly untold: ReadonlySet<string>
  /** Everything that can be made of these segments was asked and has told. */
  readonly allTold: boolean
}

export interface Deletion {
  readonly store: string
  readonly kind: 'object' | 'cached' | 'segment'
  readonly key: string
  readonly bytes: number
  readonly modified: number
}

/** Its name in findings. */
export function subjectOf({ store, key }: Pick<Deletion, 'store' | 'key'>): string {
  return `${store}: ${key}`
}

export interface RetentionPlan {
  readonly deletions: readonly Deletion[]
  /** SHA-256 over the plan: the same plan has the same hash on every machine. */
  readonly hash: string
  /** Most objects that may go without a person's word. */
  readonly limit: number
  /** What goes, as that limit counts it: the segments of one upload are one object. */
  readonly counted: number
  readonly kept: {
    readonly protected: number
    readonly young: number
    readonly foreign: number
    /** Large objects whose segments others need, or may need. */
    readonly shared: number
    /** Older builds of what the catalogue wants, and the store does not have yet. */
    readonly awaited: number
  }
  /** What would go, were others not made of its segments. */
  readonly shared: readonly { readonly subject: string; readonly with: readonly string[] }[]
  /** What would go, were its successor there. */
  readonly awaited: readonly { readonly subject: string; readonly successor: string }[]
}

export interface RetentionRules {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly retentionDays: number
  /** Undefined: the greater of 25 and 5 % of what was listed. */
  readonly maxDelete: number | undefined
  /** The objects of the catalogue, without `.simg`: until one is in a store, older builds of it stay there. */
  readonly current: readonly string[]
}

const DAY = 86_400_000
/** Finished builds wait for a release this long. */
export const CACHE_DAYS = 30
/** An upload of 30 GB may still be under way. */
const SEGMENT_DAYS = 7
const LIMIT_COUNT = 25
const LIMIT_SHARE = 0.05

/**
 * @param protectedObjects names without `.simg`.
 * @throws Error when the cache is the store itself: containers would go as builds that waited too long.
 */
export function planRetention(
  contents: readonly StoreContents[],
  protectedObjects: ReadonlySet<string>,
  rules: RetentionRules
): RetentionPlan {
  const kept = { protected: 0, young: 0, foreign: 0, shared: 0, awaited: 0 }
  const deletions: Deletion[] = []
  const shared: RetentionPlan['shared'][number][] = []
  const awaited: RetentionPlan['awaited'][number][] = []
  for (const { store, cached } of contents) {
    const bare = cached.find(({ key }) => !isInFolder(key))
    if (bare !== undefined) throw new Error(`the cache of ${store} is the store itself: ${bare.key}`)
  }
  const uses = usesOf(contents.flatMap(usesIn))
  for (const { store, objects, cached, segments, others, manifests, untold, allTold } of contents) {
    const there = new Set(objects.map(({ key }) => key))
    const successors = awaitedIn(objects, rules.current)
    const all = new Set([...there, ...cached.map(({ key }) => key), ...others])
    // Whatever its name, a set that an object is made of stays; one that told nothing keeps every set with its name.
    const inUse = ({ object, set }: { object: string; set: string }): boolean =>
      !allTold || uses.isUsed(set) || (all.has(object) && !manifests.has(object))
    // rclone deletes the segments with the object.
    const isBound = (key: string): boolean => {
      const subject = subjectOf({ store, key })
      const partners = uses.sharedWith(subject)
      if (partners.length > 0) shared.push({ subject, with: partners })
      return partners.length > 0 || untold.has(key) || (manifests.has(key) && !allTold)
    }
    // A conversion that failed must not cost users the build that they have.
    const isAwaited = (key: string): boolean => {
      const successor = successors.get(imageOf(containerOf(key) ?? ''))
      if (successor !== undefined) awaited.push({ subject: subjectOf({ store, key }), successor })
      return successor !== undefined
    }
    const consider = (kind: Deletion['kind'], object: StoredObject, days: number): void => {
      if (object.modified === undefined || rules.now - object.modified < days * DAY) kept.young++
      else if (kind === 'object' && isAwaited(object.key)) kept.awaited++
      else if (kind !== 'segment' && isBound(object.key)) kept.shared++
      else deletions.push({ store, kind, key: object.key, bytes: object.bytes, modified: object.modified })
    }
    for (const object of objects) {
      const name = containerOf(object.key)
      if (name === undefined) kept.foreign++
      else if (protectedObjects.has(name)) kept.protected++
      else consider('object', object, rules.retentionDays)
    }
    for (const object of cached) {
      const file = object.key.split('/').at(-1) ?? ''
      const name = containerOf(file)
      if (name === undefined) kept.foreign++
      // The next run copies it from here to its final name.
      else if (protectedObjects.has(name) && !there.has(file)) kept.protected++
      else consider('cached', object, CACHE_DAYS)
    }
    for (const segment of segments) {
      const owner = segmentSet(segment.key)
      if (owner === undefined) kept.foreign++
      else if (inUse(owner)) kept.protected++
      else consider('segment', segment, SEGMENT_DAYS)
    }
  }
  deletions.sort((a, b) => compare(lineOf(a), lineOf(b)))
  const listed = contents.reduce((sum, { objects, cached }) => sum + objects.length + cached.length, 0)
  return {
    deletions,
    hash: createHash('sha256').update(deletions.map(lineOf).join('')).digest('hex'),
    limit: rules.maxDelete ?? Math.max(LIMIT_COUNT, Math.floor(listed * LIMIT_SHARE)),
    counted: new Set(deletions.map(countedAs)).size,
    kept,
    shared,
    awaited
  }
}

/** Why nothing may be deleted, whatever the plan says. */
export function objections(
  catalogue: Catalogue,
  base: { readonly shrunken: boolean } | undefined,
  plan: RetentionPlan | undefined,
  given: { readonly delete: boolean; readonly confirmPlan: string }
): Finding[] {
  const findings: Finding[] = []
  const object = (
    id: string,
    message: string,
    hint: string,
    severity: Finding['severity'] = 'error'
  ): void => {
    findings.push({ id, subject: catalogue.file, severity, message, hint })
  }
  if (catalogue.broken) {
    object(
      'retain-catalogue-broken',
      'the catalogue is no JSON: nothing is deleted by it',
      'Correct the file.'
    )
  } else if (catalogue.containers.length === 0) {
    object(
      'retain-catalogue-empty',
      'the catalogue has no containers: nothing is deleted by it',
      'Look whether it is the right file.'
    )
  } else if (catalogue.findings.some(({ severity }) => severity === 'error')) {
    const names = catalogue.findings
      .filter(({ severity }) => severity === 'error')
      .slice(0, 5)
      .map(({ subject }) => subject)
      .join(', ')
    object(
      'retain-catalogue-faulty',
      `the catalogue has faults (${names}): nothing is deleted by it`,
      'Correct them first.'
    )
  } else if (unclear(catalogue).length > 0) {
    object(
      'retain-catalogue-unclear',
      `it is not clear whether these are containers (${unclear(catalogue).slice(0, 5).join(', ')}): nothing is deleted by it`,
      'Give menu items an exec, and containers the name of their tool.'
    )
  }
  if (base?.shrunken === true) {
    object(
      'retain-catalogue-shrunken',
      'the catalogue has lost many containers at once: nothing is deleted by it',
      'Look whether it was cut off.'
    )
  }
  if (plan === undefined) return findings
  if (given.confirmPlan !== '' && given.confirmPlan !== plan.hash) {
    const message = `the plan that was confirmed is not the plan of now: ${given.confirmPlan} is confirmed, ${plan.hash} would be carried out`
    object('retain-plan-changed', message, 'Look at the plan again, and confirm its hash.')
  } else if (plan.counted > plan.limit && given.confirmPlan === '') {
    object(
      'retain-too-many',
      `${plan.counted} objects would go, at most ${plan.limit} may go without a confirmation`,
      `When they shall go: confirm-plan: ${plan.hash}`,
      given.delete ? 'error' : 'warning'
    )
  }
  return findings
}

/** Entries that are taken for menu items, and may be containers: their objects would be nobody's. */
function unclear({ findings, containers }: Catalogue): string[] {
  const counted = new Set(containers.map(({ app }) => app))
  return findings
    .filter(({ id, subject }) => id === 'catalogue-primary-unclear' && !counted.has(subject))
    .map(({ subject }) => subject)
}

/** `./NAME`, `//NAME` and `x/../NAME` are no folder. */
function isInFolder(key: string): boolean {
  const parts = key.split('/').filter((part) => part !== '' && part !== '.')
  return parts.length > 1 && !parts.includes('..')
}

/** The container that an object holds, by its name; undefined for what is no container's. */
function containerOf(key: string): string | undefined {
  const name = /^([^/]+)\.simg$/.exec(key)?.[1]
  return name !== undefined && isContainerName(name) ? name : undefined
}

function imageOf(name: string): string {
  return parseContainerName(name)?.image ?? name
}

/** Objects that the catalogue wants and that are not here, by their images. */
function awaitedIn(objects: readonly StoredObject[], current: readonly string[]): Map<string, string> {
  const there = new Set(objects.filter(({ bytes }) => bytes > 0).map(({ key }) => containerOf(key)))
  return new Map(current.filter((name) => !there.has(name)).map((name) => [imageOf(name), name]))
}

function usesIn({ store, manifests }: StoreContents): { owner: string; set: string }[] {
  return [...manifests].flatMap(([key, sets]) =>
    [...sets].map((set) => ({ owner: subjectOf({ store, key }), set }))
  )
}

/** A listing rounds times down to the second, an object's own header up, or neither does. */
const ROUNDING_MS = 1000

/** It is still what was listed. Whatever is deleted is days old, so what was written anew differs by days. */
export function isUnchanged(now: StoredObject, listed: Deletion): boolean {
  return (
    now.bytes === listed.bytes &&
    now.modified !== undefined &&
    Math.abs(now.modified - listed.modified) <= ROUNDING_MS
  )
}

function countedAs({ store, kind, key }: Deletion): string {
  return `${kind}\t${store}\t${(kind === 'segment' ? segmentSet(key)?.set : undefined) ?? key}`
}

function lineOf({ store, kind, key, bytes, modified }: Deletion): string {
  return `${kind}\t${store}\t${key}\t${bytes}\t${modified}\n`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
