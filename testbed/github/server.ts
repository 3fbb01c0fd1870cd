/** The HTTP side: who asks, what was asked, is it allowed, is it well-formed, is a fault switched on. */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { allowed, refuse } from './access.ts'
import { Apps } from './apps.ts'
import { parse, readBody, refusal } from './bodies.ts'
import { ApiError } from './call.ts'
import type { Call, Permission, Reply } from './call.ts'
import { loadContract } from './contract.ts'
import type { Operation } from './contract.ts'
import { answerFault, matches } from './faults.ts'
import type { LiveFault } from './faults.ts'
import { createStorage, end, listen } from './storage.ts'
import * as present from './present/index.ts'
import { Repository } from './repository.ts'
import { Tokens } from './tokens.ts'
import type { Token } from './tokens.ts'
import type { World } from './git-state.ts'
import { gitRoutes } from './routes/git.ts'
import { issueRoutes } from './routes/issues.ts'
import { releaseRoutes } from './routes/releases.ts'
import { repositoryRoutes } from './routes/repository.ts'
import { runRoutes } from './routes/runs.ts'
import type { Fault, GitHubOptions, GitHubTestbed, RecordedRequest, TokenSeed } from './types.ts'

const routes = { ...gitRoutes, ...repositoryRoutes, ...releaseRoutes, ...issueRoutes, ...runRoutes }

/** What an App asks with its signature. */
const appOperations: ReadonlySet<string> = new Set([
  'apps/get-repo-installation',
  'apps/create-installation-access-token'
])

/** The names of all operations that it has an answer to. */
export const OPERATIONS: readonly string[] = [
  'rate-limit/get',
  'users/get-authenticated',
  ...appOperations,
  ...Object.keys(routes)
]

/** Starts on a free port of 127.0.0.1; ready when it resolves. Dispose of it (or `close()`) to end it. */
export async function startGitHub(options: GitHubOptions): Promise<GitHubTestbed> {
  const github = new GitHub(options)
  await github.start()
  return github
}

class GitHub implements GitHubTestbed {
  readonly requests: RecordedRequest[] = []
  readonly violations: string[] = []
  readonly #options: GitHubOptions
  readonly #contract = loadContract()
  readonly #now: () => number
  readonly #tokens: Tokens
  readonly #repositories = new Map<string, Repository>()
  readonly #server = createServer((request, response) => void this.#handle(request, response))
  readonly #storage = createStorage(
    (path) => this.#asset(path),
    (problem) => this.violations.push(problem)
  )
  readonly #world: World
  readonly #apps: Apps
  #faults: LiveFault[] = []
  #lastId = 1000
  #base = ''
  #storageUrl = ''

  constructor(options: GitHubOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#tokens = new Tokens(options.rateLimit ?? 5000, this.#now)
    const tokens = options.tokens ?? { 'testbed-token': { login: 'github-actions[bot]' } }
    for (const [token, seed] of Object.entries(tokens)) this.token(token, seed)
    this.#apps = new Apps(options.apps ?? {}, this.#now, this.#tokens)
    this.#world = {
      now: this.#now,
      nextId: () => (this.#lastId += 1),
      users: new Map(Object.entries(options.users ?? {}))
    }
  }

  async start(): Promise<void> {
    for (const [name, seed] of Object.entries(this.#options.repositories)) {
      const repository = new Repository(name, seed, this.#world)
      await repository.plant()
      this.#repositories.set(name.toLowerCase(), repository)
    }
    this.#base = await listen(this.#server)
    this.#storageUrl = await listen(this.#storage)
  }

  get url(): string {
    return this.#base
  }

  repository(name: string): Repository {
    const found = this.#repositories.get(name.toLowerCase())
    if (!found) throw new Error(`the testbed's GitHub has no ${name}`)
    return found
  }

  fail(fault: Fault): () => void {
    const live: LiveFault = { fault, left: fault.times ?? 1, before: fault.after ?? 0 }
    this.#faults.push(live)
    return () => {
      this.#faults = this.#faults.filter((one) => one !== live)
    }
  }

  token(token: string, seed: TokenSeed): void {
    this.#tokens.set(token, seed)
  }

  revokeAppTokens(): void {
    this.#tokens.revokeThoseOfApps()
  }

  setRemaining(token: string, remaining: number): void {
    this.#tokens.setRemaining(token, remaining)
  }

  async close(): Promise<void> {
    await Promise.all([end(this.#server), end(this.#storage)])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.#base)
    const method = request.method ?? 'GET'
    const path = url.pathname.replace(/^\/uploads\//, '/')
    const bytes = await readBody(request)
    const operation = this.#contract.find(method, path)
    const token = this.#tokens.of(request)
    const isJson = operation?.id !== 'repos/upload-release-asset'
    const body = bytes.length > 0 && isJson ? parse(bytes) : undefined
    const record = {
      method,
      path: `${path}${url.search}`,
      operation: operation?.id ?? '',
      login: token?.seed.login ?? '',
      body,
      status: 0
    }
    this.requests.push(record)

    const fault = this.#faults.find((one) => matches(one, method, path, record.operation))
    const action = fault === undefined ? undefined : await answerFault(fault.fault.kind, this.#now())
    // A fault is no excuse: what it answers would have been looked at as well.
    if (operation !== undefined && (action === 'cut' || typeof action === 'object')) {
      const problems = this.#contract.checkRequest(operation, url.searchParams, body)
      this.violations.push(...problems.map((problem) => `${operation.id}: ${problem}`))
    }
    if (action === 'cut') {
      request.socket.destroy()
      return
    }
    let reply =
      typeof action === 'object'
        ? action
        : await this.#reply({ request, url, path, bytes, body, operation, token })
    if (action === 'lose') reply = { status: 502, body: { message: 'Server Error' } }
    record.status = reply.status
    this.#send(response, method, reply, token)
  }

  async #reply(asked: {
    request: IncomingMessage
    url: URL
    path: string
    bytes: Buffer
    body: unknown
    operation: Operation | undefined
    token: Token | undefined
  }): Promise<Reply> {
    const { operation, token, url } = asked
    try {
      const isSigned = appOperations.has(operation?.id ?? '')
      if (asked.request.headers.authorization !== undefined && token === undefined && !isSigned)
        throw new ApiError(401, 'Bad credentials')
      if (token !== undefined && operation?.id !== 'rate-limit/get') this.#tokens.count(token)
      if (operation === undefined)
        return this.#violation(404, `${asked.request.method ?? ''} ${asked.path}: GitHub has no such path`)
      const problems = this.#contract.checkRequest(operation, url.searchParams, asked.body)
      if (problems.length > 0)
        return this.#violation(422, ...problems.map((problem) => `${operation.id}: ${problem}`))
      const reply = await this.#answer(asked, operation)
      return this.#checked(operation, reply)
    } catch (error) {
      if (error instanceof ApiError) return this.#checked(operation, refusal(error))
      this.violations.push(
        `the testbed itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
      )
      return { status: 500, body: { message: 'the testbed itself failed' } }
    }
  }

  #checked(operation: Operation | undefined, reply: Reply): Reply {
    if (operation === undefined || this.#options.checkResponses !== true || Buffer.isBuffer(reply.body))
      return reply
    const wrong = this.#contract.checkResponse(operation, reply.status, reply.body)
    this.violations.push(...wrong.map((problem) => `response of ${operation.id}: ${problem}`))
    return reply
  }

  async #answer(
    asked: {
      request: IncomingMessage
      url: URL
      path: string
      bytes: Buffer
      body: unknown
      token: Token | undefined
    },
    operation: Operation
  ): Promise<Reply> {
    const caller = asked.token?.seed
    if (operation.id === 'rate-limit/get') return { status: 200, body: this.#tokens.rates(asked.token) }
    if (operation.id === 'users/get-authenticated') return this.#whoami(caller)
    if (appOperations.has(operation.id)) {
      return this.#apps.answer(asked.request.headers.authorization, {
        base: this.#base,
        operation: operation.id,
        parameters: operation.parameters,
        body: (asked.body ?? {}) as Record<string, unknown>,
        repository: (name) => this.#repositories.get(name.toLowerCase())
      })
    }
    const route = routes[operation.id]
    if (route === undefined) return this.#violation(501, `${operation.id}: the testbed does not have it yet`)
    const repository = this.#repositories.get(
      `${operation.parameters['owner'] ?? ''}/${operation.parameters['repo'] ?? ''}`.toLowerCase()
    )
    if (!repository) throw new ApiError(404, 'Not Found')
    const may = (permission: Permission, access: 'read' | 'write'): boolean =>
      allowed(caller, repository, permission, access)
    if (route.access === 'write' && repository.seed.archived === true)
      throw new ApiError(403, 'Repository was archived so is read-only.')
    if (!may(route.permission, route.access)) throw refuse(caller, repository, route)
    return route.answer({
      base: this.#base,
      storage: this.#storageUrl,
      repository,
      parameters: operation.parameters,
      query: asked.url.searchParams,
      body: (asked.body ?? {}) as Record<string, unknown>,
      bytes: asked.bytes,
      contentType: asked.request.headers['content-type'] ?? '',
      accept: asked.request.headers.accept ?? '',
      caller,
      path: asked.path,
      may: (permission) => may(permission, 'write')
    } satisfies Call)
  }

  #asset(path: string): { bytes: Buffer; contentType: string } | undefined {
    const [, owner = '', name = '', id = ''] = path.split('/')
    const releases = this.#repositories.get(`${owner}/${name}`.toLowerCase())?.releases ?? []
    return releases.flatMap((release) => release.assets).find((asset) => asset.id === Number(id))
  }

  #whoami(caller: TokenSeed | undefined): Reply {
    if (caller === undefined) throw new ApiError(401, 'Requires authentication')
    if (caller.login.endsWith('[bot]')) throw new ApiError(403, 'Resource not accessible by integration')
    return { status: 200, body: present.account(this.#base, caller.login) }
  }

  #violation(status: number, ...problems: string[]): Reply {
    this.violations.push(...problems)
    return {
      status,
      body: {
        message: `Invalid request: ${problems.join('; ')}`,
        documentation_url: 'https://docs.github.com/rest'
      }
    }
  }

  #send(response: ServerResponse, method: string, reply: Reply, token: Token | undefined): void {
    const bytes =
      reply.body === undefined
        ? Buffer.alloc(0)
        : Buffer.isBuffer(reply.body)
          ? reply.body
          : Buffer.from(JSON.stringify(reply.body))
    response.writeHead(reply.status, {
      ...(bytes.length > 0 ? { 'content-type': 'application/json; charset=utf-8' } : {}),
      'content-length': String(bytes.length),
      'x-github-request-id': `TEST:${this.requests.length}`,
      date: new Date(this.#now()).toUTCString(),
      ...this.#tokens.headers(token),
      ...reply.headers
    })
    response.end(method === 'HEAD' ? undefined : bytes)
  }
}
