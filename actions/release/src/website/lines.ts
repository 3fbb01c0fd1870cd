/** Lines of a page. */

/** A range of lines, `to` not included. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** The page has not the form that we know: nothing is written, a person looks. */
export class PageError extends Error {
  override readonly name = 'PageError'
}

/** Which lines are in front matter or in a fenced block: a heading there is none. */
export function maskOf(lines: readonly string[]): readonly boolean[] {
  let fence: string | undefined
  let front = lines[0] === '---'
  return lines.map((line, at) => {
    if (front) {
      if (at > 0 && line === '---') front = false
      return true
    }
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence === undefined) {
      if (mark === undefined) return false
      fence = mark
      return true
    }
    if (mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length) fence = undefined
    return true
  })
}

/** Splits Markdown into code spans and the rest, and maps the rest. */
export function outsideCode(
  text: string,
  map: (text: string) => string,
  inCode: (text: string) => string = (code) => code
): string {
  const parts = text.split(/((?<!`)(`+)(?!`)[\s\S]*?(?<!`)\2(?!`))/)
  // The split has two groups: text, code, its fence, text, …
  return parts.map((part, at) => (at % 3 === 0 ? map(part) : at % 3 === 1 ? inCode(part) : '')).join('')
}

/** What keeps GitHub from notifying people has no use on a page, and would be copied along. */
export const withoutZeroWidth = (text: string): string => text.replaceAll('\u200b', '')
