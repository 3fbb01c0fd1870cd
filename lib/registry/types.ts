/** The registry as the rest of the house sees it, as types. */
import type { Readable } from 'node:stream'
import type { Clock, Http, Log } from '../ports/index.ts'
import type { RetryLimits } from '../retry/index.ts'
import type { Credentials } from './credentials.ts'
import type { Descriptor, Platform } from './manifest.ts'
import type { FetchedManifest, RemoteImage } from './read.ts'
import type { Reference, Repository } from './reference.ts'
import type { BlobSource, PushOutcome } from './upload.ts'

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

export interface CopyOptions {
  /** Blobs under way at once. Default 3. */
  readonly parallel?: number
  /** Told about each blob. */
  readonly onBlob?: (descriptor: Descriptor, outcome: 'there' | 'mounted' | 'uploaded') => void
}

export interface CopyResult {
  /** What was copied; the same digest in both repositories. */
  readonly descriptor: Descriptor
  readonly counts: { readonly there: number; readonly mounted: number; readonly uploaded: number }
  /** Bytes that travelled. */
  readonly bytes: number
}
