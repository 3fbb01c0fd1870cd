/** What became of one call of a wrapper. Pure. */
import type { CallResult } from '../../shell/index.ts'
import type { SeenProcess } from '../../shell/index.ts'

export type CallOutcome =
  | { readonly state: 'ran'; readonly exitCode: number }
  /** It was still there when the time was up, and it was the promised program. */
  | { readonly state: 'running' }
  | { readonly state: 'needs-display'; readonly line: string }
  | { readonly state: 'failed'; readonly kind: FailureKind; readonly reason: string; readonly line: string }

/** The id of the finding. */
export type FailureKind =
  | 'exposure-not-found'
  | 'exposure-not-executable'
  | 'exposure-library-missing'
  | 'exposure-program-missing'
  | 'exposure-runtime-failed'
  | 'exposure-never-returns'
  | 'exposure-calls-itself'
  | 'exposure-killed'

const DISPLAY_WANTED =
  /cannot open display|can't open display|could not connect to display|unable to (?:open|access) (?:the )?(?:x )?display|no display name and no \$DISPLAY|(?:failed|unable) to (?:connect|open) (?:to )?(?:x|display)|DISPLAY (?:environment )?variable|xcb_connection|This application failed to start because no Qt platform plugin|glfw error 65544|error: XDG_RUNTIME_DIR not set/i

const LIBRARY_MISSING =
  /error while loading shared libraries: ([^:\n]+)|([^:\s]+): version `?'?[^'\n]+' not found|symbol lookup error|cannot execute: required file not found|Error loading shared library ([^:\n]+)|error: relocation error/

/**
 * @param isPromised true for a process that is the promised program itself
 * @param limit says what a time-out means: `fails`, or that a promised program which still runs is all right
 */
export function judgeCall(
  result: CallResult,
  isPromised: (process: SeenProcess) => boolean,
  limit: 'fails' | 'running-is-fine'
): CallOutcome {
  const line = lastLine(result.stderr)
  const fail = (kind: FailureKind, reason: string, at = line): CallOutcome => ({
    state: 'failed',
    kind,
    reason,
    line: at
  })
  if (result.startError === 'ENOENT')
    return fail(
      'exposure-not-found',
      'it is not found through PATH, or the interpreter of its first line is missing'
    )
  if (result.startError !== undefined)
    return fail('exposure-not-executable', `it cannot be executed (${result.startError})`)
  const fatal = /^.*\b(?:FATAL|ERROR)\s*:.*$/m.exec(result.stderr)?.[0]
  const library = LIBRARY_MISSING.exec(result.stderr)
  if (library !== null) {
    const name = library[1] ?? library[3]
    return fail(
      'exposure-library-missing',
      name === undefined ? 'the loader does not find what it needs' : `the library ${name.trim()} is missing`,
      lineOf(result.stderr, library.index)
    )
  }
  if (result.settled) return { state: 'running' }
  if (result.timedOut) {
    if (result.running.some(isPromised) && limit === 'running-is-fine') return { state: 'running' }
    const wrappers = result.running.filter((process) =>
      process.command.some((word) => /(?:^|\/)(?:sh|bash|dash)$/.test(word))
    )
    if (!result.running.some(isPromised) && wrappers.length > 3) {
      return fail(
        'exposure-calls-itself',
        `${wrappers.length} shells were running and no program of the container: the wrapper calls itself`
      )
    }
    return fail('exposure-never-returns', 'it did not come to an end in time')
  }
  const wantsDisplay = DISPLAY_WANTED.exec(result.stderr)
  if (wantsDisplay !== null && result.exitCode !== 0)
    return { state: 'needs-display', line: lineOf(result.stderr, wantsDisplay.index) }
  if (fatal !== undefined && result.exitCode === 255) {
    if (/executable file not found|no such file or directory/i.test(fatal))
      return fail('exposure-program-missing', 'the container does not find the program', fatal)
    return fail('exposure-runtime-failed', 'the container runtime failed', fatal)
  }
  if (result.exitCode === 126)
    return fail('exposure-not-executable', 'exit code 126: found, and not executable')
  if (result.exitCode === 127)
    return fail('exposure-program-missing', 'exit code 127: a command was not found')
  if (result.exitCode === null)
    return fail('exposure-killed', `it was ended by ${result.signal ?? 'a signal'}`)
  // 128 + n: the program died of signal n; 4, 6, 7, 8 and 11 are those of a broken binary.
  if ([132, 134, 135, 136, 139].includes(result.exitCode)) {
    return fail('exposure-killed', `exit code ${result.exitCode}: it died of signal ${result.exitCode - 128}`)
  }
  return { state: 'ran', exitCode: result.exitCode }
}

/** The last line that says something. */
export function lastLine(text: string): string {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const last = lines.at(-1) ?? ''
  return last.length > 300 ? `${last.slice(0, 300)}…` : last
}

function lineOf(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at) + 1
  const end = text.indexOf('\n', at)
  return text
    .slice(start, end === -1 ? undefined : end)
    .trim()
    .slice(0, 300)
}
