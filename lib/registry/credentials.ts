/**
 * Where a registry's user and password come from. Docker's own file is read the way Docker reads it: `auths`,
 * `credHelpers` and `credsStore` of config.json (docker/cli, cli/config/configfile).
 */
import { join } from 'node:path'
import type { Ports } from '../ports/index.ts'

export type Credential =
  | { readonly username: string; readonly password: string }
  /** An OAuth2 refresh token that was given instead of a password. */
  | { readonly identityToken: string }

/** Answers for a host as people write it; undefined means that nobody logged in there. */
export type Credentials = (host: string) => Promise<Credential | undefined>

/** Nobody is logged in anywhere. */
export const anonymous: Credentials = () => Promise.resolve(undefined)

/** The first source that knows the host. */
export function firstOf(...sources: readonly Credentials[]): Credentials {
  return async (host) => {
    for (const source of sources) {
      const credential = await source(host)
      if (credential !== undefined) return credential
    }
    return undefined
  }
}

/** Users and passwords that the caller has, by host. */
export function given(byHost: Readonly<Record<string, Credential | undefined>>): Credentials {
  return (host) => Promise.resolve(byHost[host])
}

/**
 * What `docker login` left on this machine: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`. A file
 * that is missing means that nobody logged in; one that cannot be read is an error, since a silent fall back to
 * anonymous access would show up as a puzzling refusal much later.
 */
export function dockerCredentials(ports: Pick<Ports, 'fs' | 'exec' | 'runner'>): Credentials {
  let file: Promise<DockerConfig> | undefined
  return async (host) => {
    file ??= readDockerConfig(ports)
    const config = await file
    const keys = keysOf(host)
    for (const key of keys) {
      const helper = config.credHelpers[key]
      if (helper !== undefined) return await askHelper(ports, helper, key)
    }
    for (const key of keys) {
      const entry = config.auths[key]
      const credential = entry === undefined ? undefined : readEntry(entry)
      if (credential !== undefined) return credential
    }
    if (config.credsStore === undefined) return undefined
    for (const key of keys) {
      const credential = await askHelper(ports, config.credsStore, key)
      if (credential !== undefined) return credential
    }
    return undefined
  }
}

interface DockerConfig {
  readonly auths: Readonly<Record<string, Record<string, unknown>>>
  readonly credHelpers: Readonly<Record<string, string>>
  readonly credsStore: string | undefined
}

async function readDockerConfig(ports: Pick<Ports, 'fs' | 'runner'>): Promise<DockerConfig> {
  const { env } = ports.runner
  const folder = env['DOCKER_CONFIG'] || join(env['HOME'] ?? '/root', '.docker')
  const path = join(folder, 'config.json')
  let text: string
  try {
    text = await ports.fs.readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { auths: {}, credHelpers: {}, credsStore: undefined }
    throw new Error(`the Docker configuration ${path} cannot be read`, { cause: error })
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // The parser's message quotes the text, and the text has passwords.
    throw new Error(`the Docker configuration ${path} is no JSON`)
  }
  const root = recordOf(json)
  const auths = Object.entries(recordOf(root['auths'])).map(([key, value]) => [key, recordOf(value)] as const)
  const helpers = Object.entries(recordOf(root['credHelpers'])).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string'
  )
  const store = root['credsStore']
  return {
    auths: Object.fromEntries(auths),
    credHelpers: Object.fromEntries(helpers),
    credsStore: typeof store === 'string' && store !== '' ? store : undefined
  }
}

/** `docker login` files Docker Hub under its API of 2014, and others with or without https://. */
function keysOf(host: string): readonly string[] {
  if (host === 'docker.io') {
    return [
      'https://index.docker.io/v1/',
      'docker.io',
      'index.docker.io',
      'registry-1.docker.io',
      'https://index.docker.io/v1'
    ]
  }
  return [
    host,
    `https://${host}`,
    `https://${host}/`,
    `https://${host}/v1/`,
    `https://${host}/v2/`,
    `http://${host}`
  ]
}

function readEntry(entry: Record<string, unknown>): Credential | undefined {
  const { identitytoken, auth, username, password } = entry
  if (typeof identitytoken === 'string' && identitytoken !== '') return { identityToken: identitytoken }
  if (typeof username === 'string' && typeof password === 'string' && username !== '')
    return { username, password }
  if (typeof auth !== 'string' || auth === '') return undefined
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon <= 0) return undefined
  // Docker pads some passwords with NUL bytes.
  return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') }
}

/** Asks `docker-credential-NAME get`, which reads the server from stdin and answers in JSON. */
async function askHelper(
  ports: Pick<Ports, 'exec'>,
  helper: string,
  server: string
): Promise<Credential | undefined> {
  if (!/^[a-z0-9-]+$/i.test(helper)) throw new Error(`"${helper}" is no name of a Docker credential helper`)
  const result = await ports.exec.run(`docker-credential-${helper}`, ['get'], {
    stdin: server,
    accept: 'any',
    timeoutMs: 30_000
  })
  if (result.exitCode !== 0) {
    // Helpers say this on stdout when nothing is stored for the server; anything else is a failure of theirs.
    if (
      /credentials not found|no credentials|not found in native keychain/i.test(result.stdout + result.stderr)
    ) {
      return undefined
    }
    throw new Error(`docker-credential-${helper} failed with exit code ${result.exitCode} for ${server}`)
  }
  let answer: Record<string, unknown>
  try {
    answer = recordOf(JSON.parse(result.stdout))
  } catch {
    throw new Error(`docker-credential-${helper} did not answer in JSON`)
  }
  const { Username, Secret } = answer
  if (typeof Username !== 'string' || typeof Secret !== 'string' || Secret === '') return undefined
  return Username === '<token>' ? { identityToken: Secret } : { username: Username, password: Secret }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
