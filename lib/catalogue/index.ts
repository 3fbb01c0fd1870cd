/** NeuroDesk's catalogue: apps.json, the containers in it, and the files that are written from it. */
export { readCatalogue, isPrimary } from './read.ts'
export { readCatalogueLog, isLog } from './log.ts'
export type { Catalogue, Container, Refused, ReadOptions, Rules } from './collection.ts'
export {
  isBuildDate,
  isContainerName,
  isDate,
  notAnImageBecause,
  parseContainerName,
  unsafeBecause,
  GRANDFATHERED,
  type Architecture,
  type ContainerName
} from './names.ts'
export { writeLog, writeAppList, readLog } from './write.ts'
export { compareCatalogues, type Comparison } from './compare.ts'
export { parseJson, plain, type JsonNode } from './json.ts'
