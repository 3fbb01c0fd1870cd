/** Every wrapper, called by its host name: does the promised program start? */
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import type { Caller, CallResult, SeenProcess } from '../../shell/index.ts'
import type { Command } from '../promise.ts'
import { judgeCall, type CallOutcome } from './outcome.ts'
import { failed, passed, untested, type Checked } from './tests.ts'

export interface Starter {
  readonly fs: Pick<typeof fileSystem, 'mkdir' | 'rm'>
  readonly caller: Caller
  readonly env: Readonly<Record<string, string>>
  readonly container: string
  /** Image file on the host: a process that names it is the runtime, not the program. */
  readonly image: string
  /** A folder of this test; every call gets one of its own in it, removed afterwards. */
  readonly folder: string
  readonly timeoutMs: number
  /** DISPLAY of a virtual screen; undefined: there is none, and what wants one is untested. */
  readonly display: string | undefined
  readonly signal: AbortSignal
}

/** A program that still runs after this, and is the promised one, has started. */
const SETTLED_MS = 5000

/** Calls it without arguments, stdin closed. Any exit code of the program itself will do: it ran. */
export async function checkStart(starter: Starter, command: Command): Promise<Checked> {
  const outcome = await callCounted(starter, command, [], 'running-is-fine')
  return toChecked(starter, 'start', command, outcome)
}

/** Calls it with --help, and with --version when that did not succeed. A time-out is a failure here. */
export async function checkHelp(starter: Starter, command: Command): Promise<Checked> {
  const help = await callCounted(starter, command, ['--help'], 'fails')
  if (help.outcome.state === 'ran' && help.outcome.exitCode !== 0) {
    const version = await callCounted(starter, command, ['--version'], 'fails')
    // Neither is known to every program; what counts is that one of them came to an end by itself.
    if (version.outcome.state === 'ran') return toChecked(starter, 'help', command, version)
  }
  return toChecked(starter, 'help', command, help)
}

interface Counted {
  readonly outcome: CallOutcome
  readonly result: CallResult
}

async function callCounted(
  starter: Starter,
  command: Command,
  args: readonly string[],
  limit: 'fails' | 'running-is-fine'
): Promise<Counted> {
  const isProgram = (process: SeenProcess): boolean => isPromisedProgram(process, command, starter.image)
  const once = async (env: Readonly<Record<string, string>>): Promise<Counted> => {
    const cwd = path.join(starter.folder, `call-${command.name}-${args.length}`)
    await starter.fs.mkdir(cwd, { recursive: true })
    const result = await starter.caller.call(command.name, args, {
      cwd,
      env,
      timeoutMs: starter.timeoutMs,
      ...(limit === 'fails'
        ? {}
        : {
            settled: {
              afterMs: Math.min(SETTLED_MS, starter.timeoutMs / 2),
              when: (running) => running.some(isProgram)
            }
          }),
      signal: starter.signal
    })
    await starter.fs.rm(cwd, { recursive: true, force: true })
    return { result, outcome: judgeCall(result, isProgram, limit) }
  }
  const first = await once(starter.env)
  if (first.outcome.state !== 'needs-display' || starter.display === undefined) return first
  return await once({ ...starter.env, DISPLAY: starter.display })
}

function toChecked(starter: Starter, test: string, command: Command, { outcome, result }: Counted): Checked {
  const { container } = starter
  const about = { name: test, command: command.name, durationMs: result.durationMs }
  if (outcome.state === 'needs-display') {
    return starter.display === undefined
      ? untested(
          container,
          test,
          command.name,
          `it wants a screen, and there is no Xvfb here: ${outcome.line}`
        )
      : failed(
          container,
          about,
          'exposure-display-failed',
          'it does not reach the screen that DISPLAY names',
          {
            line: outcome.line
          }
        )
  }
  if (outcome.state === 'failed')
    return failed(container, about, outcome.kind, outcome.reason, { line: outcome.line })
  if (result.left.length > 0) {
    const shown = result.left
      .map((process) => process.command.join(' ') || String(process.pid))
      .join('; ')
      .slice(0, 200)
    return failed(container, about, 'exposure-orphan-left', `processes stay when it has ended: ${shown}`)
  }
  return passed(test, command.name, result.durationMs)
}

/** Apptainer's and SingularityCE's own processes beside a container: they set it up and mount its image. */
const RUNTIME_PROGRAM = /(?:^|\/)(?:starter(?:-suid)?|squashfuse(?:_ll)?|fuse2fs|fuse-overlayfs|gocryptfs)$/

/**
 * True for the promised program, and for whatever a promised launcher has become in the container: `exec java …`.
 * Which program a wrapper starts is proved elsewhere. Wrappers and the runtime carry the image in their arguments, or
 * are shells of the host.
 */
export function isPromisedProgram(process: SeenProcess, command: Command, image: string): boolean {
  if (process.command.includes(image)) return false
  if (process.isContained && process.program !== undefined && !RUNTIME_PROGRAM.test(process.program))
    return true
  const files = [command.file, command.realFile].filter((file) => file !== undefined)
  if (process.program !== undefined && files.includes(process.program)) return true
  // A script shows as its interpreter with the script behind it.
  return process.command
    .slice(0, 3)
    .some((word) => files.includes(word) || (command.file === undefined && word === command.name))
}
