/**
 * Git's objects in memory, named by the same SHA-1 as git names them, so that what is written here and what is
 * read from a real repository are the same thing.
 */
import { createHash } from 'node:crypto'

export interface TreeEntry {
  readonly mode: string
  readonly name: string
  readonly sha: string
}

export interface Person {
  readonly name: string
  readonly email: string
  /** Seconds since 1970. */
  readonly time: number
  /** `+1000` */
  readonly zone: string
}

export interface Commit {
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: Person
  readonly committer: Person
  readonly message: string
}

export interface Tag {
  readonly object: string
  readonly type: string
  readonly tag: string
  readonly tagger: Person
  readonly message: string
}

export interface FileChange {
  readonly path: string
  readonly status: 'added' | 'removed' | 'modified'
  readonly before: string | undefined
  readonly after: string | undefined
}

export class Objects {
  readonly blobs = new Map<string, Buffer>()
  readonly trees = new Map<string, readonly TreeEntry[]>()
  readonly commits = new Map<string, Commit>()
  readonly tags = new Map<string, Tag>()

  writeBlob(bytes: Buffer): string {
    const sha = name('blob', bytes)
    this.blobs.set(sha, bytes)
    return sha
  }

  writeTree(entries: readonly TreeEntry[]): string {
    // Git sorts as if a folder's name ended in a slash.
    const key = (entry: TreeEntry): string => (entry.mode === '40000' ? `${entry.name}/` : entry.name)
    const sorted = [...entries].sort((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))))
    const bytes = Buffer.concat(
      sorted.flatMap((entry) => [Buffer.from(`${entry.mode} ${entry.name}\0`), Buffer.from(entry.sha, 'hex')])
    )
    const sha = name('tree', bytes)
    this.trees.set(sha, sorted)
    return sha
  }

  writeCommit(commit: Commit): string {
    const lines = [
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${person(commit.author)}`,
      `committer ${person(commit.committer)}`
    ]
    const sha = name('commit', Buffer.from(`${lines.join('\n')}\n\n${commit.message}`))
    this.commits.set(sha, commit)
    return sha
  }

  writeTag(tag: Tag): string {
    const sha = name(
      'tag',
      Buffer.from(
        `object ${tag.object}\ntype ${tag.type}\ntag ${tag.tag}\ntagger ${person(tag.tagger)}\n\n${tag.message}`
      )
    )
    this.tags.set(sha, tag)
    return sha
  }

  kindOf(sha: string): 'blob' | 'tree' | 'commit' | 'tag' | undefined {
    if (this.commits.has(sha)) return 'commit'
    if (this.trees.has(sha)) return 'tree'
    if (this.blobs.has(sha)) return 'blob'
    return this.tags.has(sha) ? 'tag' : undefined
  }

  commit(sha: string): Commit {
    const commit = this.commits.get(sha)
    if (!commit) throw new Error(`no commit ${sha}`)
    return commit
  }

  /** The commit that a commit or an annotated tag stands for. */
  peel(sha: string): string | undefined {
    const tag = this.tags.get(sha)
    if (tag) return this.peel(tag.object)
    return this.commits.has(sha) ? sha : undefined
  }

  /** All files below a tree: mode and SHA by path. */
  files(tree: string, below = ''): Map<string, { mode: string; sha: string }> {
    const found = new Map<string, { mode: string; sha: string }>()
    for (const entry of this.trees.get(tree) ?? []) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.mode === '40000')
        for (const [inner, file] of this.files(entry.sha, path)) found.set(inner, file)
      else found.set(path, { mode: entry.mode, sha: entry.sha })
    }
    return found
  }

  /** What stands at a path of a tree. */
  at(tree: string, path: string): TreeEntry | undefined {
    let entry: TreeEntry = { mode: '40000', name: '', sha: tree }
    for (const part of path.split('/').filter((one) => one !== '')) {
      const next = this.trees.get(entry.sha)?.find((one) => one.name === part)
      if (!next) return undefined
      entry = next
    }
    return entry
  }

  /** The tree with some paths set; null removes one (and every folder that it leaves empty). */
  edit(tree: string | undefined, changes: ReadonlyMap<string, { mode: string; sha: string } | null>): string {
    const entries = new Map(
      (tree === undefined ? [] : (this.trees.get(tree) ?? [])).map((entry) => [entry.name, entry])
    )
    const inner = new Map<string, Map<string, { mode: string; sha: string } | null>>()
    for (const [path, change] of changes) {
      const [head = '', ...rest] = path.split('/')
      if (rest.length > 0) {
        const folder = inner.get(head) ?? new Map<string, { mode: string; sha: string } | null>()
        folder.set(rest.join('/'), change)
        inner.set(head, folder)
      } else if (change === null) entries.delete(head)
      else entries.set(head, { mode: change.mode, name: head, sha: change.sha })
    }
    for (const [folder, within] of inner) {
      const before = entries.get(folder)
      const sha = this.edit(before?.mode === '40000' ? before.sha : undefined, within)
      if ((this.trees.get(sha) ?? []).length === 0) entries.delete(folder)
      else entries.set(folder, { mode: '40000', name: folder, sha })
    }
    return this.writeTree([...entries.values()])
  }

  changes(before: string | undefined, after: string): FileChange[] {
    const left = before === undefined ? new Map<string, { mode: string; sha: string }>() : this.files(before)
    const right = this.files(after)
    const paths = [...new Set([...left.keys(), ...right.keys()])].sort()
    return paths.flatMap((path): FileChange[] => {
      const [a, b] = [left.get(path), right.get(path)]
      if (a && b && a.sha === b.sha && a.mode === b.mode) return []
      return [
        {
          path,
          status: a === undefined ? 'added' : b === undefined ? 'removed' : 'modified',
          before: a?.sha,
          after: b?.sha
        }
      ]
    })
  }

  /** A commit and all that it stands on. */
  ancestors(sha: string): Set<string> {
    const seen = new Set<string>()
    const waiting = [sha]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at) || !this.commits.has(at)) continue
      seen.add(at)
      waiting.push(...this.commit(at).parents)
    }
    return seen
  }

  /** Newest first, a commit always before its parents: what `git log` shows. */
  history(sha: string, without: ReadonlySet<string> = new Set()): string[] {
    const wanted = [...this.ancestors(sha)].filter((one) => !without.has(one))
    const children = new Map<string, number>(wanted.map((one) => [one, 0]))
    for (const one of wanted) {
      for (const parent of this.commit(one).parents) {
        const count = children.get(parent)
        if (count !== undefined) children.set(parent, count + 1)
      }
    }
    const ready = wanted.filter((one) => children.get(one) === 0)
    const ordered: string[] = []
    while (ready.length > 0) {
      ready.sort((a, b) => this.commit(a).committer.time - this.commit(b).committer.time)
      const next = ready.pop()
      if (next === undefined) break
      ordered.push(next)
      for (const parent of this.commit(next).parents) {
        const count = children.get(parent)
        if (count === undefined) continue
        children.set(parent, count - 1)
        if (count === 1) ready.push(parent)
      }
    }
    return ordered
  }

  mergeBase(one: string, other: string): string | undefined {
    const known = this.ancestors(one)
    return this.history(other).find((sha) => known.has(sha))
  }
}

/** Lines that came and went, counted without regard to their order. */
export function countLines(
  before: Buffer | undefined,
  after: Buffer | undefined
): { additions: number; deletions: number } {
  const counts = new Map<string, number>()
  const lines = (bytes: Buffer | undefined): string[] =>
    bytes === undefined || bytes.length === 0 ? [] : bytes.toString('utf8').replace(/\n$/, '').split('\n')
  for (const line of lines(before)) counts.set(line, (counts.get(line) ?? 0) - 1)
  for (const line of lines(after)) counts.set(line, (counts.get(line) ?? 0) + 1)
  const all = [...counts.values()]
  return {
    additions: all.filter((count) => count > 0).reduce((sum, count) => sum + count, 0),
    deletions: -all.filter((count) => count < 0).reduce((sum, count) => sum + count, 0)
  }
}

function name(kind: string, bytes: Buffer): string {
  return createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex')
}

function person(one: Person): string {
  return `${one.name} <${one.email}> ${one.time} ${one.zone}`
}
