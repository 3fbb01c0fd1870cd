/**
 * A Mastodon on loopback: posting with an idempotency key, limits counted by its own rules, rate limits, own posts.
 * https://docs.joinmastodon.org/methods/statuses/
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MastodonOptions {
  readonly token?: string
  /** Characters of a post. Default 500. */
  readonly maxCharacters?: number
  /** Default: the real clock. */
  readonly now?: () => number
  /** Does not tell its limits, as older instances. Default false. */
  readonly isOld?: boolean
}

export interface PostState {
  readonly id: string
  readonly text: string
  readonly visibility: string
  readonly language: string
  readonly key: string
  readonly createdAt: string
}

export type MastodonFault =
  /** 429 that ends after so many seconds. */
  | { readonly what: 'too-many'; readonly resetAfterSeconds: number }
  | { readonly what: 'server-error'; readonly status: 500 | 502 | 503 }
  /** The post is made, the answer is lost. */
  | { readonly what: 'lost-answer' }
  | { readonly what: 'cut' }
  | { readonly what: 'forbidden' }
  | { readonly what: 'web-page' }

export interface MastodonTestbed extends AsyncDisposable {
  readonly url: string
  readonly token: string
  /** Oldest first. */
  readonly posts: readonly PostState[]
  readonly requests: readonly { readonly method: string; readonly path: string; readonly status: number }[]
  /** What a client did wrong: no token, no key, a body that is no JSON. */
  readonly violations: readonly string[]
  /** Hits the next `times` requests (default 1) whose path begins so (default: posting). Returns the switch to end it. */
  fail(fault: MastodonFault, options?: { readonly times?: number; readonly path?: string }): () => void
  /** Somebody posts by hand. */
  add(text: string): void
  close(): Promise<void>
}

/** Mastodon keeps keys for an hour. */
const KEY_LIVES_MS = 3_600_000

export async function startMastodon(options: MastodonOptions = {}): Promise<MastodonTestbed> {
  const mastodon = new Mastodon(options)
  await mastodon.start()
  return mastodon
}

interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

class Mastodon implements MastodonTestbed {
  readonly token: string
  readonly posts: PostState[] = []
  readonly requests: { method: string; path: string; status: number }[] = []
  readonly violations: string[] = []
  readonly #options: MastodonOptions
  readonly #now: () => number
  readonly #server = createServer((request, response) => void this.#handle(request, response))
  readonly #keys = new Map<string, { id: string; at: number }>()
  readonly #faults: { fault: MastodonFault; left: number; path: string }[] = []
  #lastId = 110_000_000_000_000_000n
  url = ''

  constructor(options: MastodonOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.token = options.token ?? 'mastodon-token'
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(0, '127.0.0.1', resolve)
    })
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  fail(fault: MastodonFault, options: { readonly times?: number; readonly path?: string } = {}): () => void {
    const live = { fault, left: options.times ?? 1, path: options.path ?? '/api/v1/statuses' }
    this.#faults.push(live)
    return () => {
      live.left = 0
    }
  }

  add(text: string): void {
    this.#store(text, 'public', 'en', '')
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    const record = { method: request.method ?? 'GET', path: url.pathname, status: 0 }
    this.requests.push(record)
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const live = this.#faults.find((one) => one.left > 0 && url.pathname.startsWith(one.path))
    if (live !== undefined) live.left--
    const fault = live?.fault
    if (fault?.what === 'cut') {
      request.socket.destroy()
      return
    }
    let reply =
      fault === undefined || fault.what === 'lost-answer'
        ? this.#answer(request, url, Buffer.concat(chunks))
        : this.#faulty(fault)
    if (fault?.what === 'lost-answer') reply = { status: 502, body: { error: 'bad gateway' } }
    record.status = reply.status
    const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
    response.writeHead(reply.status, {
      'content-type': typeof reply.body === 'string' ? 'text/html' : 'application/json; charset=utf-8',
      ...reply.headers
    })
    response.end(body)
  }

  #faulty(fault: Exclude<MastodonFault, { what: 'cut' | 'lost-answer' }>): Reply {
    switch (fault.what) {
      case 'too-many':
        return {
          status: 429,
          body: { error: 'Too many requests' },
          headers: {
            'x-ratelimit-limit': '300',
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': new Date(this.#now() + fault.resetAfterSeconds * 1000).toISOString()
          }
        }
      case 'server-error':
        return { status: fault.status, body: '<html>error</html>' }
      case 'forbidden':
        return { status: 403, body: { error: 'This action is outside the authorized scopes' } }
      case 'web-page':
        return { status: 200, body: '<html>log in to the network</html>' }
    }
  }

  #answer(request: IncomingMessage, url: URL, body: Buffer): Reply {
    const route = `${request.method ?? ''} ${url.pathname}`
    if (route === 'GET /api/v2/instance') return this.#instance()
    if (request.headers.authorization !== `Bearer ${this.token}`)
      return { status: 401, body: { error: 'The access token is invalid' } }
    if (route === 'GET /api/v1/accounts/verify_credentials')
      return { status: 200, body: { id: '1', username: 'neurodesk', acct: 'neurodesk' } }
    if (route === 'GET /api/v1/accounts/1/statuses') {
      const limit = Math.min(40, Number(url.searchParams.get('limit') ?? 20))
      return {
        status: 200,
        body: this.posts
          .toReversed()
          .slice(0, limit)
          .map((post) => this.#shown(post))
      }
    }
    if (route === 'POST /api/v1/statuses') return this.#post(request, body)
    this.violations.push(`${route}: there is no such path`)
    return { status: 404, body: { error: 'Record not found' } }
  }

  #instance(): Reply {
    if (this.#options.isOld === true) return { status: 404, body: { error: 'Record not found' } }
    const statuses = {
      max_characters: this.#options.maxCharacters ?? 500,
      max_media_attachments: 4,
      characters_reserved_per_url: 23
    }
    return {
      status: 200,
      body: { domain: '127.0.0.1', title: 'testbed', version: '4.3.0', configuration: { statuses } }
    }
  }

  #post(request: IncomingMessage, body: Buffer): Reply {
    let given: Record<string, unknown>
    try {
      given = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    } catch {
      this.violations.push('POST /api/v1/statuses: the body is no JSON')
      return { status: 400, body: { error: 'bad request' } }
    }
    const key = String(request.headers['idempotency-key'] ?? '')
    if (key === '') this.violations.push('POST /api/v1/statuses: no Idempotency-Key')
    const known = this.#keys.get(key)
    if (known !== undefined && this.#now() - known.at < KEY_LIVES_MS) {
      const post = this.posts.find((one) => one.id === known.id)
      if (post !== undefined) return { status: 200, body: this.#shown(post) }
    }
    const text = typeof given['status'] === 'string' ? given['status'] : ''
    const invalid = (why: string): Reply => ({ status: 422, body: { error: `Validation failed: ${why}` } })
    if (text.trim() === '') return invalid("Text can't be blank")
    if (lengthOf(text) > (this.#options.maxCharacters ?? 500))
      return invalid(`Text character limit of ${this.#options.maxCharacters ?? 500} exceeded`)
    const visibility = String(given['visibility'] ?? 'public')
    if (!['public', 'unlisted', 'private', 'direct'].includes(visibility))
      return invalid('Visibility is not included in the list')
    const post = this.#store(text, visibility, String(given['language'] ?? ''), key)
    if (key !== '') this.#keys.set(key, { id: post.id, at: this.#now() })
    return { status: 200, body: this.#shown(post) }
  }

  #store(text: string, visibility: string, language: string, key: string): PostState {
    this.#lastId += 1n
    const post = {
      id: String(this.#lastId),
      text,
      visibility,
      language,
      key,
      createdAt: new Date(this.#now()).toISOString()
    }
    this.posts.push(post)
    return post
  }

  /** As Mastodon shows a post: HTML, with an address cut into spans. */
  #shown(post: PostState): unknown {
    const escaped = post.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    const linked = escaped.replace(
      /(https?:\/\/)(\S{1,30})(\S*)/g,
      '<a href="$1$2$3"><span class="invisible">$1</span><span class="ellipsis">$2</span><span class="invisible">$3</span></a>'
    )
    const content = `<p>${linked.replaceAll('\n\n', '</p><p>').replaceAll('\n', '<br />')}</p>`
    const uri = `${this.url}/users/neurodesk/statuses/${post.id}`
    return {
      id: post.id,
      uri,
      url: `${this.url}/@neurodesk/${post.id}`,
      content,
      visibility: post.visibility,
      language: post.language,
      created_at: post.createdAt,
      account: { id: '1' }
    }
  }
}

/** Written apart from the code under test, from Mastodon's StatusLengthValidator: grapheme clusters, 23 for an address. */
function lengthOf(text: string): number {
  let count = 0
  for (const word of text.split(/(\s+)/)) {
    if (/^https?:\/\//.test(word)) {
      const trailing = /[.,;:!?)\]}]+$/.exec(word)?.[0].length ?? 0
      count += 23 + trailing
    } else count += Array.from(new Intl.Segmenter().segment(word)).length
  }
  return count
}
