/**
 * The face of the testbed's GitHub, as types: what a test may look at and change while it runs. What it is started
 * with is in seeds.ts, which faults it can be told to have in fault-types.ts.
 */
import type { Buffer } from 'node:buffer'
import type { Fault } from './fault-types.ts'
import type { CommitSeed, IssueSeed, PullSeed, ReleaseSeed, RunSeed, TokenSeed } from './seeds.ts'

export type * from './fault-types.ts'
export type * from './seeds.ts'

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
  /** Somebody revokes every token that an App has got so far. */
  revokeAppTokens(): void
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
  addAsset(release: number, file: Pick<AssetState, 'name' | 'contentType' | 'bytes'>): void
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
