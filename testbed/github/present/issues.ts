/** Issues, comments, labels, pull requests. */
import type { Comment, Issue, Repository } from '../repository.ts'
import { node, repository, user } from './people.ts'
import type { Json } from './people.ts'

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
