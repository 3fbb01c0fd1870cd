/** One repository's state, and what its people do to it. No HTTP here. */
import { GitState, isoSeconds } from './git-state.ts'
import type { World } from './git-state.ts'
import { importRepository } from './source.ts'
import type { Person } from './objects.ts'
import type {
  AnnotationSeed,
  AssetState,
  CommentState,
  Conclusion,
  DispatchState,
  IssueSeed,
  IssueState,
  JobSeed,
  PullSeed,
  PullState,
  ReleaseSeed,
  ReleaseState,
  RepositoryHandle,
  RepositorySeed,
  RunSeed
} from './types.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export type Release = Omit<Mutable<ReleaseState>, 'assets'> & { assets: AssetState[] }
export type Comment = Mutable<CommentState>
export type Issue = Omit<Mutable<IssueState>, 'comments' | 'labels' | 'assignees' | 'pull'> & {
  comments: Comment[]
  labels: string[]
  assignees: string[]
  pull?: Mutable<PullState>
}

export interface Job {
  readonly id: number
  readonly seed: JobSeed
  readonly attempt: number
}

export interface Run {
  readonly id: number
  readonly number: number
  readonly seed: RunSeed
  readonly sha: string
  readonly branch: string
  readonly attempt: number
  readonly status: 'queued' | 'in_progress' | 'completed'
  readonly conclusion: Conclusion | null
  readonly actor: string
  readonly createdAt: string
  readonly jobs: readonly Job[]
}

export class Repository extends GitState implements RepositoryHandle {
  readonly id: number
  readonly releases: Release[] = []
  readonly issues: Issue[] = []
  readonly runs: Run[] = []
  readonly annotations = new Map<number, readonly AnnotationSeed[]>()
  readonly dispatches: DispatchState[] = []
  readonly labels = new Map<string, { id: number; color: string; description: string | null }>()
  readonly seed: RepositorySeed
  readonly createdAt: string

  constructor(name: string, seed: RepositorySeed, world: World) {
    super(name, seed.defaultBranch ?? 'main', world)
    this.seed = seed
    this.id = world.nextId()
    this.createdAt = this.timestamp()
  }

  /** Fills the repository from its seed. */
  async plant(): Promise<void> {
    if (this.seed.git !== undefined)
      for (const [ref, sha] of await importRepository(this.seed.git, this.objects)) this.refs.set(ref, sha)
    this.seed.commits?.forEach((one) => this.commit(one))
    for (const [tag, target] of Object.entries(this.seed.tags ?? {}))
      this.setRef(`refs/tags/${tag}`, this.commitAt(target))
    this.seed.releases?.forEach((one) => this.addRelease(one))
    this.seed.issues?.forEach((one) => this.addIssue(one))
    this.seed.pulls?.forEach((one) => this.addPull(one))
    this.seed.runs?.forEach((one) => this.addRun(one))
  }

  get owner(): string {
    return this.name.split('/')[0] ?? ''
  }

  get shortName(): string {
    return this.name.split('/')[1] ?? ''
  }

  timestamp(): string {
    return isoSeconds(this.world.now())
  }

  roleOf(login: string): 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none' {
    if (login === this.owner) return 'admin'
    return this.seed.collaborators?.[login] ?? (this.seed.private === true ? 'none' : 'read')
  }

  /** GitHub tells a role in the words of before there were five: maintain as write, triage as read. */
  permissionOf(login: string): 'admin' | 'write' | 'read' | 'none' {
    const role = this.roleOf(login)
    return role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role
  }

  // ---------------------------------------------------------------- releases

  addRelease(seed: ReleaseSeed): Release {
    const now = this.timestamp()
    const draft = seed.draft ?? false
    const release: Release = {
      id: this.world.nextId(),
      tag: seed.tag,
      target: seed.target ?? this.defaultBranch,
      name: seed.name ?? seed.tag,
      body: seed.body ?? '',
      draft: true,
      prerelease: seed.prerelease ?? false,
      author: seed.author ?? this.owner,
      createdAt: seed.publishedAt ?? now,
      updatedAt: seed.publishedAt ?? now,
      publishedAt: null,
      assets: []
    }
    this.releases.push(release)
    if (!draft) this.publish(release, seed.publishedAt)
    return release
  }

  addAsset(id: number, file: Pick<AssetState, 'name' | 'contentType' | 'bytes'>): void {
    const more = { id: this.world.nextId(), label: null, uploader: this.owner, createdAt: this.timestamp() }
    this.releases.find((one) => one.id === id)?.assets.push({ ...file, ...more })
  }

  /** A published release has a tag: the one that is there, else a new one at its target. */
  publish(release: Release, at = this.timestamp()): void {
    const ref = `refs/tags/${release.tag}`
    if (!this.refs.has(ref)) {
      const sha = this.find(release.target)
      if (sha !== undefined) this.refs.set(ref, sha)
    }
    release.draft = false
    release.publishedAt = at
  }

  editRelease(id: number, change: { body?: string; draft?: boolean }): void {
    const release = this.releases.find((one) => one.id === id)
    if (!release) throw new Error(`no release ${id}`)
    if (change.body !== undefined) release.body = change.body
    if (change.draft === false && release.draft) this.publish(release)
    release.updatedAt = this.timestamp()
  }

  // ---------------------------------------------------------------- issues and pull requests

  addIssue(seed: IssueSeed): Issue {
    const now = this.timestamp()
    const issue: Issue = {
      id: this.world.nextId(),
      number: this.issues.length + 1,
      title: seed.title,
      body: seed.body ?? '',
      user: seed.user ?? 'someone',
      state: seed.state ?? 'open',
      stateReason: seed.state === 'closed' ? 'completed' : null,
      labels: [...(seed.labels ?? [])],
      assignees: [],
      locked: false,
      createdAt: now,
      updatedAt: now,
      closedAt: seed.state === 'closed' ? now : null,
      comments: []
    }
    issue.labels.forEach((label) => this.ensureLabel(label))
    seed.comments?.forEach((one) => this.addComment(issue, one.body, one.user ?? 'someone'))
    this.issues.push(issue)
    return issue
  }

  addPull(seed: PullSeed): Issue {
    const merged = seed.mergeCommit !== undefined
    const issue = this.addIssue({
      title: seed.title,
      ...pick(seed, 'body', 'user', 'labels'),
      state: merged ? 'closed' : 'open'
    })
    issue.pull = {
      head: seed.head,
      base: seed.base ?? this.defaultBranch,
      draft: false,
      mergedAt: merged ? (seed.mergedAt ?? this.timestamp()) : null,
      mergeCommit: seed.mergeCommit ?? null
    }
    return issue
  }

  addComment(issue: Issue, body: string, user: string): Comment {
    const now = this.timestamp()
    const comment: Comment = { id: this.world.nextId(), body, user, createdAt: now, updatedAt: now }
    issue.comments.push(comment)
    issue.updatedAt = now
    return comment
  }

  ensureLabel(label: string): void {
    if (!this.labels.has(label))
      this.labels.set(label, { id: this.world.nextId(), color: 'ededed', description: null })
  }

  setIssueState(issue: Issue, state: 'open' | 'closed', reason: Issue['stateReason'] = null): void {
    if (issue.state === state) return
    issue.state = state
    issue.stateReason = state === 'closed' ? (reason ?? 'completed') : 'reopened'
    issue.closedAt = state === 'closed' ? this.timestamp() : null
    issue.updatedAt = this.timestamp()
  }

  editIssue(
    number: number,
    change: { state?: 'open' | 'closed'; body?: string; labels?: readonly string[] }
  ): void {
    const issue = this.issues.find((one) => one.number === number)
    if (!issue) throw new Error(`no issue ${number}`)
    if (change.body !== undefined) issue.body = change.body
    if (change.labels !== undefined) issue.labels = [...change.labels]
    if (change.state !== undefined) this.setIssueState(issue, change.state)
    issue.updatedAt = this.timestamp()
  }

  merge(number: number): string {
    const issue = this.issues.find((one) => one.number === number)
    if (!issue?.pull || issue.state !== 'open') throw new Error(`no open pull request ${number}`)
    const [base, head] = [this.commitAt(issue.pull.base), this.commitAt(issue.pull.head)]
    const start = this.objects.mergeBase(base, head)
    const changes = this.objects.changes(
      start === undefined ? undefined : this.objects.commit(start).tree,
      this.objects.commit(head).tree
    )
    const tree = this.objects.edit(
      this.objects.commit(base).tree,
      new Map(
        changes.map((one) => [one.path, one.after === undefined ? null : { mode: '100644', sha: one.after }])
      )
    )
    const author: Person = {
      name: 'someone',
      email: 'someone@users.noreply.github.com',
      time: Math.floor(this.world.now() / 1000),
      zone: '+0000'
    }
    const message = `Merge pull request #${number} from ${this.owner}/${issue.pull.head}\n\n${issue.title}`
    const sha = this.objects.writeCommit({ tree, parents: [base, head], author, committer: author, message })
    this.refs.set(`refs/heads/${issue.pull.base}`, sha)
    this.setIssueState(issue, 'closed')
    issue.pull.mergedAt = this.timestamp()
    issue.pull.mergeCommit = sha
    return sha
  }

  // ---------------------------------------------------------------- workflow runs

  addRun(seed: RunSeed): number {
    const attempt = seed.attempt ?? 1
    const status = seed.status ?? 'completed'
    const jobs = (seed.jobs ?? []).map((job): Job => ({
      id: this.world.nextId(),
      seed: job,
      attempt: job.attempt ?? attempt
    }))
    for (const job of jobs) this.annotations.set(job.id, job.seed.annotations ?? [])
    const branch = seed.branch ?? this.defaultBranch
    const run: Run = {
      id: this.world.nextId(),
      number: this.runs.filter((one) => one.seed.workflow === seed.workflow).length + 1,
      seed,
      sha: seed.sha ?? this.commitAt(branch),
      branch,
      attempt,
      status,
      conclusion: status === 'completed' ? (seed.conclusion ?? 'success') : null,
      actor: seed.actor ?? 'someone',
      createdAt: seed.createdAt ?? this.timestamp(),
      jobs
    }
    this.runs.push(run)
    return run.id
  }

  /** File names below .github/workflows, in the order of their numbers. */
  get workflows(): string[] {
    return [...new Set([...(this.seed.workflows ?? []), ...this.runs.map((run) => run.seed.workflow)])]
  }
}

function pick<T extends object, K extends keyof T>(from: T, ...names: K[]): Partial<Pick<T, K>> {
  const found: Partial<Pick<T, K>> = {}
  for (const name of names) if (from[name] !== undefined) found[name] = from[name]
  return found
}
