/** Which servers users are given: client configuration, and the lists of servers in shell scripts. */

/**
 * Addresses of servers in a file: `CVMFS_SERVER_URL="http://a/cvmfs/@fqrn@;http://b/cvmfs/@fqrn@"`, bare
 * `http://host[:port]` lines, and the same inside of shell lists. Comments are passed over, and so is every address
 * that leads to something else than this repository.
 * @returns base addresses in the form `http://host[:port]/cvmfs/<fqrn>`, each once, in the order of the file.
 */
export function serversInConfig(text: string, fqrn: string): string[] {
  const found = new Set<string>()
  for (const line of text.split(/\r?\n/)) {
    const code = line.replace(/(^|\s)#.*$/, '')
    // A setting of the client is read for what it says; elsewhere only what looks like a server counts.
    const setting = /\bCVMFS_SERVER_URL=\s*(?:"([^"]*)"|'([^']*)'|(\S*))/.exec(code)
    const given = setting === null ? undefined : (setting[1] ?? setting[2] ?? setting[3] ?? '')
    for (const candidate of candidatesIn(given ?? code)) {
      const base = serverBase(candidate, fqrn)
      if (base !== undefined) found.add(base)
    }
  }
  return [...found]
}

function candidatesIn(text: string): string[] {
  return text.match(/https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[^\s"';,|()<>`]*)?/g) ?? []
}

/**
 * The repository's base on a server that a person or a file names: a host, host:port, or URL. `@fqrn@`, `@org@` and
 * `$fqrn` stand for the repository's name and its first part.
 * @returns the base without a slash at its end, or undefined when this is no server of the repository.
 */
export function serverBase(given: string, fqrn: string): string | undefined {
  const text = /^https?:\/\//i.test(given) ? given : `http://${given}`
  if (text.length > 500 || /[\s\\]/.test(text)) return undefined
  const named = text
    .replaceAll('@fqrn@', fqrn)
    .replaceAll('@org@', fqrn.split('.')[0] ?? '')
    .replace(/\$\{?fqrn\}?/gi, fqrn)
  if (!URL.canParse(named)) return undefined
  const url = new URL(named)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined
  const path = url.pathname.replace(/\/+$/, '')
  if (path === '' || path === '/cvmfs') return `${url.origin}/cvmfs/${fqrn}`
  return path.endsWith(`/${fqrn}`) && !/[@$%]/.test(path) ? `${url.origin}${path}` : undefined
}
