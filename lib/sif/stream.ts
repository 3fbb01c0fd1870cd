/**
 * A SIF straight from a registry: the layers flow through mksquashfs to their final place in the file. On the disk
 * there is never more than the SIF itself; Apptainer has the layers, the unpacked tree, the squashfs and the SIF.
 * Nothing here needs root: owners, devices and capabilities go from one archive into another.
 */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { Readable } from 'node:stream'

import { ToolError } from '../failure/index.ts'
import { checkMediaType, flatten, LayerRefused, OtherRoot, type Layer } from '../layers/index.ts'
import type { Ports } from '../ports/index.ts'
import type { Registry, RemoteImage, Repository } from '../registry/index.ts'
import { isAtLeast } from '../tools/index.ts'
import type { Apptainer, Compression } from './apptainer.ts'
import { programCounter } from './elf.ts'
import { makeSkeleton, SkeletonError, type Skeleton } from './skeleton.ts'
import { parseSuperBlock } from './squashfs.ts'
import { partitionOffset, sifHead } from './write.ts'

export interface StreamRequest {
  readonly registry: Pick<Registry, 'readBlob'>
  readonly repository: Repository
  readonly image: RemoteImage
  /** As it stands in the definition: `host/repository@sha256:…`. */
  readonly reference: string
  /** The file to write. It is no SIF until it is whole. */
  readonly output: string
  /** A folder of this conversion alone; a few hundred KB. */
  readonly scratch: string
  /** Go's name; no program of the image is run, so it need not be this machine's. */
  readonly architecture: string
  readonly compression: Compression
  readonly level?: number
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Bytes of the layers that came over the network, as they come. */
  readonly onBytes?: (bytes: number) => void
}

/** Queues of mksquashfs. Its default is a quarter of the machine's memory, and two of them may run. */
const MEMORY = '256M'
/** Below it there is no `-tar`. */
const MKSQUASHFS = '4.5'
const USUAL_ROOT = 0o755
const PIPE = 512 * 1024

/** Why mksquashfs on PATH cannot do it; undefined when it can. */
export async function streamUnavailable({ exec }: Pick<Ports, 'exec'>): Promise<string | undefined> {
  for (const name of ['mksquashfs', 'unsquashfs']) {
    if ((await exec.which(name)) === undefined) return `${name} is not on PATH`
  }
  const { stdout, stderr } = await exec.run('mksquashfs', ['-version'], { accept: 'any', timeoutMs: 30_000 })
  const version = /mksquashfs version (\d+\.\d+(?:\.\d+)?)/.exec(stdout + stderr)?.[1]
  if (version !== undefined && isAtLeast(version, MKSQUASHFS)) return undefined
  return `mksquashfs is ${version ?? 'of no known version'}, ${MKSQUASHFS} is the first that reads a tar`
}

/**
 * Converts one image.
 * @throws LayerRefused for what Apptainer may convert, and this cannot; LayerError for a broken or hostile image;
 *   ManifestError when a blob is not what it should be; TransientError; ToolError.
 */
export async function streamImage(
  ports: Pick<Ports, 'exec' | 'fs' | 'clock' | 'log'>,
  apptainer: Apptainer,
  request: StreamRequest
): Promise<void> {
  const { image, reference, architecture, timeoutMs } = request
  for (const { mediaType, digest } of image.manifest.layers) checkMediaType(mediaType, digest)
  const folder = path.join(request.scratch, 'skeleton')
  await ports.fs.mkdir(folder, { recursive: true })
  const skeleton = await makeSkeleton(ports, {
    apptainer,
    config: image.config,
    reference,
    architecture,
    folder,
    timeoutMs,
    ...(request.signal === undefined ? {} : { signal: request.signal })
  }).catch((error: unknown) => {
    throw error instanceof SkeletonError ? new LayerRefused(error.message) : error
  })
  await ports.fs.rm(folder, { recursive: true, force: true })
  try {
    await attempt(ports, skeleton, request, USUAL_ROOT)
  } catch (error) {
    if (!(error instanceof OtherRoot)) throw error
    // mksquashfs wants to know before the first byte what stands in the lowest layer. Few images have it.
    ports.log.debug(`${reference}: ${error.message}; once more with it`)
    await attempt(ports, skeleton, request, error.mode)
  }
}

async function attempt(
  ports: Pick<Ports, 'exec' | 'fs' | 'clock' | 'log'>,
  skeleton: Skeleton,
  request: StreamRequest,
  rootMode: number
): Promise<void> {
  const { output } = request
  const offset = partitionOffset(skeleton.objects)
  await ports.fs.rm(output, { force: true })
  const created = Math.floor(ports.clock.now() / 1000)
  const programs = programCounter()
  let inodes = 0
  const tar = flatten({
    layers: request.image.manifest.layers.map((descriptor) => layerOf(request, descriptor)),
    top: skeleton.top,
    missing: skeleton.missing,
    refuse,
    rootMode,
    time: created,
    onInodes: (count) => (inodes = count),
    onFile: programs.see,
    onTwice: ({ digest }, files) =>
      ports.log.debug(`${digest} is read twice: ${files} of its files are only known by a link`)
  })
  await pack(ports, request, rootMode, offset, Readable.from(tar, { objectMode: false, highWaterMark: PIPE }))
  const handle = await ports.fs.open(output, 'r+')
  try {
    const { size } = await handle.stat()
    const { buffer } = await handle.read(Buffer.alloc(96), 0, 96, offset)
    const written = parseSuperBlock(buffer, size - offset).inodes
    if (written !== inodes) throw new LayerRefused(`mksquashfs has made ${written} inodes of ${inodes}`)
    const head = sifHead({
      objects: skeleton.objects,
      partitionBytes: size - offset,
      // What the programs are for counts, as with Apptainer: the check that follows tells an image that lies.
      architecture: programs.most() ?? request.architecture,
      created,
      id: randomId()
    })
    await handle.write(head, 0, head.length, 0)
    await handle.chmod(0o755)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function pack(
  { exec }: Pick<Ports, 'exec'>,
  request: StreamRequest,
  rootMode: number,
  offset: number,
  tar: Readable
): Promise<void> {
  try {
    const { stderr } = await exec.run('mksquashfs', mksquashfsArguments(request, rootMode, offset), {
      stdinFrom: tar,
      timeoutMs: request.timeoutMs,
      ...(request.signal === undefined ? {} : { signal: request.signal })
    })
    // It leaves out what it does not take, says so, and ends well.
    if (stderr.trim() !== '') throw new LayerRefused(`mksquashfs: ${stderr.trim().slice(0, 500)}`)
  } catch (error) {
    // When the layers broke off, mksquashfs was ended: what broke them is the news.
    if (error instanceof ToolError && error.reason === 'cancelled' && tar.errored !== null) throw tar.errored
    throw error
  }
}

/** The arguments of mksquashfs. Exported for its test. */
export function mksquashfsArguments(
  { output, compression, level }: Pick<StreamRequest, 'output' | 'compression' | 'level'>,
  rootMode: number,
  offset: number
): string[] {
  return [
    '-',
    output,
    '-tar',
    '-noappend',
    '-quiet',
    '-no-progress',
    ...['-comp', compression],
    ...(level === undefined ? [] : ['-Xcompression-level', String(level)]),
    ...['-mem', MEMORY],
    ...['-root-mode', rootMode.toString(8)],
    ...['-o', String(offset)]
  ]
}

function layerOf(
  { registry, repository, signal, onBytes }: StreamRequest,
  descriptor: RemoteImage['manifest']['layers'][number]
): Layer {
  return {
    digest: descriptor.digest,
    size: descriptor.size,
    async *open() {
      for await (const piece of registry.readBlob(repository, descriptor, signal)) {
        onBytes?.(piece.length)
        yield piece
      }
    }
  }
}

/** An image that was a SIF before: Apptainer moves its definition, and adds to its labels and its apps. */
function refuse(at: string): string | undefined {
  if (at === '.singularity.d' || at.startsWith('.singularity.d/') || at === '.build.labels') {
    return 'Apptainer has rules of its own for images that were made by it'
  }
  return at.startsWith('scif/apps/') ? 'Apptainer describes SCIF apps beside the file system' : undefined
}

/** A version 4 UUID (RFC 9562). */
function randomId(): Buffer {
  const id = randomBytes(16)
  id[6] = ((id[6] ?? 0) & 0x0f) | 0x40
  id[8] = ((id[8] ?? 0) & 0x3f) | 0x80
  return id
}
