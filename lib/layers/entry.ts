/** What a layer holds: one entry of its tar, and how its name is made safe. */

/** The layer is damaged or hostile, or more than is accepted: another way to read it would not make it better. */
export class LayerError extends Error {
  override readonly name = 'LayerError'
}

/** The layer may be right, and a single pass from the top layer down cannot do it justice. */
export class LayerRefused extends Error {
  override readonly name = 'LayerRefused'
}

export type EntryType = 'file' | 'directory' | 'symlink' | 'link' | 'character' | 'block' | 'fifo'

/** Texts are bytes, one to a character (latin1): names in layers have no encoding, and nothing may be lost. */
export interface LayerEntry {
  readonly type: EntryType
  /** Without a leading or trailing `/`; '' is the root. */
  readonly path: string
  /** Permission bits, with set-uid, set-gid and sticky. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes of content; 0 for what has none. */
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** As written for a symbolic link; a path like `path` for a hard link; else ''. */
  readonly target: string
  readonly major: number
  readonly minor: number
  readonly xattrs: readonly (readonly [name: string, value: string])[]
}

/** What Linux and squashfs can hold. */
const NAME_BYTES = 255
const PATH_BYTES = 4096

/**
 * `./usr//bin/` and `/usr/bin` are `usr/bin`: names stay within the root, as they do when Docker or Apptainer unpack
 * a layer.
 * @throws LayerError for `..`, a NUL, and what is longer than a path can be.
 */
export function cleanPath(name: string): string {
  // Most names are clean but for the slash behind a folder's.
  const plain = name.endsWith('/') ? name.slice(0, -1) : name
  if (plain.length <= NAME_BYTES && !/(^|\/)\.{0,2}(\/|$)|\0/.test(plain)) return plain
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw new LayerError(`the name ${show(name)} leads out of its folder`)
  const path = parts.join('/')
  if (path.includes('\0')) throw new LayerError(`the name ${show(name)} has a NUL in it`)
  if (path.length > PATH_BYTES || parts.some((part) => part.length > NAME_BYTES)) {
    throw new LayerError(`the name ${show(name)} is longer than a path can be`)
  }
  return path
}

/** A name in a message: as text where it is UTF-8, never with control characters, never long. */
export function show(name: string): string {
  const text = JSON.stringify(Buffer.from(name, 'latin1').toString('utf8'))
  return text.length > 200 ? `${text.slice(0, 200)}…"` : text
}
