/** Git data: refs, blobs, trees, commits, tags. https://docs.github.com/rest/git */
import { ApiError, invalid, notFound, paged, read, text, write } from '../call.ts'
import type { Call, Routes } from '../call.ts'
import type { Person } from '../objects.ts'
import * as present from '../present/index.ts'

const emptyRepository = (call: Call): void => {
  if (call.repository.refs.size === 0) throw new ApiError(409, 'Git Repository is empty.')
}

export const gitRoutes: Routes = {
  'git/get-ref': read('contents', (call) => {
    emptyRepository(call)
    const name = `refs/${call.parameters['ref'] ?? ''}`
    const sha = call.repository.refs.get(name)
    if (sha === undefined) throw notFound()
    return { status: 200, body: present.ref(call.base, call.repository, name, sha) }
  }),

  'git/list-matching-refs': read('contents', (call) => {
    emptyRepository(call)
    const start = `refs/${call.parameters['ref'] ?? ''}`
    const found = [...call.repository.refs]
      .filter(([name]) => name.startsWith(start))
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return {
      status: 200,
      body: found.map(([name, sha]) => present.ref(call.base, call.repository, name, sha))
    }
  }),

  'git/create-ref': write('contents', (call) => {
    const [name, sha] = [text(call, 'ref') ?? '', text(call, 'sha') ?? '']
    if (!/^refs\/[^/]+\/./.test(name))
      throw new ApiError(422, 'Reference name must start with refs/heads or refs/tags.')
    if (call.repository.objects.kindOf(sha) === undefined) throw new ApiError(422, 'Object does not exist')
    if (call.repository.refs.has(name)) throw new ApiError(422, 'Reference already exists')
    call.repository.refs.set(name, sha)
    return { status: 201, body: present.ref(call.base, call.repository, name, sha) }
  }),

  'git/update-ref': write('contents', (call) => {
    const { repository } = call
    const name = `refs/${call.parameters['ref'] ?? ''}`
    const sha = text(call, 'sha') ?? ''
    const before = repository.refs.get(name)
    if (before === undefined) throw new ApiError(422, 'Reference does not exist')
    if (repository.objects.kindOf(sha) === undefined) throw new ApiError(422, 'Object does not exist')
    if (isTagOfImmutableRelease(call, name) && sha !== before)
      throw new ApiError(422, 'Cannot update a tag of an immutable release')
    const forward = repository.objects.ancestors(sha).has(before)
    if (call.body['force'] !== true && !forward) throw new ApiError(422, 'Update is not a fast forward')
    repository.refs.set(name, sha)
    return { status: 200, body: present.ref(call.base, repository, name, sha) }
  }),

  'git/delete-ref': write('contents', (call) => {
    const name = `refs/${call.parameters['ref'] ?? ''}`
    if (!call.repository.refs.has(name)) throw new ApiError(422, 'Reference does not exist')
    if (isTagOfImmutableRelease(call, name))
      throw new ApiError(422, 'Cannot delete a tag of an immutable release')
    call.repository.refs.delete(name)
    return { status: 204 }
  }),

  'git/get-blob': read('contents', (call) => {
    const sha = call.parameters['file_sha'] ?? ''
    const bytes = call.repository.objects.blobs.get(sha)
    if (!bytes) throw notFound()
    const url = `${call.base}/repos/${call.repository.name}/git/blobs/${sha}`
    return {
      status: 200,
      body: {
        sha,
        node_id: sha,
        size: bytes.length,
        url,
        content: bytes.toString('base64'),
        encoding: 'base64'
      }
    }
  }),

  'git/create-blob': write('contents', (call) => {
    emptyRepository(call)
    const bytes = Buffer.from(
      text(call, 'content') ?? '',
      call.body['encoding'] === 'base64' ? 'base64' : 'utf8'
    )
    const sha = call.repository.objects.writeBlob(bytes)
    return { status: 201, body: { sha, url: `${call.base}/repos/${call.repository.name}/git/blobs/${sha}` } }
  }),

  'git/get-tree': read('contents', (call) => {
    const { objects } = call.repository
    const named = call.parameters['tree_sha'] ?? ''
    const commit = call.repository.find(named)
    const sha = commit === undefined ? named : objects.commit(commit).tree
    if (!objects.trees.has(sha)) throw notFound()
    return { status: 200, body: treeOf(call, sha, call.query.has('recursive')) }
  }),

  'git/create-tree': write('contents', (call) => {
    emptyRepository(call)
    const { objects } = call.repository
    const base = text(call, 'base_tree')
    // A commit's SHA is accepted as well as its tree's.
    const baseTree = base === undefined ? undefined : (objects.commits.get(base)?.tree ?? base)
    if (baseTree !== undefined && !objects.trees.has(baseTree))
      throw new ApiError(422, 'base_tree is not a valid tree oid')
    const changes = new Map<string, { mode: string; sha: string } | null>()
    for (const entry of call.body['tree'] as Record<string, unknown>[]) {
      const path = typeof entry['path'] === 'string' ? entry['path'] : ''
      const mode = typeof entry['mode'] === 'string' ? entry['mode'] : '100644'
      if (
        path === '' ||
        path.startsWith('/') ||
        path.split('/').some((part) => part === '..' || part === '.' || part === '.git')
      ) {
        throw new ApiError(422, 'tree.path contains a malformed path component')
      }
      if (entry['sha'] !== undefined && entry['content'] !== undefined)
        throw new ApiError(422, 'tree.sha and tree.content are both set')
      if (entry['sha'] === null) {
        if (baseTree === undefined || objects.at(baseTree, path) === undefined)
          throw new ApiError(422, 'GitRPC::BadObjectState')
        changes.set(path, null)
      } else if (typeof entry['content'] === 'string') {
        changes.set(path, { mode, sha: objects.writeBlob(Buffer.from(entry['content'])) })
      } else {
        const sha = String(entry['sha'])
        if (objects.kindOf(sha) === undefined) throw new ApiError(422, `tree.sha ${sha} is not a valid blob`)
        changes.set(path, { mode: mode === '040000' ? '40000' : mode, sha })
      }
    }
    return { status: 201, body: treeOf(call, objects.edit(baseTree, changes), false) }
  }),

  'git/get-commit': read('contents', (call) => {
    const sha = call.parameters['commit_sha'] ?? ''
    if (!call.repository.objects.commits.has(sha)) throw notFound()
    return { status: 200, body: present.gitCommit(call.base, call.repository, sha) }
  }),

  'git/create-commit': write('contents', (call) => {
    const { objects } = call.repository
    const [tree, message] = [text(call, 'tree') ?? '', text(call, 'message') ?? '']
    const parents = (call.body['parents'] ?? []) as string[]
    if (!objects.trees.has(tree)) throw new ApiError(422, 'Tree SHA does not exist')
    if (parents.some((parent) => !objects.commits.has(parent)))
      throw new ApiError(422, 'Parent SHA does not exist or is not a commit object')
    const login = call.caller?.login ?? 'someone'
    const author = personOf(call.body['author'], login, call.repository.world.now())
    const committer =
      call.body['committer'] === undefined
        ? author
        : personOf(call.body['committer'], login, call.repository.world.now())
    const sha = objects.writeCommit({ tree, parents, author, committer, message })
    return { status: 201, body: present.gitCommit(call.base, call.repository, sha) }
  }),

  'git/create-tag': write('contents', (call) => {
    const { objects } = call.repository
    const [object, type] = [text(call, 'object') ?? '', text(call, 'type') ?? 'commit']
    if (objects.kindOf(object) !== type) throw new ApiError(422, `object is not a ${type}`)
    const tagger = personOf(call.body['tagger'], call.caller?.login ?? 'someone', call.repository.world.now())
    const sha = objects.writeTag({
      object,
      type,
      tag: text(call, 'tag') ?? '',
      tagger,
      message: text(call, 'message') ?? ''
    })
    return { status: 201, body: tagOf(call, sha) }
  }),

  'git/get-tag': read('contents', (call) => {
    const sha = call.parameters['tag_sha'] ?? ''
    if (!call.repository.objects.tags.has(sha)) throw notFound()
    return { status: 200, body: tagOf(call, sha) }
  }),

  'repos/list-tags': read('contents', (call) => {
    const tags = [...call.repository.refs]
      .filter(([name]) => name.startsWith('refs/tags/'))
      .sort(([a], [b]) => (a < b ? 1 : -1))
    return paged(call, tags, (page) =>
      page.map(([ref, sha]) => {
        const name = ref.slice('refs/tags/'.length)
        const commit = call.repository.objects.peel(sha) ?? sha
        const url = `${call.base}/repos/${call.repository.name}`
        return {
          name,
          node_id: ref,
          commit: { sha: commit, url: `${url}/commits/${commit}` },
          zipball_url: `${url}/zipball/${ref}`,
          tarball_url: `${url}/tarball/${ref}`
        }
      })
    )
  })
}

function treeOf(call: Call, sha: string, recursive: boolean): Record<string, unknown> {
  const { objects } = call.repository
  const url = `${call.base}/repos/${call.repository.name}/git`
  const list = (tree: string, below: string): Record<string, unknown>[] =>
    (objects.trees.get(tree) ?? []).flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      const type = entry.mode === '40000' ? 'tree' : entry.mode === '160000' ? 'commit' : 'blob'
      const shown = {
        path,
        mode: entry.mode.padStart(6, '0'),
        type,
        sha: entry.sha,
        url: `${url}/${type}s/${entry.sha}`
      }
      const size = type === 'blob' ? { size: objects.blobs.get(entry.sha)?.length ?? 0 } : {}
      return [{ ...shown, ...size }, ...(recursive && type === 'tree' ? list(entry.sha, path) : [])]
    })
  return { sha, url: `${url}/trees/${sha}`, tree: list(sha, ''), truncated: false }
}

function tagOf(call: Call, sha: string): Record<string, unknown> {
  const tag = call.repository.objects.tags.get(sha)
  if (!tag) throw notFound()
  const url = `${call.base}/repos/${call.repository.name}/git`
  return {
    sha,
    node_id: sha,
    url: `${url}/tags/${sha}`,
    tag: tag.tag,
    message: tag.message,
    tagger: {
      name: tag.tagger.name,
      email: tag.tagger.email,
      date: new Date(tag.tagger.time * 1000).toISOString()
    },
    object: { type: tag.type, sha: tag.object, url: `${url}/${tag.type}s/${tag.object}` }
  }
}

function personOf(given: unknown, login: string, now: number): Person {
  const one = (given ?? {}) as Record<string, unknown>
  const date = typeof one['date'] === 'string' ? Date.parse(one['date']) : now
  if (Number.isNaN(date)) throw invalid('Commit', 'author', 'invalid')
  return {
    name: typeof one['name'] === 'string' ? one['name'] : login,
    email: typeof one['email'] === 'string' ? one['email'] : `${login}@users.noreply.github.com`,
    time: Math.floor(date / 1000),
    zone: '+0000'
  }
}

function isTagOfImmutableRelease(call: Call, ref: string): boolean {
  if (call.repository.seed.immutableReleases !== true) return false
  return call.repository.releases.some((one) => !one.draft && `refs/tags/${one.tag}` === ref)
}
