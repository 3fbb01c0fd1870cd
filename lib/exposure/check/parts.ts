/** The output of a test's script, cut into named parts. Pure. */

const MARK = '==part== '

/** A shell function that begins a part: `part NAME`. What follows is words, each ended by NUL. */
export const PART_FUNCTION = `part() { printf '\\0${MARK}%s\\0' "$1"; }`

/** Words of every part, empty ones at its end left out. */
export function partsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, string[]>()
  let current: string[] | undefined
  for (const word of text.split('\0')) {
    if (word.startsWith(MARK)) {
      current = []
      parts.set(word.slice(MARK.length), current)
    } else current?.push(word)
  }
  for (const words of parts.values()) {
    while (words.at(-1) === '') words.pop()
  }
  return parts
}
