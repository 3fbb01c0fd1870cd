/** The inputs of an action as one object of fields, and where the runner puts what was given. */
import type { Field } from './fields.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a schema holds fields of every type
export type AnyField = Field<any>

export type Schema = Readonly<Record<string, AnyField>>

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S

/** The object that `run` gets: the names of the schema in camelCase. */
export type InputsOf<S extends Schema> = {
  readonly [Name in keyof S & string as Camel<Name>]: S[Name] extends Field<infer T> ? T : never
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The variable in which the runner passes an input (it keeps hyphens, and upper-cases). */
export function variableOf(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

/** What was given for an input; '' for nothing, as the runner says it. */
export function rawOf(name: string, env: Environment): string {
  return (env[variableOf(name)] ?? '').trim()
}

/** `max-parallel` -> `maxParallel`. */
export function camel(name: string): string {
  return name.replace(/-(.)/g, (_, character: string) => character.toUpperCase())
}
