/** May this version be released, and with which notes? Pure. */

export interface ReleaseFacts {
  readonly version: string
  /** All tags that begin with v. */
  readonly tags: readonly string[]
  readonly packageVersion: string
  readonly changelog: string
}

/** Every problem, and what CHANGELOG.md says about the version. */
export function judgeRelease(facts: ReleaseFacts): {
  readonly problems: readonly string[]
  readonly notes: string
} {
  const { version, tags, packageVersion, changelog } = facts
  const wanted = read(version)
  if (wanted === undefined) return { problems: [`${version}: a version is v1.2.3`], notes: '' }
  const problems: string[] = []
  if (tags.includes(version)) problems.push(`${version} is a tag already, and a published tag never moves`)
  const newer = tags.filter((tag) => {
    const there = read(tag)
    return there !== undefined && compare(there, wanted) > 0
  })
  if (newer.length > 0) problems.push(`${newer.join(', ')} is newer than ${version}`)
  if (`v${packageVersion}` !== version) problems.push(`package.json says ${packageVersion}`)
  const notes = sectionOf(changelog, version.slice(1))
  if (notes === undefined) problems.push(`CHANGELOG.md has no section for ${version.slice(1)}`)
  else if (notes === '') problems.push(`CHANGELOG.md says nothing about ${version.slice(1)}`)
  return { problems, notes: notes === undefined ? '' : `${notes}\n` }
}

/** The text below `## 1.2.3`, `## [1.2.3] - 2026-11-23` and the like; undefined when there is no such heading. */
export function sectionOf(changelog: string, version: string): string | undefined {
  const lines = changelog.split('\n')
  const isHeading = (line: string): boolean => line.startsWith('## ')
  const start = lines.findIndex(
    (line) =>
      isHeading(line) &&
      line
        .slice(3)
        .replace(/^\[/, '')
        .split(/[\]\s]/, 1)[0] === version
  )
  if (start === -1) return undefined
  const length = lines.slice(start + 1).findIndex(isHeading)
  return lines
    .slice(start + 1, length === -1 ? undefined : start + 1 + length)
    .join('\n')
    .trim()
}

type Version = readonly [number, number, number]

function read(version: string): Version | undefined {
  const match = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(version)
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])]
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
