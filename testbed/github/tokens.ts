/** Tokens: whom they act for, when they end, and what is left of the hour's requests. */
import type { IncomingMessage } from 'node:http'
import { ApiError } from './call.ts'
import type { TokenSeed } from './types.ts'

const HOUR = 3_600_000

export interface Token {
  readonly seed: TokenSeed
  remaining: number
  /** When the hour began. */
  since: number
  /** When it ends, for an App's. */
  readonly endsAt?: number
}

export class Tokens {
  readonly #known = new Map<string, Token>()
  readonly #limit: number
  readonly #now: () => number

  constructor(limit: number, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** Adds or replaces one; with `endsAt` it is an App's. */
  set(token: string, seed: TokenSeed, endsAt?: number): void {
    const until = endsAt === undefined ? {} : { endsAt }
    this.#known.set(token, { seed, remaining: this.#limit, since: this.#now(), ...until })
  }

  setRemaining(token: string, remaining: number): void {
    const found = this.#known.get(token)
    if (found) found.remaining = remaining
  }

  revokeThoseOfApps(): void {
    for (const [token, { endsAt }] of this.#known) if (endsAt !== undefined) this.#known.delete(token)
  }

  /** Undefined without one, and for one that is unknown or over. */
  of(request: IncomingMessage): Token | undefined {
    const match = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')
    const token = match?.[1] === undefined ? undefined : this.#known.get(match[1])
    return token !== undefined && (token.endsAt ?? Infinity) > this.#now() ? token : undefined
  }

  /** @throws ApiError 403 when the hour is used up */
  count(token: Token): void {
    if (this.#now() - token.since >= HOUR)
      Object.assign(token, { since: this.#now(), remaining: this.#limit })
    if (token.remaining <= 0) throw new ApiError(403, `API rate limit exceeded for ${token.seed.login}.`)
    token.remaining -= 1
  }

  headers(token: Token | undefined): Readonly<Record<string, string>> {
    if (token === undefined) return {}
    return {
      'x-ratelimit-limit': String(this.#limit),
      'x-ratelimit-remaining': String(token.remaining),
      'x-ratelimit-used': String(this.#limit - token.remaining),
      'x-ratelimit-reset': String(Math.ceil((token.since + HOUR) / 1000)),
      'x-ratelimit-resource': 'core'
    }
  }

  /** What `GET /rate_limit` says. */
  rates(token: Token | undefined): unknown {
    const rate = {
      limit: this.#limit,
      remaining: token?.remaining ?? 60,
      used: this.#limit - (token?.remaining ?? 60),
      reset: Math.ceil(((token?.since ?? this.#now()) + HOUR) / 1000)
    }
    return { resources: { core: rate, search: rate }, rate }
  }
}
