/** One layer from the engine's archive to a file that can be uploaded, and uploaded again from any byte. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip, createZstdDecompress } from 'node:zlib'
import { createContentReader, type ArchivedLayer } from '../../../lib/docker/index.ts'
import { mediaTypes, type BlobSource } from '../../../lib/registry/index.ts'

export interface SpooledLayer {
  readonly mediaType: string
  /** Of the file: what the registry stores. */
  readonly digest: string
  readonly size: number
  /** Of the unpacked layer. */
  readonly diffId: string
  /** Over the files without their times. */
  readonly contentDigest: string
  readonly file: string
}

/** Docker's own level: more is hardly smaller and much slower. */
const GZIP_LEVEL = 6

/**
 * Writes the layer to `file`, compressed, and measures it on the way: one pass, constant memory. A layer that comes
 * compressed (an engine that keeps images in containerd) is kept as it is, so that its digest stays the same.
 */
export async function spoolLayer(layer: ArchivedLayer, file: string): Promise<SpooledLayer> {
  const content = createContentReader()
  const unpacked = createHash('sha256')
  const packed = new Measure()
  const compression = compressionOf(layer.beginning)
  const out = createWriteStream(file, { mode: 0o600 })
  if (compression === undefined) {
    await pipeline(layer.body, tap(unpacked, content.sink), createGzip({ level: GZIP_LEVEL }), packed, out)
  } else {
    const unpack: Transform = compression === 'gzip' ? createGunzip() : createZstdDecompress()
    const reading = pipeline(unpack, tap(unpacked, content.sink), drain())
    await Promise.all([pipeline(layer.body, packed, copyTo(unpack), out), reading])
  }
  return {
    mediaType: compression === 'zstd' ? mediaTypes.ociLayerZstd : mediaTypes.ociLayerGzip,
    digest: packed.digest(),
    size: packed.size,
    diffId: `sha256:${unpacked.digest('hex')}`,
    contentDigest: await content.digest(),
    file
  }
}

/** The spooled file as something to upload. */
export function fileSource(layer: Pick<SpooledLayer, 'digest' | 'size' | 'file'>): BlobSource {
  return {
    digest: layer.digest,
    size: layer.size,
    open: (from) => createReadStream(layer.file, { start: from })
  }
}

function compressionOf(beginning: Buffer): 'gzip' | 'zstd' | undefined {
  if (beginning[0] === 0x1f && beginning[1] === 0x8b) return 'gzip'
  if (beginning.length >= 4 && beginning.readUInt32LE(0) === 0xfd2fb528) return 'zstd'
  return undefined
}

class Measure extends Transform {
  readonly #hash = createHash('sha256')
  size = 0

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, data: Buffer) => void): void {
    this.#hash.update(chunk)
    this.size += chunk.length
    done(null, chunk)
  }

  digest(): string {
    return `sha256:${this.#hash.digest('hex')}`
  }
}

/** Passes bytes on, hashes them and feeds them to `sink`, as fast as both can take them. */
function tap(hash: Hash, sink: Writable): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      write(sink, chunk, () => done(null, chunk))
    },
    flush(done) {
      sink.end()
      done()
    }
  })
}

function copyTo(sink: Writable): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      write(sink, chunk, () => done(null, chunk))
    },
    flush(done) {
      sink.end()
      done()
    }
  })
}

function write(sink: Writable, chunk: Buffer, then: () => void): void {
  if (sink.destroyed || sink.write(chunk)) {
    then()
    return
  }
  const go = (): void => {
    sink.off('drain', go)
    sink.off('close', go)
    then()
  }
  sink.once('drain', go)
  sink.once('close', go)
}

function drain(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}
