/** What is different from an earlier report. Pure; the report came from outside and is read with care. */
import type { Report } from '../../../lib/report/index.ts'
import type { FleetVerdict } from './verdict.ts'

export interface Changes {
  /** When the earlier run ended, ISO 8601. */
  readonly since: string
  readonly servers: readonly { readonly name: string; readonly from: string; readonly to: string }[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly newFindings: readonly string[]
  readonly goneFindings: readonly string[]
  readonly revision: { readonly from: number; readonly to: number } | undefined
}

export function changesSince(previous: Report, now: FleetVerdict): Changes {
  const before = verdictsIn(previous)
  const after = new Map(now.servers.map(({ name, verdict }) => [name, verdict]))
  const oldFindings = new Set(previous.findings.map(({ id, subject }) => `${subject}: ${id}`))
  const findings = new Set(now.findings.map(({ id, subject }) => `${subject}: ${id}`))
  const from = previous.figures['revision']
  const to = now.newest?.revision
  return {
    since: previous.finished,
    servers: [...after].flatMap(([name, verdict]) => {
      const old = before.get(name)
      return old === undefined || old === verdict ? [] : [{ name, from: old, to: verdict }]
    }),
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    newFindings: [...findings].filter((finding) => !oldFindings.has(finding)),
    goneFindings: [...oldFindings].filter((finding) => !findings.has(finding)),
    revision: from === undefined || to === undefined || from === to ? undefined : { from, to }
  }
}

/** Nothing to tell. */
export function isEmpty(changes: Changes): boolean {
  const lists = [changes.servers, changes.added, changes.removed, changes.newFindings, changes.goneFindings]
  return changes.revision === undefined && lists.every((list) => list.length === 0)
}

function verdictsIn(report: Report): Map<string, string> {
  const servers = report.details?.['servers']
  const verdicts = new Map<string, string>()
  if (!Array.isArray(servers)) return verdicts
  for (const server of servers as unknown[]) {
    if (typeof server !== 'object' || server === null) continue
    const { name, verdict } = server as Record<string, unknown>
    if (typeof name === 'string' && typeof verdict === 'string')
      verdicts.set(name.slice(0, 300), verdict.slice(0, 40))
  }
  return verdicts
}
