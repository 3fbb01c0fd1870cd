/**
 * HTTP over node:http, with agents of our own: which address was used, how long it took and how many connections
 * a server gets are part of what the actions measure, and fetch hides all three.
 */
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { isIPv6 } from 'node:net'
import { Readable } from 'node:stream'

import type { Http, HttpHead, HttpOptions, HttpResponse, HttpStream } from '../ports/index.ts'
import { HttpError, toHttpError } from './errors.ts'
import { knowsProxies } from './proxy.ts'

export interface HttpSettings {
  /** Sent with every request. Names the action and where to complain: most servers belong to others. */
  readonly userAgent: string
  /** Connections kept per server. Default 16. */
  readonly maxSockets?: number
  /** Aborts everything under way. */
  readonly signal?: AbortSignal
  /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are read, as curl reads them. Default: no proxy. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>
}

const DEFAULT_TIMEOUT_MS = 30_000
const KNOWS_PROXIES = knowsProxies(process.versions.node)
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024

/** A client that keeps connections alive. `close()` ends them, so that the process can. */
export function createHttp(settings: HttpSettings): Http & { close(): void } {
  const agents = new Map<string, http.Agent>()

  // An agent pools by host name; with a fixed address the pool must be another one, or a later request
  // would travel over a connection to the wrong machine.
  const agentFor = (secure: boolean, { address, family, proxy }: HttpOptions): http.Agent => {
    const key = `${secure ? 'https' : 'http'} ${address ?? ''} ${family ?? ''} ${proxy ?? ''}`
    let agent = agents.get(key)
    if (agent === undefined) {
      // Who asks for one address or family wants to know about that way, and a proxy has its own.
      const isDirect = address !== undefined || family !== undefined
      const environment = isDirect ? undefined : settings.proxyEnv
      const proxyEnv = proxy === undefined ? environment : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }
      const options = {
        keepAlive: true,
        maxSockets: settings.maxSockets ?? 16,
        ...(proxyEnv === undefined ? {} : { proxyEnv })
      }
      agent = secure ? new https.Agent(options) : new http.Agent(options)
      agents.set(key, agent)
    }
    return agent
  }

  const open = async (url: string, options: HttpOptions): Promise<HttpStream> => {
    const target = parse(url)
    const secure = target.protocol === 'https:'
    if (options.proxy !== undefined && !KNOWS_PROXIES)
      throw new HttpError('unsupported', url, `Node ${process.versions.node} knows no proxies, 24.5 does`)
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    const signals = [options.signal, settings.signal].filter((signal) => signal !== undefined)
    const started = performance.now()
    return await new Promise<HttpStream>((resolve, reject) => {
      const request = (secure ? https : http).request({
        protocol: target.protocol,
        host: target.hostname.replace(/^\[|\]$/g, ''),
        port: target.port,
        method: options.method ?? 'GET',
        path: `${target.pathname}${target.search}`,
        // A proxy that is silent while it connects: until then there is no socket that could be destroyed.
        timeout: timeoutMs,
        auth:
          target.username === ''
            ? undefined
            : `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`,
        headers: {
          host: target.host,
          'user-agent': settings.userAgent,
          ...lowerCased(options.headers),
          ...bodyLength(options)
        },
        agent: agentFor(secure, options),
        family: options.family,
        ...(options.address === undefined ? {} : { lookup: fixedLookup(options.address) }),
        ...(secure ? { servername: target.hostname } : {}),
        signal: signals.length === 0 ? undefined : AbortSignal.any(signals)
      })
      const timer = setTimeout(() => {
        request.destroy(new HttpError('timeout', url, `no answer within ${timeoutMs / 1000} s`))
      }, timeoutMs)
      request.on('error', (error) => {
        clearTimeout(timer)
        reject(toHttpError(url, error))
      })
      request.on('response', (response) => {
        clearTimeout(timer)
        // From here on the time between two reads counts: a large body may take long, a silent one may not.
        response.setTimeout(timeoutMs, () => {
          response.destroy(new HttpError('timeout', url, `the body stalled for ${timeoutMs / 1000} s`))
        })
        resolve({
          url,
          status: response.statusCode ?? 0,
          headers: flatten(response.headers),
          latencyMs: performance.now() - started,
          remoteAddress: response.socket.remoteAddress,
          body: response
        })
      })
      send(request, options.body)
    })
  }

  return {
    stream: async (url, options = {}) => await open(url, options),
    request: async (url, options = {}) => await readWhole(url, options, open),
    close: () => {
      for (const agent of agents.values()) agent.destroy()
    }
  }
}

async function readWhole(
  url: string,
  options: HttpOptions,
  open: (url: string, options: HttpOptions) => Promise<HttpStream>
): Promise<HttpResponse> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES
  const started = performance.now()
  const stream = await open(url, options)
  // A body that drips one byte a second never stalls: the whole exchange has its own limit.
  const timer = setTimeout(
    () =>
      stream.body.destroy(new HttpError('timeout', url, `the body took longer than ${timeoutMs / 1000} s`)),
    Math.max(1, timeoutMs - (performance.now() - started))
  )
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of stream.body as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw new HttpError('too-large', url, `the body is larger than ${maxBytes} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    stream.body.destroy()
    throw toHttpError(url, error)
  } finally {
    clearTimeout(timer)
  }
  const head: HttpHead = stream
  return { ...head, body: Buffer.concat(chunks) }
}

function send(request: http.ClientRequest, body: HttpOptions['body']): void {
  if (body instanceof Readable) {
    body.on('error', (error) => request.destroy(error))
    request.on('close', () => body.destroy())
    body.pipe(request)
  } else {
    request.end(body)
  }
}

function parse(url: string): URL {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch (error) {
    throw new HttpError('unsupported', url, 'not a URL', error)
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new HttpError('unsupported', url, `${parsed.protocol} is neither http: nor https:`)
  }
  return parsed
}

function bodyLength(options: HttpOptions): Record<string, string> {
  if (options.body === undefined || options.body instanceof Readable) return {}
  return { 'content-length': String(Buffer.byteLength(options.body)) }
}

function lowerCased(headers: HttpOptions['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

function fixedLookup(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4
  return (_host, options, callback) => {
    if (options.all === true) callback(null, [{ address, family }])
    else callback(null, address, family)
  }
}
