/** What a package manager says is installed, from its own database. Pure. */

export interface Package {
  /** As in a package URL: `deb`, `apk`. */
  readonly kind: 'deb' | 'apk'
  readonly name: string
  readonly version: string
  readonly architecture: string
}

/** Where the databases are, and how they are read. */
export const packageDatabases: readonly {
  readonly path: string
  readonly read: (text: string) => readonly Package[]
}[] = [
  { path: '/var/lib/dpkg/status', read: readDpkg },
  { path: '/lib/apk/db/installed', read: readApk }
]

/** https://manpages.debian.org/dpkg-query: stanzas of `Field: value`; only what is installed counts. */
export function readDpkg(text: string): readonly Package[] {
  return stanzas(text, /^([A-Za-z-]+):\s*(.*)$/).flatMap((fields) => {
    const name = fields['Package']
    const version = fields['Version']
    if (name === undefined || version === undefined || !/\binstalled$/.test(fields['Status'] ?? '')) return []
    return [{ kind: 'deb', name, version, architecture: fields['Architecture'] ?? '' }]
  })
}

/** https://wiki.alpinelinux.org/wiki/Apk_spec: one letter for each field. */
export function readApk(text: string): readonly Package[] {
  return stanzas(text, /^([A-Z]):(.*)$/).flatMap((fields) => {
    const { P: name, V: version, A: architecture = '' } = fields
    return name === undefined || version === undefined ? [] : [{ kind: 'apk', name, version, architecture }]
  })
}

function stanzas(text: string, field: RegExp): readonly Readonly<Record<string, string>>[] {
  return text.split(/\n{2,}/).map((stanza) => {
    const fields: Record<string, string> = {}
    for (const line of stanza.split('\n')) {
      const match = field.exec(line)
      if (match?.[1] !== undefined && !(match[1] in fields)) fields[match[1]] = match[2] ?? ''
    }
    return fields
  })
}
