/**
 * The catalogs of a fleet: one copy per hash, whichever server gave it. Stored bytes lie in a folder that outlives
 * the run (their hash is checked at every reading), inflated ones in the run's private folder.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflate } from 'node:zlib'

import { messageOf } from '../failure/index.ts'
import type { Clock } from '../ports/index.ts'
import { Catalog, type Nested } from './catalog.ts'
import { damageOf } from './content.ts'
import { cacheEvidence, Unanswered, type Endpoint } from './endpoint.ts'
import { Fault } from './faults.ts'
import { createHasher, formatHash, objectPath } from './hash.ts'
import type { BadObject, ObjectState } from './objects.ts'

export interface LibrarySettings {
  readonly fs: typeof fileSystem
  readonly clock: Clock
  /** Kept between runs by whoever wants to; created when absent. */
  readonly cacheFolder: string
  /** Private to the run. */
  readonly tempFolder: string
}

/** How a catalog came to be known, and what the asked server said about it, when it was the one that was asked. */
export interface Obtained {
  readonly file: string
  /** Bytes as stored. */
  readonly storedSize: number
  /** The state on the server that was asked, when the download proved it. */
  readonly state: ObjectState | undefined
}

/** A catalog as stored may have this many bytes; the largest known ones have some tens of MB. */
const MAX_STORED = 512 * 1024 * 1024
const MAX_INFLATED = 2 * 1024 * 1024 * 1024
/** After this wait for another server's download, one's own is started. */
const HEDGE_MS = 2_000
const UNUSED_DAYS = 30
const OPEN_HANDLES = 32

export class CatalogLibrary {
  readonly #settings: LibrarySettings
  readonly #known = new Map<string, { file: string; storedSize: number }>()
  readonly #running = new Map<string, Promise<unknown>>()
  readonly #open = new Map<string, Catalog>()
  #number = 0
  /** Downloads that gave a new catalog. */
  downloads = 0

  constructor(settings: LibrarySettings) {
    this.#settings = settings
  }

  /**
   * Has the catalog at hand, from the library or from this server.
   * @returns the catalog, or what is wrong with it on this server.
   * @throws Fault catalog-invalid when its hash is right and it still cannot be inflated within its limits.
   */
  async obtain(
    nested: Nested,
    endpoint: Endpoint
  ): Promise<Obtained | Exclude<ObjectState, { state: 'present' }>> {
    const key = formatHash(nested.hash)
    for (;;) {
      const known = this.#known.get(key) ?? (await this.#fromCache(key, nested))
      if (known !== undefined) return { ...known, state: undefined }
      const running = this.#running.get(key)
      if (running === undefined) break
      const patience = new AbortController()
      const waited = await Promise.race([
        running.then(
          () => true,
          () => true
        ),
        this.#settings.clock.sleep(HEDGE_MS, patience.signal).then(
          () => false,
          () => false
        )
      ])
      patience.abort()
      if (!waited) break
    }
    const download = this.#download(key, nested, endpoint)
    this.#running.set(key, download)
    try {
      return await download
    } finally {
      if (this.#running.get(key) === download) this.#running.delete(key)
    }
  }

  /** The opened catalog of something obtained before. It stays the library's: do not dispose of it. */
  open(nested: Nested): Catalog {
    const key = `${formatHash(nested.hash)} ${nested.path}`
    let catalog = this.#open.get(key)
    if (catalog !== undefined) {
      this.#open.delete(key)
    } else {
      const known = this.#known.get(formatHash(nested.hash))
      if (known === undefined) throw new Error('a catalog is opened that was not obtained')
      catalog = new Catalog(known.file, nested.path)
      for (const [old, least] of this.#open) {
        if (this.#open.size < OPEN_HANDLES) break
        least[Symbol.dispose]()
        this.#open.delete(old)
      }
    }
    this.#open.set(key, catalog)
    return catalog
  }

  /** Closes what is open, and removes from the cache what no run has used for a month. */
  async close(): Promise<void> {
    for (const catalog of this.#open.values()) catalog[Symbol.dispose]()
    this.#open.clear()
    const { fs, clock, cacheFolder } = this.#settings
    const before = clock.now() - UNUSED_DAYS * 86_400_000
    for (const name of await fs.readdir(cacheFolder).catch(() => [])) {
      const file = path.join(cacheFolder, name)
      const used = /^[0-9a-f]{40}(-[a-z0-9]+)?$/.test(name) && this.#known.has(name)
      try {
        if (!used && (await fs.stat(file)).mtimeMs < before) await fs.rm(file, { force: true })
      } catch {
        // Another run has taken it away, or it is not ours to remove.
      }
    }
  }

  async #fromCache(key: string, nested: Nested): Promise<{ file: string; storedSize: number } | undefined> {
    const { fs, clock, cacheFolder } = this.#settings
    const cached = path.join(cacheFolder, key)
    const hasher = createHasher(nested.hash.algorithm)
    let storedSize = 0
    try {
      for await (const piece of createReadStream(cached) as AsyncIterable<Buffer>) {
        hasher.update(piece)
        storedSize += piece.length
      }
    } catch {
      return undefined
    }
    if (hasher.digest('hex') !== nested.hash.hex) {
      await fs.rm(cached, { force: true })
      return undefined
    }
    const now = new Date(clock.now())
    await fs.utimes(cached, now, now).catch(() => undefined)
    return await this.#inflate(key, nested, cached, storedSize)
  }

  async #download(
    key: string,
    nested: Nested,
    endpoint: Endpoint
  ): Promise<Obtained | Exclude<ObjectState, { state: 'present' }>> {
    const first = await this.#fetch(key, nested, endpoint, false)
    if ('file' in first || first.state !== 'bad') return first
    const cacheable = endpoint.cdn || Object.keys(first.evidence).length > 0
    if (first.damage === 'missing' && !cacheable) return first
    const second = await this.#fetch(key, nested, endpoint, true)
    // The catalog is known now; what users get from this server is still the bad one.
    return 'file' in second ? { ...second, state: { ...first, onlyCached: true } } : first
  }

  async #fetch(
    key: string,
    nested: Nested,
    endpoint: Endpoint,
    fresh: boolean
  ): Promise<Obtained | Exclude<ObjectState, { state: 'present' }>> {
    const { fs, cacheFolder } = this.#settings
    const object = objectPath(nested.hash, 'catalog')
    const url = endpoint.url(object)
    await fs.mkdir(cacheFolder, { recursive: true })
    const part = path.join(cacheFolder, `${key}.${process.pid}-${this.#number++}.part`)
    try {
      const result = await endpoint.pour(object, { fresh }, async (head, pieces) => {
        const bad = (damage: BadObject['damage'], size?: number): BadObject => ({
          state: 'bad',
          damage,
          url,
          status: head.status,
          size,
          onlyCached: false,
          evidence: cacheEvidence(head.headers)
        })
        if (head.status !== 200) return bad('missing')
        const hasher = createHasher(nested.hash.algorithm)
        let size = 0
        let tooLarge = false
        const limit = nested.size === undefined ? MAX_STORED : Math.min(MAX_STORED, 2 * nested.size + 4096)
        await pipeline(async function* () {
          for await (const piece of pieces) {
            size += piece.length
            tooLarge = size > limit
            if (tooLarge) return
            hasher.update(piece)
            yield piece
          }
        }, createWriteStream(part))
        if (tooLarge) return bad('oversized')
        if (hasher.digest('hex') === nested.hash.hex) return { size }
        return bad(damageOf(await fs.readFile(part), nested.hash, 'zlib') ?? 'altered', size)
      })
      if ('state' in result) {
        if (result.status === 429 || result.status >= 500) {
          return { state: 'unknown', url, reason: `HTTP ${result.status}`, timedOut: false }
        }
        return result
      }
      const known = await this.#inflate(key, nested, part, result.size)
      await fs.rename(part, path.join(cacheFolder, key))
      this.downloads++
      return { ...known, state: { state: 'present', storedSize: result.size, hashed: true } }
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      return { state: 'unknown', url, reason: error.message, timedOut: error.kind === 'timeout' }
    } finally {
      await fs.rm(part, { force: true })
    }
  }

  /** The hash was right, so this is what the publisher signed; it still gets a limit. */
  async #inflate(
    key: string,
    nested: Nested,
    from: string,
    storedSize: number
  ): Promise<{ file: string; storedSize: number }> {
    const { fs, tempFolder } = this.#settings
    await fs.mkdir(tempFolder, { recursive: true })
    const file = path.join(tempFolder, `${key}-${this.#number++}.sqlite`)
    const limit = Math.min(MAX_INFLATED, nested.size ?? MAX_INFLATED)
    let size = 0
    const counter = new Transform({
      transform: (piece: Buffer, _encoding, done) => {
        size += piece.length
        if (size > limit) done(new Error(`it has more than ${limit} bytes`))
        else done(null, piece)
      }
    })
    try {
      await pipeline(
        createReadStream(from),
        createInflate(),
        counter,
        createWriteStream(file, { mode: 0o600 })
      )
    } catch (error) {
      await fs.rm(file, { force: true })
      throw new Fault(
        'catalog-invalid',
        `The catalog of "${nested.path}" cannot be inflated: ${messageOf(error)}`,
        error
      )
    }
    const known = { file, storedSize }
    this.#known.set(key, known)
    return known
  }
}
