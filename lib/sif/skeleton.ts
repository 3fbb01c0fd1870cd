/**
 * What Apptainer adds to an image: scripts, links and labels in /.singularity.d, folders to mount on, and two
 * descriptions beside the file system. Apptainer itself makes them, out of the same configuration and an empty
 * layer (a third of a second): so they are what the installed version writes, with its quoting and its labels.
 */
import { createHash } from 'node:crypto'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import type { OwnEntry } from '../layers/index.ts'
import type { Ports } from '../ports/index.ts'
import { digestOf, mediaTypes, type ImageConfig } from '../registry/index.ts'
import type { Apptainer } from './apptainer.ts'
import { inspectFile } from './file.ts'
import type { SmallObject } from './write.ts'

export interface Skeleton {
  /** Definition and descriptions, in Apptainer's order. */
  readonly objects: readonly SmallObject[]
  /** Lies on top of the image's layers. */
  readonly top: readonly OwnEntry[]
  /** Is added where the image has nothing of the name. */
  readonly missing: readonly OwnEntry[]
}

export interface SkeletonRequest {
  readonly apptainer: Apptainer
  readonly config: ImageConfig
  /** As it stands in the definition: `host/repository@sha256:…`. */
  readonly reference: string
  readonly architecture: string
  /** A folder that exists and is not used for anything else. */
  readonly folder: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

const LAYOUT = 'layout'

/** @throws ToolError; SkeletonError when Apptainer writes something else than is known here. */
export async function makeSkeleton(
  { exec, fs }: Pick<Ports, 'exec' | 'fs'>,
  request: SkeletonRequest
): Promise<Skeleton> {
  const { folder, timeoutMs } = request
  await writeLayout(fs, path.join(folder, LAYOUT), request)
  const file = path.join(folder, 'skeleton.sif')
  const limits = { timeoutMs, ...(request.signal === undefined ? {} : { signal: request.signal }) }
  const { apptainer, architecture } = request
  await apptainer.buildLayout({ folder, layout: LAYOUT, output: file, architecture, ...limits })
  const sif = await inspectFile(fs, file)
  const root = path.join(folder, 'root')
  await exec.run(
    'unsquashfs',
    ['-no-progress', '-no-xattrs', '-offset', String(sif.root.offset), '-dest', root, file],
    limits
  )
  const tree = await entriesBelow(fs, root, '')
  const bytes = await fs.readFile(file)
  const objects = sif.objects
    .filter(({ kind }) => kind === 'definition' || kind === 'json')
    .map(({ kind, name, offset, bytes: length }): SmallObject => ({
      kind: kind === 'definition' ? kind : 'json',
      name,
      content: bytes.subarray(offset, offset + length)
    }))
  const onTop = ({ path: at }: OwnEntry): boolean =>
    /^(\.singularity\.d(\/|$)|etc\/(hosts|resolv\.conf)$)/.test(at)
  return rename(
    { objects, top: tree.filter(onTop), missing: tree.filter((entry) => !onTop(entry)) },
    request.reference
  )
}

export class SkeletonError extends Error {
  override readonly name = 'SkeletonError'
}

/** An OCI image layout 1.0 (image-layout.md) with the image's configuration and one layer with nothing in it. */
async function writeLayout(fs: Ports['fs'], folder: string, { config }: SkeletonRequest): Promise<void> {
  const blobs = path.join(folder, 'blobs', 'sha256')
  await fs.mkdir(blobs, { recursive: true })
  const put = async (bytes: Buffer, mediaType: string): Promise<Readonly<Record<string, unknown>>> => {
    const digest = digestOf(bytes)
    await fs.writeFile(path.join(blobs, digest.slice('sha256:'.length)), bytes)
    return { mediaType, digest, size: bytes.length }
  }
  const tar = Buffer.alloc(1024)
  const diffId = `sha256:${createHash('sha256').update(tar).digest('hex')}`
  const own = { ...config.raw, rootfs: { type: 'layers', diff_ids: [diffId] }, history: [] }
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: await put(Buffer.from(JSON.stringify(own)), mediaTypes.ociConfig),
    layers: [await put(gzipSync(tar), mediaTypes.ociLayerGzip)]
  }
  const manifests = [await put(Buffer.from(JSON.stringify(manifest)), mediaTypes.ociManifest)]
  await fs.writeFile(path.join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }))
  await fs.writeFile(path.join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }))
}

/** Folders before what is in them. */
async function entriesBelow(fs: Ports['fs'], root: string, folder: string): Promise<OwnEntry[]> {
  const entries: OwnEntry[] = []
  for (const name of (await fs.readdir(path.join(root, folder))).sort()) {
    const at = path.posix.join(folder, name)
    const file = path.join(root, at)
    const stat = await fs.lstat(file)
    const type = stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'file'
    const content = type === 'file' ? await fs.readFile(file) : Buffer.alloc(0)
    entries.push({
      type,
      path: at,
      mode: stat.mode & 0o7777,
      uid: 0,
      gid: 0,
      size: content.length,
      mtime: Math.floor(stat.mtimeMs / 1000),
      target: type === 'symlink' ? await fs.readlink(file) : '',
      major: 0,
      minor: 0,
      xattrs: [],
      content
    })
    if (type === 'directory') entries.push(...(await entriesBelow(fs, root, at)))
  }
  return entries
}

const LABEL = 'org.label-schema.usage.singularity.deffile.'

/** Puts the image's reference where the skeleton names its layout. Exported for its test. */
export function rename(skeleton: Skeleton, reference: string): Skeleton {
  const definition = (content: Buffer): Buffer =>
    replaced(content, [
      ['bootstrap: oci\n', 'bootstrap: docker\n'],
      [`from: ${LAYOUT}\n`, `from: ${reference}\n`]
    ])
  return {
    missing: skeleton.missing,
    objects: skeleton.objects.map((object) => {
      if (object.kind === 'definition') return { ...object, content: definition(object.content) }
      if (object.name !== 'inspect-metadata.json') return object
      const content = replaced(object.content, [
        [`"${LABEL}bootstrap":"oci"`, `"${LABEL}bootstrap":"docker"`],
        [`"${LABEL}from":"${LAYOUT}"`, `"${LABEL}from":"${reference}"`],
        [`"deffile":"bootstrap: oci\\nfrom: ${LAYOUT}`, `"deffile":"bootstrap: docker\\nfrom: ${reference}`]
      ])
      return { ...object, content }
    }),
    top: skeleton.top.map((entry) => {
      let { content } = entry
      if (entry.path === '.singularity.d/Singularity') content = definition(content)
      else if (entry.path === '.singularity.d/labels.json') {
        content = replaced(content, [
          [`"${LABEL}bootstrap": "oci"`, `"${LABEL}bootstrap": "docker"`],
          [`"${LABEL}from": "${LAYOUT}"`, `"${LABEL}from": "${reference}"`]
        ])
      }
      return { ...entry, content, size: content.length }
    })
  }
}

/** Each text stands there once: a quote within a label would be escaped. */
function replaced(content: Buffer, pairs: readonly (readonly [string, string])[]): Buffer {
  let text = content.toString('utf8')
  for (const [from, to] of pairs) {
    const parts = text.split(from)
    if (parts.length !== 2) {
      throw new SkeletonError(
        `this Apptainer describes images in another way: ${JSON.stringify(from)} stands ${parts.length - 1} times where it is expected once`
      )
    }
    text = parts.join(to)
  }
  return Buffer.from(text, 'utf8')
}
