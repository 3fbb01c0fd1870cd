/**
 * Asking a wrapper: it is called by its host name with all that it brings; only the program inside the container is
 * replaced, by a shell script of the test, so that every container can be asked the same questions.
 */
import type * as fileSystem from 'node:fs/promises'

import type { Caller, CallOptions, CallResult } from '../../shell/index.ts'
import { SHIM } from '../host/shims.ts'
import { lastLine } from './outcome.ts'
import type { Installed } from './session.ts'
import { failed, type Checked } from './tests.ts'

export interface Conformer {
  readonly fs: Pick<
    typeof fileSystem,
    'mkdir' | 'rm' | 'symlink' | 'stat' | 'realpath' | 'readdir' | 'rename'
  >
  readonly caller: Caller
  readonly env: Readonly<Record<string, string>>
  readonly installed: Installed
  readonly command: string
  /** A shell in the image; undefined: it has none, and nothing of this can be tested. */
  readonly shell: string | undefined
  readonly hasCat: boolean
  /** What the image sets, to be found again at run time. */
  readonly imageEnvironment: ReadonlyMap<string, string>
  /** A folder of this test. */
  readonly folder: string
  readonly timeoutMs: number
  /** Words before the command: srun and its options. Default: none. */
  readonly through?: readonly string[]
  readonly owner: { readonly uid: number; readonly gid: number }
  readonly signal: AbortSignal
}

/** One question. @param shell in the image */
export type Question = (conformer: Conformer, shell: string) => Promise<Checked>

/** What differs from an ordinary call. */
export interface Variation {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: Uint8Array
  readonly maxOutput?: number
  readonly terminateWhen?: CallOptions['terminateWhen']
}

/** Calls the wrapper, with the script in the place of its program. */
export async function ask(
  conformer: Conformer,
  shell: string,
  script: string,
  args: readonly string[] = [],
  variation: Variation = {}
): Promise<CallResult> {
  const substitute = {
    [SHIM.mode]: 'substitute',
    [SHIM.image]: conformer.installed.image,
    [SHIM.shell]: shell,
    [SHIM.script]: script
  }
  return await call(conformer, args, { ...variation, env: { ...substitute, ...variation.env } })
}

/** Calls the wrapper as it is. */
export async function call(
  conformer: Conformer,
  args: readonly string[],
  variation: Variation
): Promise<CallResult> {
  const { cwd, env, stdin: input, maxOutput, terminateWhen } = variation
  const [program = '', ...words] = [...(conformer.through ?? []), conformer.command, ...args]
  return await conformer.caller.call(program, words, {
    cwd: cwd ?? conformer.folder,
    env: { ...conformer.env, ...env },
    timeoutMs: conformer.timeoutMs,
    ...(input === undefined ? {} : { stdin: input }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
    ...(terminateWhen === undefined ? {} : { terminateWhen }),
    signal: conformer.signal
  })
}

/** Why it is not the end that was expected; undefined when it is. */
export function whyNotExit(result: CallResult, code: number): string | undefined {
  return result.exitCode === code && !result.timedOut ? undefined : `it shows as ${shown(result)}`
}

/** How a call ended, for people. */
export function shown(result: CallResult): string {
  if (result.startError !== undefined) return `"${result.startError}"`
  if (result.timedOut) return 'a time-out'
  return result.exitCode === null ? `death by ${result.signal ?? 'a signal'}` : `exit code ${result.exitCode}`
}

/** A failed test of behaviour. */
export function fault(
  conformer: Conformer,
  name: string,
  kind: string,
  reason: string,
  result: CallResult,
  hint?: string
): Checked {
  return failed(
    conformer.installed.container,
    { name, command: conformer.command, durationMs: result.durationMs },
    kind,
    reason,
    { line: lastLine(result.stderr), ...(hint === undefined ? {} : { hint }) }
  )
}
