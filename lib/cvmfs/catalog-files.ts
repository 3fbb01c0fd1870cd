/** A catalog as a file: downloaded and hashed as it comes, inflated within a limit. */
import { createReadStream, createWriteStream } from 'node:fs'
import type * as fileSystem from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflate } from 'node:zlib'

import type { HttpHead } from '../ports/index.ts'
import type { Nested } from './catalog.ts'
import { damageOf } from './content.ts'
import { Unanswered, cacheEvidence, type Endpoint } from './endpoint.ts'
import { createHasher, objectPath } from './hash.ts'
import type { BadObject, ObjectState } from './objects.ts'

/** What is wrong with a catalog on the server that was asked. */
export type NotObtained = Exclude<ObjectState, { state: 'present' }>

/** A catalog as stored may have this many bytes; the largest known ones have some tens of MB. */
const MAX_STORED = 512 * 1024 * 1024
/** Larger ones are not read again to say how they are damaged. */
const MAX_EXAMINED = 64 * 1024 * 1024

export interface DownloadOptions {
  /** Past every cache. */
  readonly fresh: boolean
  readonly fs: typeof fileSystem
  /** Called whenever something has come. */
  readonly moved: () => void
}

/**
 * Downloads a catalog's stored bytes to a file.
 * @returns their number when the hash is right, else what is wrong.
 */
export async function downloadCatalog(
  endpoint: Endpoint,
  nested: Nested,
  file: string,
  { fresh, fs, moved }: DownloadOptions
): Promise<{ readonly size: number } | NotObtained> {
  const object = objectPath(nested.hash, 'catalog')
  const url = endpoint.url(object)
  const limit = nested.size === undefined ? MAX_STORED : Math.min(MAX_STORED, 2 * nested.size + 4096)
  try {
    const result = await endpoint.pour(object, { fresh }, async (head, pieces) => {
      if (head.status !== 200) return bad(url, head, 'missing')
      const hasher = createHasher(nested.hash.algorithm)
      let size = 0
      await pipeline(async function* () {
        for await (const piece of pieces) {
          size += piece.length
          moved()
          if (size > limit) return
          hasher.update(piece)
          yield piece
        }
      }, createWriteStream(file))
      if (size > limit) return bad(url, head, 'oversized')
      if (hasher.digest('hex') === nested.hash.hex) return { size }
      const examined =
        size > MAX_EXAMINED ? undefined : damageOf(await fs.readFile(file), nested.hash, 'zlib')
      return bad(url, head, examined ?? 'altered', size)
    })
    // Where the server failed, its answer says nothing about the catalog.
    const failed = 'state' in result && (result.status === 429 || result.status >= 500)
    return failed ? { state: 'unknown', url, reason: `HTTP ${result.status}`, timedOut: false } : result
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    return { state: 'unknown', url, reason: error.message, timedOut: error.kind === 'timeout' }
  }
}

/** Inflates a file. Its hash was right, so this is what the publisher signed; it still gets a limit. */
export async function inflateFile(from: string, to: string, limit: number): Promise<void> {
  let size = 0
  const counter = new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      size += piece.length
      if (size > limit) done(new Error(`it has more than ${limit} bytes`))
      else done(null, piece)
    }
  })
  await pipeline(createReadStream(from), createInflate(), counter, createWriteStream(to, { mode: 0o600 }))
}

function bad(url: string, head: HttpHead, damage: BadObject['damage'], size?: number): BadObject {
  const evidence = cacheEvidence(head.headers)
  return { state: 'bad', damage, url, status: head.status, size, onlyCached: false, evidence }
}
