/** What one server holds: catalogs on the way to every container, the containers themselves, files and samples. */
import {
  Fault,
  Unresolvable,
  follow,
  formatHash,
  lookUp,
  normalizePath,
  objectPath,
  type Catalog,
  type Endpoint,
  type Found,
  type Manifest,
  type Nested,
  type ReadCatalog,
  type WantedObject
} from '../../../lib/cvmfs/index.ts'
import type { ContainerState, RequiredFile, ServerFacts } from './facts.ts'
import { sample, type Fleet } from './fleet.ts'
import { ServerObjects, type Purpose } from './objects.ts'
import type { PlannedContainer } from './plan.ts'
import { CONTAINER_STATE, asObject, mountOf, objectsOf } from './wanted.ts'

type Contents = Pick<
  ServerFacts,
  'containers' | 'absent' | 'troubles' | 'treeFaults' | 'required' | 'sampled'
>

/** The catalog cannot be had, neither here nor anywhere else. */
class Unreadable extends Error {
  readonly unknown: boolean
  constructor(unknown: boolean) {
    super('the catalog cannot be had')
    this.unknown = unknown
  }
}

/** A catalog on the way to something. */
interface Visit {
  readonly nested: Nested
  readonly wanted: WantedObject
  readonly path: string
  readonly purpose: Purpose
  /** Settled when it can be read, and this server was seen to have it or not. */
  readonly obtained: Promise<void>
  /** It can be read. */
  readable: boolean
  /** Containers that it is for, and that no other catalog is for. */
  readonly containers: Set<string>
}

export class ContentCheck {
  readonly #fleet: Fleet
  readonly #endpoint: Endpoint
  readonly #key: string
  readonly #root: Nested
  readonly #rotation: number
  readonly #objects: ServerObjects
  readonly #lookups: Map<string, Found>
  readonly #visits = new Map<string, Visit>()
  readonly #treeFaults = new Map<string, { fault: Fault; containers: Set<string> }>()
  readonly #containers = new Map<string, ContainerState>()
  readonly #absent = new Map<string, string[]>()

  /**
   * @param key names the server among what was proved before.
   * @param rotation a share of 1: servers begin at different containers, so that they share the downloads.
   */
  constructor(fleet: Fleet, endpoint: Endpoint, key: string, manifest: Manifest, rotation: number) {
    this.#fleet = fleet
    this.#endpoint = endpoint
    this.#key = key
    this.#root = { path: '', hash: manifest.rootCatalog, size: manifest.rootCatalogSize }
    this.#rotation = rotation
    this.#lookups = fleet.lookupsIn(formatHash(manifest.rootCatalog))
    this.#objects = new ServerObjects(endpoint, {
      proved: fleet.provedOn(key),
      storedSizes: fleet.storedSizes
    })
  }

  async run(): Promise<Contents> {
    const { containers, requiredFiles } = this.#fleet.settings
    // The root catalog first: without it there is nothing to look up.
    try {
      await this.#read(this.#root, undefined, () => undefined)
    } catch (error) {
      this.#excuse(error, undefined)
    }
    const start = Math.floor(this.#rotation * containers.length)
    const rotated = [...containers.slice(start), ...containers.slice(0, start)]
    await this.#each(rotated, async (container) => await this.#container(container))
    const required = await Promise.all(requiredFiles.map(async (file) => await this.#required(file)))
    const sampled = await this.#sample()
    return {
      containers: this.#containers,
      absent: this.#absent,
      troubles: await this.#objects.troubles(),
      treeFaults: [...this.#treeFaults.values()].map(({ fault, containers: hit }) => ({
        fault,
        containers: [...hit]
      })),
      required,
      sampled
    }
  }

  async #container({ name, young }: PlannedContainer): Promise<void> {
    const folder = `${this.#fleet.settings.containerRoot}/${name}`
    try {
      const commands = await this.#lookUp(`${folder}/commands.txt`, name)
      const image = await this.#lookUp(`${folder}/${name}.simg`, name)
      const absent: string[] = []
      if (commands.entry === undefined || commands.entry.kind === 'directory') absent.push('commands.txt')
      if (image.entry?.kind !== 'directory' && image.entry?.kind !== 'symlink') absent.push('image directory')
      if (absent.length > 0) {
        this.#absent.set(name, absent)
        this.#containers.set(name, young ? 'pending' : 'missing')
        return
      }
      const purpose: Purpose = { kind: 'object', what: `${folder}/commands.txt`, isRoot: false }
      const looks = objectsOf(commands).map((wanted) => ({ wanted, purpose }))
      // What begins at the image directory has to be there, and is not needed to say so.
      if (image.begins !== undefined) looks.push(asObject(image.begins))
      await Promise.all(
        looks.map(async ({ wanted, purpose: why }) => {
          await this.#objects.look(wanted, why)
          this.#objects.needs(name, objectPath(wanted.hash, wanted.kind))
        })
      )
      this.#containers.set(name, CONTAINER_STATE[await this.#objects.stateOf(name)])
    } catch (error) {
      this.#containers.set(name, this.#excuse(error, name))
    }
  }

  async #required(given: string): Promise<RequiredFile> {
    const path = normalizePath(given)
    const file = { path: given, bytes: 0 }
    if (path === undefined)
      return { ...file, state: 'unresolvable', reason: 'it leads out of the repository' }
    try {
      const found = await follow(this.#root, this.#fleet.settings.fqrn, path, this.#reader(undefined))
      const { entry } = found
      if (entry === undefined) return { ...file, state: 'absent' }
      if (entry.kind !== 'file') return { ...file, state: 'unresolvable', reason: `it is a ${entry.kind}` }
      if (entry.external) return { ...file, state: 'external' }
      const parts = found.chunks.reduce((sum, { size }) => sum + size, 0)
      if (entry.chunked && parts !== entry.size) {
        throw new Fault(
          'catalog-invalid',
          `The chunks of ${given} have ${parts} bytes, the file has ${entry.size}.`
        )
      }
      const purpose = { kind: 'object' as const, what: given, isRoot: false }
      const states = await Promise.all(
        objectsOf(found).map(async (wanted) => await this.#objects.look(wanted, purpose, true))
      )
      if (states.some(({ state }) => state === 'bad')) return { ...file, state: 'damaged' }
      if (states.some(({ state }) => state === 'unknown')) return { ...file, state: 'unknown' }
      return { ...file, state: 'verified', bytes: entry.size }
    } catch (error) {
      if (error instanceof Unresolvable) return { ...file, state: 'unresolvable', reason: error.message }
      return { ...file, state: this.#excuse(error, undefined) === 'broken' ? 'damaged' : 'unknown' }
    }
  }

  /** Objects that nothing else reads: content of images, and catalogs of which only the length was compared. */
  async #sample(): Promise<number> {
    const { sampleObjects, sampleSeed } = this.#fleet.settings
    if (sampleObjects === 0) return 0
    const readable = [...this.#visits.values()].filter((visit) => visit.readable)
    const candidates = readable.flatMap(({ nested, wanted, purpose, containers }) => {
      const picked = this.#fleet.picked(nested).map((ref) => ({
        wanted: { hash: ref.hash, kind: ref.kind, stored: ref.stored, plainSize: ref.size },
        purpose: { kind: 'object' as const, what: `${ref.name} below ${mountOf(nested)}`, isRoot: false },
        containers
      }))
      return [{ wanted, purpose, containers }, ...picked]
    })
    const seed = `${sampleSeed} ${this.#key} ${formatHash(this.#root.hash)}`
    const taken = sample(candidates, sampleObjects, seed)
    await this.#each(taken, async ({ wanted, purpose, containers }) => {
      await this.#objects.look(wanted, purpose, true)
      for (const name of containers) this.#objects.needs(name, objectPath(wanted.hash, wanted.kind))
    })
    // A sampled catalog can be one that many containers need.
    for (const [name, state] of this.#containers) {
      if (state === 'present') this.#containers.set(name, CONTAINER_STATE[await this.#objects.stateOf(name)])
    }
    return taken.length
  }

  async #lookUp(path: string, container: string): Promise<Found> {
    const known = this.#lookups.get(path)
    if (known !== undefined) {
      for (const nested of known.catalogs) await this.#have(nested, container)
      return known
    }
    const found = await lookUp(this.#root, path, this.#reader(container))
    this.#lookups.set(path, found)
    return found
  }

  #reader(container: string | undefined): ReadCatalog {
    return async (nested, look) => await this.#read(nested, container, look)
  }

  async #read<T>(nested: Nested, container: string | undefined, look: (catalog: Catalog) => T): Promise<T> {
    await this.#have(nested, container)
    return await this.#fleet.library.read(nested, (catalog) => {
      this.#fleet.pick(nested, catalog)
      return look(catalog)
    })
  }

  /** Makes a catalog known to the library, and sees to it that this server has it. */
  async #have(nested: Nested, container: string | undefined): Promise<void> {
    const key = nested.hash.hex
    let visit = this.#visits.get(key)
    if (visit === undefined) {
      const object = asObject(nested)
      const obtained = this.#obtain(nested, object)
      const path = objectPath(nested.hash, 'catalog')
      visit = { nested, ...object, path, obtained, readable: false, containers: new Set() }
      this.#visits.set(key, visit)
    }
    try {
      if (!visit.readable) await visit.obtained
      visit.readable = true
    } finally {
      if (container !== undefined) {
        this.#objects.needs(container, visit.path)
        // Of the catalogs above all containers, a damaged object breaks none of them.
        if (nested.path.endsWith(`/${container}`)) visit.containers.add(container)
      }
    }
  }

  async #obtain(nested: Nested, { wanted, purpose }: Pick<Visit, 'wanted' | 'purpose'>): Promise<void> {
    const { library, trusted, storedSizes } = this.#fleet
    const obtained = await library.obtain(nested, this.#endpoint)
    if ('storedSize' in obtained) {
      storedSizes.set(objectPath(nested.hash, 'catalog'), obtained.storedSize)
      if (obtained.state !== undefined) this.#objects.tell(wanted, purpose, obtained.state)
      // Known from elsewhere: it is enough to see that it is here and as long as it should be.
      else await this.#objects.look(wanted, purpose)
      return
    }
    this.#objects.tell(wanted, purpose, obtained)
    // What is below it can still be named, when another server has it.
    const lacking = this.#fleet.lacking(nested).add(this.#endpoint)
    for (const other of trusted) {
      if (lacking.has(other)) continue
      if ('storedSize' in (await library.obtain(nested, other))) return
      lacking.add(other)
    }
    throw new Unreadable(obtained.state === 'unknown')
  }

  /** What an exception says about a container. Our own bugs pass through. */
  #excuse(error: unknown, container: string | undefined): 'broken' | 'unknown' {
    if (error instanceof Unreadable) return error.unknown ? 'unknown' : 'broken'
    if (!(error instanceof Fault)) throw error
    let known = this.#treeFaults.get(error.message)
    if (known === undefined)
      this.#treeFaults.set(error.message, (known = { fault: error, containers: new Set() }))
    if (container !== undefined) known.containers.add(container)
    return 'broken'
  }

  async #each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    const queue = items.values()
    const worker = async (): Promise<void> => {
      for (const item of queue) await work(item)
    }
    await Promise.all(Array.from({ length: this.#endpoint.maxParallel }, worker))
  }
}
