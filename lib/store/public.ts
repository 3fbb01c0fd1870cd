/**
 * A store as its users see it: by its public address, without credentials. Only a GET counts. A large object is a
 * list of segments, and when those lie in a private place HEAD says 200 while GET says 401 or 409.
 */
import { expectStatus, HttpStatusError } from '../http/index.ts'
import type { Clock, Http, Log } from '../ports/index.ts'
import { classifyHttp, retry } from '../retry/index.ts'
import { TransientError, messageOf } from '../failure/index.ts'

export type Probe =
  /** Readable; `head` are its first bytes. */
  | {
      readonly state: 'present'
      readonly bytes: number | undefined
      readonly head: Buffer
      /** What was written with the object, lower-case hex; undefined when nobody did. */
      readonly sha256?: string
      /** As the store has it, without its quotes. */
      readonly etag?: string
    }
  | { readonly state: 'missing' }
  /** It answers, but gives no bytes to the public; some stores also say this of what is not there. */
  | { readonly state: 'unreadable'; readonly status: number }
  /** No answer that says anything about the object; `withheld`: the store says the same of what is not there. */
  | { readonly state: 'unknown'; readonly reason: string; readonly withheld?: true }

export interface ProbeOptions {
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  /** Of one attempt, in milliseconds. */
  readonly timeoutMs: number
  readonly attempts?: number
  readonly signal?: AbortSignal
}

/** First bytes that are read: the header of a SIF. */
const HEAD_BYTES = 128
/** 1,000 segments, 300 bytes each: Swift's own limits are about that. */
const MAX_MANIFEST_BYTES = 8 * 1024 * 1024

/** Reads the first 128 bytes of a URL. Never throws for what the other side does. */
export async function probe(url: string, options: ProbeOptions): Promise<Probe> {
  try {
    return await retry(`GET ${url}`, async (_, signal) => await attempt(url, { ...options, signal }), {
      classify: classifyHttp,
      clock: options.clock,
      log: options.log,
      limits: { attempts: options.attempts ?? 4 },
      ...(options.signal === undefined ? {} : { signal: options.signal })
    })
  } catch (error) {
    options.signal?.throwIfAborted()
    const cause = error instanceof TransientError ? error.cause : error
    return { state: 'unknown', reason: messageOf(cause) }
  }
}

/**
 * What a 403 of one store means where its listing is not known. To whom may not list (no s3:ListBucket) S3 says 403 of
 * what is not there as well: then it says nothing about the object. A name that nobody has is asked once for that.
 * @param nobody address of that name in the same place of the store
 */
export function createDoubt(nobody: string, options: ProbeOptions): (seen: Probe) => Promise<Probe> {
  let answer: Promise<Probe> | undefined
  return async (seen) => {
    if (seen.state !== 'unreadable' || seen.status !== 403) return seen
    const other = await (answer ??= probe(nobody, options))
    if (other.state === 'unknown') return other
    if (other.state !== 'unreadable' || other.status !== 403) return seen
    const reason = 'a GET without credentials says 403, as it does of a name that nobody has'
    return { state: 'unknown', reason, withheld: true }
  }
}

async function attempt(url: string, options: ProbeOptions): Promise<Probe> {
  const response = await options.http.stream(url, {
    headers: { range: `bytes=0-${HEAD_BYTES - 1}`, 'accept-encoding': 'identity' },
    timeoutMs: options.timeoutMs,
    ...(options.signal === undefined ? {} : { signal: options.signal })
  })
  const { status, headers } = response
  const head = await firstBytes(response.body, HEAD_BYTES)
  const told = headers['x-object-meta-sha256'] ?? headers['x-amz-meta-sha256'] ?? ''
  const etag = /^"?([^"]{1,100})"?$/.exec(headers['etag'] ?? '')?.[1]
  const facts = {
    ...(/^[0-9a-f]{64}$/.test(told) ? { sha256: told } : {}),
    ...(etag === undefined ? {} : { etag })
  }
  if (status === 206) return { state: 'present', bytes: totalOf(headers['content-range']), head, ...facts }
  if (status === 200) {
    const length = Number(headers['content-length'])
    return { state: 'present', bytes: Number.isSafeInteger(length) ? length : undefined, head, ...facts }
  }
  // An empty object has no byte 0.
  if (status === 416)
    return { state: 'present', bytes: totalOf(headers['content-range']) ?? 0, head: Buffer.alloc(0) }
  if (status === 404 || status === 410) return { state: 'missing' }
  if (status === 401 || status === 403 || status === 409) return { state: 'unreadable', status }
  throw new HttpStatusError(response, 'GET', head.toString('utf8'))
}

/** Up to `count` bytes, then the connection is given back or, when more would come, closed. */
async function firstBytes(body: AsyncIterable<Buffer> & { destroy(): void }, count: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size > count) {
      body.destroy()
      break
    }
  }
  return Buffer.concat(chunks).subarray(0, count)
}

/** `bytes 0-127/3080192` or, for 416, `bytes *\/0`. */
function totalOf(range: string | undefined): number | undefined {
  const total = /\/(\d{1,15})$/.exec(range ?? '')?.[1]
  return total === undefined ? undefined : Number(total)
}

/**
 * What a large object of Swift is made of, as its address tells the public: `CONTAINER/PREFIX` of a dynamic one,
 * `CONTAINER/OBJECT` of each segment of a static one, nothing for what is no large object. Undefined when that could
 * not be told, also by 404: what is listed and not there is asked for at a wrong address.
 * https://docs.openstack.org/swift/latest/overview_large_objects.html
 */
export async function segmentsOf(url: string, options: ProbeOptions): Promise<readonly string[] | undefined> {
  const { http, clock, log, timeoutMs, signal } = options
  const cancel = signal === undefined ? {} : { signal }
  const ask = async (method: 'HEAD' | 'GET', target: string) =>
    await retry(
      `${method} ${target}`,
      async (_, limit) =>
        expectStatus(
          await http.request(target, { method, timeoutMs, maxBytes: MAX_MANIFEST_BYTES, signal: limit }),
          [200, 404],
          method
        ),
      { classify: classifyHttp, clock, log, limits: { attempts: options.attempts ?? 4 }, ...cancel }
    )
  try {
    const { status, headers } = await ask('HEAD', url)
    if (status === 404) return undefined
    const prefix = headers['x-object-manifest']
    if (prefix !== undefined) return [decodeURIComponent(prefix).replace(/^\/|\/$/g, '')]
    if (headers['x-static-large-object']?.toLowerCase() !== 'true') return []
    const { body } = await ask('GET', `${url}?multipart-manifest=get`)
    const parts = JSON.parse(body.toString('utf8')) as readonly { readonly name?: unknown }[]
    return parts.map(({ name }) => String(name).replace(/^\//, ''))
  } catch {
    signal?.throwIfAborted()
    return undefined
  }
}

/**
 * Reads ranges of a public object, so that its inside can be looked at without downloading it.
 * @throws HttpStatusError, TransientError; a store that ignores Range is an HttpStatusError with status 200.
 */
export function rangeReader(
  url: string,
  options: ProbeOptions
): (offset: number, length: number) => Promise<Buffer> {
  const { http, clock, log, timeoutMs } = options
  const signal = options.signal === undefined ? {} : { signal: options.signal }
  return async (offset, length) => {
    if (length <= 0) return Buffer.alloc(0)
    const range = `bytes=${offset}-${offset + length - 1}`
    return await retry(
      `GET ${url} ${range}`,
      async (_, limit) => {
        const headers = { range, 'accept-encoding': 'identity' }
        const response = await http.request(url, { headers, timeoutMs, maxBytes: length, signal: limit })
        return expectStatus(response, [206]).body
      },
      { classify: classifyHttp, clock, log, ...signal }
    )
  }
}
