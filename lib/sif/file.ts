/** A SIF in a local file: inspection, and its SHA-256 and MD5 in one reading. */
import { createHash } from 'node:crypto'
import type { Ports } from '../ports/index.ts'
import { inspectSif, type Expected, type Sif } from './verify.ts'

/** @throws SifError; the error of the file system when it cannot be read. */
export async function inspectFile(fs: Ports['fs'], path: string, expected: Expected = {}): Promise<Sif> {
  const handle = await fs.open(path, 'r')
  try {
    const { size } = await handle.stat()
    const read = async (offset: number, length: number): Promise<Buffer> => {
      const wanted = Math.max(0, Math.min(length, size - offset))
      const buffer = Buffer.alloc(wanted)
      const { bytesRead } = await handle.read(buffer, 0, wanted, offset)
      return buffer.subarray(0, bytesRead)
    }
    return await inspectSif(read, size, expected)
  } finally {
    await handle.close()
  }
}

export interface FileDigests {
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
  readonly md5: string
}

/** Reads the whole file once; object stores answer with MD5, people compare SHA-256. */
export async function digestsOfFile(
  fs: Ports['fs'],
  path: string,
  signal?: AbortSignal
): Promise<FileDigests> {
  const sha256 = createHash('sha256')
  const md5 = createHash('md5')
  let bytes = 0
  const handle = await fs.open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(4 * 1024 * 1024)
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
      if (bytesRead === 0) break
      bytes += bytesRead
      const part = buffer.subarray(0, bytesRead)
      sha256.update(part)
      md5.update(part)
    }
  } finally {
    await handle.close()
  }
  return { bytes, sha256: sha256.digest('hex'), md5: md5.digest('hex') }
}

/** MD5 of consecutive parts of these sizes; undefined when the file is not as long as they are together. */
export async function md5OfParts(
  fs: Ports['fs'],
  path: string,
  sizes: readonly number[],
  signal?: AbortSignal
): Promise<string[] | undefined> {
  const handle = await fs.open(path, 'r')
  try {
    const { size } = await handle.stat()
    if (sizes.reduce((sum, part) => sum + part, 0) !== size) return undefined
    const buffer = Buffer.allocUnsafe(4 * 1024 * 1024)
    const digests: string[] = []
    for (const part of sizes) {
      const md5 = createHash('md5')
      for (let left = part; left > 0;) {
        signal?.throwIfAborted()
        const { bytesRead } = await handle.read(buffer, 0, Math.min(left, buffer.length), null)
        if (bytesRead === 0) return undefined
        md5.update(buffer.subarray(0, bytesRead))
        left -= bytesRead
      }
      digests.push(md5.digest('hex'))
    }
    return digests
  } finally {
    await handle.close()
  }
}
