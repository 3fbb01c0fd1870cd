/** The registry as the rest of the house sees it: images, manifests, blobs, tags. */
import { HttpStatusError } from '../http/index.ts'
import { createAuth } from './auth.ts'
import { copyImage } from './copy.ts'
import { digestOf, ManifestError, type Descriptor } from './manifest.ts'
import { manifestPath, push, wrongDigest } from './paths.ts'
import { readBlob } from './pieces.ts'
import { getBlob, getImage, getManifest, hasBlob, listTags, MAX_CONFIG, openBlob, resolve } from './read.ts'
import { at, formatReference, formatRepository, type Repository } from './reference.ts'
import { createTransport, type Transport } from './transport.ts'
import type { Registry, RegistryOptions } from './types.ts'
import { canPush, pushBlob } from './upload.ts'

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
