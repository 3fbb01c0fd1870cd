/**
 * Where the frames of a zstd stream end (RFC 8878, section 3.1). Layers of Podman and of parallel compressors have
 * many; Node's decompressor takes the next one only when it comes in a piece of its own, and waits for ever when not.
 */
import { LayerError } from './entry.ts'

const FRAME = 0xfd2f_b528
const SKIPPABLE = 0x184d_2a50

export function isZstd(head: Buffer): boolean {
  const magic = head.length < 4 ? 0 : head.readUInt32LE(0)
  return magic === FRAME || isSkippable(magic)
}

/** The same bytes, each piece within one frame. @throws LayerError for what is no frame */
export async function* cutAtFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const cutter = new Cutter()
  for await (const chunk of chunks) yield* cutter.cut(chunk)
}

/** A part of a frame: so many bytes, and what they say about what comes next. */
interface Part {
  /** Bytes to look at, at most 8. */
  readonly bytes: number
  readonly read: (bytes: Buffer) => { readonly skip: number; readonly then: Part | 'end' }
}

class Cutter {
  #part: Part = MAGIC
  /** Bytes of the part that came so far. */
  #have = Buffer.alloc(0)
  #skip = 0
  #after: Part | 'end' = MAGIC

  cut(chunk: Buffer): Buffer[] {
    const pieces: Buffer[] = []
    let start = 0
    let at = 0
    for (;;) {
      const skipped = Math.min(this.#skip, chunk.length - at)
      this.#skip -= skipped
      at += skipped
      if (this.#skip === 0 && this.#after === 'end') {
        pieces.push(chunk.subarray(start, at))
        start = at
        this.#after = MAGIC
      }
      if (at === chunk.length) break
      if (this.#have.length === 0 && this.#after !== 'end') this.#part = this.#after
      const piece = chunk.subarray(at, at + this.#part.bytes - this.#have.length)
      this.#have = Buffer.concat([this.#have, piece])
      at += piece.length
      if (this.#have.length < this.#part.bytes) break
      const { skip, then } = this.#part.read(this.#have)
      this.#have = Buffer.alloc(0)
      this.#skip = skip
      this.#after = then
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start))
    return pieces
  }
}

const MAGIC: Part = {
  bytes: 4,
  read: (bytes) => {
    const magic = bytes.readUInt32LE(0)
    if (magic === FRAME) return { skip: 0, then: DESCRIPTOR }
    if (isSkippable(magic)) return { skip: 0, then: LENGTH }
    throw new LayerError('there is something behind the end of its compressed stream')
  }
}

const LENGTH: Part = { bytes: 4, read: (bytes) => ({ skip: bytes.readUInt32LE(0), then: 'end' }) }

const DESCRIPTOR: Part = {
  bytes: 1,
  read: (bytes) => {
    const descriptor = bytes[0] ?? 0
    const single = (descriptor & 0x20) !== 0
    const sizeField = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
    const dictionaryField = [0, 1, 2, 4][descriptor & 3] ?? 0
    const checksum = (descriptor & 4) === 0 ? 0 : 4
    return { skip: (single ? 0 : 1) + dictionaryField + sizeField, then: blockOf(checksum) }
  }
}

function blockOf(checksum: number): Part {
  const block: Part = {
    bytes: 3,
    read: (bytes) => {
      const header = bytes.readUIntLE(0, 3)
      // A block of type 1 is one byte, to be repeated.
      const size = ((header >> 1) & 3) === 1 ? 1 : header >> 3
      return (header & 1) === 0 ? { skip: size, then: block } : { skip: size + checksum, then: 'end' }
    }
  }
  return block
}

function isSkippable(magic: number): boolean {
  return magic >= SKIPPABLE && magic <= SKIPPABLE + 15
}
