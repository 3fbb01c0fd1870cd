/** The git side of a repository: objects, refs, and the commits that people make. No HTTP here. */
import { Objects } from './objects.ts'
import type { Person } from './objects.ts'
import type { CommitSeed } from './types.ts'

/** What all repositories of one testbed share. */
export interface World {
  now(): number
  /** GitHub numbers across repositories. */
  nextId(): number
  /** Login by e-mail address. */
  readonly users: Map<string, string>
}

export class GitState {
  readonly name: string
  readonly objects = new Objects()
  readonly refs = new Map<string, string>()
  readonly defaultBranch: string
  readonly world: World

  constructor(name: string, defaultBranch: string, world: World) {
    this.name = name
    this.defaultBranch = defaultBranch
    this.world = world
  }

  /** SHA of the commit that a branch, tag, full ref, SHA or unique start of one names. */
  find(name: string): string | undefined {
    for (const ref of [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`]) {
      const sha = this.refs.get(ref)
      if (sha !== undefined) return this.objects.peel(sha)
    }
    if (name === 'HEAD') return this.find(this.defaultBranch)
    if (!/^[0-9a-f]{7,40}$/.test(name)) return undefined
    if (name.length === 40) return this.objects.peel(name)
    const starting = [...this.objects.commits.keys()].filter((sha) => sha.startsWith(name))
    return starting.length === 1 ? starting[0] : undefined
  }

  commitAt(name: string): string {
    const sha = this.find(name)
    if (sha === undefined) throw new Error(`${this.name} has no commit ${name}`)
    return sha
  }

  file(path: string, at?: string): string | undefined {
    const sha = this.find(at ?? this.defaultBranch)
    const entry = sha === undefined ? undefined : this.objects.at(this.objects.commit(sha).tree, path)
    return entry === undefined ? undefined : this.objects.blobs.get(entry.sha)?.toString('utf8')
  }

  log(at?: string): { sha: string; message: string }[] {
    const found: { sha: string; message: string }[] = []
    for (
      let sha = this.find(at ?? this.defaultBranch);
      sha !== undefined;
      sha = this.objects.commit(sha).parents[0]
    ) {
      found.push({ sha, message: this.objects.commit(sha).message })
    }
    return found
  }

  changed(base: string, head: string): Record<string, string> {
    const tree = (name: string): string => this.objects.commit(this.commitAt(name)).tree
    return Object.fromEntries(
      this.objects.changes(tree(base), tree(head)).map((one) => [one.path, one.status])
    )
  }

  commit(seed: CommitSeed): string {
    const ref = `refs/heads/${seed.branch ?? this.defaultBranch}`
    const parents =
      seed.parents ?? [this.refs.get(ref) ?? this.find(this.defaultBranch)].filter((sha) => sha !== undefined)
    const parent = parents[0] === undefined ? undefined : this.objects.commit(parents[0])
    const changes = Object.entries(seed.files ?? {}).map(
      ([path, content]): [string, { mode: string; sha: string } | null] => [
        path,
        content === null ? null : { mode: '100644', sha: this.objects.writeBlob(Buffer.from(content)) }
      ]
    )
    const time =
      seed.date === undefined
        ? parent === undefined
          ? Math.floor(this.world.now() / 1000)
          : parent.committer.time + 60
        : Date.parse(seed.date) / 1000
    const login = seed.author?.login ?? 'someone'
    const email = seed.author?.email ?? `${login}@users.noreply.github.com`
    if (seed.author?.login !== undefined) this.world.users.set(email, seed.author.login)
    const author: Person = { name: seed.author?.name ?? login, email, time, zone: '+0000' }
    const tree = this.objects.edit(parent?.tree, new Map(changes))
    const sha = this.objects.writeCommit({ tree, parents, author, committer: author, message: seed.message })
    this.refs.set(ref, sha)
    return sha
  }

  setRef(ref: string, target: string | null): void {
    if (target === null) this.refs.delete(ref)
    else this.refs.set(ref, this.refs.get(target) ?? target)
  }
}

export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
