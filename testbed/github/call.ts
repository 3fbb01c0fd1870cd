/** What a route gets and gives, and the pages and refusals that all routes share. */
import type { Repository } from './repository.ts'
import type { TokenSeed } from './types.ts'

export interface Call {
  /** Address of the API, without a slash at the end. */
  readonly base: string
  /** Address of another server, from which the bytes of assets come. */
  readonly storage: string
  readonly repository: Repository
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Parsed JSON, already held against the description; `{}` when there was none. */
  readonly body: Readonly<Record<string, unknown>>
  /** The bytes, for an upload. */
  readonly bytes: Buffer
  readonly contentType: string
  readonly accept: string
  /** Who asks; undefined without a token. */
  readonly caller: TokenSeed | undefined
  readonly path: string
  /** True when the caller may write here. */
  may(permission: Permission): boolean
}

export type Permission = 'contents' | 'issues' | 'pull_requests' | 'actions' | 'checks' | 'metadata'

export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Route {
  readonly permission: Permission
  readonly access: 'read' | 'write'
  readonly answer: (call: Call) => Reply | Promise<Reply>
}

export type Routes = Readonly<Record<string, Route>>

export class ApiError extends Error {
  readonly status: number
  readonly errors: readonly Readonly<Record<string, unknown>>[] | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    errors?: ApiError['errors'],
    headers: Record<string, string> = {}
  ) {
    super(message)
    this.status = status
    this.errors = errors
    this.headers = headers
  }
}

export const notFound = (): ApiError => new ApiError(404, 'Not Found')

/** GitHub's 422 for one field. */
export function invalid(resource: string, field: string, code: string, message?: string): ApiError {
  return new ApiError(422, 'Validation Failed', [
    { resource, field, code, ...(message === undefined ? {} : { message }) }
  ])
}

export function read(permission: Permission, answer: Route['answer']): Route {
  return { permission, access: 'read', answer }
}

export function write(permission: Permission, answer: Route['answer']): Route {
  return { permission, access: 'write', answer }
}

/** One page, with the Link header that clients follow. At most 100 a page, 30 when nothing is said. */
export function paged<T>(
  call: Call,
  all: readonly T[],
  wrap: (page: readonly T[], total: number) => unknown
): Reply {
  const size = Math.min(100, Math.max(1, Number(call.query.get('per_page') ?? 30)))
  const page = Math.max(1, Number(call.query.get('page') ?? 1))
  const last = Math.max(1, Math.ceil(all.length / size))
  const to = (number: number, rel: string): string => {
    const query = new URLSearchParams(call.query)
    query.set('page', String(number))
    return `<${call.base}${call.path}?${query.toString()}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev'), to(1, 'first')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : [])
  ]
  return {
    status: 200,
    body: wrap(all.slice((page - 1) * size, page * size), all.length),
    ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } })
  }
}

/** A text of the body; undefined when it was not sent. */
export function text(call: Call, field: string): string | undefined {
  const value = call.body[field]
  return typeof value === 'string' ? value : undefined
}
