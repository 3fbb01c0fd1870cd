/** Commands that maintainers expect, from names, from NeuroDesk's releases/*.json and from a recipe's build.yaml. */
import path from 'node:path'

import { parse as parseYaml } from 'yaml'

import type { ContainerName } from '../../../lib/catalogue/index.ts'
import { InputError, messageOf, type InputProblem } from '../../../lib/failure/index.ts'
import type { ExposurePorts } from './ports.ts'

export interface Expected {
  readonly command: string
  /** undefined: of every container. */
  readonly container: { readonly name: string; readonly version: string | undefined } | undefined
  /** Where it stands. */
  readonly from: string
}

/** Reads all of them. @throws InputError with every file that is unreadable or says nothing. */
export async function readExpected(
  lines: readonly string[],
  ports: ExposurePorts
): Promise<readonly Expected[]> {
  const expected: Expected[] = []
  const problems: InputProblem[] = []
  for (const line of lines) {
    if (!/[/\\]|\.(?:json|ya?ml)$/.test(line)) {
      expected.push({ command: line, container: undefined, from: 'expected-commands' })
      continue
    }
    try {
      const text = await ports.fs.readFile(path.resolve(ports.runner.workspace, line), 'utf8')
      const found = line.endsWith('.json') ? fromRelease(text, line) : fromRecipe(text, line)
      if (found.length === 0) throw new Error('it names no command')
      expected.push(...found)
    } catch (error) {
      problems.push({
        input: 'expected-commands',
        given: line,
        allowed: `a name, a releases/*.json or a build.yaml (${messageOf(error)})`
      })
    }
  }
  if (problems.length > 0) throw new InputError(problems)
  return expected
}

/** What one container is expected to expose. */
export function expectedOf(expected: readonly Expected[], container: ContainerName): readonly Expected[] {
  return expected.filter(
    ({ container: wanted }) =>
      wanted === undefined ||
      (wanted.name === container.name &&
        (wanted.version === undefined || wanted.version === container.version))
  )
}

/** `{"apps": {"NAME VERSION": {"version": …, "exec": ""}, "LABEL-NAME VERSION": {"exec": "fsleyes --show"}}}`. Exported for its test. */
export function fromRelease(text: string, file: string): readonly Expected[] {
  const value: unknown = JSON.parse(text)
  const apps = record(record(value)['apps'])
  const primary = Object.keys(apps).find(
    (app) => record(apps[app])['exec'] === '' || record(apps[app])['exec'] === undefined
  )
  const [name = '', version] = (primary ?? '').split(/ +/)
  if (name === '') throw new Error('no entry without exec, which is the container itself')
  return Object.values(apps)
    .map((app) => firstWord(record(app)['exec']))
    .filter((command) => command !== undefined)
    .map((command) => ({ command, container: { name, version }, from: file }))
}

/** `deploy.bins` and `gui_apps` of a recipe. What deploy.path holds is known to the image alone. Exported for its test. */
export function fromRecipe(text: string, file: string): readonly Expected[] {
  const recipe = record(parseYaml(text, { maxAliasCount: 100 }))
  const name = recipe['name']
  if (typeof name !== 'string') throw new Error('it has no name')
  const version = recipe['version'] === undefined ? undefined : String(recipe['version'])
  const bins = record(recipe['deploy'])['bins']
  const apps = recipe['gui_apps']
  const commands = [
    ...(Array.isArray(bins) ? bins.map(firstWord) : []),
    ...(Array.isArray(apps) ? apps.map((app) => firstWord(record(app)['exec'])) : [])
  ].filter((command) => command !== undefined)
  return [...new Set(commands)].map((command) => ({ command, container: { name, version }, from: file }))
}

function firstWord(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const word = value.trim().split(/\s+/)[0] ?? ''
  const name = word.slice(word.lastIndexOf('/') + 1)
  // A template of the recipe ({{ context.name }}) is known to its builder alone.
  return name === '' || /[{}$]/.test(name) ? undefined : name
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
