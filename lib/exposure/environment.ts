/**
 * The environment that an image sets, read from its own scripts without running them. Apptainer writes the image's
 * configuration as `export NAME="${NAME:-"value"}"` into /.singularity.d/env/10-docker2singularity.sh, and a recipe's
 * %environment into 90-environment.sh. Assignments are evaluated as a POSIX shell would; what only a shell could
 * know (a command's output, an if) is left alone and reported.
 */
import { readFile, type ImageTree } from './image/tree.ts'

export interface ImageEnvironment {
  readonly variables: ReadonlyMap<string, string>
  /** Lines that set something and could not be evaluated, as `file: line`. */
  readonly unread: readonly string[]
}

const FOLDER = '/.singularity.d/env'
/** 01, 95 and 99 are the runtime's own: they hold logic, and nothing of the image. */
const SCRIPTS = /^(?:10|90)-.*\.sh$/
const MAX_SCRIPT_BYTES = 4 * 2 ** 20
/** What both runtimes give when the image says nothing. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Reads it. A missing folder is no error: then the image sets nothing. */
export async function readEnvironment(tree: ImageTree): Promise<ImageEnvironment> {
  const variables = new Map<string, string>([['PATH', DEFAULT_PATH]])
  const unread: string[] = []
  const names =
    (await tree.list(FOLDER))?.map((entry) => entry.name).filter((name) => SCRIPTS.test(name)) ?? []
  for (const name of names.sort()) {
    const text = (await readFile(tree, `${FOLDER}/${name}`, MAX_SCRIPT_BYTES))?.toString('utf8') ?? ''
    for (const statement of statementsOf(text)) {
      if (!evaluate(statement, variables) && statement.includes('='))
        unread.push(`${name}: ${statement.split('\n')[0] ?? ''}`)
    }
  }
  return { variables, unread }
}

/** Cuts a script at the line ends that stand outside of quotes; comments and empty lines left out. */
function statementsOf(script: string): readonly string[] {
  const statements: string[] = []
  let current = ''
  for (const line of script.split('\n')) {
    current = current === '' ? line : `${current}\n${line}`
    if (current.trim() === '' || /^\s*#/.test(current)) current = ''
    else if (isClosed(current)) {
      statements.push(current.trim())
      current = ''
    }
  }
  return current === '' ? statements : [...statements, current.trim()]
}

function isClosed(text: string): boolean {
  try {
    return new Word(text.trimStart(), new Map()).skip()
  } catch (error) {
    if (error instanceof Unreadable) return error.message !== 'open'
    throw error
  }
}

/** Carries out `[export] NAME=word`; false when it is something else. */
function evaluate(statement: string, variables: Map<string, string>): boolean {
  const match = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=/.exec(statement)
  if (match === null) return false
  try {
    const value = new Word(statement.slice(match[0].length), variables).value()
    variables.set(match[1] ?? '', value)
    return true
  } catch (error) {
    if (error instanceof Unreadable) return false
    throw error
  }
}

class Unreadable extends Error {}

/** One word of the shell's language: quotes, backslashes, $NAME and ${NAME[:]-word}. */
class Word {
  readonly #text: string
  readonly #variables: ReadonlyMap<string, string>
  #at = 0

  constructor(text: string, variables: ReadonlyMap<string, string>) {
    this.#text = text
    this.#variables = variables
  }

  /** @throws Unreadable for what follows the word, and for what only a shell can do. */
  value(): string {
    const value = this.#unquoted(/[\s;&|<>()]/)
    if (!/^[\s;]*(?:#.*)?$/.test(this.#text.slice(this.#at))) throw new Unreadable('more than one word')
    return value
  }

  /** True when all quotes and braces of the text are closed. */
  skip(): boolean {
    while (this.#at < this.#text.length) {
      this.#unquoted(/[\s;&|<>()]/)
      this.#at++
    }
    return true
  }

  #unquoted(end: RegExp): string {
    let value = ''
    for (;;) {
      const character = this.#text[this.#at]
      if (character === undefined || end.test(character)) return value
      if (character === "'") value += this.#single()
      else if (character === '"') value += this.#double()
      else if (character === '\\') value += this.#escaped()
      else if (character === '$') value += this.#dollar()
      else if (character === '`') throw new Unreadable('a command')
      else {
        value += character
        this.#at++
      }
    }
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at + 1)
    if (end === -1) throw new Unreadable('open')
    const value = this.#text.slice(this.#at + 1, end)
    this.#at = end + 1
    return value
  }

  #double(): string {
    this.#at++
    let value = ''
    for (;;) {
      const character = this.#text[this.#at]
      if (character === undefined) throw new Unreadable('open')
      if (character === '"') {
        this.#at++
        return value
      }
      if (character === '`') throw new Unreadable('a command')
      if (character === '$') value += this.#dollar()
      else if (character === '\\' && /[$`"\\\n]/.test(this.#text[this.#at + 1] ?? ''))
        value += this.#escaped()
      else {
        value += character
        this.#at++
      }
    }
  }

  #escaped(): string {
    const next = this.#text[this.#at + 1]
    if (next === undefined) throw new Unreadable('open')
    this.#at += 2
    return next === '\n' ? '' : next
  }

  #dollar(): string {
    const rest = this.#text.slice(this.#at)
    const plain = /^\$([A-Za-z_][A-Za-z0-9_]*)/.exec(rest)
    if (plain !== null) {
      this.#at += plain[0].length
      return this.#variables.get(plain[1] ?? '') ?? ''
    }
    const braced = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+])?/.exec(rest)
    if (braced === null) {
      if (/^\$[({]/.test(rest)) throw new Unreadable('a command or an expansion')
      this.#at++
      return '$'
    }
    this.#at += braced[0].length
    const operator = braced[2] ?? ''
    const word = operator === '' ? '' : this.#unquoted(/\}/)
    if (this.#text[this.#at] !== '}')
      throw new Unreadable(this.#text[this.#at] === undefined ? 'open' : 'an expansion')
    this.#at++
    const value = this.#variables.get(braced[1] ?? '')
    const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined
    if (operator.endsWith('+')) return isSet ? word : ''
    return isSet ? (value ?? '') : word
  }
}
