/**
 * What an issue carries in comments that nobody sees: whose it is, what it is about, and what was said last. The text
 * of people below the end mark is kept. Pure.
 */
import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** One subject of an issue, as it was when the issue was written last. */
export interface Member {
  readonly subject: string
  /** Actions that complained, or `job`. */
  readonly sources: readonly string[]
  /** Digest of the kinds of complaints: a message has numbers in it that change with every run. */
  readonly print: string
}

export interface State {
  /** The run that wrote it: an older one that ends later must not undo it. */
  readonly run: number
  readonly attempt: number
  /** ISO 8601: when the trouble began. */
  readonly since: string
  /** Runs in which it was seen. */
  readonly seen: number
  /** All is well, and the issue was told so. */
  readonly recovered: boolean
  readonly members: readonly Member[]
  /** Subjects for which there was no room in `members`. */
  readonly more: number
}

/** Subject of the one issue for many. */
export const FLEET = '*'

const END = '<!-- neurodesk-ci-end -->'
const STATE = /^<!-- neurodesk-ci-state: ([A-Za-z0-9_-]{1,60000}) -->$/m
/** Characters of the 65,536 that an issue has. */
const MOST_STATE = 30_000
/** What a state may grow to when it is unpacked. */
const MOST_STATE_BYTES = 1_000_000

/** First line of the body: found by it, never by the title. */
export function markerOf(key: string, subject: string): string {
  return `<!-- neurodesk-ci-problem: key=${digest(key)} subject=${digest(subject)} -->`
}

/** The marker of an issue, if it has one. */
export function readMarker(body: string): { readonly key: string; readonly subject: string } | undefined {
  const line = /^<!-- neurodesk-ci-problem: key=([0-9a-f]{20}) subject=([0-9a-f]{20}) -->\r?(\n|$)/.exec(body)
  return line?.[1] === undefined || line[2] === undefined ? undefined : { key: line[1], subject: line[2] }
}

/** Short name of a text from outside: it can be put anywhere. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20)
}

/** The state with as many members as fit beside the text, whatever their names are made of. */
export function fitting(state: State): State {
  const { members, more } = state
  if (members.length <= 1 || writeState(state).length <= MOST_STATE) return state
  const kept = members.slice(0, Math.floor(members.length / 2))
  return fitting({ ...state, members: kept, more: more + members.length - kept.length })
}

export function writeState(state: State): string {
  const packed = deflateRawSync(Buffer.from(JSON.stringify(state))).toString('base64url')
  return `<!-- neurodesk-ci-state: ${packed} -->`
}

/** undefined when somebody took it out or broke it: then the issue is written anew. */
export function readState(body: string): State | undefined {
  const packed = STATE.exec(body)?.[1]
  if (packed === undefined) return undefined
  try {
    const bytes = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: MOST_STATE_BYTES })
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return isState(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The body of an issue: ours, and below it what people wrote there. */
export function assemble(marker: string, state: State, text: string, old = ''): string {
  const at = old.indexOf(END)
  const theirs = at === -1 ? '' : old.slice(at + END.length)
  return `${marker}\n${writeState(state)}\n${text.trimEnd()}\n\n${END}${theirs}`
}

function isState(value: unknown): value is State {
  if (typeof value !== 'object' || value === null) return false
  const one = value as Partial<Record<keyof State, unknown>>
  return (
    [one.run, one.attempt, one.seen, one.more].every((number) => Number.isSafeInteger(number)) &&
    typeof one.since === 'string' &&
    !Number.isNaN(Date.parse(one.since)) &&
    typeof one.recovered === 'boolean' &&
    Array.isArray(one.members) &&
    one.members.every(isMember)
  )
}

function isMember(value: unknown): value is Member {
  if (typeof value !== 'object' || value === null) return false
  const one = value as Partial<Record<keyof Member, unknown>>
  const isTexts = (list: unknown): boolean =>
    Array.isArray(list) && list.every((item) => typeof item === 'string')
  return typeof one.subject === 'string' && isTexts(one.sources) && typeof one.print === 'string'
}
