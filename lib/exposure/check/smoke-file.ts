/** Reads the smoke file: a YAML (or JSON) list of tests. Pure: text in, tests or problems out. */
import { parse, YAMLParseError } from 'yaml'

import { messageOf } from '../../failure/index.ts'
import type { Expectation, SmokeTest } from './smoke.ts'

export interface SmokeFile {
  readonly tests: readonly SmokeTest[]
  /** Everything that is wrong with it, each with the place in the list. */
  readonly problems: readonly string[]
}

const KEYS = ['container', 'command', 'args', 'stdin', 'exit-code', 'stdout', 'stderr', 'timeout']
const MAX_TESTS = 10_000

export function parseSmokeFile(text: string): SmokeFile {
  let value: unknown
  try {
    value = parse(text, { maxAliasCount: 100 })
  } catch (error) {
    if (error instanceof YAMLParseError)
      return { tests: [], problems: [error.message.split('\n')[0] ?? 'no YAML'] }
    return { tests: [], problems: [messageOf(error)] }
  }
  if (!Array.isArray(value)) return { tests: [], problems: ['it must be a list of tests'] }
  if (value.length === 0) return { tests: [], problems: ['it holds no test'] }
  if (value.length > MAX_TESTS)
    return { tests: [], problems: [`${value.length} tests; at most ${MAX_TESTS} are read`] }
  const problems: string[] = []
  const tests = value.map((item: unknown, index) =>
    readTest(item, (problem) => problems.push(`test ${index + 1}: ${problem}`))
  )
  return { tests: tests.filter((test) => test !== undefined), problems }
}

type Complain = (problem: string) => unknown

function readTest(item: unknown, complain: Complain): SmokeTest | undefined {
  if (!isRecord(item)) {
    complain('it must have keys and values')
    return undefined
  }
  for (const key of Object.keys(item)) {
    if (!KEYS.includes(key)) complain(`${key} is not known; known are ${KEYS.join(', ')}`)
  }
  const command = item['command']
  if (typeof command !== 'string' || command === '') complain('command: the name of a command is needed')
  else if (command.includes('/')) complain('command: a name, not a path: it is called through PATH')
  const container = item['container']
  if (container !== undefined && typeof container !== 'string') complain('container: a text is needed')
  const exitCode = item['exit-code'] ?? 0
  if (typeof exitCode !== 'number' || !Number.isInteger(exitCode) || exitCode < 0 || exitCode > 255) {
    complain('exit-code: a whole number from 0 to 255')
  }
  return {
    container: typeof container === 'string' ? container : undefined,
    command: String(command),
    args: readArguments(item['args'], complain),
    stdin: readText('stdin', item['stdin'], complain),
    exitCode: Number(exitCode),
    stdout: readExpectation('stdout', item['stdout'], complain),
    stderr: readExpectation('stderr', item['stderr'], complain),
    timeoutMs: readTimeout(item['timeout'], complain)
  }
}

function readArguments(value: unknown, complain: Complain): readonly string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every((word) => typeof word === 'string' || typeof word === 'number')) {
    return value.map(String)
  }
  complain('args: a list of texts')
  return []
}

function readText(key: string, value: unknown, complain: Complain): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  complain(`${key}: a text is needed`)
  return ''
}

function readExpectation(key: string, value: unknown, complain: Complain): Expectation | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') return { contains: value }
  if (!isRecord(value)) {
    complain(`${key}: a text that it contains, or contains, equals or matches with a text`)
    return undefined
  }
  for (const [name, text] of Object.entries(value)) {
    if (!['contains', 'equals', 'matches'].includes(name)) complain(`${key}: ${name} is not known`)
    else if (typeof text !== 'string') complain(`${key}: ${name} needs a text`)
    else if (name === 'matches' && !isPattern(text)) complain(`${key}: ${text} is no regular expression`)
  }
  return value
}

function readTimeout(value: unknown, complain: Complain): number | undefined {
  if (value === undefined) return undefined
  const match = /^(\d{1,6})(s|m)$/.exec(String(value))
  if (match === null) {
    complain('timeout: a number with s or m, such as 90s')
    return undefined
  }
  return Number(match[1]) * (match[2] === 'm' ? 60_000 : 1000)
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'mu') instanceof RegExp
  } catch {
    return false
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
