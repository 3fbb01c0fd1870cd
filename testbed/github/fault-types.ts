/** The faults that the testbed's GitHub can be told to have, as types. */

export interface Fault {
  /** Only requests with this method. */
  readonly method?: string
  /** Only this operation (`git/update-ref`), or a path that matches. Default: all requests. */
  readonly operation?: string
  readonly path?: RegExp
  /** How many requests it hits. Default 1; Infinity until it is turned off. */
  readonly times?: number
  /** How many matching requests pass before it begins. Default 0. */
  readonly after?: number
  readonly kind: FaultKind
}

export type FaultKind =
  /** 403 with the text of a secondary limit and Retry-After. */
  | { readonly what: 'secondary-limit'; readonly retryAfterSeconds: number }
  /** 403 with x-ratelimit-remaining 0 and the reset after that many seconds. */
  | { readonly what: 'rate-limit'; readonly resetAfterSeconds: number }
  | { readonly what: 'unauthorized' }
  | { readonly what: 'forbidden' }
  /** 404, as an own write may be answered for a moment. */
  | { readonly what: 'not-found' }
  /** 410, as where issues are switched off. */
  | { readonly what: 'gone'; readonly message: string }
  | { readonly what: 'conflict'; readonly message?: string }
  | { readonly what: 'unprocessable'; readonly message?: string }
  /** 5xx before anything was done. */
  | { readonly what: 'server-error'; readonly status: 500 | 502 | 503 | 504 }
  /** A proxy's login page, with status 200. */
  | { readonly what: 'web-page' }
  /** The request is carried out, but the answer is a 502: the caller cannot know. */
  | { readonly what: 'lost-answer' }
  /** The connection is cut without an answer. */
  | { readonly what: 'cut' }
  | { readonly what: 'slow'; readonly ms: number }
  /** Something happens just before the request is carried out (somebody pushes, publishes, edits). */
  | { readonly what: 'meanwhile'; readonly do: () => void | Promise<void> }
