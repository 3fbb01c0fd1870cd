/** Notes in NeuroDesk's house format. Pure. */
import { details, list } from '../../../../lib/markdown/index.ts'
import type { Entry } from './entries.ts'
import { SECTIONS, type Section } from './sections.ts'
import { noteText } from './text.ts'

/** One line of the notes, ready as Markdown, with the ids of what it stands for. */
export interface Line {
  readonly ids: readonly string[]
  readonly markdown: string
}

export interface Notes {
  readonly version: string
  /** Free text before the sections, Markdown of the maintainers. */
  readonly intro: string
  readonly sections: Readonly<Record<Section, readonly Line[]>>
  readonly folded: readonly Line[]
  /** Where all of it can be seen. */
  readonly compareUrl: string | undefined
}

/** Lines of the entries, by section; `more` are put behind them (containers, pins). */
export function notesOf(
  version: string,
  entries: readonly Entry[],
  more: Partial<Record<Section, readonly Line[]>> = {},
  hand: { readonly intro: string; readonly sections: Partial<Record<Section, readonly Line[]>> } = {
    intro: '',
    sections: {}
  },
  compareUrl?: string
): Notes {
  const of = (section: Section): readonly Line[] => [
    ...(hand.sections[section] ?? []),
    ...entries.filter((entry) => entry.section === section).map(toLine),
    ...(more[section] ?? [])
  ]
  return {
    version,
    intro: hand.intro,
    sections: {
      'New Features': of('New Features'),
      Improvements: of('Improvements'),
      'Bug Fixes': of('Bug Fixes'),
      Removed: of('Removed')
    },
    folded: entries.filter((entry) => entry.section === 'folded').map(toLine),
    compareUrl
  }
}

/** How much of it is shown. */
interface Shown {
  readonly folded: boolean
  /** Lines per section. */
  readonly most: number
}

const ALL: Shown = { folded: true, most: Infinity }

/** The section of the release history: heading, sections that have something, small changes folded. */
export function renderNotes(notes: Notes, shown: Shown = ALL): string {
  const parts = [`## ${notes.version}`]
  if (notes.intro !== '') parts.push(notes.intro)
  for (const section of SECTIONS) {
    const lines = notes.sections[section].map((line) => line.markdown)
    const rest = lines.length - shown.most
    if (lines.length > 0)
      parts.push(
        `### ${section}\n${list([...lines.slice(0, shown.most), ...(rest > 0 ? [`and ${rest} more`] : [])]).trimEnd()}`
      )
  }
  if (isEmpty(notes)) parts.push('No changes that users will notice.')
  if (notes.folded.length > 0) {
    const title = notes.folded.length === 1 ? '1 smaller change' : `${notes.folded.length} smaller changes`
    parts.push(
      details(
        title,
        shown.folded
          ? list(notes.folded.map((line) => line.markdown))
          : `See ${fullName(notes.version)}, attached below.`
      ).trimEnd()
    )
  }
  if (notes.compareUrl !== undefined) parts.push(`[All changes](${notes.compareUrl})`)
  return `${parts.join('\n\n')}\n`
}

/** Name of the attached file with all of the notes, where they had to be cut. */
export const fullName = (version: string): string => `release-notes-${version}.md`

/** As much as fits into `room` characters; the small changes go first. */
export function renderFitting(
  notes: Notes,
  room: number
): { readonly text: string; readonly isCut: boolean } {
  const levels: readonly Shown[] = [
    ALL,
    ...[Infinity, 400, 200, 100, 50, 25, 10, 3].map((most) => ({ folded: false, most }))
  ]
  let text = ''
  for (const shown of levels) {
    text = renderNotes(notes, shown)
    if (text.length <= room) return { text, isCut: shown !== ALL }
  }
  return { text: `## ${notes.version}\n\nSee ${fullName(notes.version)}, attached below.\n`, isCut: true }
}

/** True when there is nothing to tell besides what is folded. */
export function isEmpty(notes: Notes): boolean {
  return notes.intro === '' && SECTIONS.every((section) => notes.sections[section].length === 0)
}

/** Everything that the notes stand for. */
export function idsOf(notes: Notes): readonly string[] {
  return [...SECTIONS.flatMap((section) => notes.sections[section]), ...notes.folded].flatMap(
    (line) => line.ids
  )
}

function toLine(entry: Entry): Line {
  const times = entry.ids.length > 1 ? ` (${entry.ids.length} times)` : ''
  const text = `${noteText(entry.text)}${times}`
  // The author is named, not mentioned: nobody is notified by a draft that may never be published.
  if (entry.pull !== undefined)
    return {
      ids: entry.ids,
      markdown: `${text} ([#${entry.pull.number}](${entry.pull.url}) by ${noteText(entry.pull.author)})`
    }
  if (entry.section === 'folded' && entry.url !== undefined)
    return { ids: entry.ids, markdown: `${text} ([${entry.ids[0]?.slice(1, 8) ?? 'commit'}](${entry.url}))` }
  return { ids: entry.ids, markdown: text }
}
