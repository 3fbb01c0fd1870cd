/** Object stores: through rclone to change them, by their public address as users see them. */
export { parseStore, publicPath, remotePath, segmentStore, type Store, type StoredObject } from './store.ts'
export {
  createRclone,
  PART,
  removeUnfinished,
  type Features,
  type ObjectFacts,
  type Rclone,
  type RcloneOptions
} from './rclone.ts'
export { createDoubt, segmentsOf, probe, rangeReader, type Probe, type ProbeOptions } from './public.ts'
