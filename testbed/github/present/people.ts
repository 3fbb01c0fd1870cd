/** People and repositories, with every field that GitHub's description asks for. */
import { createHash } from 'node:crypto'
import type { Repository } from '../repository.ts'

export type Json = Record<string, unknown>

/** GitHub's node ids are opaque; these name what they stand for. */
export const node = (kind: string, id: number | string): string =>
  Buffer.from(`${kind}:${id}`).toString('base64url')

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

/** A person as they see themselves. */
export function account(base: string, login: string): Json {
  const zeros = ['public_repos', 'public_gists', 'followers', 'following'].map((name) => [name, 0])
  const nothing = ['name', 'company', 'blog', 'location', 'email', 'hireable', 'bio'].map((name) => [
    name,
    null
  ])
  const since = new Date(0).toISOString()
  return {
    ...user(base, login),
    ...Object.fromEntries([...zeros, ...nothing]),
    created_at: since,
    updated_at: since
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
