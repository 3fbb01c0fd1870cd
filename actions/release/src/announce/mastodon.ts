/** Mastodon's API, as far as one post needs it. https://docs.joinmastodon.org/methods/statuses/ */
import { InputError, TransientError, messageOf } from '../../../../lib/failure/index.ts'
import { expectStatus, HttpError, HttpStatusError } from '../../../../lib/http/index.ts'
import type { Clock, Http, HttpOptions, HttpResponse, Log } from '../../../../lib/ports/index.ts'
import { classifyHttp, retry, type Judgement } from '../../../../lib/retry/index.ts'
import { DEFAULT_LIMITS, type PostLimits } from './count.ts'
import type { Template } from './text.ts'

export interface MastodonOptions {
  /** `https://masto.ai` */
  readonly url: string
  readonly token: string
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly signal?: AbortSignal
}

export interface Post {
  readonly id: string
  readonly url: string
}

/** The instance did not take the post: `problem` says why, in its own words. */
export class PostRefused extends Error {
  override readonly name = 'PostRefused'
}

/**
 * Retries end well before Mastodon forgets an idempotency key, which it does after an hour.
 * https://github.com/mastodon/mastodon/blob/main/app/services/post_status_service.rb (idempotency)
 */
const LIMITS = { attempts: 6, totalMs: 15 * 60_000, basePauseMs: 1000, maxPauseMs: 30_000 }
const MAX_ANSWER = 2 * 1024 * 1024
const PAGE = 40

export interface Mastodon {
  limits(): Promise<PostLimits>
  /** The same key twice makes one post. @throws PostRefused, InputError (token), TransientError */
  post(text: string, template: Pick<Template, 'visibility' | 'language'>, key: string): Promise<Post>
  /**
   * Our own post with this in its text, made after `since` (milliseconds); undefined when there is none.
   * @throws PostRefused when there are more posts since then than are looked at.
   */
  find(needle: string, since: number): Promise<Post | undefined>
}

export function connectMastodon(options: MastodonOptions): Mastodon {
  const base = options.url.replace(/\/+$/, '')
  const ask = async (
    what: string,
    path: string,
    request: HttpOptions,
    hasToken: boolean
  ): Promise<HttpResponse> => {
    try {
      return await retry(
        what,
        async () => {
          const headers = {
            accept: 'application/json',
            ...request.headers,
            ...(hasToken ? { authorization: `Bearer ${options.token}` } : {})
          }
          const answer = await options.http.request(`${base}${path}`, {
            ...request,
            headers,
            maxBytes: MAX_ANSWER,
            ...(options.signal === undefined ? {} : { signal: options.signal })
          })
          return expectStatus(answer, [200], request.method ?? 'GET')
        },
        {
          classify,
          clock: options.clock,
          limits: LIMITS,
          log: options.log,
          ...(options.signal === undefined ? {} : { signal: options.signal })
        }
      )
    } catch (error) {
      throw explain(what, error)
    }
  }

  return {
    limits: async () => {
      try {
        const answer = await ask('limits of the instance', '/api/v2/instance', {}, false)
        return readLimits(parse(answer))
      } catch (error) {
        // Older instances and other software do not tell: Mastodon's own limits are the strictest.
        options.log.debug(`limits of ${base}: ${messageOf(error)}`)
        return DEFAULT_LIMITS
      }
    },

    post: async (text, template, key) => {
      const body = JSON.stringify({
        status: text,
        visibility: template.visibility,
        language: template.language
      })
      const answer = await ask(
        'post',
        '/api/v1/statuses',
        { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body },
        true
      )
      return readPost(parse(answer), 'post')
    },

    find: async (needle, since) => {
      const account = parse(await ask('own account', '/api/v1/accounts/verify_credentials', {}, true))
      const id = textOf(account, 'id')
      const answer = parse(
        await ask(
          'own posts',
          `/api/v1/accounts/${encodeURIComponent(id)}/statuses?limit=${PAGE}&exclude_replies=true&exclude_reblogs=true`,
          {},
          true
        )
      )
      if (!Array.isArray(answer)) throw new PostRefused('own posts: not a list')
      const found = answer.find((one: unknown) => readable(textOf(one, 'content')).includes(needle))
      if (found !== undefined) return readPost(found, 'own posts')
      const oldest = Date.parse(textOf(answer.at(-1), 'created_at'))
      // Forty is the most that Mastodon gives at once.
      if (answer.length >= PAGE && !(oldest <= since))
        throw new PostRefused(`own posts: more than ${PAGE} since then`)
      return undefined
    }
  }
}

/** 429 names its end in `x-ratelimit-reset`, as a date. https://docs.joinmastodon.org/api/rate-limits/ */
function classify(error: unknown, now: number): Judgement {
  if (error instanceof HttpStatusError && error.status === 429) {
    const reset = Date.parse(error.headers['x-ratelimit-reset'] ?? '')
    if (!Number.isNaN(reset)) return { kind: 'retry', afterMs: Math.max(1000, reset - now) }
  }
  return classifyHttp(error, now)
}

function explain(what: string, error: unknown): unknown {
  if (error instanceof HttpStatusError) {
    const said = saidIn(error.body)
    if (error.status === 401 || error.status === 403) {
      return new InputError([
        {
          input: 'mastodon-token',
          given: '***',
          allowed: 'an access token of the instance with write:statuses and read:statuses',
          fix: `${what} was answered ${error.status}${said}`
        }
      ])
    }
    return new PostRefused(`${what}: the instance answered ${error.status}${said}`)
  }
  return error instanceof HttpError ? new TransientError(what, 1, 0, error) : error
}

function saidIn(body: string): string {
  try {
    const said = textOf(JSON.parse(body), 'error')
    return said === '' ? '' : `: ${said.slice(0, 300)}`
  } catch {
    return ''
  }
}

function readLimits(instance: unknown): PostLimits {
  const statuses = objectOf(objectOf(objectOf(instance)['configuration'])['statuses'])
  const number = (name: string, otherwise: number): number => {
    const value = statuses[name]
    return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 1_000_000
      ? value
      : otherwise
  }
  return {
    characters: number('max_characters', DEFAULT_LIMITS.characters),
    perUrl: number('characters_reserved_per_url', DEFAULT_LIMITS.perUrl)
  }
}

function readPost(value: unknown, what: string): Post {
  const [id, url] = [textOf(value, 'id'), textOf(value, 'url') || textOf(value, 'uri')]
  if (id === '' || !URL.canParse(url)) throw new PostRefused(`${what}: the answer names no post`)
  return { id, url }
}

function parse(answer: HttpResponse): unknown {
  try {
    return JSON.parse(answer.body.toString('utf8')) as unknown
  } catch {
    throw new PostRefused(`${answer.url.split('?', 1)[0] ?? ''}: not JSON; is this a Mastodon instance?`)
  }
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function textOf(value: unknown, name: string): string {
  const text = objectOf(value)[name]
  return typeof text === 'string' ? text : ''
}

/** Posts come as HTML, in which an address is cut into spans. */
function readable(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/p>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
