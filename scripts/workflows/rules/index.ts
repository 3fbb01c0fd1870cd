/**
 * What no linter knows: the rules for workflows that NeuroDesk's repositories take over. Each rule is pure and has a
 * test that breaks it.
 */
import type { Workflow } from '../model.ts'
import { permissions, pullRequests, reporting, secrets, triggers } from './rights.ts'
import { calls, concurrency, dryRuns, jobs } from './shape.ts'
import { artifacts, checkouts, commands, inputs, outputs, pins } from './steps.ts'
import type { Context, Problem, Rule } from './types.ts'

export type { Context, Problem } from './types.ts'
export { commandsIn, MAX_COMMANDS } from './steps.ts'

const FOR_ALL: readonly Rule[] = [
  permissions,
  triggers,
  jobs,
  concurrency,
  pins,
  checkouts,
  outputs,
  artifacts
]
const FOR_SETS: readonly Rule[] = [
  ...FOR_ALL,
  pullRequests,
  secrets,
  reporting,
  calls,
  dryRuns,
  commands,
  inputs
]

/** The problems of one workflow of a set, in the order of its lines. */
export function checkWorkflow(workflow: Workflow, context: Context): readonly Problem[] {
  return byLine(FOR_SETS.flatMap((rule) => rule(workflow, context)))
}

/** The same for a workflow of this repository: it is called by nobody, and its commands are its own. */
export function checkOwnWorkflow(workflow: Workflow, context: Context): readonly Problem[] {
  return byLine([...FOR_ALL, pullRequests, inputs].flatMap((rule) => rule(workflow, context)))
}

function byLine(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.rule.localeCompare(b.rule))
}
