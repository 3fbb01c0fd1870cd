/** The Astro page of 2026: `## YEAR`, a fold-out per release, `### DATE` with the Latest badge, `####` sections. MDX. Pure. */
import type { Parsed } from '../notes/parse.ts'
import { maskOf, outsideCode, PageError, withoutZeroWidth, type Range } from './lines.ts'

const YEAR = /^## +(\d{4})\s*$/
const DATE = /^### +(\d{4}-\d{2}-\d{2})\b(.*)$/
const OPEN = /^<details\b[^>]*>\s*$/
const CLOSE = /^<\/details>\s*$/
const BADGE = '<Badge text="Latest" variant="success" />'

interface Item extends Range {
  readonly date: string
  /** Line of its `###` heading. */
  readonly heading: number
}

export function editAstro(page: string, version: string, notes: Parsed): string {
  const before = page.split('\n')
  const isNewest = itemsOf(before).every((item) => item.date <= version)
  // The badge is taken off first, which changes no line's number.
  const lines = isNewest ? before.map((line) => withoutBadge(line, version)) : before
  const block = renderAstro(version, notes, isNewest)
  const known = sectionOfAstro(lines.join('\n'), version)
  if (known !== undefined)
    return [...lines.slice(0, known.from), ...block, ...lines.slice(known.to)].join('\n')
  const year = version.slice(0, 4)
  const masked = maskOf(lines)
  const years = lines.flatMap((text, line) => {
    const found = masked[line] === true ? null : YEAR.exec(text)
    return found?.[1] === undefined ? [] : [{ line, year: found[1] }]
  })
  const own = years.find((one) => one.year === year)
  const place =
    own === undefined
      ? undefined
      : { from: own.line, to: years[years.indexOf(own) + 1]?.line ?? lines.length }
  const older = itemsOf(lines).find(
    (item) => item.date < version && (place === undefined || (item.from > place.from && item.from < place.to))
  )
  if (place !== undefined) {
    if (older !== undefined)
      return [...lines.slice(0, older.from), ...block, '', ...lines.slice(older.from)].join('\n')
    // The year has only younger ones: at its end.
    let end = place.to
    while (end > place.from + 1 && lines[end - 1]?.trim() === '') end--
    return [...lines.slice(0, end), '', ...block, ...lines.slice(end)].join('\n')
  }
  const next = years.find((one) => one.year < year)
  if (next !== undefined)
    return [...lines.slice(0, next.line), `## ${year}`, '', ...block, '', '', ...lines.slice(next.line)].join(
      '\n'
    )
  if (years.length === 0)
    throw new PageError(
      'the page has no heading of a year (`## 2026`), so nobody knows where a release belongs'
    )
  return `${lines.join('\n').replace(/\n*$/, '')}\n\n\n## ${year}\n\n${block.join('\n')}\n`
}

export function sectionOfAstro(page: string, version: string): Range | undefined {
  return itemsOf(page.split('\n')).find((item) => item.date === version)
}

/** Releases in the order of the page. @throws PageError for a date that stands in no fold-out. */
function itemsOf(lines: readonly string[]): Item[] {
  const masked = maskOf(lines)
  const items: Item[] = []
  let open: number | undefined
  let heading: { line: number; date: string } | undefined
  for (const [at, line] of lines.entries()) {
    if (masked[at] === true) continue
    if (OPEN.test(line)) {
      if (open !== undefined) throw new PageError(`line ${at + 1}: a fold-out begins inside of another`)
      open = at
    }
    const date = DATE.exec(line)?.[1]
    if (date !== undefined) {
      if (open === undefined) throw new PageError(`line ${at + 1}: ${date} stands in no <details>`)
      heading = { line: at, date }
    }
    if (CLOSE.test(line)) {
      if (open !== undefined && heading !== undefined)
        items.push({ from: open, to: at + 1, heading: heading.line, date: heading.date })
      open = undefined
      heading = undefined
    }
  }
  if (open !== undefined) throw new PageError(`line ${open + 1}: a fold-out does not end`)
  return items
}

function withoutBadge(line: string, version: string): string {
  const match = DATE.exec(line)
  return match === null || match[1] === version
    ? line
    : line.replace(/\s*<Badge\b[^>]*\btext="Latest"[^>]*\/>/, '')
}

function renderAstro(version: string, notes: Parsed, isNewest: boolean): string[] {
  const lines = [
    '<details class="release-item" open>',
    '<summary>',
    '',
    `### ${version}${isNewest ? ` ${BADGE}` : ''}`,
    '',
    '</summary>'
  ]
  if (notes.intro !== '') lines.push('', ...mdx(notes.intro).split('\n').map(noStatement))
  for (const part of notes.parts) {
    if (part.items.length === 0) continue
    lines.push(
      '',
      `#### ${mdx(part.title)}`,
      '',
      ...part.items.flatMap((item) => `- ${mdx(item)}`.split('\n'))
    )
  }
  if (lines.length === 6) lines.push('', '- n/a')
  return [...lines, '</details>']
}

/** In MDX `{` begins an expression and `<` an element; neither may come from a commit or from a release's text. */
function mdx(text: string): string {
  return outsideCode(withoutZeroWidth(text), (plain) =>
    plain.replaceAll('{', '&#123;').replaceAll('}', '&#125;').replaceAll('<', '&lt;')
  )
}

/** A line that begins with one of these words is a statement in MDX. */
function noStatement(line: string): string {
  return line.replace(/^(i)(?=mport\b)|^(e)(?=xport\b)/, (letter) => `&#${letter.charCodeAt(0)};`)
}
