/** The Docker Engine, through its command line client. */
export {
  createDocker,
  type Docker,
  type DockerOptions,
  type EngineFacts,
  type ExecOutcome
} from './engine.ts'
export type { ContainerFacts, ImageFacts } from './inspect.ts'
export { containerResource, removeContainerSurely, removeImageSurely } from './surely.ts'
export { readArchive, type ArchivedLayer, type ImageArchive } from './archive.ts'
export { createContentReader, type ContentReader } from './content.ts'
export { privateDockerConfig, type Login } from './config.ts'
export { readApk, readDpkg, type Package } from './packages.ts'
