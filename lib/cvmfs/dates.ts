/** Times as servers write them. */

/** `YYYYMMDDhhmmss`, UTC, as milliseconds since 1970; undefined for anything else. */
export function parseStamp(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number)
  return timeOf({ year, month, day, hour, minute, second })
}

/**
 * The output of `date --utc` in whatever language a server speaks, ISO 8601, or seconds since 1970:
 * `Fri Jun 21 17:40:02 UTC 2024`, `Fri 21 Jun 2024 05:40:02 PM UTC`, `ven. 21 juin 2024 17:40:02 UTC`,
 * `2024年 06月 21日 金曜日 17:40:02 UTC`, `2024-06-21T17:40:02Z`, `1718991602`.
 * @returns milliseconds since 1970, or undefined when the text says no single time (another zone than UTC by name
 *   included: a guess would be hours off).
 */
export function parseServerDate(text: string): number | undefined {
  const line = text.trim()
  if (line === '' || line.length > 120) return undefined
  if (/^\d{9,11}$/.test(line)) return Number(line) * 1000
  const iso =
    /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i.exec(
      line
    )
  if (iso !== null) {
    const [year, month, day, hour, minute, second = 0] = iso.slice(1, 7).map((part) => Number(part ?? 0))
    return shifted(timeOf({ year, month, day, hour, minute, second }), iso[7] ?? 'UTC')
  }
  return parseSpelled(line)
}

type Word =
  | { readonly kind: 'year' | 'day' | 'month'; readonly value: number }
  | { readonly kind: 'am' | 'pm' | 'ambiguous' | 'other' }
  | { readonly kind: 'zone'; readonly zone: string }

function parseSpelled(line: string): number | undefined {
  const clock = /(\d{1,2})[:.](\d\d)[:.](\d\d)/.exec(line)
  if (clock === null) return undefined
  const before = wordsIn(line.slice(0, clock.index))
  const after = wordsIn(line.slice(clock.index + clock[0].length))
  const words = [...before, ...after]
  // Before the clock stands a weekday in whatever language; behind it an unknown word can be another time zone or
  // half of the day.
  if (after.some(({ kind }) => kind === 'other') || words.some(({ kind }) => kind === 'ambiguous'))
    return undefined
  const numbers = (wanted: 'year' | 'month' | 'day'): number[] =>
    words.flatMap((word) => (word.kind === wanted ? [word.value] : []))
  const years = numbers('year')
  const months = numbers('month')
  const days = numbers('day')
  if (years.length !== 1 || days.length !== 1 || months.length > 2) return undefined
  let hour = Number(clock[1])
  const half = words.find(({ kind }) => kind === 'am' || kind === 'pm')
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half.kind === 'pm' ? 12 : 0)
  }
  const zone = words.find((word) => word.kind === 'zone')?.zone ?? 'UTC'
  // Where a weekday looks like a month ("mar." is mardi and mars), the weekday stands first.
  const [year, month, day] = [years[0], months.at(-1), days[0]]
  return shifted(timeOf({ year, month, day, hour, minute: Number(clock[2]), second: Number(clock[3]) }), zone)
}

function wordsIn(text: string): Word[] {
  return (
    text
      // "2024. 06. 21." of Korean and Hungarian servers.
      .replace(/^\s*(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\./, '$1年 $2月 $3日 ')
      .replace(/(\d)([年月日년월일])/gu, '$1$2 ')
      .toLowerCase()
      .split(/[\s,]+/u)
      .filter((word) => word !== '')
      .map((word) => wordOf(word.replace(/\.$/, '')))
  )
}

function wordOf(word: string): Word {
  const counted = /^(\d{1,4})([年月日년월일])?$/u.exec(word)
  if (counted?.[1] !== undefined) {
    const isMonth = counted[2] === '月' || counted[2] === '월'
    const kind = isMonth ? 'month' : counted[1].length === 4 ? 'year' : 'day'
    return { kind, value: Number(counted[1]) }
  }
  if (/^(a\.?m|πμ|上午|午前|오전)$/u.test(word)) return { kind: 'am' }
  if (/^(p\.?m|μμ|下午|午後|오후)$/u.test(word)) return { kind: 'pm' }
  if (/^(utc|gmt|z|[+-]\d\d:?\d\d)$/.test(word)) return { kind: 'zone', zone: word }
  const month = monthOf(plainLetters(word))
  if (month === 'ambiguous') return { kind: 'ambiguous' }
  return month === undefined ? { kind: 'other' } : { kind: 'month', value: month }
}

/** Accents off: "févr." and "fevr." are the same month. */
function plainLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '')
}

interface Parts {
  readonly year: number | undefined
  readonly month: number | undefined
  readonly day: number | undefined
  readonly hour: number | undefined
  readonly minute: number | undefined
  readonly second: number | undefined
}

/** A time that exists in the calendar, from 1970 to 9999; a leap second counts as the second before it. */
function timeOf({ year, month, day, hour, minute, second }: Parts): number | undefined {
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (hour === undefined || minute === undefined || second === undefined) return undefined
  if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1) return undefined
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const time = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59))
  return new Date(time).getUTCDate() === day ? time : undefined
}

function shifted(time: number | undefined, zone: string): number | undefined {
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  if (time === undefined || offset === null) return time
  const minutes = Number(offset[2]) * 60 + Number(offset[3])
  return time - (offset[1] === '-' ? -minutes : minutes) * 60_000
}

/** Languages of servers seen or likely; each further one adds months that can collide. */
const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'cs',
  'sv',
  'da',
  'nb',
  'fi',
  'ru',
  'uk',
  'hu',
  'tr',
  'ro',
  'el'
]

/** What glibc's locales shorten in another way than Unicode's. */
const OTHER_FORMS: readonly (readonly [string, number])[] = [
  ['mrz', 3],
  ['mar', 3],
  ['ene', 1],
  ['avr', 4],
  ['jui', 6],
  ['cen', 6],
  ['cec', 7],
  ['sept', 9]
]

const ENGLISH = 'january february march april may june july august september october november december'.split(
  ' '
)

let monthNames: ReadonlyMap<string, ReadonlySet<number>> | undefined

/** Number of a month by its name or by three letters or more of it. */
function monthOf(word: string): number | 'ambiguous' | undefined {
  if (word.length < 3) return undefined
  // Nearly every server speaks English: the names of all other languages are only made for one that does not.
  const english = ENGLISH.findIndex((name) => name === word || name.slice(0, 3) === word)
  if (english >= 0) return english + 1
  monthNames ??= collectMonths()
  const exact = monthNames.get(word)
  const found =
    exact ??
    new Set([...monthNames].filter(([name]) => name.startsWith(word)).flatMap(([, numbers]) => [...numbers]))
  if (found.size > 1) return 'ambiguous'
  return [...found][0]
}

function collectMonths(): ReadonlyMap<string, ReadonlySet<number>> {
  const names = new Map<string, Set<number>>()
  const add = (name: string, month: number): void => {
    const key = plainLetters(name).toLowerCase().replace(/\.$/, '')
    if (key.length >= 3) names.set(key, (names.get(key) ?? new Set()).add(month))
  }
  for (const language of LANGUAGES) {
    for (const style of ['short', 'long'] as const) {
      // With a day the genitive is given, as `date` prints it in Slavic languages; without, the nominative.
      const forms = [new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' })]
      forms.push(new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' }))
      for (const form of forms) {
        for (let month = 1; month <= 12; month++) {
          const part = form.formatToParts(Date.UTC(2024, month - 1, 15)).find(({ type }) => type === 'month')
          if (part !== undefined && /\p{L}/u.test(part.value)) add(part.value, month)
        }
      }
    }
  }
  for (const [name, month] of OTHER_FORMS) names.set(name, new Set([month]))
  return names
}
