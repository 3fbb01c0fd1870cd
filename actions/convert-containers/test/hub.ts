/**
 * Docker Hub's count of pulls before a real registry: a GET of a manifest counts, a HEAD and a layer do not, and when
 * none is left it says 429 (https://docs.docker.com/docker-hub/usage/pulls/).
 */
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Hub extends AsyncDisposable {
  readonly host: string
  readonly limit: number
  remaining: number
  /** Of its 429, in seconds; undefined for none. */
  retryAfter: number | undefined
  /** `GET /v2/…/manifests/… 200`, and who asked. */
  readonly requests: { readonly line: string; readonly agent: string }[]
  /** Called with every 429. */
  onRefusal: () => void
  /** What becomes of a GET of a layer or a configuration; `break` ends the connection half-way. */
  onBlob: (digest: string, agent: string) => 'serve' | 'refuse' | 'break'
}

/** A free port of 127.0.0.1. */
export async function startHub(registry: string, limit: number): Promise<Hub> {
  const note = (request: IncomingMessage, status: number): void => {
    const line = `${request.method ?? ''} ${request.url ?? ''} ${status}`
    hub.requests.push({ line, agent: request.headers['user-agent'] ?? '' })
  }
  const quota = (): Record<string, string> => ({
    'ratelimit-limit': `${limit};w=21600`,
    'ratelimit-remaining': `${hub.remaining};w=21600`,
    'docker-ratelimit-source': '192.0.2.7'
  })
  const refuse = (request: IncomingMessage, response: ServerResponse): void => {
    const message = 'You have reached your unauthenticated pull rate limit.'
    note(request, 429)
    response.writeHead(429, {
      ...quota(),
      'content-type': 'application/json',
      ...(hub.retryAfter === undefined ? {} : { 'retry-after': String(hub.retryAfter) })
    })
    response.end(JSON.stringify({ errors: [{ code: 'TOOMANYREQUESTS', message }] }))
    hub.onRefusal()
  }
  const server = createServer((request, response) => {
    const isManifest = /\/manifests\//.test(request.url ?? '')
    if (isManifest && request.method === 'GET') {
      if (hub.remaining === 0) return refuse(request, response)
      hub.remaining--
    }
    const agent = request.headers['user-agent'] ?? ''
    const digest = /\/blobs\/(sha256:[0-9a-f]+)$/.exec(request.url ?? '')?.[1]
    const fate = digest !== undefined && request.method === 'GET' ? hub.onBlob(digest, agent) : 'serve'
    if (fate === 'refuse') return refuse(request, response)
    const upstream = send(
      `http://${registry}${request.url ?? ''}`,
      { method: request.method, headers: { ...request.headers, host: registry } },
      (answer) => {
        note(request, answer.statusCode ?? 0)
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(isManifest ? quota() : {}) })
        if (fate === 'break') return breakOff(answer, response)
        answer.pipe(response)
      }
    )
    upstream.on('error', () => response.destroy())
    request.pipe(upstream)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const hub: Hub = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    limit,
    remaining: limit,
    retryAfter: undefined,
    requests: [],
    onRefusal: () => undefined,
    onBlob: () => 'serve',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
  return hub
}

/** Half of what was promised. */
function breakOff(answer: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('end', () => {
    const body = Buffer.concat(chunks)
    response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 50))
  })
}
