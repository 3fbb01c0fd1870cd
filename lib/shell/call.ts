/**
 * Calls a command as a person's shell does: by its name through PATH, in a session of its own, so that everything
 * it starts can be seen and nothing of it stays. Unlike Exec, which ends a whole group at once, this is for testing
 * a command: what its exit is like, and what a signal to it alone does.
 */
import { spawn } from 'node:child_process'

import type { Clock } from '../ports/index.ts'
import { endSession, sessionProcesses, type SeenProcess } from './session.ts'

export interface CallOptions {
  readonly cwd: string
  /** The whole environment. PATH in it decides which file a name is. */
  readonly env: Readonly<Record<string, string>>
  /** Default: an empty stdin, at its end at once. */
  readonly stdin?: Uint8Array
  readonly timeoutMs: number
  /** Bytes kept of each stream. Default 1 MiB; what comes after is read and dropped. */
  readonly maxOutput?: number
  /** Called with all of stdout so far, each time that more has come. */
  readonly onStdout?: (text: string) => void
  /** TERM goes to the process itself, not to its group, as soon as this is true of its stdout. Looked at 20 times a second. */
  readonly terminateWhen?: (stdout: string) => boolean
  /** Looked at once after `afterMs`: true ends it in the same way, and it counts as settled. */
  readonly settled?: { readonly afterMs: number; readonly when: (running: readonly SeenProcess[]) => boolean }
  /** Cancels: the whole session is killed, and the call fails. */
  readonly signal?: AbortSignal
  /** It is not needed any more: TERM, so that it can clear up after itself, and the call resolves. */
  readonly stop?: AbortSignal
}

export interface CallResult {
  /** null: ended by `signal`, or never started. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** Set when it could not be started: ENOENT, EACCES. */
  readonly startError: string | undefined
  readonly timedOut: boolean
  /** Ended because `settled.when` was true. */
  readonly settled: boolean
  readonly stdout: Buffer
  readonly stderr: string
  readonly durationMs: number
  /** What ran in its session when the time was up or TERM was sent. */
  readonly running: readonly SeenProcess[]
  /** What still ran two seconds after the process itself had ended. It has been ended since. */
  readonly left: readonly SeenProcess[]
}

export interface Caller {
  call(command: string, args: readonly string[], options: CallOptions): Promise<CallResult>
}

const DEFAULT_MAX_OUTPUT = 2 ** 20
/** From TERM to KILL. */
const GRACE_MS = 3000
/** How long a session may outlive its leader: squashfuse ends itself a moment after the container. */
const AFTERMATH_MS = 2000
const LOOK_EVERY_MS = 50

/** @param tracking variables that let a later step find what a killed run left (lib/shell's tracking). */
export function createCaller(clock: Clock, tracking: Readonly<Record<string, string>> = {}): Caller {
  return {
    call: (command, args, options) =>
      callOnce(clock, command, args, { ...options, env: { ...options.env, ...tracking } })
  }
}

async function callOnce(
  clock: Clock,
  command: string,
  args: readonly string[],
  options: CallOptions
): Promise<CallResult> {
  options.signal?.throwIfAborted()
  const started = performance.now()
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: { ...options.env },
    // A session of its own: its number stays with all that is started in it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe']
  })
  const stdout = keep(child.stdout, options.maxOutput ?? DEFAULT_MAX_OUTPUT)
  const stderr = keep(child.stderr, options.maxOutput ?? DEFAULT_MAX_OUTPUT)
  child.stdin.on('error', () => undefined) // it may end without reading
  child.stdin.end(options.stdin ?? '')

  if (options.onStdout !== undefined) child.stdout.on('data', () => options.onStdout?.(stdout.text()))

  const session = child.pid
  let ended = false
  const end = new Promise<{ code: number | null; signal: NodeJS.Signals | null; error?: string }>(
    (resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }))
      child.once('error', (error) =>
        resolve({ code: null, signal: null, error: 'code' in error ? String(error.code) : error.message })
      )
    }
  ).then((value) => {
    ended = true
    return value
  })

  let running: readonly SeenProcess[] = []
  let timedOut = false
  let settled = false
  const terminate = async (): Promise<void> => {
    if (session === undefined || ended) return
    running = sessionProcesses(session)
    send(session, 'SIGTERM')
    await waitFor(clock, end, GRACE_MS)
    if (!ended) endSession(session)
  }
  const ending = AbortSignal.any([options.signal, options.stop].filter((one) => one !== undefined))
  const watch = async (): Promise<void> => {
    const limit = started + options.timeoutMs
    let look = options.settled === undefined ? limit : started + options.settled.afterMs
    while (!ended) {
      const wait =
        options.terminateWhen === undefined ? Math.min(limit, look) - performance.now() : LOOK_EVERY_MS
      await waitFor(clock, end, Math.max(wait, 1), ending)
      if (ended || session === undefined) return
      if (options.signal?.aborted === true) return endSession(session)
      if (options.stop?.aborted === true) return await terminate()
      if (performance.now() >= look && look < limit) {
        look = limit
        settled = options.settled?.when(sessionProcesses(session)) === true
      }
      if (performance.now() >= limit) timedOut = true
      if (timedOut || settled || options.terminateWhen?.(stdout.text()) === true) return await terminate()
    }
  }
  const watching = watch()
  const { code, signal, error } = await end
  const durationMs = performance.now() - started
  await watching
  const left = session === undefined ? [] : await aftermath(clock, session)
  // With the session ended nobody holds the pipes any more; what was written is read to its end.
  await waitFor(clock, Promise.all([stdout.done, stderr.done]), 1000)
  child.stdout.destroy()
  child.stderr.destroy()
  options.signal?.throwIfAborted()
  return {
    exitCode: code,
    signal,
    startError: error,
    timedOut,
    settled,
    stdout: stdout.bytes(),
    stderr: stderr.text(),
    durationMs,
    running,
    left
  }
}

/** Until `event`, `ms` later, or the cancellation. No timer stays: it would keep the whole action from ending. */
async function waitFor(
  clock: Clock,
  event: Promise<unknown>,
  ms: number,
  signal?: AbortSignal
): Promise<void> {
  const done = new AbortController()
  const cancelled = signal === undefined ? done.signal : AbortSignal.any([signal, done.signal])
  const cancellation = new Promise<void>((resolve) => {
    cancelled.addEventListener('abort', () => resolve(), { once: true })
    if (cancelled.aborted) resolve()
  })
  await Promise.race([event, clock.sleep(ms, cancelled).catch(() => undefined), cancellation])
  done.abort()
}

async function aftermath(clock: Clock, session: number): Promise<readonly SeenProcess[]> {
  const limit = performance.now() + AFTERMATH_MS
  let left = sessionProcesses(session)
  while (left.length > 0 && performance.now() < limit) {
    await clock.sleep(LOOK_EVERY_MS)
    left = sessionProcesses(session)
  }
  if (left.length > 0) endSession(session)
  return left
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended in between.
  }
}

function keep(
  stream: NodeJS.ReadableStream,
  limit: number
): { bytes(): Buffer; text(): string; readonly done: Promise<void> } {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    if (size >= limit) return
    chunks.push(chunk.subarray(0, limit - size))
    size += chunk.length
  })
  const done = new Promise<void>((resolve) => {
    stream.once('close', resolve)
    stream.once('error', () => resolve())
  })
  const bytes = (): Buffer => Buffer.concat(chunks)
  return { bytes, text: () => bytes().toString('utf8'), done }
}
