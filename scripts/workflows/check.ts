/**
 * npm run workflows:check                         the sets in workflows/ and our own workflows, by our rules and
 *                                                 the linters of others
 * npm run workflows:check -- <checkout> [--trial] what is installed in a repository is what is here
 *
 * zizmor and shellcheck are used where they are there (`npm run provision -- --need linters`); --need-all makes their
 * absence a failure. --json prints the problems as JSON.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'

import { findTools } from '../../testbed/tools.ts'
import { top } from '../repository.ts'
import { compareInstallation, findSet } from './installation.ts'
import { actionlint, languageService, shellcheck, zizmor, type LintFile } from './lint.ts'
import { pinsIn } from './pin.ts'
import { otherActions, ownActions } from './references.ts'
import { checkOwnWorkflow, checkWorkflow, type Problem } from './rules/index.ts'
import { contextOf, OWN_SET, ownSet, readSets, type WorkflowSet } from './sets.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string' },
    trial: { type: 'boolean', default: false },
    'need-all': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** For tests: a tool that counts as absent. */
    without: { type: 'string', multiple: true, default: [] },
    /** For tests: the folder that stands for this repository. */
    top: { type: 'string', default: top }
  }
})

const sets = await readSets(values.top)
const [checkout] = positionals
const { problems, absent } =
  checkout === undefined
    ? await checkSets(values.top, sets)
    : {
        problems: await compareInstallation(
          path.resolve(checkout),
          await findSet(sets, path.resolve(checkout), values.set),
          values.trial
        ),
        absent: []
      }

if (values.json) console.log(JSON.stringify({ problems, absent }, null, 2))
else {
  for (const { file, line, rule, message } of problems) console.log(`${file}:${line}: ${message} [${rule}]`)
  for (const tool of absent) console.log(`${tool} is not there and was not asked`)
  console.log(
    problems.length === 0 ? 'Workflows: nothing to object to' : `Workflows: ${problems.length} problems`
  )
}
if (problems.length > 0 || (values['need-all'] && absent.length > 0)) process.exitCode = 1

async function checkSets(
  folder: string,
  all: readonly WorkflowSet[]
): Promise<{ problems: readonly Problem[]; absent: readonly string[] }> {
  const found: Problem[] = []
  const { paths } = findTools()
  const programOf = (tool: 'zizmor' | 'shellcheck'): string | undefined =>
    values.without.includes(tool) ? undefined : paths[tool]
  const [auditor, shell] = [programOf('zizmor'), programOf('shellcheck')]
  const actions = new Map([...(await ownActions(folder)), ...(await otherActions(folder))])
  for (const set of [...all, ...(await ownSet(folder))]) {
    const context = await contextOf(folder, set)
    const rules = set.name === OWN_SET ? checkOwnWorkflow : checkWorkflow
    const workflows = set.files.flatMap(({ workflow }) => workflow ?? [])
    found.push(...workflows.flatMap((workflow) => rules(workflow, context)))
    const files: LintFile[] = set.files
      .filter(({ workflow }) => workflow !== undefined)
      .map(({ to, text, name }) => ({ to, text, file: `${set.name}/${name}` }))
    found.push(...(await actionlint(files)), ...(await languageService(files, actions)))
    if (auditor !== undefined)
      found.push(...(await zizmor(auditor, files, path.join(folder, 'workflows', 'zizmor.yml'))))
    if (shell !== undefined)
      for (const { text, file, line } of scriptsOf(set))
        found.push(...(await shellcheck(shell, text, file, line)))
  }
  const pins = new Set(all.flatMap(({ files }) => files.flatMap(({ text }) => pinsIn(text))))
  if (pins.size > 1)
    found.push({
      file: 'workflows',
      line: 1,
      rule: 'one-pin',
      message: `our actions by ${[...pins].join(' and ')}`
    })
  const absent = [
    ...(auditor === undefined ? ['zizmor'] : []),
    ...(shell === undefined ? ['shellcheck'] : [])
  ]
  return { problems: found, absent }
}

/** Everything that a shell gets to see: scripts, and the commands of steps. */
function scriptsOf(set: WorkflowSet): readonly { text: string; file: string; line: number }[] {
  return set.files.flatMap(({ name, text, workflow }) => {
    const file = `${set.name}/${name}`
    if (name.endsWith('.sh')) return [{ text, file, line: 1 }]
    return (workflow?.jobs ?? []).flatMap(({ steps }) =>
      steps.flatMap(({ data, path: place }) =>
        typeof data['run'] === 'string'
          ? [{ text: data['run'], file, line: workflow?.lineOf([...place, 'run']) ?? 1 }]
          : []
      )
    )
  })
}
