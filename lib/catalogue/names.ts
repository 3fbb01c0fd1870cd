/**
 * Names of containers: NAME_VERSION_BUILDDATE. Always read from the right, because since 2026 a NAME may hold
 * underscores and hyphens (neurodesktop-lite_arm64_20260428_20260813). A name ends up in paths, URLs, shell
 * scripts and in file names on CVMFS, so what is not plain is refused here, once.
 */

export type Architecture = 'amd64' | 'arm64'

export interface ContainerName {
  /** `NAME_VERSION_BUILDDATE`, the key of log.txt. */
  readonly id: string
  /** What stands before the build date: the repository of the docker image and of the object. */
  readonly image: string
  readonly name: string
  readonly version: string
  readonly buildDate: string
  readonly architecture: Architecture
}

/** Longest id: with `.simg` and the suffix of a temp file it must fit the 255 bytes of a file name. */
export const MAX_NAME_LENGTH = 200

/** Build dates that are no dates and have been in the catalogue for years; new ones are refused. */
export const GRANDFATHERED: readonly string[] = ['mrtrix3src_latest_latest']

const ARCHITECTURES: ReadonlyMap<string, Architecture> = new Map([
  ['arm64', 'arm64'],
  ['aarch64', 'arm64'],
  ['amd64', 'amd64']
])

/** Takes `NAME_VERSION_BUILDDATE` apart; undefined when there are not at least three parts. */
export function parseContainerName(id: string): ContainerName | undefined {
  const [image, buildDate] = cutRight(id)
  if (image === '' || buildDate === '') return undefined
  const [before, last] = cutRight(image)
  if (before === '' || last === '') return undefined
  // amico_2.1.0_arm64: the architecture behind the version is a suffix of the image, not a version.
  const suffix = ARCHITECTURES.get(last)
  const [name, version] = suffix === undefined ? [before, last] : cutRight(before)
  if (name === '' || version === '') return undefined
  const [, nameSuffix] = cutRight(name)
  return {
    id,
    image,
    name,
    version,
    buildDate,
    architecture: suffix ?? ARCHITECTURES.get(nameSuffix) ?? 'amd64'
  }
}

/** `latest` stands for a build date in names of years ago. */
export function isBuildDate(text: string): boolean {
  return isDate(text) || text === 'latest'
}

/** True for `NAME_VERSION_BUILDDATE`, plain and with a build date that is one: a container's object can be called so. */
export function isContainerName(text: string): boolean {
  const parsed = unsafeBecause(text) === undefined ? parseContainerName(text) : undefined
  return parsed !== undefined && isBuildDate(parsed.buildDate)
}

/** Why a text must not become part of a path, a URL or a command; undefined when it is plain. */
export function unsafeBecause(text: string): string | undefined {
  if (text === '') return 'it is empty'
  if (text.length > MAX_NAME_LENGTH)
    return `it has ${text.length} characters, at most ${MAX_NAME_LENGTH} are allowed`
  const strange = /[^A-Za-z0-9._-]/u.exec(text)
  if (strange !== null) {
    const code = strange[0].codePointAt(0) ?? 0
    const printable = code > 0x20 && code < 0x7f
    const shown = printable
      ? `"${strange[0]}"`
      : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    return `it has ${shown}; only letters, digits, ".", "_" and "-" are safe in a path, a URL and a shell`
  }
  if (!/^[A-Za-z0-9]/.test(text)) return `it begins with "${text[0] ?? ''}"`
  if (text.includes('..')) return 'it has ".."'
  return undefined
}

/** Why a text cannot be the name of a repository in a registry (OCI distribution, `name`), or undefined. */
export function notAnImageBecause(image: string): string | undefined {
  if (/[A-Z]/.test(image)) return 'a registry knows no upper-case names'
  if (!/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(image)) {
    return 'a registry wants letters and digits, parted by single ".", "_", "__" or "-"'
  }
  return undefined
}

/** True for YYYYMMDD that is a day of the calendar. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function cutRight(text: string): [string, string] {
  const index = text.lastIndexOf('_')
  return index === -1 ? ['', text] : [text.slice(0, index), text.slice(index + 1)]
}
