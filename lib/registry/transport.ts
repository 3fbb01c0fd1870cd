/**
 * One request to a registry: authorised, redirected, retried. The rest of the room speaks in terms of manifests
 * and blobs and leaves this to the transport.
 */
import { HttpStatusError } from '../http/index.ts'
import type { Clock, Http, HttpHead, HttpOptions, HttpResponse, HttpStream, Log } from '../ports/index.ts'
import { classifyRegistry, DEFAULT_LIMITS, retry, type RetryLimits } from '../retry/index.ts'
import type { Auth } from './auth.ts'
import { endpointOf } from './reference.ts'

export interface Call {
  readonly host: string
  /** Path below the registry's endpoint (`/v2/…`), or a whole URL that the registry gave. */
  readonly target: string
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** `repository:path:pull,push`, in the words of the token specification. */
  readonly scopes: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: HttpOptions['body']
  /** Statuses that are an answer; everything else is thrown as HttpStatusError. */
  readonly accepted: readonly number[]
  readonly maxBytes?: number
  readonly timeoutMs?: number
}

export interface Transport {
  /** With retries, unless `body` is a stream. */
  request(call: Call): Promise<HttpResponse>
  /** Opens a body to be read piece by piece; the opening is retried, the reading is the caller's. */
  stream(call: Call): Promise<HttpStream>
  /** One attempt and no retry: for a body that can be sent only once. */
  requestOnce(call: Call): Promise<HttpResponse>
}

export interface TransportOptions {
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly auth: Auth
  readonly limits?: Partial<RetryLimits> | undefined
  readonly signal?: AbortSignal | undefined
}

const MAX_REDIRECTS = 5

export function createTransport(options: TransportOptions): Transport {
  const { http, clock, log, auth, signal } = options

  const exchange = async <T extends HttpHead>(
    call: Call,
    perform: Perform<T>,
    discard: (answer: T) => void
  ): Promise<T> => {
    const endpoint = endpointOf(call.host)
    let url = absolute(endpoint, call.target)
    let renewed = false
    for (let redirects = 0; ;) {
      const own = new URL(url).origin === new URL(endpoint).origin
      const header = own ? await auth.known(call.host, call.scopes) : undefined
      let answer = await perform(url, withAuthorization(call, header))
      if (answer.status === 401 && own && !renewed && isReplayable(call)) {
        renewed = true
        const challenge = answer.headers['www-authenticate'] ?? ''
        const better = await auth.answer(call.host, call.scopes, challenge, header)
        if (better !== undefined) {
          discard(answer)
          answer = await perform(url, withAuthorization(call, better))
        }
      }
      const location = answer.headers['location']
      const redirected = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined
      if (!redirected || (call.method !== 'GET' && call.method !== 'HEAD')) return answer
      discard(answer)
      if (++redirects > MAX_REDIRECTS) throw new Error(`${call.host}: more than ${MAX_REDIRECTS} redirects`)
      const next = new URL(location, url)
      // A blob may well come from a content network, yet never in the clear when the registry is not.
      if (url.startsWith('https:') && next.protocol !== 'https:') {
        throw new Error(`${call.host}: redirects from https to ${next.protocol}//${next.host}`)
      }
      url = next.href
    }
  }

  const once = async (call: Call, limit = signal): Promise<HttpResponse> => {
    const answer = await exchange<HttpResponse>(
      call,
      (url, request) => http.request(url, { ...request, ...(limit === undefined ? {} : { signal: limit }) }),
      () => undefined
    )
    if (!call.accepted.includes(answer.status)) throw await refusal(call, answer)
    return answer
  }

  const open = async (call: Call, limit: AbortSignal): Promise<HttpStream> => {
    const answer = await exchange<HttpStream>(
      call,
      (url, request) => http.stream(url, { ...request, signal: limit }),
      (unused) => void unused.body.destroy()
    )
    if (call.accepted.includes(answer.status)) return answer
    throw await refusal(call, { ...answer, body: await beginningOf(answer) })
  }

  const withAuthorization = (call: Call, header: string | undefined): HttpOptions => ({
    method: call.method,
    headers: { ...call.headers, ...(header === undefined ? {} : { authorization: header }) },
    ...(call.body === undefined ? {} : { body: call.body }),
    ...(call.maxBytes === undefined ? {} : { maxBytes: call.maxBytes }),
    ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs })
  })

  const retried = async <T>(call: Call, attempt: (limit: AbortSignal) => Promise<T>): Promise<T> =>
    await retry(
      `${call.method} ${call.host}${shown(call.target)}`,
      async (_, limit) => await attempt(limit),
      {
        classify: classifyRegistry,
        clock,
        log,
        // What is known to take longer, a large piece of an upload, has its time.
        limits: {
          ...options.limits,
          totalMs: Math.max(options.limits?.totalMs ?? DEFAULT_LIMITS.totalMs, call.timeoutMs ?? 0)
        },
        ...(signal === undefined ? {} : { signal })
      }
    )

  return {
    request: async (call) =>
      isReplayable(call) ? await retried(call, async (limit) => await once(call, limit)) : await once(call),
    stream: async (call) => await retried(call, async (limit) => await open(call, limit)),
    requestOnce: async (call) => await once(call)
  }
}

type Perform<T> = (url: string, request: HttpOptions) => Promise<T>

/** The URL that a registry's Location means: relative to its endpoint, and never less secure than that. */
export function absolute(endpoint: string, target: string): string {
  const base = new URL(endpoint)
  const url = new URL(target, base)
  // A registry behind a proxy that ends TLS names itself with http.
  if (base.protocol === 'https:' && url.protocol === 'http:' && url.hostname === base.hostname)
    url.protocol = 'https:'
  if (base.protocol === 'https:' && url.protocol !== 'https:') {
    throw new Error(`${base.host}: asks to continue at ${url.protocol}//${url.host}, which is not https`)
  }
  return url.href
}

function isReplayable(call: Call): boolean {
  return call.body === undefined || typeof call.body === 'string' || call.body instanceof Uint8Array
}

async function refusal(call: Call, answer: HttpHead & { body: Buffer }): Promise<HttpStatusError> {
  return await Promise.resolve(
    new HttpStatusError(answer, call.method, answer.body.subarray(0, 4000).toString('utf8'))
  )
}

async function beginningOf(answer: HttpStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > 4000) break
    }
  } catch {
    // The status is what counts; the text that goes with it is a comfort.
  }
  answer.body.destroy()
  return Buffer.concat(chunks)
}

/** Without the query: upload locations carry state there. */
function shown(target: string): string {
  const path = target.startsWith('/') ? target : new URL(target).pathname
  return path.split('?')[0] ?? path
}
