import type { HttpHead } from '../ports/index.ts'

export type HttpErrorKind =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'tls'
  | 'proxy'
  | 'too-large'
  | 'protocol'
  | 'unsupported'
  | 'cancelled'

/** There was no usable answer. What that means is for the caller to say; it never means "not there". */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly kind: HttpErrorKind
  readonly url: string

  constructor(kind: HttpErrorKind, url: string, message: string, cause?: unknown) {
    super(`${withoutSecrets(url)}: ${message}`, cause === undefined ? undefined : { cause })
    this.kind = kind
    this.url = url
  }
}

/** There was an answer, with a status that the caller does not take. */
export class HttpStatusError extends Error {
  override readonly name = 'HttpStatusError'
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The first 2,000 characters of the body: servers say why. */
  readonly body: string

  constructor(head: HttpHead, method: string, body: string) {
    const said = body.replace(/\s+/g, ' ').trim().slice(0, 200)
    super(`${method} ${withoutSecrets(head.url)}: HTTP ${head.status}${said === '' ? '' : `: ${said}`}`)
    this.url = head.url
    this.status = head.status
    this.headers = head.headers
    this.body = body.slice(0, 2000)
  }
}

/**
 * The response itself when its status is one of `accepted` (default: any 2xx).
 * @throws HttpStatusError otherwise.
 */
export function expectStatus<T extends HttpHead & { body: Buffer }>(
  response: T,
  accepted?: readonly number[],
  method = 'GET'
): T {
  const fine =
    accepted === undefined
      ? response.status >= 200 && response.status < 300
      : accepted.includes(response.status)
  if (fine) return response
  throw new HttpStatusError(response, method, response.body.subarray(0, 4000).toString('utf8'))
}

/** The URL without user, password and query: those can hold secrets (signed URLs, tokens). */
export function withoutSecrets(url: string): string {
  try {
    const parsed = new URL(url)
    return `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search === '' ? '' : '?…'}`
  } catch {
    return '(not a URL)'
  }
}

const CODES: Readonly<Record<string, HttpErrorKind>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  ABORT_ERR: 'cancelled'
}

/** Sorts what node:http throws into the kinds above. */
export function toHttpError(url: string, error: unknown): HttpError {
  if (error instanceof HttpError) return error
  // Happy eyeballs gives one error per address: the first says as much as all.
  const first: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error
  const code = partOf(first, 'code')
  const message = partOf(first, 'message') || code
  if (code === 'ERR_PROXY_TUNNEL') return new HttpError(kindOfTunnel(message), url, message, error)
  if (code in CODES) return new HttpError(CODES[code] ?? 'protocol', url, message, error)
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return new HttpError('tls', url, message, error)
  return new HttpError('protocol', url, message, error)
}

/** The proxy's own no (403, 407) stays a no; 502 to 504 say that it did not reach the other side. */
function kindOfTunnel(message: string): HttpErrorKind {
  if (/timed out/.test(message)) return 'timeout'
  return /HTTP\/1\.\d 50[234]/.test(message) ? 'refused' : 'proxy'
}

function partOf(error: unknown, name: 'code' | 'message'): string {
  if (typeof error !== 'object' || error === null || !(name in error)) return ''
  return String((error as Readonly<Record<string, unknown>>)[name])
}
