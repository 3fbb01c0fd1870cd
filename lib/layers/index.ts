/** OCI layers: what they come to when they lie on top of each other, as one tar. */
export { LayerError, LayerRefused, show, type EntryType, type LayerEntry } from './entry.ts'
export {
  flatten,
  OtherRoot,
  type FlattenLimits,
  type FlattenOptions,
  type Layer,
  type OwnEntry
} from './flatten.ts'
export { checkMediaType } from './unpack.ts'
