/**
 * What a registry keeps: manifests, indexes and image configurations, in OCI's and in Docker's types. Protocol
 * sources: OCI Image Specification 1.1 (manifest.md, image-index.md, config.md) and Docker's Image Manifest
 * Version 2, Schema 2. Everything that comes from a registry is checked here before it is believed.
 */
import { createHash } from 'node:crypto'
import { isDigest } from './reference.ts'

export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar',
  ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  inToto: 'application/vnd.in-toto+json'
} as const

/** Sent as Accept with every question for a manifest. */
export const acceptManifests = [
  mediaTypes.ociIndex,
  mediaTypes.ociManifest,
  mediaTypes.dockerIndex,
  mediaTypes.dockerManifest
].join(', ')

export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  /** Bytes. */
  readonly size: number
  readonly platform?: Platform
  readonly annotations?: Readonly<Record<string, string>>
}

export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
}

export interface ImageManifest {
  readonly kind: 'image'
  readonly mediaType: string
  readonly config: Descriptor
  /** Bottom first. */
  readonly layers: readonly Descriptor[]
  readonly annotations: Readonly<Record<string, string>>
}

export interface ImageIndex {
  readonly kind: 'index'
  readonly mediaType: string
  readonly manifests: readonly Descriptor[]
  readonly annotations: Readonly<Record<string, string>>
}

/** An image configuration, as far as it matters; `raw` is the whole. */
export interface ImageConfig {
  readonly os: string
  readonly architecture: string
  readonly variant: string | undefined
  readonly created: string | undefined
  /** The fields under `config`: Env, Cmd, Labels … */
  readonly settings: Readonly<Record<string, unknown>>
  /** sha256 of the layers' tar streams, bottom first. */
  readonly diffIds: readonly string[]
  readonly raw: Readonly<Record<string, unknown>>
}

/** What a registry gave is not what the specification allows. Never retried: it would come again. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError'
}

export function digestOf(bytes: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/**
 * Reads a manifest or an index.
 * @throws ManifestError also for Docker's schema 1, which has neither config nor diff_ids.
 */
export function parseManifest(body: Uint8Array, contentType: string): ImageManifest | ImageIndex {
  const json = parseObject(body, 'manifest')
  const mediaType =
    typeof json['mediaType'] === 'string' ? json['mediaType'] : (contentType.split(';')[0] ?? '').trim()
  if (json['schemaVersion'] !== 2) {
    throw new ManifestError(
      `manifest has schemaVersion ${JSON.stringify(json['schemaVersion'])}; only 2 is supported`
    )
  }
  const annotations = readTexts(json['annotations'])
  if (Array.isArray(json['manifests'])) {
    return {
      kind: 'index',
      mediaType,
      annotations,
      manifests: json['manifests'].map((item) => readDescriptor(item))
    }
  }
  if (!Array.isArray(json['layers'])) {
    throw new ManifestError(`${mediaType === '' ? 'document' : mediaType} has neither layers nor manifests`)
  }
  return {
    kind: 'image',
    mediaType,
    annotations,
    config: readDescriptor(json['config']),
    layers: json['layers'].map((item) => readDescriptor(item))
  }
}

/**
 * Reads an image configuration.
 * @throws ManifestError
 */
export function parseConfig(body: Uint8Array): ImageConfig {
  const json = parseObject(body, 'image configuration')
  const rootfs = isRecord(json['rootfs']) ? json['rootfs'] : {}
  const diffIds = rootfs['diff_ids']
  if (
    !Array.isArray(diffIds) ||
    !diffIds.every((id): id is string => typeof id === 'string' && isDigest(id))
  ) {
    throw new ManifestError('image configuration has no usable rootfs.diff_ids')
  }
  return {
    os: textOr(json['os'], 'linux'),
    architecture: textOr(json['architecture'], ''),
    variant: typeof json['variant'] === 'string' && json['variant'] !== '' ? json['variant'] : undefined,
    created: typeof json['created'] === 'string' ? json['created'] : undefined,
    settings: isRecord(json['config']) ? json['config'] : {},
    diffIds,
    raw: json
  }
}

/**
 * `os/architecture[/variant]`, in the words of Go: `linux/amd64`, `linux/arm64`.
 * @throws ManifestError
 */
export function parsePlatform(text: string): Platform {
  const parts = text.trim().toLowerCase().split('/')
  const [os, architecture, variant] = parts
  const usable = parts.length <= 3 && parts.every((part) => /^[a-z0-9][a-z0-9_.-]*$/.test(part))
  if (!usable || os === undefined || architecture === undefined) {
    throw new ManifestError(`"${text}" is no platform: os/architecture or os/architecture/variant`)
  }
  return normalPlatform({ os, architecture, ...(variant === undefined ? {} : { variant }) })
}

export function formatPlatform(platform: Platform): string {
  return [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined).join('/')
}

/** arm64 is v8 whether it says so or not; x86_64 and aarch64 are uname's words for amd64 and arm64. */
export function normalPlatform(platform: Platform): Platform {
  const names: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' }
  const architecture = names[platform.architecture] ?? platform.architecture
  const implied = architecture === 'arm64' && platform.variant === 'v8'
  const variant = implied || platform.variant === '' ? undefined : platform.variant
  return { os: platform.os, architecture, ...(variant === undefined ? {} : { variant }) }
}

export function samePlatform(one: Platform, other: Platform): boolean {
  return formatPlatform(normalPlatform(one)) === formatPlatform(normalPlatform(other))
}

/** The images of an index that a machine can run: attestations have the platform unknown/unknown. */
export function runnable(index: ImageIndex): readonly Descriptor[] {
  return index.manifests.filter(
    (item) =>
      item.annotations?.['vnd.docker.reference.type'] === undefined &&
      item.platform !== undefined &&
      item.platform.os !== 'unknown'
  )
}

function readDescriptor(value: unknown): Descriptor {
  if (!isRecord(value)) throw new ManifestError('descriptor is missing')
  const { mediaType, digest, size, platform } = value
  if (typeof digest !== 'string' || !isDigest(digest))
    throw new ManifestError('descriptor has no usable digest')
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new ManifestError(`descriptor ${digest} has no usable size`)
  }
  return {
    mediaType: textOr(mediaType, ''),
    digest,
    size,
    ...(isRecord(platform)
      ? {
          platform: normalPlatform({
            os: textOr(platform['os'], 'unknown'),
            architecture: textOr(platform['architecture'], 'unknown'),
            ...(typeof platform['variant'] === 'string' ? { variant: platform['variant'] } : {})
          })
        }
      : {}),
    ...(isRecord(value['annotations']) ? { annotations: readTexts(value['annotations']) } : {})
  }
}

function parseObject(body: Uint8Array, what: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'))
  } catch (error) {
    throw new ManifestError(`${what} is no JSON`, { cause: error })
  }
  if (!isRecord(value)) throw new ManifestError(`${what} is no JSON object`)
  return value
}

function readTexts(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise
}
