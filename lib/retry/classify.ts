/** What is transient, protocol by protocol. A bare 401, 403, 404 or 422 is an answer; with Retry-After it is a request to wait. */
import { ToolError } from '../failure/index.ts'
import { HttpError, HttpStatusError } from '../http/index.ts'
import type { Classifier, Judgement } from './retry.ts'

const FINAL: Judgement = { kind: 'final' }
const RETRY: Judgement = { kind: 'retry' }

/**
 * Longest wait that a server may ask for: more is a failure, told with the time that it named. GitHub's primary limit may
 * take up to an hour: a job that stood still for so long is billed by the minute and blocks its concurrency group, and a
 * later run goes on where this one stopped.
 */
const MAX_RETRY_AFTER_MS = 15 * 60_000

const TRANSIENT_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/** Plain HTTP (RFC 9110, section 10.2.3 for Retry-After). */
export const classifyHttp: Classifier = (error, now) => {
  if (error instanceof HttpStatusError) return classifyStatus(error, now)
  if (error instanceof HttpError) return classifyTransport(error)
  return FINAL
}

/**
 * OCI distribution: the same, and Docker Hub's way to say "too many requests" in a body.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
 */
export const classifyRegistry: Classifier = (error, now) => {
  if (error instanceof HttpStatusError && /"code"\s*:\s*"TOOMANYREQUESTS"/i.test(error.body)) {
    return waitFor(error, now) ?? RETRY
  }
  // Docker Hub's edge answers 520 to 524 in passing when an origin is down.
  if (error instanceof HttpStatusError && error.status >= 520 && error.status <= 524) return RETRY
  return classifyHttp(error, now)
}

/**
 * GitHub's API: primary and secondary rate limits come as 403 or 429.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * Reads octokit's RequestError by shape, so that this room does not load octokit.
 */
export const classifyGitHub: Classifier = (error, now) => {
  const response = asGitHubError(error)
  if (response === undefined) return classifyHttp(error, now)
  const { status, headers, message } = response
  // A right that is missing comes no sooner for waiting, also when this request happened to be the last of the hour.
  if (status === 403 && /resource not accessible/i.test(message)) return FINAL
  const wait = retryAfterMs(headers, now)
  if (wait !== undefined) return bounded(wait)
  if ((status === 403 || status === 429) && headers['x-ratelimit-remaining'] === '0') {
    const reset = Number(headers['x-ratelimit-reset'])
    return Number.isFinite(reset) ? bounded(Math.max(0, reset * 1000 - now) + 1000) : RETRY
  }
  // Without a header GitHub asks for "at least one minute" after a secondary limit.
  if ((status === 403 || status === 429) && /secondary rate limit|abuse detection/i.test(message))
    return bounded(60_000)
  return TRANSIENT_STATUS.has(status) ? RETRY : FINAL
}

const TRANSIENT_OUTPUT =
  /\b(timed? ?out|timeout|connection (reset|refused)|temporary failure|temporarily unavailable|too many requests|toomanyrequests|unexpected eof|tls handshake|i\/o timeout|no such host|bad gateway|service unavailable|gateway time-?out|internal server error|HTTP[ /][\d.]* ?(429|500|502|503|504)|status(?: code)?:? ?(429|500|502|503|504))\b/i
const FINAL_OUTPUT =
  /\b(unauthorized|authentication required|access denied|denied: |permission denied|no space left on device|manifest unknown|not found: manifest)\b/i

/** Tool output: the last lines of stderr say whether the network or the request was at fault. */
export const classifyTool: Classifier = (error) => {
  if (!(error instanceof ToolError)) return FINAL
  if (error.reason === 'timeout') return RETRY
  if (error.reason !== 'exit') return FINAL
  if (FINAL_OUTPUT.test(error.detail)) return FINAL
  return TRANSIENT_OUTPUT.test(error.detail) ? RETRY : FINAL
}

/** Milliseconds that `retry-after` asks for (seconds or an HTTP date), or undefined. */
export function retryAfterMs(
  headers: Readonly<Record<string, string | undefined>>,
  now: number
): number | undefined {
  const value = headers['retry-after']?.trim()
  if (value === undefined || value === '') return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function classifyStatus(error: HttpStatusError, now: number): Judgement {
  const wait = waitFor(error, now)
  if (wait !== undefined) return wait
  return TRANSIENT_STATUS.has(error.status) ? RETRY : FINAL
}

function waitFor(error: HttpStatusError, now: number): Judgement | undefined {
  if (error.status < 400) return undefined
  const wait = retryAfterMs(error.headers, now)
  return wait === undefined ? undefined : bounded(wait)
}

function bounded(afterMs: number): Judgement {
  return afterMs > MAX_RETRY_AFTER_MS ? FINAL : { kind: 'retry', afterMs }
}

function classifyTransport(error: HttpError): Judgement {
  switch (error.kind) {
    case 'dns':
    case 'refused':
    case 'reset':
    case 'timeout':
    case 'protocol':
      return RETRY
    case 'tls':
    case 'proxy':
    case 'unsupported':
    case 'too-large':
    case 'cancelled':
      return FINAL
  }
}

function asGitHubError(
  error: unknown
): { status: number; headers: Record<string, string | undefined>; message: string } | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined
  if (error instanceof HttpStatusError)
    return { status: error.status, headers: error.headers, message: error.body }
  const response = 'response' in error ? error.response : undefined
  const headers =
    typeof response === 'object' && response !== null && 'headers' in response ? response.headers : {}
  return {
    status: error.status,
    headers: headers as Record<string, string | undefined>,
    message: error.message
  }
}
