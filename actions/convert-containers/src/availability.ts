/** From what was seen in each store to one answer per container and store. Pure. */
import type { Container } from '../../../lib/catalogue/index.ts'
import { isFor, parseHeader, SifError } from '../../../lib/sif/index.ts'
import type { Probe, Store } from '../../../lib/store/index.ts'

/**
 * `pending`: not under its final name here, but its bytes are in the cache or in another store.
 * `unreadable`: it is there, and the public gets no bytes of it. `damaged`: what is there is no whole SIF.
 * `unknown`: nobody could tell; it never means missing.
 */
export type State = 'present' | 'missing' | 'pending' | 'unreadable' | 'damaged' | 'size-differs' | 'unknown'

/** What was seen of one object in one store. */
export interface Sighting {
  /** By the store's listing; undefined when it could not be listed. */
  readonly listed: { readonly bytes: number } | 'absent' | undefined
  /** By its public address; undefined when it was not asked. */
  readonly probe: Probe | undefined
  /** Its bytes in the cache of this store. */
  readonly cached: number | undefined
  /** Why nothing is known. */
  readonly reason?: string
}

export interface StoreView {
  readonly store: Store
  /** By the name of the object, `NAME_VERSION_BUILDDATE`. */
  readonly sightings: ReadonlyMap<string, Sighting>
  /** Why the store could not be listed. */
  readonly listingError: string | undefined
  /** Why its cache alone could not be listed. */
  readonly cacheError?: string | undefined
  /** Why no object could be asked; undefined when one of them gave an answer. */
  readonly silent?: string | undefined
  /** Keys of uploads that were broken off, in stores that can rename. */
  readonly leftovers?: readonly string[]
}

export interface Standing {
  readonly store: Store
  readonly state: State
  readonly bytes: number | undefined
  /** As it was written with the object. */
  readonly sha256?: string
  /** One clause for people: why it is not simply present. */
  readonly detail: string
  readonly cached: number | undefined
  /** The store answers, and says the same of what is not there. */
  readonly withheld?: true
}

export interface Availability {
  readonly container: Container
  /** In the order of the stores. */
  readonly standings: readonly Standing[]
  /** Over the required stores: `present`, else the worst of them. */
  readonly verdict: State
}

const NOTHING: Sighting = {
  listed: undefined,
  probe: undefined,
  cached: undefined,
  reason: 'it was not looked at'
}

/**
 * Best first: the verdict is the last of those that required stores have. Where files differ users get one all the
 * same, so what is not known or not there is worse.
 */
const ORDER: readonly State[] = [
  'present',
  'size-differs',
  'unknown',
  'pending',
  'unreadable',
  'damaged',
  'missing'
]

export function judge(containers: readonly Container[], views: readonly StoreView[]): Availability[] {
  return containers.map((container) => {
    const alone = views.map((view) => standing(view, container))
    const standings = comparePeers(alone)
    const required = standings.filter(({ store }) => store.required)
    const verdict = required.map(({ state }) => state).reduce(worse, 'present')
    return { container, standings, verdict }
  })
}

function worse(a: State, b: State): State {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b
}

function standing(view: StoreView, container: Container): Standing {
  const { listed: sighted, probe, cached, reason } = view.sightings.get(container.object) ?? NOTHING
  const base = { store: view.store, cached }
  const told = probe?.state === 'present' && probe.sha256 !== undefined ? { sha256: probe.sha256 } : {}
  const say = (state: State, bytes: number | undefined, detail: string): Standing => ({
    ...base,
    ...told,
    state,
    bytes,
    detail
  })
  // What everybody gets is there, whatever an old listing says; a 401 says nothing against it.
  if (sighted === 'absent' && probe?.state !== 'present' && probe?.state !== 'unknown')
    return say('missing', undefined, 'not in the listing')
  const listed = sighted === 'absent' ? undefined : sighted
  if (probe === undefined) {
    if (listed === undefined)
      return say('unknown', undefined, reason ?? view.listingError ?? 'it could not be asked')
    return listed.bytes === 0 ? say('damaged', 0, 'it is empty') : say('present', listed.bytes, '')
  }
  switch (probe.state) {
    case 'present':
      return present(probe, listed?.bytes, container.architecture, say)
    case 'missing':
      if (listed === undefined) return say('missing', undefined, 'its address says 404')
      return say('unreadable', listed.bytes, 'the store lists it, its public address says 404')
    case 'unreadable': {
      const also =
        listed === undefined ? 'it is private or not there' : 'the object or its segments are private'
      return say('unreadable', listed?.bytes, `a GET without credentials says ${probe.status}: ${also}`)
    }
    case 'unknown':
      return {
        ...say('unknown', listed?.bytes, probe.reason),
        ...(probe.withheld === true ? { withheld: true } : {})
      }
  }
}

function present(
  probe: Extract<Probe, { state: 'present' }>,
  listedBytes: number | undefined,
  wanted: Container['architecture'],
  say: (state: State, bytes: number | undefined, detail: string) => Standing
): Standing {
  const bytes = probe.bytes ?? listedBytes
  // A page is often sent in chunks, without its length.
  if (isText(probe.head) && (probe.bytes === undefined || probe.bytes !== listedBytes))
    return say('unknown', listedBytes, 'its public address gives a text with status 200, not the object')
  // Something in between answers with nothing; an object that is empty says so by its length.
  const saysNothing = probe.bytes === undefined || listedBytes !== undefined
  if (probe.head.length === 0 && saysNothing && listedBytes !== 0)
    return say('unknown', listedBytes, 'its public address gives no bytes and no error')
  if (probe.bytes !== undefined && listedBytes !== undefined && probe.bytes !== listedBytes) {
    return say(
      'damaged',
      probe.bytes,
      `the store lists ${listedBytes} bytes, its public address gives ${probe.bytes}`
    )
  }
  try {
    const { fileBytes, architecture } = parseHeader(probe.head)
    if (bytes !== undefined && bytes < fileBytes) {
      return say(
        'damaged',
        bytes,
        `it was cut off: ${bytes} of the ${fileBytes} bytes that its header promises`
      )
    }
    if (!isFor(architecture, wanted))
      return say('damaged', bytes, `it is for ${architecture}, wanted is ${wanted}`)
  } catch (error) {
    if (!(error instanceof SifError)) throw error
    return say('damaged', bytes, error.message)
  }
  return say('present', bytes, '')
}

/** A page that says that the store is being mended: nothing is known of the object then. A SIF begins with NULs. */
function isText(head: Buffer): boolean {
  return head.length > 0 && !head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)
}

/** What only shows when the stores are seen side by side: other files, and bytes that lie elsewhere. */
function comparePeers(standings: readonly Standing[]): Standing[] {
  const there = standings.filter(({ state }) => state === 'present')
  const required = there.filter(({ store }) => store.required)
  // The required stores are what the others are measured by; without any, each is as good as the next.
  const measure = required.length > 0 ? required : there
  const elsewhere = measure[0]
  const waiting = standings.find(({ cached }) => cached !== undefined)
  return standings.map((own) => {
    if (own.state === 'present') {
      const group = measure.includes(own) ? measure : [own, ...measure]
      return differ(group) ? { ...own, state: 'size-differs', detail: difference(own, there) } : own
    }
    if (own.state === 'missing' && own.cached !== undefined) {
      return { ...own, state: 'pending', detail: 'it waits in the cache of this store' }
    }
    if (own.state === 'missing' && elsewhere !== undefined) {
      return { ...own, state: 'pending', detail: `${elsewhere.store.name} has it` }
    }
    if (own.state === 'missing' && waiting !== undefined) {
      return { ...own, state: 'pending', detail: `it waits in the cache of ${waiting.store.name}` }
    }
    return own
  })
}

function differ(group: readonly Standing[]): boolean {
  return haveOther(group.map(({ bytes }) => bytes)) || haveOther(group.map(({ sha256 }) => sha256))
}

function haveOther(values: readonly (number | string | undefined)[]): boolean {
  return new Set(values.filter((value) => value !== undefined)).size > 1
}

function difference(own: Standing, there: readonly Standing[]): string {
  const bySize = haveOther(there.map(({ bytes }) => bytes))
  const fact = (one: Standing): string =>
    bySize ? `${one.bytes ?? '?'} bytes` : `SHA-256 ${one.sha256?.slice(0, 12) ?? '?'}`
  const others = there.filter((one) => one !== own).map((one) => `${one.store.name} has ${fact(one)}`)
  return [fact(own), ...others].join(', ')
}
