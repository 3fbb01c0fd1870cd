/** The Hugo page of 2025: `## 2025-06-10`, `### New Features`, bullets. Pure. */
import type { Parsed } from '../notes/parse.ts'
import { maskOf, outsideCode, withoutZeroWidth, type Range } from './lines.ts'

const HEADING = /^## +(?:Version +)?(\d{4})-?(\d{2})-?(\d{2})\s*$/i

export function editHugo(page: string, version: string, notes: Parsed): string {
  const lines = page.split('\n')
  const section = renderHugo(version, notes)
  const known = sectionOfHugo(page, version)
  if (known !== undefined) {
    // Blank lines after the section belong to the page.
    let end = known.to
    while (end > known.from && lines[end - 1]?.trim() === '') end--
    return [...lines.slice(0, known.from), ...section, ...lines.slice(end)].join('\n')
  }
  const older = headings(lines).find((heading) => heading.date < version)
  if (older !== undefined)
    return [...lines.slice(0, older.line), ...section, '', ...lines.slice(older.line)].join('\n')
  // No older release: at the end, after one blank line.
  const body = page.replace(/\n*$/, '')
  return `${body}\n\n${section.join('\n')}\n`
}

export function sectionOfHugo(page: string, version: string): Range | undefined {
  const lines = page.split('\n')
  const all = headings(lines)
  const at = all.findIndex((heading) => heading.date === version)
  const own = all[at]
  if (own === undefined) return undefined
  return { from: own.line, to: all[at + 1]?.line ?? lines.length }
}

function headings(lines: readonly string[]): { line: number; date: string }[] {
  const masked = maskOf(lines)
  return lines.flatMap((text, line) => {
    const match = masked[line] === true ? null : HEADING.exec(text)
    return match === null ? [] : [{ line, date: `${match[1]}-${match[2]}-${match[3]}` }]
  })
}

function renderHugo(version: string, notes: Parsed): string[] {
  const lines = [`## ${version}`]
  if (notes.intro !== '') lines.push(...safe(notes.intro).split('\n'), '')
  for (const part of notes.parts) {
    if (part.items.length === 0) continue
    lines.push(`### ${safe(part.title)}`, ...part.items.flatMap((item) => `- ${safe(item)}`.split('\n')))
  }
  if (lines.length === 1) lines.push('- n/a')
  return lines
}

/** Hugo runs a shortcode wherever it sees one, also in code. */
function safe(text: string): string {
  return outsideCode(
    withoutZeroWidth(text),
    (plain) => plain.replaceAll('{{', '&#123;&#123;'),
    (code) => code.replaceAll('{{', '{ {')
  )
}
