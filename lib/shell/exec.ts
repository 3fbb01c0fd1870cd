/**
 * Running tools. Never through a shell; each in a process group of its own, which is ended as a whole when time is
 * up or the run is cancelled. (@actions/exec has neither a time limit nor a handle on the process.)
 */
import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'

import { ToolError } from '../failure/index.ts'
import type { Exec, ExecOptions, ExecResult } from '../ports/index.ts'
import { adviceFor } from './advice.ts'
import { TRACKING_VARIABLE } from './tracking.ts'

export interface ExecSettings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Shown lines and errors pass through it: secrets become ***. */
  readonly redact?: (text: string) => string
  /** Where `echo` prints. */
  readonly print?: (line: string) => void
  /** Ends everything that runs. */
  readonly signal?: AbortSignal
  /** Carried by every child, so that the post step finds those that were left (tracking.ts). */
  readonly trackingId?: string
}

const DEFAULT_TIMEOUT_MS = 10 * 60_000
const DEFAULT_MAX_OUTPUT = 16 * 1024 * 1024
/** TERM first; KILL when that did not help. */
const GRACE_MS = 5_000
const DETAIL_LINES = 12

/** The real Exec port. */
export function createExec(settings: ExecSettings): Exec {
  return {
    run: async (command, args, options = {}) => await run(settings, command, args, options),
    which: async (command) => await which(command, settings.env)
  }
}

async function run(
  settings: ExecSettings,
  command: string,
  args: readonly string[],
  options: ExecOptions
): Promise<ExecResult> {
  const redact = settings.redact ?? ((text: string) => text)
  const shown = redact(showCommand(command, args))
  const signals = [options.signal, settings.signal].filter((signal) => signal !== undefined)
  const cancelled = signals.find((signal) => signal.aborted)
  if (cancelled !== undefined) throw failure(shown, 'cancelled', null, '', cancelled.reason)
  const started = performance.now()
  if (options.echo === true) settings.print?.(`$ ${shown}`)

  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: environment(settings, options),
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe']
  })
  const output = collect(child, options, redact, settings.print)
  const ending = supervise(child, options.timeoutMs ?? DEFAULT_TIMEOUT_MS, signals, {
    overflow: output.overflow,
    broken: Promise.race([breakOf(options.stdoutTo), errorOf(options.stdinFrom)])
  })
  child.stdin.on('error', () => undefined) // a program may close its stdin unread
  if (options.stdinFrom === undefined) child.stdin.end(options.stdin ?? '')
  else feed(options.stdinFrom, child)

  const { code, reason, cause } = await ending
  const stderr = output.stderr()
  const stdout = output.stdout()
  if (reason !== undefined) throw failure(shown, reason, code, redact(tail(stderr, stdout)), cause)
  const exitCode = code ?? -1
  const accept = options.accept ?? [0]
  if (accept !== 'any' && !accept.includes(exitCode)) {
    throw failure(shown, 'exit', exitCode, redact(tail(stderr, stdout)))
  }
  return { exitCode, stdout, stderr, durationMs: performance.now() - started }
}

function environment(settings: ExecSettings, options: ExecOptions): NodeJS.ProcessEnv {
  const merged = { ...(options.inheritEnv === false ? {} : settings.env), ...options.env }
  if (settings.trackingId !== undefined) merged[TRACKING_VARIABLE] = settings.trackingId
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
}

type Reason = ToolError['reason']
interface Ending {
  readonly code: number | null
  readonly reason?: Reason
  readonly cause?: unknown
}

function supervise(
  child: ChildProcess,
  timeoutMs: number,
  signals: readonly AbortSignal[],
  trouble: { readonly overflow: Promise<void>; readonly broken: Promise<unknown> }
): Promise<Ending> {
  return new Promise((resolve) => {
    let reason: Reason | undefined
    let cause: unknown
    let killer: NodeJS.Timeout | undefined
    const end = (why: Reason, because?: unknown): void => {
      if (reason !== undefined) return
      reason = why
      cause = because
      signalGroup(child, 'SIGTERM')
      killer = setTimeout(() => {
        signalGroup(child, 'SIGKILL')
        // A grandchild in another group can hold the pipes open: do not wait for it.
        child.stdout?.destroy()
        child.stderr?.destroy()
      }, GRACE_MS)
    }
    const timer = setTimeout(() => end('timeout'), timeoutMs)
    const onAbort = (): void => end('cancelled', signals.find((signal) => signal.aborted)?.reason)
    for (const signal of signals) signal.addEventListener('abort', onAbort)
    void trouble.overflow.then(() => end('output-limit'))
    // Nobody takes its output any more: it would wait for ever.
    void trouble.broken.then((because) => end('cancelled', because))
    const finish = (ending: Ending): void => {
      clearTimeout(timer)
      clearTimeout(killer)
      for (const signal of signals) signal.removeEventListener('abort', onAbort)
      resolve(ending)
    }
    child.on('error', (error) => finish({ code: null, reason: 'not-found', cause: error }))
    child.on('close', (code, killedBy) => {
      // The leader is gone; whatever it left in its group goes too when the end was ours.
      if (reason !== undefined) signalGroup(child, 'SIGKILL')
      if (reason !== undefined) finish({ code, reason, cause })
      else if (killedBy !== null) finish({ code, reason: 'signal', cause: killedBy })
      else finish({ code })
    })
  })
}

/** Resolves, with the reason, when a stream that a program writes to breaks; never otherwise. */
function breakOf(stream: Writable | undefined): Promise<unknown> {
  return new Promise((resolve) => {
    stream?.once('error', resolve)
    stream?.once('close', () => {
      if (!stream.writableFinished) resolve(new Error('its output was no longer read'))
    })
  })
}

/** Resolves with the error of a stream that a program reads from; never otherwise. */
function errorOf(stream: Readable | undefined): Promise<unknown> {
  return new Promise((resolve) => stream?.once('error', resolve))
}

function feed(stream: Readable, child: ChildProcessWithoutNullStreams): void {
  stream.pipe(child.stdin)
  // Who makes the stream must not go on, nor wait, for a program that has ended.
  child.on('close', () => stream.destroy())
  child.on('error', () => stream.destroy())
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // Already gone.
  }
}

function collect(
  child: ChildProcess,
  options: ExecOptions,
  redact: (text: string) => string,
  print: ((line: string) => void) | undefined
): { stdout(): string; stderr(): string; overflow: Promise<void> } {
  const limit = options.maxOutput ?? DEFAULT_MAX_OUTPUT
  const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  const size = { stdout: 0, stderr: 0 }
  const { promise: overflow, resolve: overflowed } = Promise.withResolvers<undefined>()
  const streams = { stdout: child.stdout, stderr: child.stderr }
  if (options.stdoutTo !== undefined) child.stdout?.pipe(options.stdoutTo)
  for (const name of ['stdout', 'stderr'] as const) {
    if (name === 'stdout' && options.stdoutTo !== undefined) continue
    const lines = lineSplitter((line) => {
      options.onLine?.(line, name)
      if (options.echo === true) print?.(redact(line))
    })
    streams[name]?.on('data', (chunk: Buffer) => {
      lines.push(chunk)
      kept[name].push(chunk)
      size[name] += chunk.length
      if (size[name] <= limit) return
      if (name === 'stdout') overflowed(undefined)
      // Of stderr the end is what matters: the cause stands there.
      while (size[name] > limit && kept[name].length > 1) size[name] -= kept[name].shift()?.length ?? 0
    })
    streams[name]?.on('end', () => lines.end())
  }
  return {
    stdout: () => Buffer.concat(kept.stdout).toString('utf8'),
    stderr: () => Buffer.concat(kept.stderr).toString('utf8'),
    overflow
  }
}

/** Splits at \n and \r (progress bars), and never holds more than 64 KiB of an endless line. */
function lineSplitter(onLine: (line: string) => void): { push(chunk: Buffer): void; end(): void } {
  const decoder = new TextDecoder()
  let rest = ''
  return {
    push: (chunk) => {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r/)
      rest = parts.pop() ?? ''
      for (const line of parts) onLine(line)
      if (rest.length > 65_536) {
        onLine(rest)
        rest = ''
      }
    },
    end: () => {
      if (rest !== '') onLine(rest)
      rest = ''
    }
  }
}

/** The last lines of stderr; of stdout when stderr is silent. */
function tail(stderr: string, stdout: string): string {
  const text = stderr.trim() === '' ? stdout : stderr
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  return lines
    .slice(-DETAIL_LINES)
    .map((line) => (line.length > 500 ? `${line.slice(0, 500)}…` : line))
    .join('\n')
}

function failure(
  command: string,
  reason: Reason,
  exitCode: number | null,
  detail: string,
  cause?: unknown
): ToolError {
  const program = command.split(' ', 1)[0] ?? command
  const summaries: Record<Reason, string> = {
    exit: `${command} ended with exit code ${exitCode}`,
    signal: `${command} was ended by ${String(cause)}`,
    timeout: `${command} took too long and was ended`,
    cancelled: `${command} was cancelled`,
    'not-found': `${program} could not be started: ${cause instanceof Error ? cause.message : 'not found'}`,
    'output-limit': `${command} printed more than is accepted and was ended`
  }
  return new ToolError({
    command,
    exitCode,
    reason,
    summary: summaries[reason],
    detail,
    advice: adviceFor(detail),
    cause
  })
}

/** The command as a person would type it, for messages only. */
function showCommand(command: string, args: readonly string[]): string {
  const shown = [command, ...args].map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
  )
  const line = shown.join(' ')
  return line.length > 1000 ? `${line.slice(0, 1000)}…` : line
}

async function which(
  command: string,
  env: Readonly<Record<string, string | undefined>>
): Promise<string | undefined> {
  const candidates = command.includes(path.sep)
    ? [path.resolve(command)]
    : (env['PATH'] ?? '')
        .split(path.delimiter)
        .filter((folder) => folder !== '')
        .map((folder) => path.join(folder, command))
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const candidate of candidates) {
    for (const ending of endings) {
      try {
        await access(candidate + ending, constants.X_OK)
        // A folder is "executable" too.
        if ((await stat(candidate + ending)).isFile()) return candidate + ending
      } catch {
        // Not here: the next folder.
      }
    }
  }
  return undefined
}
