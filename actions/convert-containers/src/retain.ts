/**
 * What may be deleted from the stores: containers that left the catalogue long ago, builds that waited too long in
 * the cache, and segments whose object is gone. Everything speaks for keeping: what is not surely old and surely
 * unwanted stays. Pure.
 */
import { createHash } from 'node:crypto'

import { parseContainerName, unsafeBecause, type Catalogue } from '../../../lib/catalogue/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { StoredObject } from '../../../lib/store/index.ts'

export interface StoreContents {
  readonly store: string
  readonly objects: readonly StoredObject[]
  /** In the folder of finished builds; keys with that folder. */
  readonly cached: readonly StoredObject[]
  /** Parts of large objects in a container of their own; keys within that container. */
  readonly segments: readonly StoredObject[]
  /** The sets of segments that each large object is made of; undefined when not all objects could be asked. */
  readonly manifests: ReadonlyMap<string, ReadonlySet<string>> | undefined
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
  /** Most objects that may go without a person's word; segments do not count. */
  readonly limit: number
  readonly counted: number
  readonly kept: { readonly protected: number; readonly young: number; readonly foreign: number }
}

export interface RetentionRules {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly retentionDays: number
  /** Undefined: the greater of 25 and 5 % of what was listed. */
  readonly maxDelete: number | undefined
}

const DAY = 86_400_000
/** Finished builds wait for a release this long. */
export const CACHE_DAYS = 30
/** An upload of 30 GB may still be under way. */
const SEGMENT_DAYS = 7
const LIMIT_COUNT = 25
const LIMIT_SHARE = 0.05

/** @param protectedObjects names without `.simg`. */
export function planRetention(
  contents: readonly StoreContents[],
  protectedObjects: ReadonlySet<string>,
  rules: RetentionRules
): RetentionPlan {
  const kept = { protected: 0, young: 0, foreign: 0 }
  const deletions: Deletion[] = []
  for (const { store, objects, cached, segments, manifests } of contents) {
    const there = new Set(objects.map(({ key }) => key))
    const waiting = new Set(cached.map(({ key }) => key))
    const used = new Set([...(manifests?.values() ?? [])].flatMap((sets) => [...sets]))
    // Whatever its name, a set that an object is made of stays; one that told nothing keeps every set with its name.
    const inUse = ({ object, set }: { object: string; set: string }): boolean =>
      manifests === undefined ||
      used.has(set) ||
      ((there.has(object) || waiting.has(object)) && !manifests.has(object))
    const consider = (kind: Deletion['kind'], object: StoredObject, days: number): void => {
      if (object.modified === undefined || rules.now - object.modified < days * DAY) kept.young++
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
    counted: deletions.filter(({ kind }) => kind !== 'segment').length,
    kept
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

/** The container that an object holds, by its name; undefined for what is no container's. */
function containerOf(key: string): string | undefined {
  const name = /^([^/]+)\.simg$/.exec(key)?.[1]
  if (name === undefined || unsafeBecause(name) !== undefined) return undefined
  return parseContainerName(name) === undefined ? undefined : name
}

/**
 * rclone's segments are `OBJECT/MTIME/SIZE/NUMBER`, since 1.69 `OBJECT/DATE-TIME-RANDOM/NUMBER` (rclone,
 * backend/swift); what is named otherwise is not known and stays.
 */
export function segmentSet(key: string): { readonly object: string; readonly set: string } | undefined {
  const match = /^((.+\.simg)\/(?:\d+\.\d+\/\d+|\d{4}-\d\d-\d\d-\d{6}-[\w-]{16,32}))\/\d+$/.exec(key)
  return match?.[1] === undefined || match[2] === undefined ? undefined : { object: match[2], set: match[1] }
}

function lineOf({ store, kind, key, bytes, modified }: Deletion): string {
  return `${kind}\t${store}\t${key}\t${bytes}\t${modified}\n`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
