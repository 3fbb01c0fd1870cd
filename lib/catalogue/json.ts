/**
 * JSON (RFC 8259) with the place of every value, because a finding without a line is a hunt through 4000 lines.
 * It goes on after the mistakes that people make by hand (a comma too few or too many, a key left out), so that one run shows
 * them all; after another mistake what was whole before it is kept; and it sees what JSON.parse hides: keys that stand twice. Key order is kept also for keys that look
 * like numbers, since the order of apps.json is the order of log.txt.
 */

export interface At {
  /** Both from 1; columns in UTF-16 units, as editors and GitHub's annotations count. */
  readonly line: number
  readonly column: number
}

export type JsonNode =
  | { readonly kind: 'object'; readonly at: At; readonly members: ReadonlyMap<string, JsonMember> }
  | { readonly kind: 'array'; readonly at: At; readonly items: readonly JsonNode[] }
  | { readonly kind: 'scalar'; readonly at: At; readonly value: string | number | boolean | null }

export interface JsonMember {
  /** Where the key stands. */
  readonly at: At
  readonly value: JsonNode
}

export interface JsonProblem {
  readonly at: At
  readonly message: string
}

export interface JsonDocument {
  /** What could be read: all of it, or what was whole before the place where `cut` says that reading ended. */
  readonly root: JsonNode | undefined
  /** A mistake that nobody can read past: what follows was not looked at. */
  readonly cut: At | undefined
  readonly problems: readonly JsonProblem[]
  readonly duplicateKeys: readonly { readonly key: string; readonly at: At; readonly first: At }[]
}

const MAX_DEPTH = 64

class Broken extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/** Reads the whole text; never throws for what the text says. */
export function parseJson(text: string): JsonDocument {
  return new Reader(text).document()
}

/** The plain value of a node. Keys that stand twice: the last value at the first key's position, as in Python. */
export function plain(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'array') return node.items.map(plain)
  return Object.fromEntries([...node.members].map(([key, member]) => [key, plain(member.value)]))
}

class Reader {
  private readonly text: string
  private readonly lineStarts: number[] = [0]
  private position = 0
  /** The outermost object, from its beginning on: its members are whole one by one. */
  private started: JsonNode | undefined
  private readonly problems: { at: At; message: string }[] = []
  private readonly duplicateKeys: { key: string; at: At; first: At }[] = []

  constructor(text: string) {
    this.text = text
    for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
      this.lineStarts.push(index + 1)
    }
  }

  document(): JsonDocument {
    let root: JsonNode | undefined
    let cut: At | undefined
    try {
      if (this.text.startsWith('\uFEFF')) {
        this.problem(0, 'the file begins with a byte order mark, which JSON readers refuse')
        this.position = 1
      }
      root = this.value(0)
      this.space()
      if (this.position < this.text.length) {
        throw new Broken(this.position, `${this.found()} after the end of the document`)
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      this.problem(error.at, error.message)
      cut = this.at(error.at)
      root = this.started ?? root
    }
    return { root, cut, problems: this.problems, duplicateKeys: this.duplicateKeys }
  }

  private value(depth: number): JsonNode {
    this.space()
    const start = this.position
    const at = this.at(start)
    const character = this.text[start]
    if (depth > MAX_DEPTH) throw new Broken(start, `nested more than ${MAX_DEPTH} deep`)
    if (character === '{') {
      const members = new Map<string, JsonMember>()
      const node = { kind: 'object' as const, at, members }
      if (depth === 0) this.started = node
      this.members(members, depth)
      return node
    }
    if (character === '[') return { kind: 'array', at, items: this.items(depth) }
    if (character === '"') return { kind: 'scalar', at, value: this.string() }
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null]
    ] as const) {
      if (this.text.startsWith(word, start)) {
        this.position += word.length
        return { kind: 'scalar', at, value }
      }
    }
    const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
    number.lastIndex = start
    const match = number.exec(this.text)
    if (match !== null) {
      this.position += match[0].length
      return { kind: 'scalar', at, value: Number(match[0]) }
    }
    throw new Broken(start, `expected a value, found ${this.found()}`)
  }

  private members(members: Map<string, JsonMember>, depth: number): void {
    this.position++
    this.sequence('}', 'member of the object', () => {
      if (this.text[this.position] === '{') {
        // A pasted entry whose key was left out: note it, and go on behind it.
        this.problem(this.position, 'a key is missing before this object')
        this.value(depth + 1)
        return
      }
      if (this.text[this.position] !== '"') {
        throw new Broken(this.position, `expected a key in double quotes, found ${this.found()}`)
      }
      const at = this.at(this.position)
      const key = this.string()
      this.space()
      if (this.text[this.position] !== ':') {
        throw new Broken(
          this.position,
          `expected ':' after the key ${JSON.stringify(key)}, found ${this.found()}`
        )
      }
      this.position++
      const value = this.value(depth + 1)
      const first = members.get(key)
      if (first !== undefined) this.duplicateKeys.push({ key, at, first: first.at })
      members.set(key, { at, value })
    })
  }

  private items(depth: number): JsonNode[] {
    const items: JsonNode[] = []
    this.position++
    this.sequence(']', 'item of the list', () => items.push(this.value(depth + 1)))
    return items
  }

  /** One element after the other up to `close`; a comma too few or too many is noted and passed over. */
  private sequence(close: '}' | ']', element: string, read: () => void): void {
    let afterComma: number | undefined
    let any = false
    for (;;) {
      this.space()
      const character = this.text[this.position]
      if (character === close) {
        if (afterComma !== undefined) this.problem(afterComma, `a comma before the closing '${close}'`)
        this.position++
        return
      }
      if (character === undefined)
        throw new Broken(this.position, `the text ends before the closing '${close}'`)
      if (character === ',') {
        throw new Broken(
          this.position,
          `expected ${element === 'item of the list' ? 'an' : 'a'} ${element}, found ','`
        )
      }
      if (any && afterComma === undefined) {
        if (!/["{[\w-]/.test(character)) {
          throw new Broken(this.position, `expected ',' or '${close}', found ${this.found()}`)
        }
        this.problem(this.position, `a comma is missing before this ${element}`)
      }
      read()
      any = true
      this.space()
      afterComma = this.text[this.position] === ',' ? this.position++ : undefined
    }
  }

  private string(): string {
    const start = this.position
    let result = ''
    let from = start + 1
    for (let index = from; ; index++) {
      const code = this.text.charCodeAt(index)
      if (Number.isNaN(code)) throw new Broken(start, 'a string that is never closed')
      if (code === 0x22) {
        this.position = index + 1
        return result + this.text.slice(from, index)
      }
      if (code < 0x20) {
        throw new Broken(index, `a ${code === 0x0a ? 'line break' : 'control character'} inside a string`)
      }
      if (code === 0x5c) {
        result += this.text.slice(from, index)
        const [character, length] = this.escape(index)
        result += character
        index += length - 1
        from = index + 1
      }
    }
  }

  private escape(index: number): [string, number] {
    const letter = this.text[index + 1] ?? ''
    const simple = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[letter]
    if (simple !== undefined) return [simple, 2]
    const hex = this.text.slice(index + 2, index + 6)
    if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(hex))
      return [String.fromCharCode(Number.parseInt(hex, 16)), 6]
    throw new Broken(index, `an escape that JSON does not know: \\${letter}`)
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.position] ?? '')) this.position++
  }

  private found(): string {
    const character = this.text.codePointAt(this.position)
    if (character === undefined) return 'the end of the text'
    return JSON.stringify(String.fromCodePoint(character))
  }

  private problem(position: number, message: string): void {
    this.problems.push({ at: this.at(position), message })
  }

  private at(position: number): At {
    let low = 0
    let high = this.lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.lineStarts[middle] ?? 0) <= position) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: position - (this.lineStarts[low] ?? 0) + 1 }
  }
}
