/** Docker images of containers: which of the registries has one, under which digest, how large. */
import { messageOf } from '../../../lib/failure/index.ts'
import { notAnImageBecause, type Container } from '../../../lib/catalogue/index.ts'
import { refusalOf } from './pulls.ts'
import type { ImageRegistry } from './registries.ts'
import {
  at,
  formatReference,
  isLoopback,
  isTag,
  type Reference,
  type Registry,
  type RemoteImage,
  type Repository
} from '../../../lib/registry/index.ts'

export interface Image {
  /** With its digest: what is built from it is known. */
  readonly reference: string
  readonly digest: string
  readonly layerCount: number
  /** Bytes of the layers as they travel. */
  readonly compressedBytes: number
  /** The registry is on this machine and speaks plain HTTP. */
  readonly insecure: boolean
  /** Manifest and configuration, as they were found: to ask again would count as a pull. */
  readonly remote: RemoteImage
}

export type Found =
  | { readonly kind: 'image'; readonly image: Image }
  /** Every registry says that it is not there. */
  | { readonly kind: 'absent'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** A registry that may have it gives nothing more for now. */
  | { readonly kind: 'limited'; readonly reason: string }

/**
 * Asks the registries in order; the first that has the image for the container's architecture is taken.
 * @param limits.refused registries that have refused further requests in this run, and why: they are not asked again.
 */
export async function findImage(
  container: Container,
  registries: readonly ImageRegistry[],
  registry: Pick<Registry, 'image'>,
  limits: { readonly refused: Map<string, string>; readonly now: () => number } = {
    refused: new Map(),
    now: () => 0
  }
): Promise<Found> {
  const unfit =
    notAnImageBecause(container.image) ??
    (isTag(container.buildDate) ? undefined : 'its build date is no tag')
  if (unfit !== undefined)
    return { kind: 'absent', reason: `${container.image}:${container.buildDate}: ${unfit}` }
  const unknown: string[] = []
  const absent: string[] = []
  const limited: string[] = []
  for (const { namespace, optional } of registries) {
    const reference = referenceOf(container, namespace)
    const refused = limits.refused.get(reference.host)
    if (refused !== undefined) {
      if (!optional) limited.push(refused)
      continue
    }
    try {
      const found = await registry.image(reference, { os: 'linux', architecture: container.architecture })
      if (found === undefined) {
        absent.push(formatReference(reference))
        continue
      }
      const { digest } = found.descriptor
      const image: Image = {
        reference: formatReference(at(reference, digest)),
        digest,
        layerCount: found.manifest.layers.length,
        compressedBytes: found.compressedSize,
        insecure: isLoopback(reference.host),
        remote: found
      }
      return { kind: 'image', image }
    } catch (error) {
      const reason = messageOf(error).split('\n', 1)[0] ?? ''
      const limit = refusalOf(error, reference.host, limits.now())
      if (limit !== undefined) limits.refused.set(reference.host, limit)
      if (limit !== undefined && !optional) limited.push(limit)
      else if (optional) absent.push(`${formatReference(reference)} (optional: ${reason})`)
      else unknown.push(reason)
    }
  }
  if (unknown.length > 0) return { kind: 'unknown', reason: [...unknown, ...limited].join('; ') }
  if (limited.length > 0) return { kind: 'limited', reason: limited.join('; ') }
  return { kind: 'absent', reason: `no registry has it for ${container.architecture}: ${absent.join(', ')}` }
}

function referenceOf(container: Container, namespace: Repository): Reference {
  return {
    host: namespace.host,
    path: `${namespace.path}/${container.image}`,
    tag: container.buildDate,
    digest: undefined
  }
}
