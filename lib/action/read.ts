/** From INPUT_* to one readonly object, with every problem reported at once. Pure: the environment is an argument. */
import { InputError, type InputProblem } from '../failure/index.ts'
import { Refusal, type Field } from './fields.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a schema holds fields of every type
export type Schema = Readonly<Record<string, Field<any>>>

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S

/** The object that `run` gets: the names of the schema in camelCase. */
export type InputsOf<S extends Schema> = {
  readonly [Name in keyof S & string as Camel<Name>]: S[Name] extends Field<infer T> ? T : never
}

type Environment = Readonly<Record<string, string | undefined>>

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
  for (const [name, field] of Object.entries(schema)) {
    const raw = (env[variableOf(name)] ?? '').trim()
    const given = raw === '' ? field.default : raw
    if (given === undefined) {
      problems.push({ input: name, given: '', allowed: field.allowed })
      continue
    }
    try {
      values[camel(name)] = field.parse(given)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(
        ...error.parts.map((part) => ({
          input: name,
          ...part,
          given: field.secret ? '***' : cut(part.given)
        }))
      )
    }
  }
  const inputs = values as InputsOf<S>
  // Rules between inputs only make sense when each of them could be read.
  if (problems.length === 0) problems.push(...(check?.(inputs) ?? []))
  if (problems.length > 0) throw new InputError(problems)
  return inputs
}

/** The values of secret inputs, to be masked before anything else happens. */
export function secretsOf(schema: Schema, env: Environment): readonly string[] {
  return Object.entries(schema)
    .filter(([, field]) => field.secret)
    .map(([name]) => env[variableOf(name)]?.trim() ?? '')
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

/** The variable in which the runner passes an input (it keeps hyphens, and upper-cases). */
export function variableOf(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

/** `max-parallel` -> `maxParallel`. */
export function camel(name: string): string {
  return name.replace(/-(.)/g, (_, character: string) => character.toUpperCase())
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
