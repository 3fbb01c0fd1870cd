/** Which section a change belongs to: labels first, then paths, then what the text begins with. Pure. */
import { globToTest } from './glob.ts'
import type { NotesConfig } from './config.ts'
import { SECTIONS, type Section } from './sections.ts'

export interface Change {
  /** First line of a commit, or title of a pull request. */
  readonly text: string
  readonly author: string
  readonly labels: readonly string[]
  /** undefined when they are not known. */
  readonly paths: readonly string[] | undefined
  readonly isMerge: boolean
}

export interface Classified {
  readonly section: Section | 'folded'
  /** The text without what only a machine needs: `feat(x):` in front, `(#12)` at the end. */
  readonly text: string
}

/** `feat(scope)!: text`, https://www.conventionalcommits.org/en/v1.0.0/ */
const CONVENTIONAL = /^([a-z]+)(?:\([^)]{0,60}\))?!?:\s+(?=\S)/i

export function sectionOf(change: Change, config: NotesConfig): Classified {
  const whole = change.text.replace(/\s+/g, ' ').trim()
  const conventional = CONVENTIONAL.exec(whole)
  const type = conventional?.[1]?.toLowerCase()
  // Only a known type is taken off: "Matlab: new licence" keeps its first word.
  const known =
    type !== undefined &&
    (config.noise.types.includes(type) ||
      SECTIONS.some((section) => config.sections[section].types.includes(type)))
  const text =
    (known ? whole.slice(conventional?.[0].length) : whole).replace(/\s*\(#\d+\)$/, '') || '(no message)'

  const bySection = (test: (section: Section) => boolean): Section | undefined => SECTIONS.find(test)
  const labels = change.labels.map((label) => label.toLowerCase())
  const labelled = bySection((section) =>
    config.sections[section].labels.some((label) => labels.includes(label.toLowerCase()))
  )
  if (config.noise.labels.some((label) => labels.includes(label.toLowerCase())))
    return { section: 'folded', text }
  if (labelled !== undefined) return { section: labelled, text }
  if (isNoise(change, whole, known ? type : undefined, config)) return { section: 'folded', text }
  const byPath = bySection((section) => allBelow(change.paths, config.sections[section].paths))
  if (byPath !== undefined) return { section: byPath, text }
  const byType = known ? bySection((section) => config.sections[section].types.includes(type)) : undefined
  const byVerb = bySection((section) =>
    config.sections[section].prefixes.some((prefix) => beginsWith(text, prefix))
  )
  return { section: byType ?? byVerb ?? 'Improvements', text }
}

function isNoise(change: Change, whole: string, type: string | undefined, config: NotesConfig): boolean {
  const { noise } = config
  if (change.isMerge) return true
  if (type !== undefined && noise.types.includes(type)) return true
  if (noise.authors.some((author) => author.toLowerCase() === change.author.toLowerCase())) return true
  if (noise.messages.some((pattern) => globToTest(pattern, 'text')(whole))) return true
  return allBelow(change.paths, noise.paths)
}

/** True when every path matches one of the patterns; a change without paths says nothing. */
function allBelow(paths: readonly string[] | undefined, patterns: readonly string[]): boolean {
  if (paths === undefined || paths.length === 0 || patterns.length === 0) return false
  const tests = patterns.map((pattern) => globToTest(pattern, 'path'))
  return paths.every((path) => tests.some((test) => test(path)))
}

/** Whole words only: "add" begins "add fsl", not "address". */
function beginsWith(text: string, prefix: string): boolean {
  const start = text.slice(0, prefix.length).toLowerCase()
  return start === prefix.toLowerCase() && !/^[\p{L}\p{N}]/u.test(text.slice(prefix.length))
}
