/**
 * What a store is: a place in an object store as rclone names it (`nectar:neurodesk`), a folder (`:local:/srv`),
 * or a public address alone, which can be looked at and not written to.
 */

export interface Store {
  /** For people and reports. */
  readonly name: string
  /** rclone's remote and path; undefined for a store that is only looked at by its address. */
  readonly remote: string | undefined
  /** Put before every key, without slashes at its ends; '' for none. */
  readonly prefix: string
  /** Where everybody reads it, without a slash at the end. */
  readonly publicUrl: string | undefined
  readonly required: boolean
}

export interface StoredObject {
  /** Relative to the store, prefix left out. */
  readonly key: string
  readonly bytes: number
  /** Milliseconds since 1970, as the store keeps it; undefined when it was not asked for. */
  readonly modified?: number
  /** Lower-case hex; undefined when the store does not tell it (large objects in segments). */
  readonly md5?: string
  /** What was written with it, lower-case hex; undefined when nobody did, and where it is only shown to the public. */
  readonly sha256?: string
}

/** Reads what stands in the input `stores`. Says every reason why it is refused. */
export function parseStore(
  value: string,
  attributes: Readonly<Record<string, string>>,
  flags: ReadonlySet<string>
): { store: Store; problems: readonly string[] } {
  const problems: string[] = []
  const prefix = (attributes['prefix'] ?? '').replace(/^\/+|\/+$/g, '')
  if (!isPlainPath(prefix)) problems.push('a prefix without ".." and control characters')
  const isUrl = /^https?:\/\//i.test(value)
  const remote = isUrl ? undefined : trimSlash(value)
  const publicUrl = attributes['public-url'] ?? (isUrl ? value : undefined)
  if (publicUrl !== undefined && !isPublicUrl(publicUrl)) {
    problems.push('public-url as http(s):// without user, password, query and fragment')
  }
  if (remote !== undefined) problems.push(...remoteProblems(remote))
  const name = attributes['name'] ?? nameOf(value)
  if (problems.length === 0 && !/^[\w.@ -]{1,64}$/.test(name))
    problems.push('a name of at most 64 letters, digits, ".", "_", "-"')
  const store: Store = {
    name,
    remote,
    prefix,
    publicUrl: publicUrl === undefined ? undefined : trimSlash(publicUrl),
    required: flags.has('required')
  }
  return { store, problems }
}

/** The remote path of a key. Keys are names of containers or `prefix/name`, checked before they come here. */
export function remotePath(store: Store, key: string): string {
  if (store.remote === undefined) throw new Error(`${store.name} has no remote`)
  return join(join(store.remote, store.prefix), key)
}

/** The public address of a key. */
export function publicPath(store: Store, key: string): string | undefined {
  if (store.publicUrl === undefined) return undefined
  const encoded = join(store.prefix, key).split('/').map(encodeURIComponent).join('/')
  return `${store.publicUrl}/${encoded}`
}

/**
 * Where rclone keeps the segments of large objects in Swift: a container beside the store's, `NAME_segments`
 * (rclone, backend/swift). Undefined where the store is no container's top level or has a prefix.
 */
export function segmentStore(store: Store): Store | undefined {
  const match = /^([^:]+:)\/?([^/]+)$/.exec(store.remote ?? '')
  if (match === null || store.prefix !== '') return undefined
  return {
    ...store,
    name: `${store.name} (segments)`,
    remote: `${match[1] ?? ''}${match[2] ?? ''}_segments`,
    publicUrl: undefined
  }
}

/** Why rclone must not get this as a remote. Its options belong into rclone's own configuration, never on argv. */
function remoteProblems(remote: string): string[] {
  const match = /^(:?[A-Za-z0-9_][\w.+@ -]*)((?:,[^:]*)?):(.*)$/s.exec(remote)
  if (match === null) return ['an rclone remote path such as nectar:neurodesk or :local:/srv/store']
  const [, , options = '', path = ''] = match
  const problems: string[] = []
  if (/secret|pass|token|key|credential|auth/i.test(options)) {
    problems.push('no secrets in the remote: put them into RCLONE_CONFIG or RCLONE_CONFIG_<REMOTE>_<OPTION>')
  }
  if (!isPlainPath(path)) problems.push('a path without ".." and control characters')
  return problems
}

function isPlainPath(path: string): boolean {
  return !/\p{Cc}/u.test(path) && !path.split('/').includes('..')
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const web = url.protocol === 'http:' || url.protocol === 'https:'
  return web && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

function nameOf(value: string): string {
  if (URL.canParse(value) && /^https?:/i.test(value)) return new URL(value).hostname
  const remote = /^:?([^:,]*)/.exec(value)?.[1] ?? value
  return remote === '' ? 'store' : remote
}

function trimSlash(text: string): string {
  return text.replace(/(?<=[^:/])\/+$/, '')
}

function join(left: string, right: string): string {
  if (left === '' || right === '') return left + right
  return left.endsWith('/') || left.endsWith(':') ? left + right : `${left}/${right}`
}
