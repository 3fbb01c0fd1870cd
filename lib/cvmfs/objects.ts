/** One object on one server: is it there, and is it what its name says. */
import type { HttpHead, HttpResponse } from '../ports/index.ts'
import type { Storage } from './catalog.ts'
import { damageOf, type Damage } from './content.ts'
import { cacheEvidence, Unanswered, type Endpoint } from './endpoint.ts'
import { formatHash, objectPath, type ObjectHash, type ObjectKind } from './hash.ts'

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

/** Larger bodies are not held in memory; what is checked whole is far smaller. */
const MAX_OBJECT_BYTES = 96 * 1024 * 1024

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
  const head = await answered(endpoint, wanted, { method: 'HEAD' })
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
  const limit = bound(wanted)
  const reply = await answered(endpoint, wanted, { maxBytes: limit, fresh })
  if ('state' in reply) return reply
  const { body } = reply as HttpResponse
  if (reply.status !== 200) return bad(endpoint, wanted, reply, 'missing', undefined)
  const damage = damageOf(body, wanted.hash, wanted.stored, wanted.plainSize)
  if (damage !== undefined) return bad(endpoint, wanted, reply, damage, body.length)
  return { state: 'present', storedSize: body.length, hashed: true, body }
}

/** The answer, or the state that follows from there being none. */
async function answered(
  endpoint: Endpoint,
  wanted: WantedObject,
  ask: { method?: 'HEAD'; maxBytes?: number; fresh?: boolean }
): Promise<HttpResponse | Exclude<ObjectState, { state: 'present' }>> {
  const path = objectPath(wanted.hash, wanted.kind)
  const url = endpoint.url(path)
  try {
    const reply = await endpoint.ask(path, ask)
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
  if (plainSize === undefined) return kind === 'certificate' ? 64 * 1024 : MAX_OBJECT_BYTES
  const stored = plainSize + Math.ceil(plainSize / 1000) + 1024
  return Math.min(MAX_OBJECT_BYTES, 2 * stored)
}
