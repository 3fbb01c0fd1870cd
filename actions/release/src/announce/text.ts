/** The announcement: a template with `{version}`, `{url}` and `{highlights}`. Pure. */
import { parseNotes } from '../notes/parse.ts'
import { countPost, type PostLimits } from './count.ts'

export const VISIBILITIES = ['public', 'unlisted', 'private', 'direct'] as const
export type Visibility = (typeof VISIBILITIES)[number]

export interface Template {
  readonly visibility: Visibility
  /** ISO 639-1. */
  readonly language: string
  readonly text: string
}

export const DEFAULT_TEMPLATE = 'Neurodesktop {version} is out.\n\n{highlights}\n\n{url}'

/** A template may begin with lines between `---`: `visibility: unlisted`, `language: de`. */
export function readTemplate(given: string): { readonly template: Template } | { readonly problem: string } {
  const text = (given.trim() === '' ? DEFAULT_TEMPLATE : given).replace(/\r\n?/g, '\n').trim()
  const front = /^---\n([\s\S]*?)\n---\n?([\s\S]*)$/.exec(text)
  const settings: Record<string, string> = { visibility: 'public', language: 'en' }
  for (const line of (front?.[1] ?? '').split('\n').filter((one) => one.trim() !== '')) {
    const match = /^(visibility|language):\s*(\S+)\s*$/.exec(line)
    if (match?.[1] === undefined || match[2] === undefined)
      return {
        problem: `\`visibility:\` and \`language:\` between the lines ---, instead of ${JSON.stringify(line)}`
      }
    settings[match[1]] = match[2]
  }
  const visibility = VISIBILITIES.find((one) => one === settings['visibility'])
  const language = settings['language'] ?? ''
  if (visibility === undefined) return { problem: `a visibility of ${VISIBILITIES.join(', ')}` }
  if (!/^[a-z]{2,3}$/.test(language)) return { problem: 'a language of two or three letters' }
  const body = (front?.[2] ?? text).trim()
  const unknown = [...body.matchAll(/\{([a-z-]+)\}/g)]
    .map((match) => match[1])
    .filter((name) => !['version', 'url', 'highlights'].includes(name ?? ''))
  if (unknown.length > 0)
    return { problem: `placeholders {version}, {url} and {highlights}, instead of {${unknown.join('}, {')}}` }
  if (!body.includes('{version}'))
    return { problem: 'a text with {version}: two releases must not read the same' }
  return { template: { visibility, language, text: body } }
}

/** As many highlights as fit, whole ones; undefined when it is too long without any. */
export function renderAnnouncement(
  template: Template,
  facts: { readonly version: string; readonly url: string; readonly notes: string },
  limits: PostLimits
): string | undefined {
  const highlights = highlightsOf(facts.notes)
  for (let count = highlights.length; count >= 0; count--) {
    const text = template.text
      .replaceAll('{version}', () => facts.version)
      .replaceAll('{url}', () => facts.url)
      .replaceAll('{highlights}', () => highlights.slice(0, count).join('\n'))
      .replace(/\n{3,}/g, '\n\n')
      .trim()
    if (countPost(text, limits) <= limits.characters) return text
  }
  return undefined
}

/** What people like to hear first: features, then improvements, then repairs; as plain text. */
function highlightsOf(notes: string): string[] {
  const { parts } = parseNotes(notes)
  const order = ['New Features', 'Improvements', 'Bug Fixes']
  return order
    .flatMap((title) => parts.filter((part) => part.title === title).flatMap((part) => part.items))
    .map((item) => `• ${plain(item)}`)
}

/** Markdown without its marks; a mention of somebody on GitHub is nobody on Mastodon. */
function plain(markdown: string): string {
  return markdown
    .split('\n', 1)
    .join('')
    .replace(/\s*\(\[#\d+\]\([^)]*\)(?: by [^)]*)?\)/g, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(\*\*|__|`+)/g, '')
    .replace(/\\([\\`*_[\]|~!#+\-.)])/g, '$1')
    .replace(/&#(\d{2,4});/g, (_, number: string) => String.fromCharCode(Number(number)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200b', '')
    .replace(/@(?=\w)/g, '')
    .trim()
}
