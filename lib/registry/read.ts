/** Reading from a registry: every answer is verified against its digest before it is believed. */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import {
  acceptManifests,
  digestOf,
  formatPlatform,
  ManifestError,
  parseConfig,
  parseManifest,
  runnable,
  samePlatform,
  type Descriptor,
  type ImageConfig,
  type ImageIndex,
  type ImageManifest,
  type Platform
} from './manifest.ts'
import { blobPath, manifestPath, pull, push, typeOf, wrongDigest } from './paths.ts'
import { at, formatReference, formatRepository, type Reference, type Repository } from './reference.ts'
import type { Transport } from './transport.ts'

const MAX_MANIFEST = 4 * 1024 * 1024
/** Also the default for any small blob. */
export const MAX_CONFIG = 8 * 1024 * 1024

export interface FetchedManifest {
  readonly descriptor: Descriptor
  /** As the registry gave it, byte for byte: a digest is over these bytes. */
  readonly body: Buffer
  readonly manifest: ImageManifest | ImageIndex
}

/** One platform's image, without its layers. */
export interface RemoteImage {
  /** What the reference points at: an index, or the image itself. */
  readonly top: Descriptor
  /** The manifest of this platform. */
  readonly descriptor: Descriptor
  readonly manifest: ImageManifest
  readonly config: ImageConfig
  readonly platform: Platform
  /** Bytes of the layers as they travel, compressed. */
  readonly compressedSize: number
}

export async function resolve(transport: Transport, reference: Reference): Promise<Descriptor | undefined> {
  const answer = await transport.request({
    host: reference.host,
    target: manifestPath(reference),
    method: 'HEAD',
    scopes: pull(reference),
    headers: { accept: acceptManifests },
    accepted: [200, 404]
  })
  if (answer.status === 404) return undefined
  const digest = answer.headers['docker-content-digest'] ?? reference.digest
  const size = Number(answer.headers['content-length'])
  const mediaType = typeOf(answer)
  // Some registries leave one of these out of a HEAD: then the manifest itself has to tell.
  if (digest === undefined || !Number.isSafeInteger(size) || size <= 0 || mediaType === '') {
    return (await getManifest(transport, reference))?.descriptor
  }
  if (reference.digest !== undefined && digest !== reference.digest) throw wrongDigest(reference, digest)
  return { mediaType, digest, size }
}

export async function getManifest(
  transport: Transport,
  reference: Reference
): Promise<FetchedManifest | undefined> {
  const answer = await transport.request({
    host: reference.host,
    target: manifestPath(reference),
    method: 'GET',
    scopes: pull(reference),
    headers: { accept: acceptManifests },
    accepted: [200, 404],
    maxBytes: MAX_MANIFEST
  })
  if (answer.status === 404) return undefined
  const digest = digestOf(answer.body)
  const expected = reference.digest ?? answer.headers['docker-content-digest']
  if (expected !== undefined && expected.startsWith('sha256:') && expected !== digest)
    throw wrongDigest(reference, digest)
  const manifest = parseManifest(answer.body, typeOf(answer))
  return {
    manifest,
    body: answer.body,
    descriptor: { mediaType: manifest.mediaType, digest, size: answer.body.length }
  }
}

export async function getImage(
  transport: Transport,
  reference: Reference,
  platform: Platform
): Promise<RemoteImage | undefined> {
  const top = await getManifest(transport, reference)
  if (top === undefined) return undefined
  let chosen: FetchedManifest | undefined = top
  if (top.manifest.kind === 'index') {
    const entry = runnable(top.manifest).find(
      (item) => item.platform !== undefined && samePlatform(item.platform, platform)
    )
    if (entry === undefined) return undefined
    chosen = await getManifest(transport, at(reference, entry.digest))
    if (chosen === undefined) {
      throw new ManifestError(
        `${formatReference(reference)}: its index names ${entry.digest}, which the registry does not have`
      )
    }
  }
  if (chosen.manifest.kind !== 'image') {
    throw new ManifestError(`${formatReference(reference)}: an index inside an index`)
  }
  const manifest = chosen.manifest
  const config = parseConfig(await getBlob(transport, reference, manifest.config, MAX_CONFIG))
  const own: Platform = {
    os: config.os,
    architecture: config.architecture,
    ...(config.variant === undefined ? {} : { variant: config.variant })
  }
  if (!samePlatform(own, platform)) {
    if (top.manifest.kind === 'image') return undefined
    throw new ManifestError(
      `${formatReference(reference)}: the index promises ${formatPlatform(platform)}, the image says ${formatPlatform(own)}`
    )
  }
  if (config.diffIds.length !== manifest.layers.length) {
    throw new ManifestError(
      `${formatReference(reference)}: ${manifest.layers.length} layers, but ${config.diffIds.length} diff_ids`
    )
  }
  return {
    top: top.descriptor,
    descriptor: chosen.descriptor,
    manifest,
    config,
    platform: own,
    compressedSize: manifest.layers.reduce((sum, layer) => sum + layer.size, 0)
  }
}

export async function getBlob(
  transport: Transport,
  repository: Repository,
  descriptor: Pick<Descriptor, 'digest' | 'size'>,
  maxBytes: number
): Promise<Buffer> {
  if (descriptor.size > maxBytes) {
    throw new ManifestError(
      `${formatRepository(repository)}@${descriptor.digest}: ${descriptor.size} bytes, at most ${maxBytes} are read`
    )
  }
  const answer = await transport.request({
    host: repository.host,
    target: blobPath(repository, descriptor.digest),
    method: 'GET',
    scopes: pull(repository),
    accepted: [200],
    maxBytes: descriptor.size
  })
  const digest = digestOf(answer.body)
  if (digest !== descriptor.digest) throw wrongDigest(at(repository, descriptor.digest), digest)
  return answer.body
}

export async function openBlob(
  transport: Transport,
  repository: Repository,
  descriptor: Pick<Descriptor, 'digest' | 'size'>,
  from: number
): Promise<Readable> {
  const answer = await transport.stream({
    host: repository.host,
    target: blobPath(repository, descriptor.digest),
    method: 'GET',
    scopes: pull(repository),
    headers: from === 0 ? {} : { range: `bytes=${from}-` },
    accepted: from === 0 ? [200] : [200, 206],
    timeoutMs: 60_000
  })
  const checked = new BlobCheck(descriptor, answer.status === 206 ? 0 : from, from === 0)
  answer.body.on('error', (error) => checked.destroy(error))
  checked.on('close', () => answer.body.destroy())
  return answer.body.pipe(checked)
}

export async function hasBlob(
  transport: Transport,
  repository: Repository,
  digest: string
): Promise<boolean> {
  const answer = await transport.request({
    host: repository.host,
    target: blobPath(repository, digest),
    method: 'HEAD',
    // Asked only before a push: with the push scope the token serves the upload as well.
    scopes: push(repository),
    accepted: [200, 404]
  })
  return answer.status === 200
}

export async function listTags(
  transport: Transport,
  repository: Repository,
  limit: number
): Promise<readonly string[]> {
  const tags: string[] = []
  let target = `/v2/${repository.path}/tags/list?n=1000`
  while (tags.length < limit) {
    const answer = await transport.request({
      host: repository.host,
      target,
      method: 'GET',
      scopes: pull(repository),
      accepted: [200, 404]
    })
    if (answer.status === 404) return []
    const page = JSON.parse(answer.body.toString('utf8')) as { tags?: unknown }
    const names = Array.isArray(page.tags)
      ? page.tags.filter((name): name is string => typeof name === 'string')
      : []
    tags.push(...names)
    const next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(answer.headers['link'] ?? '')?.[1]
    if (next === undefined || names.length === 0) break
    target = next
  }
  return tags.slice(0, limit)
}

/** Leaves out the first `skip` bytes (a registry that ignored Range) and checks length and digest at the end. */
class BlobCheck extends Transform {
  readonly #hash = createHash('sha256')
  readonly #descriptor: Pick<Descriptor, 'digest' | 'size'>
  readonly #whole: boolean
  #skip: number
  #seen = 0

  constructor(descriptor: Pick<Descriptor, 'digest' | 'size'>, skip: number, whole: boolean) {
    super()
    this.#descriptor = descriptor
    this.#skip = skip
    this.#whole = whole
  }

  override _transform(
    chunk: Buffer,
    _encoding: string,
    done: (error: Error | null, data?: Buffer) => void
  ): void {
    this.#seen += chunk.length
    if (this.#whole) this.#hash.update(chunk)
    if (this.#whole && this.#seen > this.#descriptor.size) {
      done(
        new ManifestError(
          `${this.#descriptor.digest}: more than the ${this.#descriptor.size} bytes that were promised`
        )
      )
      return
    }
    const skipped = Math.min(this.#skip, chunk.length)
    this.#skip -= skipped
    done(null, skipped === 0 ? chunk : chunk.subarray(skipped))
  }

  override _flush(done: (error?: Error | null) => void): void {
    if (!this.#whole) {
      done()
      return
    }
    const digest = `sha256:${this.#hash.digest('hex')}`
    const right = digest === this.#descriptor.digest && this.#seen === this.#descriptor.size
    done(
      right
        ? null
        : new ManifestError(
            `${this.#descriptor.digest}: the registry sent other bytes (${this.#seen} of ${this.#descriptor.size}, ${digest})`
          )
    )
  }
}
