/** The answers' bodies, with every field that GitHub's description asks for. Each takes the API's own address first. */
import { createHash } from 'node:crypto'
import { countLines } from './objects.ts'
import type { FileChange, Person } from './objects.ts'
import { isoSeconds } from './repository.ts'
import type { Comment, Issue, Job, Release, Repository, Run } from './repository.ts'
import type { AnnotationSeed, AssetState } from './types.ts'

type Json = Record<string, unknown>

/** GitHub's node ids are opaque; these name what they stand for. */
const node = (kind: string, id: number | string): string => Buffer.from(`${kind}:${id}`).toString('base64url')

/** A stable number for a login. */
export const userId = (login: string): number => createHash('sha256').update(login).digest().readUInt32BE(0)

export function user(base: string, login: string): Json {
  const path = `${base}/users/${encodeURIComponent(login)}`
  const ways = ['followers', 'subscriptions', 'organizations', 'repos', 'received_events'].map((name) => [
    `${name}_url`,
    `${path}/${name}`
  ])
  return {
    login,
    id: userId(login),
    node_id: node('User', userId(login)),
    avatar_url: `${base}/avatars/${userId(login)}`,
    gravatar_id: '',
    url: path,
    html_url: `${base}/${encodeURIComponent(login)}`,
    following_url: `${path}/following`,
    gists_url: `${path}/gists`,
    starred_url: `${path}/starred`,
    events_url: `${path}/events`,
    ...Object.fromEntries(ways),
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false
  }
}

const repositoryWays =
  'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees hooks'

export function repository(base: string, one: Repository): Json {
  const url = `${base}/repos/${one.name}`
  const open = one.issues.filter((issue) => issue.state === 'open').length
  return {
    id: one.id,
    node_id: node('Repository', one.id),
    name: one.shortName,
    full_name: one.name,
    owner: user(base, one.owner),
    private: one.seed.private ?? false,
    visibility: one.seed.private === true ? 'private' : 'public',
    html_url: `${base}/${one.name}`,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(repositoryWays.split(' ').map((way) => [`${way}_url`, `${url}/${way}`])),
    git_url: `git://127.0.0.1/${one.name}.git`,
    ssh_url: `git@127.0.0.1:${one.name}.git`,
    clone_url: `${base}/${one.name}.git`,
    svn_url: `${base}/${one.name}`,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    size: 0,
    default_branch: one.defaultBranch,
    open_issues_count: open,
    open_issues: open,
    ...Object.fromEntries(
      [
        'forks_count',
        'stargazers_count',
        'watchers_count',
        'subscribers_count',
        'network_count',
        'forks',
        'watchers'
      ].map((name) => [name, 0])
    ),
    ...Object.fromEntries(
      ['issues', 'projects', 'wiki', 'pages', 'discussions', 'downloads'].map((name) => [
        `has_${name}`,
        name === 'issues'
      ])
    ),
    archived: one.seed.archived ?? false,
    disabled: false,
    pushed_at: one.createdAt,
    created_at: one.createdAt,
    updated_at: one.createdAt
  }
}

const utc = (person: Person): string => isoSeconds(person.time * 1000)
const gitUser = (person: Person): Json => ({ name: person.name, email: person.email, date: utc(person) })
const unsigned: Json = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null
}

/** GitHub trims the line end that git puts after a message. */
const trimmed = (message: string): string => message.replace(/\n+$/, '')

/** The commit as `git` data has it. */
export function gitCommit(base: string, repo: Repository, sha: string): Json {
  const commit = repo.objects.commit(sha)
  const url = `${base}/repos/${repo.name}/git`
  return {
    sha,
    node_id: node('Commit', sha),
    url: `${url}/commits/${sha}`,
    html_url: `${base}/${repo.name}/commit/${sha}`,
    author: gitUser(commit.author),
    committer: gitUser(commit.committer),
    message: trimmed(commit.message),
    tree: { sha: commit.tree, url: `${url}/trees/${commit.tree}` },
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${base}/${repo.name}/commit/${parent}`
    })),
    verification: unsigned
  }
}

/** The commit as people see it, with GitHub's users. */
export function commit(base: string, repo: Repository, sha: string, files?: readonly FileChange[]): Json {
  const one = repo.objects.commit(sha)
  const url = `${base}/repos/${repo.name}`
  const account = (person: Person): Json | null => {
    const login =
      repo.world.users.get(person.email) ??
      /^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$/.exec(person.email)?.[1]
    return login === undefined ? null : user(base, login)
  }
  return {
    sha,
    node_id: node('Commit', sha),
    url: `${url}/commits/${sha}`,
    html_url: `${base}/${repo.name}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    commit: {
      url: `${url}/git/commits/${sha}`,
      author: gitUser(one.author),
      committer: gitUser(one.committer),
      message: trimmed(one.message),
      comment_count: 0,
      tree: { sha: one.tree, url: `${url}/git/trees/${one.tree}` },
      verification: unsigned
    },
    author: account(one.author),
    committer: account(one.committer),
    parents: one.parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${base}/${repo.name}/commit/${parent}`
    })),
    ...(files === undefined ? {} : { files: files.map((file) => change(base, repo, file, sha)) })
  }
}

export function change(base: string, repo: Repository, file: FileChange, at: string): Json {
  const blob = (sha: string | undefined): Buffer | undefined =>
    sha === undefined ? undefined : repo.objects.blobs.get(sha)
  const lines = countLines(blob(file.before), blob(file.after))
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  return {
    sha: file.after ?? file.before ?? null,
    filename: file.path,
    status: file.status,
    additions: lines.additions,
    deletions: lines.deletions,
    changes: lines.additions + lines.deletions,
    blob_url: `${base}/${repo.name}/blob/${at}/${path}`,
    raw_url: `${base}/${repo.name}/raw/${at}/${path}`,
    contents_url: `${base}/repos/${repo.name}/contents/${path}?ref=${at}`
  }
}

export function ref(base: string, repo: Repository, name: string, sha: string): Json {
  const kind = repo.objects.kindOf(sha) ?? 'commit'
  const url = `${base}/repos/${repo.name}/git`
  return {
    ref: name,
    node_id: node('Ref', name),
    url: `${url}/${name}`,
    object: { type: kind, sha, url: `${url}/${kind}s/${sha}` }
  }
}

export function release(base: string, repo: Repository, one: Release): Json {
  const url = `${base}/repos/${repo.name}/releases/${one.id}`
  const tag = one.draft
    ? `untagged-${createHash('sha1').update(String(one.id)).digest('hex').slice(0, 20)}`
    : encodeURIComponent(one.tag)
  return {
    id: one.id,
    node_id: node('Release', one.id),
    url,
    html_url: `${base}/${repo.name}/releases/tag/${tag}`,
    assets_url: `${url}/assets`,
    upload_url: `${base}/uploads/repos/${repo.name}/releases/${one.id}/assets{?name,label}`,
    tarball_url: one.draft ? null : `${base}/repos/${repo.name}/tarball/${tag}`,
    zipball_url: one.draft ? null : `${base}/repos/${repo.name}/zipball/${tag}`,
    tag_name: one.tag,
    target_commitish: one.target,
    name: one.name,
    body: one.body,
    draft: one.draft,
    prerelease: one.prerelease,
    immutable: repo.seed.immutableReleases === true && !one.draft,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    published_at: one.publishedAt,
    author: user(base, one.author),
    assets: one.assets.map((file) => asset(base, repo, one, file))
  }
}

export function asset(base: string, repo: Repository, one: Release, file: AssetState): Json {
  return {
    id: file.id,
    node_id: node('ReleaseAsset', file.id),
    url: `${base}/repos/${repo.name}/releases/assets/${file.id}`,
    browser_download_url: `${base}/${repo.name}/releases/download/${encodeURIComponent(one.tag)}/${encodeURIComponent(file.name)}`,
    name: file.name,
    label: file.label,
    state: 'uploaded',
    content_type: file.contentType,
    size: file.bytes.length,
    digest: `sha256:${createHash('sha256').update(file.bytes).digest('hex')}`,
    download_count: 0,
    created_at: file.createdAt,
    updated_at: file.createdAt,
    uploader: user(base, file.uploader)
  }
}

export function label(base: string, repo: Repository, name: string): Json {
  const one = repo.labels.get(name)
  return {
    id: one?.id ?? 0,
    node_id: node('Label', name),
    url: `${base}/repos/${repo.name}/labels/${encodeURIComponent(name)}`,
    name,
    description: one?.description ?? null,
    color: one?.color ?? 'ededed',
    default: false
  }
}

export function issue(base: string, repo: Repository, one: Issue): Json {
  const url = `${base}/repos/${repo.name}/issues/${one.number}`
  const kind = one.pull ? 'pull' : 'issues'
  const pull = one.pull && {
    url: `${base}/repos/${repo.name}/pulls/${one.number}`,
    html_url: `${base}/${repo.name}/pull/${one.number}`,
    diff_url: `${base}/${repo.name}/pull/${one.number}.diff`,
    patch_url: `${base}/${repo.name}/pull/${one.number}.patch`,
    merged_at: one.pull.mergedAt
  }
  return {
    id: one.id,
    node_id: node('Issue', one.id),
    url,
    repository_url: `${base}/repos/${repo.name}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${base}/${repo.name}/${kind}/${one.number}`,
    number: one.number,
    state: one.state,
    state_reason: one.stateReason,
    title: one.title,
    body: one.body === '' ? null : one.body,
    user: user(base, one.user),
    labels: one.labels.map((name) => label(base, repo, name)),
    assignee: one.assignees[0] === undefined ? null : user(base, one.assignees[0]),
    assignees: one.assignees.map((login) => user(base, login)),
    milestone: null,
    locked: one.locked,
    active_lock_reason: null,
    comments: one.comments.length,
    closed_at: one.closedAt,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    author_association: association(repo, one.user),
    ...(pull === undefined ? {} : { pull_request: pull, draft: one.pull?.draft })
  }
}

function association(repo: Repository, login: string): string {
  if (login === repo.owner) return 'OWNER'
  return repo.seed.collaborators?.[login] === undefined ? 'NONE' : 'COLLABORATOR'
}

export function comment(base: string, repo: Repository, one: Issue, text: Comment): Json {
  return {
    id: text.id,
    node_id: node('IssueComment', text.id),
    url: `${base}/repos/${repo.name}/issues/comments/${text.id}`,
    html_url: `${base}/${repo.name}/issues/${one.number}#issuecomment-${text.id}`,
    issue_url: `${base}/repos/${repo.name}/issues/${one.number}`,
    body: text.body,
    user: user(base, text.user),
    created_at: text.createdAt,
    updated_at: text.updatedAt,
    author_association: association(repo, text.user),
    performed_via_github_app: null
  }
}

export function pull(base: string, repo: Repository, one: Issue): Json {
  const state = one.pull
  if (!state) throw new Error(`#${one.number} is no pull request`)
  const url = `${base}/repos/${repo.name}/pulls/${one.number}`
  const issueUrl = `${base}/repos/${repo.name}/issues/${one.number}`
  const head = repo.find(state.head) ?? state.mergeCommit ?? ''
  const side = (branch: string, sha: string): Json => ({
    label: `${repo.owner}:${branch}`,
    ref: branch,
    sha,
    user: user(base, repo.owner),
    repo: repository(base, repo)
  })
  const shown = issue(base, repo, one)
  const same = [
    'id',
    'number',
    'state',
    'locked',
    'title',
    'user',
    'body',
    'labels',
    'milestone',
    'created_at',
    'updated_at',
    'closed_at',
    'assignee',
    'assignees',
    'author_association',
    'html_url',
    'active_lock_reason'
  ]
  const ways: Record<string, string> = {
    issue_url: issueUrl,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${base}/repos/${repo.name}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: `${base}/repos/${repo.name}/statuses/${head}`
  }
  return {
    ...Object.fromEntries(same.map((name) => [name, shown[name]])),
    ...ways,
    url,
    node_id: node('PullRequest', one.id),
    diff_url: `${base}/${repo.name}/pull/${one.number}.diff`,
    patch_url: `${base}/${repo.name}/pull/${one.number}.patch`,
    merged_at: state.mergedAt,
    merge_commit_sha: state.mergeCommit,
    head: side(state.head, head),
    base: side(state.base, repo.find(state.base) ?? ''),
    _links: Object.fromEntries(
      [
        ['self', url],
        ['html', `${base}/${repo.name}/pull/${one.number}`],
        ['issue', issueUrl],
        ...Object.entries(ways)
          .filter(([name]) => name !== 'issue_url')
          .map(([name, value]) => [name.replace('_url', ''), value])
      ].map(([name, href]) => [name, { href }])
    ),
    auto_merge: null,
    draft: state.draft,
    requested_reviewers: [],
    requested_teams: []
  }
}

/** What a single pull request has more than one in a list. */
export function fullPull(base: string, repo: Repository, one: Issue): Json {
  return {
    ...pull(base, repo, one),
    merged: one.pull?.mergedAt !== null,
    mergeable: one.state === 'open' ? true : null,
    mergeable_state: one.state === 'open' ? 'clean' : 'unknown',
    merged_by: typeof one.pull?.mergedAt !== 'string' ? null : user(base, repo.owner),
    comments: one.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: 0,
    deletions: 0,
    changed_files: 0
  }
}

export function run(base: string, repo: Repository, one: Run): Json {
  const url = `${base}/repos/${repo.name}/actions/runs/${one.id}`
  const known = repo.find(one.sha)
  const tip = known === undefined ? undefined : repo.objects.commit(known)
  const workflow = repo.workflows.indexOf(one.seed.workflow) + 1
  return {
    id: one.id,
    node_id: node('WorkflowRun', one.id),
    name: one.seed.name ?? one.seed.workflow.replace(/\.ya?ml$/, ''),
    display_title: tip === undefined ? one.seed.workflow : (tip.message.split('\n')[0] ?? ''),
    head_branch: one.branch,
    head_sha: one.sha,
    path: `.github/workflows/${one.seed.workflow}`,
    run_number: one.number,
    run_attempt: one.attempt,
    event: one.seed.event ?? 'schedule',
    status: one.status,
    conclusion: one.conclusion,
    workflow_id: workflow,
    check_suite_id: one.id,
    check_suite_node_id: node('CheckSuite', one.id),
    url,
    html_url: `${base}/${repo.name}/actions/runs/${one.id}`,
    pull_requests: [],
    created_at: one.createdAt,
    updated_at: one.createdAt,
    run_started_at: one.createdAt,
    actor: user(base, one.actor),
    triggering_actor: user(base, one.actor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${base}/repos/${repo.name}/check-suites/${one.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: one.attempt > 1 ? `${url}/attempts/${one.attempt - 1}` : null,
    workflow_url: `${base}/repos/${repo.name}/actions/workflows/${workflow}`,
    head_commit:
      tip === undefined
        ? null
        : {
            id: one.sha,
            tree_id: tip.tree,
            message: trimmed(tip.message),
            timestamp: utc(tip.committer),
            author: { name: tip.author.name, email: tip.author.email },
            committer: { name: tip.committer.name, email: tip.committer.email }
          },
    repository: repository(base, repo),
    head_repository: repository(base, repo)
  }
}

export function job(base: string, repo: Repository, one: Run, part: Job): Json {
  const url = `${base}/repos/${repo.name}/actions/jobs/${part.id}`
  const status = part.seed.status ?? 'completed'
  const taken = part.seed.runner !== null
  return {
    id: part.id,
    run_id: one.id,
    run_url: `${base}/repos/${repo.name}/actions/runs/${one.id}`,
    run_attempt: part.attempt,
    node_id: node('CheckRun', part.id),
    head_sha: one.sha,
    head_branch: one.branch,
    url,
    html_url: `${base}/${repo.name}/actions/runs/${one.id}/job/${part.id}`,
    status,
    conclusion: status === 'completed' ? (part.seed.conclusion ?? 'success') : null,
    created_at: one.createdAt,
    started_at: one.createdAt,
    completed_at: status === 'completed' ? one.createdAt : null,
    name: part.seed.name,
    steps: (part.seed.steps ?? []).map((step, at) => ({
      name: step.name,
      status: step.conclusion === null ? 'in_progress' : 'completed',
      conclusion: step.conclusion,
      number: at + 1,
      started_at: one.createdAt,
      completed_at: step.conclusion === null ? null : one.createdAt
    })),
    check_run_url: `${base}/repos/${repo.name}/check-runs/${part.id}`,
    labels: ['ubuntu-24.04'],
    runner_id: taken ? 1 : null,
    runner_name: taken ? (part.seed.runner ?? 'GitHub Actions 1') : null,
    runner_group_id: taken ? 2 : null,
    runner_group_name: taken ? 'GitHub Actions' : null,
    workflow_name: one.seed.name ?? one.seed.workflow.replace(/\.ya?ml$/, '')
  }
}

export function annotation(base: string, repo: Repository, one: Run, text: AnnotationSeed): Json {
  const path = text.path ?? '.github'
  return {
    path,
    start_line: text.line ?? 1,
    end_line: text.line ?? 1,
    start_column: null,
    end_column: null,
    annotation_level: text.level,
    title: text.title ?? '',
    message: text.message,
    raw_details: '',
    blob_href: `${base}/${repo.name}/blob/${one.sha}/${path}`
  }
}
