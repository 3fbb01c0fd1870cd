/** What the file system refuses: a path of the caller, a full disk, a right that is missing. Never a bug of ours. */

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user has no right to it',
  EBUSY: 'something else uses it',
  EDQUOT: 'the quota is used up',
  EEXIST: 'something else is there already',
  EIO: 'the device has a fault',
  EISDIR: 'it is a folder, where a file is needed',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open on this machine',
  ENOENT: 'it is not there',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'a part of the path is a file, where a folder is needed',
  ENOTEMPTY: 'it is a folder with something in it',
  EPERM: 'this is not permitted here',
  EROFS: 'the file system is read-only'
}

/** Whoever gives another path is not helped by it. */
const NOT_THE_PATH: ReadonlySet<string> = new Set(['EBUSY', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOSPC'])

/** Calls of the file system: `spawn` and `connect` have some of the codes too, and other reasons. */
const CALLS =
  /^(?:access|chmod|chown|copyfile|cp|fsync|ftruncate|futime|link|lstat|mkdir|mkdtemp|open|opendir|read|readlink|realpath|rename|rm|rmdir|scandir|stat|statfs|symlink|unlink|utime|write)$/

export interface FileFault {
  /** What was to be read or written; undefined when Node does not say it, as after the opening. */
  readonly path: string | undefined
  readonly code: string
  readonly reason: string
  /** Another path may help. */
  readonly ofPath: boolean
}

/** The fault of the file system that was thrown, or undefined. */
export function fileFaultOf(error: unknown): FileFault | undefined {
  // By shape: what Node's own functions throw is of no class of ours, and in a test of another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string }
  const reason = code === undefined ? undefined : REASONS[code]
  if (code === undefined || reason === undefined || !CALLS.test(syscall ?? '')) return undefined
  // Of a rename, the new name is what somebody asked for.
  const isFile = code === 'EEXIST' && syscall === 'mkdir'
  return {
    path: dest ?? path,
    code,
    reason: isFile ? 'it is a file, where a folder is needed' : reason,
    ofPath: !NOT_THE_PATH.has(code)
  }
}

/** One sentence about it. */
export function describeFileFault({ path, code, reason }: FileFault): string {
  return `${path === undefined ? '' : `${path} cannot be used: `}${reason} (${code})`
}
