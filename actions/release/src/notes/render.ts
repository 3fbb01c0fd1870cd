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

/** The section of the release history: heading, sections that have something, small changes folded. */
export function renderNotes(notes: Notes, options: { readonly folded: boolean } = { folded: true }): string {
  const parts = [`## ${notes.version}`]
  if (notes.intro !== '') parts.push(notes.intro)
  for (const section of SECTIONS) {
    const lines = notes.sections[section]
    if (lines.length > 0) parts.push(`### ${section}\n${list(lines.map((line) => line.markdown)).trimEnd()}`)
  }
  if (isEmpty(notes)) parts.push('No changes that users will notice.')
  if (options.folded && notes.folded.length > 0) {
    const count = notes.folded.length
    parts.push(
      details(
        count === 1 ? '1 smaller change' : `${count} smaller changes`,
        list(notes.folded.map((line) => line.markdown))
      ).trimEnd()
    )
  }
  if (notes.compareUrl !== undefined) parts.push(`[All changes](${notes.compareUrl})`)
  return `${parts.join('\n\n')}\n`
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
    return { ids: entry.ids, markdown: `${text} ([${entry.ids[0]?.slice(1) ?? 'commit'}](${entry.url}))` }
  return { ids: entry.ids, markdown: text }
}
