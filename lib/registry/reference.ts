/**
 * Names of images: `[host/]repository[:tag][@digest]`, as Docker reads them. Grammar: OCI Distribution
 * Specification 1.1, "Pulling manifests", and the reference grammar of distribution/reference.
 */

export interface Repository {
  /** The registry as people write it: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  readonly host: string
  /** Lower-case path below the host, `library/` included for Docker Hub's own images. */
  readonly path: string
}

export interface Reference extends Repository {
  readonly tag: string | undefined
  readonly digest: string | undefined
}

const HOST = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|\[[0-9a-f:]+\]|[a-z0-9-]+(?=:))(?::\d{1,5})?$/i
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/

/** A text that is no reference; the message says which part is wrong and what is allowed. */
export class BadReference extends Error {
  override readonly name = 'BadReference'
}

/**
 * Reads a reference. Without tag and digest the tag is `latest`.
 * @throws BadReference
 */
export function parseReference(text: string): Reference {
  let rest = text.trim()
  let digest: string | undefined
  const at = rest.indexOf('@')
  if (at >= 0) {
    digest = rest.slice(at + 1)
    rest = rest.slice(0, at)
    if (!isDigest(digest))
      throw new BadReference(`${text}: "${digest}" is no digest (sha256: and 64 hex digits)`)
  }
  let tag: string | undefined
  const colon = rest.lastIndexOf(':')
  if (colon > rest.lastIndexOf('/')) {
    tag = rest.slice(colon + 1)
    rest = rest.slice(0, colon)
    if (!isTag(tag))
      throw new BadReference(`${text}: "${tag}" is no tag (letters, digits, _ . -, at most 128)`)
  }
  const { host, path } = parseRepository(rest, text)
  if (tag === undefined && digest === undefined) tag = 'latest'
  return { host, path, tag, digest }
}

/**
 * Reads `[host/]path`, without tag or digest. Capitals are read as what they stand for: an account may be called
 * NeuroDesk, yet no registry can have a repository of that name.
 * @throws BadReference
 */
export function parseRepository(text: string, shown = text): Repository {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const hasHost = first !== '' && HOST.test(first)
  const host = hasHost ? normalHost(first) : 'docker.io'
  let path = (hasHost ? text.slice(slash + 1) : text).toLowerCase()
  if (host === 'docker.io' && !path.includes('/') && path !== '') path = `library/${path}`
  if (!PATH.test(path) || path.length > 255) {
    throw new BadReference(
      `${shown}: "${path}" is no repository name (lower-case letters, digits, single separators . _ -, parts joined by /)`
    )
  }
  return { host, path }
}

/** What to tell who wrote repositories or references with capitals: a sentence for each of them. */
export function notesOnCapitals(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    // A tag may have capitals; a colon before a slash belongs to a port.
    const name = text.replace(/@.*$/, '').replace(/:[^/]*$/, '')
    const lower = name.toLowerCase()
    return name === lower ? [] : [`${name} is taken as ${lower}: registries know names in lower case only`]
  })
}

/** The text of a reference; a digest wins over the tag, since it is what was meant. */
export function formatReference(reference: Reference): string {
  const suffix = reference.digest !== undefined ? `@${reference.digest}` : `:${reference.tag ?? 'latest'}`
  return `${formatRepository(reference)}${suffix}`
}

/** `host/path`. */
export function formatRepository(repository: Repository): string {
  return `${repository.host}/${repository.path}`
}

/** The same repository under a tag or a digest. */
export function at(repository: Repository, tagOrDigest: string): Reference {
  const digest = isDigest(tagOrDigest) ? tagOrDigest : undefined
  if (digest === undefined && !isTag(tagOrDigest)) {
    throw new BadReference(`${formatRepository(repository)}: "${tagOrDigest}" is neither a tag nor a digest`)
  }
  return {
    host: repository.host,
    path: repository.path,
    tag: digest === undefined ? tagOrDigest : undefined,
    digest
  }
}

export function isDigest(text: string): boolean {
  return DIGEST.test(text)
}

export function isTag(text: string): boolean {
  return TAG.test(text)
}

/** Where the registry's API answers. Loopback registries speak plain http, as the Docker Engine treats them. */
export function endpointOf(host: string): string {
  if (host === 'docker.io') return 'https://registry-1.docker.io'
  return `${isLoopback(host) ? 'http' : 'https'}://${host}`
}

/** localhost, 127.0.0.0/8 and [::1], with or without a port. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name)
}

function normalHost(host: string): string {
  const lower = host.toLowerCase()
  const hub = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']
  return hub.includes(lower) ? 'docker.io' : lower
}
