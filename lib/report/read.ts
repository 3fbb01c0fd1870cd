/** Reading a report that came from outside (an artifact of another job): checked, never trusted. */
import { REPORT_SCHEMA, type Finding, type Report, type Severity, type Verdict } from './types.ts'

const VERDICTS: readonly Verdict[] = ['ok', 'failed', 'unknown', 'cancelled']
const SEVERITIES: readonly Severity[] = ['notice', 'unknown', 'warning', 'error']
const NAME = /^[a-z][a-z0-9-]{0,63}$/
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** Larger reports are refused: nobody reads them, and they are not ours. */
export const MAX_REPORT_BYTES = 32 * 1024 * 1024

/**
 * The report in `text`, or every reason why it is none.
 * docs/schemas/report.schema.json says the same; a test compares the two.
 */
export function readReport(
  text: string
): { readonly report: Report } | { readonly problems: readonly string[] } {
  if (Buffer.byteLength(text) > MAX_REPORT_BYTES)
    return { problems: [`larger than ${MAX_REPORT_BYTES} bytes`] }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] }
  }
  const problems = check(value)
  return problems.length > 0 ? { problems } : { report: value as Report }
}

function check(value: unknown): readonly string[] {
  if (!isObject(value)) return ['not an object']
  const problems: string[] = []
  const expect = (condition: boolean, problem: string): void => {
    if (!condition) problems.push(problem)
  }
  expect(value['schema'] === REPORT_SCHEMA, `schema is not ${REPORT_SCHEMA}`)
  expect(matches(value['action'], NAME), 'action is not a name')
  expect(matches(value['started'], DATE), 'started is not a UTC date')
  expect(matches(value['finished'], DATE), 'finished is not a UTC date')
  expect(VERDICTS.includes(value['verdict'] as Verdict), `verdict is none of ${VERDICTS.join(', ')}`)
  expect(typeof value['headline'] === 'string', 'headline is not text')
  expect(value['details'] === undefined || isObject(value['details']), 'details is not an object')
  for (const list of ['subjects', 'unreached'])
    expect(value[list] === undefined || isTexts(value[list]), `${list} are not texts`)
  expect(
    value['coverage'] === undefined || isCoverage(value['coverage']),
    'coverage does not say of what, and whether whole'
  )
  const figures = value['figures']
  expect(
    isObject(figures) &&
      Object.entries(figures).every(([name, figure]) => NAME.test(name) && typeof figure === 'number'),
    'figures are not numbers by name'
  )
  const known = new Set([
    'schema',
    'action',
    'started',
    'finished',
    'verdict',
    'headline',
    'details',
    'figures',
    'findings',
    'subjects',
    'unreached',
    'coverage'
  ])
  for (const key of Object.keys(value)) expect(known.has(key), `${key} is not known`)
  if (Array.isArray(value['findings'])) {
    value['findings'].forEach((finding: unknown, index) =>
      expect(isFinding(finding), `findings[${index}] is not a finding`)
    )
  } else problems.push('findings is not a list')
  return problems
}

function isFinding(value: unknown): value is Finding {
  if (!isObject(value)) return false
  const { id, subject, severity, message, hint, place, ...rest } = value
  return (
    matches(id, NAME) &&
    typeof subject === 'string' &&
    SEVERITIES.includes(severity as Severity) &&
    typeof message === 'string' &&
    (hint === undefined || typeof hint === 'string') &&
    (place === undefined || isPlace(place)) &&
    Object.keys(rest).length === 0
  )
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isCoverage(value: unknown): boolean {
  if (!isObject(value)) return false
  const { of, whole, ...rest } = value
  return typeof of === 'string' && typeof whole === 'boolean' && Object.keys(rest).length === 0
}

function isPlace(value: unknown): boolean {
  if (!isObject(value)) return false
  const { file, line, column, ...rest } = value
  const isCount = (number: unknown): boolean =>
    number === undefined || (Number.isInteger(number) && Number(number) >= 1)
  return typeof file === 'string' && isCount(line) && isCount(column) && Object.keys(rest).length === 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value)
}
