/** Commits and notes for tests. */
import type { Commit, Pull } from '../../../lib/github/index.ts'
import { DEFAULT_CONFIG } from '../src/notes/config.ts'
import { entriesOf } from '../src/notes/entries.ts'
import { notesOf, type Notes } from '../src/notes/render.ts'

let count = 0
export function commit(message: string, more: Partial<Commit> = {}): Commit {
  count++
  const sha = count.toString(16).padStart(4, '0').padEnd(40, 'a')
  return {
    sha,
    message,
    parents: [],
    author: 'octocat',
    authorName: 'Octo Cat',
    date: '2025-06-01T00:00:00Z',
    url: `https://github.com/o/r/commit/${sha}`,
    ...more
  }
}

export function pull(number: number, title: string, more: Partial<Pull> = {}): Pull {
  return {
    number,
    title,
    body: '',
    state: 'closed',
    labels: [],
    author: 'octocat',
    url: `https://github.com/o/r/pull/${number}`,
    mergedAt: '2025-06-01T00:00:00Z',
    mergeCommit: undefined,
    ...more
  }
}

/** Notes of 2025-06-10 from commits with these messages. */
export function sample(...messages: string[]): Notes {
  count = 0
  return notesOf(
    '2025-06-10',
    entriesOf(
      messages.map((message) => commit(message)),
      new Map(),
      new Map(),
      DEFAULT_CONFIG
    ),
    {},
    undefined,
    'https://github.com/o/r/compare/a...b'
  )
}
