/** One copy of each catalog for a fleet, and servers that stall, drip or die while it is fetched. */
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { deflateSync } from 'node:zlib'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import pLimit from 'p-limit'

import { noCleanup, realClock as clock } from '../../../testbed/ports.ts'
import { createHttp } from '../../http/index.ts'
import type { Http } from '../../ports/index.ts'
import {
  CatalogLibrary,
  Endpoint,
  Unanswered,
  hashBytes,
  objectPath,
  readObject,
  type EndpointSettings,
  type Nested,
  type WantedObject
} from '../index.ts'

const BODY = deflateSync(Buffer.from('no database, but well compressed'.repeat(2000)))
const NESTED: Nested = {
  path: '',
  hash: { algorithm: 'sha1', hex: hashBytes('sha1', BODY) },
  size: undefined
}
const PATH = objectPath(NESTED.hash, 'catalog')

let folder: string
let http: Http & { close(): void }
const servers: Server[] = []
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'cvmfs-library-'))
  http = createHttp({ userAgent: 'neurodesk-ci/test' })
})
afterEach(async () => {
  http.close()
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
  await fs.rm(folder, { recursive: true, force: true })
})

async function serve(
  answer: (response: ServerResponse, count: number) => void
): Promise<{ base: string; count: () => number }> {
  let count = 0
  const server = createServer((_request, response) => answer(response, ++count))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { base: `http://127.0.0.1:${port}/cvmfs/x.example.org`, count: () => count }
}

function endpoint(base: string, settings: Partial<EndpointSettings> = {}): Endpoint {
  return new Endpoint({
    http,
    clock,
    base,
    timeoutMs: 400,
    retries: 0,
    maxParallel: 4,
    everywhere: pLimit(16),
    budgetMs: 60_000,
    ...settings
  })
}

function library(): CatalogLibrary {
  return new CatalogLibrary({
    fs,
    clock,
    cleanup: noCleanup,
    cacheFolder: path.join(folder, 'cache'),
    tempFolder: path.join(folder, 'temp')
  })
}

/** Sends the body in pieces. */
async function drip(
  response: ServerResponse,
  pieces: number,
  everyMs: number,
  body: Buffer = BODY
): Promise<void> {
  response.writeHead(200)
  const size = Math.ceil(body.length / pieces)
  for (let at = 0; at < body.length && !response.destroyed; at += size) {
    response.write(body.subarray(at, at + size))
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  response.end()
}

describe('a catalog that two servers could give', () => {
  test('is downloaded once while the download moves, however long it takes', async () => {
    // Longer than the patience with a download that does not move.
    const slow = await serve((response) => void drip(response, 10, 300))
    const other = await serve((response) => void response.end(BODY))
    const books = library()
    const [first, second] = await Promise.all([
      books.obtain(NESTED, endpoint(slow.base, { timeoutMs: 5_000 })),
      books.obtain(NESTED, endpoint(other.base))
    ])
    expect(first).toMatchObject({ storedSize: BODY.length, state: { state: 'present', hashed: true } })
    expect(second).toEqual({ storedSize: BODY.length, state: undefined })
    expect([slow.count(), other.count(), books.downloads]).toEqual([1, 0, 1])
  })

  test('is fetched from the other one when the first does not move', async () => {
    const stuck = await serve(() => undefined)
    const other = await serve((response) => void response.end(BODY))
    const books = library()
    const [first, second] = await Promise.all([
      books.obtain(NESTED, endpoint(stuck.base, { timeoutMs: 4_000 })),
      books.obtain(NESTED, endpoint(other.base))
    ])
    expect(first).toMatchObject({ state: 'unknown', timedOut: true })
    expect(second).toMatchObject({ storedSize: BODY.length, state: { state: 'present' } })
  })

  test('the next one tries when the first has it damaged', async () => {
    const bad = await serve((response) => void response.end(BODY.subarray(0, 20)))
    const other = await serve((response) => void response.end(BODY))
    const books = library()
    const [first, second] = await Promise.all([
      books.obtain(NESTED, endpoint(bad.base)),
      books.obtain(NESTED, endpoint(other.base))
    ])
    expect(first).toMatchObject({ state: 'bad', damage: 'truncated', size: 20, onlyCached: false })
    expect(second).toMatchObject({ storedSize: BODY.length })
    // Once plainly, once past the caches.
    expect(bad.count()).toBe(2)
  })

  test('what has the right hash and is no catalog is the publisher’s fault', async () => {
    const good = await serve((response) => void response.end(BODY))
    const books = library()
    await books.obtain(NESTED, endpoint(good.base))
    await expect(books.read(NESTED, () => undefined)).rejects.toMatchObject({ code: 'catalog-invalid' })
    await expect(books.read({ ...NESTED, size: 1000 }, () => undefined)).rejects.toThrow(
      /more than 1000 bytes/
    )
    expect(await fs.readdir(path.join(folder, 'temp'))).toEqual([])
  })

  test('what nobody has used for a month goes; what is not a catalog as well', async () => {
    const cache = path.join(folder, 'cache')
    await fs.mkdir(cache)
    const old = new Date(Date.now() - 40 * 86_400_000)
    for (const name of ['a'.repeat(40), 'left.part', 'b'.repeat(40)]) {
      await fs.writeFile(path.join(cache, name), 'x')
      if (!name.startsWith('b')) await fs.utimes(path.join(cache, name), old, old)
    }
    await library().close()
    expect(await fs.readdir(cache)).toEqual(['b'.repeat(40)])
  })
})

describe('a large object', () => {
  const large = deflateSync(randomBytes(3_000_000))
  const wanted: WantedObject = {
    hash: { algorithm: 'sha1', hex: hashBytes('sha1', large) },
    kind: 'chunk',
    stored: 'zlib',
    plainSize: 3_000_000
  }

  test('may take longer than a time-out, as long as it moves', async () => {
    const { base } = await serve((response) => void drip(response, 8, 150, large))
    const state = await readObject(endpoint(base), wanted)
    expect(state).toMatchObject({ state: 'present', storedSize: large.length, hashed: true })
  })

  test('that is very large is hashed as it comes', async () => {
    const huge = Buffer.alloc(40 * 1024 * 1024, 'x')
    const plain: WantedObject = {
      hash: { algorithm: 'sha1', hex: hashBytes('sha1', huge) },
      kind: 'file',
      stored: 'plain',
      plainSize: huge.length
    }
    let body = huge
    const { base } = await serve((response) => void response.end(body))
    const one = endpoint(base, { timeoutMs: 5_000 })
    const state = await readObject(one, plain)
    expect(state).toEqual({ state: 'present', storedSize: huge.length, hashed: true })
    body = huge.subarray(0, 36 * 1024 * 1024)
    expect(await readObject(one, plain)).toMatchObject({ state: 'bad', damage: 'truncated' })
    body = Buffer.concat([huge.subarray(1), Buffer.from('y')])
    expect(await readObject(one, plain)).toMatchObject({ state: 'bad', damage: 'altered' })
  })

  test('without an end is too large', async () => {
    const { base } = await serve((response) => {
      response.writeHead(200)
      const more = (): void => {
        while (!response.destroyed && response.write(large));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    expect(await readObject(endpoint(base), wanted)).toMatchObject({ state: 'bad', damage: 'oversized' })
  })
})

describe('a server', () => {
  const whole = async (one: Endpoint): Promise<number> =>
    await one.pour(PATH, {}, async (_head, pieces) => {
      let size = 0
      for await (const piece of pieces) size += piece.length
      return size
    })

  test('whose body comes byte by byte is stalled, though it never stops', async () => {
    const { base } = await serve((response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(timer))
    })
    const started = performance.now()
    await expect(whole(endpoint(base))).rejects.toMatchObject({ name: 'Unanswered', kind: 'timeout' })
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  test('whose body breaks off gave no answer, and is asked again', async () => {
    const { base, count } = await serve((response, number) => {
      if (number > 1) return void response.end(BODY)
      response.writeHead(200, { 'content-length': BODY.length })
      response.write(BODY.subarray(0, 10), () => response.destroy())
    })
    expect(await whole(endpoint(base, { retries: 1 }))).toBe(BODY.length)
    expect(count()).toBe(2)
    const broken = await serve((response) => {
      response.writeHead(200, { 'content-length': BODY.length })
      response.write(BODY.subarray(0, 10), () => response.destroy())
    })
    await expect(whole(endpoint(broken.base))).rejects.toMatchObject({ name: 'Unanswered', kind: 'reset' })
  })

  test('that is overloaded is asked again, and then told with its status', async () => {
    const { base, count } = await serve(
      (response, number) => void response.writeHead(number < 3 ? 503 : 200).end('ok')
    )
    expect((await endpoint(base, { retries: 1 }).ask(PATH)).status).toBe(503)
    expect((await endpoint(base, { retries: 1 }).ask(PATH)).status).toBe(200)
    expect(count()).toBe(3)
  })

  test('that never answers is left alone after five requests', async () => {
    const { base, count } = await serve(() => undefined)
    const one = endpoint(base, { timeoutMs: 30 })
    const kinds: string[] = []
    for (let index = 0; index < 8; index++) {
      const error = await one.ask(PATH).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(Unanswered)
      kinds.push((error as Unanswered).kind)
    }
    expect(kinds).toEqual([...(new Array(5).fill('timeout') as string[]), 'gave-up', 'gave-up', 'gave-up'])
    expect(count()).toBe(5)
  })

  test('that uses up its time is not asked any more', async () => {
    const { base, count } = await serve((response) => void setTimeout(() => response.end('ok'), 60))
    const one = endpoint(base, { budgetMs: 100 })
    await one.ask(PATH)
    await one.ask(PATH)
    await expect(one.ask(PATH)).rejects.toMatchObject({ kind: 'too-slow' })
    expect(count()).toBe(2)
  })

  test('a body above its limit is an answer, and no sign of a dead server', async () => {
    const { base } = await serve((response) => void response.end(Buffer.alloc(5000)))
    const one = endpoint(base)
    for (let index = 0; index < 8; index++) {
      await expect(one.ask(PATH, { maxBytes: 100 })).rejects.toMatchObject({ kind: 'too-large' })
    }
  })

  test('requests and answers are counted', async () => {
    const { base } = await serve((response) => void response.setHeader('x-cache', 'HIT').end('12345'))
    const one = endpoint(base)
    expect(one.cached).toBe(false)
    await Promise.all([one.ask(PATH), one.ask(PATH)])
    expect([one.requests, one.bytes, one.latencies.length, one.cached]).toEqual([2, 10, 2, true])
  })
})
