/** What the judges of one server share: the limits that they are given, and what they say. */
import type { Finding } from '../../../lib/report/index.ts'
import type { Inputs } from './inputs.ts'

export type Thresholds = Pick<
  Inputs,
  'snapshotWarning' | 'maxSnapshotAge' | 'lagWarning' | 'maxLag' | 'whitelistWarning'
>

/** What is said about one server; the subject is added once for all. */
export type Remark = Omit<Finding, 'subject'>
