/**
 * What has to be done, and the cheapest way to do it: copy within the store, take the file from the local cache,
 * copy from another store, convert. Pure: facts in, a plan out.
 */
import type { Container } from '../../../lib/catalogue/index.ts'
import type { Store } from '../../../lib/store/index.ts'
import type { Availability, Standing } from './availability.ts'
import type { Found, Image } from './images.ts'
import { withinLimits, type RateLimit } from './pulls.ts'
import { sparedStores, type Spared } from './spared.ts'

export const CONVERTERS = ['stream', 'apptainer'] as const
export type ConverterName = (typeof CONVERTERS)[number]

/** Where the bytes come from for the stores that cannot take them from their own cache. */
export type Source =
  | { readonly kind: 'local'; readonly file: string; readonly bytes: number }
  | {
      readonly kind: 'store'
      readonly store: Store
      readonly cached: boolean
      readonly bytes: number
      readonly sha256?: string
    }
  | { readonly kind: 'convert'; readonly image: Image }

export interface Job {
  readonly container: Container
  /** Stores that copy it from their own cache. */
  readonly inside: readonly { readonly store: Store; readonly bytes: number }[]
  /** Stores that it is uploaded to. */
  readonly upload: readonly Store[]
  /** Undefined when every store has it in its cache. */
  readonly source: Source | undefined
  /** Where they come from when that turns out to be damaged, in this order. */
  readonly others?: readonly Source[]
  /** Whether it may be made anew when all of them are damaged. */
  readonly mayConvert?: boolean
  /** Bytes that move: estimated where a SIF is still to be made. */
  readonly bytes: number
  /** Bytes of disk while it is under way. */
  readonly diskBytes: number
  /** What it takes of its registry's pulls, besides the look-up. */
  readonly pulls: number
}

export interface Blocked {
  readonly container: Container
  readonly kind: 'unknown' | 'no-image' | 'no-target' | 'differs' | 'limited' | 'held'
  readonly reason: string
}

export interface Plan {
  readonly jobs: readonly Job[]
  /** Where nothing is replaced without a person's word. */
  readonly spared?: readonly Spared[]
  /** Needed, and not possible now. */
  readonly blocked: readonly Blocked[]
}

/**
 * Disk for an image, in bytes for each byte of its layers. Apptainer takes the layers, the unpacked tree (about 2.2
 * times as large), the squashfs and the SIF: measured at 3.7 to 4.8 for images of 0.5 GB. The stream takes the SIF
 * alone: 0.86 as a rule, and more than 1 where the layers are packed harder than squashfs packs.
 */
const DISK_FACTORS: Readonly<Record<ConverterName, number>> = { apptainer: 4.8, stream: 1.3 }
const DISK_BASE = 64 * 1024 * 1024

/** Bytes of disk while an image of `compressed` bytes is converted. */
export function diskFor(compressed: number, converter: ConverterName): number {
  return Math.round(compressed * DISK_FACTORS[converter]) + DISK_BASE
}

/** SIF bytes per byte of layers, both gzip: 0.86 for an image of 0.5 GB. */
const SIF_FACTOR = 0.9

/** Object stores copy at most 5 GB by themselves. */
export const MAX_SERVER_COPY = 5_000_000_000

export interface PlanFacts {
  /** Files in the local cache, by the name of the object. */
  readonly local: ReadonlyMap<string, { readonly file: string; readonly bytes: number }>
  readonly images: ReadonlyMap<string, Found>
  readonly converter: ConverterName
  /** What one build by it takes of a registry's pulls. */
  readonly pullsPerBuild: number
  /** How many damaged objects of a store are replaced, when somebody has said so. */
  readonly maxReplace?: number | undefined
  /** Where some containers are meant: all that there are, for the count of damaged ones. */
  readonly all?: readonly Availability[]
}

/** Containers for which the registries have to be asked: nobody has their bytes. */
export function needingImages(
  available: readonly Availability[],
  local: PlanFacts['local'],
  maxReplace?: number,
  all: readonly Availability[] = available
): Container[] {
  const spared = sparedStores(all, maxReplace)
  return available
    .filter((entry) => {
      const { targets, inside, sources, obstacle } = waysOf(entry, local.get(entry.container.object), spared)
      return obstacle === undefined && inside.length < targets.length && sources.length === 0
    })
    .map(({ container }) => container)
}

export function makePlan(available: readonly Availability[], facts: PlanFacts): Plan {
  const jobs: Job[] = []
  const blocked: Blocked[] = []
  const spared = sparedStores(facts.all ?? available, facts.maxReplace)
  for (const entry of available) {
    const planned = planOne(entry, facts, spared)
    if (planned === undefined) continue
    if ('kind' in planned) blocked.push(planned)
    else jobs.push(planned)
  }
  return { jobs, blocked, ...(spared.length === 0 ? {} : { spared }) }
}

function planOne(
  entry: Availability,
  facts: PlanFacts,
  spared: readonly Spared[]
): Job | Blocked | undefined {
  const { container } = entry
  const ways = waysOf(entry, facts.local.get(container.object), spared)
  const { targets, inside, sources, waitsFor } = ways
  if (targets.length === 0) return nothingToDo(entry)
  const upload = targets
    .filter(({ store }) => !inside.some((other) => other.store === store))
    .map(({ store }) => store)
  const insideBytes = inside.reduce((sum, { bytes }) => sum + bytes, 0)
  const mayConvert = waitsFor === undefined
  if (upload.length === 0) {
    const spare = { others: sources, mayConvert }
    return {
      container,
      inside,
      upload,
      source: undefined,
      ...spare,
      bytes: insideBytes,
      diskBytes: 0,
      pulls: 0
    }
  }
  if (ways.obstacle !== undefined) return { container, ...ways.obstacle }

  const job = (source: Source, sourceBytes: number, uploadBytes: number, diskBytes: number): Job => ({
    container,
    inside,
    upload,
    source,
    others: sources.slice(1),
    mayConvert,
    bytes: insideBytes + sourceBytes + uploadBytes * upload.length,
    diskBytes,
    pulls: source.kind === 'convert' ? facts.pullsPerBuild : 0
  })
  const [first] = sources
  if (first?.kind === 'local') return job(first, 0, first.bytes, 0)
  if (first?.kind === 'store') return job(first, first.bytes, first.bytes, first.bytes)
  const found = facts.images.get(container.object)
  if (found?.kind !== 'image') {
    const kind = found?.kind === 'absent' ? 'no-image' : found?.kind === 'limited' ? 'limited' : 'unknown'
    return { container, kind, reason: found?.reason ?? 'the registries were not asked' }
  }
  const { compressedBytes } = found.image
  const sif = Math.round(compressedBytes * SIF_FACTOR)
  const disk = diskFor(compressedBytes, facts.converter)
  return job({ kind: 'convert', image: found.image }, compressedBytes, sif, disk)
}

/** Leaves out what the registries would refuse before it is done: half of it would be pulled for nothing. */
export function respectLimits(plan: Plan, limits: readonly RateLimit[]): Plan {
  const builds = plan.jobs.flatMap((job) =>
    job.source?.kind === 'convert' ? [{ job, reference: job.source.image.reference, pulls: job.pulls }] : []
  )
  const { beyond } = withinLimits(builds, limits)
  const left = new Set(beyond.map(({ image }) => image.job))
  return {
    ...plan,
    jobs: plan.jobs.filter((job) => !left.has(job)),
    blocked: [
      ...plan.blocked,
      ...beyond.map(({ image: { job }, reason }) => ({
        container: job.container,
        kind: 'limited' as const,
        reason
      }))
    ]
  }
}

/** Stores without the container that can be written to. */
function targetsOf({ standings }: Availability, isSpared: (own: Standing) => boolean): Standing[] {
  return standings.filter(
    (own) =>
      own.store.remote !== undefined &&
      (own.state === 'missing' || own.state === 'pending' || (own.state === 'damaged' && !isSpared(own)))
  )
}

function nothingToDo({ container, standings, verdict }: Availability): Blocked | undefined {
  const required = standings.filter(({ store }) => store.required)
  const say = (kind: Blocked['kind'], state: Standing['state']): Blocked => {
    const first = required.find((own) => own.state === state)
    return { container, kind, reason: `${first?.store.name ?? ''}: ${first?.detail ?? ''}` }
  }
  if (verdict === 'present') return undefined
  if (verdict === 'unknown') return say('unknown', 'unknown')
  if (verdict === 'size-differs') return say('differs', 'size-differs')
  return say('no-target', verdict)
}

interface Ways {
  readonly targets: readonly Standing[]
  readonly inside: Job['inside']
  /** Without a conversion; the cheapest first. */
  readonly sources: readonly Exclude<Source, { kind: 'convert' }>[]
  /** Why it may not be made anew now. */
  readonly waitsFor: string | undefined
  /** Why nothing can be brought to stores that have no build in their cache. */
  readonly obstacle: Pick<Blocked, 'kind' | 'reason'> | undefined
}

/**
 * Stores are to have the same file, and a SIF is never made twice with the same bytes. So what a store has under the
 * final name says how large every other source must be, else a file here, else the first build in a cache.
 */
function waysOf(
  entry: Availability,
  local: { file: string; bytes: number } | undefined,
  spared: readonly Spared[]
): Ways {
  const { standings } = entry
  const isSpared = ({ state, store }: Standing): boolean =>
    state === 'damaged' && spared.some((one) => one.store === store)
  const targets = targetsOf(entry, isSpared)
  const { holders, quarrel } = holdersOf(standings)
  if (quarrel !== undefined) {
    const obstacle = { kind: 'differs' as const, reason: quarrel }
    return { targets, inside: [], sources: [], waitsFor: quarrel, obstacle }
  }
  const waiting = standings.filter(({ cached, store }) => cached !== undefined && store.remote !== undefined)
  const first = waiting.find(({ store }) => store.required) ?? waiting[0]
  const right = holders[0]?.bytes ?? local?.bytes ?? first?.cached
  const inside = targets.flatMap(({ store, cached }) =>
    cached !== undefined && cached === right && cached <= MAX_SERVER_COPY ? [{ store, bytes: cached }] : []
  )
  const sources = [
    ...(local === undefined || local.bytes !== right
      ? []
      : [{ kind: 'local' as const, file: local.file, bytes: local.bytes }]),
    ...holders.flatMap(({ store, bytes, sha256 }) => {
      if (store.remote === undefined || bytes === undefined) return []
      const kept = sha256 === undefined ? {} : { sha256 }
      return [{ kind: 'store' as const, store, cached: false, bytes, ...kept }]
    }),
    ...waiting.flatMap(({ store, cached }) =>
      cached !== undefined && cached === right
        ? [{ kind: 'store' as const, store, cached: true, bytes: cached }]
        : []
    )
  ]
  // Who gives no answer may have it: a second build would make the two differ for ever.
  const silent = standings.find((own) => own.store.required && (own.state === 'unknown' || isSpared(own)))
  const answer = silent?.state === 'unknown' ? 'gives no answer' : 'has too much that looks damaged'
  const waitsFor =
    silent === undefined ? undefined : `${silent.store.name} may have it and ${answer}: ${silent.detail}`
  const obstacle =
    waitsFor === undefined || sources.length > 0 ? undefined : { kind: 'held' as const, reason: waitsFor }
  return { targets, inside, sources, waitsFor, obstacle }
}

/** Stores with the file under its final name; where their files differ, the required ones are right. */
function holdersOf(standings: readonly Standing[]): {
  readonly holders: readonly Standing[]
  /** Why a person has to say which is the right one. */
  readonly quarrel?: string
} {
  const present = standings.filter(({ state, bytes }) => state === 'present' && bytes !== undefined)
  if (present.length > 0) return { holders: present }
  const required = standings.filter(({ state, store }) => state === 'size-differs' && store.required)
  const distinct = (values: readonly unknown[]): number =>
    new Set(values.filter((value) => value !== undefined)).size
  const same =
    distinct(required.map(({ bytes }) => bytes)) <= 1 && distinct(required.map(({ sha256 }) => sha256)) <= 1
  if (same) return { holders: required }
  return { holders: [], quarrel: required.map(({ store, detail }) => `${store.name}: ${detail}`).join('; ') }
}
