/** SIF images: making them, with Apptainer or without an unpacked tree, and looking into them without it. */
export { parseHeader, SifError, HEADER_BYTES, type SifHeader } from './format.ts'
export { inspectSif, findRoot, digestInDefinition, isFor, type Sif, type Expected } from './verify.ts'
export { inspectFile, digestsOfFile, md5OfParts, type FileDigests } from './file.ts'
export {
  findApptainer,
  manifestReads,
  NoMksquashfs,
  type Apptainer,
  type BuildRequest,
  type Compression
} from './apptainer.ts'
export { streamImage, streamUnavailable, type StreamRequest } from './stream.ts'
