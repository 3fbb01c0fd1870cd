/** Where lists are published, and who hears of them. */
import type { GitHub } from '../../../lib/github/index.ts'

export interface PublishTarget {
  readonly logFile: string
  readonly appListFile: string
  readonly dryRun: boolean
  readonly commit: CommitTarget | undefined
  readonly dispatch:
    { readonly github: GitHub; readonly to: readonly string[]; readonly event: string } | undefined
}

export interface CommitTarget {
  readonly github: GitHub
  readonly repository: string
  readonly branch: string
  /** The catalogue as this run has read it, where it may lie in the repository. */
  readonly catalogue?: { readonly path: string; readonly text: string } | undefined
}

/** A commit that has these contents, and whether it was made for them just now. */
export interface Tip {
  readonly sha: string
  readonly made: boolean
}

/** Content by path. */
export function filesOf(
  lists: { readonly log: string; readonly appList: string },
  { logFile, appListFile }: Pick<PublishTarget, 'logFile' | 'appListFile'>
): Map<string, string> {
  return new Map([
    [logFile, lists.log],
    [appListFile, lists.appList]
  ])
}
