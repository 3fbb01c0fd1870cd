/**
 * What is left of an image's layers when they lie on top of each other, decided from the TOP layer down: an entry
 * counts when no higher layer has its path or hides it. So each layer is read once, and nothing has to be kept but
 * names. Rules: OCI Image Specification 1.1, layer.md ("Applying Changesets", "Whiteouts"). Pure.
 *
 * Two things cannot be known from above. A name can go through a symbolic link of a lower layer (`lib/x`, where
 * `lib` is a link to `usr/lib` below): that is refused (LayerRefused). The content of a hard link can stand under a
 * name that a higher layer hides, and have passed by when the link comes: the layer is to be read again for it
 * (`endLayer`).
 */
import { LayerError, LayerRefused, show, type LayerEntry } from './entry.ts'

/** What is to be written for an entry. */
export interface Decision {
  /** Name under which it is written, content and all; undefined when it is not. */
  readonly as: string | undefined
  /** Hard links that can be written once it is there. */
  readonly links: readonly Link[]
}

export interface Link {
  readonly path: string
  readonly to: string
}

export interface MergeLimits {
  /** Entries of all layers, whiteouts included. */
  readonly entries: number
  /** Bytes of all names, and of what else is kept. */
  readonly nameBytes: number
}

/** What a path is in the layers so far. One of the first three, and any of the others. */
const IMPLIED = 1 // a folder, since something lies in it; its own entry may come in a lower layer
const FOLDER = 2
const LEAF = 4
const GONE = 8 // nothing of lower layers is left at it or below it
const OPAQUE = 16 // nothing of lower layers is left below it
const PASSED = 32 // a whiteout goes through it: no lower layer may have a symbolic link there
const WHAT = IMPLIED | FOLDER | LEAF

/** A file that has several names, or a name that no visible entry has. */
interface Inode {
  /** The name under which it was written. */
  written: string | undefined
  /** Visible names that wait for it. */
  readonly names: string[]
}

/** An entry of the layer at hand: written under its own name, hidden, a folder, or known by several names. */
type Seen = 'written' | 'hidden' | 'folder' | Inode

const NOTHING: Decision = { as: undefined, links: [] }

export class Merge {
  readonly #limits: MergeLimits
  readonly #claims = new Map<string, number>([['', IMPLIED]])
  readonly #folders = new Map<string, LayerEntry>()
  #entries = 0
  #nameBytes = 0

  // Of the layer at hand.
  readonly #seen = new Map<string, Seen>()
  readonly #gone = new Set<string>()
  readonly #opaque = new Set<string>()
  /** Targets of links that this layer does not have. */
  readonly #below = new Map<string, Inode>()
  /** Hidden entries that a visible link needs. */
  readonly #again = new Map<string, Inode>()
  #parent: string | undefined
  #parentHidden = false

  /** Targets that layers above look for in this one, as they see it. */
  #wanted = new Map<string, Inode>()

  constructor(limits: MergeLimits) {
    this.#limits = limits
  }

  /** @throws LayerError, LayerRefused */
  entry(entry: LayerEntry): Decision {
    if (++this.#entries > this.#limits.entries) {
      throw new LayerError(`more than ${this.#limits.entries} entries`)
    }
    const { path } = entry
    this.#count(path.length)
    const slash = path.lastIndexOf('/')
    const name = path.slice(slash + 1)
    if (name.startsWith('.wh.')) return this.#whiteout(path, slash === -1 ? '' : path.slice(0, slash), name)
    if (path.startsWith('.wh.') || path.includes('/.wh.')) {
      throw new LayerRefused(`${show(path)} lies in a folder that is named as a whiteout`)
    }
    return entry.type === 'directory' ? this.#folder(entry) : this.#leaf(entry)
  }

  /**
   * Ends the layer at hand; the next one lies below it.
   * @returns paths of entries for which it has to be read again (`again`), before the next one.
   */
  endLayer(): readonly string[] {
    for (const path of this.#gone) this.#mark(path, GONE)
    for (const path of this.#opaque) this.#mark(path, OPAQUE)
    const wanted = new Map<string, Inode>()
    for (const [path, inode] of [...this.#wanted, ...this.#below]) {
      if (inode.names.length === 0 || inode.written !== undefined) continue
      if (this.#isCut(path)) {
        throw new LayerRefused(
          `${show(inode.names[0] ?? '')} is a hard link to ${show(path)}, which is hidden from it`
        )
      }
      const other = wanted.get(path)
      if (other === undefined) wanted.set(path, inode)
      else other.names.push(...inode.names)
    }
    this.#wanted = wanted
    this.#seen.clear()
    this.#gone.clear()
    this.#opaque.clear()
    this.#below.clear()
    this.#parent = undefined
    const again = [...this.#again].filter(
      ([, { names, written }]) => names.length > 0 && written === undefined
    )
    this.#again.clear()
    for (const [path, inode] of again) this.#again.set(path, inode)
    return again.map(([path]) => path)
  }

  /** An entry of the layer that is read again. */
  again(entry: LayerEntry): Decision {
    const inode = this.#again.get(entry.path)
    if (inode === undefined || entry.type === 'directory') return NOTHING
    this.#again.delete(entry.path)
    return this.#writeAs(inode.names.shift() ?? '', inode)
  }

  /** After all layers. @throws LayerRefused for a hard link whose target no layer has under that name */
  end(): void {
    for (const [path, { names }] of this.#wanted) {
      throw new LayerRefused(
        `${show(names[0] ?? '')} is a hard link to ${show(path)}, which no layer has under this name`
      )
    }
  }

  /** Is there anything visible at the path? */
  has(path: string): boolean {
    return ((this.#claims.get(path) ?? 0) & WHAT) !== 0
  }

  /** Can something be put at the path, so that nothing visible changes? Not where a parent is no folder. */
  isFree(path: string): boolean {
    if (this.has(path)) return false
    for (let at = parentOf(path); at !== undefined; at = parentOf(at)) {
      if (((this.#claims.get(at) ?? 0) & LEAF) !== 0) return false
    }
    return true
  }

  /** All visible folders; without an entry those that no layer describes. */
  *folders(): Generator<readonly [path: string, entry: LayerEntry | undefined]> {
    for (const [path, claim] of this.#claims) {
      if ((claim & (IMPLIED | FOLDER)) !== 0) yield [path, this.#folders.get(path)]
    }
  }

  #whiteout(path: string, folder: string, name: string): Decision {
    const opaque = name === '.wh..wh..opq'
    const hidden = name.slice(4)
    if (!opaque && (hidden === '' || hidden === '.' || hidden === '..')) {
      throw new LayerError(`${show(path)} is a whiteout of nothing`)
    }
    if (opaque) this.#opaque.add(folder)
    else this.#gone.add(folder === '' ? hidden : `${folder}/${hidden}`)
    if (this.#isHidden(path)) return NOTHING
    for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
      const claim = this.#claims.get(at) ?? 0
      if ((claim & PASSED) !== 0) break
      this.#claims.set(at, claim | PASSED)
    }
    return NOTHING
  }

  #folder(entry: LayerEntry): Decision {
    const { path } = entry
    const seen = this.#seen.get(path)
    if (seen !== undefined && seen !== 'folder') throw twice(path)
    if (this.#below.has(path) || this.#wanted.has(path))
      throw new LayerRefused(`a hard link to the folder ${show(path)}`)
    if (this.#isHidden(path)) return NOTHING
    const claim = this.#claims.get(path) ?? 0
    if (seen === undefined && (claim & (GONE | LEAF | FOLDER)) !== 0) return NOTHING
    this.#seen.set(path, 'folder')
    // Kept to the end, and attributes can be large.
    for (const [name, value] of entry.xattrs) this.#count(name.length + value.length)
    this.#folders.set(path, entry)
    this.#claims.set(path, (claim & ~WHAT) | FOLDER)
    this.#imply(path)
    return NOTHING
  }

  #leaf(entry: LayerEntry): Decision {
    const { path, type } = entry
    if (path === '') throw new LayerError('the root is no folder')
    if (this.#seen.has(path)) throw twice(path)
    if (this.#below.has(path)) {
      throw new LayerRefused(`a hard link to ${show(path)} comes before it`)
    }
    const visible = this.#claim(entry)
    const wanted = this.#wanted.get(path)
    if (wanted !== undefined) this.#wanted.delete(path)
    if (type === 'link') return this.#link(entry, visible, wanted)
    if (wanted !== undefined) {
      this.#seen.set(path, wanted)
      return this.#writeAs(visible ? path : (wanted.names.shift() ?? ''), wanted)
    }
    this.#seen.set(path, visible ? 'written' : 'hidden')
    return visible ? { as: path, links: [] } : NOTHING
  }

  #link({ path, target }: LayerEntry, visible: boolean, wanted: Inode | undefined): Decision {
    if (path === target) throw new LayerError(`${show(path)} is a hard link to itself`)
    const inode = this.#inodeAt(target)
    this.#seen.set(path, inode)
    const names = [...(visible ? [path] : []), ...(wanted?.names ?? [])]
    if (inode.written === undefined) {
      inode.names.push(...names)
      return NOTHING
    }
    const to = inode.written
    return { as: undefined, links: names.map((name) => ({ path: name, to })) }
  }

  /** The file behind a link's target, in the layer at hand or, when it has none there, in the ones below. */
  #inodeAt(target: string): Inode {
    const seen = this.#seen.get(target)
    if (seen === 'folder') throw new LayerError(`a hard link to the folder ${show(target)}`)
    if (typeof seen === 'object') return seen
    const inode: Inode = { written: seen === 'written' ? target : undefined, names: [] }
    if (seen === 'hidden') this.#again.set(target, inode)
    if (seen !== undefined) this.#seen.set(target, inode)
    else {
      const known = this.#below.get(target)
      if (known !== undefined) return known
      this.#below.set(target, inode)
    }
    return inode
  }

  #writeAs(path: string, inode: Inode): Decision {
    inode.written = path
    const links = inode.names.splice(0).map((name) => ({ path: name, to: path }))
    return { as: path, links }
  }

  /** Takes the path for what is no folder. @returns false when a higher layer hides it */
  #claim({ path, type }: LayerEntry): boolean {
    if (this.#isHidden(path)) return false
    const claim = this.#claims.get(path) ?? 0
    if ((claim & (GONE | LEAF)) !== 0) return false
    if ((claim & FOLDER) !== 0) {
      // A higher layer has put a folder in its place: what lies below it in lower layers had gone before.
      this.#gone.add(path)
      return false
    }
    if ((claim & IMPLIED) !== 0) {
      throw new LayerRefused(`a layer has entries below ${show(path)}, which is no folder in the layer below`)
    }
    if (type === 'symlink' && (claim & PASSED) !== 0) {
      throw new LayerRefused(
        `a whiteout goes through ${show(path)}, which is a symbolic link in the layer below`
      )
    }
    this.#claims.set(path, claim | LEAF)
    this.#imply(path)
    return true
  }

  /** Does anything above the path hide it? What lies in one folder mostly comes together. */
  #isHidden(path: string): boolean {
    const parent = parentOf(path)
    if (parent === undefined) return false
    if (parent === this.#parent) return this.#parentHidden
    let hidden = false
    for (let at: string | undefined = parent; at !== undefined && !hidden; at = parentOf(at)) {
      const claim = this.#claims.get(at) ?? 0
      if ((claim & LEAF) !== 0) {
        const seen = this.#seen.get(at)
        if (seen !== undefined && seen !== 'hidden') throw twice(at)
      }
      hidden = (claim & (GONE | OPAQUE | LEAF)) !== 0
    }
    this.#parent = parent
    this.#parentHidden = hidden
    return hidden
  }

  #imply(path: string): void {
    for (let at = parentOf(path); at !== undefined; at = parentOf(at)) {
      const claim = this.#claims.get(at) ?? 0
      if ((claim & WHAT) !== 0) return
      this.#count(at.length)
      this.#claims.set(at, claim | IMPLIED)
    }
  }

  /** Has the layer at hand hidden or replaced the path from those above it? */
  #isCut(path: string): boolean {
    if (this.#gone.has(path)) return true
    for (let at = parentOf(path); at !== undefined; at = parentOf(at)) {
      const seen = this.#seen.get(at)
      if (this.#gone.has(at) || this.#opaque.has(at) || (seen !== undefined && seen !== 'folder')) return true
    }
    return false
  }

  #mark(path: string, flag: number): void {
    this.#claims.set(path, (this.#claims.get(path) ?? 0) | flag)
  }

  #count(bytes: number): void {
    this.#nameBytes += bytes
    if (this.#nameBytes > this.#limits.nameBytes) {
      throw new LayerError(`names of more than ${this.#limits.nameBytes} bytes in all`)
    }
  }
}

function parentOf(path: string): string | undefined {
  if (path === '') return undefined
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '' : path.slice(0, slash)
}

function twice(path: string): LayerRefused {
  return new LayerRefused(`one layer has ${show(path)} twice, or as two things`)
}
