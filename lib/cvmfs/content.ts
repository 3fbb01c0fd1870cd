/** Whether stored bytes are the object that its name promises, and if not, how they went wrong. */
import { inflateSync } from 'node:zlib'

import { createHasher, hashBytes, type ObjectHash } from './hash.ts'

/**
 * - `empty`: nothing, typical after a power loss or a full disk
 * - `truncated`: the beginning of something, cut off
 * - `doubled`: the right bytes with more behind them, most often themselves again
 * - `altered`: anything else
 */
export type Damage = 'empty' | 'truncated' | 'doubled' | 'altered'

/**
 * Compares a body with the hash of its name. The hash is over the bytes as stored.
 * @param stored how the object lies on servers; `plainSize` its size when inflated.
 * @returns undefined when the body is right.
 */
export function damageOf(
  body: Buffer,
  hash: ObjectHash,
  stored: 'zlib' | 'plain' | 'unknown',
  plainSize?: number
): Damage | undefined {
  if (hashBytes(hash.algorithm, body) === hash.hex) return undefined
  if (body.length === 0) return 'empty'
  if (beginsWithObject(body, hash, stored === 'zlib' ? undefined : plainSize)) return 'doubled'
  if (stored === 'zlib') return cutOff(body) ? 'truncated' : 'altered'
  return plainSize !== undefined && body.length < plainSize ? 'truncated' : 'altered'
}

/** Halves and thirds cover the usual repetition; a known length or the end of the zlib stream covers other tails. */
function beginsWithObject(body: Buffer, hash: ObjectHash, plainSize: number | undefined): boolean {
  const lengths = new Set([body.length / 2, body.length / 3, plainSize ?? zlibLength(body) ?? 0])
  for (const length of lengths) {
    if (!Number.isInteger(length) || length <= 0 || length >= body.length) continue
    if (createHasher(hash.algorithm).update(body.subarray(0, length)).digest('hex') === hash.hex) return true
  }
  return false
}

/** Bytes that the zlib stream at the start of the body takes; undefined when it does not end well. */
function zlibLength(body: Buffer): number | undefined {
  try {
    const result = inflateSync(body, { info: true, maxOutputLength: MAX_PROBE }) as unknown as {
      engine: { bytesWritten: number }
    }
    return result.engine.bytesWritten
  } catch {
    return undefined
  }
}

/** What is inflated only to say how a body is damaged. */
const MAX_PROBE = 64 * 1024 * 1024

/** A zlib stream that is sound as far as it goes but does not end. */
function cutOff(body: Buffer): boolean {
  try {
    inflateSync(body, { maxOutputLength: MAX_PROBE })
    return false
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'Z_BUF_ERROR'
  }
}
