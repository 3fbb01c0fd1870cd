/** The registry as the rest of the house sees it: images, manifests, blobs, tags. */
import type { Readable } from 'node:stream'
import { HttpStatusError } from '../http/index.ts'
import type { Clock, Http, Log } from '../ports/index.ts'
import type { RetryLimits } from '../retry/index.ts'
import { createAuth } from './auth.ts'
import { copyImage, type CopyOptions, type CopyResult } from './copy.ts'
import type { Credentials } from './credentials.ts'
import { digestOf, ManifestError, type Descriptor, type Platform } from './manifest.ts'
import { manifestPath, push, wrongDigest } from './paths.ts'
import { readBlob } from './pieces.ts'
import {
  getBlob,
  getImage,
  getManifest,
  hasBlob,
  listTags,
  MAX_CONFIG,
  openBlob,
  resolve,
  type FetchedManifest,
  type RemoteImage
} from './read.ts'
import { at, formatReference, formatRepository, type Reference, type Repository } from './reference.ts'
import { createTransport, type Transport } from './transport.ts'
import { canPush, pushBlob, type BlobSource, type PushOutcome } from './upload.ts'

export interface RegistryOptions {
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly credentials: Credentials
  readonly limits?: Partial<RetryLimits>
  readonly signal?: AbortSignal
}

export interface Registry {
  /** Digest and type of what a reference points at; undefined when the registry says that it is not there. */
  resolve(reference: Reference): Promise<Descriptor | undefined>
  /** The manifest or index; undefined when it is not there. */
  manifest(reference: Reference): Promise<FetchedManifest | undefined>
  /**
   * Manifest and configuration of one platform, a few KB; undefined when the reference, or the platform in it, is
   * not there.
   */
  image(reference: Reference, platform: Platform): Promise<RemoteImage | undefined>
  /** A small blob, verified. Default limit 8 MiB. */
  blob(
    repository: Repository,
    descriptor: Pick<Descriptor, 'digest' | 'size'>,
    maxBytes?: number
  ): Promise<Buffer>
  /** A blob as a stream from byte `from`; read from 0 its digest is verified at the end. */
  openBlob(
    repository: Repository,
    descriptor: Pick<Descriptor, 'digest' | 'size'>,
    from?: number
  ): Promise<Readable>
  /** A blob in pieces, gone on with by Range where a connection breaks; verified when it was read to the end. */
  readBlob(
    repository: Repository,
    descriptor: Pick<Descriptor, 'digest' | 'size'>,
    signal?: AbortSignal
  ): AsyncIterable<Buffer>
  hasBlob(repository: Repository, digest: string): Promise<boolean>
  /** Uploads a blob unless it is there; with `mountFrom` the registry is first asked to take it from there. */
  pushBlob(
    repository: Repository,
    source: BlobSource,
    mountFrom?: readonly Repository[]
  ): Promise<PushOutcome>
  /** Stores a manifest under its digest, or under a tag as well; proves that the registry has these bytes. */
  pushManifest(
    repository: Repository,
    body: string | Uint8Array,
    mediaType: string,
    tag?: string
  ): Promise<Descriptor>
  /** Copies what a digest or tag points at, with all that belongs to it, into another repository; sets no tag. */
  copy(from: Reference, to: Repository, options?: CopyOptions): Promise<CopyResult>
  /** Lets a tag point at what is already in the repository. */
  tag(reference: Reference, tag: string): Promise<Descriptor>
  /** Tag names, at most `limit` (default 10,000); [] for an unknown repository. */
  tags(repository: Repository, limit?: number): Promise<readonly string[]>
  /** Does the registry take an upload from us? Starts one and gives it up at once; nothing is stored. */
  canPush(repository: Repository): Promise<boolean>
  /** True when somebody is logged in to the host. */
  loggedIn(host: string): Promise<boolean>
}

/**
 * A client for any registry that speaks the OCI Distribution Specification 1.1. Every method throws
 * HttpStatusError for a refusal, TransientError when the registry kept failing, ManifestError for an answer that
 * makes no sense. Only a plain 404 counts as "not there".
 */
export function createRegistry(options: RegistryOptions): Registry {
  const auth = createAuth(options)
  const transport = createTransport({ ...options, auth })
  const registry: Registry = {
    resolve: async (reference) => await resolve(transport, reference),
    manifest: async (reference) => await getManifest(transport, reference),
    image: async (reference, platform) => await getImage(transport, reference, platform),
    blob: async (repository, descriptor, maxBytes = MAX_CONFIG) =>
      await getBlob(transport, repository, descriptor, maxBytes),
    openBlob: async (repository, descriptor, from = 0) =>
      await openBlob(transport, repository, descriptor, from),
    readBlob: (repository, descriptor, signal = options.signal) =>
      readBlob({ transport, clock: options.clock, log: options.log, signal }, repository, descriptor),
    hasBlob: async (repository, digest) => await hasBlob(transport, repository, digest),
    pushBlob: async (repository, source, mountFrom = []) =>
      await pushBlob({ transport, ...options }, repository, source, mountFrom),
    pushManifest: async (repository, body, mediaType, tag) =>
      await putManifest(transport, repository, Buffer.from(body), mediaType, tag),
    copy: async (from, to, copyOptions = {}) => await copyImage(registry, from, to, copyOptions),
    tag: async (reference, tag) => {
      const found = await registry.manifest(reference)
      if (found === undefined)
        throw new Error(`${formatReference(reference)} is not there, so it cannot be tagged ${tag}`)
      return await putManifest(transport, reference, found.body, found.descriptor.mediaType, tag)
    },
    tags: async (repository, limit = 10_000) => await listTags(transport, repository, limit),
    canPush: async (repository) => await canPush(transport, repository),
    loggedIn: async (host) => await auth.loggedIn(host)
  }
  return registry
}

async function putManifest(
  transport: Transport,
  repository: Repository,
  body: Buffer,
  mediaType: string,
  tag: string | undefined
): Promise<Descriptor> {
  const digest = digestOf(body)
  const answer = await transport.request({
    host: repository.host,
    target: manifestPath(at(repository, tag ?? digest)),
    method: 'PUT',
    scopes: push(repository),
    headers: { 'content-type': mediaType },
    body,
    accepted: [200, 201, 202],
    timeoutMs: 120_000
  })
  const stored = answer.headers['docker-content-digest']
  if (stored !== undefined && stored !== digest) throw wrongDigest(at(repository, digest), stored)
  // A 201 is a promise; that the bytes are there under this name is what the caller builds on.
  const found = await resolve(transport, at(repository, tag ?? digest))
  if (found === undefined || found.digest !== digest) {
    throw new ManifestError(
      `${formatRepository(repository)}: stored ${digest}${tag === undefined ? '' : ` as ${tag}`}, but the registry answers ${found?.digest ?? 'that it is not there'}`
    )
  }
  return { mediaType, digest, size: body.length }
}

/** True for a refusal that only a login (or another one) can change. */
export function isRefusal(error: unknown): error is HttpStatusError {
  return error instanceof HttpStatusError && (error.status === 401 || error.status === 403)
}
