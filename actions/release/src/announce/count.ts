/** How long a post is by Mastodon's rules (app/validators/status_length_validator.rb, app/models/status.rb). Pure. */

export interface PostLimits {
  readonly characters: number
  /** What any address counts, however long it is. */
  readonly perUrl: number
}

/** What an instance has that says nothing else. */
export const DEFAULT_LIMITS: PostLimits = { characters: 500, perUrl: 23 }

const URL_IN_TEXT = /https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/giu
/** `@name@instance`: only the name counts. */
const REMOTE_MENTION = /(?<![\w/])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?/giu

/** Characters as people see them (grapheme clusters), an address as `perUrl`, a remote mention without its instance. */
export function countPost(text: string, limits: PostLimits = DEFAULT_LIMITS): number {
  const shortened = text.replace(URL_IN_TEXT, 'x'.repeat(limits.perUrl)).replace(REMOTE_MENTION, '@$1')
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(shortened)].length
}
