/** What steps do: commands without logic, pinned actions, inputs and outputs that exist. */
import { asData, textOf, textsIn, type Job, type Step, type Workflow } from '../model.ts'
import { OWN, readReference, type Manifest } from '../references.ts'
import { problem, type Context, type Problem, type Rule } from './types.ts'

/** Most commands in one step; more of them is a program, and belongs where it is tested. */
export const MAX_COMMANDS = 6

const LOGIC: readonly (readonly [string, RegExp])[] = [
  ['a condition', /(^|[\s;])(if|then|else|elif|fi|case|esac)([\s;]|$)|(^|\s)\[\[?\s/],
  ['a loop', /(^|[\s;])(for|while|until|do|done)([\s;]|$)/],
  ['&&, || or ;', /&&|\|\||;/],
  ['a function', /\(\)\s*\{|(^|\s)function\s/],
  ['arithmetic', /\$\(\(/],
  // The clock is the one thing that no expression can tell.
  ['a command in a command', /\$\((?!date )|`/],
  ['a text of its own', /<</]
]

/** Commands one after the other, nothing that would need a test. */
export const commands: Rule = (workflow) =>
  stepsOf(workflow).flatMap((step): readonly Problem[] => {
    const run = step.data['run']
    if (typeof run !== 'string') return []
    const path = [...step.path, 'run']
    const problems: Problem[] = []
    if (run.includes('${{'))
      problems.push(
        problem(
          workflow,
          path,
          'run-expression',
          'an expression in `run:` is text in a shell; hand it over by `env:`'
        )
      )
    const logic = LOGIC.filter(([, pattern]) => pattern.test(withoutQuotes(run)))
    if (logic.length > 0)
      problems.push(
        problem(
          workflow,
          path,
          'run-logic',
          `${logic.map(([name]) => name).join(', ')}: belongs into an action or a script with tests`
        )
      )
    const count = commandsIn(run)
    if (count > MAX_COMMANDS)
      problems.push(problem(workflow, path, 'run-length', `${count} commands; at most ${MAX_COMMANDS}`))
    return problems
  })

/** Number of commands in a `run:`. */
export function commandsIn(run: string): number {
  return run
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#')).length
}

/** Actions of others by a commit that is known, with its version beside it; our own all by the same one. */
export const pins: Rule = (workflow, context) => {
  const problems: Problem[] = []
  for (const step of stepsOf(workflow)) {
    const uses = textOf(step.data['uses'])
    if (uses === '') continue
    const path = [...step.path, 'uses']
    const say = (rule: string, message: string): void => {
      problems.push(problem(workflow, path, rule, message))
    }
    const reference = readReference(uses, workflow.lines[workflow.lineOf(path) - 1] ?? '')
    if (reference === undefined) {
      say('action-form', `${uses}: only actions by owner/name@commit; ./ would mean the caller's files`)
      continue
    }
    const { name, ref, comment } = reference
    if (!/^[0-9a-f]{40}$/.test(ref)) say('action-pinned', `${name}@${ref}: a whole commit SHA`)
    if (!/^v\d+(\.\d+)*$/.test(comment))
      say('action-version', `${name}: its version behind the SHA, as "# v1.2.3"`)
    const known = manifestOf(name, context)
    if (known === undefined)
      say(
        'action-unknown',
        name.startsWith(OWN) ? `there is no ${name}` : `${name} is not among the actions that may be used`
      )
    else if (known.pin !== undefined && (known.pin.sha !== ref || known.pin.version !== comment))
      say(
        'action-pin-known',
        `${name}: ${known.pin.sha} # ${known.pin.version} is the pin that was looked at`
      )
  }
  return problems
}

/** No token stays behind in the checked out repository. */
export const checkouts: Rule = (workflow) =>
  stepsOf(workflow)
    .filter(({ data }) => textOf(data['uses']).startsWith('actions/checkout@'))
    .filter(({ data }) => asData(data['with'])['persist-credentials'] !== false)
    .map(({ path }) => problem(workflow, path, 'checkout-credentials', '`persist-credentials: false`'))

/** Inputs that the action declares, with all that it requires. */
export const inputs: Rule = (workflow, context) =>
  stepsOf(workflow).flatMap((step): readonly Problem[] => {
    const name = actionOf(step)
    const manifest = manifestOf(name, context)
    if (manifest === undefined) return []
    const given = Object.keys(asData(step.data['with']))
    const unknown = given.filter((input) => !manifest.inputs.has(input))
    const missing = [...manifest.required].filter((input) => !given.includes(input))
    return [
      ...unknown.map((input) =>
        problem(workflow, [...step.path, 'with', input], 'input-undeclared', `${name} has no input ${input}`)
      ),
      ...missing.map((input) => problem(workflow, step.path, 'input-missing', `${name} requires ${input}`))
    ]
  })

/** Outputs that the step's action, or the job, really has. */
export const outputs: Rule = (workflow, context) => {
  const problems: Problem[] = []
  for (const job of workflow.jobs) {
    const actions = new Map(job.steps.map((step) => [textOf(step.data['id']), actionOf(step)]))
    for (const { path, text } of textsIn(job.data, job.path)) {
      for (const [, id = '', output = ''] of text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        const manifest = manifestOf(actions.get(id) ?? '', context)
        if (manifest !== undefined && !manifest.outputs.has(output))
          problems.push(
            problem(workflow, path, 'output-undeclared', `${actions.get(id) ?? ''} has no output ${output}`)
          )
      }
    }
  }
  for (const { path, text } of textsIn(workflow.data)) {
    for (const [, id = '', output = ''] of text.matchAll(/\b(?:needs|jobs)\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      const job = workflow.jobs.find((one) => one.id === id)
      if (job === undefined || !jobOutputs(job, context).has(output))
        problems.push(problem(workflow, path, 'output-undeclared', `job ${id} has no output ${output}`))
    }
  }
  return problems
}

/** Two artifacts of one name in a run are an error at the end of a long job. */
export const artifacts: Rule = (workflow) => {
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const job of workflow.jobs) {
    const matrix = asData(asData(job.data['strategy']))['matrix'] !== undefined
    for (const step of job.steps) {
      if (actionOf(step) !== 'actions/upload-artifact') continue
      const name = textOf(asData(step.data['with'])['name'])
      const path = [...step.path, 'with', 'name']
      if (seen.has(name)) problems.push(problem(workflow, path, 'artifact-name', `${name} twice in one run`))
      seen.add(name)
      if (matrix && !/\$\{\{[^}]*(matrix\.|strategy\.job-index)/.test(name))
        problems.push(
          problem(workflow, path, 'artifact-name', `${name}: every job of the matrix would upload it`)
        )
    }
  }
  return problems
}

function jobOutputs(job: Job, context: Context): ReadonlySet<string> {
  const uses = textOf(job.data['uses'])
  if (uses === '') return new Set(Object.keys(asData(job.data['outputs'])))
  const called = context.siblings.get(uses.split('/').at(-1) ?? '')
  return new Set(Object.keys(asData(asData(called?.on['workflow_call'])['outputs'])))
}

function stepsOf(workflow: Workflow): readonly Step[] {
  return workflow.jobs.flatMap(({ steps }) => steps)
}

function actionOf(step: Step): string {
  return textOf(step.data['uses']).split('@', 1)[0] ?? ''
}

function manifestOf(name: string, context: Context): Manifest | undefined {
  return context.own.get(name) ?? context.others.get(name)
}

/** What stands in quotes is data, except that double quotes still run commands. */
function withoutQuotes(run: string): string {
  return run
    .replace(/'[^'\n]*'/g, "''")
    .replace(/"(?:[^"\\\n]|\\.)*"/g, (text) => (/\$\(|`/.test(text) ? text : '""'))
    .replace(/(^|\s)#.*$/gm, '')
}
