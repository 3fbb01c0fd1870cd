/** One object on one server: is it there, and is it what its name says. */
import type { HttpHead } from '../ports/index.ts'
import type { Storage } from './catalog.ts'
import { damageOf, type Damage } from './content.ts'
import { cacheEvidence, Unanswered, type Endpoint } from './endpoint.ts'
import { createHasher, formatHash, hashBytes, objectPath, type ObjectHash, type ObjectKind } from './hash.ts'

export interface WantedObject {
  readonly hash: ObjectHash
  readonly kind: ObjectKind
  readonly stored: Storage
  /** Bytes when inflated, where known. */
  readonly plainSize?: number | undefined
}

/** What a server answered for an object. */
export type ObjectState =
  | Present
  | BadObject
  | {
      /** No answer, or one that says nothing about the object: not missing, not damaged. */
      readonly state: 'unknown'
      readonly url: string
      readonly reason: string
      readonly timedOut: boolean
    }

export interface Present {
  readonly state: 'present'
  readonly storedSize: number | undefined
  /** The whole body has the hash; else it is there and as long as it should be. */
  readonly hashed: boolean
}

export interface BadObject {
  readonly state: 'bad'
  readonly damage: Damage | 'missing' | 'oversized'
  readonly url: string
  readonly status: number
  /** Bytes that came, where a body was read. */
  readonly size: number | undefined
  /** Past the caches the object is right: the server's own copy is sound. */
  readonly onlyCached: boolean
  readonly evidence: Readonly<Record<string, string>>
}

/** Bodies up to this size have to come whole within one time-out. */
const LARGE_BYTES = 1024 * 1024
/** Bodies up to this size are held in memory, to tell how they are damaged. */
const KEPT_BYTES = 32 * 1024 * 1024

/**
 * Reads an object whole and compares its hash. A bad one is asked for once more past the caches, as the real
 * client does. The body is given when it is right.
 */
export async function readObject(endpoint: Endpoint, wanted: WantedObject): Promise<Read> {
  return await secondLook(endpoint, async (fresh) => await readOnce(endpoint, wanted, fresh))
}

/**
 * Proves without downloading that an object is there and as long as it is elsewhere. Another length is looked at
 * again, whole.
 * @param storedSize its length as stored, from a server where the hash was right.
 */
export async function proveObject(
  endpoint: Endpoint,
  wanted: WantedObject,
  storedSize: number | undefined
): Promise<ObjectState> {
  const head = await answered(endpoint, wanted, async (path) => await endpoint.ask(path, { method: 'HEAD' }))
  if ('state' in head) return head
  if (head.status === 405 || head.status === 501) return await readObject(endpoint, wanted)
  const length = /^\d{1,15}$/.exec(head.headers['content-length'] ?? '')?.[0]
  const right =
    head.status === 200 &&
    length !== '0' &&
    (length === undefined || storedSize === undefined || Number(length) === storedSize)
  if (right)
    return { state: 'present', storedSize: length === undefined ? storedSize : Number(length), hashed: false }
  // Whatever is odd about it, the body tells more than the head.
  return await readObject(endpoint, wanted)
}

/** Name of an object for people and reports: hash with tag. */
export function nameOf(wanted: WantedObject): string {
  return formatHash(wanted.hash)
}

type Read = ObjectState & { readonly body?: Buffer }

async function secondLook(endpoint: Endpoint, look: (fresh: boolean) => Promise<Read>): Promise<Read> {
  const first = await look(false)
  if (first.state !== 'bad') return first
  // A 404 without a sign of a cache is the server's own word; asking twice would only double the load.
  const cacheable = endpoint.cached || Object.keys(first.evidence).length > 0
  if (first.damage === 'missing' && !cacheable) return first
  const second = await look(true)
  return second.state === 'present' ? { ...first, onlyCached: true } : first
}

async function readOnce(endpoint: Endpoint, wanted: WantedObject, fresh: boolean): Promise<Read> {
  const maxBytes = bound(wanted)
  const fetch = maxBytes > LARGE_BYTES ? fetchLarge : fetchSmall
  const got = await answered(
    endpoint,
    wanted,
    async (path) => await fetch(endpoint, path, wanted, { maxBytes, fresh })
  )
  if ('state' in got) return got
  if (got.status !== 200) return bad(endpoint, wanted, got, 'missing', undefined)
  const { body, size, hex } = got
  if (hex === wanted.hash.hex) {
    return { state: 'present', storedSize: size, hashed: true, ...(body === undefined ? {} : { body }) }
  }
  const damage =
    body === undefined
      ? damageBySize(size, wanted)
      : damageOf(body, wanted.hash, wanted.stored, wanted.plainSize)
  return bad(endpoint, wanted, got, damage ?? 'altered', size)
}

interface Fetched extends HttpHead {
  readonly size: number
  readonly hex: string
  /** Not kept of a very large object. */
  readonly body: Buffer | undefined
}

interface Limits {
  readonly maxBytes: number
  readonly fresh: boolean
}

async function fetchSmall(
  endpoint: Endpoint,
  path: string,
  { hash }: WantedObject,
  limits: Limits
): Promise<Fetched> {
  const { body, ...head } = await endpoint.ask(path, limits)
  return { ...head, body, size: body.length, hex: hashBytes(hash.algorithm, body) }
}

/** A large body may take longer than a time-out, as long as it moves; a very large one is not held in memory. */
async function fetchLarge(
  endpoint: Endpoint,
  path: string,
  { hash }: WantedObject,
  { maxBytes, fresh }: Limits
): Promise<Fetched> {
  return await endpoint.pour(path, { fresh }, async (head, pieces) => {
    const hasher = createHasher(hash.algorithm)
    let kept: Buffer[] | undefined = []
    let size = 0
    for await (const piece of pieces) {
      size += piece.length
      if (size > maxBytes) {
        throw new Unanswered(head.url, 'too-large', `the body is larger than ${maxBytes} bytes`)
      }
      hasher.update(piece)
      if (size > KEPT_BYTES) kept = undefined
      kept?.push(piece)
    }
    return { ...head, size, hex: hasher.digest('hex'), body: kept && Buffer.concat(kept) }
  })
}

/** How an object is damaged of which only the length is known. */
function damageBySize(size: number, { stored, plainSize = 0 }: WantedObject): BadObject['damage'] {
  if (stored === 'plain' && size < plainSize) return 'truncated'
  return stored === 'plain' && size > plainSize ? 'doubled' : 'altered'
}

/** The answer, or the state that follows from there being none. */
async function answered<T extends HttpHead>(
  endpoint: Endpoint,
  wanted: WantedObject,
  ask: (path: string) => Promise<T>
): Promise<T | Exclude<ObjectState, { state: 'present' }>> {
  const path = objectPath(wanted.hash, wanted.kind)
  const url = endpoint.url(path)
  try {
    const reply = await ask(path)
    if (reply.status === 429 || reply.status >= 500) {
      return { state: 'unknown', url, reason: `HTTP ${reply.status}`, timedOut: false }
    }
    return reply
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    if (error.kind === 'too-large') {
      const empty = { url, status: 200, headers: {}, latencyMs: 0, remoteAddress: undefined }
      return bad(endpoint, wanted, empty, 'oversized', undefined)
    }
    return { state: 'unknown', url, reason: error.message, timedOut: error.kind === 'timeout' }
  }
}

function bad(
  endpoint: Endpoint,
  wanted: WantedObject,
  head: HttpHead,
  damage: BadObject['damage'],
  size: number | undefined
): BadObject {
  return {
    state: 'bad',
    damage,
    url: endpoint.url(objectPath(wanted.hash, wanted.kind)),
    status: head.status,
    size,
    onlyCached: false,
    evidence: cacheEvidence(head.headers)
  }
}

/** Most bytes that a body may have: twice what zlib can make of the size, so that a doubled object is still seen as one. */
function bound({ plainSize, kind }: WantedObject): number {
  if (plainSize === undefined) return kind === 'certificate' ? 64 * 1024 : KEPT_BYTES
  const stored = plainSize + Math.ceil(plainSize / 1000) + 1024
  return 2 * stored
}
