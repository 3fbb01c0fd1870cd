/** Faults that a test switches on, as GitHub shows them. */
import { setTimeout } from 'node:timers/promises'
import type { Reply } from './call.ts'
import type { Fault, FaultKind } from './types.ts'

export interface LiveFault {
  readonly fault: Fault
  left: number
  before: number
}

/** True when the fault hits this request; it then has one hit less left. */
export function matches(live: LiveFault, method: string, path: string, operation: string): boolean {
  const { fault } = live
  if (live.left <= 0) return false
  if (fault.method !== undefined && fault.method !== method) return false
  if (fault.operation !== undefined && fault.operation !== operation) return false
  if (fault.path !== undefined && !fault.path.test(path)) return false
  if (live.before > 0) {
    live.before -= 1
    return false
  }
  live.left -= 1
  return true
}

/** An answer; `cut` the connection; `lose` the answer after doing what was asked; `pass` on after what happens meanwhile. */
export async function answerFault(kind: FaultKind, now: number): Promise<Reply | 'cut' | 'lose' | 'pass'> {
  switch (kind.what) {
    case 'secondary-limit':
      return {
        status: 403,
        body: {
          message:
            'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
          documentation_url:
            'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits'
        },
        headers: { 'retry-after': String(kind.retryAfterSeconds) }
      }
    case 'rate-limit':
      return {
        status: 403,
        body: {
          message: 'API rate limit exceeded for installation.',
          documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api'
        },
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.ceil(now / 1000) + kind.resetAfterSeconds)
        }
      }
    case 'unauthorized':
      return {
        status: 401,
        body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' }
      }
    case 'forbidden':
      return {
        status: 403,
        body: {
          message: 'Resource not accessible by integration',
          documentation_url: 'https://docs.github.com/rest',
          status: '403'
        }
      }
    case 'not-found':
      return {
        status: 404,
        body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' }
      }
    case 'gone':
      return {
        status: 410,
        body: { message: kind.message, documentation_url: 'https://docs.github.com/rest', status: '410' }
      }
    case 'conflict':
      return {
        status: 409,
        body: {
          message: kind.message ?? 'Conflict',
          documentation_url: 'https://docs.github.com/rest',
          status: '409'
        }
      }
    case 'unprocessable':
      return {
        status: 422,
        body: {
          message: kind.message ?? 'Validation Failed',
          documentation_url: 'https://docs.github.com/rest',
          status: '422'
        }
      }
    case 'server-error':
      // GitHub's front end answers in HTML when what is behind it does not answer.
      return {
        status: kind.status,
        body: Buffer.from('<html><body><h1>Unicorn!</h1></body></html>'),
        headers: { 'content-type': 'text/html' }
      }
    case 'web-page':
      return {
        status: 200,
        body: Buffer.from('<html>log in to the network</html>'),
        headers: { 'content-type': 'text/html; charset=utf-8' }
      }
    case 'lost-answer':
      return 'lose'
    case 'cut':
      return 'cut'
    case 'slow':
      await setTimeout(kind.ms)
      return 'pass'
    case 'meanwhile':
      await kind.do()
      return 'pass'
  }
}
