/** What workflows refer to: our own actions, actions of others, workflows beside them. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { glob } from 'node:fs/promises'

import { parse } from 'yaml'

import { asData, textOf } from './model.ts'

export const OWN = 'neurodesk/ci/actions/'

/** What stands in `workflows/` as long as nothing has been released. */
export const UNRELEASED = { sha: '0'.repeat(40), version: 'v0.0.0' }

export interface Manifest {
  readonly inputs: ReadonlySet<string>
  readonly required: ReadonlySet<string>
  readonly outputs: ReadonlySet<string>
  /** Pin that is known to be real; undefined for our own. */
  readonly pin?: { readonly sha: string; readonly version: string }
  /** The text of action.yml, for our own. */
  readonly text?: string
}

export interface Reference {
  /** `actions/checkout`, `github/codeql-action/init`, `neurodesk/ci/actions/release` */
  readonly name: string
  readonly ref: string
  /** Behind `#` on the same line. */
  readonly comment: string
}

const USES = /^(?<name>[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?)@(?<ref>[\w./-]+)$/

/** undefined for `./…`, `docker://…` and what is no reference at all. */
export function readReference(uses: string, line: string): Reference | undefined {
  const match = USES.exec(uses)
  if (match?.groups === undefined) return undefined
  const comment = /#\s*(.*)$/.exec(line.slice(line.indexOf(uses) + uses.length))?.[1] ?? ''
  return { name: match.groups['name'] ?? '', ref: match.groups['ref'] ?? '', comment: comment.trim() }
}

/** The actions of this repository that have an action.yml, by the name that a workflow uses. */
export async function ownActions(top: string): Promise<ReadonlyMap<string, Manifest>> {
  const found = new Map<string, Manifest>()
  for await (const file of glob('actions/*/action.yml', { cwd: top })) {
    const text = await readFile(path.join(top, file), 'utf8')
    found.set(`${OWN}${path.basename(path.dirname(file))}`, { ...readManifest(text), text })
  }
  return found
}

/**
 * The actions of others: their inputs and outputs as of the commit that is pinned, noted when the pin was taken.
 * An action that is not noted may not be used.
 */
export async function otherActions(top: string): Promise<ReadonlyMap<string, Manifest>> {
  const text = await readFile(path.join(top, 'scripts', 'workflows', 'third-party.json'), 'utf8')
  return new Map(
    Object.entries(asData(JSON.parse(text))).map(([name, value]) => {
      const entry = asData(value)
      return [
        name,
        {
          inputs: names(entry['inputs']),
          required: names(entry['required']),
          outputs: names(entry['outputs']),
          pin: { sha: textOf(entry['sha']), version: textOf(entry['version']) }
        }
      ]
    })
  )
}

export function readManifest(text: string): Manifest {
  const manifest = asData(parse(text))
  const inputs = asData(manifest['inputs'])
  return {
    inputs: new Set(Object.keys(inputs)),
    required: new Set(Object.keys(inputs).filter((name) => asData(inputs[name])['required'] === true)),
    outputs: new Set(Object.keys(asData(manifest['outputs'])))
  }
}

function names(value: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.map(textOf) : [])
}
