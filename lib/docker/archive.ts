/**
 * The archive that `docker save` writes, read as it comes: nothing of it is ever held as a whole. Two layouts are in
 * use: `<id>/layer.tar` beside `<digest>.json` (Docker 24 and older), and OCI's `blobs/sha256/…` (25 and newer).
 * In both, manifest.json names the configuration and the layers in order, and comes last or nearly so.
 * https://github.com/moby/moby/blob/master/image/tarexport/save.go
 */
import { createHash } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { extract, type Header } from 'tar-stream'

export interface ArchivedLayer {
  /** Path in the archive. In OCI's layout the last part is the sha256 of the bytes. */
  readonly path: string
  readonly size: number
  readonly body: Readable
  /** The first bytes of `body`, which still has them. */
  readonly beginning: Buffer
}

export interface ImageArchive<T> {
  /**
   * What an engine may call this image: the digest of its configuration (the classic store), or of the manifest or
   * index that leads to it (containerd's store).
   */
  readonly ids: readonly string[]
  /** The image configuration, byte for byte. */
  readonly config: Buffer
  /** What `onLayer` made of each layer, bottom first. */
  readonly layers: readonly T[]
}

/** JSON documents in an archive are small; a layer is a tar file and starts with a file name. */
const MAX_DOCUMENT = 8 * 1024 * 1024
const TAR_MAGIC_AT = 257

/**
 * Reads an archive with one image. `onLayer` gets each stored layer once, in the order of the archive, and has to
 * read it to the end (or destroy it); the next one comes when it is done.
 */
export async function readArchive<T>(
  input: Readable,
  onLayer: (layer: ArchivedLayer) => Promise<T>
): Promise<ImageArchive<T>> {
  const documents = new Map<string, Buffer>()
  const layers = new Map<string, T>()
  const links = new Map<string, string>()
  const tar = extract()
  input.on('error', (error) => tar.destroy(error))
  tar.on('error', () => input.destroy())
  input.pipe(tar as unknown as Writable)
  for await (const entry of tar) {
    const header = entry.header
    const path = clean(header.name)
    if (header.type === 'symlink' || header.type === 'link') {
      // Docker 24 and older write a layer that occurs twice as a link to its first place.
      links.set(path, resolveLink(path, header))
      entry.resume()
    } else if (header.type === 'file' || header.type === 'contiguous-file') {
      const { beginning, body } = await peek(entry as unknown as AsyncIterable<Buffer>, 512)
      if (isDocument(path, header, beginning)) documents.set(path, await readAll(body))
      else {
        layers.set(path, await onLayer({ path, size: header.size, body, beginning }))
        // A layer that was not wanted still has to pass: the archive is one stream.
        if (!body.readableEnded && !body.destroyed) for await (const chunk of body) void chunk
      }
    } else entry.resume()
  }
  const manifest = parseManifestFile(documents.get('manifest.json'))
  const config = documents.get(clean(manifest.config))
  if (config === undefined)
    throw new Error('the archive of docker save lacks the configuration that its manifest names')
  return {
    ids: idsOf(config, documents),
    config,
    layers: manifest.layers.map((name) => {
      const path = clean(name)
      const layer = layers.get(path) ?? layers.get(links.get(path) ?? '')
      if (layer === undefined)
        throw new Error(`the archive of docker save lacks the layer ${name} that its manifest names`)
      return layer
    })
  }
}

/** Follows index.json down to the configuration. A document is believed by its own digest, not by its file name. */
function idsOf(config: Buffer, documents: ReadonlyMap<string, Buffer>): readonly string[] {
  const byDigest = new Map([...documents.values()].map((body) => [digestOf(body), body]))
  const own = digestOf(config)
  const ids = [own]
  const leadsHere = (body: Buffer | undefined, depth: number): boolean => {
    if (body === undefined || depth > 4) return false
    const json = JSON.parse(body.toString('utf8')) as { config?: { digest?: unknown }; manifests?: unknown }
    if (json.config?.digest === own) return true
    const entries: readonly unknown[] = Array.isArray(json.manifests) ? json.manifests : []
    const leading = entries
      .map((entry) =>
        typeof entry === 'object' && entry !== null && 'digest' in entry ? String(entry.digest) : ''
      )
      .filter((digest) => leadsHere(byDigest.get(digest), depth + 1))
    ids.push(...leading)
    return leading.length > 0
  }
  leadsHere(documents.get('index.json'), 0)
  return [...new Set(ids)]
}

function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}

function isDocument(path: string, header: Header, beginning: Buffer): boolean {
  if (header.size > MAX_DOCUMENT || path.endsWith('/layer.tar')) return false
  if (path.endsWith('.json') || path.endsWith('/json') || path.endsWith('/VERSION')) return true
  if (path === 'oci-layout' || path === 'repositories') return true
  const magic = beginning.subarray(TAR_MAGIC_AT, TAR_MAGIC_AT + 5).toString('latin1')
  return beginning[0] === 0x7b && magic !== 'ustar'
}

function parseManifestFile(body: Buffer | undefined): { config: string; layers: readonly string[] } {
  if (body === undefined) throw new Error('the archive of docker save has no manifest.json')
  const list: unknown = JSON.parse(body.toString('utf8'))
  const item: unknown = Array.isArray(list) ? list[0] : undefined
  if (!Array.isArray(list) || list.length !== 1 || typeof item !== 'object' || item === null) {
    throw new Error(
      `the archive of docker save has ${Array.isArray(list) ? list.length : 'no list of'} images, one was asked for`
    )
  }
  const { Config, Layers } = item as Record<string, unknown>
  if (typeof Config !== 'string' || !Array.isArray(Layers))
    throw new Error('the archive of docker save has no usable manifest.json')
  return { config: Config, layers: Layers.map(String) }
}

function clean(name: string): string {
  return name.replace(/^(?:\.\/)+/, '').replace(/\/$/, '')
}

function resolveLink(path: string, header: Header): string {
  const target = header.linkname
  if (header.type === 'link') return clean(target)
  const parts = path.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** At least the first `count` bytes (or all that there are), and the whole as a stream. */
async function peek(
  entry: AsyncIterable<Buffer>,
  count: number
): Promise<{ beginning: Buffer; body: Readable }> {
  const chunks: Buffer[] = []
  const iterator = entry[Symbol.asyncIterator]()
  let size = 0
  while (size < count) {
    const next = await iterator.next()
    if (next.done === true) break
    chunks.push(next.value)
    size += next.value.length
  }
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield* chunks
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { beginning: Buffer.concat(chunks), body: Readable.from(whole(), { objectMode: false }) }
}

async function readAll(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The text of the first file in a tar stream (`docker cp`), read to its end. */
export async function readFirstFile(input: Readable, maxBytes: number): Promise<string | undefined> {
  const tar = extract()
  input.on('error', (error) => tar.destroy(error))
  input.pipe(tar as unknown as Writable)
  let text: string | undefined
  for await (const entry of tar) {
    if (text === undefined && entry.header.type === 'file') {
      if (entry.header.size > maxBytes)
        throw new Error(`${entry.header.name} has ${entry.header.size} bytes, at most ${maxBytes} are read`)
      const chunks: Buffer[] = []
      for await (const chunk of entry as unknown as AsyncIterable<Buffer>) chunks.push(chunk)
      text = Buffer.concat(chunks).toString('utf8')
    } else entry.resume()
  }
  return text
}
