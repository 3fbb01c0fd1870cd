/** Lines, comments and entries: the text forms of list inputs. Pure. */

export interface Line {
  readonly text: string
  /** Counts from 1 in what was given. */
  readonly number: number
}

export interface Entry {
  readonly value: string
  readonly attributes: Readonly<Record<string, string>>
  readonly flags: ReadonlySet<string>
  /** The line as given, for messages. */
  readonly line: string
}

/** Lines without comments (`#` at the start or after a blank) and without empty ones. */
export function splitLines(raw: string): readonly Line[] {
  return raw
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ text: withoutComment(line).trim(), number: index + 1 }))
    .filter((line) => line.text !== '')
}

/** Cuts a comment; a `#` within double quotes or inside a word stays. */
function withoutComment(line: string): string {
  let quoted = false
  for (let index = 0; index < line.length; index++) {
    const character = line[index]
    if (character === '"') quoted = !quoted
    const startsWord = index === 0 || /\s/.test(line[index - 1] ?? '')
    if (character === '#' && !quoted && startsWord) return line.slice(0, index)
  }
  return line
}

/** Reads `value key=… flag`. Says all that is wrong with it. */
export function parseEntry(
  line: Line,
  keys: readonly string[],
  flags: readonly string[]
): { entry: Entry; problems: readonly string[] } {
  const problems: string[] = []
  const { words, unclosed } = splitWords(line.text)
  if (unclosed) problems.push('a closing double quote')
  const attributes: Record<string, string> = {}
  const given = new Set<string>()
  for (const word of words.slice(1)) {
    const at = word.indexOf('=')
    const name = at === -1 ? word : word.slice(0, at)
    if (name in attributes || given.has(name)) problems.push(`attribute ${name} only once`)
    else if (at === -1 && flags.includes(name)) given.add(name)
    else if (at !== -1 && keys.includes(name) && word.length > at + 1) attributes[name] = word.slice(at + 1)
    else problems.push(`${describeAttributes(keys, flags)} instead of ${JSON.stringify(word)}`)
  }
  return { entry: { value: words[0] ?? '', attributes, flags: given, line: line.text }, problems }
}

function describeAttributes(keys: readonly string[], flags: readonly string[]): string {
  const known = [...keys.map((key) => `${key}=…`), ...flags]
  return known.length === 0 ? 'one value without attributes' : `attributes ${known.join(' ')}`
}

function splitWords(text: string): { words: readonly string[]; unclosed: boolean } {
  const words: string[] = []
  let word = ''
  let quoted = false
  let started = false
  for (const character of text) {
    if (character === '"') {
      quoted = !quoted
      started = true
    } else if (/\s/.test(character) && !quoted) {
      if (started) words.push(word)
      word = ''
      started = false
    } else {
      word += character
      started = true
    }
  }
  if (started) words.push(word)
  return { words, unclosed: quoted }
}
