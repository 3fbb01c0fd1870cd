/** Layers for tests, in memory. */
import { readTar } from '../tar-read.ts'
import { paddingOf, TAR_END, tarHeader } from '../tar-write.ts'
import { flatten, type FlattenOptions, type LayerEntry, type OwnEntry } from '../index.ts'

export type Given = Partial<LayerEntry> & { readonly path: string; readonly content?: string }

export const own = ({ content = '', ...given }: Given): OwnEntry => ({
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: content.length,
  mtime: 1,
  target: '',
  major: 0,
  minor: 0,
  xattrs: [],
  content: Buffer.from(content, 'latin1'),
  ...given
})

/** `path=content`, `path/`, `path->target` (symbolic), `path=>target` (hard). */
export function entry(text: string): OwnEntry {
  const [, path = '', how, rest = ''] = /^([^=]*?)(=>|->|=|\/$|$)(.*)$/s.exec(text) ?? []
  if (how === '/') return own({ path, type: 'directory', mode: 0o750 })
  if (how === '->') return own({ path, type: 'symlink', target: rest })
  if (how === '=>') return own({ path, type: 'link', target: rest })
  return own({ path, content: rest })
}

export function tarOf(entries: readonly OwnEntry[]): Buffer {
  const parts = entries.flatMap((given) => [
    tarHeader(given.path, given),
    given.content,
    paddingOf(given.size)
  ])
  return Buffer.concat([...parts, TAR_END])
}

/** In pieces of some bytes, so that nothing is where a reader would like it. */
export async function* pieces(bytes: Buffer, size = 700): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size))
  }
}

/** What a tar holds, in its order: `path=content`, `path/`, `path->target`, `path=>target`. */
export async function listed(
  chunks: AsyncIterable<Buffer>,
  see: (entry: LayerEntry) => void = () => undefined
): Promise<string[]> {
  const tar = readTar(chunks)
  const found: string[] = []
  for (let next = await tar.next(); next !== undefined; next = await tar.next()) {
    see(next)
    const parts: Buffer[] = []
    for (let piece = await tar.content(); piece !== undefined; piece = await tar.content()) parts.push(piece)
    const content = Buffer.concat(parts).toString('latin1')
    const rest = { directory: '/', symlink: `->${next.target}`, link: `=>${next.target}` } as Record<
      string,
      string
    >
    found.push(`${next.path}${rest[next.type] ?? `=${content}`}`)
  }
  return found
}

/** Layers, bottom first, each a list of entries as `entry` reads them; what they come to, folders left out. */
export async function flat(
  layers: readonly (readonly string[])[],
  more: Partial<FlattenOptions> = {}
): Promise<{
  readonly files: string[]
  readonly all: string[]
  readonly reads: number[]
  /** Of what comes out: permission bits, names of attributes. */
  readonly modes: Record<string, number>
  readonly names: Record<string, string[]>
}> {
  const reads = layers.map(() => 0)
  const tar = flatten({
    layers: layers.map((entries, index) => {
      const bytes = tarOf(entries.map(entry))
      return {
        digest: `sha256:${index}`,
        size: bytes.length,
        open: () => {
          reads[index] = (reads[index] ?? 0) + 1
          return pieces(bytes)
        }
      }
    }),
    top: [],
    missing: [],
    refuse: () => undefined,
    rootMode: 0o755,
    time: 0,
    ...more
  })
  const modes: Record<string, number> = {}
  const names: Record<string, string[]> = {}
  const all = await listed(tar, ({ path, mode, xattrs }) => {
    modes[path] = mode
    names[path] = xattrs.map(([name]) => name)
  })
  return { all, files: all.filter((line) => !line.endsWith('/')).sort(), reads, modes, names }
}
