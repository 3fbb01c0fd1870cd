/**
 * A gate before a registry or a store: what passes is the real thing's, and a rule holds a request, answers in its
 * place or cuts off what is sent. A phase of a run is held open by it for as long as a test needs.
 */
import { createHash } from 'node:crypto'
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  /** Decoded, with the query. */
  readonly path: string
  readonly range: string | undefined
  /** Header of a copy within the store, of either API. */
  readonly isCopy: boolean
}

export type Fate =
  /** No answer, and nothing passes. */
  | 'hold'
  /** It is carried out, and nobody is told. */
  | 'hold-answer'
  | { readonly status: number }
  /** A page of a proxy, with status 200. */
  | { readonly page: string }
  /** The answer stands still after so many bytes. */
  | { readonly stallAfter: number }
  /** Only so many bytes of the body are passed on, and the sender is told that all came. */
  | { readonly truncateTo: number }

export interface Rule {
  readonly when: (asked: Asked) => boolean
  readonly fate: Fate
  /** How often; then it is over. Default: for ever. */
  readonly times?: number
}

export interface Gate extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly host: string
  readonly requests: readonly Asked[]
  /** Resolves when the rule has first taken hold. */
  rule(rule: Rule): Promise<void>
  /** Rules are over, and what they hold is broken off. */
  open(): void
}

interface Active extends Rule {
  left: number
  readonly reached: () => void
}

/** @param target `127.0.0.1:PORT` of the real thing; it sees the gate's Host, and so names the gate in its answers. */
export async function startGate(target: string): Promise<Gate> {
  const [hostname = '', port = ''] = target.split(':')
  const requests: Asked[] = []
  let rules: Active[] = []
  const held = new Set<ServerResponse>()

  const pass = (incoming: IncomingMessage, outgoing: ServerResponse, rule: Active | undefined): void => {
    const fate = rule?.fate
    const { method, url: path, headers } = incoming
    const cut = typeof fate === 'object' && 'truncateTo' in fate ? fate.truncateTo : undefined
    // With the sum of the whole in it the store would refuse the part.
    const others = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'etag'))
    const onward = send({
      hostname,
      port,
      method,
      path,
      agent: false,
      headers: cut === undefined ? headers : { ...others, 'content-length': cut }
    })
    let md5 = ''
    onward.on('response', (answer) => {
      if (fate === 'hold-answer') {
        answer.resume()
        answer.on('end', () => rule?.reached())
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, {
        ...answer.headers,
        ...(cut === undefined ? {} : { etag: md5 })
      })
      if (typeof fate === 'object' && 'stallAfter' in fate) stall(answer, outgoing, fate.stallAfter, rule)
      else answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    if (cut === undefined) return void incoming.pipe(onward)
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks)
      md5 = createHash('md5').update(body).digest('hex')
      onward.end(body.subarray(0, cut))
      rule?.reached()
    })
  }

  const server = createServer((incoming, outgoing) => {
    const asked: Asked = {
      method: incoming.method ?? 'GET',
      path: decodeURIComponent(incoming.url ?? '/'),
      range: incoming.headers.range,
      isCopy: incoming.method === 'COPY' || 'x-amz-copy-source' in incoming.headers
    }
    requests.push(asked)
    const rule = rules.find((one) => one.left > 0 && one.when(asked))
    if (rule === undefined) return pass(incoming, outgoing, undefined)
    rule.left--
    held.add(outgoing)
    outgoing.on('close', () => held.delete(outgoing))
    const { fate } = rule
    if (fate === 'hold') return rule.reached()
    if (typeof fate === 'string' || 'stallAfter' in fate || 'truncateTo' in fate)
      return pass(incoming, outgoing, rule)
    incoming.resume()
    if ('page' in fate) outgoing.writeHead(200, { 'content-type': 'text/html' }).end(fate.page)
    else outgoing.writeHead(fate.status).end()
    rule.reached()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const open = (): void => {
    rules = []
    for (const response of held) response.destroy()
  }
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    rule: async (rule) =>
      await new Promise<void>((reached) => rules.push({ ...rule, left: rule.times ?? Infinity, reached })),
    open,
    async [Symbol.asyncDispose]() {
      open()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}

function stall(answer: IncomingMessage, outgoing: ServerResponse, bytes: number, rule?: Active): void {
  let left = bytes
  answer.on('data', (chunk: Buffer) => {
    outgoing.write(chunk.subarray(0, left))
    left -= chunk.length
    if (left > 0) return
    answer.pause()
    rule?.reached()
  })
  answer.on('end', () => outgoing.end())
}
