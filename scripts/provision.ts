/**
 * `node scripts/provision.ts`: gets this machine ready for the demo and the integration tests. A second run finds
 * everything there and changes nothing. Exit codes: 0 all there, 1 something is missing or failed, 2 wrong usage.
 */
import { createInterface } from 'node:readline/promises'
import { apply } from './provision/apply.ts'
import { readArguments, USAGE } from './provision/arguments.ts'
import { gatherFacts } from './provision/facts.ts'
import { planProvision } from './provision/plan.ts'
import { showByHand, showPlan, showStep } from './provision/show.ts'

/** @returns the exit code */
export async function provision(args: readonly string[], tell: (line: string) => void): Promise<number> {
  const { needs, planOnly, yes, help } = readArguments(args)
  if (help) {
    tell(USAGE)
    return 0
  }
  const facts = await gatherFacts()
  const plan = planProvision(facts, needs)
  tell(showPlan(plan, needs))
  const complete = plan.steps.length === 0 && plan.byHand.length === 0
  if (planOnly || complete) return complete ? 0 : 1
  if (plan.steps.length === 0 || facts.os === undefined) return 1
  if (!yes && !(await agreed())) {
    tell('Nothing was done. Run again with --yes to install.')
    return 1
  }
  const failures = await apply(plan.steps, facts.os, tell)
  for (const { step, error } of failures) {
    tell(`Failed: ${showStep(step)}\n  ${error instanceof Error ? error.message : String(error)}`)
  }
  // What counts is what is there now, not that no command complained.
  const after = planProvision(await gatherFacts(), needs)
  tell(showPlan({ ...after, steps: [], byHand: [] }, needs))
  if (after.byHand.length > 0) tell(showByHand(after.byHand))
  return failures.length === 0 && after.steps.length === 0 && after.byHand.length === 0 ? 0 : 1
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question('Go on? [y/N] ')).trim())
  } finally {
    terminal.close()
  }
}

if (import.meta.main) {
  try {
    process.exitCode = await provision(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
}
