/** Text from outside inside of a bullet. */
import { escape } from '../../../../lib/markdown/index.ts'

/**
 * A line of a commit as it reads: no mention, no link to a number of another repository, no HTML, no shortcode, no
 * MDX expression, and no start of a list, heading or quote of its own.
 */
export function noteText(text: string): string {
  return escape(text.slice(0, 500))
    .replaceAll('{', '&#123;')
    .replaceAll('}', '&#125;')
    .replace(
      /^(\s*)([-+#]|\d+[.)](?=\s|$))/,
      (_, blank: string, start: string) => `${blank}${start.slice(0, -1)}\\${start.slice(-1)}`
    )
}
