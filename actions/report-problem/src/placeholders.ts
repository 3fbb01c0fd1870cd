/** Names in braces, replaced by what they stand for. Pure. */

const NAME = /\{([a-z][a-z-]*)\}/g

/** The names in a text that are none of those. */
export function unknownNames(text: string, known: readonly string[]): readonly string[] {
  return [...new Set([...text.matchAll(NAME)].map((match) => match[1] ?? ''))]
    .filter((name) => !known.includes(name))
    .map((name) => `{${name}}`)
}

/** Replaces in one pass: what is put in is not looked into again. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(NAME, (whole, name: string) => values[name] ?? whole)
}
