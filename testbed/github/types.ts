/**
 * The face of the testbed's GitHub, as types: what it is started with, what a test may look at and change while
 * it runs, and which faults it can be told to have.
 */
import type { Buffer } from 'node:buffer'

/** `read` and `write` per permission of a token, as in a workflow's `permissions:` block. Absent means none. */
export type TokenPermissions = Partial<
  Record<'contents' | 'issues' | 'pull_requests' | 'actions' | 'checks' | 'metadata', 'read' | 'write'>
>

export interface TokenSeed {
  /** Who the token acts for: `github-actions[bot]` is the job's own token, `some-app[bot]` an App, else a person. */
  readonly login: string
  /** Default: everything `write`. */
  readonly permissions?: TokenPermissions
}

export interface GitHubOptions {
  /** By `owner/name`. */
  readonly repositories: Readonly<Record<string, RepositorySeed>>
  /** By the token itself. Default: `testbed-token`, the job's own token, which may do everything. */
  readonly tokens?: Readonly<Record<string, TokenSeed>>
  /** Logins by e-mail address, so that a commit's author is shown as a user. */
  readonly users?: Readonly<Record<string, string>>
  /** Milliseconds since 1970. Default: the real clock. */
  readonly now?: () => number
  /** Requests per hour and token. Default 5000. */
  readonly rateLimit?: number
  /** Checks every response against GitHub's published description as well; a violation is a fault. Default false. */
  readonly checkResponses?: boolean
}

export interface RepositorySeed {
  /** Default `main`. */
  readonly defaultBranch?: string
  /** Folder of a local git repository whose objects, branches and tags become this repository's. */
  readonly git?: string
  /** Oldest first; each goes on top of its branch. */
  readonly commits?: readonly CommitSeed[]
  /** Commit SHA (or branch name) by tag name; set after the commits. */
  readonly tags?: Readonly<Record<string, string>>
  readonly releases?: readonly ReleaseSeed[]
  readonly issues?: readonly IssueSeed[]
  readonly pulls?: readonly PullSeed[]
  readonly runs?: readonly RunSeed[]
  /** Role by login. Everybody else has `read`, or `none` on a private repository. */
  readonly collaborators?: Readonly<Record<string, 'admin' | 'maintain' | 'write' | 'triage' | 'read'>>
  readonly private?: boolean
  readonly archived?: boolean
  /** Published releases, their assets and their tags can no longer be changed. */
  readonly immutableReleases?: boolean
  /** With false the job's own token may not open pull requests (a setting of the organisation). Default true. */
  readonly actionsMayOpenPulls?: boolean
  /** File names below .github/workflows that can be dispatched, besides those of `runs`. */
  readonly workflows?: readonly string[]
}

export interface CommitSeed {
  readonly message: string
  /** Content by path; null deletes. Default: no change of files. */
  readonly files?: Readonly<Record<string, string | null>>
  /** `YYYY-MM-DDThh:mm:ssZ`. Default: one minute after the parent. */
  readonly date?: string
  readonly author?: { readonly name?: string; readonly email?: string; readonly login?: string }
  /** Default: the default branch. A new branch starts at `parents[0]`, else at the default branch. */
  readonly branch?: string
  /** SHAs; default: the head of the branch. Two make a merge. */
  readonly parents?: readonly string[]
}

export interface ReleaseSeed {
  readonly tag: string
  readonly name?: string
  readonly body?: string
  readonly draft?: boolean
  readonly prerelease?: boolean
  readonly target?: string
  readonly publishedAt?: string
  readonly author?: string
}

export interface IssueSeed {
  readonly title: string
  readonly body?: string
  readonly user?: string
  readonly labels?: readonly string[]
  readonly state?: 'open' | 'closed'
  readonly comments?: readonly { readonly body: string; readonly user?: string }[]
}

export interface PullSeed {
  readonly title: string
  readonly body?: string
  readonly user?: string
  readonly labels?: readonly string[]
  readonly head: string
  readonly base?: string
  /** Set with a SHA: merged, by that commit. */
  readonly mergeCommit?: string
  readonly mergedAt?: string
}

export interface RunSeed {
  /** File name below .github/workflows. */
  readonly workflow: string
  readonly name?: string
  readonly sha?: string
  readonly branch?: string
  readonly event?: string
  readonly status?: 'queued' | 'in_progress' | 'completed'
  readonly conclusion?: Conclusion | null
  readonly attempt?: number
  readonly actor?: string
  readonly createdAt?: string
  readonly jobs?: readonly JobSeed[]
}

export type Conclusion =
  'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required'

export interface JobSeed {
  readonly name: string
  readonly status?: 'queued' | 'in_progress' | 'completed' | 'waiting'
  readonly conclusion?: Conclusion | null
  /** Default: the run's newest. */
  readonly attempt?: number
  /** null: no runner ever took it. */
  readonly runner?: string | null
  readonly steps?: readonly { readonly name: string; readonly conclusion: Conclusion | null }[]
  readonly annotations?: readonly AnnotationSeed[]
}

export interface AnnotationSeed {
  readonly level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title?: string
  readonly path?: string
  readonly line?: number
}

// ---------------------------------------------------------------- looking and changing while it runs

export interface GitHubTestbed extends AsyncDisposable {
  /** What GITHUB_API_URL is set to. */
  readonly url: string
  /** Every request that came, oldest first. */
  readonly requests: readonly RecordedRequest[]
  /**
   * What was wrong with a request (or, with `checkResponses`, a response) by GitHub's own description. Such a
   * request was answered 422 and had no effect. A test ends with `expect(github.violations).toEqual([])`.
   */
  readonly violations: readonly string[]
  repository(name: string): RepositoryHandle
  /** Switches a fault on; the oldest that still has `times` left and matches answers. Returns the switch to turn it off. */
  fail(fault: Fault): () => void
  /** Adds or replaces a token. */
  token(token: string, seed: TokenSeed): void
  /** What is left of the hour for this token. */
  setRemaining(token: string, remaining: number): void
  close(): Promise<void>
}

export interface RecordedRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  /** GitHub's name of the operation, `repos/create-release`; '' for a path that GitHub does not have. */
  readonly operation: string
  readonly login: string
  /** Parsed JSON, or undefined. */
  readonly body: unknown
  readonly status: number
}

/** One repository: live state to look at, and what other people do to it meanwhile. */
export interface RepositoryHandle {
  readonly name: string
  /** SHA by full name, `refs/heads/main`. */
  readonly refs: ReadonlyMap<string, string>
  readonly releases: readonly ReleaseState[]
  /** Issues and pull requests, by number. */
  readonly issues: readonly IssueState[]
  readonly dispatches: readonly DispatchState[]
  /** Text of a file at a branch, tag or SHA; undefined when it is not there. */
  file(path: string, at?: string): string | undefined
  /** First-parent messages, newest first. */
  log(at?: string): readonly { readonly sha: string; readonly message: string }[]
  /** What changed between two commits: status by path. */
  changed(base: string, head: string): Readonly<Record<string, string>>
  /** A commit that somebody else makes. Returns its SHA. */
  commit(seed: CommitSeed): string
  /** Somebody sets (or, with null, deletes) a ref by force. */
  setRef(ref: string, target: string | null): void
  addRelease(seed: ReleaseSeed): ReleaseState
  addIssue(seed: IssueSeed): IssueState
  addPull(seed: PullSeed): IssueState
  addRun(seed: RunSeed): number
  /** Somebody edits, closes or reopens an issue by hand. */
  editIssue(
    number: number,
    change: {
      readonly state?: 'open' | 'closed'
      readonly body?: string
      readonly labels?: readonly string[]
    }
  ): void
  /** Somebody edits or publishes a release by hand. */
  editRelease(id: number, change: { readonly body?: string; readonly draft?: boolean }): void
  /** Merges an open pull request with a merge commit; returns its SHA. */
  merge(number: number): string
}

export interface ReleaseState {
  readonly id: number
  readonly tag: string
  readonly target: string
  readonly name: string | null
  readonly body: string
  readonly draft: boolean
  readonly prerelease: boolean
  readonly author: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly publishedAt: string | null
  readonly assets: readonly AssetState[]
}

export interface AssetState {
  readonly id: number
  readonly name: string
  readonly label: string | null
  readonly contentType: string
  readonly bytes: Buffer
  readonly uploader: string
  readonly createdAt: string
}

export interface IssueState {
  readonly id: number
  readonly number: number
  readonly title: string
  readonly body: string
  readonly user: string
  readonly state: 'open' | 'closed'
  readonly stateReason: 'completed' | 'reopened' | 'not_planned' | 'duplicate' | null
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  readonly locked: boolean
  readonly createdAt: string
  readonly updatedAt: string
  readonly closedAt: string | null
  readonly comments: readonly CommentState[]
  /** Set for a pull request. */
  readonly pull?: PullState
}

export interface PullState {
  readonly head: string
  readonly base: string
  readonly draft: boolean
  readonly mergedAt: string | null
  readonly mergeCommit: string | null
}

export interface CommentState {
  readonly id: number
  readonly body: string
  readonly user: string
  readonly createdAt: string
  readonly updatedAt: string
}

export interface DispatchState {
  /** File name of the workflow, or '' for a repository_dispatch. */
  readonly workflow: string
  /** Branch or tag of a workflow_dispatch, event type of a repository_dispatch. */
  readonly ref: string
  readonly inputs: Readonly<Record<string, unknown>>
}

// ---------------------------------------------------------------- faults

export interface Fault {
  /** Only requests with this method. */
  readonly method?: string
  /** Only this operation (`git/update-ref`), or a path that matches. Default: all requests. */
  readonly operation?: string
  readonly path?: RegExp
  /** How many requests it hits. Default 1; Infinity until it is turned off. */
  readonly times?: number
  /** How many matching requests pass before it begins. Default 0. */
  readonly after?: number
  readonly kind: FaultKind
}

export type FaultKind =
  /** 403 with the text of a secondary limit and Retry-After. */
  | { readonly what: 'secondary-limit'; readonly retryAfterSeconds: number }
  /** 403 with x-ratelimit-remaining 0 and the reset after that many seconds. */
  | { readonly what: 'rate-limit'; readonly resetAfterSeconds: number }
  | { readonly what: 'unauthorized' }
  | { readonly what: 'forbidden' }
  /** 404, as an own write may be answered for a moment. */
  | { readonly what: 'not-found' }
  | { readonly what: 'conflict'; readonly message?: string }
  | { readonly what: 'unprocessable'; readonly message?: string }
  /** 5xx before anything was done. */
  | { readonly what: 'server-error'; readonly status: 500 | 502 | 503 | 504 }
  /** The request is carried out, but the answer is a 502: the caller cannot know. */
  | { readonly what: 'lost-answer' }
  /** The connection is cut without an answer. */
  | { readonly what: 'cut' }
  | { readonly what: 'slow'; readonly ms: number }
  /** Something happens just before the request is carried out (somebody pushes, publishes, edits). */
  | { readonly what: 'meanwhile'; readonly do: () => void | Promise<void> }
