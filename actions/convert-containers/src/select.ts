/** The input `only`: names, globs, the JSON of one job of the matrix, or `changed`. Pure. */
import type { Container } from '../../../lib/catalogue/index.ts'

/** The word that stands for what differs from `base-catalogue`. */
export const CHANGED = 'changed'

export interface Selection {
  matches(container: Container): boolean
  /** What was named and is not in the catalogue. */
  unmatched(containers: readonly Container[]): readonly string[]
}

/** No pattern means all: an empty list must not. */
const NOTHING = { problem: 'it names nothing; leave it empty for all' }

/** @returns the patterns, or why they cannot be read. */
export function parseOnly(text: string): { patterns: readonly string[] } | { problem: string } {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) {
    const patterns = trimmed.split(/[\s,]+/).filter((part) => part !== '')
    if (patterns.length > 1 && patterns.includes(CHANGED)) return { problem: `"${CHANGED}" stands alone` }
    if (trimmed !== '' && patterns.length === 0) return NOTHING
    const bad = patterns.find((pattern) => !/^[\w.*?-]+$/.test(pattern))
    return bad === undefined
      ? { patterns }
      : { problem: `"${bad}" has more than letters, digits, ".", "_", "-", "*", "?"` }
  }
  let value: unknown
  try {
    value = JSON.parse(trimmed)
  } catch {
    return { problem: 'it begins like JSON and is none' }
  }
  const names = Array.isArray(value) ? value : (value as { names?: unknown }).names
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    return { problem: 'JSON must be a list of names, or a job of the matrix with its `names`' }
  }
  if (names.length === 0) return NOTHING
  return { patterns: names.map((name) => name.replaceAll('*', '').replaceAll('?', '')) }
}

/** A container is meant by its name, with or without the build date, or by the name of its tool. No pattern: all. */
export function select(patterns: readonly string[]): Selection {
  const tests = patterns.map((pattern) => ({ pattern, test: glob(pattern) }))
  const hit = (container: Container, test: RegExp): boolean =>
    [container.id, container.object, container.image, container.tool].some((name) => test.test(name))
  return {
    matches: (container) => tests.length === 0 || tests.some(({ test }) => hit(container, test)),
    unmatched: (containers) =>
      tests
        .filter(({ test }) => !containers.some((container) => hit(container, test)))
        .map(({ pattern }) => pattern)
  }
}

function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\-]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`)
}
