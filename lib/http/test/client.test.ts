import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { createHttp, expectStatus, HttpError, HttpStatusError, type HttpErrorKind } from '../index.ts'

const client = createHttp({ userAgent: 'neurodesk-ci/test' })
let base = ''
const connections = new Set<number>()
const server = http.createServer((request, response) => {
  connections.add(request.socket.remotePort ?? 0)
  const url = new URL(request.url ?? '/', 'http://x')
  if (url.pathname === '/echo') {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('x-twice', ['a', 'b'])
      response.end(
        JSON.stringify({
          method: request.method,
          headers: request.headers,
          body: Buffer.concat(chunks).toString()
        })
      )
    })
  } else if (url.pathname === '/endless') {
    const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1)
    response.on('close', () => clearInterval(timer))
  } else if (url.pathname === '/drip') {
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  } else if (url.pathname === '/cut') {
    response.writeHead(200, { 'content-length': '100' })
    response.write('only this')
    setTimeout(() => response.destroy(), 10)
  } else if (url.pathname === '/redirect') {
    response.writeHead(302, { location: '/echo' }).end()
  } else if (url.pathname === '/silent') {
    // no answer at all
  } else {
    response.writeHead(404).end('<html>not\n here</html>')
  }
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  client.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function kindOf(run: Promise<unknown>): Promise<HttpErrorKind | 'none'> {
  try {
    await run
  } catch (error) {
    if (error instanceof HttpError) return error.kind
    throw error
  }
  return 'none'
}

describe('request', () => {
  test('names itself, joins repeated headers, keeps the connection', async () => {
    const before = connections.size
    for (let round = 0; round < 5; round++) {
      const response = await client.request(`${base}/echo`, {
        method: 'PUT',
        body: 'text',
        headers: { 'X-Own': '1' }
      })
      const seen = JSON.parse(response.body.toString()) as { headers: Record<string, string>; body: string }
      expect(seen).toMatchObject({
        method: 'PUT',
        body: 'text',
        headers: { 'user-agent': 'neurodesk-ci/test', 'x-own': '1' }
      })
      expect(response.headers['x-twice']).toBe('a, b')
      expect(response.remoteAddress).toBe('127.0.0.1')
      expect(response.latencyMs).toBeGreaterThan(0)
    }
    expect(connections.size).toBe(before + 1)
  })

  test('does not follow redirects', async () => {
    expect((await client.request(`${base}/redirect`)).status).toBe(302)
  })

  test('sends a stream', async () => {
    const response = await client.request(`${base}/echo`, { method: 'POST', body: Readable.from(['a', 'b']) })
    expect(JSON.parse(response.body.toString())).toMatchObject({ body: 'ab' })
  })

  test('connects to a given address and keeps Host', async () => {
    const port = new URL(base).port
    const response = await client.request(`http://replica.example:${port}/echo`, { address: '127.0.0.1' })
    expect(JSON.parse(response.body.toString())).toMatchObject({
      headers: { host: `replica.example:${port}` }
    })
  })

  test('goes through a forward proxy with the whole URL', async () => {
    const response = await client.request('http://far.example/echo', { proxy: base })
    expect(JSON.parse(response.body.toString())).toMatchObject({ headers: { host: 'far.example' } })
  })

  test.each([
    ['/endless', { maxBytes: 1_000_000 }, 'too-large'],
    ['/drip', { timeoutMs: 300 }, 'timeout'],
    ['/silent', { timeoutMs: 200 }, 'timeout'],
    ['/cut', {}, 'reset']
  ] as const)('%s ends in an error, not in a stall', async (path, options, kind) => {
    expect(await kindOf(client.request(base + path, options))).toBe(kind)
  })

  test('tells refused, unknown host and unsupported apart', async () => {
    expect(await kindOf(client.request('http://127.0.0.1:1/'))).toBe('refused')
    expect(await kindOf(client.request('http://no-such-host.invalid/'))).toBe('dns')
    expect(await kindOf(client.request('ftp://x/'))).toBe('unsupported')
    expect(await kindOf(client.request('nonsense'))).toBe('unsupported')
  })

  test('an error never shows user, password or query', async () => {
    await expect(client.request('http://user:hunter2@127.0.0.1:1/x?token=hunter2')).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') })
    )
  })

  test('is cancelled by a signal', async () => {
    const controller = new AbortController()
    const run = kindOf(client.request(`${base}/silent`, { signal: controller.signal }))
    controller.abort()
    expect(await run).toBe('cancelled')
  })

  test('expectStatus keeps what the server said', async () => {
    const response = await client.request(`${base}/nowhere`)
    expect(() => expectStatus(response)).toThrow(HttpStatusError)
    expect(() => expectStatus(response)).toThrow('HTTP 404: <html>not here</html>')
    expect(expectStatus(response, [404])).toBe(response)
  })
})
