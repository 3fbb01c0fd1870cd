/**
 * GitHub Apps: they sign with their key, find their installation, and get tokens that end after an hour.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
 */
import { randomBytes, verify } from 'node:crypto'
import { ApiError, notFound } from './call.ts'
import type { Reply } from './call.ts'
import * as present from './present/index.ts'
import type { Repository } from './repository.ts'
import type { Tokens } from './tokens.ts'
import type { AppSeed } from './types.ts'

const HOUR = 3_600_000
/** Seconds between now and the end of a signature, at most. */
const LONGEST = 600

export interface AppCall {
  readonly base: string
  readonly operation: string
  readonly parameters: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly repository: (name: string) => Repository | undefined
}

export class Apps {
  readonly #seeds: Readonly<Record<string, AppSeed>>
  readonly #now: () => number
  readonly #tokens: Tokens

  constructor(seeds: Readonly<Record<string, AppSeed>>, now: () => number, tokens: Tokens) {
    this.#seeds = seeds
    this.#now = now
    this.#tokens = tokens
  }

  /** What only an App may ask, with its signature. @throws ApiError 401 when that is not its own, or not of now. */
  answer(authorization: string | undefined, call: AppCall): Reply {
    const id = this.#signer(authorization)
    const app = this.#seeds[id]
    if (app === undefined) throw new ApiError(404, 'Integration not found')
    const owners = [...new Set(app.installedOn.map((name) => name.split('/')[0] ?? ''))]
    if (call.operation === 'apps/get-repo-installation') {
      const name = `${call.parameters['owner'] ?? ''}/${call.parameters['repo'] ?? ''}`
      const installed = app.installedOn.find((one) => one.toLowerCase() === name.toLowerCase())
      if (installed === undefined) throw notFound()
      const owner = installed.split('/')[0] ?? ''
      return { status: 200, body: installation(call.base, id, app, owner, owners.indexOf(owner) + 1) }
    }
    const owner = owners[Number(call.parameters['installation_id']) - 1]
    if (owner === undefined) throw notFound()
    if (app.suspended === true) throw new ApiError(403, 'This installation has been suspended')
    return this.#token(app, owner, call)
  }

  #token(app: AppSeed, owner: string, call: AppCall): Reply {
    const all = app.installedOn.filter((name) => name.startsWith(`${owner}/`))
    const asked = call.body['repositories'] as readonly string[] | undefined
    const chosen = asked?.map((short) => `${owner}/${short}`) ?? all
    const known = chosen.map((name) =>
      all.some((one) => one.toLowerCase() === name.toLowerCase()) ? call.repository(name) : undefined
    )
    if (known.includes(undefined)) {
      throw new ApiError(
        422,
        'There is at least one repository that does not exist or is not accessible to the parent installation.'
      )
    }
    const token = `ghs_${randomBytes(18).toString('hex')}`
    const permissions = app.permissions
    const endsAt = this.#now() + HOUR
    this.#tokens.set(
      token,
      {
        login: `${app.slug}[bot]`,
        repositories: chosen,
        ...(permissions === undefined ? {} : { permissions })
      },
      endsAt
    )
    return {
      status: 201,
      body: {
        token,
        expires_at: new Date(endsAt).toISOString(),
        permissions: permissions ?? { contents: 'write', issues: 'write', metadata: 'read' },
        repository_selection: asked === undefined ? 'all' : 'selected',
        ...(asked === undefined
          ? {}
          : {
              repositories: known.flatMap((one) =>
                one === undefined ? [] : [present.repository(call.base, one)]
              )
            })
      }
    }
  }

  /** ID of the App that signed. */
  #signer(authorization: string | undefined): string {
    const jwt = /^bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
    const [head = '', claims = '', signature = ''] = jwt.split('.')
    const undecodable = new ApiError(401, 'A JSON web token could not be decoded')
    const [header, said] = [read(head), read(claims)]
    if (header?.['alg'] !== 'RS256' || said === undefined) throw undecodable
    const id = String(said['iss'])
    const app = this.#seeds[id]
    if (app === undefined) throw new ApiError(404, 'Integration not found')
    const signed = Buffer.from(`${head}.${claims}`)
    if (!verify('sha256', signed, app.publicKey, Buffer.from(signature, 'base64url'))) throw undecodable
    const now = this.#now() / 1000
    const [from, until] = [Number(said['iat']), Number(said['exp'])]
    if (!(from <= now)) {
      throw new ApiError(
        401,
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
      )
    }
    if (!(until > now)) {
      throw new ApiError(
        401,
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
      )
    }
    if (until > now + LONGEST)
      throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future")
    return id
  }
}

function installation(
  base: string,
  id: string,
  app: AppSeed,
  owner: string,
  number: number
): Record<string, unknown> {
  return {
    id: number,
    account: present.user(base, owner),
    repository_selection: 'selected',
    access_tokens_url: `${base}/app/installations/${number}/access_tokens`,
    repositories_url: `${base}/installation/repositories`,
    html_url: `${base}/organizations/${owner}/settings/installations/${number}`,
    app_id: Number(id),
    app_slug: app.slug,
    target_id: present.userId(owner),
    target_type: 'Organization',
    permissions: app.permissions ?? {},
    events: [],
    created_at: new Date(0).toISOString(),
    updated_at: new Date(0).toISOString(),
    single_file_name: null,
    suspended_by: null,
    suspended_at: null
  }
}

function read(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
  } catch {
    return undefined
  }
}
