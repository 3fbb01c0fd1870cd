/** From a layer as it travels to its tar. */
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import zlib from 'node:zlib'

import { LayerError, LayerRefused } from './entry.ts'
import { cutAtFrames, isZstd } from './zstd.ts'

/** Large pieces: each one is a trip through the thread pool. */
const CHUNK = 256 * 1024

/**
 * Layers with these types are read; how they are packed is told by their first bytes, since some registries hold
 * gzip under the name of a plain tar.
 */
const TYPES =
  /^application\/vnd\.(oci\.image\.layer\.v1\.tar(\+gzip|\+zstd)?|docker\.image\.rootfs\.diff\.tar(\.gzip|\.zstd)?)$/
const FOREIGN = /\.foreign\.|\.nondistributable\./

/**
 * Says no to layers that cannot be read, before anything is fetched.
 * @throws LayerError for layers that the registry does not hold (foreign); LayerRefused for unknown types.
 */
export function checkMediaType(mediaType: string, digest: string): void {
  if (FOREIGN.test(mediaType)) {
    throw new LayerError(
      `layer ${digest} is foreign (${mediaType}): its publisher does not let registries hold it`
    )
  }
  if (!TYPES.test(mediaType))
    throw new LayerRefused(`layer ${digest} is of the unknown type ${JSON.stringify(mediaType)}`)
}

/** How much more may be unpacked. Shared by the layers of an image: a thousand small bombs are one. */
export interface Budget {
  bytes: number
}

/**
 * The unpacked bytes.
 * @param packed its errors come through; read to its end before this one ends.
 * @throws LayerError for what does not unpack, and for more than the budget has left.
 */
export async function* unpack(
  packed: AsyncIterable<Buffer>,
  budget: Budget
): AsyncGenerator<Buffer, void, undefined> {
  const source = packed[Symbol.asyncIterator]()
  let ended = false
  try {
    const head = await beginning(source)
    const rest = async function* (): AsyncGenerator<Buffer, void, undefined> {
      if (head.length > 0) yield head
      for (;;) {
        const next = await source.next()
        if (next.done === true) break
        yield next.value
      }
      ended = true
    }
    for await (const chunk of decompressed(rest(), head)) {
      budget.bytes -= chunk.length
      if (budget.bytes < 0) throw new LayerError('it unpacks to far more than such an image holds')
      yield chunk
    }
    // A decompressor stops where its stream ends; then the digest of the whole was not looked at.
    if (!ended) throw new LayerError('there is something behind the end of its compressed stream')
  } finally {
    await source.return?.()
  }
}

async function beginning(source: AsyncIterator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  while (length < 4) {
    const next = await source.next()
    if (next.done === true) break
    parts.push(next.value)
    length += next.value.length
  }
  return Buffer.concat(parts)
}

async function* decompressed(
  chunks: AsyncGenerator<Buffer, void, undefined>,
  head: Buffer
): AsyncGenerator<Buffer, void, undefined> {
  const zstd = isZstd(head)
  if (!zstd && !isGzip(head)) {
    yield* chunks
    return
  }
  // A frame that wants more memory than zstd's own 128 MB is refused by the library.
  const decompressor = zstd
    ? zlib.createZstdDecompress({ chunkSize: CHUNK })
    : zlib.createGunzip({ chunkSize: CHUNK })
  let cause: unknown
  const source = Readable.from(zstd ? cutAtFrames(chunks) : chunks, {
    objectMode: false,
    highWaterMark: CHUNK
  })
  source.once('error', (error) => (cause ??= error))
  const feeding = pipeline(source, decompressor).catch(() => undefined)
  try {
    for await (const chunk of decompressor as AsyncIterable<Buffer>) yield chunk
  } catch (error) {
    if (cause !== undefined) throw cause
    throw new LayerError(`it cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    decompressor.destroy()
    source.destroy()
    await feeding
  }
}

/** By the magic number of RFC 1952; what it is not, is a tar. */
function isGzip(head: Buffer): boolean {
  return head.length >= 4 && head[0] === 0x1f && head[1] === 0x8b
}
