/** Paths, scopes and headers of the distribution API, shared by reading and writing. */
import type { HttpHead } from '../ports/index.ts'
import { ManifestError } from './manifest.ts'
import { formatReference, type Reference, type Repository } from './reference.ts'

export function pull(repository: Repository): string[] {
  return [`repository:${repository.path}:pull`]
}

export function push(repository: Repository): string[] {
  return [`repository:${repository.path}:pull,push`]
}

export function blobPath(repository: Repository, digest: string): string {
  return `/v2/${repository.path}/blobs/${digest}`
}

export function manifestPath(reference: Reference): string {
  return `/v2/${reference.path}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`
}

export function typeOf(answer: HttpHead): string {
  return (answer.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
}

export function wrongDigest(reference: Reference, got: string): ManifestError {
  return new ManifestError(`${formatReference(reference)}: the registry answers with ${got}`)
}
