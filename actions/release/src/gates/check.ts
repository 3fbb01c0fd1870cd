/** One thing that must be so before anything is written. */
export interface Check {
  /** Stable name, the id of the finding when it is not so. */
  readonly id: string
  readonly subject: string
  /** `unknown`: it could not be found out, which is no permission. */
  readonly state: 'ok' | 'failed' | 'unknown'
  readonly message: string
  readonly hint?: string
}

export const isMet = (checks: readonly Check[]): boolean => checks.every((check) => check.state === 'ok')
