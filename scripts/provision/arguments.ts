/** The command line of provision.ts. Pure. */
import { parseArgs } from 'node:util'
import { CORE_SETS, SET_NAMES } from './sets.ts'
import type { SetName } from './sets.ts'

export interface Arguments {
  readonly needs: readonly SetName[]
  /** Show the plan and do nothing. */
  readonly planOnly: boolean
  /** Do not ask. */
  readonly yes: boolean
  readonly help: boolean
}

export const USAGE = `Usage: node scripts/provision.ts [--plan] [--yes] [--need NAME,NAME...]

Looks at what is there, shows what is missing, and installs it on Debian and Ubuntu.
  --plan   show only
  --yes    do not ask before installing
  --need   sets, comma separated; all for every one. Default: ${CORE_SETS.join(',')}
           Others: ${SET_NAMES.filter((name) => !CORE_SETS.includes(name)).join(', ')}`

/** @throws Error that says what is allowed */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      plan: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      need: { type: 'string', multiple: true }
    }
  })
  const asked = (values.need ?? [])
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const unknown = asked.filter((name) => name !== 'all' && name !== 'core' && !isSetName(name))
  if (unknown.length > 0) {
    throw new Error(`--need: unknown ${unknown.join(', ')}; known: all, core, ${SET_NAMES.join(', ')}`)
  }
  const wanted = new Set<SetName>(asked.length === 0 || asked.includes('core') ? CORE_SETS : [])
  for (const name of asked) if (isSetName(name)) wanted.add(name)
  const needs = asked.includes('all') ? [...SET_NAMES] : SET_NAMES.filter((name) => wanted.has(name))
  return { needs, planOnly: values.plan, yes: values.yes, help: values.help }
}

function isSetName(name: string): name is SetName {
  return (SET_NAMES as readonly string[]).includes(name)
}
