/** Whether a store has what was put there: by what it tells of the bytes, else by reading them back. */
import { createHash } from 'node:crypto'
import path from 'node:path'

import type { Ports } from '../../../lib/ports/index.ts'
import { md5OfParts, SifError } from '../../../lib/sif/index.ts'
import { probe, publicPath, segmentStore, type Rclone, type Store } from '../../../lib/store/index.ts'

export interface DeliveryContext {
  readonly ports: Pick<Ports, 'fs' | 'clock' | 'log' | 'http'>
  readonly signal: AbortSignal
  readonly rclone: Rclone
  readonly cachePrefix: string
  readonly timeoutMs: number
}

/** How sure we are of what lies in the store now. */
export type Assurance = 'md5' | 'md5 of its segments' | 'md5 of its parts' | 'sha256' | 'size only'

/** What lies in the store now is not what was put there. */
export class WrongBytes extends Error {
  override readonly name = 'WrongBytes'
}

/** A whole SIF, and not the one that the stores are to have: a container is never built twice with the same bytes. */
export class OtherBuild extends SifError {
  constructor(sha256: string, published: string) {
    super('damaged', `another build of the same size: SHA-256 ${sha256}, published is ${published}`)
  }
}

/** Up to this size an object is read back when the store tells no MD5. */
const READ_BACK_BYTES = 64 * 1024 * 1024

/** @throws Error when the object is not what was put there. */
export async function verifyObject(
  store: Store,
  key: string,
  expected: { readonly bytes: number; readonly md5: string; readonly sha256: string },
  context: DeliveryContext,
  file?: string
): Promise<Assurance> {
  const object = await context.rclone.stat(store, key)
  if (object === undefined) throw new Error(`${key} is not there after the upload`)
  if (object.bytes !== expected.bytes) {
    throw new WrongBytes(`${key} has ${object.bytes} bytes after the upload of ${expected.bytes}`)
  }
  // With a copy S3 keeps what rclone once wrote beside the bytes, and rclone tells that as their MD5.
  const told = file !== undefined || (await context.rclone.features(store)).api !== 's3'
  if (told && object.md5 !== undefined) {
    if (object.md5 !== expected.md5)
      throw new WrongBytes(`${key} has MD5 ${object.md5} after the upload of ${expected.md5}`)
    return 'md5'
  }
  if (file !== undefined && (await verifySegments(store, key, file, context))) return 'md5 of its segments'
  if (file !== undefined && (await verifyParts(store, key, file, context))) return 'md5 of its parts'
  if (object.bytes > READ_BACK_BYTES) return 'size only'
  const sha256 = await context.rclone.sha256(store, key)
  if (sha256 !== expected.sha256)
    throw new WrongBytes(`${key} reads back as SHA-256 ${sha256}, ${expected.sha256} was put`)
  return 'sha256'
}

/**
 * A large object of Swift has no MD5 of its own, but each of its segments has. Every upload has a set of them; one that
 * another run has under way may be newer. False when nothing is said by them.
 * @throws Error when the newest are other bytes, and no set has those that were put.
 */
async function verifySegments(
  store: Store,
  key: string,
  file: string,
  context: DeliveryContext
): Promise<boolean> {
  const place = segmentStore(store)
  if (place === undefined || (await context.rclone.features(store)).api !== 'swift') return false
  const segments = await context.rclone.listAll(place, { folder: key, hash: true })
  const names = [...new Set(segments.map((one) => path.posix.dirname(one.key)))].sort().reverse()
  let wrong: string | undefined
  for (const name of names) {
    const own = segments
      .filter((one) => path.posix.dirname(one.key) === name)
      .sort((a, b) => (a.key < b.key ? -1 : 1))
    if (own.some(({ md5 }) => md5 === undefined)) continue
    const sizes = own.map(({ bytes }) => bytes)
    // One of another length is not of this file: it is from before, or not complete.
    const digests = await md5OfParts(context.ports.fs, file, sizes, context.signal)
    if (digests === undefined) continue
    const other = own.find(({ md5 }, index) => md5 !== digests[index])
    // The newest, or one that another run may have followed with its own: which of them is shown is not known here.
    if (other === undefined) return wrong === undefined
    wrong ??= `segment ${other.key} of ${key} has other bytes after the upload`
  }
  if (wrong !== undefined) throw new WrongBytes(wrong)
  return false
}

/** Sizes of parts that are tried: one nearly always fits, and each costs a reading of the file. */
const PART_SIZES_TRIED = 4
const MIB = 1024 * 1024

/**
 * What S3 got in parts has no MD5, but its ETag is one of the MD5s of the parts, with their number. How long they were
 * is for rclone's configuration to say; whole MiB that give this number are tried, the shortest first. An ETag of other
 * bytes cannot be told from one of a bucket that encrypts with a key: false then, nothing is said by it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
async function verifyParts(
  store: Store,
  key: string,
  file: string,
  context: DeliveryContext
): Promise<boolean> {
  const url = publicPath(store, key)
  if (url === undefined || (await context.rclone.features(store)).api !== 's3') return false
  const { fs, http, clock, log } = context.ports
  const seen = await probe(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal })
  const etag = seen.state === 'present' ? seen.etag : undefined
  const count = Number(/^[0-9a-f]{32}-(\d{1,5})$/.exec(etag ?? '')?.[1] ?? Number.NaN)
  if (!(count >= 1)) return false
  const { size } = await fs.stat(file)
  for (const part of partSizes(size, count)) {
    const sizes = Array.from({ length: count }, (_, index) => Math.min(part, size - index * part))
    const digests = await md5OfParts(fs, file, sizes, context.signal)
    if (digests === undefined) continue
    const whole = createHash('md5')
      .update(Buffer.from(digests.join(''), 'hex'))
      .digest('hex')
    if (`${whole}-${count}` === etag) return true
  }
  return false
}

/** Lengths of a part, in bytes, with which a file of `size` bytes comes in `count` parts. Exported for its test. */
export function partSizes(size: number, count: number): readonly number[] {
  const shortest = Math.ceil(size / count / MIB)
  const sizes = Array.from({ length: PART_SIZES_TRIED }, (_, index) => (shortest + index) * MIB)
  return sizes.filter((part) => part > 0 && Math.ceil(size / part) === count)
}
