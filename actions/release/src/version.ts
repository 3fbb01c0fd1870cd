/** Versions of NeuroDesk are dates: `2025-06-10`. Pure. */

export function isVersion(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** The newest of them that is a version. */
export function newestVersion(names: Iterable<string>): string | undefined {
  return [...names].filter(isVersion).sort().at(-1)
}

/** True when `version` comes after `other`; undefined when `other` is no date (a commit, an old kind of tag). */
export function isNewer(version: string, other: string): boolean | undefined {
  const plain = (text: string): string => text.replaceAll('-', '')
  return /^\d{4}-?\d{2}-?\d{2}$/.test(other) ? plain(version) > plain(other) : undefined
}
