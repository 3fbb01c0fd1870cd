/**
 * What apt is told about where packages come from: the machine's own archive, and other suites of Debian for the
 * few packages that are asked for from there. Pure: texts in, texts out.
 */

/** One archive in one-line style (man sources.list). */
export interface Archive {
  readonly uri: string
  readonly suite: string
  readonly components: readonly string[]
  readonly options: readonly string[]
}

export const DEBIAN_MIRROR = 'http://deb.debian.org/debian'

/**
 * The archives of the distribution itself among the machine's sources. Other vendors' are left out: one of them
 * being unreachable must not keep us from installing, and none of our packages comes from there.
 * @param files texts of sources.list and sources.list.d, `style` by the file's ending
 */
export function ownArchives(
  files: readonly { readonly style: 'list' | 'sources'; readonly text: string }[],
  os: { readonly id: string; readonly codename: string }
): Archive[] {
  const all = files.flatMap(({ style, text }) => (style === 'list' ? parseList(text) : parseDeb822(text)))
  const suites = ['', '-updates', '-security', '/updates'].map((ending) => os.codename + ending)
  const known = os.id === 'ubuntu' ? ['main', 'universe'] : ['main']
  const archives = all.filter(
    ({ suite, components }) => suites.includes(suite) && components.some((name) => known.includes(name))
  )
  if (os.id === 'debian' && !archives.some(({ suite }) => suite === os.codename)) {
    archives.push({ uri: DEBIAN_MIRROR, suite: os.codename, components: ['main'], options: [] })
  }
  return archives
}

/** The mirror from which this machine takes Debian. */
export function debianMirror(archives: readonly Archive[]): string {
  return archives.find(({ uri }) => /\/debian\/?$/.test(uri))?.uri ?? DEBIAN_MIRROR
}

/** A line for sources.list. */
export function archiveLine({ uri, suite, components, options }: Archive): string {
  const bracket = options.length > 0 ? ` [${options.join(' ')}]` : ''
  return `deb${bracket} ${uri} ${suite} ${components.join(' ')}`
}

/** Other suites are below every version of the own one, and only used for what is asked for by `name/suite`. */
export function pins(suites: readonly string[]): string {
  return suites
    .map((suite, index) => `Package: *\nPin: release n=${suite}\nPin-Priority: ${60 - index * 10}\n`)
    .join('\n')
}

function parseList(text: string): Archive[] {
  return text.split('\n').flatMap((raw) => {
    const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(raw.trim())
    if (match?.[2] === undefined || match[3] === undefined) return []
    const words = (part: string | undefined) => (part ?? '').split(/\s+/).filter((word) => word !== '')
    return [{ uri: match[2], suite: match[3], components: words(match[4]), options: words(match[1]) }]
  })
}

/** Stanzas of `Field: value`, continued by indented lines (man sources.list, DEB822-STYLE FORMAT). */
function parseDeb822(text: string): Archive[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map<string, string>()
    let last = ''
    for (const line of stanza.split('\n')) {
      if (line.startsWith('#')) continue
      const match = /^([\w-]+):\s*(.*)$/.exec(line)
      if (match?.[1] !== undefined) {
        last = match[1].toLowerCase()
        fields.set(last, match[2] ?? '')
      } else if (/^\s/.test(line) && last !== '') {
        fields.set(last, `${fields.get(last) ?? ''}\n${line.trim()}`)
      }
    }
    const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter((word) => word !== '')
    if (!words('types').includes('deb') || /^(no|false|0)$/i.test(fields.get('enabled') ?? '')) return []
    const key = fields.get('signed-by') ?? ''
    // A key written into the stanza itself cannot stand in a line; the machine's trusted keys have to do.
    const options = key.startsWith('/') ? [`signed-by=${key.trim()}`] : []
    return words('uris').flatMap((uri) =>
      words('suites').map((suite) => ({ uri, suite, components: words('components'), options }))
    )
  })
}
