/** The objects of one server, each looked at once, and what they are for. */
import {
  objectPath,
  proveObject,
  readObject,
  type Endpoint,
  type ObjectState,
  type Present,
  type WantedObject
} from '../../../lib/cvmfs/index.ts'
import type { ObjectTrouble } from './facts.ts'

/** Objects up to this size are read whole everywhere: that costs no more than asking whether they are there. */
const SMALL_BYTES = 64 * 1024

/** What an object is, for people and for the id of a finding. */
export interface Purpose {
  readonly kind: ObjectTrouble['kind']
  readonly what: string
  readonly isRoot: boolean
}

export interface Memory {
  /** What was right on this server in an earlier round of the same run, by path. */
  readonly proved: Map<string, Present>
  /** Sizes as stored where the hash was right, of the whole fleet, by path. */
  readonly storedSizes: Map<string, number>
}

interface Seen {
  readonly wanted: WantedObject
  readonly purpose: Purpose
  state: Promise<ObjectState>
  /** Containers that need it. */
  readonly containers: Set<string>
}

export class ServerObjects {
  readonly #endpoint: Endpoint
  readonly #memory: Memory
  readonly #seen = new Map<string, Seen>()
  readonly #ofContainer = new Map<string, Set<Seen>>()

  constructor(endpoint: Endpoint, memory: Memory) {
    this.#endpoint = endpoint
    this.#memory = memory
  }

  /**
   * Looks at an object: whether it is there, for a large one; whole, for a small one or when `whole` is set. What
   * is known already is not asked again.
   */
  async look(wanted: WantedObject, purpose: Purpose, whole = false): Promise<ObjectState> {
    const path = objectPath(wanted.hash, wanted.kind)
    const small = wanted.kind !== 'catalog' && (wanted.plainSize ?? SMALL_BYTES + 1) <= SMALL_BYTES
    const known = this.#memory.proved.get(path)
    const seen = this.#seen.get(path) ?? this.#note(path, wanted, purpose, known && Promise.resolve(known))
    if (whole || small) {
      const before = seen.state
      seen.state = (async () => {
        const state = await before
        return state === UNSEEN || (state.state === 'present' && !state.hashed)
          ? await this.#read(path, wanted)
          : state
      })()
    } else {
      const before = seen.state
      seen.state = (async () => {
        const state = await before
        return state === UNSEEN ? await this.#prove(path, wanted) : state
      })()
    }
    return await seen.state
  }

  /** Takes over what a download has shown. */
  tell(wanted: WantedObject, purpose: Purpose, state: ObjectState): void {
    const path = objectPath(wanted.hash, wanted.kind)
    if (state.state === 'present') this.#memory.proved.set(path, state)
    const seen = this.#seen.get(path)
    if (seen === undefined) this.#note(path, wanted, purpose, Promise.resolve(state))
    else seen.state = Promise.resolve(state)
  }

  /** The container cannot be used without the object at this path. */
  needs(container: string, path: string): void {
    const seen = this.#seen.get(path)
    if (seen === undefined || seen.containers.has(container)) return
    seen.containers.add(container)
    const all = this.#ofContainer.get(container) ?? new Set()
    this.#ofContainer.set(container, all.add(seen))
  }

  /** The worst that is known of what a container needs. */
  async stateOf(container: string): Promise<ObjectState['state']> {
    const states = await Promise.all(
      [...(this.#ofContainer.get(container) ?? [])].map(async ({ state }) => await state)
    )
    if (states.some(({ state }) => state === 'bad')) return 'bad'
    return states.some(({ state }) => state === 'unknown') ? 'unknown' : 'present'
  }

  /** Everything that was not right, with the containers that suffer. */
  async troubles(): Promise<ObjectTrouble[]> {
    const troubles: ObjectTrouble[] = []
    for (const { state, wanted, purpose, containers } of this.#seen.values()) {
      const result = await state
      if (result.state === 'present' || result === UNSEEN) continue
      troubles.push({ ...purpose, state: result, stored: wanted.stored, containers: [...containers] })
    }
    return troubles
  }

  #note(path: string, wanted: WantedObject, purpose: Purpose, state: Promise<ObjectState> | undefined): Seen {
    const seen = { wanted, purpose, state: state ?? Promise.resolve(UNSEEN), containers: new Set<string>() }
    this.#seen.set(path, seen)
    return seen
  }

  async #read(path: string, wanted: WantedObject): Promise<ObjectState> {
    const state = await readObject(this.#endpoint, wanted)
    if (state.state !== 'present') return state
    if (state.storedSize !== undefined) this.#memory.storedSizes.set(path, state.storedSize)
    // The body is let go: nothing here needs it any more.
    return this.#proved(path, { state: 'present', storedSize: state.storedSize, hashed: true })
  }

  async #prove(path: string, wanted: WantedObject): Promise<ObjectState> {
    const state = await proveObject(this.#endpoint, wanted, this.#memory.storedSizes.get(path))
    return state.state === 'present' ? this.#proved(path, state) : state
  }

  #proved(path: string, state: Present): Present {
    this.#memory.proved.set(path, state)
    return state
  }
}

/** Not looked at yet. */
const UNSEEN: ObjectState = { state: 'unknown', url: '', reason: 'not looked at', timedOut: false }
