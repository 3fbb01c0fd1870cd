/** Wrappers that are written alike behave alike: one of each kind stands for the others. Pure. */

/** Names by which a wrapper's text may mention its own command, taken out. */
function templateOf(text: string, command: string, program: string): string {
  // A path with strange letters stands in quotes, and is no other kind of wrapper for that.
  const unquoted = text.replaceAll(`'${program}'`, '\0program')
  return withoutWord(withoutWord(unquoted, program, '\0program'), command, '\0command')
}

/** Only as a whole word: a command called `a` must not take every "a" of the text. */
function withoutWord(text: string, word: string, stand: string): string {
  const literal = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.replaceAll(new RegExp(`(?<![\\w.+-])${literal}(?![\\w.+-])`, 'g'), stand)
}

/** More kinds than this are no kinds; the rest is called, but not asked every question. */
const MOST = 5

/**
 * One command of every template, the first by its name.
 * @param wrappers text of each wrapper, and what it asks the runtime for
 */
export function representatives(
  wrappers: readonly { readonly command: string; readonly text: string; readonly program: string }[]
): readonly string[] {
  const first = new Map<string, string>()
  for (const { command, text, program } of [...wrappers].sort((a, b) => (a.command < b.command ? -1 : 1))) {
    const template = templateOf(text, command, program)
    if (!first.has(template)) first.set(template, command)
  }
  return [...first.values()].slice(0, MOST)
}
