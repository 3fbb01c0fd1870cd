/**
 * The ports: everything an action does to the world goes through one of these, passed in as a value. Real ones
 * are made in one place (lib/action); a test passes its own. Types only.
 */
import type * as fileSystem from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'

export interface Ports {
  readonly exec: Exec
  readonly http: Http
  readonly clock: Clock
  /** node:fs/promises, or a stand-in that runs out of space. */
  readonly fs: typeof fileSystem
  readonly log: Log
  readonly cleanup: Cleanup
  readonly runner: Runner
}

// ---------------------------------------------------------------- time

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

// ---------------------------------------------------------------- running tools

export interface Exec {
  /**
   * Runs a program and waits for it. Never through a shell: `command` is a path or a name on PATH, `args` reach
   * it unchanged. Throws ToolError for a failure that `options` does not accept.
   */
  run(command: string, args: readonly string[], options?: ExecOptions): Promise<ExecResult>
  /** Absolute path of a program on PATH, or undefined. */
  which(command: string): Promise<string | undefined>
}

export interface ExecOptions {
  readonly cwd?: string
  /** Added to the environment of the action; undefined removes a name. Secrets come here or through stdin. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** With false the program sees `env` only. Default true. */
  readonly inheritEnv?: boolean
  readonly stdin?: string | Uint8Array
  /**
   * stdin comes from here, as fast as the program takes it. When the stream breaks, the program is ended and the
   * call fails with the stream's error as its cause; when the program ends first, the stream is destroyed.
   */
  readonly stdinFrom?: Readable
  /**
   * stdout goes here byte for byte, as fast as it is taken, and is not kept; ended when the program ends. When the
   * stream breaks, the program is ended and the call fails.
   */
  readonly stdoutTo?: Writable
  /** After this the whole process group gets TERM, then KILL. Default 10 minutes. */
  readonly timeoutMs?: number
  /** Exit codes that are not a failure. Default [0]; 'any' for all. */
  readonly accept?: readonly number[] | 'any'
  /** Bytes of stdout and of stderr that are kept: the last ones for stderr, a failure past it for stdout. Default 16 MiB. */
  readonly maxOutput?: number
  /** Called with each line as it comes, of both streams. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** Show the command and its output in the log. Default false. */
  readonly echo?: boolean
  readonly signal?: AbortSignal
}

export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

// ---------------------------------------------------------------- HTTP

export interface Http {
  /**
   * One exchange, no retry, no redirect followed. Resolves for every status; rejects with HttpError when there
   * was no usable answer (refused, reset, time-out, body above `maxBytes`).
   */
  request(url: string, options?: HttpOptions): Promise<HttpResponse>
  /** The same with the body as a stream, for what is too large to hold. The caller must consume or destroy it. */
  stream(url: string, options?: HttpOptions): Promise<HttpStream>
}

export interface HttpOptions {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  /** A stream is sent once and cannot be retried; give content-length in `headers` with it. */
  readonly body?: string | Uint8Array | Readable
  /** Whole exchange for request(); until the headers, then between two reads, for stream(). Default 30 s. */
  readonly timeoutMs?: number
  /** Largest body accepted by request(). Default 16 MiB. */
  readonly maxBytes?: number
  readonly family?: 4 | 6
  /** Connect here instead of asking DNS; Host and TLS name stay those of the URL. */
  readonly address?: string
  /** `http://host:port` of a forward proxy, whatever the environment says. https goes through it by CONNECT. */
  readonly proxy?: string
  readonly signal?: AbortSignal
}

export interface HttpHead {
  readonly url: string
  readonly status: number
  /** Lower-case names; a repeated header is joined by ", ". */
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds until the headers were there. */
  readonly latencyMs: number
  readonly remoteAddress: string | undefined
}

export interface HttpResponse extends HttpHead {
  readonly body: Buffer
}

export interface HttpStream extends HttpHead {
  readonly body: Readable
}

// ---------------------------------------------------------------- telling people

export interface Log {
  debug(message: string): void
  info(message: string): void
  notice(message: string, at?: Place): void
  warning(message: string, at?: Place): void
  error(message: string, at?: Place): void
  /** One foldable group per phase; the line that closes it says how long it took. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>
  /** From here on this text is shown as ***, in all that the action prints. */
  mask(secret: string): void
  /** A progress line at most every few seconds: `label: 3/10, 120 MB of 1.2 GB, 14 MB/s, 1m20s left`. */
  progress(label: string, total: { readonly items?: number; readonly bytes?: number }): Progress
}

/** Where in a file of the repository an annotation belongs; lines and columns count from 1. `file` '' is nowhere. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly title?: string
}

export interface Progress {
  add(done: { readonly items?: number; readonly bytes?: number }): void
  end(): void
}

// ---------------------------------------------------------------- what must be gone afterwards

export interface Cleanup {
  /**
   * Writes the resource to the action's state. Call it BEFORE the resource exists: the post step removes whatever
   * is listed, also after a cancel or a kill, and is content when it never came to be.
   */
  register(resource: Resource): void
  /** The resource is gone (or was handed over on purpose). */
  release(resource: Resource): void
}

export interface Resource {
  /** `folder`, `part` (lib/files) and `process` are known to lib/action; an action adds its own kinds. */
  readonly kind: string
  readonly id: string
}

// ---------------------------------------------------------------- where we run

/** What the runner tells about the run. Only lib/action reads process.env; everything else reads this. */
export interface Runner {
  /** A private folder below RUNNER_TEMP, removed by post. */
  readonly temp: string
  readonly workspace: string
  readonly toolCache: string
  /** `owner/name`, or '' outside of a repository. */
  readonly repository: string
  readonly sha: string
  readonly ref: string
  readonly workflow: string
  readonly runId: string
  readonly runAttempt: number
  readonly eventName: string
  readonly event: Readonly<Record<string, unknown>>
  readonly actor: string
  readonly triggeringActor: string
  readonly apiUrl: string
  readonly serverUrl: string
  /** The environment, for tools that have their own variables (RCLONE_*, DOCKER_CONFIG). Never for inputs. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted on SIGINT and SIGTERM: long work listens to it. */
  readonly signal: AbortSignal
}
