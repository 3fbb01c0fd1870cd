/** Issues, pull requests and workflow runs, in the domain's own words. */

export interface Issues {
  /** Without pull requests, most recently changed first. */
  list(query: IssueQuery): Promise<readonly Issue[]>
  get(number: number): Promise<Issue | undefined>
  /** After an unclear answer looks with `lookAgain` before it tries again. */
  create(issue: NewIssue, lookAgain: () => Promise<Issue | undefined>): Promise<Issue>
  update(number: number, change: IssueChange): Promise<Issue>
  comments(number: number): Promise<readonly Comment[]>
  comment(number: number, body: string, lookAgain: () => Promise<Comment | undefined>): Promise<Comment>
  editComment(id: number, body: string): Promise<void>
}

export interface IssueQuery {
  readonly state: 'open' | 'closed' | 'all'
  readonly labels?: readonly string[]
  readonly creator?: string
  /** ISO 8601: only what changed since. */
  readonly since?: string
  /** Most that are read. Default 1,000. */
  readonly max?: number
}

export interface NewIssue {
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
}

export interface IssueChange {
  readonly title?: string
  readonly body?: string
  readonly state?: 'open' | 'closed'
  readonly reason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened'
  readonly labels?: readonly string[]
}

export interface Issue {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed'
  /** Why it is in its state, when GitHub says so. */
  readonly reason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | undefined
  readonly labels: readonly string[]
  /** Login of who opened it. */
  readonly author: string
  readonly url: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly closedAt: string | undefined
}

export interface Comment {
  readonly id: number
  readonly body: string
  readonly author: string
  readonly url: string
  readonly createdAt: string
}

export interface Pulls {
  /** Merged ones that changed since `since` (ISO 8601), by the SHA that the merge left on the base. */
  merged(since: string): Promise<ReadonlyMap<string, Pull>>
  /** The newest one from that branch of this repository to that base. */
  from(head: string, base: string, state: 'open' | 'all'): Promise<Pull | undefined>
  /** After an unclear answer looks for the branch's open pull request before it tries again. */
  open(pull: {
    readonly title: string
    readonly body: string
    readonly head: string
    readonly base: string
  }): Promise<Pull>
  update(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' }
  ): Promise<Pull>
}

export interface Pull {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed'
  readonly labels: readonly string[]
  readonly author: string
  readonly url: string
  readonly mergedAt: string | undefined
  readonly mergeCommit: string | undefined
}

// ---------------------------------------------------------------- workflow runs

export interface Runs {
  /** Newest first; of one workflow (its file name) or of all, at exactly that commit. */
  at(sha: string, workflow?: string): Promise<readonly Run[]>
  /** Newest first, of one workflow (its file name) on one branch; at most 100. */
  of(workflow: string, branch: string): Promise<readonly Run[]>
  get(id: number): Promise<Run | undefined>
  /** Jobs of one attempt of a run. */
  jobs(run: number, attempt: number): Promise<readonly Job[]>
  /** What a job said in annotations; at most 100. */
  annotations(job: number): Promise<readonly Annotation[]>
  /** Starts a workflow with `on: workflow_dispatch`. Not repeated blindly. */
  dispatch(workflow: string, ref: string, inputs: Readonly<Record<string, string>>): Promise<void>
}

export interface Run {
  readonly id: number
  readonly name: string
  /** `.github/workflows/build.yml` */
  readonly path: string
  readonly sha: string
  readonly branch: string
  readonly event: string
  readonly status: string
  /** undefined while it runs. */
  readonly conclusion: string | undefined
  readonly attempt: number
  readonly actor: string
  readonly url: string
  readonly createdAt: string
}

export interface Job {
  readonly id: number
  readonly name: string
  readonly status: string
  readonly conclusion: string | undefined
  /** undefined: no runner ever took it. */
  readonly runner: string | undefined
  readonly url: string
  readonly startedAt: string | undefined
  readonly completedAt: string | undefined
  readonly steps: readonly {
    readonly name: string
    readonly status: string
    readonly conclusion: string | undefined
  }[]
}

export interface Annotation {
  readonly level: string
  readonly title: string
  readonly message: string
  readonly path: string
  readonly line: number
}
