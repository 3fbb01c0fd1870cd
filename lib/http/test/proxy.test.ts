/** Through a forward proxy, as hospitals and computing centres have them: plain HTTP, and https by CONNECT. */
import { generateKeyPairSync } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { connect, type AddressInfo, type Server } from 'node:net'
import tls from 'node:tls'

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'

import { selfSigned } from '../../../testbed/cvmfs/certificate.ts'
import type { HttpError } from '../index.ts'
import { createHttp, proxyProblem, type HttpSettings } from '../index.ts'

const SECRET = 'hunter2'
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const DAY = 86_400_000
const cert = selfSigned(privateKey, 'secure.example', Date.now() - DAY, Date.now() + DAY)
const trusted = tls.getCACertificates('default')

/** What the proxy was asked, and how it answers the next CONNECT. */
let asked: string[] = []
let logins: (string | undefined)[] = []
let answer: 'connect' | 'silence' | `${number} ${string}` = 'connect'

const far = https.createServer(
  { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), cert },
  (request, response) => {
    response.end(`${request.method} ${request.headers.host} ${request.url}`)
  }
)
const proxy = http
  .createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    logins.push(request.headers['proxy-authorization'])
    response.end(`for ${request.headers.host}`)
  })
  .on('connect', (request: http.IncomingMessage, socket) => {
    asked.push(`CONNECT ${request.url}`)
    logins.push(request.headers['proxy-authorization'])
    socket.on('error', () => undefined)
    if (answer === 'silence') return
    if (answer !== 'connect') {
      socket.end(`HTTP/1.1 ${answer}\r\n\r\n`)
      return
    }
    const upstream = connect(portOf(far), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    upstream.on('error', () => socket.destroy())
  })

const portOf = (server: Server): number => (server.address() as AddressInfo).port
let proxyUrl = ''
let clients: { close(): void }[] = []

function client(settings: Partial<HttpSettings> = {}): ReturnType<typeof createHttp> {
  const made = createHttp({ userAgent: 'test', ...settings })
  clients.push(made)
  return made
}

const failure = async (run: Promise<unknown>): Promise<HttpError> =>
  (await run.then(
    () => undefined,
    (error: unknown) => error
  )) as HttpError

beforeAll(async () => {
  tls.setDefaultCACertificates([...trusted, cert])
  for (const server of [far, proxy]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  }
  proxyUrl = `http://127.0.0.1:${portOf(proxy)}`
})
afterEach(() => {
  for (const one of clients) one.close()
  clients = []
  asked = []
  logins = []
  answer = 'connect'
})
afterAll(() => {
  tls.setDefaultCACertificates(trusted)
  for (const server of [far, proxy]) {
    server.close()
    server.closeAllConnections()
  }
})

describe('https', () => {
  test('is carried by CONNECT: the proxy learns the host and nothing else, and one tunnel serves for many', async () => {
    const one = client()
    for (const page of ['a', 'b?token=x']) {
      const response = await one.request(`https://secure.example/${page}`, { proxy: proxyUrl })
      expect(response.body.toString()).toBe(`GET secure.example /${page}`)
    }
    expect(asked).toEqual(['CONNECT secure.example:443'])
  })

  test('the certificate is that of the far end, not one that the proxy brings', async () => {
    const { kind } = await failure(client().request('https://other.example/', { proxy: proxyUrl }))
    expect(kind).toBe('tls')
  })

  test.each([
    ['403 Forbidden', 'proxy'],
    ['407 Proxy Authentication Required', 'proxy'],
    ['503 Service Unavailable', 'refused']
  ] as const)('a proxy that answers %s', async (status, kind) => {
    answer = status
    const error = await failure(client().request('https://secure.example/', { proxy: proxyUrl }))
    expect([error.kind, error.message]).toEqual([kind, expect.stringContaining(status)])
  })

  test('a proxy that is silent', async () => {
    answer = 'silence'
    const run = client().request('https://secure.example/', { proxy: proxyUrl, timeoutMs: 200 })
    expect((await failure(run)).kind).toBe('timeout')
  })

  test('a proxy that is not there', async () => {
    const run = client().request('https://secure.example/', { proxy: 'http://127.0.0.1:1' })
    expect((await failure(run)).kind).toBe('refused')
  })
})

describe('the environment', () => {
  const environment = (more: Readonly<Record<string, string>> = {}) => ({
    http_proxy: proxyUrl.replace('//', `//user:${SECRET}@`),
    HTTPS_PROXY: proxyUrl.replace('//', `//user:${SECRET}@`),
    ...more
  })

  test('says which proxy, with its user', async () => {
    const one = client({ proxyEnv: environment() })
    expect((await one.request('http://plain.example/x')).body.toString()).toBe('for plain.example')
    expect((await one.request('https://secure.example/y')).body.toString()).toBe('GET secure.example /y')
    expect(asked).toEqual(['GET http://plain.example/x', 'CONNECT secure.example:443'])
    const login = `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`
    expect(logins).toEqual([login, login])
  })

  test('its password is in no message', async () => {
    answer = '407 Proxy Authentication Required'
    const error = await failure(client({ proxyEnv: environment() }).request('https://secure.example/'))
    expect([error.kind, error.message]).toEqual(['proxy', expect.not.stringContaining(SECRET)])
  })

  test.each(['secure.example', '.example', '*.example', '*', 'nowhere.org, secure.example'])(
    'NO_PROXY=%s: straight to it',
    async (noProxy) => {
      const one = client({ proxyEnv: environment({ NO_PROXY: noProxy }) })
      await failure(one.request(`https://secure.example:1/`, { timeoutMs: 2_000 }))
      expect(asked).toEqual([])
    }
  )

  test('NO_PROXY names others: through the proxy', async () => {
    const one = client({ proxyEnv: environment({ NO_PROXY: 'localhost,notsecure.example' }) })
    await one.request('https://secure.example/')
    expect(asked).toEqual(['CONNECT secure.example:443'])
  })

  test('who gives a proxy means that one; who asks for an address goes there', async () => {
    const nowhere = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' }
    const one = client({ proxyEnv: nowhere })
    await one.request('https://secure.example/', { proxy: proxyUrl })
    await one.request(`http://plain.example:${portOf(proxy)}/straight`, { address: '127.0.0.1' })
    expect(asked).toEqual(['CONNECT secure.example:443', 'GET /straight'])
  })

  test('is not asked when nobody gave it', async () => {
    const run = client().request('http://plain.invalid/')
    expect((await failure(run)).kind).toBe('dns')
  })
})

test.each([
  [{ HTTPS_PROXY: 'http://p:3128' }, '24.4.1', 'HTTPS_PROXY'],
  [{ http_proxy: 'http://p:3128', NO_PROXY: 'localhost' }, '20.20.2', 'http_proxy'],
  [{ HTTPS_PROXY: 'http://p:3128', NO_PROXY: '*' }, '24.4.1', undefined],
  [{ HTTPS_PROXY: '' }, '24.4.1', undefined],
  [{ HTTPS_PROXY: 'http://p:3128' }, '24.5.0', undefined],
  [{ HTTPS_PROXY: 'http://p:3128' }, '26.0.0', undefined]
])('a Node that goes past a proxy says so: %j with %s', (env, version, named) => {
  const said = proxyProblem(env, version)
  expect(said?.split(' ')[0]).toBe(named)
  if (named !== undefined) expect(said).toContain(`Node ${version}`)
})
