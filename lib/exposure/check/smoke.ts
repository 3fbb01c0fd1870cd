/** Smoke tests: what a maintainer says a command must do, run through its wrapper. */
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import type { Caller, CallResult } from '../../shell/index.ts'
import { lastLine } from './outcome.ts'
import { failed, passed, type Checked } from './tests.ts'

export interface Expectation {
  /** The text must be in it. */
  readonly contains?: string
  /** It must be exactly this. */
  readonly equals?: string
  /** A regular expression (JavaScript, flags m and u) must match somewhere. */
  readonly matches?: string
}

export interface SmokeTest {
  /** NAME, NAME_VERSION or NAME_VERSION_DATE; undefined: every container. */
  readonly container: string | undefined
  readonly command: string
  readonly args: readonly string[]
  readonly stdin: string
  readonly exitCode: number
  readonly stdout: Expectation | undefined
  readonly stderr: Expectation | undefined
  /** undefined: the action's own limit. */
  readonly timeoutMs: number | undefined
}

export interface SmokeRunner {
  readonly fs: Pick<typeof fileSystem, 'mkdir' | 'rm'>
  readonly caller: Caller
  readonly env: Readonly<Record<string, string>>
  readonly container: string
  readonly folder: string
  readonly timeoutMs: number
  /** Words before the command, such as srun and its options. */
  readonly through: readonly string[]
  readonly signal: AbortSignal
}

/** Runs one smoke test in a folder of its own. @param number counts from 1 and names it in the report */
export async function runSmokeTest(runner: SmokeRunner, test: SmokeTest, number: number): Promise<Checked> {
  const cwd = path.join(runner.folder, `smoke-${number}`)
  await runner.fs.mkdir(cwd, { recursive: true })
  const [command = test.command, ...args] = [...runner.through, test.command, ...test.args]
  const result = await runner.caller.call(command, args, {
    cwd,
    env: runner.env,
    stdin: Buffer.from(test.stdin),
    timeoutMs: test.timeoutMs ?? runner.timeoutMs,
    signal: runner.signal
  })
  await runner.fs.rm(cwd, { recursive: true, force: true })
  const name = `${runner.through.length === 0 ? 'smoke' : 'slurm'}-${number}`
  const reason = whyWrong(test, result)
  if (reason === undefined) return passed(name, test.command, result.durationMs)
  return failed(
    runner.container,
    { name, command: test.command, durationMs: result.durationMs },
    runner.through.length === 0 ? 'exposure-smoke-failed' : 'exposure-slurm-failed',
    reason,
    { line: lastLine(result.stderr) }
  )
}

/** The first thing that is not as expected. Pure. */
export function whyWrong(test: SmokeTest, result: CallResult): string | undefined {
  if (result.startError === 'ENOENT') return 'no command of this name is found through PATH'
  if (result.startError !== undefined) return `it could not be started (${result.startError})`
  if (result.timedOut) return 'it did not come to an end in time'
  if (result.exitCode !== test.exitCode) {
    return `exit code ${result.exitCode ?? result.signal ?? 'none'} instead of ${test.exitCode}`
  }
  return (
    whyOther('stdout', result.stdout.toString('utf8'), test.stdout) ??
    whyOther('stderr', result.stderr, test.stderr) ??
    (result.left.length > 0 ? 'processes stay when it has ended' : undefined)
  )
}

/** A regular expression is run on this much at most. */
const MATCH_CHARACTERS = 65_536

function whyOther(stream: string, text: string, expected: Expectation | undefined): string | undefined {
  if (expected === undefined) return undefined
  if (expected.equals !== undefined && text !== expected.equals) {
    return `${stream} is ${show(text)} instead of ${show(expected.equals)}`
  }
  if (expected.contains !== undefined && !text.includes(expected.contains)) {
    return `${stream} has no ${show(expected.contains)}: ${show(text)}`
  }
  if (
    expected.matches !== undefined &&
    !new RegExp(expected.matches, 'mu').test(text.slice(0, MATCH_CHARACTERS))
  ) {
    return `${stream} does not match ${expected.matches}: ${show(text)}`
  }
  return undefined
}

function show(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text)
}

/** True when the test is for this container. */
export function isFor(
  test: SmokeTest,
  container: { readonly id: string; readonly image: string; readonly name: string }
): boolean {
  return (
    test.container === undefined || [container.id, container.image, container.name].includes(test.container)
  )
}
