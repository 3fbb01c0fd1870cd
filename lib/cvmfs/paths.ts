/** Paths inside a repository: absolute, without a trailing slash, the root is "". */
import { createHash } from 'node:crypto'

/** Deeper than any real tree; a longer path is refused rather than walked. */
const MAX_DEPTH = 128
const MAX_LENGTH = 4096

/** The two halves of a path's MD5, each read as a little-endian signed 64-bit number: the key in catalogs. */
export interface PathKey {
  readonly first: bigint
  readonly second: bigint
}

/** Key of a path in `catalog`. cvmfs/shortstring.h and catalog_sql.cc: the digest's bytes as they lie in memory. */
export function pathKey(path: string): PathKey {
  const digest = createHash('md5').update(path).digest()
  return { first: digest.readBigInt64LE(0), second: digest.readBigInt64LE(8) }
}

/**
 * One form for a path given by a person or by a symlink: `.` and `..` resolved, no double slash, no trailing slash.
 * @returns undefined when it leaves the root, holds a NUL, or is absurdly long or deep.
 */
export function normalizePath(path: string): string | undefined {
  if (path.length > MAX_LENGTH || path.includes('\0')) return undefined
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  if (parts.length > MAX_DEPTH) return undefined
  return parts.map((part) => `/${part}`).join('')
}

/** The path itself and all above it that are longer than `base`, the longest first. */
export function prefixesBelow(path: string, base: string): string[] {
  const prefixes: string[] = []
  for (let end = path.length; end > base.length; end = path.lastIndexOf('/', end - 1))
    prefixes.push(path.slice(0, end))
  return prefixes
}

/** The directory that holds a path; of the root, the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
