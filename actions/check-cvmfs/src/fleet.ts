/** What all servers of a run share: keys, catalogs, what is wanted, and what was proved before. */
import type { KeyObject } from 'node:crypto'

import type { LimitFunction } from 'p-limit'

import { CatalogLibrary, formatHash } from '../../../lib/cvmfs/index.ts'
import type { Catalog, Endpoint, Found, Nested, ObjectRef, Present } from '../../../lib/cvmfs/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { PlannedContainer } from './plan.ts'

/** Names to addresses; and whether this machine can reach IPv6 at all. */
export interface Network {
  addresses(host: string): Promise<readonly { readonly address: string; readonly family: 4 | 6 }[]>
  hasIpv6(): boolean
}

export interface CheckPorts extends Ports {
  readonly network: Network
}

export interface FleetSettings {
  readonly fqrn: string
  readonly keys: readonly KeyObject[]
  readonly containers: readonly PlannedContainer[]
  readonly containerRoot: string
  readonly requiredFiles: readonly string[]
  readonly sampleObjects: number
  readonly geoApi: boolean
  readonly proxy: string | undefined
  readonly timeoutMs: number
  readonly retries: number
  readonly maxParallelPerServer: number
  readonly everywhere: LimitFunction
  /** Names of the servers for the question to the geo API. */
  readonly geoHosts: readonly string[]
  /** The day, for the sample: another one each day, and the same all day long. */
  readonly sampleSeed: string
}

/** Objects picked from each catalog for the samples. */
const PICKED_PER_CATALOG = 4
/** Larger ones are not taken as samples: most servers belong to others. */
const MAX_SAMPLE_BYTES = 32 * 1024 * 1024

export class Fleet {
  readonly settings: FleetSettings
  readonly ports: CheckPorts
  readonly library: CatalogLibrary
  /** Servers whose manifest is proved: catalogs can be had from them. */
  readonly trusted: Endpoint[] = []
  /** Sizes as stored, of objects whose hash was seen to be right. */
  readonly storedSizes = new Map<string, number>()
  readonly #lookups = new Map<string, Map<string, Found>>()
  readonly #proved = new Map<string, Map<string, Present>>()
  readonly #lacking = new Map<string, Set<Endpoint>>()
  readonly #picked = new Map<string, readonly ObjectRef[]>()

  constructor(settings: FleetSettings, ports: CheckPorts, cacheFolder: string, tempFolder: string) {
    this.settings = settings
    this.ports = ports
    const { fs, clock, cleanup } = ports
    this.library = new CatalogLibrary({ fs, clock, cleanup, cacheFolder, tempFolder })
  }

  /** Each round meets the servers anew; what was proved stays proved. */
  startRound(): void {
    this.trusted.length = 0
    this.#lacking.clear()
  }

  /** Objects that were right on a server, by path: kept while a run polls, so that only the rest is asked again. */
  provedOn(server: string): Map<string, Present> {
    let proved = this.#proved.get(server)
    if (proved === undefined) this.#proved.set(server, (proved = new Map()))
    return proved
  }

  /** Lookups in a tree by path: the same for every server with that root. */
  lookupsIn(root: string): Map<string, Found> {
    const lookups = this.#lookups.get(root) ?? new Map<string, Found>()
    this.#lookups.set(root, lookups)
    return lookups
  }

  /** Servers that were asked for a catalog and do not have it as it should be. */
  lacking(nested: Nested): Set<Endpoint> {
    const key = formatHash(nested.hash)
    const lacking = this.#lacking.get(key) ?? new Set()
    this.#lacking.set(key, lacking)
    return lacking
  }

  /** Picks a few objects of an open catalog, at points of the key space that the day and the catalog decide. */
  pick(nested: Nested, catalog: Catalog): void {
    const key = formatHash(nested.hash)
    if (this.settings.sampleObjects === 0 || this.#picked.has(key)) return
    const random = seeded(`${this.settings.sampleSeed} ${key}`)
    const byHash = new Map<string, ObjectRef>()
    for (let index = 0; index < PICKED_PER_CATALOG; index++) {
      const ref = catalog.objectAt(BigInt.asIntN(64, random()))
      if (ref !== undefined && ref.size <= MAX_SAMPLE_BYTES) byHash.set(formatHash(ref.hash), ref)
    }
    this.#picked.set(key, [...byHash.values()])
  }

  /** What was picked of a catalog. */
  picked(nested: Nested): readonly ObjectRef[] {
    return this.#picked.get(formatHash(nested.hash)) ?? []
  }
}

/** Numbers of 64 bits that a text decides (splitmix64 over FNV-1a). */
export function seeded(text: string): () => bigint {
  let state = 0xcbf29ce484222325n
  for (const byte of Buffer.from(text)) state = BigInt.asUintN(64, (state ^ BigInt(byte)) * 0x100000001b3n)
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n)
    let mixed = state
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n)
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn)
    return mixed ^ (mixed >> 31n)
  }
}

/** Some of the items, which ones is decided by the text. */
export function sample<T>(items: readonly T[], count: number, seed: string): T[] {
  const random = seeded(seed)
  const rest = [...items]
  const taken: T[] = []
  while (taken.length < count && rest.length > 0) {
    const [item] = rest.splice(Number(random() % BigInt(rest.length)), 1)
    if (item !== undefined) taken.push(item)
  }
  return taken
}
