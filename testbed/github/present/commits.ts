/** Commits, changed files and refs. */
import { countLines } from '../objects.ts'
import type { FileChange, Person } from '../objects.ts'
import { isoSeconds } from '../git-state.ts'
import type { Repository } from '../repository.ts'
import { node, user } from './people.ts'
import type { Json } from './people.ts'

export const utc = (person: Person): string => isoSeconds(person.time * 1000)
const gitUser = (person: Person): Json => ({ name: person.name, email: person.email, date: utc(person) })
const unsigned: Json = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null
}

/** GitHub trims the line end that git puts after a message. */
export const trimmed = (message: string): string => message.replace(/\n+$/, '')

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
