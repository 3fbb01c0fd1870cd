/** What is missing or damaged on a server. Pure. */
import { bytes } from '../../../lib/markdown/index.ts'
import type { ObjectTrouble, ServerFacts } from './facts.ts'
import type { Newest } from './judge-freshness.ts'
import type { Remark } from './remark.ts'

/** Names in one message; the report has all. */
const NAMES = 10

export function judgeContent(facts: ServerFacts, newest: Newest): Remark[] {
  return [...judgeContainers(facts, newest), ...judgeTroubles(facts), ...judgeRequired(facts)]
}

/** Containers that are in the publisher's tree and not in this server's. */
function judgeContainers({ containers, absent, server }: ServerFacts, newest: Newest): Remark[] {
  const missing = [...containers]
    .filter(([name, state]) => state === 'missing' && !newest.unpublished.has(name))
    .map(([name]) => name)
    .toSorted()
  if (missing.length === 0) return []
  const parts = new Set(missing.flatMap((name) => absent.get(name) ?? []))
  return [
    {
      id: 'container-missing',
      severity: 'error',
      message: `${count(missing.length, 'container is', 'containers are')} missing (${[...parts].join(', ')}): ${listed(missing)}.`,
      hint: server.stratum0
        ? 'Publish them.'
        : 'They come with the next snapshot; see why it has not happened.'
    }
  ]
}

/** Several objects with the same damage are one finding: one cause, one repair. */
function judgeTroubles({ troubles }: ServerFacts): Remark[] {
  const groups = new Map<string, ObjectTrouble[]>()
  for (const trouble of troubles) {
    const id = idOf(trouble)
    groups.set(id, [...(groups.get(id) ?? []), trouble])
  }
  return [...groups].map(([id, group]) => describe(id, group))
}

function idOf({ state, kind, isRoot }: ObjectTrouble): string {
  if (state.state === 'unknown') return state.timedOut ? `${kind}-timeout` : `${kind}-unanswered`
  if (state.onlyCached) return state.damage === 'missing' ? 'cache-serves-404' : 'cache-serves-damage'
  if (state.damage === 'missing' && isRoot) return 'root-catalog-missing'
  return `${kind}-${state.damage}`
}

function describe(id: string, group: readonly ObjectTrouble[]): Remark {
  const containers = [...new Set(group.flatMap((trouble) => trouble.containers))].toSorted()
  const broken = containers.length === 0 ? '' : ` Containers that need it: ${listed(containers)}.`
  const first = group[0]?.state
  const urls = group.map(({ state }) => state.url)
  const things = listed(group.map(({ what, state }) => `${what}${sizeOf(state)}`))
  if (first?.state !== 'bad') {
    return {
      id,
      severity: 'unknown',
      message: `There is no answer for ${things}: ${first?.reason ?? ''}.${broken}`,
      hint: `Ask for ${listed(urls)} from another network: a filter on the way can block a single object.`
    }
  }
  const evidence = Object.entries(first.evidence).map(([name, value]) => `${name}: ${value}`)
  const proof = evidence.length === 0 ? '' : ` (${evidence.join(', ')})`
  if (first.onlyCached) {
    const wrong = first.damage === 'missing' ? 'as missing, an old answer' : first.damage
    return {
      id,
      severity: 'error',
      message: `A cache gives ${things} ${wrong}; past it the object is right${proof}.${broken}`,
      hint: `Purge ${listed(urls)} from the cache.`
    }
  }
  const wrong = first.damage === 'missing' ? `not there (HTTP ${first.status})` : WORDS[first.damage]
  return {
    id,
    severity: 'error',
    message: `${capital(things)}: ${wrong}${proof}.${broken}`,
    hint: `Repair ${listed(urls)}; clients mount the repository all the same and fail on what lies below.`
  }
}

const WORDS = {
  empty: 'there with zero bytes',
  truncated: 'cut off',
  doubled: 'right at its beginning, with more bytes behind',
  altered: 'has another content than its hash says',
  oversized: 'longer than it can be'
} as const

function judgeRequired({ required }: ServerFacts): Remark[] {
  const remarks: Remark[] = []
  const absent = required.filter(({ state }) => state === 'absent').map(({ path }) => path)
  if (absent.length > 0) {
    remarks.push({
      id: 'required-file-missing',
      severity: 'error',
      message: `${count(absent.length, 'required file is', 'required files are')} not in its tree: ${listed(absent)}.`
    })
  }
  // Damaged ones are told with the object, which names the URL to repair.
  for (const { path, state, reason } of required) {
    if (state === 'unresolvable') {
      remarks.push({
        id: 'required-file-unresolvable',
        severity: 'error',
        message: `${path} cannot be read as a file: ${reason ?? ''}.`
      })
    }
    if (state === 'external') {
      remarks.push({
        id: 'required-file-external',
        severity: 'notice',
        message: `${path} is not verified: its bytes are not kept in the repository.`
      })
    }
  }
  return remarks
}

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length - NAMES
  return names.slice(0, NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}

function sizeOf(state: ObjectTrouble['state']): string {
  return state.state === 'bad' && state.size !== undefined ? ` (${bytes(state.size)})` : ''
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
