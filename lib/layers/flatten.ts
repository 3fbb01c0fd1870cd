/** All layers of an image as the one tar that they come to, in a single pass over each, from the top one down. */
import { LayerError, LayerRefused, show, type LayerEntry } from './entry.ts'
import { Merge, type Decision, type MergeLimits } from './merge.ts'
import { readTar } from './tar-read.ts'
import { paddingOf, TAR_END, tarHeader, tarLink } from './tar-write.ts'
import { unpack, type Budget } from './unpack.ts'

export interface Layer {
  readonly digest: string
  /** Bytes as it travels. */
  readonly size: number
  /** Its bytes, verified when they were read to the end. Called again when the layer has to be read twice. */
  open(): AsyncIterable<Buffer>
}

/** An entry of the one who makes the image, with its content. */
export interface OwnEntry extends LayerEntry {
  readonly content: Buffer
}

export interface FlattenOptions {
  /** Bottom first, as in a manifest. */
  readonly layers: readonly Layer[]
  /** Lie on top of all layers. */
  readonly top: readonly OwnEntry[]
  /** Added where the layers have nothing; folders before what is in them. */
  readonly missing: readonly OwnEntry[]
  /** Why a visible entry of a layer cannot be taken over, or undefined. */
  readonly refuse: (path: string) => string | undefined
  /** Permission bits that the root gets: who writes the file system wants them first, the layers tell them last. */
  readonly rootMode: number
  /** Seconds since 1970: when folders were made that no layer describes. */
  readonly time: number
  readonly limits?: Partial<FlattenLimits>
  /** Visible content of a file, as it passes by; only its first bytes, at least 20 where it has them. */
  readonly onFile?: (path: string, beginning: Buffer) => void
  readonly onTwice?: (layer: Layer, files: number) => void
  /** At the end: how many inodes a file system made of the tar has. */
  readonly onInodes?: (count: number) => void
}

/** Ten times what NeuroDesk's largest images have. Beyond it, memory and time are what a hostile image is after. */
export interface FlattenLimits extends MergeLimits {
  /** Layers of `size` packed bytes in all may unpack to `base + factor * size` bytes. */
  readonly unpackedBase: number
  readonly unpackedFactor: number
}

const LIMITS: FlattenLimits = {
  entries: 4_000_000,
  nameBytes: 512 * 1024 * 1024,
  unpackedBase: 16 * 2 ** 30,
  unpackedFactor: 100
}

/** The root has other permission bits than were said: the whole is to be made again with these. */
export class OtherRoot extends Error {
  override readonly name = 'OtherRoot'
  readonly mode: number

  constructor(mode: number) {
    super(`the root has mode ${mode.toString(8)}`)
    this.mode = mode
  }
}

/** Small pieces are put together to this size. */
const BATCH = 256 * 1024

/**
 * The tar, in pieces. Every owner, mode and attribute is the layers' own.
 * @throws LayerError for a broken or hostile layer; LayerRefused where one pass is not enough; OtherRoot; whatever
 *   opening and reading the layers throws.
 */
export async function* flatten(options: FlattenOptions): AsyncGenerator<Buffer, void, undefined> {
  const limits = { ...LIMITS, ...options.limits }
  const merge = new Merge(limits)
  const batch = new Batch()
  const packed = options.layers.reduce((sum, { size }) => sum + size, 0)
  const budget = { bytes: limits.unpackedBase + limits.unpackedFactor * packed }
  for (const entry of options.top) {
    const { as } = merge.entry(entry)
    if (as !== undefined) {
      batch.begin(as, entry)
      batch.add(entry.content, paddingOf(entry.size))
    }
  }
  merge.endLayer()

  for (const layer of [...options.layers].reverse()) {
    try {
      yield* read(layer, (entry) => take(merge, entry, options), options, budget, batch)
      const again = new Set(merge.endLayer())
      if (again.size > 0) {
        options.onTwice?.(layer, again.size)
        yield* read(layer, (entry) => merge.again(entry), options, budget, batch)
      }
    } catch (error) {
      // Which layer it was, is for the message; who reads it looks it up with the registry's tools.
      if (error instanceof LayerError)
        throw new LayerError(`layer ${layer.digest}: ${error.message}`, { cause: error })
      if (error instanceof LayerRefused) throw new LayerRefused(`layer ${layer.digest}: ${error.message}`)
      throw error
    }
  }
  merge.end()

  for (const entry of options.missing) {
    if (!merge.isFree(entry.path)) continue
    batch.begin(entry.path, entry)
    batch.add(entry.content, paddingOf(entry.size))
  }
  for (const [path, entry] of merge.folders()) {
    if (path === '') checkRoot(entry, options.rootMode)
    else batch.begin(path, entry === undefined ? { ...FOLDER, path, mtime: options.time } : entry)
    if (batch.isFull) yield batch.take()
  }
  options.onInodes?.(batch.inodes)
  batch.add(TAR_END)
  yield batch.take()
}

/** A folder that no layer describes is made by whoever unpacks it. */
const FOLDER = {
  type: 'directory',
  mode: 0o755,
  uid: 0,
  gid: 0,
  size: 0,
  target: '',
  major: 0,
  minor: 0,
  xattrs: []
} as const

function take(merge: Merge, entry: LayerEntry, { refuse }: FlattenOptions): Decision {
  const decision = merge.entry(entry)
  for (const path of [decision.as, ...decision.links.map((link) => link.path)]) {
    const reason = path === undefined ? undefined : refuse(path)
    if (reason !== undefined) throw new LayerRefused(`it has ${show(path ?? '')}: ${reason}`)
  }
  return decision
}

async function* read(
  layer: Layer,
  decide: (entry: LayerEntry) => Decision,
  { onFile }: FlattenOptions,
  budget: Budget,
  batch: Batch
): AsyncGenerator<Buffer, void, undefined> {
  const tar = readTar(unpack(layer.open(), budget))
  for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
    const { as, links } = decide(entry)
    if (as !== undefined) {
      batch.begin(as, entry)
      let first = true
      for (let piece = await tar.content(); piece !== undefined; piece = await tar.content()) {
        if (first && entry.type === 'file') onFile?.(as, piece)
        first = false
        batch.add(piece)
        if (batch.isFull) yield batch.take()
      }
      batch.add(paddingOf(entry.size))
    }
    for (const { path, to } of links) batch.add(tarLink(path, to))
    if (batch.isFull) yield batch.take()
  }
}

/**
 * Squashfs holds attributes of three namespaces. Labels of SELinux belong to the machine where the image was made,
 * marks of overlayfs would change how this one's folders are mounted on top of others.
 */
function kept({ xattrs }: LayerEntry): LayerEntry['xattrs'] {
  return xattrs.filter(
    ([name]) =>
      /^(user|trusted|security)\../.test(name) &&
      name !== 'security.selinux' &&
      !/^(user|trusted)\.overlay\./.test(name)
  )
}

function checkRoot(entry: LayerEntry | undefined, said: number): void {
  if (entry === undefined) return
  // mksquashfs 4.5.1 has options for it and does not heed them when it reads a tar.
  if (entry.uid !== 0 || entry.gid !== 0) {
    throw new LayerRefused(`the root belongs to ${entry.uid}:${entry.gid}, and can only be given to 0:0`)
  }
  // Apptainer gives the owner the right to write there.
  const mode = entry.mode | 0o200
  if (mode !== said) throw new OtherRoot(mode)
}

class Batch {
  /** Entries so far that are no hard links, and the root. */
  inodes = 1
  #parts: Buffer[] = []
  #bytes = 0

  /** The header of an entry. */
  begin(path: string, entry: LayerEntry): void {
    this.inodes++
    this.add(tarHeader(path, entry.xattrs.length === 0 ? entry : { ...entry, xattrs: kept(entry) }))
  }

  add(...parts: readonly Buffer[]): void {
    for (const part of parts) {
      if (part.length === 0) continue
      this.#parts.push(part)
      this.#bytes += part.length
    }
  }

  get isFull(): boolean {
    return this.#bytes >= BATCH
  }

  take(): Buffer {
    const [first] = this.#parts
    const whole =
      this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts, this.#bytes)
    this.#parts = []
    this.#bytes = 0
    return whole
  }
}
