/**
 * A configuration folder of our own for the docker client, so that logging in with the credentials of the inputs
 * leaves nothing in the user's own: what is there is kept, plug-ins and builders included.
 */
import { join } from 'node:path'
import type { Ports } from '../ports/index.ts'

export interface Login {
  readonly host: string
  readonly username: string
  readonly password: string
}

/**
 * Writes `folder/config.json` (mode 0600) with the given logins on top of those that are there.
 * @returns the variables that the docker client needs to use it.
 */
export async function privateDockerConfig(
  ports: Pick<Ports, 'fs' | 'runner'>,
  folder: string,
  logins: readonly Login[]
): Promise<Readonly<Record<string, string>>> {
  const { fs } = ports
  const { env } = ports.runner
  const own = env['DOCKER_CONFIG'] || join(env['HOME'] ?? '/root', '.docker')
  const config = await readOwn(fs, join(own, 'config.json'))
  const auths: Record<string, unknown> = { ...objectOf(config['auths']) }
  const helpers: Record<string, unknown> = { ...objectOf(config['credHelpers']) }
  for (const login of logins) {
    const key = login.host === 'docker.io' ? 'https://index.docker.io/v1/' : login.host
    auths[key] = { auth: Buffer.from(`${login.username}:${login.password}`).toString('base64') }
    // An empty helper sends the client to `auths`, also where a credential store is set for everything else.
    helpers[key] = ''
  }
  await fs.mkdir(folder, { recursive: true, mode: 0o700 })
  const merged = { ...config, auths, credHelpers: helpers }
  await fs.writeFile(join(folder, 'config.json'), JSON.stringify(merged), { mode: 0o600 })
  for (const part of ['cli-plugins', 'contexts', 'buildx']) {
    // A link to nothing would keep the client from making the folder.
    const exists = await fs.stat(join(own, part)).then(
      () => true,
      () => false
    )
    if (exists) await fs.symlink(join(own, part), join(folder, part))
  }
  return { DOCKER_CONFIG: folder }
}

async function readOwn(fs: Ports['fs'], path: string): Promise<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(await fs.readFile(path, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    // Not the parser's message: it quotes the text, and the text has passwords.
    throw new Error(`the Docker configuration ${path} cannot be read`, { cause: undefined })
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
