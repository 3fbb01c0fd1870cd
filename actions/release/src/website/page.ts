/** The release history of the web site, in the two forms that it has had. Pure. */
import { parseNotes } from '../notes/parse.ts'
import { editAstro, sectionOfAstro } from './astro.ts'
import { editHugo, sectionOfHugo } from './hugo.ts'

/** The page with the section of this version put in its place, or brought up to date. @throws PageError */
export function editPage(path: string, page: string, version: string, notes: string): string {
  const parsed = parseNotes(notes)
  const eol = page.includes('\r\n') ? '\r\n' : '\n'
  const plain = page.replace(/\r\n/g, '\n')
  const edited = isAstro(path) ? editAstro(plain, version, parsed) : editHugo(plain, version, parsed)
  return eol === '\n' ? edited : edited.replaceAll('\n', eol)
}

/** Text of the section of this version; undefined when the page has none. */
export function sectionOfPage(path: string, page: string, version: string): string | undefined {
  const plain = page.replace(/\r\n/g, '\n')
  const found = isAstro(path) ? sectionOfAstro(plain, version) : sectionOfHugo(plain, version)
  return found === undefined ? undefined : plain.split('\n').slice(found.from, found.to).join('\n').trimEnd()
}

/** Dates of the releases on a page, newest first; older pages write them without hyphens. */
export function releasesOnPage(page: string): string[] {
  const dates = [
    ...page.replace(/\r\n/g, '\n').matchAll(/^#{2,3}\s+(?:Version\s+)?(\d{4})-?(\d{2})-?(\d{2})\b/gim)
  ]
  return [...new Set(dates.map((match) => `${match[1]}-${match[2]}-${match[3]}`))].sort().reverse()
}

export const isAstro = (path: string): boolean => path.endsWith('.mdx')
