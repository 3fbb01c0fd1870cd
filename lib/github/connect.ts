/**
 * octokit, loaded when the first request is made (it is most of a bundle's size). Requests travel over the HTTP
 * port, so time-outs, size limits and cancelling are those of the house; each is retried by lib/retry. octokit's
 * own retry plugin is not used: it repeats a POST that may have had its effect.
 */
import type { Octokit } from '@octokit/rest'
import { TransientError } from '../failure/index.ts'
import { HttpError } from '../http/index.ts'
import type { HttpOptions } from '../ports/index.ts'
import { DEFAULT_LIMITS, retry } from '../retry/index.ts'
import { explain, isUnclear, judge } from './failures.ts'
import { givenToken, installationTokens, withToken, type Tokens } from './tokens.ts'
import type { GitHubOptions } from './types.ts'

/** A secondary limit asks for a minute and more: this is how long a request may take in all. */
const LIMITS = { ...DEFAULT_LIMITS, attempts: 5, totalMs: 20 * 60_000 }

/** Times after which something that was just written is looked for again. */
const SETTLE_LIMITS = { attempts: 5, totalMs: 30_000, basePauseMs: 500, maxPauseMs: 5_000 }

export type Ask<T> = (octokit: Octokit) => Promise<T>

/** All requests of the room go through here. */
export interface Connection {
  /** A request that can be repeated: reading, or a write that says what shall be. */
  ask<T>(what: string, ask: Ask<T>): Promise<T>
  /** The same, undefined for 404. */
  find<T>(what: string, ask: Ask<T>): Promise<T | undefined>
  /** The same for what is surely there, because we wrote it just now: a 404 means "not yet". */
  askWritten<T>(what: string, ask: Ask<T>): Promise<T>
  /**
   * A request that makes something new. When the answer was lost, `lookAgain` says whether it was made; only then
   * is it asked again. `on: 'written'`: it belongs to what we wrote just now, for which a 404 means "not yet".
   */
  make<T>(what: string, ask: Ask<T>, lookAgain: () => Promise<T | undefined>, on?: 'written'): Promise<T>
}

/** Requests for one repository: an App has a token for each. */
export function connect(
  options: GitHubOptions,
  at: { readonly owner: string; readonly repo: string }
): Connection {
  let loaded: Promise<Octokit> | undefined
  const octokit = (): Promise<Octokit> => (loaded ??= load(options, strategyFor(tokensFor(options, at))))
  const limits = { ...LIMITS, ...options.limits }
  const told = (what: string, error: unknown): unknown => explain(what, error, options.app)

  const ask = async <T>(what: string, request: Ask<T>): Promise<T> => {
    try {
      return await request(await octokit())
    } catch (error) {
      throw told(what, error)
    }
  }

  const find = async <T>(what: string, request: Ask<T>): Promise<T | undefined> => {
    try {
      return await request(await octokit())
    } catch (error) {
      if (isMissing(error)) return undefined
      throw told(what, error)
    }
  }

  /** Asks again for a while where 404 is the answer: GitHub's readers follow its writers. */
  const settled = async <T>(what: string, request: Ask<T>): Promise<T> => {
    try {
      return await retry(what, async () => await request(await octokit()), {
        classify: (error) => (isMissing(error) ? { kind: 'retry' } : { kind: 'final' }),
        clock: options.clock,
        limits: SETTLE_LIMITS,
        log: options.log,
        ...(options.signal === undefined ? {} : { signal: options.signal })
      })
    } catch (error) {
      throw error instanceof TransientError && isMissing(error.cause) ? error.cause : error
    }
  }

  return {
    ask,
    find,
    askWritten: async (what, request) => {
      try {
        return await settled(what, request)
      } catch (error) {
        throw told(what, error)
      }
    },
    make: async (what, request, lookAgain, on) => {
      const started = options.clock.now()
      for (let attempt = 1; ; attempt++) {
        try {
          return on === 'written' ? await settled(what, request) : await request(await octokit())
        } catch (error) {
          const isOver = attempt >= limits.attempts || options.clock.now() - started > limits.totalMs
          if (!isUnclear(error) || isOver) throw told(what, error)
          options.log.debug(`${what}: the answer was lost; looking whether it was done`)
          const ceiling = Math.min(limits.maxPauseMs, limits.basePauseMs * 2 ** attempt)
          await options.clock.sleep(Math.round((ceiling / 2) * (1 + Math.random())), options.signal)
          const made = await lookAgain()
          if (made !== undefined) return made
        }
      }
    }
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && error.status === 404

function tokensFor(options: GitHubOptions, at: { readonly owner: string; readonly repo: string }): Tokens {
  const { app } = options
  if (app === undefined) return givenToken(options.token)
  // Signs as the App, for the few addresses that take nothing else.
  const loadAsApp = async (): Promise<Octokit> => {
    const { createAppAuth } = await import('@octokit/auth-app')
    return await load(options, {
      authStrategy: createAppAuth,
      auth: { appId: app.id, privateKey: app.privateKey }
    })
  }
  let loaded: Promise<Octokit> | undefined
  return installationTokens(() => (loaded ??= loadAsApp()), at, app, options.log)
}

/** octokit's place for who asks. It is the innermost of its hooks: each attempt has the token of its time. */
function strategyFor(tokens: Tokens): Strategy {
  const hook = async (
    request: (parameters: EndpointParameters) => Promise<unknown>,
    parameters: EndpointParameters
  ): Promise<unknown> =>
    await withToken(
      tokens,
      async (headers) => await request({ ...parameters, headers: { ...parameters.headers, ...headers } })
    )
  return { authStrategy: () => Object.assign(async () => await Promise.resolve({}), { hook }) }
}

interface EndpointParameters {
  readonly headers?: Readonly<Record<string, unknown>>
}

interface Strategy {
  readonly authStrategy: unknown
  readonly auth?: unknown
}

async function load(options: GitHubOptions, strategy: Strategy): Promise<Octokit> {
  const [{ Octokit }, { throttling }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-throttling')
  ])
  const octokit = new (Octokit.plugin(throttling))({
    ...strategy,
    baseUrl: options.apiUrl.replace(/\/+$/, ''),
    userAgent: 'neurodesk-ci (+https://github.com/neurodesk/ci)',
    request: { fetch: fetchOver(options) },
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text: string) => options.log.debug(text),
      error: (text: string) => options.log.debug(text)
    },
    throttle: {
      // One write a second, one every three where people are notified.
      enabled: options.isPaced ?? isPaced(options.apiUrl),
      // Whoever is told to wait waits in the loop below, on the clock of the house.
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false
    }
  })
  const limits = { ...LIMITS, ...options.limits }
  octokit.hook.wrap('request', async (request, parameters) => {
    const repeatable = isRepeatable(parameters.method, parameters.url)
    return await retry(
      `${parameters.method} ${parameters.url}`,
      async (_, signal) => {
        const response = await request({ ...parameters, request: { ...parameters.request, signal } })
        refuseHtml(response)
        return response
      },
      {
        classify: (error, now) => judge(error, now, repeatable),
        clock: options.clock,
        limits,
        log: options.log,
        ...(options.signal === undefined ? {} : { signal: options.signal })
      }
    )
  })
  return octokit
}

/**
 * True where GitHub asks everybody to space writes: github.com, and ghe.com for data that must stay in a region. An
 * Enterprise server of one's own has no such limits unless its owner sets them, and then it says so with Retry-After.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
export function isPaced(apiUrl: string): boolean {
  const host = new URL(apiUrl).hostname
  return host === 'api.github.com' || host.endsWith('.ghe.com')
}

/**
 * Doing it twice is doing it once: reads, writes that say what shall be, objects that are named by their content, and
 * a token, of which a second one does no harm.
 */
function isRepeatable(method: string, route: string): boolean {
  return method !== 'POST' || /\/git\/(blobs|trees|commits|tags)$|\/access_tokens$/.test(route)
}

/** A proxy's login page with status 200 is no answer of GitHub's. */
function refuseHtml(response: {
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
}): void {
  const type = response.headers['content-type']
  if (typeof type === 'string' && type.startsWith('text/html'))
    throw new HttpError('protocol', response.url, 'a web page instead of an answer of the API')
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE'])
const MAX_REDIRECTS = 3

/** The HTTP port in the form of fetch, as far as octokit uses it. */
function fetchOver(options: GitHubOptions): (url: string, init: FetchInit) => Promise<Response> {
  return async (first, init) => {
    let url = first
    let headers = init.headers ?? {}
    for (let hop = 0; ; hop++) {
      const method = init.method ?? 'GET'
      if (!METHODS.has(method)) throw new HttpError('unsupported', url, `method ${method}`)
      const answer = await options.http.request(url, {
        method: method as NonNullable<HttpOptions['method']>,
        headers,
        ...(init.body === undefined || init.body === null ? {} : { body: init.body }),
        ...(options.signal === undefined ? {} : { signal: options.signal })
      })
      const location = answer.headers['location']
      // A renamed repository answers with its new address, an asset with that of the storage. The token stays here.
      if ([301, 302, 307, 308].includes(answer.status) && location !== undefined && hop < MAX_REDIRECTS) {
        const target = new URL(location, url)
        const before = new URL(url)
        if (target.origin !== before.origin) {
          // Not even the same host may be asked over plain http with what https has kept.
          if (method !== 'GET' || target.protocol !== before.protocol)
            throw new HttpError('protocol', url, `redirected to ${target.protocol}//${target.host}`)
          headers = Object.fromEntries(
            Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization')
          )
        }
        url = target.href
        continue
      }
      const empty = answer.status === 204 || answer.status === 205 || answer.status === 304
      const response = new Response(empty ? null : new Uint8Array(answer.body), {
        status: answer.status,
        headers: answer.headers
      })
      // octokit's pages are counted from the address; a Response that is made by hand has none.
      return Object.defineProperty(response, 'url', { value: url })
    }
  }
}

interface FetchInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | null
}
