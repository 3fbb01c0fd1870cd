/**
 * An object store in a folder: rclone's local backend, with a web server before it for the public URL. What Swift
 * and S3 do beyond that is tested against swift.ts.
 */
import { createReadStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { clearEstate, createEstate } from './estate.ts'

export interface StoreService extends AsyncDisposable {
  /** The objects, by name. */
  readonly folder: string
  /** rclone's name for it. */
  readonly remote: string
  /** Where anybody can GET and HEAD the objects, with ranges; no `/` at the end. */
  readonly publicUrl: string
  /** Every request so far. */
  readonly requests: readonly StoreRequest[]
  /**
   * Answers in place of the server from now on, by object name: a status, a page with status 200, or `hang` for none
   * at all. `*` stands for every object.
   */
  readonly faults: Map<string, number | 'hang' | { readonly page: string }>
}

export interface StoreRequest {
  readonly method: string
  readonly name: string
  readonly range: string | undefined
  readonly status: number
}

/** Ready when it resolves; a free port of 127.0.0.1. */
export async function localStore(): Promise<StoreService> {
  const estate = await createEstate('store')
  const folder = join(estate.folder, 'objects')
  await mkdir(folder)
  const requests: StoreRequest[] = []
  const faults: StoreService['faults'] = new Map()
  const server = createServer((request, response) => {
    const name = objectName(request.url ?? '/')
    response.on('close', () =>
      requests.push({
        method: request.method ?? '',
        name: name ?? '',
        range: request.headers.range,
        status: response.headersSent ? response.statusCode : 0
      })
    )
    const fault = faults.get(name ?? '') ?? faults.get('*')
    if (fault === 'hang') return
    if (typeof fault === 'number') return void response.writeHead(fault).end()
    if (fault !== undefined) return void response.setHeader('content-type', 'text/html').end(fault.page)
    answer(folder, name, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Tests end without it being closed when they fail; it must not keep their process alive.
  server.unref()
  return {
    folder,
    remote: `:local:${folder}`,
    publicUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await clearEstate(estate)
    }
  }
}

/** Undefined for what is no name below the folder. */
function objectName(url: string): string | undefined {
  try {
    const name = decodeURIComponent(new URL(url, 'http://store').pathname).slice(1)
    return name === '' || name.includes('\0') || normalize(name) !== name || name.startsWith('..')
      ? undefined
      : name
  } catch {
    return undefined
  }
}

async function answer(
  folder: string,
  name: string | undefined,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const path = name === undefined ? undefined : join(folder, name)
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined)
  if (path === undefined || found === undefined || !found.isFile()) {
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end(request.method === 'HEAD' ? '' : 'Not Found\n')
    return
  }
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'last-modified': found.mtime.toUTCString(),
    etag: `"${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`
  }
  const range = readRange(request.headers.range, found.size)
  if (range === 'impossible') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${found.size}` }).end()
    return
  }
  const { start, end } = range ?? { start: 0, end: found.size - 1 }
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    'content-length': end - start + 1,
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${found.size}` })
  })
  if (request.method === 'HEAD' || found.size === 0) {
    response.end()
    return
  }
  await pipeline(createReadStream(path, { start, end }), response)
}

/** One range of bytes (RFC 9110, 14.1.2); several or other units are answered with the whole, as is allowed. */
export function readRange(
  header: string | undefined,
  size: number
): { readonly start: number; readonly end: number } | 'impossible' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'impossible' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  if (start >= size) return 'impossible'
  if (last !== '' && Number(last) < start) return undefined
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}
