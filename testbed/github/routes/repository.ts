/** The repository itself, its commits, comparisons, contents, branches and people. https://docs.github.com/rest/repos */
import { ApiError, notFound, paged, read, text, write } from '../call.ts'
import type { Call, Reply, Routes } from '../call.ts'
import * as present from '../present/index.ts'

export const repositoryRoutes: Routes = {
  'repos/get': read('metadata', (call) => ({
    status: 200,
    body: present.repository(call.base, call.repository)
  })),

  'repos/get-branch': read('contents', (call) => {
    const name = call.parameters['branch'] ?? ''
    const sha = call.repository.refs.get(`refs/heads/${name}`)
    if (sha === undefined) throw new ApiError(404, 'Branch not found')
    const url = `${call.base}/repos/${call.repository.name}/branches/${encodeURIComponent(name)}`
    return {
      status: 200,
      body: {
        name,
        commit: present.commit(call.base, call.repository, sha),
        _links: { self: url, html: `${call.base}/${call.repository.name}/tree/${encodeURIComponent(name)}` },
        protected: false,
        protection: { enabled: false },
        protection_url: `${url}/protection`
      }
    }
  }),

  'repos/list-commits': read('contents', (call) => {
    const { repository, query } = call
    const start = repository.find(query.get('sha') ?? repository.defaultBranch)
    if (start === undefined)
      throw repository.refs.size === 0 ? new ApiError(409, 'Git Repository is empty.') : notFound()
    const [since, until, path] = [query.get('since'), query.get('until'), query.get('path')]
    const found = repository.objects.history(start).filter((sha) => {
      const commit = repository.objects.commit(sha)
      const time = commit.committer.time * 1000
      if (since !== null && time < Date.parse(since)) return false
      if (until !== null && time > Date.parse(until)) return false
      if (path === null) return true
      const at = (one: string | undefined): string | undefined =>
        one === undefined ? undefined : repository.objects.at(repository.objects.commit(one).tree, path)?.sha
      return at(sha) !== at(commit.parents[0])
    })
    return paged(call, found, (page) => page.map((sha) => present.commit(call.base, repository, sha)))
  }),

  'repos/get-commit': read('contents', (call) => {
    const { repository } = call
    const sha = repository.find(call.parameters['ref'] ?? '')
    if (sha === undefined) throw new ApiError(422, `No commit found for SHA: ${call.parameters['ref'] ?? ''}`)
    const commit = repository.objects.commit(sha)
    const parent = commit.parents[0]
    const files = repository.objects.changes(
      parent === undefined ? undefined : repository.objects.commit(parent).tree,
      commit.tree
    )
    return { status: 200, body: present.commit(call.base, repository, sha, files.slice(0, 300)) }
  }),

  'repos/list-pull-requests-associated-with-commit': read('pull_requests', (call) => {
    const sha = call.repository.find(call.parameters['commit_sha'] ?? '')
    if (sha === undefined)
      throw new ApiError(422, `No commit found for SHA: ${call.parameters['commit_sha'] ?? ''}`)
    const pulls = call.repository.issues.filter(
      (one) =>
        one.pull !== undefined &&
        holdsCommit(call, one.pull.mergeCommit ?? call.repository.find(one.pull.head), one.pull.base, sha)
    )
    return paged(call, pulls, (page) => page.map((one) => present.pull(call.base, call.repository, one)))
  }),

  // compare-commits-with-basehead has the same path: what has its three dots is found as this one.
  'repos/compare-commits': read('contents', (call) =>
    compare(call, call.parameters['base'] ?? '', call.parameters['head'] ?? '')
  ),

  'repos/get-content': read('contents', (call) => {
    const { repository } = call
    const path = call.parameters['path'] ?? ''
    const sha = repository.find(call.query.get('ref') ?? repository.defaultBranch)
    if (sha === undefined)
      throw new ApiError(
        404,
        `No commit found for the ref ${call.query.get('ref') ?? repository.defaultBranch}`
      )
    const entry = repository.objects.at(repository.objects.commit(sha).tree, path)
    if (!entry) throw notFound()
    if (entry.mode === '40000') {
      const inside = (repository.objects.trees.get(entry.sha) ?? []).map((one) =>
        fileOf(call, `${path}/${one.name}`, one.sha, sha, one.mode === '40000')
      )
      return { status: 200, body: inside }
    }
    const bytes = repository.objects.blobs.get(entry.sha) ?? Buffer.alloc(0)
    if (call.accept.includes('raw'))
      return {
        status: 200,
        body: bytes,
        headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' }
      }
    // GitHub leaves the content out above 1 MB, and refuses above 100 MB.
    const large = bytes.length > 1_000_000
    const content = large
      ? { content: '', encoding: 'none' }
      : { content: bytes.toString('base64').replace(/(.{60})/g, '$1\n'), encoding: 'base64' }
    return { status: 200, body: { ...fileOf(call, path, entry.sha, sha, false), ...content } }
  }),

  'repos/create-or-update-file-contents': write('contents', (call) => {
    const { repository } = call
    const path = call.parameters['path'] ?? ''
    const branch = text(call, 'branch') ?? repository.defaultBranch
    const tip = repository.refs.get(`refs/heads/${branch}`)
    if (tip === undefined && repository.refs.size > 0) throw new ApiError(404, `Branch ${branch} not found`)
    const before =
      tip === undefined ? undefined : repository.objects.at(repository.objects.commit(tip).tree, path)
    const given = text(call, 'sha')
    if (before !== undefined && given === undefined)
      throw new ApiError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if (given !== undefined && given !== before?.sha)
      throw new ApiError(409, `${path} does not match ${given}`)
    const content = Buffer.from(text(call, 'content') ?? '', 'base64').toString('utf8')
    const sha = repository.commit({
      message: text(call, 'message') ?? '',
      branch,
      files: { [path]: content },
      date: repository.timestamp(),
      author: { login: call.caller?.login ?? 'someone' }
    })
    const blob = repository.objects.at(repository.objects.commit(sha).tree, path)?.sha ?? ''
    return {
      status: before === undefined ? 201 : 200,
      body: {
        content: fileOf(call, path, blob, sha, false),
        commit: present.gitCommit(call.base, repository, sha)
      }
    }
  }),

  'repos/get-collaborator-permission-level': read('metadata', (call) => {
    const login = call.parameters['username'] ?? ''
    const permission = call.repository.permissionOf(login)
    const role = call.repository.roleOf(login)
    return {
      status: 200,
      body: {
        permission,
        role_name: role,
        user: { ...present.user(call.base, login), role_name: role }
      }
    }
  }),

  'repos/create-dispatch-event': write('contents', (call) => {
    const inputs = (call.body['client_payload'] ?? {}) as Record<string, unknown>
    call.repository.dispatches.push({ workflow: '', ref: text(call, 'event_type') ?? '', inputs })
    return { status: 204 }
  })
}

/** Without a page up to 250 commits, with one up to 100; oldest first; files on the first page alone, up to 300. */
function compare(call: Call, baseName: string, headName: string): Reply {
  const { repository, query } = call
  const [base, head] = [repository.find(baseName), repository.find(headName)]
  if (base === undefined || head === undefined) throw notFound()
  const start = repository.objects.mergeBase(base, head)
  if (start === undefined) throw new ApiError(404, `No common ancestor between ${baseName} and ${headName}.`)
  const ahead = repository.objects.history(head, repository.objects.ancestors(base)).reverse()
  const behind = repository.objects.history(base, repository.objects.ancestors(head)).length
  const files = repository.objects.changes(
    repository.objects.commit(start).tree,
    repository.objects.commit(head).tree
  )
  const status = ahead.length > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical'
  const url = `${call.base}/repos/${repository.name}/compare/${encodeURIComponent(baseName)}...${encodeURIComponent(headName)}`
  const html = `${call.base}/${repository.name}/compare/${encodeURIComponent(baseName)}...${encodeURIComponent(headName)}`
  const wrap = (page: readonly string[], withFiles: boolean): Record<string, unknown> => ({
    url,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: present.commit(call.base, repository, base),
    merge_base_commit: present.commit(call.base, repository, start),
    status,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: page.map((sha) => present.commit(call.base, repository, sha)),
    ...(withFiles
      ? { files: files.slice(0, 300).map((file) => present.change(call.base, repository, file, head)) }
      : {})
  })
  if (!query.has('page') && !query.has('per_page'))
    return { status: 200, body: wrap(ahead.slice(0, 250), true) }
  return paged(call, ahead, (page) => wrap(page, Number(query.get('page') ?? 1) === 1))
}

/** True when a pull request with that head brought the commit to its base. */
function holdsCommit(call: Call, head: string | undefined, base: string, sha: string): boolean {
  if (head === undefined) return false
  if (head === sha) return true
  const { objects } = call.repository
  const [first, ...others] = objects.commits.get(head)?.parents ?? []
  // A merge commit brought what its further parents have and its first has not.
  const before =
    first === undefined
      ? new Set<string>()
      : others.length > 0
        ? objects.ancestors(first)
        : objects.ancestors(call.repository.find(base) ?? '')
  return objects.ancestors(head).has(sha) && !before.has(sha)
}

function fileOf(call: Call, path: string, sha: string, at: string, folder: boolean): Record<string, unknown> {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  const url = `${call.base}/repos/${call.repository.name}/contents/${encoded}?ref=${at}`
  const kind = folder ? 'tree' : 'blob'
  const git = `${call.base}/repos/${call.repository.name}/git/${kind}s/${sha}`
  const html = `${call.base}/${call.repository.name}/${kind}/${at}/${encoded}`
  return {
    type: folder ? 'dir' : 'file',
    size: call.repository.objects.blobs.get(sha)?.length ?? 0,
    name: path.split('/').at(-1) ?? path,
    path,
    sha,
    url,
    git_url: git,
    html_url: html,
    download_url: folder ? null : `${call.base}/${call.repository.name}/raw/${at}/${encoded}`,
    _links: { self: url, git, html }
  }
}
