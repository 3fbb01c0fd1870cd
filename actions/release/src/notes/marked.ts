/**
 * Our part of a release's text, between two comments that nobody sees. What people write around it stays; what they
 * change inside of it stays too, and only what is new since then is put in. Pure.
 */
import { createHash } from 'node:crypto'
import { idsOf, renderFitting, type Notes } from './render.ts'
import { SECTIONS } from './sections.ts'

const RELEASE_MARK = /<!-- neurodesk-ci:release tag=(\S+) -->/
const NOTES_MARK =
  /<!-- neurodesk-ci:notes sha256=([0-9a-f]{16}) seen=(\S*) -->\n?([\s\S]*?)<!-- \/neurodesk-ci:notes -->/

export interface Marked {
  /** The tag that the draft was made for. */
  readonly tag: string
  /** Text of our block; undefined when somebody took the block out. */
  readonly notes: string | undefined
  /** True when somebody changed it since we wrote it. */
  readonly edited: boolean
  /** Ids of all that was ever put in. */
  readonly seen: ReadonlySet<string>
}

/** What is ours in a release's text; undefined when the release is not ours. */
export function readMarked(body: string): Marked | undefined {
  const text = normal(body)
  const release = RELEASE_MARK.exec(text)
  if (release?.[1] === undefined) return undefined
  const block = NOTES_MARK.exec(text)
  if (block === null) return { tag: release[1], notes: undefined, edited: true, seen: new Set() }
  const notes = block[3] ?? ''
  const seen = new Set((block[2] ?? '').split(',').filter((id) => id !== ''))
  return { tag: release[1], notes, edited: fingerprint(notes) !== block[1], seen }
}

export interface Merged {
  readonly body: string
  /** The notes as they will be read, without the marks. */
  readonly notes: string
  /** Hand edits were found and kept. */
  readonly kept: boolean
  /** Lines that were put into hand-edited notes. */
  readonly added: number
  /** Not all of it is in the text, because GitHub takes no longer one. */
  readonly isCut: boolean
}

/** Ids that are remembered, at most: with more of them the marks alone would fill a release. */
const MOST_SEEN = 4000

/** The text of a release whose notes were not written yet; at most `room` characters. */
export function freshBody(tag: string, notes: Notes, room: number): Merged {
  const mark = `${releaseMark(tag)}\n`
  const { text, isCut } = renderFitting(notes, room - mark.length - block('', idsOf(notes)).length)
  return { body: `${mark}${block(text, idsOf(notes))}`, notes: text, kept: false, added: 0, isCut }
}

/** The text of a release that is there already, brought up to date; at most `room` characters. */
export function mergeBody(existing: string, tag: string, notes: Notes, room: number): Merged {
  const old = normal(existing)
  const marked = readMarked(old)
  if (marked === undefined) {
    // A release that somebody made by hand: our block goes under what they wrote.
    const before = old.trim() === '' ? '' : `${old.trimEnd()}\n\n`
    const fresh = freshBody(tag, notes, room - before.length)
    return { ...fresh, body: before + fresh.body, kept: before !== '' }
  }
  const body = old.replace(RELEASE_MARK, () => releaseMark(tag))
  // Somebody took our block out: the notes are theirs now.
  if (marked.notes === undefined)
    return { body, notes: withoutMarks(body), kept: true, added: 0, isCut: false }
  if (!marked.edited) {
    const around = body.replace(NOTES_MARK, '').length
    const { text, isCut } = renderFitting(notes, room - around - block('', idsOf(notes)).length)
    return {
      body: body.replace(NOTES_MARK, () => block(text, idsOf(notes)).trimEnd()),
      notes: text,
      kept: false,
      added: 0,
      isCut
    }
  }
  const { text, added } = addNew(marked.notes, notes, marked.seen)
  const seen = remembered([...marked.seen, ...idsOf(notes)])
  // The old fingerprint stays wrong on purpose: the block counts as edited from now on.
  const replaced = body.replace(
    NOTES_MARK,
    () =>
      `<!-- neurodesk-ci:notes sha256=${'0'.repeat(16)} seen=${seen} -->\n${text}<!-- /neurodesk-ci:notes -->`
  )
  if (replaced.length > room) return { body, notes: marked.notes, kept: true, added: 0, isCut: true }
  return { body: replaced, notes: text, kept: true, added, isCut: false }
}

/** The text as readers see it. */
export function withoutMarks(body: string): string {
  return normal(body)
    .replace(/<!-- \/?neurodesk-ci:[\s\S]*?-->\n?/g, '')
    .trim()
    .concat('\n')
}

/** Puts lines that were never there at the end of their section; makes the section when it is missing. */
function addNew(text: string, notes: Notes, seen: ReadonlySet<string>): { text: string; added: number } {
  let current = text
  let added = 0
  for (const section of SECTIONS) {
    const fresh = notes.sections[section].filter(
      (line) => line.ids.length > 0 && !line.ids.some((id) => seen.has(id))
    )
    if (fresh.length === 0) continue
    added += fresh.length
    const bullets = fresh.map((line) => `- ${line.markdown}`).join('\n')
    current = insert(current, section, bullets)
  }
  return { text: current, added }
}

function insert(text: string, section: string, bullets: string): string {
  const lines = text.split('\n')
  const heading = lines.findIndex(
    (line) =>
      /^#{2,4}\s/.test(line) &&
      line
        .replace(/^#+\s+/, '')
        .trim()
        .toLowerCase() === section.toLowerCase()
  )
  const isEnd = (line: string): boolean => /^#{1,4}\s|^<details|^\[All changes\]/.test(line)
  if (heading === -1) {
    const end = lines.findIndex((line, at) => at > 0 && /^<details|^\[All changes\]/.test(line))
    const at = end === -1 ? lines.length : end
    return [...trimEnd(lines.slice(0, at)), '', `### ${section}`, bullets, '', ...lines.slice(at)]
      .join('\n')
      .trimEnd()
      .concat('\n')
  }
  const next = lines.findIndex((line, at) => at > heading && isEnd(line))
  const at = next === -1 ? lines.length : next
  return [...trimEnd(lines.slice(0, at)), bullets, '', ...lines.slice(at)].join('\n').trimEnd().concat('\n')
}

function trimEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return lines.slice(0, last + 1)
}

const releaseMark = (tag: string): string => `<!-- neurodesk-ci:release tag=${tag} -->`

function block(text: string, ids: readonly string[]): string {
  return `<!-- neurodesk-ci:notes sha256=${fingerprint(text)} seen=${remembered(ids)} -->\n${text}<!-- /neurodesk-ci:notes -->\n`
}

function remembered(ids: readonly string[]): string {
  return [...new Set(ids)].slice(0, MOST_SEEN).join(',')
}

/** GitHub's editor saves with CRLF, and takes blanks off the ends of lines: neither is an edit. */
function normal(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

function fingerprint(text: string): string {
  const plain = normal(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
  return createHash('sha256').update(plain).digest('hex').slice(0, 16)
}
