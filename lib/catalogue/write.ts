/**
 * log.txt and applist.json, byte for byte as NeuroDesk's generators write them: write_log.py with the three sed
 * commands after it, and json_gen.py. Stratum 0 and the web site read these files, and a diff that is not about
 * containers would hide the ones that are.
 */
import type { Container } from './collection.ts'

/** `NAME_VERSION_BUILDDATE categories:(CATEGORY,)*`, one line a container, in the order of the catalogue. */
export function writeLog(containers: readonly Container[]): string {
  return (
    containers
      .map(
        ({ id, categories }) => `${id} categories:${categories.map((category) => `${category},`).join('')}`
      )
      // sed strips the edges, so a last category ends with its comma and an empty list with the colon.
      .map((line) => `${line.trim()}\n`)
      .join('')
  )
}

/** json.dump(sort_keys, indent=4, ensure_ascii), no line break at the end. */
export function writeAppList(containers: readonly Container[]): string {
  const list = containers
    .filter(({ hidden }) => !hidden)
    .map(({ id, categories }) => ({
      application: id,
      // The generator splits at white space and joins with one space, and splits an empty text into [""].
      categories:
        categories.length === 0 ? [''] : categories.map((category) => category.split(/\s+/).join(' '))
    }))
  return ascii(JSON.stringify({ list }, undefined, 4))
}

/** Names in a log.txt, in its order; empty lines pass. Throws with the line's number for what is no such line. */
export function readLog(text: string, file: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim()
    if (trimmed === '') return []
    const match = /^([^\s]+_[^\s_]+)(?:\s+categories:.*)?$/.exec(trimmed)
    if (match?.[1] === undefined) {
      throw new Error(`${file}, line ${index + 1}: expected "NAME_VERSION_BUILDDATE categories:…"`)
    }
    return [match[1]]
  })
}

function ascii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => {
    // Python leaves DEL alone.
    return unit === '\u007f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
