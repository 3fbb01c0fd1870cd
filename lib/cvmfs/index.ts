export { serverBase, serversInConfig } from './client-config.ts'
export { Fault, type FaultCode } from './faults.ts'
export { createHasher, formatHash, hashBytes, objectPath, parseHash } from './hash.ts'
export type { Algorithm, ObjectHash, ObjectKind } from './hash.ts'
export { MAX_MANIFEST_BYTES, parseManifest, type Manifest } from './manifest.ts'
export { MAX_WHITELIST_BYTES, parseWhitelist, type Fingerprint, type Whitelist } from './whitelist.ts'
export { parseCertificate, readMasterKeys, verifyListed, verifyManifest, verifyWhitelist } from './trust.ts'
export { parseServerDate } from './dates.ts'
export { normalizePath, parentOf, pathKey } from './paths.ts'
export { Catalog, type Chunk, type Entry, type Nested, type ObjectRef, type Storage } from './catalog.ts'
export { damageOf, type Damage } from './content.ts'
export { Endpoint, Unanswered, cacheEvidence, type EndpointSettings } from './endpoint.ts'
export { tagsAfter, type Tag } from './history.ts'
export { identify, identifyFresh, type Identity, type NotRead } from './identity.ts'
export { CatalogLibrary, type Obtained } from './library.ts'
export {
  nameOf,
  proveObject,
  readObject,
  type BadObject,
  type ObjectState,
  type Present,
  type WantedObject
} from './objects.ts'
export { Unresolvable, follow, lookUp, type Found, type ReadCatalog } from './tree.ts'
