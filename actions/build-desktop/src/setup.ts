/** What every mode needs before it can start: names, registries, the engine, the revision. */
import { join, resolve } from 'node:path'

import { readLogins } from '../../../lib/action/index.ts'
import {
  createDocker,
  privateDockerConfig,
  type Docker,
  type EngineFacts,
  type Login
} from '../../../lib/docker/index.ts'
import { FindingError, InputError, messageOf, ToolError } from '../../../lib/failure/index.ts'
import { bytes } from '../../../lib/markdown/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import {
  createRegistry,
  dockerCredentials,
  firstOf,
  given,
  parseRepository,
  type Credential,
  type Registry
} from '../../../lib/registry/index.ts'
import type { Inputs } from './inputs.ts'
import { planImage, planTag, planTargets, type TargetPlan } from './plan.ts'

export interface Setup {
  readonly inputs: Inputs
  readonly ports: Ports
  readonly docker: Docker
  /** What the docker client, and tools that use its logins, need in their environment. */
  readonly dockerEnv: Readonly<Record<string, string>>
  readonly registry: Registry
  /** Without credentials: what the public sees. */
  readonly publicRegistry: Registry
  readonly image: string
  readonly tag: string
  readonly targets: TargetPlan
  /** Commit, or '' outside of a repository. */
  readonly revision: string
}

/** Reads names and credentials; starts nothing. @throws InputError */
export async function prepare(inputs: Inputs, ports: Ports): Promise<Setup> {
  const image = planImage(inputs.image, ports.runner.repository)
  const targets = planTargets(inputs.registries, image)
  const logins = [...readLogins(inputs.registries, ports.runner.env)].map(([{ value }, login]): Login => ({
    host: parseRepository(`${value.replace(/\/$/, '')}/image`).host,
    ...login
  }))
  // In the client's configuration, and in every request, the two stand together as base64.
  for (const { username, password } of logins) ports.log.mask(`${username}:${password}`)
  const config = join(ports.runner.temp, 'docker-config')
  const env = logins.length === 0 ? {} : await privateDockerConfig(ports, config, logins)
  const { http, clock, log } = ports
  const byHost = Object.fromEntries(logins.map((login): [string, Credential] => [login.host, login]))
  const common = { http, clock, log, signal: ports.runner.signal }
  return {
    inputs,
    ports,
    dockerEnv: env,
    docker: createDocker({ exec: ports.exec, env, signal: ports.runner.signal }),
    registry: createRegistry({ ...common, credentials: firstOf(given(byHost), dockerCredentials(ports)) }),
    publicRegistry: createRegistry({ ...common, credentials: () => Promise.resolve(undefined) }),
    image,
    tag: planTag(inputs.tag, inputs.channel, clock.now()),
    targets,
    revision: ports.runner.sha
  }
}

/** The engine answers, has buildx where it is needed, and the disk has room. */
export async function preflight(setup: Setup, needs: { readonly buildx: boolean }): Promise<EngineFacts> {
  const { docker, ports, inputs } = setup
  let engine: EngineFacts
  try {
    engine = await docker.engine()
  } catch (error) {
    if (error instanceof ToolError) throw error
    throw new FindingError(messageOf(error), { cause: error })
  }
  if (needs.buildx && (await docker.buildx()) === undefined) {
    throw new FindingError(
      'docker buildx is not installed; on Debian and Ubuntu it is the package docker-buildx'
    )
  }
  for (const folder of [engine.root, ports.runner.temp]) {
    const free = await freeBytes(ports, folder)
    if (free === undefined || inputs.minFree === undefined || free >= inputs.minFree) continue
    throw new FindingError(
      `not enough disk: ${folder} has ${bytes(free)} free, min-free asks for ${bytes(inputs.minFree)}. ` +
        'Remove what the job does not need (docker image prune, tool caches) or choose a larger runner.'
    )
  }
  return engine
}

/** undefined when the folder is on another machine or cannot be looked at. */
async function freeBytes(ports: Ports, folder: string): Promise<number | undefined> {
  try {
    const stat = await ports.fs.statfs(folder)
    return stat.bavail * stat.bsize
  } catch {
    return undefined
  }
}

/** A path of the caller below the workspace. @throws InputError when it leads out of it, is not there or another kind. */
export async function insideWorkspace(
  ports: Ports,
  input: string,
  path: string,
  kind: 'file' | 'folder'
): Promise<string> {
  const root = resolve(ports.runner.workspace)
  const full = resolve(root, path)
  const refuse = (allowed: string, fix?: string): InputError =>
    new InputError([{ input, given: path, allowed, ...(fix === undefined ? {} : { fix }) }])
  if (full !== root && !full.startsWith(`${root}/`)) throw refuse('a path below the workspace')
  const stat = await ports.fs.stat(full).catch(() => undefined)
  if (stat === undefined)
    throw refuse('a path that exists', `check out the repository first; looked for ${full}`)
  // A pipe or a device may stand for a file.
  if (stat.isDirectory() !== (kind === 'folder')) throw refuse(`the path of a ${kind}`)
  return full
}
