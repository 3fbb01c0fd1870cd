/** What this Node can do with the proxies that an environment names. */

/** Agents of Node speak to proxies since 24.5; before, they go past them without a word. */
export function knowsProxies(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 5)
}

/** One sentence when the environment names a proxy and this Node would go past it; undefined when all is well. */
export function proxyProblem(
  env: Readonly<Record<string, string | undefined>>,
  version: string = process.versions.node
): string | undefined {
  const named = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find(
    (name) => (env[name] ?? '') !== ''
  )
  const exempt = env['NO_PROXY'] ?? env['no_proxy']
  if (named === undefined || exempt === '*' || knowsProxies(version)) return undefined
  return `${named} is set, but Node ${version} goes past proxies: requests take the direct way. Node 24.5 and newer use it; update the runner, which brings its own Node.`
}
