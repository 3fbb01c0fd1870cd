/**
 * The candidate: what was built, in the registry under its digest and under no tag. Buildx with the docker driver
 * cannot push this way, and an image that is pushed by a tag is live before it was tested; so the blobs and the
 * manifest are uploaded here, and compared with what the engine has.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { readArchive, type ArchivedLayer, type Docker, type ImageFacts } from '../../../lib/docker/index.ts'
import { FindingError } from '../../../lib/failure/index.ts'
import { bytes } from '../../../lib/markdown/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import {
  at,
  bytesSource,
  CONTENT_DIGEST,
  digestOf,
  formatReference,
  mediaTypes,
  parseConfig,
  parsePlatform,
  type Descriptor,
  type Registry,
  type RemoteImage,
  type Repository
} from '../../../lib/registry/index.ts'
import { fileSource, spoolLayer } from './spool.ts'

export interface Candidate {
  readonly repository: Repository
  /** Of the manifest. */
  readonly descriptor: Descriptor
  /** `repository@digest`. */
  readonly reference: string
  readonly image: RemoteImage
  /** Bytes that travelled. */
  readonly uploadedBytes: number
  readonly uploadedLayers: number
}

export interface CandidateFacts {
  readonly built: ImageFacts
  readonly repository: Repository
  readonly platform: string
  /** What is published: its layers need neither packing nor uploading. */
  readonly published: RemoteImage | undefined
  /** The manifest's annotations. */
  readonly annotations: Readonly<Record<string, string>>
}

const SAVE_TIMEOUT_MS = 3 * 3_600_000

/** Uploads the built image and proves that the registry has exactly it. */
export async function pushCandidate(
  facts: CandidateFacts,
  ports: Ports,
  docker: Docker,
  registry: Registry
): Promise<Candidate> {
  const { built, repository, published } = facts
  const known = layersByDiffId(published)
  const progress = ports.log.progress('layers', { items: built.diffIds.length })
  let uploadedBytes = 0
  let uploadedLayers = 0

  const store = async (layer: ArchivedLayer): Promise<PushedLayer> => {
    const named = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(layer.path)?.[1]
    const already = named === undefined ? undefined : known.get(`sha256:${named}`)
    if (already !== undefined) {
      progress.add({ items: 1 })
      return { diffId: `sha256:${named}`, descriptor: already }
    }
    const file = join(
      ports.runner.temp,
      `layer-${uploadedLayers}-${layer.path.replaceAll('/', '-').slice(-80)}`
    )
    try {
      const spooled = await spoolLayer(layer, file)
      const published = known.get(spooled.diffId)
      if (published === undefined) {
        const outcome = await registry.pushBlob(repository, fileSource(spooled))
        if (outcome === 'uploaded') {
          uploadedBytes += spooled.size
          uploadedLayers++
        }
        ports.log.debug(`layer ${spooled.diffId}: ${bytes(spooled.size)} ${outcome}`)
      }
      progress.add({ items: 1 })
      return {
        diffId: spooled.diffId,
        descriptor: published ?? {
          mediaType: spooled.mediaType,
          digest: spooled.digest,
          size: spooled.size,
          annotations: { [CONTENT_DIGEST]: spooled.contentDigest }
        }
      }
    } finally {
      // One compressed layer at a time is all the room that this needs.
      await rm(file, { force: true })
    }
  }

  await ports.fs.mkdir(ports.runner.temp, { recursive: true, mode: 0o700 })
  const stream = new PassThrough()
  const reading = readArchive(stream, store)
  // When reading fails the engine must not wait for ever for somebody to take its output.
  reading.catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
  const [archive, saving] = await Promise.allSettled([
    reading,
    docker.save(built.id, stream, SAVE_TIMEOUT_MS)
  ])
  progress.end()
  if (archive.status === 'rejected') throw archive.reason
  if (saving.status === 'rejected') throw saving.reason

  const { config, layers, ids } = archive.value
  prove(built, ids, config, layers)
  const configDescriptor = { mediaType: mediaTypes.ociConfig, digest: digestOf(config), size: config.length }
  await registry.pushBlob(repository, bytesSource(configDescriptor.digest, config))
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: configDescriptor,
    layers: layers.map((layer) => layer.descriptor),
    ...(Object.keys(facts.annotations).length === 0 ? {} : { annotations: facts.annotations })
  })
  const descriptor = await registry.pushManifest(repository, manifest, mediaTypes.ociManifest)

  // Asked back by digest: from here on nobody needs the engine to know what is going to be published.
  const reference = at(repository, descriptor.digest)
  const image = await registry.image(reference, parsePlatform(facts.platform))
  if (image === undefined)
    throw new FindingError(`${formatReference(reference)}: the registry does not give back what it was given`)
  compareWithEngine(built, image.config.diffIds, formatReference(reference))
  return {
    repository,
    descriptor,
    reference: formatReference(reference),
    image,
    uploadedBytes,
    uploadedLayers
  }
}

interface PushedLayer {
  readonly diffId: string
  readonly descriptor: Descriptor
}

/** The layers of the published image as OCI descriptors: a Docker type would not belong into an OCI manifest. */
function layersByDiffId(published: RemoteImage | undefined): ReadonlyMap<string, Descriptor> {
  const known = new Map<string, Descriptor>()
  published?.manifest.layers.forEach((layer, index) => {
    const diffId = published.config.diffIds[index]
    const mediaType =
      layer.mediaType === mediaTypes.dockerLayerGzip ? mediaTypes.ociLayerGzip : layer.mediaType
    if (diffId !== undefined && !mediaType.includes('.foreign.')) known.set(diffId, { ...layer, mediaType })
  })
  return known
}

/** What the engine exported is what it built: same layers in the same order, same configuration. */
function prove(
  built: ImageFacts,
  ids: readonly string[],
  config: Buffer,
  layers: readonly PushedLayer[]
): void {
  const parsed = parseConfig(config)
  const measured = layers.map((layer) => layer.diffId)
  compareWithEngine(built, measured, 'the exported layers')
  compareWithEngine(built, parsed.diffIds, 'the exported configuration')
  if (!ids.includes(built.id)) {
    throw new FindingError(`the engine exported ${ids.join(' ')}, but built ${built.id}`)
  }
}

function compareWithEngine(built: ImageFacts, diffIds: readonly string[], what: string): void {
  if (built.diffIds.length === diffIds.length && built.diffIds.every((id, index) => id === diffIds[index]))
    return
  throw new FindingError(
    `${what}: not the image that was built. Built: ${built.diffIds.join(' ')}; found: ${diffIds.join(' ')}`
  )
}
