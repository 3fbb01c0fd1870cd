/**
 * What is inside an image, without starting it: a SIF's squashfs and an unpacked folder look the same through this.
 * Paths are absolute and belong to the image; a link is followed inside the image, never on the host.
 */

export type EntryKind = 'file' | 'directory' | 'link' | 'other'

export interface Entry {
  readonly name: string
  readonly kind: EntryKind
  /** Permission bits, set-id bits included: 0o755. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes; 0 for anything but a file. */
  readonly size: number
  /** Where a link points to, as it stands there. */
  readonly target?: string
}

export interface ImageTree {
  /** The entry at `path`, a link not followed; undefined when nothing is there. `path` must be free of links before its last part. */
  entry(path: string): Promise<Entry | undefined>
  /** What is in the folder, in the order of the image; undefined when `path` is no folder. */
  list(path: string): Promise<readonly Entry[] | undefined>
  /** The first `maxBytes` of a file; undefined when `path` is no file. */
  read(path: string, maxBytes: number): Promise<Buffer | undefined>
  close(): Promise<void>
}

/** The image is damaged, or of a kind that cannot be read here. */
export class ImageError extends Error {
  override readonly name = 'ImageError'
}

/** As many as Linux follows before ELOOP. */
const MAX_LINKS = 40

export interface Resolved {
  /** Where it really is: no link is left in it. */
  readonly path: string
  readonly entry: Entry
}

/** Follows every link of `path` inside the image. undefined: missing, dangling, a loop, or a file used as a folder. */
export async function resolve(tree: ImageTree, path: string): Promise<Resolved | undefined> {
  let rest = partsOf(path)
  let done: string[] = []
  let entry: Entry | undefined = await tree.entry('/')
  let links = 0
  while (rest.length > 0) {
    const [part, ...after] = rest as [string, ...string[]]
    rest = after
    if (part === '..') {
      done = done.slice(0, -1)
      entry = await tree.entry(join(done))
      continue
    }
    if (entry?.kind !== 'directory') return undefined
    const next = await tree.entry(join([...done, part]))
    if (next === undefined) return undefined
    if (next.kind !== 'link') {
      done = [...done, part]
      entry = next
      continue
    }
    if (++links > MAX_LINKS) return undefined
    const target = next.target ?? ''
    if (target === '') return undefined
    if (target.startsWith('/')) done = []
    entry = await tree.entry(join(done))
    rest = [...partsOf(target), ...rest]
  }
  return entry === undefined ? undefined : { path: join(done), entry }
}

/** Reads a file behind any links; undefined when there is none. */
export async function readFile(tree: ImageTree, path: string, maxBytes: number): Promise<Buffer | undefined> {
  const found = await resolve(tree, path)
  return found === undefined ? undefined : tree.read(found.path, maxBytes)
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

function join(parts: readonly string[]): string {
  return `/${parts.join('/')}`
}
