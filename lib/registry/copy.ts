/** Copying an image between repositories, byte for byte, so that its digest stays the same. */
import pLimit from 'p-limit'
import type { FetchedManifest } from './read.ts'
import { mediaTypes, type Descriptor } from './manifest.ts'
import { at, formatReference, formatRepository, type Reference, type Repository } from './reference.ts'
import type { CopyOptions, CopyResult, Registry } from './types.ts'

/**
 * Copies what `from` points at: for an index all its entries, attestations included. Blobs that are there stay,
 * blobs of the same registry are mounted, the others are streamed. Manifests come after their blobs, the top last,
 * so that a copy that broke off leaves nothing that points at something missing.
 */
export async function copyImage(
  registry: Registry,
  from: Reference,
  to: Repository,
  options: CopyOptions
): Promise<CopyResult> {
  const limit = pLimit(options.parallel ?? 3)
  const counts = { there: 0, mounted: 0, uploaded: 0 }
  let bytes = 0
  const copied = new Map<string, Promise<void>>()

  const copyBlob = (descriptor: Descriptor): Promise<void> => {
    const running = copied.get(descriptor.digest)
    if (running !== undefined) return running
    const work = limit(async () => {
      const outcome = await registry.pushBlob(
        to,
        {
          digest: descriptor.digest,
          size: descriptor.size,
          open: async (offset) => await registry.openBlob(from, descriptor, offset)
        },
        [from]
      )
      counts[outcome]++
      if (outcome === 'uploaded') bytes += descriptor.size
      options.onBlob?.(descriptor, outcome)
    })
    copied.set(descriptor.digest, work)
    return work
  }

  const copyManifest = async (found: FetchedManifest): Promise<void> => {
    if (found.manifest.kind === 'image') {
      // Foreign layers are not the registry's to give: their descriptors carry a URL of somebody else.
      const own = found.manifest.layers.filter((layer) => !layer.mediaType.includes('.foreign.'))
      await settleAll([found.manifest.config, ...own].map(copyBlob))
    } else {
      for (const entry of found.manifest.manifests) {
        const child = await registry.manifest(at(from, entry.digest))
        if (child === undefined) {
          throw new Error(
            `${formatReference(from)}: its index names ${entry.digest}, which is not in ${formatRepository(from)}`
          )
        }
        await copyManifest(child)
      }
    }
    await registry.pushManifest(to, found.body, found.descriptor.mediaType)
  }

  const top = await registry.manifest(from)
  if (top === undefined) throw new Error(`${formatReference(from)} is not there, so it cannot be copied`)
  await copyManifest(top)
  return {
    descriptor: { ...top.descriptor, mediaType: top.descriptor.mediaType || mediaTypes.ociManifest },
    counts,
    bytes
  }
}

/** Waits for all before it throws: nothing may still be uploading when the caller learns of a failure. */
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
