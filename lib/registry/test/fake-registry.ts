/**
 * A registry in memory that asks for tokens, redirects blobs to another origin and can be made to misbehave: what
 * real registries do and the one of the testbed does not.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeRegistry extends AsyncDisposable {
  readonly host: string
  readonly blobs: Map<string, Buffer>
  readonly manifests: Map<string, { body: Buffer; type: string }>
  /** `METHOD path`, with the Authorization header's first word. */
  readonly requests: { readonly method: string; readonly path: string; readonly authorization: string }[]
  /** Requests for tokens, with what they asked. */
  readonly tokenRequests: {
    readonly method: string
    readonly query: URLSearchParams
    readonly body: string
    readonly authorization: string
  }[]
  /** What the content network saw. */
  readonly cdnRequests: { readonly authorization: string | undefined }[]
  /** Returns true when it has answered. */
  intercept:
    | ((
        request: IncomingMessage,
        response: ServerResponse,
        body: () => Promise<Buffer>
      ) => Promise<boolean> | boolean)
    | undefined
  /** Lets every token that was given so far be refused. */
  expireTokens(): void
  readonly options: FakeOptions
}

export interface FakeOptions {
  auth?: 'none' | 'token' | 'basic'
  username?: string
  password?: string
  identityToken?: string
  tokenLifeSeconds?: number
  /** Where the token is to be had; default: the registry itself. */
  realm?: string
  redirectBlobs?: boolean
  /** Breaks the connection of so many PATCH requests, each after so many bytes. */
  breaks?: { times: number; readonly afterBytes: number }
  /** HEAD of a manifest tells neither digest nor length. */
  terseHead?: boolean
}

export async function startFakeRegistry(options: FakeOptions = {}): Promise<FakeRegistry> {
  const blobs = new Map<string, Buffer>()
  const manifests = new Map<string, { body: Buffer; type: string }>()
  const uploads = new Map<string, Buffer>()
  const requests: FakeRegistry['requests'] = []
  const tokenRequests: FakeRegistry['tokenRequests'] = []
  const cdnRequests: FakeRegistry['cdnRequests'] = []
  const tokens = new Map<string, string>()

  const cdn = createServer((request, response) => {
    cdnRequests.push({ authorization: request.headers.authorization })
    const blob = blobs.get(decodeURIComponent(request.url ?? '').slice(1))
    response.writeHead(blob === undefined ? 404 : 200).end(blob)
  })
  const cdnHost = await listen(cdn)

  const token = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const body = (await read(request)).toString()
    const authorization = request.headers.authorization ?? ''
    tokenRequests.push({ method: request.method ?? '', query: url.searchParams, body, authorization })
    const basic = `Basic ${Buffer.from(`${options.username ?? ''}:${options.password ?? ''}`).toString('base64')}`
    const form = new URLSearchParams(body)
    const known =
      request.method === 'POST'
        ? form.get('refresh_token') === options.identityToken
        : options.username === undefined || authorization === basic
    if (!known && authorization !== '') {
      response.writeHead(401).end('{"details":"incorrect username or password"}')
      return
    }
    const scopes = (
      request.method === 'POST' ? (form.get('scope') ?? '').split(' ') : url.searchParams.getAll('scope')
    ).join(' ')
    const granted = known ? scopes : scopes.replace(':pull,push', ':pull')
    const value = randomUUID()
    tokens.set(value, granted)
    response.end(JSON.stringify({ token: value, expires_in: options.tokenLifeSeconds ?? 300 }))
  }

  const server = createServer(
    (request, response) =>
      void handle(request, response).catch((error: unknown) => response.destroy(error as Error))
  )
  const host = await listen(server)

  const isAllowed = (request: IncomingMessage, url: URL): boolean => {
    const authorization = request.headers.authorization ?? ''
    if (options.auth === 'basic') {
      return (
        authorization ===
        `Basic ${Buffer.from(`${options.username ?? ''}:${options.password ?? ''}`).toString('base64')}`
      )
    }
    if (options.auth !== 'token') return true
    const granted = tokens.get(authorization.replace('Bearer ', '')) ?? ''
    const path = /^\/v2\/(.+?)\/(?:manifests|blobs|tags)\//.exec(url.pathname)?.[1] ?? ''
    const needs = request.method === 'GET' || request.method === 'HEAD' ? 'pull' : 'pull,push'
    return granted
      .split(' ')
      .some((scope) => scope.startsWith(`repository:${path}:`) && (needs === 'pull' || scope.endsWith(needs)))
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', `http://${host}`)
    const method = request.method ?? 'GET'
    if (url.pathname === '/token') return await token(request, response, url)
    requests.push({
      method,
      path: url.pathname,
      authorization: (request.headers.authorization ?? '').split(' ')[0] ?? ''
    })
    let body: Promise<Buffer> | undefined
    if ((await fake.intercept?.(request, response, () => (body ??= read(request)))) === true) return
    if (!isAllowed(request, url)) {
      const realm = options.realm ?? `http://${host}/token`
      const challenge =
        options.auth === 'basic'
          ? 'Basic realm="fake"'
          : `Bearer realm="${realm}",service="fake",scope="repository:x:pull"`
      response.writeHead(401, { 'www-authenticate': challenge }).end('{"errors":[{"code":"UNAUTHORIZED"}]}')
      return
    }
    const [, name = '', kind = '', rest = ''] =
      /^\/v2\/(.+?)\/(manifests|blobs|tags)\/(.*)$/.exec(url.pathname) ?? []
    if (kind === 'manifests') return await manifest(request, response, name, rest)
    if (kind === 'blobs' && rest.startsWith('uploads/'))
      return await upload(request, response, name, rest, url, () => (body ??= read(request)))
    if (kind === 'blobs') return blob(request, response, rest)
    response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}')
  }

  const manifest = async (
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    reference: string
  ): Promise<void> => {
    if (request.method === 'PUT') {
      const body = await read(request)
      const entry = { body, type: request.headers['content-type'] ?? '' }
      manifests.set(`${name}@${digest(body)}`, entry)
      manifests.set(`${name}@${reference}`, entry)
      response.writeHead(201, { 'docker-content-digest': digest(body) }).end()
      return
    }
    const found = manifests.get(`${name}@${reference}`)
    if (found === undefined) {
      response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
      return
    }
    const isHead = request.method === 'HEAD'
    if (isHead && options.terseHead === true) {
      response.writeHead(200, { 'content-type': found.type }).end()
      return
    }
    response.writeHead(200, {
      'content-type': found.type,
      'docker-content-digest': digest(found.body),
      'content-length': found.body.length
    })
    response.end(isHead ? undefined : found.body)
  }

  const blob = (request: IncomingMessage, response: ServerResponse, wanted: string): void => {
    const found = blobs.get(wanted)
    if (found === undefined) response.writeHead(404).end('{"errors":[{"code":"BLOB_UNKNOWN"}]}')
    else if (request.method === 'HEAD') response.writeHead(200, { 'content-length': found.length }).end()
    else if (options.redirectBlobs === true)
      response.writeHead(307, { location: `http://${cdnHost}/${encodeURIComponent(wanted)}` }).end()
    else {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      response
        .writeHead(from > 0 ? 206 : 200, { 'content-length': found.length - from })
        .end(found.subarray(from))
    }
  }

  const upload = async (
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    rest: string,
    url: URL,
    body: () => Promise<Buffer>
  ): Promise<void> => {
    const id = rest.slice('uploads/'.length)
    const location = (upload: string): string => `/v2/${name}/blobs/uploads/${upload}?state=x`
    if (request.method === 'POST') {
      const mount = url.searchParams.get('mount')
      if (mount !== null && blobs.has(mount)) response.writeHead(201).end()
      else {
        const made = randomUUID()
        uploads.set(made, Buffer.alloc(0))
        response.writeHead(202, { location: location(made) }).end()
      }
      return
    }
    const so = uploads.get(id)
    if (so === undefined) {
      response.writeHead(404).end('{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"}]}')
      return
    }
    if (request.method === 'GET') {
      response.writeHead(204, { location: location(id), range: `0-${Math.max(0, so.length - 1)}` }).end()
    } else if (request.method === 'PATCH') {
      const parts: Buffer[] = [so]
      const { breaks } = options
      const breakAfter = breaks !== undefined && breaks.times-- > 0 ? breaks.afterBytes : Infinity
      let seen = 0
      request.on('data', (chunk: Buffer) => {
        parts.push(chunk)
        uploads.set(id, Buffer.concat(parts))
        seen += chunk.length
        if (seen > breakAfter) request.socket.destroy()
      })
      await body().catch(() => undefined)
      response.writeHead(202, { location: location(id) }).end()
    } else if (request.method === 'DELETE') {
      uploads.delete(id)
      response.writeHead(204).end()
    } else {
      const wanted = url.searchParams.get('digest') ?? ''
      if (digest(so) !== wanted) response.writeHead(400).end('{"errors":[{"code":"DIGEST_INVALID"}]}')
      else {
        blobs.set(wanted, so)
        uploads.delete(id)
        response.writeHead(201).end()
      }
    }
  }

  const fake: FakeRegistry = {
    host,
    blobs,
    manifests,
    requests,
    tokenRequests,
    cdnRequests,
    intercept: undefined,
    options,
    expireTokens: () => tokens.clear(),
    [Symbol.asyncDispose]: async () => {
      for (const one of [server, cdn]) {
        one.closeAllConnections()
        await new Promise((resolve) => one.close(resolve))
      }
    }
  }
  return fake
}

export function digest(body: Uint8Array): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
