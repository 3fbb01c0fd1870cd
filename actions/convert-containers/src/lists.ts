/** log.txt and applist.json: the run's fifth step. */
import path from 'node:path'

import { identityOf } from '../../../lib/action/index.ts'
import type { Catalogue, Comparison } from '../../../lib/catalogue/index.ts'
import { InputError, isExpected } from '../../../lib/failure/index.ts'
import { connectGitHub, type GitHub } from '../../../lib/github/index.ts'
import type { Ports, Runner } from '../../../lib/ports/index.ts'
import type { Availability } from './availability.ts'
import type { Inputs } from './inputs.ts'
import { planPublication, publishFailed, type Draft, type Published } from './publish.ts'
import type { CommitTarget, PublishTarget } from './target.ts'
import { publish } from './write.ts'

/** The catalogue as it was read, and what a comparison says of it. */
export interface Read {
  readonly catalogue: Catalogue
  readonly text: string
  readonly comparison: Comparison | undefined
}

/**
 * Plans the lists for what the stores have, writes them, and commits and tells where that is wanted. Throws for a
 * cancel only: what was converted before is told whatever happens here.
 */
export async function writeLists(
  read: Read,
  available: readonly Availability[],
  inputs: Inputs,
  ports: Ports
): Promise<Published> {
  const draft: Draft = (before) => planPublication(read.catalogue, available, before, read.comparison)
  try {
    return await publish(draft, targetOf(read, inputs, ports), ports)
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    if (!isExpected(error) && error instanceof Error) ports.log.info(error.stack ?? '')
    const plan = draft(undefined)
    const findings = [...plan.findings, publishFailed(error)]
    return { publication: { ...plan, findings, refused: true }, written: undefined }
  }
}

function targetOf(read: Read, inputs: Inputs, ports: Ports): PublishTarget {
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
  return {
    logFile: inputs.logFile,
    appListFile: inputs.applistFile,
    dryRun: inputs.dryRun,
    commit: github !== undefined && inputs.commit ? commitTarget(read, github, ports.runner) : undefined,
    dispatch:
      github !== undefined && inputs.dispatchTo.length > 0
        ? { github, to: inputs.dispatchTo, event: inputs.dispatchEvent }
        : undefined
  }
}

function commitTarget({ catalogue, text }: Read, github: GitHub, runner: Runner): CommitTarget {
  // A URL, and a file outside of the workspace, are no paths in the repository.
  const isInside = !/^https?:\/\//i.test(catalogue.file) && !path.isAbsolute(catalogue.file)
  return {
    github,
    repository: runner.repository,
    branch: branchOf(runner.ref) ?? '',
    catalogue: isInside ? { path: catalogue.file, text } : undefined
  }
}

/**
 * Before anything is done: a run of hours must not find out at its end.
 * @throws InputError
 */
export function requireBranch(inputs: Inputs, { ref }: Pick<Runner, 'ref'>): void {
  const commits = inputs.commit && !inputs.dryRun && (inputs.mode === 'publish' || inputs.mode === 'all')
  if (!commits || branchOf(ref) !== undefined) return
  throw new InputError([
    {
      input: 'commit',
      given: `true, in a run on "${ref}"`,
      allowed: 'a run on a branch: a commit needs a branch',
      fix: 'start the workflow on the branch that has the lists, or leave `commit` out'
    }
  ])
}

function branchOf(ref: string): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(ref)?.[1]
}

/**
 * Seconds from the push that changed the catalogue until all of it was published: the push of this run, or of the run
 * that this one follows (`workflow_run`). Undefined where the event tells of no commit, where something of the
 * catalogue was left out of the lists, and where they were so before: then nothing became available just now.
 */
export function lagSeconds(
  catalogue: Pick<Catalogue, 'refused'>,
  { publication, written }: Partial<Published>,
  ports: Pick<Ports, 'clock'> & { runner: Pick<Ports['runner'], 'event'> }
): number | undefined {
  const isWhole = catalogue.refused.length === 0 && publication?.left.length === 0
  if (!isWhole || written === undefined || written.changed.length === 0) return undefined
  const before = ports.runner.event['workflow_run'] as { head_commit?: unknown } | null | undefined
  const commit = ports.runner.event['head_commit'] ?? before?.head_commit
  if (typeof commit !== 'object' || commit === null || !('timestamp' in commit)) return undefined
  const time = Date.parse(String(commit.timestamp))
  return Number.isNaN(time) ? undefined : Math.max(0, (ports.clock.now() - time) / 1000)
}
