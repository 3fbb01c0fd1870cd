/**
 * The kinds of input, and the one grammar that all actions share: durations `90s` `15m` `2h` `7d`, sizes `500MB`
 * `20GB`, booleans as YAML 1.2 writes them, lists one per line with `#` comments, and entries
 * `value key=… flag` where a quoted "…" may hold spaces.
 */
import { parseEntry, splitLines, type Entry } from './grammar.ts'

/** How one input is read. `T` is what the action gets. */
export interface Field<T> {
  readonly kind: string
  /** As in action.yml. undefined: the input is required. '' : it may be left out. */
  readonly default: string | undefined
  readonly secret: boolean
  /** What is accepted, for people. */
  readonly allowed: string
  /** @throws Refusal with every reason. Gets the trimmed text; never an empty one, unless the default is ''. */
  parse(raw: string): T
  /**
   * Values besides the default that stand in for a text that parse refuses, so that the rules between inputs can be
   * told at once (rules.ts). As different as possible: nothing is said that holds only for one of them.
   */
  readonly others?: (raw: string) => readonly T[]
}

export interface RefusedPart {
  readonly given: string
  readonly allowed: string
  readonly fix?: string
}

/** What a field's parse throws: all that is wrong with the value. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly parts: readonly RefusedPart[]

  constructor(parts: readonly RefusedPart[]) {
    super(parts.map((part) => `${part.given}: ${part.allowed}`).join('; '))
    this.parts = parts
  }
}

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

interface TextOptions {
  readonly default?: string
  readonly pattern?: RegExp
  readonly allowed?: string
  readonly fix?: string
  /** Characters. Default 4,096. */
  readonly maxLength?: number
}

/** One line or block of text. With a default of '' the action gets '' when nothing is given. */
export function text(options: TextOptions = {}): Field<string> {
  const allowed = options.allowed ?? 'text without control characters'
  const maxLength = options.maxLength ?? 4096
  return {
    kind: 'text',
    default: options.default,
    secret: false,
    allowed,
    others: (raw) => [raw],
    parse: (raw) => {
      if (raw === '') return ''
      if (raw.length > maxLength) throw refuse(`${raw.length} characters`, `at most ${maxLength} characters`)
      if (CONTROL.test(raw)) throw refuse(raw, 'text without control characters')
      if (options.pattern !== undefined && !options.pattern.test(raw)) throw refuse(raw, allowed, options.fix)
      return raw
    }
  }
}

/** A secret: masked in everything that is shown, never part of a message. */
export function secret(options: { readonly default?: string } = {}): Field<string> {
  return {
    kind: 'secret',
    default: options.default ?? '',
    secret: true,
    allowed: 'a secret without line breaks',
    others: (raw) => [raw],
    parse: (raw) => {
      if (/[\0\r\n]/.test(raw)) throw refuse('***', 'a secret without line breaks')
      return raw
    }
  }
}

/** A boolean of YAML 1.2's core schema. */
export function flag(byDefault: boolean): Field<boolean> {
  const allowed = 'true or false'
  return {
    kind: 'boolean',
    default: String(byDefault),
    secret: false,
    allowed,
    others: () => [!byDefault],
    parse: (raw) => {
      if (/^(true|True|TRUE)$/.test(raw)) return true
      if (/^(false|False|FALSE)$/.test(raw)) return false
      throw refuse(raw, allowed)
    }
  }
}

/** A whole number within bounds, both included. */
export function integer(options: {
  readonly default: number
  readonly min: number
  readonly max: number
}): Field<number> {
  const allowed = `a whole number from ${options.min} to ${options.max}`
  return {
    kind: 'integer',
    default: String(options.default),
    secret: false,
    allowed,
    others: () => [options.min, options.max],
    parse: (raw) => {
      const value = /^-?\d{1,15}$/.test(raw) ? Number(raw) : Number.NaN
      if (!(value >= options.min && value <= options.max)) throw refuse(raw, allowed)
      return value
    }
  }
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** A span of time; the action gets milliseconds. */
export function duration(byDefault: string): Field<number> {
  const allowed = 'a number with s, m, h or d, such as 90s, 15m, 2h or 7d'
  return {
    kind: 'duration',
    default: byDefault,
    secret: false,
    allowed,
    others: () => [0, Number.MAX_SAFE_INTEGER],
    parse: (raw) => {
      const match = /^(\d{1,9}(?:\.\d{1,3})?)(s|m|h|d)$/.exec(raw)
      if (match === null) throw refuse(raw, allowed)
      return Number(match[1]) * (SECONDS[match[2] ?? ''] ?? Number.NaN) * 1000
    }
  }
}

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40
}

/** A number of bytes; undefined when '' is given or the default. */
export function size(byDefault: string): Field<number | undefined> {
  const allowed = 'a number with B, kB, MB, GB, TB, KiB, MiB, GiB or TiB, such as 20GB'
  return {
    kind: 'size',
    default: byDefault,
    secret: false,
    allowed,
    others: () => [0, Number.MAX_SAFE_INTEGER],
    parse: (raw) => {
      if (raw === '') return undefined
      const match = /^(\d{1,12}(?:\.\d{1,3})?) ?([A-Za-z]{1,3})$/.exec(raw)
      const unit = BYTES[match?.[2] ?? '']
      if (match === null || unit === undefined) throw refuse(raw, allowed)
      return Math.round(Number(match[1]) * unit)
    }
  }
}

/** One of a few words. */
export function choice<const V extends string>(values: readonly V[], byDefault: V): Field<V> {
  const allowed = `one of ${values.join(', ')}`
  return {
    kind: `choice(${values.join(' ')})`,
    default: byDefault,
    secret: false,
    allowed,
    others: () => values,
    parse: (raw) => {
      const found = values.find((value) => value === raw)
      if (found === undefined) throw refuse(raw, allowed)
      return found
    }
  }
}

interface LinesOptions {
  readonly default?: string
  /** Most lines accepted. Default 10,000. */
  readonly max?: number
  readonly allowed?: string
  /** A reason why the line is refused, or undefined. */
  readonly refuse?: (line: string) => string | undefined
}

/** One text per line; empty lines and comments left out. */
export function lines(options: LinesOptions = {}): Field<readonly string[]> {
  const allowed = options.allowed ?? 'one value per line'
  const max = options.max ?? 10_000
  return {
    kind: 'lines',
    default: options.default ?? '',
    secret: false,
    allowed,
    others: (raw) => [splitLines(raw).map((line) => line.text)],
    parse: (raw) => {
      const all = splitLines(raw).map((line) => line.text)
      if (all.length > max) throw refuse(`${all.length} lines`, `at most ${max} lines`)
      const parts = all.flatMap((line) => {
        const reason = CONTROL.test(line) ? 'text without control characters' : options.refuse?.(line)
        return reason === undefined ? [] : [{ given: line, allowed: reason }]
      })
      if (parts.length > 0) throw new Refusal(parts)
      return all
    }
  }
}

export interface EntryOptions {
  readonly default?: string
  /** Attribute names that take a value. */
  readonly keys?: readonly string[]
  /** Attribute names that stand alone. */
  readonly flags?: readonly string[]
  /** What the first word must be, for people. */
  readonly allowed: string
  /** Reasons why the entry is refused. */
  readonly refuse?: (entry: Entry) => readonly string[]
  /** Most entries accepted. Default 1,000. */
  readonly max?: number
}

/** Entries `value key=… flag`, one per line. */
export function entries(options: EntryOptions): Field<readonly Entry[]> {
  const keys = options.keys ?? []
  const flags = options.flags ?? []
  return {
    kind: 'entries',
    default: options.default ?? '',
    secret: false,
    allowed: options.allowed,
    others: (raw) => [splitLines(raw).map((line) => parseEntry(line, keys, flags).entry)],
    parse: (raw) => {
      const all = splitLines(raw)
      const max = options.max ?? 1000
      if (all.length > max) throw refuse(`${all.length} entries`, `at most ${max} entries`)
      const parts: RefusedPart[] = []
      const parsed: Entry[] = []
      for (const line of all) {
        const { entry, problems } = parseEntry(line, keys, flags)
        const reasons = problems.length > 0 ? problems : (options.refuse?.(entry) ?? [])
        for (const reason of reasons) parts.push({ given: line.text, allowed: reason })
        parsed.push(entry)
      }
      if (parts.length > 0) throw new Refusal(parts)
      return parsed
    }
  }
}

/** A count or a share: `3`, `50%`. */
export type CountOrPercent = { readonly count: number } | { readonly percent: number }

/** A number of things, or a percentage of them. */
export function countOrPercent(byDefault: string): Field<CountOrPercent> {
  const allowed = 'a whole number, or a percentage from 0% to 100%'
  return {
    kind: 'count-or-percent',
    default: byDefault,
    secret: false,
    allowed,
    others: () => [{ count: 0 }, { percent: 100 }],
    parse: (raw) => {
      if (/^\d{1,9}$/.test(raw)) return { count: Number(raw) }
      const match = /^(\d{1,3}(?:\.\d+)?)%$/.exec(raw)
      const percent = Number(match?.[1] ?? Number.NaN)
      if (!(percent <= 100)) throw refuse(raw, allowed)
      return { percent }
    }
  }
}

/** How many of `total` that is at the least: a percentage is rounded up. */
export function atLeast(wanted: CountOrPercent, total: number): number {
  return 'count' in wanted ? wanted.count : Math.ceil((wanted.percent / 100) * total)
}

/** Shorthand for a refusal with one part. */
export function refuse(given: string, allowed: string, fix?: string): Refusal {
  return new Refusal([fix === undefined ? { given, allowed } : { given, allowed, fix }])
}
