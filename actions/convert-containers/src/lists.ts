/** log.txt and applist.json: the run's fifth step. */
import path from 'node:path'

import { identityOf } from '../../../lib/action/index.ts'
import type { Catalogue, Comparison } from '../../../lib/catalogue/index.ts'
import { FindingError } from '../../../lib/failure/index.ts'
import { connectGitHub, type GitHub } from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Availability } from './availability.ts'
import type { Inputs } from './inputs.ts'
import { planPublication, publish, readIfThere, type Publication, type Written } from './publish.ts'

/** Plans the lists for what the stores have, writes them, and commits and tells where that is wanted. */
export async function writeLists(
  catalogue: Catalogue,
  available: readonly Availability[],
  comparison: Comparison | undefined,
  inputs: Inputs,
  ports: Ports
): Promise<{ publication: Publication; written: Written | undefined }> {
  const before = await readIfThere(ports, path.resolve(ports.runner.workspace, inputs.logFile))
  const publication = planPublication(catalogue, available, before, comparison)
  if (publication.refused) return { publication, written: undefined }
  const needsGitHub = !inputs.dryRun && (inputs.commit || inputs.dispatchTo.length > 0)
  const github: GitHub | undefined = needsGitHub
    ? connectGitHub({
        ...identityOf(inputs),
        apiUrl: ports.runner.apiUrl,
        http: ports.http,
        clock: ports.clock,
        log: ports.log,
        signal: ports.runner.signal
      })
    : undefined
  const written = await publish(
    publication,
    {
      logFile: inputs.logFile,
      appListFile: inputs.applistFile,
      dryRun: inputs.dryRun,
      commit:
        github !== undefined && inputs.commit
          ? { github, repository: ports.runner.repository, branch: branchOf(ports.runner.ref) }
          : undefined,
      dispatch:
        github !== undefined && inputs.dispatchTo.length > 0
          ? { github, to: inputs.dispatchTo, event: inputs.dispatchEvent }
          : undefined
    },
    ports
  )
  return { publication, written }
}

function branchOf(ref: string): string {
  const match = /^refs\/heads\/(.+)$/.exec(ref)
  if (match?.[1] === undefined) throw new FindingError(`a commit needs a branch, and this run is on "${ref}"`)
  return match[1]
}

/**
 * Seconds from the push that changed the catalogue until now: of this run, or of the run that this one follows
 * (`workflow_run`). Undefined where the event tells of no commit.
 */
export function lagSeconds(
  ports: Pick<Ports, 'clock'> & { runner: Pick<Ports['runner'], 'event'> }
): number | undefined {
  const before = ports.runner.event['workflow_run'] as { head_commit?: unknown } | null | undefined
  const commit = ports.runner.event['head_commit'] ?? before?.head_commit
  if (typeof commit !== 'object' || commit === null || !('timestamp' in commit)) return undefined
  const time = Date.parse(String(commit.timestamp))
  return Number.isNaN(time) ? undefined : Math.max(0, (ports.clock.now() - time) / 1000)
}
