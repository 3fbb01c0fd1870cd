/** Looks into a SIF, on disk or behind any other way to read ranges, and says what is wrong with it. */
import {
  DESCRIPTOR_BYTES,
  HEADER_BYTES,
  parseHeader,
  parseObjects,
  SifError,
  type SifHeader,
  type SifObject
} from './format.ts'
import { checkTables, parseSuperBlock, type ReadAt, type SuperBlock } from './squashfs.ts'

export interface Sif {
  readonly header: SifHeader
  readonly objects: readonly SifObject[]
  readonly root: SifObject
  readonly architecture: string
  readonly squashfs: SuperBlock
  /** False: its compression cannot be unpacked here, only the superblock was looked at. */
  readonly tablesRead: boolean
  /** The definition that it was built from; '' when it has none. */
  readonly definition: string
}

export interface Expected {
  /** Go's name: amd64, arm64. */
  readonly architecture?: string
  /** Must stand in the definition: the digest that the image was built from. */
  readonly digest?: string
}

const MAX_DEFINITION = 1024 * 1024

/**
 * Reads header, objects, primary partition and the tables of its squashfs.
 * @param size length of the file in bytes.
 * @throws SifError for the first thing that is wrong; whatever `read` throws.
 */
export async function inspectSif(read: ReadAt, size: number, expected: Expected = {}): Promise<Sif> {
  const { header, objects, root, architecture } = await findRoot(read, size)
  const readRoot: ReadAt = async (offset, length) => await read(root.offset + offset, length)
  const squashfs = parseSuperBlock(await readRoot(0, 96), root.bytes)
  const tablesRead = (await checkTables(readRoot, squashfs)) !== undefined
  // What was made just now says what it is for.
  const fits =
    expected.architecture === undefined ||
    architecture === expected.architecture ||
    (expected.digest === undefined && isFor(architecture, expected.architecture))
  if (!fits) {
    throw new SifError(
      'wrong-architecture',
      `it is for ${architecture}, wanted is ${expected.architecture ?? ''}`
    )
  }
  const definition = await definitionOf(read, objects)
  if (expected.digest !== undefined && !definition.includes(expected.digest)) {
    throw new SifError('wrong-definition', `its definition does not name ${expected.digest}`)
  }
  return { header, objects, root, architecture, squashfs, tablesRead, definition }
}

/**
 * Reads header and descriptors only: where the file system lies that is mounted as root. For readers of that file
 * system; whether the file is whole, inspectSif says.
 * @param size length of the file in bytes; undefined: not looked at, a file that was cut off still has its first part.
 * @throws SifError for the first thing that is wrong; whatever `read` throws.
 */
export async function findRoot(
  read: ReadAt,
  size?: number
): Promise<Pick<Sif, 'header' | 'objects' | 'root' | 'architecture'>> {
  const header = parseHeader(await read(0, HEADER_BYTES))
  if (size !== undefined && size < header.fileBytes) {
    throw new SifError('truncated', `${size} bytes, its header promises ${header.fileBytes}`)
  }
  const table = await read(header.descriptorOffset, header.descriptorCount * DESCRIPTOR_BYTES)
  const objects = parseObjects(table, header)
  const root = objects.find(({ partition }) => partition?.primary === true)
  if (root?.partition === undefined) throw new SifError('damaged', 'it has no primary partition')
  const { fileSystem, architecture } = root.partition
  if (fileSystem !== 'squashfs') {
    throw new SifError('damaged', `its primary partition is ${fileSystem}, not squashfs`)
  }
  return { header, objects, root, architecture }
}

/** Old builders left the processor out, or wrote a code of their own: nothing is said by that. */
export function isFor(architecture: string, wanted: string): boolean {
  return architecture === wanted || (architecture !== 'amd64' && architecture !== 'arm64')
}

/** The digest that a definition names (`from: …@sha256:…`), or undefined. */
export function digestInDefinition(definition: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})\b/.exec(definition)?.[1]
}

async function definitionOf(read: ReadAt, objects: readonly SifObject[]): Promise<string> {
  const object = objects.find(({ kind }) => kind === 'definition')
  if (object === undefined) return ''
  return (await read(object.offset, Math.min(object.bytes, MAX_DEFINITION))).toString('utf8')
}
