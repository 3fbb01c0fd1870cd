/** Notes in Markdown, taken apart: what stands before the sections, and the lines of each. Pure. */
import { SECTIONS, type Section } from './sections.ts'

export interface Parsed {
  /** Free text before the first section. */
  readonly intro: string
  readonly parts: readonly Part[]
}

export interface Part {
  /** Text of the heading, as NeuroDesk writes it where it is one of the four. */
  readonly title: string
  /** Markdown, one per bullet; lines that continue a bullet are in it, indented. */
  readonly items: readonly string[]
  /** Line of the heading, counted from 1. */
  readonly line: number
}

export function isSection(title: string): title is Section {
  return SECTIONS.some((section) => section === title)
}

/**
 * Reads what `renderNotes` writes and what people make of it: the heading of the version, fold-outs and the link to
 * all changes are left out, every other heading begins a part.
 */
export function parseNotes(markdown: string): Parsed {
  const intro: string[] = []
  const parts: { title: string; items: string[]; line: number }[] = []
  let folds = 0
  for (const [index, raw] of markdown.replace(/\r\n?/g, '\n').split('\n').entries()) {
    const line = raw.trimEnd()
    const opens = (line.match(/<details\b/gi) ?? []).length
    const closes = (line.match(/<\/details>/gi) ?? []).length
    const inside = folds > 0 || opens > 0
    folds = Math.max(0, folds + opens - closes)
    if (inside || /^\[All changes\]\(\S+\)$/.test(line) || line === 'No changes that users will notice.')
      continue
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line)
    if (heading !== null) {
      const title = heading[2] ?? ''
      // `## 2025-06-10` and `## Version 2025-06-10` name the release, not a part of it.
      if (/^(version\s+)?\d{4}-\d{2}-\d{2}$/i.test(title)) continue
      parts.push({
        title: SECTIONS.find((section) => section.toLowerCase() === title.toLowerCase()) ?? title,
        items: [],
        line: index + 1
      })
      continue
    }
    const part = parts.at(-1)
    if (part === undefined) intro.push(line)
    else addLine(part.items, line)
  }
  return {
    intro: intro.join('\n').trim(),
    parts: parts.map((part) => ({
      ...part,
      items: part.items.map((item) => item.trimEnd()).filter((item) => item !== '')
    }))
  }
}

function addLine(items: string[], line: string): void {
  const bullet = /^ {0,3}[-*+]\s+(.*)$/.exec(line)
  const last = items.length - 1
  if (bullet !== null) items.push(bullet[1] ?? '')
  else if (line === '') return
  // What is indented goes on with its bullet; a plain line stands for itself.
  else if (/^\s/.test(line) && last >= 0) items[last] = `${items[last] ?? ''}\n${line}`
  else items.push(line)
}
