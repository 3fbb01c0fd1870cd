/**
 * The catalogs of a fleet: one copy per hash, whichever server gave it. Stored bytes lie in a folder that outlives
 * the run (their hash is checked at every reading), inflated ones in the run's private folder.
 */
import { createReadStream } from 'node:fs'
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import { messageOf } from '../failure/index.ts'
import { replaceFile } from '../files/index.ts'
import type { Cleanup, Clock } from '../ports/index.ts'
import { Catalog, type Nested } from './catalog.ts'
import { downloadCatalog, inflateFile, type NotObtained } from './catalog-files.ts'
import type { Endpoint } from './endpoint.ts'
import { Fault } from './faults.ts'
import { createHasher, formatHash } from './hash.ts'
import type { ObjectState } from './objects.ts'

export interface LibrarySettings {
  readonly fs: typeof fileSystem
  readonly clock: Clock
  readonly cleanup: Cleanup
  /** Kept between runs by whoever wants to; created when absent. */
  readonly cacheFolder: string
  /** Private to the run. */
  readonly tempFolder: string
}

/** How a catalog came to be known, and what the asked server said about it, when it was the one that was asked. */
export interface Obtained {
  /** Bytes as stored. */
  readonly storedSize: number
  /** The state on the server that was asked, when the download proved it. */
  readonly state: ObjectState | undefined
}

const MAX_INFLATED = 2 * 1024 * 1024 * 1024
/** When another server's download has not moved for so long, one's own is started. */
const PATIENCE_MS = 2_000
const UNUSED_DAYS = 30
/** Inflated catalogs kept at hand; the largest have some hundred MB. */
const MAX_OPEN = 12

export class CatalogLibrary {
  readonly #settings: LibrarySettings
  /** Stored copies whose hash was checked in this run, by hash; with their size. */
  readonly #stored = new Map<string, number>()
  readonly #running = new Map<string, { readonly done: Promise<unknown>; touched: number }>()
  readonly #open = new Map<string, { readonly file: string; readonly catalog: Catalog }>()
  readonly #opening = new Map<string, Promise<void>>()
  #folders: Promise<unknown> | undefined
  #number = 0
  /** Downloads that gave a new catalog. */
  downloads = 0

  constructor(settings: LibrarySettings) {
    this.#settings = settings
  }

  /**
   * Has the stored bytes of a catalog at hand, from the library or from this server.
   * @returns their size, or what is wrong with them on this server.
   */
  async obtain(nested: Nested, endpoint: Endpoint): Promise<Obtained | NotObtained> {
    const key = formatHash(nested.hash)
    for (;;) {
      const storedSize = this.#stored.get(key)
      if (storedSize !== undefined) return { storedSize, state: undefined }
      const running = this.#running.get(key)
      if (running === undefined || !(await this.#waitFor(running))) break
    }
    const job = { done: Promise.resolve<unknown>(undefined), touched: this.#settings.clock.now() }
    const work = this.#cachedOrDownloaded(key, nested, endpoint, job)
    job.done = work
    this.#running.set(key, job)
    try {
      return await work
    } finally {
      if (this.#running.get(key) === job) this.#running.delete(key)
    }
  }

  /**
   * Reads in a catalog that was obtained before. `look` gets it open and must be done with it when it returns.
   * @throws Fault catalog-invalid when its hash is right and it is still no catalog, or too large.
   */
  async read<T>(nested: Nested, look: (catalog: Catalog) => T): Promise<T> {
    const key = `${formatHash(nested.hash)} ${nested.path}`
    for (;;) {
      const open = this.#open.get(key)
      if (open !== undefined) {
        // The one used last is the last to go.
        this.#open.delete(key)
        this.#open.set(key, open)
        return look(open.catalog)
      }
      let opening = this.#opening.get(key)
      if (opening === undefined) {
        opening = this.#inflateAndOpen(key, nested).finally(() => this.#opening.delete(key))
        this.#opening.set(key, opening)
      }
      await opening
    }
  }

  /** Closes what is open, and removes from the cache what no run has used for a month. */
  async close(): Promise<void> {
    const { fs, clock, cacheFolder } = this.#settings
    await this.#closeDownTo(0)
    const before = clock.now() - UNUSED_DAYS * 86_400_000
    for (const name of await fs.readdir(cacheFolder).catch(() => [])) {
      const file = path.join(cacheFolder, name)
      try {
        if (!this.#stored.has(name) && (await fs.stat(file)).mtimeMs < before)
          await fs.rm(file, { force: true })
      } catch {
        // Another run has taken it away, or it is not ours to remove.
      }
    }
  }

  /** True when the other one's download has ended; false when it does not move. */
  async #waitFor(running: { readonly done: Promise<unknown>; readonly touched: number }): Promise<boolean> {
    const { clock } = this.#settings
    const ended = running.done.then(
      () => true,
      () => true
    )
    for (;;) {
      const enough = new AbortController()
      const pause = clock.sleep(PATIENCE_MS, enough.signal).then(
        () => false,
        () => false
      )
      const over = await Promise.race([ended, pause])
      enough.abort()
      if (over) return true
      if (clock.now() - running.touched >= PATIENCE_MS) return false
    }
  }

  async #cachedOrDownloaded(
    key: string,
    nested: Nested,
    endpoint: Endpoint,
    job: { touched: number }
  ): Promise<Obtained | NotObtained> {
    const storedSize = await this.#cached(key, nested)
    if (storedSize !== undefined) return { storedSize, state: undefined }
    const first = await this.#fetch(key, nested, endpoint, false, job)
    if ('storedSize' in first || first.state !== 'bad') return first
    const cacheable = endpoint.cached || Object.keys(first.evidence).length > 0
    if (first.damage === 'missing' && !cacheable) return first
    const second = await this.#fetch(key, nested, endpoint, true, job)
    // The catalog is known now; what users get from this server is still the bad one.
    return 'storedSize' in second ? { ...second, state: { ...first, onlyCached: true } } : first
  }

  /** Size of a copy that an earlier run has left, when its hash is still right. */
  async #cached(key: string, nested: Nested): Promise<number | undefined> {
    const { fs, clock, cacheFolder } = this.#settings
    const file = path.join(cacheFolder, key)
    const hasher = createHasher(nested.hash.algorithm)
    let size = 0
    try {
      for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
        hasher.update(piece)
        size += piece.length
      }
    } catch {
      return undefined
    }
    if (hasher.digest('hex') !== nested.hash.hex) {
      await fs.rm(file, { force: true })
      return undefined
    }
    const now = new Date(clock.now())
    await fs.utimes(file, now, now).catch(() => undefined)
    this.#stored.set(key, size)
    return size
  }

  async #fetch(
    key: string,
    nested: Nested,
    endpoint: Endpoint,
    fresh: boolean,
    job: { touched: number }
  ): Promise<Obtained | NotObtained> {
    const { fs, clock, cacheFolder, tempFolder } = this.#settings
    await this.#makeFolders()
    // In the run's own folder: whatever ends the run, nothing half done stays in the cache.
    const part = path.join(tempFolder, `${key}-${this.#number++}.part`)
    try {
      const moved = (): void => {
        job.touched = clock.now()
      }
      const result = await downloadCatalog(endpoint, nested, part, { fresh, fs, moved })
      if ('state' in result) return result
      await this.#keep(part, path.join(cacheFolder, key))
      this.#stored.set(key, result.size)
      this.downloads++
      return { storedSize: result.size, state: { state: 'present', storedSize: result.size, hashed: true } }
    } finally {
      // After a success it is no longer there.
      await fs.unlink(part).catch(() => undefined)
    }
  }

  async #makeFolders(): Promise<void> {
    const { fs, cacheFolder, tempFolder } = this.#settings
    this.#folders ??= Promise.all(
      [cacheFolder, tempFolder].map((folder) => fs.mkdir(folder, { recursive: true }))
    )
    await this.#folders
  }

  async #keep(part: string, file: string): Promise<void> {
    const { fs, cleanup } = this.#settings
    try {
      await fs.rename(part, file)
    } catch (error) {
      if (!(typeof error === 'object' && error !== null && 'code' in error && error.code === 'EXDEV'))
        throw error
      // Another file system.
      await replaceFile({ fs, cleanup }, file, await fs.readFile(part))
    }
  }

  async #inflateAndOpen(key: string, nested: Nested): Promise<void> {
    const { cacheFolder, tempFolder, fs } = this.#settings
    const hash = formatHash(nested.hash)
    if (!this.#stored.has(hash)) throw new Error('a catalog is opened that was not obtained')
    await this.#makeFolders()
    const file = path.join(tempFolder, `${hash}-${this.#number++}.sqlite`)
    try {
      await inflateFile(
        path.join(cacheFolder, hash),
        file,
        Math.min(MAX_INFLATED, nested.size ?? MAX_INFLATED)
      )
      const catalog = new Catalog(file, nested.path)
      await this.#closeDownTo(MAX_OPEN - 1)
      this.#open.set(key, { file, catalog })
    } catch (error) {
      await fs.rm(file, { force: true })
      if (error instanceof Fault) throw error
      const where = nested.path === '' ? '/' : nested.path
      throw new Fault(
        'catalog-invalid',
        `The catalog of ${where} cannot be inflated: ${messageOf(error)}.`,
        error
      )
    }
  }

  async #closeDownTo(count: number): Promise<void> {
    for (const [key, { file, catalog }] of this.#open) {
      if (this.#open.size <= count) break
      this.#open.delete(key)
      catalog[Symbol.dispose]()
      await this.#settings.fs.unlink(file)
    }
  }
}
