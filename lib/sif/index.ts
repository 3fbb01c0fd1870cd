/** SIF images: making them with Apptainer, and looking into them without it. */
export { parseHeader, SifError, HEADER_BYTES, type SifHeader } from './format.ts'
export { inspectSif, findRoot, digestInDefinition, type Sif, type Expected } from './verify.ts'
export { inspectFile, digestsOfFile, md5OfParts, type FileDigests } from './file.ts'
export { findApptainer, type Apptainer, type BuildRequest, type Compression } from './apptainer.ts'
