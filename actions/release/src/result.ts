/** What a run came to; the report and the summary are made of it. */
import type { Release } from '../../../lib/github/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Announced } from './announce/announce.ts'
import type { Changes } from './changes.ts'
import type { Check } from './gates/check.ts'
import type { Inputs } from './inputs.ts'
import type { Merged } from './notes/marked.ts'
import type { ReleasePlan } from './plan.ts'
import type { Subject } from './subject.ts'
import type { Edits, WebsiteResult } from './website/pull.ts'

export interface Result {
  readonly inputs: Inputs
  readonly repository: string
  readonly subject: Subject
  readonly plan: ReleasePlan
  readonly checks: readonly Check[]
  /** Steps add to it. */
  readonly findings: Finding[]
  readonly changes: Changes
  readonly merged: Merged
  /** As they will be read. */
  readonly notes: string
  readonly notesPath: string
  /** A condition is not met: nothing was written. */
  readonly isBlocked: boolean
  readonly steps: Steps
}

/** As they are called in the log and in findings, in their order. */
export const STEPS = {
  draft: 'Draft release',
  website: 'Pull request of the web site',
  publish: 'Publishing',
  announce: 'Announcement'
} as const

/** What was done; what is undefined was not. */
export interface Steps {
  release?: Release
  assetCount?: number
  /** What a dry run would change on the web site. */
  edits?: Edits
  website?: WebsiteResult
  announcement?: string
  announced?: Announced
  /** The step that failed; those after it were not begun. */
  failed?: string
}
