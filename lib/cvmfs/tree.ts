/** Walking the signed tree of one root catalog: from a path to its entry, through as many catalogs as it takes. */
import type { Catalog, Chunk, Entry, Nested } from './catalog.ts'
import { Fault } from './faults.ts'
import { formatHash } from './hash.ts'
import { normalizePath, parentOf } from './paths.ts'

/** Reads in a catalog, or throws what stands in the way. `look` must be done with it when it returns. */
export type ReadCatalog = <T>(nested: Nested, look: (catalog: Catalog) => T) => Promise<T>

export interface Found {
  readonly path: string
  readonly entry: Entry | undefined
  /** Parts of a chunked file. */
  readonly chunks: readonly Chunk[]
  /** The catalogs on the way, the root's first. */
  readonly catalogs: readonly Nested[]
  /** A nested catalog that begins at the path itself, and was not opened. */
  readonly begins: Nested | undefined
}

/** As many catalogs below each other as no real repository has. */
const MAX_NESTING = 64
/** The kernel's limit. */
const MAX_SYMLINKS = 40

/** Why a symlink leads nowhere that can be looked at. */
export class Unresolvable extends Error {
  override readonly name = 'Unresolvable'
}

/**
 * Looks up a path. The catalog in which an entry stands as a transition point is enough: one that begins there is
 * named, not opened.
 * @throws what `read` throws; Fault catalog-invalid for a tree that leads in circles or too deep.
 */
export async function lookUp(root: Nested, path: string, read: ReadCatalog): Promise<Found> {
  const catalogs: Nested[] = [root]
  for (let nested = root; ;) {
    const step = await read(nested, (catalog) => {
      const next = catalog.nestedFor(path)
      if (next !== undefined && next.path !== path) return { next }
      const entry = catalog.entry(path)
      return { found: { entry, chunks: entry?.chunked === true ? catalog.chunks(path) : [], begins: next } }
    })
    if (step.found !== undefined) return { path, catalogs, ...step.found }
    nested = step.next
    const hash = formatHash(nested.hash)
    if (catalogs.length >= MAX_NESTING || catalogs.some((above) => formatHash(above.hash) === hash)) {
      throw new Fault('catalog-invalid', `The catalogs above ${nested.path} lead in a circle or too deep.`)
    }
    catalogs.push(nested)
  }
}

/**
 * The same through symbolic links, also in the middle of the path.
 * @throws Unresolvable for a link that leaves the repository, needs a variable, or leads in circles.
 */
export async function follow(root: Nested, fqrn: string, path: string, read: ReadCatalog): Promise<Found> {
  let wanted = path
  const catalogs = new Map<string, Nested>()
  for (let links = 0; links <= MAX_SYMLINKS; links++) {
    const found = await lookUp(root, wanted, read)
    for (const nested of found.catalogs) catalogs.set(nested.path, nested)
    if (found.entry !== undefined && found.entry.kind !== 'symlink') {
      return { ...found, catalogs: [...catalogs.values()] }
    }
    const link =
      found.entry === undefined ? await linkAbove(root, wanted, read) : { at: wanted, entry: found.entry }
    if (link === undefined) return { ...found, catalogs: [...catalogs.values()] }
    wanted = targetOf(link.at, link.entry, fqrn) + wanted.slice(link.at.length)
    const normal = normalizePath(wanted)
    if (normal === undefined) throw new Unresolvable(`${path} leads out of the repository`)
    wanted = normal
  }
  throw new Unresolvable(`${path} leads through more than ${MAX_SYMLINKS} symbolic links`)
}

async function linkAbove(
  root: Nested,
  path: string,
  read: ReadCatalog
): Promise<{ at: string; entry: Entry } | undefined> {
  const above: string[] = []
  for (let at = parentOf(path); at !== ''; at = parentOf(at)) above.unshift(at)
  for (const at of above) {
    const { entry } = await lookUp(root, at, read)
    if (entry?.kind === 'symlink') return { at, entry }
    if (entry === undefined) return undefined
  }
  return undefined
}

function targetOf(at: string, entry: Entry, fqrn: string): string {
  const target = entry.symlink.replace(
    /\$\(([A-Za-z_]\w*)(?::-([^)]*))?\)/g,
    (whole, _name, otherwise?: string) => {
      if (otherwise === undefined)
        throw new Unresolvable(`${at} is a symbolic link with the variable ${String(whole)}`)
      return otherwise
    }
  )
  if (!target.startsWith('/')) return `${parentOf(at)}/${target}`
  const own = `/cvmfs/${fqrn}`
  if (target === own || target.startsWith(`${own}/`)) return target.slice(own.length)
  throw new Unresolvable(`${at} is a symbolic link to ${target}, outside of the repository`)
}
