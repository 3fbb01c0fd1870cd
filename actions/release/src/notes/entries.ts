/** What changed, one entry per thing that a reader cares about; from commits and pull requests. Pure. */
import type { Commit, Pull } from '../../../../lib/github/index.ts'
import { sectionOf } from './classify.ts'
import type { NotesConfig } from './config.ts'
import type { Section } from './sections.ts'

export interface Entry {
  /** Stable across runs: `c1a2b3c4d5` for a commit, `p304` for a pull request. More than one when texts are the same. */
  readonly ids: readonly string[]
  /** `folded`: shown, but in the fold-out of small changes. */
  readonly section: Section | 'folded'
  /** From outside, not escaped; one line. */
  readonly text: string
  /** Pull request that it came with. */
  readonly pull?: { readonly number: number; readonly url: string; readonly author: string }
  /** Where the commit can be seen. */
  readonly url?: string
}

/** Paths by SHA, where they are known. */
export type Paths = ReadonlyMap<string, readonly string[]>

/**
 * One entry per merged pull request, and one per commit that came without one; oldest first, same texts joined.
 * @param commits of the window, oldest first
 * @param pulls merged ones, by the SHA that the merge left on the branch
 */
export function entriesOf(
  commits: readonly Commit[],
  pulls: ReadonlyMap<string, Pull>,
  paths: Paths,
  config: NotesConfig
): Entry[] {
  const covered = coveredByPulls(commits, pulls)
  const entries: Entry[] = []
  for (const commit of commits) {
    const pull = pulls.get(commit.sha)
    if (pull !== undefined) entries.push(entryOfPull(pull, commit, paths, config))
    else if (!covered.has(commit.sha)) entries.push(entryOfCommit(commit, paths, config))
  }
  return join(entries)
}

function entryOfPull(pull: Pull, commit: Commit, paths: Paths, config: NotesConfig): Entry {
  const found = sectionOf(
    {
      text: pull.title,
      author: pull.author,
      labels: pull.labels,
      paths: paths.get(commit.sha),
      isMerge: false
    },
    config
  )
  return {
    ids: [`p${pull.number}`],
    section: found.section,
    text: found.text,
    pull: { number: pull.number, url: pull.url, author: pull.author },
    url: commit.url
  }
}

function entryOfCommit(commit: Commit, paths: Paths, config: NotesConfig): Entry {
  const subject = commit.message.split('\n', 1)[0] ?? ''
  const found = sectionOf(
    {
      text: subject,
      author: commit.author ?? '',
      labels: [],
      paths: paths.get(commit.sha),
      isMerge: commit.parents.length > 1
    },
    config
  )
  return { ids: [`c${commit.sha.slice(0, 10)}`], section: found.section, text: found.text, url: commit.url }
}

/** Commits that a merged pull request brought: those of its branch that its base did not have. */
export function coveredByPulls(
  commits: readonly Commit[],
  pulls: ReadonlyMap<string, Pull>
): ReadonlySet<string> {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]))
  const reach = (starts: readonly string[], stop: ReadonlySet<string>): Set<string> => {
    const seen = new Set<string>()
    const waiting = [...starts]
    for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
      const commit = bySha.get(sha)
      if (commit === undefined || seen.has(sha) || stop.has(sha)) continue
      seen.add(sha)
      waiting.push(...commit.parents)
    }
    return seen
  }
  const covered = new Set<string>()
  for (const commit of commits) {
    const [first, ...others] = commit.parents
    if (first === undefined || others.length === 0 || !pulls.has(commit.sha)) continue
    const before = reach([first], new Set())
    for (const sha of reach(others, before)) covered.add(sha)
  }
  return covered
}

/** "Add files via upload", four times, is one line. */
function join(entries: readonly Entry[]): Entry[] {
  const joined = new Map<string, Entry>()
  for (const entry of entries) {
    const key = `${entry.section}\0${entry.text.toLowerCase()}\0${entry.pull?.number ?? ''}`
    const known = joined.get(key)
    joined.set(key, known === undefined ? entry : { ...known, ids: [...known.ids, ...entry.ids] })
  }
  return [...joined.values()]
}
