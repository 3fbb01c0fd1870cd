/**
 * Rules between inputs when some of the inputs could not be read. Values stand in for those: the default, then others
 * that the field knows. What a rule says with each of them is true whatever the input becomes once it is mended. Two
 * unread inputs are not varied together, and a rule that breaks only with another value than the default is not told
 * before that input can be read. Pure.
 */
import type { InputProblem } from '../failure/index.ts'
import { camel, rawOf, type AnyField, type Environment, type InputsOf, type Schema } from './schema.ts'

/** The problems that `check` finds, those of the unread inputs themselves left out. */
export function checkRules<S extends Schema>(
  schema: S,
  read: Readonly<Record<string, unknown>>,
  unread: readonly string[],
  env: Environment,
  check: (inputs: InputsOf<S>) => readonly InputProblem[]
): readonly InputProblem[] {
  if (unread.length === 0) return check(read as InputsOf<S>)
  const standIns = new Map(unread.map((name) => [name, standInsFor(schema[name], rawOf(name, env))]))
  const base: Record<string, unknown> = { ...read }
  for (const [name, [first]] of standIns) base[camel(name)] = first
  const told = (values: Readonly<Record<string, unknown>>): readonly InputProblem[] => {
    try {
      return check(values as InputsOf<S>)
    } catch {
      // A rule that cannot do with a value that nobody gave says nothing.
      return []
    }
  }
  let problems = told(base).filter(({ input }) => !unread.includes(input))
  for (const [name, [, ...others]] of standIns) {
    for (const other of others) {
      if (problems.length === 0) return []
      const also = new Set(told({ ...base, [camel(name)]: other }).map(keyOf))
      problems = problems.filter((problem) => also.has(keyOf(problem)))
    }
  }
  return problems
}

/** The default when it can be read, then what the field has besides. */
function standInsFor(field: AnyField | undefined, raw: string): readonly unknown[] {
  const others: readonly unknown[] = field?.others?.(raw) ?? []
  try {
    return [field?.parse(field.default ?? ''), ...others]
  } catch {
    return others
  }
}

/** With what is allowed: where that names the value of another input, it is a stand-in that nobody gave. */
function keyOf({ input, given, allowed }: InputProblem): string {
  return JSON.stringify([input, given, allowed])
}
