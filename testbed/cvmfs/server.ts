/** One server of a repository over plain HTTP on loopback, with the headers of the stock Apache configuration. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

import type { Repository, Revision } from './repository.ts'

/** What a server has on its disk. */
export interface View {
  readonly revision: Revision
  readonly whitelist: Buffer
  /** Milliseconds since 1970; undefined for a server that takes no snapshots. */
  readonly lastSnapshot?: number
  readonly snapshotRunningSince?: number
  readonly checkStatus?: 'succeeded' | 'failed'
}

/** What is asked: path below `/cvmfs/<fqrn>/`, or the whole path outside of it. */
export interface Ask {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly noCache: boolean
  readonly host: string
  readonly userAgent: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly delayMs?: number
  /** `hang`: no answer ever; `reset`: the connection breaks; `endless`: the body is repeated without
   *  end; `cut`: it breaks off in the middle. */
  readonly trick?: 'hang' | 'reset' | 'endless' | 'cut'
}

/** A fault sees the question and the right answer, and gives its own. */
export type Spoiler = (ask: Ask, right: Answer) => Answer

export class ReplicaServer implements AsyncDisposable {
  readonly name: string
  /** Everything that was asked, in its order. */
  readonly asked: Ask[] = []
  /** Most questions that were open at the same time. */
  mostAtOnce = 0
  #atOnce = 0
  view: View
  spoiler: Spoiler | undefined
  #repository: Repository
  #server: Server | undefined
  #port: number
  #delayMs: number
  #host: string
  readonly #now: () => number

  private constructor(options: ReplicaOptions) {
    this.name = options.name
    this.view = options.view
    this.#repository = options.repository
    this.#delayMs = options.delayMs ?? 0
    this.#port = options.port ?? 0
    this.#host = options.host ?? '127.0.0.1'
    this.#now = options.now ?? Date.now
  }

  static async start(options: ReplicaOptions): Promise<ReplicaServer> {
    const replica = new ReplicaServer(options)
    await replica.open()
    return replica
  }

  /** `http://127.0.0.1:port`, without a path. */
  get origin(): string {
    return `http://${this.#host.includes(':') ? `[${this.#host}]` : this.#host}:${this.#port}`
  }

  get port(): number {
    return this.#port
  }

  /** Listens, on the same port as before when there was one. */
  async open(): Promise<void> {
    if (this.#server !== undefined) return
    const server = createServer((request, response) => {
      void this.#serve(request, response).catch(() => response.destroy())
    })
    server.keepAliveTimeout = 30_000
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#port, this.#host, resolve)
    })
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
  }

  /** Closes the port: clients are refused. */
  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) return
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const base = `/cvmfs/${this.#repository.fqrn}/`
    const ask: Ask = {
      method: request.method ?? 'GET',
      path: url.pathname.startsWith(base) ? url.pathname.slice(base.length) : url.pathname,
      query: url.search,
      noCache: /no-cache/.test(request.headers['cache-control'] ?? ''),
      host: request.headers.host ?? '',
      userAgent: request.headers['user-agent'] ?? ''
    }
    this.asked.push(ask)
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce)
    response.once('close', () => this.#atOnce--)
    const right = this.#answer(ask)
    const answer = this.spoiler === undefined ? right : this.spoiler(ask, right)
    const delayMs = this.#delayMs + (answer.delayMs ?? 0)
    if (delayMs > 0) await pause(delayMs)
    await send(ask, answer, request, response, this.#now())
  }

  #answer(ask: Ask): Answer {
    const { revision, whitelist, lastSnapshot, snapshotRunningSince, checkStatus } = this.view
    switch (ask.path) {
      case '.cvmfspublished':
        return { status: 200, headers: { 'content-type': 'application/x-cvmfs' }, body: revision.manifest }
      case '.cvmfswhitelist':
        return { status: 200, headers: { 'content-type': 'application/x-cvmfs' }, body: whitelist }
      case '.cvmfs_status.json':
        return lastSnapshot === undefined ? missing() : json(statusOf(lastSnapshot, checkStatus))
      case '.cvmfs_last_snapshot':
        return lastSnapshot === undefined ? missing() : text(`${dateOf(lastSnapshot)}\n`)
      case '.cvmfs_is_snapshotting':
        return snapshotRunningSince === undefined ? missing() : text(`${dateOf(snapshotRunningSince)}\n`)
      case '.cvmfs_master_replica':
        return lastSnapshot === undefined ? text('') : missing()
      case '/cvmfs/info/v1/repositories.json': {
        const entry = { name: this.#repository.fqrn, url: `/cvmfs/${this.#repository.fqrn}` }
        const replica = lastSnapshot !== undefined
        return json({
          schema: 1,
          cvmfs_version: '2.12.6',
          last_geodb_update: dateOf(this.#now()),
          repositories: replica ? [] : [entry],
          replicas: replica ? [entry] : []
        })
      }
      case '/cvmfs/info/v1/meta.json':
        return json({
          administrator: 'Your Name',
          email: 'you@organisation.org',
          organisation: 'Testbed',
          custom: {}
        })
    }
    const geo = /^api\/v1\.0\/geo\/[^/]+\/([^/]+)$/.exec(ask.path)
    if (geo?.[1] !== undefined) {
      // The last one asked for is the nearest: an order that nobody gets by echoing 1 to n.
      const order = geo[1].split(',').map((_host, index) => index + 1)
      return text(`${order.reverse().join(',')}\n`)
    }
    const object = this.#repository.objects.get(ask.path)
    return object === undefined ? missing() : { status: 200, body: object }
  }
}

export interface ReplicaOptions {
  readonly name: string
  readonly repository: Repository
  readonly view: View
  /** Added before every answer. */
  readonly delayMs?: number
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string
  /** Port to listen on. Default: a free one. */
  readonly port?: number
  readonly now?: () => number
}

async function send(
  ask: Ask,
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  now: number
): Promise<void> {
  if (answer.trick === 'hang') return
  if (answer.trick === 'reset') {
    request.socket.destroy()
    return
  }
  // What is written in answer to HEAD goes nowhere, and never fills a buffer that could be waited for.
  if (answer.trick === 'endless' && ask.method !== 'HEAD') {
    response.writeHead(answer.status, answer.headers)
    const chunk = answer.body.length === 0 ? Buffer.alloc(65_536) : answer.body
    while (response.writable && !response.destroyed) {
      if (!response.write(chunk)) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    return
  }
  if (answer.trick === 'cut' && ask.method !== 'HEAD') {
    response.writeHead(answer.status, { 'content-length': String(answer.body.length) })
    response.write(answer.body.subarray(0, answer.body.length >> 1), () => request.socket.destroy())
    return
  }
  response.writeHead(answer.status, {
    date: new Date(now).toUTCString(),
    server: 'Apache/2.4 (testbed)',
    'content-length': String(answer.body.length),
    ...answer.headers
  })
  response.end(ask.method === 'HEAD' ? undefined : answer.body)
}

function missing(): Answer {
  const body = Buffer.from('<!DOCTYPE HTML>\n<html><head><title>404 Not Found</title></head></html>\n')
  return { status: 404, headers: { 'content-type': 'text/html' }, body }
}

function text(content: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from(content) }
}

function json(content: unknown): Answer {
  const body = Buffer.from(`${JSON.stringify(content, null, 2)}\n`)
  return { status: 200, headers: { 'content-type': 'application/json' }, body }
}

function statusOf(lastSnapshot: number, checkStatus: View['checkStatus']): Record<string, string> {
  return {
    last_snapshot: dateOf(lastSnapshot),
    last_gc: dateOf(lastSnapshot),
    ...(checkStatus === undefined ? {} : { last_check: dateOf(lastSnapshot), check_status: checkStatus })
  }
}

/** As `date --utc` prints it in the C locale. */
function dateOf(ms: number): string {
  const [weekday, day, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ')
  return `${weekday ?? ''} ${month ?? ''} ${String(Number(day)).padStart(2)} ${time ?? ''} UTC ${year ?? ''}`
}
