/** GitHub's refusals, told to people: what was asked, why not, and which permission is missing. */
import { InputError, TransientError, messageOf } from '../failure/index.ts'
import { HttpError } from '../http/index.ts'
import { classifyGitHub } from '../retry/index.ts'
import type { Judgement } from '../retry/index.ts'
import type { App } from './types.ts'

/** What octokit throws, as far as it is read here. */
interface RequestFailure extends Error {
  readonly status: number
  readonly response?: {
    readonly headers: Readonly<Record<string, string | undefined>>
    readonly data: unknown
  }
}

/** GitHub said no: the token, a permission, an unknown name. The caller's mistake, with what to do about it. */
export class Refused extends InputError {
  readonly status: number

  constructor(status: number, problem: ConstructorParameters<typeof InputError>[0][number]) {
    super([problem])
    this.status = status
  }
}

/** GitHub found the request itself wrong (409, 422). `details` is what it said, field by field. */
export class Rejected extends Error {
  override readonly name = 'Rejected'
  readonly status: number
  readonly details: string

  constructor(what: string, status: number, details: string) {
    super(`${what}: GitHub answered ${status}: ${details}`)
    this.status = status
    this.details = details
  }
}

/** A branch is no longer where it was when the change was planned. */
export class Moved extends Error {
  override readonly name = 'Moved'
}

/** A file that is no text of ours: larger than what is read. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

export function isRequestFailure(error: unknown): error is RequestFailure {
  return (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    !(error instanceof InputError)
  )
}

/**
 * Transient or not. `repeatable`: doing it twice is the same as doing it once; otherwise only a failure that surely
 * had no effect (a limit, no connection) is tried again.
 */
export function judge(error: unknown, now: number, repeatable: boolean): Judgement {
  const transport = transportError(error)
  if (transport !== undefined) {
    const judgement = classifyGitHub(transport, now)
    return repeatable || transport.kind === 'refused' || transport.kind === 'dns'
      ? judgement
      : { kind: 'final' }
  }
  const judgement = classifyGitHub(error, now)
  if (repeatable || !isRequestFailure(error) || error.status < 500) return judgement
  return { kind: 'final' }
}

/** True when nobody can know whether the request had its effect. */
export function isUnclear(error: unknown): boolean {
  const transport = transportError(error)
  if (transport !== undefined) return ['reset', 'timeout', 'protocol'].includes(transport.kind)
  return isRequestFailure(error) && error.status >= 500
}

/** octokit wraps what its fetch threw, and calls it a 500. */
function transportError(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error
  return error instanceof Error && error.cause instanceof HttpError ? error.cause : undefined
}

/** The failure in the house's kinds. `app`: the one who asked, when it was no token that was given. */
export function explain(what: string, error: unknown, app?: App): unknown {
  const transport = transportError(error)
  if (transport !== undefined) {
    return transport.kind === 'cancelled' ? transport : new TransientError(what, 1, 0, transport)
  }
  if (!isRequestFailure(error)) return error
  const headers = error.response?.headers ?? {}
  const said = messageOf(error).replace(/ - https:\/\/docs\.github\.com\S*$/, '')
  const { status } = error
  const who = app === undefined ? { input: 'token', given: '***' } : { input: 'app-id', given: app.id }
  if (status === 401) {
    return new Refused(401, {
      ...who,
      allowed: app === undefined ? 'a token that GitHub accepts' : 'an App whose tokens GitHub accepts',
      fix:
        app === undefined
          ? `${what} was answered 401 (${said}); the token is wrong, revoked or expired. ` +
            'A run that takes longer than a token lasts needs `app-id` and `app-private-key`'
          : `${what} was answered 401 (${said}), with a new token as well`
    })
  }
  if (
    (status === 403 || status === 429) &&
    (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined)
  ) {
    const reset = Number(headers['x-ratelimit-reset'])
    const until = Number.isFinite(reset) ? `, until ${new Date(reset * 1000).toISOString()}` : ''
    return new TransientError(what, 1, 0, new Error(`rate limit of GitHub${until}: ${said}`))
  }
  if (status === 403) {
    const needed = headers['x-accepted-github-permissions']
    const permissions = needed === undefined ? 'the permission for it' : needed.replaceAll('=', ': ')
    return new Refused(403, {
      ...who,
      allowed: app === undefined ? `a token with ${permissions}` : `an App with ${permissions}`,
      fix:
        app === undefined
          ? `${what} was answered 403 (${said}); add it to \`permissions:\` of the job, or give a token that has it`
          : `${what} was answered 403 (${said}); add it to the App's permissions, and accept them where it is installed`
    })
  }
  if (status === 404) {
    return new Refused(404, {
      ...who,
      allowed:
        app === undefined
          ? 'a token that sees the repository, and names that exist in it'
          : 'an App that sees the repository, and names that exist in it',
      fix: `${what} was answered 404`
    })
  }
  if (status === 409 || status === 422) return new Rejected(what, status, said)
  if (status >= 500) return new TransientError(what, 1, 0, error)
  return error
}
