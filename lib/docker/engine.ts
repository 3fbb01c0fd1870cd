/**
 * The Docker Engine through its command line client: the client finds contexts, TLS and sockets the way people have
 * set them up, and is on every runner. Arguments are arrays; secrets go through the environment.
 */
import { PassThrough, type Writable } from 'node:stream'
import { messageOf, ToolError } from '../failure/index.ts'
import type { Exec } from '../ports/index.ts'
import { readFirstFile } from './archive.ts'
import { parseContainer, parseImage, type ContainerFacts, type ImageFacts } from './inspect.ts'
import { packageDatabases, type Package } from './packages.ts'

export interface DockerOptions {
  readonly exec: Exec
  /** Added to the client's environment: DOCKER_CONFIG, DOCKER_HOST. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

export interface EngineFacts {
  readonly version: string
  /** `linux/amd64`: what the engine runs without emulation. */
  readonly platform: string
  /** The engine keeps images in containerd: an image's id is then the digest of its manifest, not of its configuration. */
  readonly containerdStore: boolean
  /** Where the engine keeps images. */
  readonly root: string
  readonly securityOptions: readonly string[]
}

export interface ExecOutcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

export interface ContainerProcess {
  readonly uid: number
  /** As the kernel has it, at most 15 characters. */
  readonly command: string
  /** Last part of the path of the program. */
  readonly program: string
}

export interface Docker {
  engine(): Promise<EngineFacts>
  /** Version of buildx, or undefined where the client has none. */
  buildx(): Promise<string | undefined>
  build(
    args: readonly string[],
    options: { env?: Readonly<Record<string, string>>; timeoutMs: number }
  ): Promise<void>
  /** undefined when the engine has no such image. */
  image(reference: string): Promise<ImageFacts | undefined>
  pull(reference: string, platform: string): Promise<void>
  tagImage(image: string, reference: string): Promise<void>
  /** @returns false when there is none */
  removeImage(reference: string): Promise<boolean>
  /** The archive of `docker save`, written to `sink`. */
  save(image: string, sink: Writable, timeoutMs: number): Promise<void>
  createVolume(name: string): Promise<void>
  /** Creates and starts; the name has to be registered for cleaning before. */
  start(
    name: string,
    args: readonly string[],
    image: string,
    command: readonly string[],
    env?: Readonly<Record<string, string>>
  ): Promise<void>
  /** undefined when there is no such container. */
  container(name: string): Promise<ContainerFacts | undefined>
  /** Runs a command in a container. Any exit code is a result. */
  inside(
    name: string,
    command: readonly string[],
    options?: { user?: string; env?: Readonly<Record<string, string>>; stdin?: string; timeoutMs?: number }
  ): Promise<ExecOutcome>
  /** The container's stdout and stderr, the last `lines`. */
  logs(name: string, lines?: number): Promise<string>
  /** Bytes of memory in use, or undefined when the engine cannot tell. */
  memory(name: string): Promise<number | undefined>
  /** What runs in a container, seen from the host. */
  processes(name: string): Promise<readonly ContainerProcess[]>
  /** A file out of a container, at most 16 MiB; undefined when it is not there. */
  readFile(name: string, path: string): Promise<string | undefined>
  /**
   * Installed packages of an image; undefined where no known package database is. Starts nothing of the image, but
   * makes a container of that name, which has to be registered for cleaning before.
   */
  packages(image: string, container: string): Promise<readonly Package[] | undefined>
  /** @returns false when there is none, or somebody else is just removing it */
  removeContainer(name: string): Promise<boolean>
  removeVolume(name: string): Promise<void>
  /** Makes a container of that name, which never starts. `in-use`: there is one, or one is being made or removed. */
  takeName(name: string, image: string): Promise<'taken' | 'in-use' | 'no-image'>
}

/** What the client itself is steered by, and no secret: the container's value must not become the client's. */
const OF_THE_CLIENT =
  /^(?:PATH|HOME|LD_\w+|DOCKER_(?:HOST|CONFIG|CONTEXT|API_VERSION|CERT_PATH|TLS|TLS_VERIFY|DEFAULT_PLATFORM))$/

/** Variables of a container by their names: the client takes the values from its own environment, so that argv has none. */
function byName(variables: Readonly<Record<string, string>>): {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
} {
  const all = Object.entries(variables)
  return {
    args: all.flatMap(([name, value]) => ['--env', OF_THE_CLIENT.test(name) ? `${name}=${value}` : name]),
    env: Object.fromEntries(all.filter(([name]) => !OF_THE_CLIENT.test(name)))
  }
}

export function createDocker(options: DockerOptions): Docker {
  const { exec, env = {} } = options
  const run = async (args: readonly string[], more: Parameters<Exec['run']>[2] = {}) =>
    await exec.run('docker', args, {
      ...more,
      env: { ...env, ...more.env },
      ...(options.signal === undefined ? {} : { signal: options.signal })
    })
  /** undefined for "No such …", the only failure that means absence. */
  const unlessAbsent = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (isAbsent(error)) return undefined
      throw error
    }
  }

  /** One file of a container, which may be stopped; undefined when it is not there. */
  const copyOut = async (name: string, path: string): Promise<string | undefined> => {
    const stream = new PassThrough()
    const reading = readFirstFile(stream, MAX_COPIED)
    reading.catch((error: unknown) =>
      stream.destroy(error instanceof Error ? error : new Error(String(error)))
    )
    const [copied, read] = await Promise.allSettled([
      run(['cp', '--follow-link', `${name}:${path}`, '-'], { stdoutTo: stream, timeoutMs: 120_000 }),
      reading
    ])
    if (copied.status === 'rejected') {
      if (
        copied.reason instanceof ToolError &&
        /could not find the file|no such file/i.test(copied.reason.detail)
      )
        return undefined
      throw copied.reason
    }
    if (read.status === 'rejected') throw read.reason
    return read.value
  }

  return {
    async engine() {
      const { stdout } = await run(['info', '--format', '{{json .}}'], { timeoutMs: 60_000 })
      return parseEngine(stdout)
    },
    async buildx() {
      const { exitCode, stdout } = await run(['buildx', 'version'], { accept: 'any', timeoutMs: 30_000 })
      return exitCode === 0 ? (/v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? stdout.trim()) : undefined
    },
    async build(args, { env: secrets = {}, timeoutMs }) {
      await run(['buildx', 'build', ...args], {
        env: { ...secrets, BUILDKIT_PROGRESS: 'plain' },
        timeoutMs,
        echo: true
      })
    },
    image: async (reference) =>
      await unlessAbsent(async () => parseImage((await run(['image', 'inspect', '--', reference])).stdout)),
    async pull(reference, platform) {
      await run(['pull', '--quiet', '--platform', platform, '--', reference], { timeoutMs: 60 * 60_000 })
    },
    async tagImage(image, reference) {
      await run(['tag', image, reference])
    },
    async removeImage(reference) {
      const removed = await unlessAbsent(async () => await run(['image', 'rm', '--', reference]))
      return removed !== undefined
    },
    async save(image, sink, timeoutMs) {
      await run(['save', '--', image], { stdoutTo: sink, timeoutMs })
    },
    async createVolume(name) {
      await run(['volume', 'create', '--', name])
    },
    async start(name, args, image, command, variables = {}) {
      const given = byName(variables)
      await run(['run', '--detach', '--name', name, ...args, ...given.args, '--', image, ...command], {
        env: given.env,
        timeoutMs: 5 * 60_000
      })
    },
    container: async (name) =>
      await unlessAbsent(async () =>
        parseContainer((await run(['container', 'inspect', '--', name])).stdout)
      ),
    async inside(name, command, { user, env: variables = {}, stdin, timeoutMs = 60_000 } = {}) {
      const args = ['exec', ...(stdin === undefined ? [] : ['--interactive'])]
      if (user !== undefined) args.push('--user', user)
      const given = byName(variables)
      return await run([...args, ...given.args, name, ...command], {
        accept: 'any',
        timeoutMs,
        env: given.env,
        ...(stdin === undefined ? {} : { stdin })
      })
    },
    async logs(name, lines = 200) {
      const result = await run(['logs', '--tail', String(lines), '--', name], {
        accept: 'any',
        timeoutMs: 30_000
      })
      return [result.stdout, result.stderr].filter((text) => text.trim() !== '').join('\n')
    },
    async memory(name) {
      const { exitCode, stdout } = await run(['stats', '--no-stream', '--format', '{{.MemUsage}}', name], {
        accept: 'any',
        timeoutMs: 30_000
      })
      return exitCode === 0 ? parseMemory(stdout) : undefined
    },
    async processes(name) {
      const { stdout } = await run(['top', name, '-eo', 'pid,uid,comm,args'], { timeoutMs: 30_000 })
      return parseProcesses(stdout)
    },
    async readFile(name, path) {
      const { exitCode, stdout } = await run(['exec', name, 'cat', '--', path], {
        accept: 'any',
        timeoutMs: 60_000
      })
      return exitCode === 0 ? stdout : undefined
    },
    async packages(image, container) {
      // Created, never started: the database is read out of the image's files.
      await run(['create', '--name', container, '--', image, 'none'], { timeoutMs: 120_000 })
      for (const { path, read } of packageDatabases) {
        const text = await copyOut(container, path)
        if (text !== undefined) return read(text)
      }
      return undefined
    },
    async removeContainer(name) {
      const args = ['container', 'rm', '--force', '--volumes', '--', name]
      const removed = await unlessAbsent(async () => await run(args)).catch((error: unknown) => {
        if (isBeingRemoved(error)) return undefined
        throw error
      })
      return removed !== undefined
    },
    async takeName(name, image) {
      try {
        await run(['create', '--pull', 'never', '--name', name, '--', image, 'none'])
        return 'taken'
      } catch (error) {
        if (isAbsent(error)) return 'no-image'
        if (error instanceof ToolError && /name .* is already in use/i.test(error.detail)) return 'in-use'
        throw error
      }
    },
    async removeVolume(name) {
      await unlessAbsent(async () => await run(['volume', 'rm', '--force', '--', name]))
    }
  }
}

const MAX_COPIED = 64 * 1024 * 1024

/** "No such image: x", "Error: No such container: x": the engine's word for "not there". */
function isAbsent(error: unknown): boolean {
  return (
    error instanceof ToolError &&
    error.reason === 'exit' &&
    /no such (image|container|object|volume)/i.test(messageOf(error))
  )
}

/** Asked for by a client that was ended before it had an answer. */
function isBeingRemoved(error: unknown): boolean {
  return error instanceof ToolError && /removal of container .* is already in progress/i.test(error.detail)
}

function parseEngine(text: string): EngineFacts {
  const json = JSON.parse(text) as Record<string, unknown>
  const errors = json['ServerErrors']
  if (Array.isArray(errors) && errors.length > 0)
    throw new Error(`the Docker Engine does not answer: ${errors.join('; ')}`)
  const words: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' }
  const architecture = String(json['Architecture'] ?? '')
  const status = JSON.stringify(json['DriverStatus'] ?? [])
  const security = json['SecurityOptions']
  return {
    version: String(json['ServerVersion'] ?? ''),
    platform: `${String(json['OSType'] ?? 'linux')}/${words[architecture] ?? architecture}`,
    containerdStore: status.includes('io.containerd.snapshotter'),
    root: String(json['DockerRootDir'] ?? '/var/lib/docker'),
    securityOptions: Array.isArray(security) ? security.map(String) : []
  }
}

/** `docker top`: a line of headings, then pid, uid, comm and the command line. */
function parseProcesses(text: string): readonly ContainerProcess[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const match = /^\s*\d+\s+(\d+)\s+(\S+)\s+(\S+)/.exec(line)
      if (match === null) return []
      const [, uid, command = '', path = ''] = match
      return [{ uid: Number(uid), command, program: path.split('/').at(-1) ?? path }]
    })
}

/** `12.3MiB / 1GiB`. */
function parseMemory(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([KMGT]i?)?B/i.exec(text)
  if (match === null) return undefined
  const units: Readonly<Record<string, number>> = {
    '': 1,
    K: 1e3,
    KI: 2 ** 10,
    M: 1e6,
    MI: 2 ** 20,
    G: 1e9,
    GI: 2 ** 30,
    T: 1e12,
    TI: 2 ** 40
  }
  return Math.round(Number(match[1]) * (units[(match[2] ?? '').toUpperCase()] ?? 1))
}
