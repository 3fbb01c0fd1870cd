import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, describe, expect, test } from '@jest/globals'

import { createHttp } from '../../http/index.ts'
import { silentLog as log, stillClock as clock } from '../../../testbed/ports.ts'
import { createDoubt, probe, rangeReader, segmentsOf, type Probe } from '../index.ts'

const http = createHttp({ userAgent: 'test' })
let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.simg`
}

const ask = async (url: string): Promise<Probe> => await probe(url, { http, clock, log, timeoutMs: 300 })
const bytes = Buffer.alloc(1000, 'x')

describe('probe', () => {
  test('a range: its bytes, the size of the whole, the SHA-256 that was written with it', async () => {
    const seen: unknown[] = []
    const url = await serve((request, response) => {
      seen.push([request.method, request.headers.range])
      response.writeHead(206, {
        'content-range': 'bytes 0-127/1000',
        'x-object-meta-sha256': 'ab'.repeat(32)
      })
      response.end(bytes.subarray(0, 128))
    })
    expect(await ask(url)).toEqual({
      state: 'present',
      bytes: 1000,
      head: bytes.subarray(0, 128),
      sha256: 'ab'.repeat(32)
    })
    expect(seen).toEqual([['GET', 'bytes=0-127']])
  })

  test('a server that knows no ranges: the first bytes are enough', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-length': 1000 }).end(bytes)
    )
    expect(await ask(url)).toEqual({ state: 'present', bytes: 1000, head: bytes.subarray(0, 128) })
  })

  test.each([
    [404, { state: 'missing' }],
    [410, { state: 'missing' }],
    [401, { state: 'unreadable', status: 401 }],
    [403, { state: 'unreadable', status: 403 }],
    [409, { state: 'unreadable', status: 409 }]
  ])('%i', async (status, expected) => {
    const url = await serve((_request, response) => response.writeHead(status).end())
    expect(await ask(url)).toEqual(expected)
  })

  test('an empty object', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(416, { 'content-range': 'bytes */0' }).end()
    )
    expect(await ask(url)).toEqual({ state: 'present', bytes: 0, head: Buffer.alloc(0) })
  })

  test('HEAD says 200 and GET says 401: the GET counts', async () => {
    const url = await serve((request, response) =>
      response.writeHead(request.method === 'HEAD' ? 200 : 401).end()
    )
    expect(await ask(url)).toEqual({ state: 'unreadable', status: 401 })
  })

  test('503 is tried again, and what comes then counts', async () => {
    let count = 0
    const url = await serve((_request, response) => response.writeHead(++count < 3 ? 503 : 404).end())
    expect(await ask(url)).toEqual({ state: 'missing' })
    expect(count).toBe(3)
  })

  test.each<[string, RequestListener]>([
    ['503 for ever', (_request, response) => response.writeHead(503).end()],
    ['a reset', (request) => request.socket.destroy()],
    ['silence', () => undefined],
    ['a redirect', (_request, response) => response.writeHead(302, { location: '/login' }).end()]
  ])('%s is unknown, never missing', async (_title, listener) => {
    expect(await ask(await serve(listener))).toMatchObject({ state: 'unknown' })
  })

  test('a port where nobody listens is unknown', async () => {
    expect(await ask('http://127.0.0.1:9/x.simg')).toMatchObject({ state: 'unknown' })
  })
})

describe('createDoubt', () => {
  const closed: Probe = { state: 'unreadable', status: 403 }
  const options = { http, clock, log, timeoutMs: 300 }

  test.each<[string, number, unknown]>([
    ['403 of what nobody has: it says nothing', 403, { state: 'unknown', withheld: true }],
    ['404 of what nobody has: the object is private', 404, closed],
    ['401 of what nobody has: not the same answer', 401, closed],
    ['no answer', 503, { state: 'unknown' }]
  ])('%s', async (_title, status, expected) => {
    let count = 0
    const url = await serve((_request, response) => {
      count++
      response.writeHead(status).end()
    })
    const doubt = createDoubt(url, options)
    expect(await Promise.all([doubt(closed), doubt(closed)])).toMatchObject([expected, expected])
    // Once for the store; 503 is tried again.
    expect(count).toBe(status === 503 ? 4 : 1)
  })

  test('asks for nothing where there is no doubt', async () => {
    let count = 0
    const url = await serve((_request, response) => {
      count++
      response.writeHead(403).end()
    })
    const doubt = createDoubt(url, options)
    for (const seen of [{ state: 'missing' }, { state: 'unreadable', status: 401 }] as const)
      expect(await doubt(seen)).toEqual(seen)
    expect(count).toBe(0)
  })
})

describe('segmentsOf', () => {
  const made = async (listener: RequestListener): Promise<readonly string[] | undefined> =>
    await segmentsOf(await serve(listener), { http, clock, log, timeoutMs: 300 })

  test.each<[string, RequestListener, readonly string[] | undefined]>([
    [
      'a dynamic one names where its segments lie',
      (_, response) => response.writeHead(200, { 'x-object-manifest': 'c_segments/x%20y.simg/1/' }).end(),
      ['c_segments/x y.simg/1']
    ],
    [
      'a static one lists them',
      (request, response) => {
        const told = request.url?.endsWith('?multipart-manifest=get') === true
        response.writeHead(200, { 'x-static-large-object': 'True' })
        response.end(told ? JSON.stringify([{ name: '/c_segments/x/1' }, { name: '/c_segments/x/2' }]) : '')
      },
      ['c_segments/x/1', 'c_segments/x/2']
    ],
    ['one in a single piece has none', (_, response) => response.writeHead(200).end(), []],
    [
      'one that is not at this address may be at another',
      (_, response) => response.writeHead(404).end(),
      undefined
    ],
    ['one that is closed could have any', (_, response) => response.writeHead(401).end(), undefined],
    ['no answer says nothing', (_, response) => response.writeHead(503).end(), undefined],
    [
      'nor does a list that is none',
      (_, response) => response.writeHead(200, { 'x-static-large-object': 'True' }).end('<html>'),
      undefined
    ]
  ])('%s', async (_title, listener, expected) => {
    expect(await made(listener)).toEqual(expected)
  })
})

describe('rangeReader', () => {
  test('reads ranges, and refuses a server that sends everything', async () => {
    let status = 206
    const url = await serve((request, response) => {
      const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []
      response.writeHead(status).end(bytes.subarray(Number(from), Number(to) + 1))
    })
    const read = rangeReader(url, { http, clock, log, timeoutMs: 300 })
    expect((await read(990, 100)).length).toBe(10)
    expect((await read(5, 0)).length).toBe(0)
    status = 200
    await expect(read(0, 10)).rejects.toThrow('HTTP 200')
  })
})
