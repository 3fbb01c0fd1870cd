/**
 * How a registry is convinced: Basic, or the token dance of Docker's registry (distribution, docs/spec/auth/token.md
 * and oauth.md; challenges by RFC 9110, section 11.6.1).
 */
import { HttpStatusError } from '../http/index.ts'
import type { Clock, Http, Log } from '../ports/index.ts'
import type { Credential, Credentials } from './credentials.ts'
import { endpointOf, isLoopback } from './reference.ts'

export interface Challenge {
  readonly scheme: 'basic' | 'bearer'
  readonly parameters: Readonly<Record<string, string>>
}

export interface Auth {
  /** The Authorization header for these scopes, as far as it is known without asking again. */
  known(host: string, scopes: readonly string[]): Promise<string | undefined>
  /** Answers a 401: the header to try again with, or undefined when there is nothing to answer with. */
  answer(
    host: string,
    scopes: readonly string[],
    wwwAuthenticate: string,
    refused: string | undefined
  ): Promise<string | undefined>
  /** True when somebody is logged in to the host. */
  loggedIn(host: string): Promise<boolean>
}

interface Token {
  readonly header: string
  readonly expiresAt: number
}

/** A token is renewed this long before it ends: a request that starts with it should also end with it. */
const RENEW_EARLY_MS = 15_000
/** What a registry means that does not say how long its token is good for (token.md). */
const DEFAULT_LIFE_S = 60

export function createAuth(options: { http: Http; clock: Clock; log: Log; credentials: Credentials }): Auth {
  const { http, clock, log } = options
  const challenges = new Map<string, Challenge>()
  const tokens = new Map<string, Promise<Token>>()

  const basic = (credential: Credential | undefined): string | undefined =>
    credential === undefined || 'identityToken' in credential
      ? undefined
      : `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`

  /** `refused`: the header that the registry did not take. Requests that need a token at once share one. */
  const tokenFor = async (
    host: string,
    scopes: readonly string[],
    challenge: Challenge,
    refused?: string
  ): Promise<string> => {
    const key = `${host} ${[...scopes].sort().join(' ')}`
    const current = tokens.get(key)
    const held = await current?.catch(() => undefined)
    const isGood = held !== undefined && held.expiresAt > clock.now() + RENEW_EARLY_MS
    if (isGood && held.header !== refused) return held.header
    const newer = tokens.get(key)
    // Somebody else has begun to fetch another one while this one was looked at.
    if (newer !== undefined && newer !== current) return (await newer).header
    const fetching = fetchToken(host, scopes, challenge)
    tokens.set(key, fetching)
    try {
      return (await fetching).header
    } catch (error) {
      if (tokens.get(key) === fetching) tokens.delete(key)
      throw error
    }
  }

  const fetchToken = async (
    host: string,
    scopes: readonly string[],
    challenge: Challenge
  ): Promise<Token> => {
    const realm = checkedRealm(host, challenge.parameters['realm'])
    const service = challenge.parameters['service'] ?? ''
    const credential = await options.credentials(host)
    let method: 'GET' | 'POST' = 'GET'
    let body: string | undefined
    const headers: Record<string, string> = {}
    const url = new URL(realm)
    if (credential !== undefined && 'identityToken' in credential) {
      method = 'POST'
      headers['content-type'] = 'application/x-www-form-urlencoded'
      body = new URLSearchParams({
        grant_type: 'refresh_token',
        service,
        client_id: 'neurodesk-ci',
        scope: scopes.join(' '),
        refresh_token: credential.identityToken
      }).toString()
    } else {
      if (service !== '') url.searchParams.set('service', service)
      for (const scope of scopes) url.searchParams.append('scope', scope)
      const header = basic(credential)
      if (header !== undefined) headers['authorization'] = header
    }
    const asked = clock.now()
    const response = await http.request(url.href, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      maxBytes: 1024 * 1024
    })
    if (response.status !== 200)
      throw new HttpStatusError(response, method, response.body.subarray(0, 4000).toString('utf8'))
    const answer = parseToken(response.body)
    if (answer === undefined) throw new Error(`${host}: the token service at ${url.host} gave no token`)
    log.mask(answer.token)
    return { header: `Bearer ${answer.token}`, expiresAt: asked + answer.lifeSeconds * 1000 }
  }

  return {
    async known(host, scopes) {
      const challenge = challenges.get(host)
      if (challenge === undefined) return undefined
      if (challenge.scheme === 'basic') return basic(await options.credentials(host))
      return await tokenFor(host, scopes, challenge)
    },
    async answer(host, scopes, wwwAuthenticate, refused) {
      const challenge = chooseChallenge(parseChallenges(wwwAuthenticate))
      if (challenge === undefined) return undefined
      challenges.set(host, challenge)
      if (challenge.scheme === 'basic') return basic(await options.credentials(host))
      return await tokenFor(host, scopes, challenge, refused)
    },
    async loggedIn(host) {
      return (await options.credentials(host)) !== undefined
    }
  }
}

/** Reads a WWW-Authenticate header, also several challenges in one line. Unknown schemes are left out. */
export function parseChallenges(header: string): readonly Challenge[] {
  const found: { scheme: string; parameters: Record<string, string> }[] = []
  const part =
    /\s*(?:([A-Za-z][A-Za-z0-9-]*)\s+(?=[A-Za-z_-]+\s*=)|([A-Za-z_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*,?|([A-Za-z][A-Za-z0-9-]*)\s*,?)/y
  part.lastIndex = 0
  for (let match = part.exec(header); match !== null && match[0] !== ''; match = part.exec(header)) {
    const [, scheme, name, quoted, plain, bare] = match
    if (scheme !== undefined || bare !== undefined) {
      found.push({ scheme: (scheme ?? bare ?? '').toLowerCase(), parameters: {} })
    } else if (name !== undefined) {
      const value = quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1')
      const current = found.at(-1)
      if (current !== undefined) current.parameters[name.toLowerCase()] = value
    }
  }
  return found.flatMap(({ scheme, parameters }) =>
    scheme === 'basic' || scheme === 'bearer' ? [{ scheme, parameters } as const] : []
  )
}

function chooseChallenge(challenges: readonly Challenge[]): Challenge | undefined {
  return challenges.find((challenge) => challenge.scheme === 'bearer') ?? challenges[0]
}

/**
 * The realm is a URL that the registry chose and that the password is sent to: it has to be https, except where
 * the registry itself is on loopback and everything is plain http.
 */
function checkedRealm(host: string, realm: string | undefined): string {
  let url: URL
  try {
    url = new URL(realm ?? '')
  } catch {
    throw new Error(`${host}: the registry asks for a token without naming a usable realm`)
  }
  const plainAllowed = endpointOf(host).startsWith('http:') && isLoopback(url.host)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainAllowed)) {
    throw new Error(
      `${host}: the registry asks to send credentials to ${url.protocol}//${url.host}, which is not https`
    )
  }
  return url.href
}

function parseToken(body: Buffer): { token: string; lifeSeconds: number } | undefined {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof json !== 'object' || json === null) return undefined
  const { token, access_token: accessToken, expires_in: life } = json as Record<string, unknown>
  const text = typeof token === 'string' && token !== '' ? token : accessToken
  if (typeof text !== 'string' || text === '') return undefined
  return { token: text, lifeSeconds: typeof life === 'number' && life > 0 ? life : DEFAULT_LIFE_S }
}
