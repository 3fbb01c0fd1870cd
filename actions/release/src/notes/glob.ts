/** Patterns with `*`, nothing else: a pattern from a file can neither hang nor surprise. */

/**
 * `path`: `*` stays within a folder, `**` crosses them. `text`: `*` is anything. Without case.
 */
export function globToTest(pattern: string, kind: 'path' | 'text'): (value: string) => boolean {
  const parts = pattern.split(/(\*\*\/|\*\*|\*)/)
  const source = parts.map((part) => {
    if (part === '**/') return kind === 'path' ? '(?:[^/]+/)*' : '.*'
    if (part === '**') return '.*'
    if (part === '*') return kind === 'path' ? '[^/]*' : '.*'
    return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  })
  const expression = new RegExp(`^${source.join('')}$`, 'isu')
  return (value) => expression.test(value)
}
