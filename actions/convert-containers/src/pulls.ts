/**
 * Pulls, as registries count them: a GET of a manifest is one, HEAD and layers are none
 * (https://docs.docker.com/docker-hub/usage/pulls/). The stream has the manifest from the look-up and needs none.
 */
import { ToolError, TransientError } from '../../../lib/failure/index.ts'
import { HttpStatusError } from '../../../lib/http/index.ts'
import { span } from '../../../lib/markdown/index.ts'
import type { Http, HttpHead } from '../../../lib/ports/index.ts'
import { retryAfterMs } from '../../../lib/retry/index.ts'

/** Docker Hub's count, as its answers tell it. */
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

/** The registry gives no more for now. That says nothing about the image: it is left for the next run. */
export class Limited extends Error {
  override readonly name = 'Limited'
}

/** The account of a run, by registry. */
export interface Pulls {
  /** How many builds have taken. */
  readonly taken: number
  /** @throws Limited where fewer are left, or the registry has refused one. */
  take(host: string, count: number): void
  /** The registry has refused a manifest: no more of them is asked for. */
  refuse(host: string, reason: string): void
  /** It has refused a layer, so it gives nothing at all. */
  close(host: string, reason: string): void
  /** @throws Limited where the registry gives nothing at all. */
  expectOpen(host: string): void
}

/** @param refused what registries have said when they refused a look-up. */
export function createPulls(
  limits: readonly RateLimit[],
  refused: ReadonlyMap<string, string> = new Map()
): Pulls {
  const accounts = accountsOf(limits)
  const noManifests = new Map([...refused].map(([host, reason]) => [hubOf(host), reason]))
  const nothing = new Map<string, string>()
  let taken = 0
  const stopAt = (reasons: ReadonlyMap<string, string>, host: string): void => {
    const reason = reasons.get(hubOf(host))
    if (reason !== undefined) throw new Limited(reason)
  }
  return {
    get taken() {
      return taken
    },
    take: (host, count) => {
      stopAt(nothing, host)
      stopAt(noManifests, host)
      const account = accounts.get(hubOf(host))
      if (account !== undefined && account.left < count) throw new Limited(usedUp(account))
      if (account !== undefined) account.left -= count
      taken += count
    },
    refuse: (host, reason) => noManifests.set(hubOf(host), reason),
    close: (host, reason) => nothing.set(hubOf(host), reason),
    expectOpen: (host) => stopAt(nothing, host)
  }
}

/**
 * Which of these images may be built before the registries' limits are used up, in the order given. A host that
 * told no limit has none. Pure.
 */
export function withinLimits<T extends { readonly reference: string; readonly pulls: number }>(
  images: readonly T[],
  limits: readonly RateLimit[]
): {
  readonly within: readonly T[]
  readonly beyond: readonly { readonly image: T; readonly reason: string }[]
} {
  const accounts = accountsOf(limits)
  const within: T[] = []
  const beyond: { image: T; reason: string }[] = []
  for (const image of images) {
    const account = accounts.get(hubOf(image.reference.split('/', 1)[0] ?? ''))
    if (account !== undefined && account.left < image.pulls)
      beyond.push({ image, reason: usedUp({ ...account, left: account.limit.remaining }) })
    else {
      if (account !== undefined) account.left -= image.pulls
      within.push(image)
    }
  }
  return { within, beyond }
}

/** What a registry said when it refuses because there were too many requests; undefined for everything else. */
export function refusalOf(error: unknown, host: string, now: number): string | undefined {
  const cause = error instanceof TransientError ? error.cause : error
  if (cause instanceof ToolError) return toolRefusalOf(cause, host)
  if (!(cause instanceof HttpStatusError)) return undefined
  if (cause.status !== 429 && !/"code"\s*:\s*"TOOMANYREQUESTS"/i.test(cause.body)) return undefined
  const wait = retryAfterMs(cause.headers, now)
  const asks = wait === undefined ? '' : `, and asks to wait ${span(wait)}`
  return `${host} gives no more pulls for now${asks} (HTTP ${cause.status})`
}

/** Tools pass on the registry's code, or the text of HTTP 429; for how long it lasts they do not say. */
function toolRefusalOf({ detail }: ToolError, host: string): string | undefined {
  const said = /toomanyrequests|\b(?:429 )?too many requests\b/i.exec(detail)?.[0]
  return said === undefined ? undefined : `${host} gives no more pulls for now (${said})`
}

interface Account {
  readonly limit: RateLimit
  left: number
}

function accountsOf(limits: readonly RateLimit[]): Map<string, Account> {
  return new Map(limits.map((limit) => [hubOf(limit.host), { limit, left: limit.remaining }]))
}

function usedUp({ limit, left }: Account): string {
  return `${limit.host} gives only ${left} more of its ${limit.limit} pulls in ${limit.windowSeconds / 3600} h`
}

/** Docker Hub answers under another name than the one in references. */
function hubOf(host: string): string {
  return host.endsWith('.docker.io') ? 'docker.io' : host
}
