import { createHash, randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { createHttp } from '../../http/index.ts'
import type { Log } from '../../ports/index.ts'
import { anonymous, createRegistry, type Registry } from '../index.ts'
import { startFakeRegistry, type FakeRegistry } from './fake-registry.ts'

const bytes = randomBytes(300_000)
const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const descriptor = { digest, size: bytes.length }

let fake: FakeRegistry
let registry: Registry
let pauses: number[]
let ranges: (string | undefined)[]
const http = createHttp({ userAgent: 'test' })

beforeEach(async () => {
  fake = await startFakeRegistry({ auth: 'none' })
  pauses = []
  ranges = []
  registry = createRegistry({
    http,
    clock: {
      now: () => Date.now(),
      sleep: async (ms) => {
        await Promise.resolve()
        pauses.push(ms)
      }
    },
    log: { debug: () => undefined } as unknown as Log,
    credentials: anonymous
  })
})
afterEach(async () => {
  http.close()
  await fake[Symbol.asyncDispose]()
})

/** How the registry answers the first, second … request for the blob; the last one again and again. */
function answers(...all: readonly ((from: number, response: ServerResponse) => void)[]): void {
  let next = 0
  fake.intercept = (request, response) => {
    if (request.url?.includes('/blobs/') !== true) return false
    ranges.push(request.headers.range)
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    all[Math.min(next++, all.length - 1)]?.(from, response)
    return true
  }
}
const head = (from: number, response: ServerResponse): void => {
  response.writeHead(from === 0 ? 200 : 206, {
    'content-length': bytes.length - from,
    ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` })
  })
}
/** So many bytes, then the connection is gone. */
const breakAfter =
  (count: number) =>
  (from: number, response: ServerResponse): void => {
    head(from, response)
    response.write(bytes.subarray(from, from + count), () => setTimeout(() => response.destroy(), 20))
  }
const whole = (from: number, response: ServerResponse): void => {
  head(from, response)
  response.end(bytes.subarray(from))
}

async function read(wanted = descriptor): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const piece of registry.readBlob({ host: fake.host, path: 'vnmd/x' }, wanted)) parts.push(piece)
  return Buffer.concat(parts)
}

describe('a blob in pieces', () => {
  test('over one connection', async () => {
    answers(whole)
    expect((await read()).equals(bytes)).toBe(true)
    expect(ranges).toEqual([undefined])
  })

  test('goes on where the connection broke, as often as something came', async () => {
    const breaks = Array.from({ length: 9 }, () => breakAfter(30_000))
    answers(...breaks, whole)
    expect((await read()).equals(bytes)).toBe(true)
    expect(ranges).toEqual([undefined, ...breaks.map((_none, index) => `bytes=${(index + 1) * 30_000}-`)])
    expect(pauses).toEqual(breaks.map(() => 500))
  })

  test('from a registry that does not know Range', async () => {
    answers(breakAfter(100_000), (_from, response) => {
      response.writeHead(200, { 'content-length': bytes.length })
      response.end(bytes)
    })
    expect((await read()).equals(bytes)).toBe(true)
  })

  test('gives up when nothing comes any more, after longer and longer pauses', async () => {
    answers(breakAfter(1000), breakAfter(0))
    await expect(read()).rejects.toMatchObject({
      name: 'TransientError',
      message: /from byte 1000: still failing/
    })
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000])
  })

  test('waits and asks again when the registry is busy', async () => {
    answers(breakAfter(1000), (_from, response) => response.writeHead(503).end(), whole)
    expect((await read()).equals(bytes)).toBe(true)
    expect(ranges).toEqual([undefined, 'bytes=1000-', 'bytes=1000-'])
  })
})

describe('other bytes than were promised', () => {
  test('of the right length', async () => {
    const other = Buffer.from(bytes)
    other[200_000] = (other[200_000] ?? 0) ^ 1
    answers((_from, response) => response.writeHead(200, { 'content-length': other.length }).end(other))
    await expect(read()).rejects.toMatchObject({ name: 'ManifestError', message: /sent other bytes/ })
  })

  test('in the second part alone', async () => {
    answers(breakAfter(100_000), (from, response) => {
      head(from, response)
      response.end(Buffer.alloc(bytes.length - from))
    })
    await expect(read()).rejects.toMatchObject({ name: 'ManifestError', message: /sent other bytes/ })
  })

  test('fewer: a blob that was cut off in the registry is not asked for again', async () => {
    answers((_from, response) =>
      response.writeHead(200, { 'content-length': 1000 }).end(bytes.subarray(0, 1000))
    )
    await expect(read()).rejects.toThrow(/has only 1000 of the 300000 bytes/)
    expect(ranges).toHaveLength(1)
  })

  test('more: reading stops there', async () => {
    answers(whole)
    await expect(read({ digest, size: 1000 })).rejects.toThrow(/more than the 1000 bytes/)
  })

  test('another part than was asked for', async () => {
    answers(breakAfter(1000), (_from, response) => {
      response.writeHead(206, { 'content-range': 'bytes 5-9/300000' }).end('12345')
    })
    await expect(read()).rejects.toThrow(/asked for bytes from 1000, the registry sent bytes 5-9/)
  })
})
