/** The result of one test of one container or command. */
import type { Finding } from '../../report/index.ts'

export interface Test {
  /** Kebab-case: `start`, `help`, `arguments`, `module-load`, `smoke`. */
  readonly name: string
  /** undefined: a test of the container as a whole. */
  readonly command: string | undefined
  readonly outcome: 'passed' | 'failed' | 'untested'
  /** Why it failed, or why it could not be tested. */
  readonly reason?: string
  /** The last line that the command wrote to stderr. */
  readonly line?: string
  readonly durationMs?: number
}

/** What a check found out: its tests, and a finding for each that failed or could not be done. */
export interface Checked {
  readonly tests: readonly Test[]
  readonly findings: readonly Finding[]
}

/** One failed test with its finding. */
export function failed(
  container: string,
  test: { readonly name: string; readonly command?: string | undefined; readonly durationMs?: number },
  id: string,
  reason: string,
  more: { readonly line?: string; readonly hint?: string } = {}
): Checked {
  const line = more.line === undefined || more.line === '' ? {} : { line: more.line }
  return {
    tests: [{ ...test, command: test.command, outcome: 'failed', reason, ...line }],
    findings: [
      {
        id,
        severity: 'error',
        subject: test.command === undefined ? container : `${container}/${test.command}`,
        message:
          line.line === undefined ? `${test.name}: ${reason}` : `${test.name}: ${reason}: ${line.line}`,
        ...(more.hint === undefined ? {} : { hint: more.hint })
      }
    ]
  }
}

export function passed(name: string, command?: string, durationMs?: number): Checked {
  const test: Test = { name, command, outcome: 'passed' }
  return { tests: [durationMs === undefined ? test : { ...test, durationMs }], findings: [] }
}

/** Something that this machine or this image does not allow to be tested. */
export function untested(
  container: string,
  name: string,
  command: string | undefined,
  reason: string
): Checked {
  return {
    tests: [{ name, command, outcome: 'untested', reason }],
    findings: [
      {
        id: 'exposure-untested',
        severity: 'unknown',
        subject: command === undefined ? container : `${container}/${command}`,
        message: `${name}: not tested: ${reason}`
      }
    ]
  }
}

export function together(parts: readonly Checked[]): Checked {
  return { tests: parts.flatMap((part) => part.tests), findings: parts.flatMap((part) => part.findings) }
}
