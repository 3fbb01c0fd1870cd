/** A proxy in front of a registry that fails on demand: what registries really do to a push. */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Fault {
  /** Which requests. */
  readonly when: (request: { readonly method: string; readonly path: string }) => boolean
  /** How often; then it is over. Default: for ever. */
  readonly times?: number
  /** Answers with this status … */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** … or breaks the connection after so many bytes of the request's body went through. */
  readonly breakAfter?: number
  /** … or takes the request and never answers. */
  readonly hold?: boolean
}

export interface FaultProxy extends AsyncDisposable {
  readonly host: string
  /** `METHOD /path` of every request, in order. */
  readonly requests: readonly string[]
  /** Bytes that went to the registry and came from it, bodies only. */
  readonly traffic: { sent: number; received: number }
  fail(fault: Fault): void
  heal(): void
}

/** @param target `127.0.0.1:PORT` of the registry */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const faults: { fault: Fault; left: number }[] = []
  const requests: string[] = []
  const traffic = { sent: 0, received: 0 }
  const [hostname = '', port = ''] = target.split(':')

  const handle = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const method = incoming.method ?? 'GET'
    const path = incoming.url ?? '/'
    requests.push(`${method} ${path.split('?')[0] ?? path}`)
    const hit = faults.find((one) => one.left > 0 && one.fault.when({ method, path }))
    if (hit !== undefined) hit.left--
    if (hit?.fault.status !== undefined) {
      incoming.resume()
      outgoing.writeHead(hit.fault.status, { 'content-type': 'application/json', ...hit.fault.headers })
      outgoing.end(hit.fault.body ?? '{"errors":[]}')
      return
    }
    if (hit?.fault.hold === true) return
    // The Host header stays ours, so that the registry's Location headers lead through the proxy.
    const onward = forward({ hostname, port, method, path, headers: incoming.headers })
    let seen = 0
    incoming.on('data', (chunk: Buffer) => {
      seen += chunk.length
      traffic.sent += chunk.length
      if (hit?.fault.breakAfter !== undefined && seen >= hit.fault.breakAfter) {
        onward.destroy()
        incoming.socket.destroy()
        return
      }
      if (!onward.write(chunk)) {
        incoming.pause()
        onward.once('drain', () => incoming.resume())
      }
    })
    incoming.on('end', () => onward.end())
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.on('data', (chunk: Buffer) => (traffic.received += chunk.length))
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
  }

  const server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    traffic,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? Infinity }),
    heal: () => void faults.splice(0),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
