/** Object stores: through rclone to change them, by their public address as users see them. */
export { parseStore, publicPath, remotePath, segmentStore, type Store, type StoredObject } from './store.ts'
export { secretsIn } from './credentials.ts'
export { PART } from './part.ts'
export { createRclone, type Rclone, type RcloneOptions } from './rclone.ts'
export { removeUnfinished } from './unfinished.ts'
export type { Features, ObjectFacts } from './words.ts'
export { createDoubt, segmentsOf, probe, rangeReader, type Probe, type ProbeOptions } from './public.ts'
