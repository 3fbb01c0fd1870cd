/** From INPUT_* to one readonly object, with every problem reported at once. Pure: the environment is an argument. */
import { InputError, type InputProblem } from '../failure/index.ts'
import { Refusal } from './fields.ts'
import { checkRules } from './rules.ts'
import {
  camel,
  rawOf,
  variableOf,
  type AnyField,
  type Environment,
  type InputsOf,
  type Schema
} from './schema.ts'

export type { InputsOf, Schema } from './schema.ts'

/**
 * Reads every input of the schema.
 * @throws InputError with all problems, those of `check` (rules between inputs) included.
 */
export function readInputs<S extends Schema>(
  schema: S,
  env: Environment,
  check?: (inputs: InputsOf<S>) => readonly InputProblem[]
): InputsOf<S> {
  const problems: InputProblem[] = []
  const values: Record<string, unknown> = {}
  const unread: string[] = []
  for (const [name, field] of Object.entries(schema)) {
    const read = readField(name, field, env)
    if ('value' in read) values[camel(name)] = read.value
    else {
      unread.push(name)
      problems.push(...read.problems)
    }
  }
  if (check !== undefined) problems.push(...checkRules(schema, values, unread, env, check))
  if (problems.length > 0) throw new InputError(problems)
  return values as InputsOf<S>
}

/** One input by itself; undefined when there is no such one, or it cannot be read. */
export function readOne(schema: Schema, env: Environment, name: string): unknown {
  const field = schema[name]
  const read = field === undefined ? undefined : readField(name, field, env)
  return read !== undefined && 'value' in read ? read.value : undefined
}

function readField(
  name: string,
  field: AnyField,
  env: Environment
): { readonly value: unknown } | { readonly problems: readonly InputProblem[] } {
  const raw = rawOf(name, env)
  const given = raw === '' ? field.default : raw
  if (given === undefined) return { problems: [{ input: name, given: '', allowed: field.allowed }] }
  try {
    return { value: field.parse(given) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return {
      problems: error.parts.map((part) => ({
        input: name,
        ...part,
        given: field.secret ? '***' : cut(part.given)
      }))
    }
  }
}

/** The values of secret inputs, to be masked before anything else happens. */
export function secretsOf(schema: Schema, env: Environment): readonly string[] {
  return Object.entries(schema)
    .filter(([, field]) => field.secret)
    .map(([name]) => rawOf(name, env))
    .filter((value) => value !== '')
}

/** The passwords in variables that inputs name by `password-env=`: also known where no input was read, as in post. */
export function namedPasswords(env: Environment): readonly string[] {
  return Object.entries(env)
    .filter(([variable]) => variable.startsWith('INPUT_'))
    .flatMap(([, text = '']) => [...text.matchAll(/\bpassword-env="?([A-Za-z_]\w*)/g)])
    .map(([, variable = '']) => env[variable] ?? '')
    .filter((value) => value !== '')
}

/** One sentence for each INPUT_* that no input has, with the nearest name that there is. */
export function unknownInputs(schema: Schema, env: Environment): readonly string[] {
  const known = new Map(Object.keys(schema).map((name) => [variableOf(name), name]))
  return Object.keys(env)
    .filter((variable) => variable.startsWith('INPUT_') && !known.has(variable))
    .map((variable) => {
      const given = variable.slice('INPUT_'.length).toLowerCase()
      const near = nearest(given, [...known.values()])
      const hint = near === undefined ? '' : `; did you mean \`${near}\`?`
      return `unknown input \`${given}\` is ignored${hint}`
    })
}

function nearest(given: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(given.replaceAll('_', '-'), name) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance <= Math.max(2, Math.floor(best.name.length / 3))
    ? best.name
    : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

function cut(given: string): string {
  return given.length > 200 ? `${given.slice(0, 200)}…` : given
}
