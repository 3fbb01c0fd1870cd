/**
 * What has to be done, and the cheapest way to do it: copy within the store, take the file from the local cache,
 * copy from another store, convert. Pure: facts in, a plan out.
 */
import type { Container } from '../../../lib/catalogue/index.ts'
import type { Store } from '../../../lib/store/index.ts'
import type { Availability, Standing } from './availability.ts'
import type { Found, Image } from './images.ts'
import { withinLimits, type RateLimit } from './pulls.ts'

export const CONVERTERS = ['stream', 'apptainer'] as const
export type ConverterName = (typeof CONVERTERS)[number]

/** Where the bytes come from for the stores that cannot take them from their own cache. */
export type Source =
  | { readonly kind: 'local'; readonly file: string }
  | { readonly kind: 'store'; readonly store: Store; readonly cached: boolean; readonly sha256?: string }
  | { readonly kind: 'convert'; readonly image: Image }

export interface Job {
  readonly container: Container
  /** Stores that copy it from their own cache. */
  readonly inside: readonly { readonly store: Store; readonly bytes: number }[]
  /** Stores that it is uploaded to. */
  readonly upload: readonly Store[]
  /** Undefined when every store has it in its cache. */
  readonly source: Source | undefined
  /** Bytes that move: estimated where a SIF is still to be made. */
  readonly bytes: number
  /** Bytes of disk while it is under way. */
  readonly diskBytes: number
  /** What it takes of its registry's pulls, besides the look-up. */
  readonly pulls: number
}

export interface Blocked {
  readonly container: Container
  readonly kind: 'unknown' | 'no-image' | 'no-target' | 'differs' | 'limited'
  readonly reason: string
}

export interface Plan {
  readonly jobs: readonly Job[]
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
}

/** Containers for which the registries have to be asked: nobody has their bytes. */
export function needingImages(available: readonly Availability[], local: PlanFacts['local']): Container[] {
  return available
    .filter((entry) => {
      const targets = targetsOf(entry)
      const fromCache = targets.every(({ cached }) => cached !== undefined)
      return (
        targets.length > 0 &&
        !fromCache &&
        !local.has(entry.container.object) &&
        storeWithBytes(entry) === undefined
      )
    })
    .map(({ container }) => container)
}

export function makePlan(available: readonly Availability[], facts: PlanFacts): Plan {
  const jobs: Job[] = []
  const blocked: Blocked[] = []
  for (const entry of available) {
    const planned = planOne(entry, facts)
    if (planned === undefined) continue
    if ('kind' in planned) blocked.push(planned)
    else jobs.push(planned)
  }
  return { jobs, blocked }
}

function planOne(entry: Availability, facts: PlanFacts): Job | Blocked | undefined {
  const { container } = entry
  const targets = targetsOf(entry)
  if (targets.length === 0) return nothingToDo(entry)
  const inside = targets.flatMap(({ store, cached }) =>
    cached !== undefined && cached <= MAX_SERVER_COPY ? [{ store, bytes: cached }] : []
  )
  const upload = targets
    .filter(({ store }) => !inside.some((other) => other.store === store))
    .map(({ store }) => store)
  const insideBytes = inside.reduce((sum, { bytes }) => sum + bytes, 0)
  if (upload.length === 0)
    return { container, inside, upload, source: undefined, bytes: insideBytes, diskBytes: 0, pulls: 0 }

  const local = facts.local.get(container.object)
  const job = (source: Source, sourceBytes: number, uploadBytes: number, diskBytes: number): Job => ({
    container,
    inside,
    upload,
    source,
    bytes: insideBytes + sourceBytes + uploadBytes * upload.length,
    diskBytes,
    pulls: source.kind === 'convert' ? facts.pullsPerBuild : 0
  })
  if (local !== undefined) return job({ kind: 'local', file: local.file }, 0, local.bytes, 0)
  const elsewhere = storeWithBytes(entry)
  if (elsewhere !== undefined) {
    const { bytes, ...where } = elsewhere
    return job({ kind: 'store', ...where }, bytes, bytes, bytes)
  }
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
function targetsOf({ standings }: Availability): Standing[] {
  return standings.filter(
    ({ state, store }) =>
      store.remote !== undefined && (state === 'missing' || state === 'pending' || state === 'damaged')
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

/** A store that gives the bytes: under the final name, else out of its cache. */
function storeWithBytes({
  standings
}: Availability): { store: Store; bytes: number; cached: boolean; sha256?: string } | undefined {
  const candidates = standings.flatMap(({ store, state, bytes, cached, sha256 }) => {
    if (store.remote === undefined) return []
    if (state === 'present' && bytes !== undefined) {
      return [{ store, bytes, cached: false, ...(sha256 === undefined ? {} : { sha256 }) }]
    }
    if (cached !== undefined) return [{ store, bytes: cached, cached: true }]
    return []
  })
  return candidates.find(({ cached }) => !cached) ?? candidates[0]
}
