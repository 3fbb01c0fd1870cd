/** Apptainer, the tool that makes a SIF out of a docker image. */
import { ToolError } from '../failure/index.ts'
import type { Exec, Ports } from '../ports/index.ts'
import { APPTAINER, getTool, isAtLeast } from '../tools/index.ts'

export type Compression = 'gzip' | 'zstd'

type ToolPorts = Pick<Ports, 'exec' | 'http' | 'clock' | 'fs' | 'log' | 'cleanup' | 'runner'>

export interface BuildRequest {
  /** `host/repository@sha256:…`, without a scheme. */
  readonly image: string
  /** The file to write; it must not exist. */
  readonly output: string
  /** A folder of this build alone: unpacked layers and the squashfs lie in it meanwhile. */
  readonly scratch: string
  /** Go's name. */
  readonly architecture: string
  readonly compression: Compression
  /** Undefined: mksquashfs' own default, which is 9 for gzip and 15 for zstd. */
  readonly level?: number
  /** Talk plain HTTP to the registry. */
  readonly insecure: boolean
  /** Given to it in its environment. Default: whoever is logged in by its own configuration. */
  readonly login?: { readonly username: string; readonly password: string }
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  readonly onLine?: (line: string) => void
}

export interface Apptainer {
  /** As it tells itself: `1.4.5`. */
  readonly version: string
  readonly command: string
  /** Builds one image. @throws ToolError, with advice where user namespaces are the cause. */
  build(request: BuildRequest): Promise<void>
}

/**
 * Apptainer, or SingularityCE, which takes the same arguments: on PATH when it is new enough, else from the tool
 * cache, its publisher or `mirror`.
 * @throws what getTool throws where it cannot be had.
 */
export async function findApptainer(ports: ToolPorts, minimum: string, mirror = ''): Promise<Apptainer> {
  for (const name of ['apptainer', 'singularity']) {
    const command = await ports.exec.which(name)
    if (command === undefined) continue
    const { stdout } = await ports.exec.run(command, ['--version'], { timeoutMs: 30_000 })
    const version = /\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0]
    if (version === undefined || !isAtLeast(version, minimum)) {
      ports.log.info(`${command} is ${version ?? stdout.trim()}; at least ${minimum} is wanted`)
      continue
    }
    return { version, command, build: (request) => build(ports, command, request) }
  }
  const { path, version } = await getTool(APPTAINER, ports, { minimum, mirror })
  return { version, command: path, build: (request) => build(ports, path, request) }
}

/** The arguments of one build. Exported for its test. */
export function buildArguments(request: BuildRequest): string[] {
  const level = request.level === undefined ? '' : ` -Xcompression-level ${request.level}`
  return [
    'build',
    '--arch',
    request.architecture,
    // The cache would keep every layer twice on a disk that is too small already.
    '--disable-cache',
    ...(request.insecure ? ['--no-https'] : []),
    '--mksquashfs-args',
    `-comp ${request.compression}${level}`,
    request.output,
    `docker://${request.image}`
  ]
}

async function build(
  ports: Pick<Ports, 'exec' | 'fs'>,
  command: string,
  request: BuildRequest
): Promise<void> {
  try {
    await run(ports.exec, command, request)
  } catch (error) {
    if (!(error instanceof ToolError) || error.reason !== 'exit') throw error
    const advice = await namespaceAdvice(ports.fs, error.detail)
    if (advice === undefined) throw error
    throw new ToolError({
      command: error.command,
      exitCode: error.exitCode,
      reason: error.reason,
      summary: error.message.split('\n', 1)[0] ?? '',
      detail: error.detail,
      advice,
      cause: error
    })
  }
}

async function run(exec: Exec, command: string, request: BuildRequest): Promise<void> {
  await exec.run(command, buildArguments(request), {
    env: {
      ...loginVariables(request.login),
      APPTAINER_TMPDIR: request.scratch,
      SINGULARITY_TMPDIR: request.scratch,
      TMPDIR: request.scratch,
      APPTAINER_CACHEDIR: `${request.scratch}/cache`,
      SINGULARITY_CACHEDIR: `${request.scratch}/cache`,
      // Names of variables that would bind the host's folders or set a target into the build.
      APPTAINER_BIND: undefined,
      APPTAINER_BINDPATH: undefined,
      SINGULARITY_BIND: undefined,
      SINGULARITY_BINDPATH: undefined
    },
    timeoutMs: request.timeoutMs,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(request.onLine === undefined ? {} : { onLine: request.onLine })
  })
}

function loginVariables(login: BuildRequest['login']): Record<string, string> {
  if (login === undefined) return {}
  const { username, password } = login
  return {
    APPTAINER_DOCKER_USERNAME: username,
    APPTAINER_DOCKER_PASSWORD: password,
    SINGULARITY_DOCKER_USERNAME: username,
    SINGULARITY_DOCKER_PASSWORD: password
  }
}

/** Ubuntu 24.04 lets only programs with an AppArmor profile make user namespaces; the tool's message hides that. */
async function namespaceAdvice(fs: Ports['fs'], detail: string): Promise<string | undefined> {
  if (!/namespace|newuidmap|operation not permitted|permission denied.*unshare/i.test(detail))
    return undefined
  for (const [file, blocked, advice] of [
    [
      '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
      '1',
      'AppArmor restricts user namespaces on this machine (kernel.apparmor_restrict_unprivileged_userns = 1): ' +
        'run `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` in a step before this one.'
    ],
    [
      '/proc/sys/user/max_user_namespaces',
      '0',
      'User namespaces are off on this machine (user.max_user_namespaces = 0): `sudo sysctl -w user.max_user_namespaces=15000`.'
    ],
    [
      '/proc/sys/kernel/unprivileged_userns_clone',
      '0',
      'User namespaces are off on this machine: `sudo sysctl -w kernel.unprivileged_userns_clone=1`.'
    ]
  ] as const) {
    const value = await fs.readFile(file, 'utf8').catch(() => '')
    if (value.trim() === blocked) return advice
  }
  return undefined
}
