/** OCI distribution: what the actions may know of registries. */
export { createRegistry, isRefusal } from './client.ts'
export type { CopyOptions, CopyResult, Registry, RegistryOptions } from './types.ts'
export {
  anonymous,
  dockerCredentials,
  firstOf,
  given,
  type Credential,
  type Credentials
} from './credentials.ts'
export {
  digestOf,
  formatPlatform,
  ManifestError,
  mediaTypes,
  normalPlatform,
  parseConfig,
  parseManifest,
  parsePlatform,
  runnable,
  samePlatform,
  type Descriptor,
  type ImageConfig,
  type ImageIndex,
  type ImageManifest,
  type Platform
} from './manifest.ts'
export {
  at,
  formatReference,
  formatRepository,
  isDigest,
  isLoopback,
  isTag,
  notesOnCapitals,
  parseReference,
  parseRepository,
  BadReference,
  type Reference,
  type Repository
} from './reference.ts'
export { bytesSource, type BlobSource, type PushOutcome } from './upload.ts'
export type { FetchedManifest, RemoteImage } from './read.ts'
export {
  compareImages,
  CONTENT_DIGEST,
  isOnlyTimes,
  type Comparable,
  type Difference,
  type FieldDifference,
  type LayerDifference
} from './compare.ts'
