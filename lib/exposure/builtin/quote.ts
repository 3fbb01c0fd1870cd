/** Texts of an image as words of another language. Pure. */

/** A word for a POSIX shell: nothing in it is replaced. A text with NUL cannot be one. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** A string for Lua 5.1 and newer; bytes that are no printable ASCII stay when they are UTF-8. */
export function luaString(text: string): string {
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    // Three digits always, so that a digit which follows is not taken in.

    .replaceAll(/[\0-\x1f\x7f]/g, (character) => `\\${String(character.charCodeAt(0)).padStart(3, '0')}`)
  return `"${body}"`
}

/** A long string for Lua, with brackets that do not occur in the text: a README may hold `]]` and `]===]`. */
export function luaLongString(text: string): string {
  // Lua turns \r\n into \n within long brackets: then only the short form keeps the text.

  if (/[\0\r]/.test(text)) return luaString(text)
  let level = 0
  while (text.includes(`]${'='.repeat(level)}]`) || text.endsWith(`]${'='.repeat(level)}`)) level++
  // The first line end is not part of a long string.
  return `[${'='.repeat(level)}[\n${text}]${'='.repeat(level)}]`
}
