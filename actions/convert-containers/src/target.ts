/** Where lists are published, and who hears of them. */
import type { GitHub } from '../../../lib/github/index.ts'

export interface PublishTarget {
  readonly logFile: string
  readonly appListFile: string
  readonly dryRun: boolean
  readonly commit:
    { readonly github: GitHub; readonly repository: string; readonly branch: string } | undefined
  readonly dispatch:
    { readonly github: GitHub; readonly to: readonly string[]; readonly event: string } | undefined
}

/** A commit that has these contents, and whether it was made for them just now. */
export interface Tip {
  readonly sha: string
  readonly made: boolean
}
