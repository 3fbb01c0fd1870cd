/** Names in a sentence. Pure. */

/** At most ten names; the rest is counted. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ')
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown
}
