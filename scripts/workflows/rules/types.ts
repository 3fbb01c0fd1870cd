import type { Manifest } from '../references.ts'
import type { Workflow } from '../model.ts'

export interface Problem {
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly message: string
}

export interface Context {
  /** Our own actions, and those of others that may be used. */
  readonly own: ReadonlyMap<string, Manifest>
  readonly others: ReadonlyMap<string, Manifest>
  /** The workflows of the same repository by file name, those of one set. */
  readonly siblings: ReadonlyMap<string, Workflow>
  /** Names of secrets that may be used. */
  readonly secrets: ReadonlySet<string>
}

export type Rule = (workflow: Workflow, context: Context) => readonly Problem[]

/** A problem at a part of the file. */
export function problem(
  workflow: Workflow,
  path: readonly (string | number)[],
  rule: string,
  message: string
): Problem {
  return { file: workflow.file, line: workflow.lineOf(path), rule, message }
}
