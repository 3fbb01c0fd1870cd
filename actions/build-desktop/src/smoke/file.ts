/** From the YAML text of a smoke file to its profiles: parsed, held against the schema, read. Pure. */
import { LineCounter, parseDocument } from 'yaml'
import { InputError, type InputProblem } from '../../../../lib/failure/index.ts'
import type { Raw } from './raw.ts'
import { readProfile } from './read-profile.ts'
import { smokeSchema } from './schema.ts'
import type { Profile } from './types.ts'
import { validate } from './validate.ts'

/** Larger files are refused: YAML is read as a whole. */
const MAX_BYTES = 1024 * 1024

/**
 * Reads a smoke file.
 * @param name of the file, for messages
 * @throws InputError with every problem and the line that it is on
 */
export function readSmokeFile(source: string, name: string): readonly Profile[] {
  if (Buffer.byteLength(source) > MAX_BYTES) {
    throw new InputError([
      { input: 'smoke-file', given: name, allowed: `a file of at most ${MAX_BYTES} bytes` }
    ])
  }
  const lines = new LineCounter()
  // Aliases are counted below: a small file could otherwise unfold to gigabytes.
  const document = parseDocument(source, { lineCounter: lines, version: '1.2', uniqueKeys: true })
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map((error) =>
        problem(name, lines.linePos(error.pos[0]).line, error.message.split('\n', 1)[0] ?? '', 'YAML 1.2')
      )
    )
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true)
      const range =
        typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null
      if (range?.[0] !== undefined) return lines.linePos(range[0]).line
    }
    return 1
  }
  const problems = validate(smokeSchema, value).map((violation) =>
    problem(
      name,
      lineOf(violation.path),
      `${violation.path.join('.')} ${violation.message}`,
      'what docs/schemas/smoke.schema.json says'
    )
  )
  if (problems.length > 0) throw new InputError(problems)
  const refused: InputProblem[] = []
  const profiles = Object.entries((value as { profiles: Record<string, Raw> }).profiles).map(
    ([profileName, raw]) =>
      readProfile(profileName, raw, (path, message) => {
        refused.push(
          problem(
            name,
            lineOf(['profiles', profileName, ...path]),
            `profiles.${[profileName, ...path].join('.')} ${message}`,
            'see docs/schemas/smoke.schema.json'
          )
        )
      })
  )
  if (refused.length > 0) throw new InputError(refused)
  return profiles
}

function problem(file: string, line: number, given: string, allowed: string): InputProblem {
  return { input: `smoke-file ${file}, line ${line}`, given, allowed }
}
