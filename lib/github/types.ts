/** What the actions know of GitHub: the domain's own words, none of octokit's types. */
import type { Clock, Http, Log } from '../ports/index.ts'
import type { RetryLimits } from '../retry/index.ts'
import type { Issues, Pulls, Runs } from './tracker.ts'

export type * from './tracker.ts'

export interface GitHubOptions {
  /** May be empty: then only what is public can be read. Not used with `app`. */
  readonly token: string
  /** Asks as this App, with a token of its own for each repository, renewed once when it is refused. */
  readonly app?: App | undefined
  /** GITHUB_API_URL: `https://api.github.com`, or `https://host/api/v3`. */
  readonly apiUrl: string
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly signal?: AbortSignal
  readonly limits?: Partial<RetryLimits>
  /** Writes are spaced as GitHub asks on its own servers. Default: by `apiUrl`. */
  readonly isPaced?: boolean
}

export interface App {
  /** Its ID (digits) or its client ID. */
  readonly id: string
  /** PEM, PKCS#1 as GitHub makes it or PKCS#8. */
  readonly privateKey: string
}

export interface GitHub {
  /** `owner/name`. Nothing is asked yet. */
  repository(name: string): Repository
}

export interface Repository {
  readonly name: string
  readonly git: Git
  readonly releases: Releases
  readonly pulls: Pulls
  readonly issues: Issues
  readonly runs: Runs
  about(): Promise<About>
  /** `admin`, `write`, `read` or `none`, of a person. */
  permissionOf(login: string): Promise<'admin' | 'write' | 'read' | 'none'>
  /** The same with the two roles between: `maintain` counts as write there, `triage` as read. A role of the organisation's own counts as what it is based on. */
  roleOf(login: string): Promise<'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'>
  /** Sends a repository_dispatch: workflows with `on: repository_dispatch: types: [type]` run. Not repeated blindly. */
  dispatchEvent(type: string, payload: Readonly<Record<string, unknown>>): Promise<void>
}

export interface About {
  readonly defaultBranch: string
  readonly isPrivate: boolean
  readonly isArchived: boolean
}

// ---------------------------------------------------------------- commits and files

export interface Git {
  /** SHA of the commit that a branch, a tag or a SHA names; undefined when there is none. */
  resolve(name: string): Promise<string | undefined>
  /** SHA of the commit at the tip of a branch; undefined when there is no such branch. */
  branch(name: string): Promise<string | undefined>
  /** SHA of the commit by tag name, of all tags that begin with `prefix`. */
  tags(prefix?: string): Promise<ReadonlyMap<string, string>>
  /** SHA of the commit that a tag names; undefined when there is no such tag. */
  tag(name: string): Promise<string | undefined>
  /**
   * Lets a tag name a commit: makes it, or moves it when `expected` says where it is now.
   * @throws Moved when it is somewhere else
   */
  setTag(name: string, sha: string, expected: string | undefined): Promise<void>
  /**
   * The commit that a mark of ours names (`refs/neurodesk-ci/NAME`): neither branch nor tag, so no clone brings it,
   * no page shows it and no workflow runs for it. Undefined when it was never set.
   */
  mark(name: string): Promise<string | undefined>
  /** Sets a mark, wherever it was. */
  setMark(name: string, sha: string): Promise<void>
  /** All commits between two names, oldest first, however many. @throws Refused with status 404 for an unknown name. */
  compare(base: string, head: string): Promise<Comparison>
  /** Paths that one commit changed, at most 300. */
  changedPaths(sha: string): Promise<readonly string[]>
  /** Text of a file of at most 1 MB; undefined when it is not there. @throws TooLarge above. */
  file(path: string, at: string): Promise<string | undefined>
  /**
   * One commit on top of `parent`, and the branch set to it. Content by path; null deletes.
   * @throws Moved when the branch is no longer where `expected` says: read again and plan again.
   */
  commitFiles(change: CommitPlan): Promise<string>
}

export interface Comparison {
  readonly status: 'ahead' | 'behind' | 'identical' | 'diverged'
  /** Oldest first. */
  readonly commits: readonly Commit[]
  /** Commits that the base has and the head has not: not 0 after a force-push. */
  readonly behindBy: number
  readonly mergeBase: string
  readonly url: string
}

export interface Commit {
  readonly sha: string
  readonly message: string
  readonly parents: readonly string[]
  /** Login, when GitHub knows the author. */
  readonly author: string | undefined
  readonly authorName: string
  /** ISO 8601, of the committer. */
  readonly date: string
  readonly url: string
}

export interface CommitPlan {
  readonly branch: string
  readonly message: string
  readonly files: ReadonlyMap<string, string | null>
  /** The commit that the new one stands on. */
  readonly parent: string
  /** Where the branch is now; undefined when it is to be made. */
  readonly expected: string | undefined
  /** Sets the branch even when the new commit does not stand on `expected`; only for a branch of our own. */
  readonly force?: boolean
}

// ---------------------------------------------------------------- releases

export interface Releases {
  /** Newest first, at most 1,000; drafts are among them when the token may write. */
  list(): Promise<readonly Release[]>
  get(id: number): Promise<Release | undefined>
  /** The published release of a tag. */
  ofTag(tag: string): Promise<Release | undefined>
  /** Makes a draft; after an unclear answer looks with `lookAgain` before it tries again. */
  createDraft(
    draft: ReleaseText & { readonly target: string },
    lookAgain: () => Promise<Release | undefined>
  ): Promise<Release>
  /** Always sends the tag: a draft that is changed without it loses it. */
  update(id: number, text: ReleaseText & { readonly target?: string }): Promise<Release>
  /** Takes away a draft; one that is gone already is no failure. */
  deleteDraft(id: number): Promise<void>
  /** Makes a draft public, and with that its tag. */
  publish(id: number, tag: string): Promise<Release>
  /** The bytes of an asset. @throws TooLarge above `maxBytes` (default 8 MiB). */
  download(asset: Release['assets'][number], maxBytes?: number): Promise<Buffer>
  /** Replaces an asset of that name. Only a draft takes assets where releases are immutable. */
  upload(
    release: Release,
    file: { readonly name: string; readonly contentType: string; readonly bytes: Buffer }
  ): Promise<void>
}

export interface ReleaseText {
  readonly tag: string
  readonly title: string
  readonly body: string
}

export interface Release {
  readonly id: number
  readonly tag: string
  readonly title: string
  readonly body: string
  readonly isDraft: boolean
  readonly isPrerelease: boolean
  readonly isImmutable: boolean
  readonly target: string
  readonly url: string
  readonly uploadUrl: string
  readonly createdAt: string
  readonly publishedAt: string | undefined
  readonly assets: readonly {
    readonly id: number
    readonly name: string
    readonly size: number
    readonly digest: string | undefined
  }[]
}

/** GitHub's limits, in characters. */
export const LIMITS = { releaseBody: 125_000, issueBody: 65_536, title: 256 } as const
