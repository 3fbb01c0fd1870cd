/** Reads what `apt-get install --simulate` would do, and says whether that is safe. Pure. */
import type { WantedPackage } from './plan.ts'

export interface Simulation {
  readonly removed: readonly string[]
  /** Installed already and changed: from which version to which, and from which archives. */
  readonly upgraded: readonly {
    readonly name: string
    readonly from: string
    readonly to: string
    readonly origin: string
  }[]
  readonly installed: readonly string[]
}

/** Lines `Inst name [old] (new origin [arch])` and `Remv name [version]`, as apt 2.x prints them. */
export function parseSimulation(text: string): Simulation {
  const removed: string[] = []
  const upgraded: { name: string; from: string; to: string; origin: string }[] = []
  const installed: string[] = []
  for (const line of text.split('\n')) {
    const gone = /^(?:Remv|Purg) (\S+)/.exec(line)
    if (gone?.[1] !== undefined) removed.push(gone[1])
    const match = /^Inst (\S+) (?:\[([^\]]+)\] )?\((\S+) ([^[)]*)/.exec(line)
    const [, name, from, to, origin] = match ?? []
    if (name === undefined || to === undefined || origin === undefined) continue
    if (from === undefined) installed.push(name)
    else upgraded.push({ name, from, to, origin: origin.trim() })
  }
  return { removed, upgraded, installed }
}

/**
 * Why this must not be done, one sentence each; empty when it is safe. Safe means: no package is removed, and
 * none that is there is changed to a version of another suite. Security updates from the own suite pass.
 * @param foreign the labels of the other suites, from labelsOf()
 */
export function objections(
  simulation: Simulation,
  asked: readonly WantedPackage[],
  foreign: readonly string[]
): string[] {
  const names = new Set(asked.map(({ name }) => name))
  const isForeign = (origin: string) => origin.split(', ').every((label) => foreign.includes(label))
  return [
    ...simulation.removed.map((name) => `it would remove ${name}`),
    ...simulation.upgraded
      .filter(({ name, origin }) => !names.has(name) && isForeign(origin))
      .map(({ name, from, to, origin }) => `it would change ${name} from ${from} to ${to} of ${origin}`),
    ...simulation.upgraded
      .filter(({ name, origin }) => names.has(name) && isForeign(origin))
      .map(({ name, from }) => `${name} ${from} is installed already and would be replaced`)
  ]
}

/**
 * How a simulation names the archives of these suites: `Debian:13.7/stable`, `Debian:unstable`.
 * @param policy output of `apt-cache policy`, with its lines `release v=…,o=…,a=…,n=…`
 */
export function labelsOf(policy: string, suites: readonly string[]): string[] {
  const labels = new Set<string>()
  for (const match of policy.matchAll(/^\s*release (.*)$/gm)) {
    const fields = new Map((match[1] ?? '').split(',').map((pair) => [pair.slice(0, 1), pair.slice(2)]))
    const version = fields.get('v')
    const archive = fields.get('a') ?? ''
    if (!suites.includes(fields.get('n') ?? '')) continue
    labels.add(`${fields.get('o') ?? ''}:${version === undefined ? archive : `${version}/${archive}`}`)
  }
  return [...labels]
}
