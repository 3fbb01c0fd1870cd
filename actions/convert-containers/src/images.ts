/** Docker images of containers: which of the registries has one, under which digest, how large. */
import { messageOf, TransientError } from '../../../lib/failure/index.ts'
import { notAnImageBecause, type Container } from '../../../lib/catalogue/index.ts'
import { HttpStatusError } from '../../../lib/http/index.ts'
import { span } from '../../../lib/markdown/index.ts'
import { retryAfterMs } from '../../../lib/retry/index.ts'
import type { Http, HttpHead } from '../../../lib/ports/index.ts'
import type { ImageRegistry } from './registries.ts'
import {
  at,
  formatReference,
  isLoopback,
  isTag,
  type Reference,
  type Registry,
  type RemoteImage,
  type Repository
} from '../../../lib/registry/index.ts'

export interface Image {
  /** With its digest: what is built from it is known. */
  readonly reference: string
  readonly digest: string
  readonly layerCount: number
  /** Bytes of the layers as they travel. */
  readonly compressedBytes: number
  /** The registry is on this machine and speaks plain HTTP. */
  readonly insecure: boolean
  /** Manifest and configuration, as they were found: to ask again would count as a pull. */
  readonly remote: RemoteImage
}

export type Found =
  | { readonly kind: 'image'; readonly image: Image }
  /** Every registry says that it is not there. */
  | { readonly kind: 'absent'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** A registry that may have it gives nothing more for now. */
  | { readonly kind: 'limited'; readonly reason: string }

/**
 * Asks the registries in order; the first that has the image for the container's architecture is taken.
 * @param limits.refused registries that have refused further requests in this run, and why: they are not asked again.
 */
export async function findImage(
  container: Container,
  registries: readonly ImageRegistry[],
  registry: Pick<Registry, 'image'>,
  limits: { readonly refused: Map<string, string>; readonly now: () => number } = {
    refused: new Map(),
    now: () => 0
  }
): Promise<Found> {
  const unfit =
    notAnImageBecause(container.image) ??
    (isTag(container.buildDate) ? undefined : 'its build date is no tag')
  if (unfit !== undefined)
    return { kind: 'absent', reason: `${container.image}:${container.buildDate}: ${unfit}` }
  const unknown: string[] = []
  const absent: string[] = []
  const limited: string[] = []
  for (const { namespace, optional } of registries) {
    const reference = referenceOf(container, namespace)
    const refused = limits.refused.get(reference.host)
    if (refused !== undefined) {
      if (!optional) limited.push(refused)
      continue
    }
    try {
      const found = await registry.image(reference, { os: 'linux', architecture: container.architecture })
      if (found === undefined) {
        absent.push(formatReference(reference))
        continue
      }
      const { digest } = found.descriptor
      const image: Image = {
        reference: formatReference(at(reference, digest)),
        digest,
        layerCount: found.manifest.layers.length,
        compressedBytes: found.compressedSize,
        insecure: isLoopback(reference.host),
        remote: found
      }
      return { kind: 'image', image }
    } catch (error) {
      const reason = messageOf(error).split('\n', 1)[0] ?? ''
      const limit = refusalOf(error, reference.host, limits.now())
      if (limit !== undefined) limits.refused.set(reference.host, limit)
      if (limit !== undefined && !optional) limited.push(limit)
      else if (optional) absent.push(`${formatReference(reference)} (optional: ${reason})`)
      else unknown.push(reason)
    }
  }
  if (unknown.length > 0) return { kind: 'unknown', reason: [...unknown, ...limited].join('; ') }
  if (limited.length > 0) return { kind: 'limited', reason: limited.join('; ') }
  return { kind: 'absent', reason: `no registry has it for ${container.architecture}: ${absent.join(', ')}` }
}

function referenceOf(container: Container, namespace: Repository): Reference {
  return {
    host: namespace.host,
    path: `${namespace.path}/${container.image}`,
    tag: container.buildDate,
    digest: undefined
  }
}

/** What a registry said when it refuses because there were too many requests; undefined for everything else. */
function refusalOf(error: unknown, host: string, now: number): string | undefined {
  const cause = error instanceof TransientError ? error.cause : error
  if (!(cause instanceof HttpStatusError)) return undefined
  if (cause.status !== 429 && !/"code"\s*:\s*"TOOMANYREQUESTS"/i.test(cause.body)) return undefined
  const wait = retryAfterMs(cause.headers, now)
  const asks = wait === undefined ? '' : `, and asks to wait ${span(wait)}`
  return `${host} gives no more pulls for now${asks} (HTTP ${cause.status})`
}

/** Docker Hub's count of pulls, as its answers tell it (https://docs.docker.com/docker-hub/usage/pulls/). */
export interface RateLimit {
  readonly host: string
  readonly limit: number
  readonly remaining: number
  readonly windowSeconds: number
}

/** The same HTTP, and the last rate limit that each host told. */
export function watchRateLimit(http: Http): { http: Http; limits: ReadonlyMap<string, RateLimit> } {
  const limits = new Map<string, RateLimit>()
  const note = <T extends HttpHead>(response: T): T => {
    const limit = quota(response.headers['ratelimit-limit'])
    const remaining = quota(response.headers['ratelimit-remaining'])
    if (limit !== undefined && remaining !== undefined) {
      const host = new URL(response.url).host
      const before = limits.get(host)
      // Answers overtake each other: the lowest count is the newest.
      const left = Math.min(remaining.count, before?.limit === limit.count ? before.remaining : Infinity)
      limits.set(host, { host, limit: limit.count, remaining: left, windowSeconds: limit.window })
    }
    return response
  }
  return {
    limits,
    http: {
      request: async (url, options) => note(await http.request(url, options)),
      stream: async (url, options) => note(await http.stream(url, options))
    }
  }
}

/** `100;w=21600` */
function quota(header: string | undefined): { count: number; window: number } | undefined {
  const match = /^(\d{1,9})(?:;w=(\d{1,9}))?$/.exec(header?.trim() ?? '')
  if (match === null) return undefined
  return { count: Number(match[1]), window: Number(match[2] ?? 0) }
}

/** A build reads the manifest once or twice more. */
const PULLS_PER_BUILD = 2

/**
 * Which of these images may be built before the registries' limits are used up, in the order given. A host that
 * told no limit has none. Pure.
 */
export function withinLimits<T extends { readonly reference: string }>(
  images: readonly T[],
  limits: readonly RateLimit[]
): {
  readonly within: readonly T[]
  readonly beyond: readonly { readonly image: T; readonly limit: RateLimit }[]
} {
  const left = new Map(limits.map((limit) => [hubOf(limit.host), { limit, pulls: limit.remaining }]))
  const within: T[] = []
  const beyond: { image: T; limit: RateLimit }[] = []
  for (const image of images) {
    const account = left.get(hubOf(image.reference.split('/', 1)[0] ?? ''))
    if (account === undefined) within.push(image)
    else if (account.pulls >= PULLS_PER_BUILD) {
      account.pulls -= PULLS_PER_BUILD
      within.push(image)
    } else beyond.push({ image, limit: account.limit })
  }
  return { within, beyond }
}

/** Docker Hub answers under another name than the one in references. */
function hubOf(host: string): string {
  return host.endsWith('.docker.io') ? 'docker.io' : host
}
