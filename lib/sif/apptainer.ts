/** Apptainer, the tool that makes a SIF out of a docker image. */
import { ToolError } from '../failure/index.ts'
import type { Exec, Ports } from '../ports/index.ts'
import { APPTAINER, findOnPath, getTool, isAtLeast } from '../tools/index.ts'

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

/** A build from an OCI image layout on this disk: nothing is fetched. */
export interface LayoutRequest {
  /** Where the layout lies, under the name `layout`. The file is written into it. */
  readonly folder: string
  readonly layout: string
  readonly output: string
  readonly architecture: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

export interface Apptainer {
  /** As it tells itself: `1.4.5`. */
  readonly version: string
  readonly command: string
  /** How often one build asks the registry for the manifest of an image that is named by its digest. */
  readonly manifestReads: number
  /** Builds one image. @throws ToolError, with advice where user namespaces are the cause. */
  build(request: BuildRequest): Promise<void>
  /**
   * Can it make a SIF where mksquashfs is not on PATH? It has some places of its own to look in.
   * @param folder is made for it. @throws NoMksquashfs
   */
  expectMksquashfs(folder: string): Promise<void>
  /** The same from a layout. The definition names it as it is named here. */
  buildLayout(request: LayoutRequest): Promise<void>
}

/** Nothing on this machine can pack an image. */
export class NoMksquashfs extends Error {
  override readonly name = 'NoMksquashfs'
}

/**
 * Apptainer, or SingularityCE, which takes the same arguments: on PATH when it is new enough, else from the tool
 * cache, its publisher or `mirror`.
 * @throws what getTool throws where it cannot be had.
 */
export async function findApptainer(ports: ToolPorts, minimum: string, mirror = ''): Promise<Apptainer> {
  const found = await getTool(APPTAINER, ports, { minimum, mirror })
  return using(ports, { command: found.path, version: found.version, manifestReads: readsOf(found) })
}

/** `manifestReads` of the one that findApptainer would take, without fetching it. */
export async function manifestReads(
  ports: Pick<ToolPorts, 'exec' | 'log'>,
  minimum: string
): Promise<number> {
  return readsOf((await findOnPath(APPTAINER, ports, minimum)) ?? APPTAINER)
}

type Program = Pick<Apptainer, 'command' | 'version' | 'manifestReads'>

/**
 * Until 1.3 Apptainer asks once for the image and once more for its configuration; from 1.4 on once (1.4.5 measured).
 * Of others that is not known, and what is counted too high only leaves something for the next run.
 */
function readsOf({ version, told = '' }: { readonly version: string; readonly told?: string }): number {
  const isApptainer = told === '' || /^apptainer\b/i.test(told)
  return isApptainer && isAtLeast(version, '1.4.0') ? 1 : 2
}

function using(ports: Pick<Ports, 'exec' | 'fs'>, program: Program): Apptainer {
  const { command } = program
  return {
    ...program,
    build: (request) => advised(ports.fs, async () => await run(ports.exec, command, request)),
    expectMksquashfs: async (folder) => await tryToPack(ports, command, folder),
    buildLayout: (request) => advised(ports.fs, async () => await runLayout(ports.exec, command, request))
  }
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

async function advised(fs: Ports['fs'], work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ToolError) || error.reason !== 'exit') throw error
    const advice = await namespaceAdvice(fs, error.detail)
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
    env: { ...loginVariables(request.login), ...surroundings(request.scratch) },
    timeoutMs: request.timeoutMs,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(request.onLine === undefined ? {} : { onLine: request.onLine })
  })
}

async function runLayout(exec: Exec, command: string, request: LayoutRequest): Promise<void> {
  const { folder, layout, output, architecture } = request
  await exec.run(command, ['build', '--arch', architecture, '--disable-cache', output, `oci:${layout}`], {
    cwd: folder,
    env: surroundings(folder),
    timeoutMs: request.timeoutMs,
    ...(request.signal === undefined ? {} : { signal: request.signal })
  })
}

/** An image out of an empty folder, a fifth of a second. What else may be wrong is told by the real one. */
async function tryToPack(
  { exec, fs }: Pick<Ports, 'exec' | 'fs'>,
  command: string,
  folder: string
): Promise<void> {
  if ((await exec.which('mksquashfs')) !== undefined) return
  const empty = `${folder}/empty`
  await fs.mkdir(empty, { recursive: true })
  try {
    const args = ['build', '--disable-cache', `${folder}/empty.sif`, empty]
    await exec.run(command, args, { env: surroundings(folder), timeoutMs: 60_000 })
  } catch (error) {
    if (!(error instanceof ToolError) || !/mksquashfs.*not found/i.test(error.detail)) return
    throw new NoMksquashfs('mksquashfs is neither on PATH nor where Apptainer looks for it')
  } finally {
    await fs.rm(folder, { recursive: true, force: true })
  }
}

function surroundings(scratch: string): Record<string, string | undefined> {
  return {
    APPTAINER_TMPDIR: scratch,
    SINGULARITY_TMPDIR: scratch,
    TMPDIR: scratch,
    APPTAINER_CACHEDIR: `${scratch}/cache`,
    SINGULARITY_CACHEDIR: `${scratch}/cache`,
    // Names of variables that would bind the host's folders or set a target into the build.
    APPTAINER_BIND: undefined,
    APPTAINER_BINDPATH: undefined,
    SINGULARITY_BIND: undefined,
    SINGULARITY_BINDPATH: undefined
  }
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
