/**
 * Tests that need services: skipped, with the reason in their title, where one is missing; failing instead where
 * REQUIRE_SERVICES (comma separated names) lists it. And tests that need a system: skipped by name on another one.
 */
import { describe, test } from '@jest/globals'
import { serviceStates, SERVICE_NAMES } from './services/available.ts'
import type { ServiceName, ServiceState } from './services/available.ts'

/** `describe`, for tests that need these services. */
export function describeWithServices(names: readonly ServiceName[], title: string, body: () => void): void {
  const verdict = judgeServices(names, serviceStates(), process.env.REQUIRE_SERVICES ?? '')
  if (verdict.kind === 'run') {
    describe(title, body)
  } else if (verdict.kind === 'skip') {
    describe.skip(`${title} [skipped: ${verdict.why}]`, body)
    // Jest shows skipped titles with --verbose only; a missing service has to be named always.
    process.stderr.write(`skipped for a missing service: ${title}: ${verdict.why}\n`)
  } else {
    describe(title, () => {
      test('has the services that REQUIRE_SERVICES lists', () => {
        throw new Error(verdict.why)
      })
    })
  }
}

/** `posix`: programs that begin with `#!`, signals, modes, links. `linux`: /proc, too. */
export type System = 'posix' | 'linux'

/** `describe`, for what there is on such a system only. */
export function describeOn(system: System, title: string, body: () => void): void {
  if (isSystem(system, process.platform)) describe(title, body)
  else describe.skip(skippedOn(system, title), body)
}

/** `test`, for what there is on such a system only. */
export function testOn(system: System, title: string, body: () => Promise<void>, limitMs?: number): void {
  if (isSystem(system, process.platform)) test(title, body, limitMs)
  else test.skip(skippedOn(system, title), body, limitMs)
}

/** The decision, pure. */
export function isSystem(system: System, platform: NodeJS.Platform): boolean {
  return system === 'linux' ? platform === 'linux' : platform !== 'win32'
}

function skippedOn(system: System, title: string): string {
  process.stderr.write(`skipped on ${process.platform}: ${title}: it needs ${system}\n`)
  return `${title} [skipped: it needs ${system}]`
}

export type Verdict = { readonly kind: 'run' } | { readonly kind: 'skip' | 'fail'; readonly why: string }

/** The decision, pure. @param required value of REQUIRE_SERVICES; a name that does not exist fails as well */
export function judgeServices(
  names: readonly ServiceName[],
  states: readonly ServiceState[],
  required: string
): Verdict {
  const listed = required
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const unknown = listed.filter((name) => !(SERVICE_NAMES as readonly string[]).includes(name))
  if (unknown.length > 0) {
    return {
      kind: 'fail',
      why: `REQUIRE_SERVICES: unknown ${unknown.join(', ')}; known: ${SERVICE_NAMES.join(', ')}`
    }
  }
  const lacking = states.filter(({ name, missing }) => names.includes(name) && missing !== undefined)
  if (lacking.length === 0) return { kind: 'run' }
  const why = lacking.map(({ name, missing }) => `${name} (${missing ?? ''})`).join(', ')
  return { kind: lacking.some(({ name }) => listed.includes(name)) ? 'fail' : 'skip', why }
}
