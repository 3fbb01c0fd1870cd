/** Markdown as GitHub shows it in summaries, issues and releases. Everything from outside goes through `escape` or `code`. */

/**
 * Text that shows as itself: no HTML, no links, no mentions, no line breaks. A zero-width space after `@` and `#`
 * keeps GitHub from notifying people and from linking numbers of another repository.
 */
export function escape(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\uFFFD')
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~!]/g, '\\$&')
    .replace(/@(?=[\w-])/g, '@\u200B')
    .replace(/#(?=\d)/g, '#\u200B')
    .replace(/\b(https?):\/\//gi, '$1:\u200B//')
}

/** Inline code: the fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const flat = text.replace(/[\0-\x1f\x7f]+/g, ' ')
  if (flat.trim() === '') return '``` ```'
  const fence = '`'.repeat(longestRun(flat) + 1)
  const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${flat}${pad}${fence}`
}

/** A fenced block; its fence is longer than any run of backticks inside. */
export function block(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}\n`
}

/** A table. Cells are Markdown (use `escape` or `code` on text from outside); only line breaks and bare pipes are made safe here. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(headers), `|${' --- |'.repeat(headers.length)}`, ...rows.map(line)].join('\n') + '\n'
}

/** A fold-out with a title. */
export function details(title: string, body: string): string {
  return `<details><summary>${escape(title)}</summary>\n\n${body.trimEnd()}\n\n</details>\n`
}

/** A bulleted list of Markdown lines. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item.replace(/[\r\n]+/g, ' ')}\n`).join('')
}

/**
 * The text, at most `bytes` long in UTF-8, cut at a line with a note that says so. GitHub drops a step summary
 * above 1 MiB as a whole.
 */
export function cut(text: string, bytes: number, note = 'Cut here: the whole is in the report.'): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const tail = `\n\n_${note}_\n`
  const room = Math.max(0, bytes - Buffer.byteLength(tail))
  // fatal: false drops a character that the cut has split.
  const head = new TextDecoder().decode(Buffer.from(text).subarray(0, room)).replace(/\uFFFD+$/, '')
  const atLine = head.lastIndexOf('\n')
  return closeFolds(atLine > 0 ? head.slice(0, atLine) : head) + tail
}

/** `1.2 GB`: decimal units, as registries and object stores show them. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = count
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`: two units at most. */
export function span(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (Math.abs(ms) < 950) return `${Math.round(Math.abs(ms))} ms`
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's']
  ]
  const first = parts.findIndex(([count]) => count > 0)
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0)
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ')
}

function cell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/(?<!\\)\|/g, '\\|')
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length))
}

function closeFolds(text: string): string {
  const open = (text.match(/<details>/g)?.length ?? 0) - (text.match(/<\/details>/g)?.length ?? 0)
  const fences = text.match(/^(`{3,})/gm)?.length ?? 0
  return text + (fences % 2 === 1 ? '\n```\n' : '') + '\n\n</details>\n'.repeat(Math.max(0, open))
}
