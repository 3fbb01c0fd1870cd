/** What the testbed's GitHub is started with, as types. */

/** `read` and `write` per permission of a token, as in a workflow's `permissions:` block. Absent means none. */
export type TokenPermissions = Partial<
  Record<'contents' | 'issues' | 'pull_requests' | 'actions' | 'checks' | 'metadata', 'read' | 'write'>
>

export interface TokenSeed {
  /** Who the token acts for: `github-actions[bot]` is the job's own token, `some-app[bot]` an App, else a person. */
  readonly login: string
  /** Default: everything `write`. */
  readonly permissions?: TokenPermissions
  /** `owner/name` of what it is for; elsewhere it is as good as none. Default: everything. */
  readonly repositories?: readonly string[]
}

export interface AppSeed {
  readonly slug: string
  /** PEM. */
  readonly publicKey: string
  /** `owner/name` of each repository that its installations have. */
  readonly installedOn: readonly string[]
  /** Of its tokens. Default: everything `write`. */
  readonly permissions?: TokenPermissions
  readonly suspended?: boolean
}

export interface GitHubOptions {
  /** By `owner/name`. */
  readonly repositories: Readonly<Record<string, RepositorySeed>>
  /** By the token itself. Default: `testbed-token`, the job's own token, which may do everything. */
  readonly tokens?: Readonly<Record<string, TokenSeed>>
  /** By the App's ID. Their tokens end after an hour of `now`. */
  readonly apps?: Readonly<Record<string, AppSeed>>
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
