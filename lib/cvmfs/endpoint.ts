/** One server as a client reaches it: a few requests at once, retried, measured; nothing is understood here. */
import pLimit, { type LimitFunction } from 'p-limit'

import { TransientError, messageOf } from '../failure/index.ts'
import { HttpError, HttpStatusError } from '../http/index.ts'
import type { Clock, Http, HttpHead, HttpResponse, HttpStream } from '../ports/index.ts'
import { classifyHttp, retry } from '../retry/index.ts'

export interface EndpointSettings {
  readonly http: Http
  readonly clock: Clock
  /** `http://host[:port]/cvmfs/<fqrn>`, without a slash at the end. */
  readonly base: string
  /** Connect here, and keep the Host header of `base`. */
  readonly address?: string | undefined
  readonly family?: 4 | 6 | undefined
  readonly proxy?: string | undefined
  /** A content delivery network: heeds no `no-cache`, only another query. */
  readonly cdn?: boolean | undefined
  /** Per request, until its answer is whole (or, for streams, between two reads). */
  readonly timeoutMs: number
  /** Attempts after the first. */
  readonly retries: number
  readonly maxParallel: number
  /** Shared by all endpoints of a run. */
  readonly everywhere: LimitFunction
  /** Everything that is asked of this server must start within this time. */
  readonly budgetMs: number
  readonly signal?: AbortSignal | undefined
}

export interface Ask {
  readonly method?: 'GET' | 'HEAD'
  readonly maxBytes?: number
  /** Past every cache: `no-cache`, and a query of its own, since CDNs heed nothing else. */
  readonly fresh?: boolean
}

/** No usable answer: refused, reset, no answer in time, the server's budget used up. Says nothing about content. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
  readonly url: string
  readonly kind: HttpError['kind'] | 'too-slow' | 'gave-up'

  constructor(url: string, kind: Unanswered['kind'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.url = url
    this.kind = kind
  }
}

/** After so many requests in a row without an answer the server is left alone. */
const GIVE_UP_AFTER = 5
/** Slower than this, over the time-out, is a stall: the reference client's low-speed limit. */
const MIN_BYTES_PER_SECOND = 1000

export class Endpoint {
  readonly base: string
  readonly #settings: EndpointSettings
  readonly #slots: LimitFunction
  readonly #started: number
  /** Milliseconds until the headers of each answer came. */
  readonly latencies: number[] = []
  requests = 0
  bytes = 0
  #silent = 0
  #cacheSeen = false
  #unique = 0

  constructor(settings: EndpointSettings) {
    this.base = settings.base
    this.#settings = settings
    this.#slots = pLimit(settings.maxParallel)
    this.#started = settings.clock.now()
  }

  /** A cache stands before the server: it is said to be a CDN, or its answers have shown it. */
  get cached(): boolean {
    return this.#settings.cdn === true || this.#cacheSeen
  }

  get maxParallel(): number {
    return this.#settings.maxParallel
  }

  /** Address of what lies at a path below the base; a path that begins with "/" is the server's own. */
  url(path: string): string {
    return path.startsWith('/') ? new URL(path, this.base).href : `${this.base}/${path}`
  }

  /**
   * Asks, and gives the answer whatever its status is.
   * @throws Unanswered when there was none, after the retries.
   */
  async ask(path: string, ask: Ask = {}): Promise<HttpResponse> {
    return await this.#try(path, ask, async (url, options) => {
      const response = await this.#settings.http.request(url, {
        ...options,
        maxBytes: ask.maxBytes ?? 65_536
      })
      this.bytes += response.body.length
      return response
    })
  }

  /**
   * The same for a large body: `consume` gets its pieces. Called anew for each attempt.
   * @throws Unanswered; what `consume` throws passes through.
   */
  async pour<T>(
    path: string,
    ask: Ask,
    consume: (head: HttpHead, pieces: AsyncIterable<Buffer>) => Promise<T>
  ): Promise<T> {
    return (
      await this.#try(path, ask, async (url, options) => {
        const stream = await this.#settings.http.stream(url, options)
        try {
          return { ...stream, result: await consume(stream, this.#watched(url, stream)) }
        } finally {
          stream.body.destroy()
        }
      })
    ).result
  }

  async *#watched(url: string, stream: HttpStream): AsyncIterable<Buffer> {
    const { clock, timeoutMs } = this.#settings
    const started = clock.now()
    let received = 0
    const pieces = (stream.body as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
    for (;;) {
      const { value: piece, done } = await pieces.next().catch((error: unknown) => {
        // A body that breaks off is no answer, whatever node calls it.
        throw error instanceof HttpError ? error : new HttpError('reset', url, messageOf(error), error)
      })
      if (done === true) return
      received += piece.length
      this.bytes += piece.length
      const elapsed = clock.now() - started
      if (elapsed > timeoutMs && (received * 1000) / elapsed < MIN_BYTES_PER_SECOND) {
        throw new HttpError(
          'timeout',
          url,
          `the body came with less than ${MIN_BYTES_PER_SECOND} bytes a second`
        )
      }
      yield piece
    }
  }

  async #try<T extends HttpHead>(
    path: string,
    ask: Ask,
    attempt: (url: string, options: Parameters<Http['request']>[1]) => Promise<T>
  ): Promise<T> {
    const { clock, timeoutMs, retries, signal, everywhere } = this.#settings
    const url = this.url(path)
    let refused: T | undefined
    return await this.#slots(async () => {
      this.#check(url)
      try {
        const answer = await retry(
          `${ask.method ?? 'GET'} ${url}`,
          async () =>
            await everywhere(async () => {
              this.requests++
              const reply = await attempt(ask.fresh === true ? this.#past(url) : url, this.#options(ask))
              this.latencies.push(reply.latencyMs)
              if (Object.keys(cacheEvidence(reply.headers)).length > 0) this.#cacheSeen = true
              if (reply.status === 429 || reply.status >= 500) {
                refused = reply
                throw new HttpStatusError(reply, ask.method ?? 'GET', '')
              }
              return reply
            }),
          {
            classify: classifyHttp,
            clock,
            limits: {
              attempts: retries + 1,
              totalMs: timeoutMs * (retries + 2),
              basePauseMs: 250,
              maxPauseMs: 4000
            },
            ...(signal === undefined ? {} : { signal })
          }
        )
        this.#silent = 0
        return answer
      } catch (error) {
        const cause = error instanceof TransientError ? error.cause : error
        if (cause instanceof HttpStatusError && refused !== undefined) {
          this.#silent = 0
          return refused
        }
        if (!(cause instanceof HttpError)) throw error
        // Too large is an answer, and one path only: the server itself is there.
        if (cause.kind !== 'too-large') this.#silent++
        throw new Unanswered(url, cause.kind, cause.message, cause)
      }
    })
  }

  /** A dead server must not cost a time-out per object, nor a slow one hours. */
  #check(url: string): void {
    const { clock, budgetMs, signal } = this.#settings
    signal?.throwIfAborted()
    if (this.#silent >= GIVE_UP_AFTER) {
      throw new Unanswered(url, 'gave-up', `not asked: ${GIVE_UP_AFTER} requests in a row had no answer`)
    }
    if (clock.now() - this.#started > budgetMs) {
      throw new Unanswered(
        url,
        'too-slow',
        `not asked: the server's time of ${budgetMs / 1000} s was used up`
      )
    }
  }

  #past(url: string): string {
    return this.cached ? `${url}?fresh=${this.#started.toString(36)}-${this.#unique++}` : url
  }

  #options(ask: Ask): NonNullable<Parameters<Http['request']>[1]> {
    const { address, family, proxy, timeoutMs, signal } = this.#settings
    return {
      method: ask.method ?? 'GET',
      timeoutMs,
      ...(ask.fresh === true ? { headers: { 'cache-control': 'no-cache', pragma: 'no-cache' } } : {}),
      ...(address === undefined ? {} : { address }),
      ...(family === undefined ? {} : { family }),
      ...(proxy === undefined ? {} : { proxy }),
      ...(signal === undefined ? {} : { signal })
    }
  }
}

/** Headers that say that a cache answered, for people. */
export function cacheEvidence(headers: HttpHead['headers']): Record<string, string> {
  const telling = Object.entries(headers).filter(([name]) =>
    /^(age|via|x-cache.*|x-served-by|cf-.*)$/.test(name)
  )
  return Object.fromEntries(telling.map(([name, value]) => [name, value.slice(0, 200)]))
}
