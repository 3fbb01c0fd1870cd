/** Content hashes and where an object with that hash lies. */
import { createHash, type Hash } from 'node:crypto'

export type Algorithm = 'sha1' | 'rmd160' | 'shake128'

export interface ObjectHash {
  readonly algorithm: Algorithm
  /** 40 lower-case hex digits. */
  readonly hex: string
}

/** `file` is a whole file, `chunk` a part of one; the others are the repository's own books. */
export type ObjectKind = 'file' | 'chunk' | 'catalog' | 'certificate' | 'history' | 'meta'

const TAGS: Readonly<Record<Algorithm, string>> = { sha1: '', rmd160: '-rmd160', shake128: '-shake128' }
const SUFFIXES: Readonly<Record<ObjectKind, string>> = {
  file: '',
  chunk: 'P',
  catalog: 'C',
  certificate: 'X',
  history: 'H',
  meta: 'M'
}
const BY_TAG = new Map<string, Algorithm>(Object.entries(TAGS).map(([name, tag]) => [tag, name as Algorithm]))

/** 40 lower-case hex digits and the algorithm's tag (nothing for SHA-1); undefined for anything else. */
export function parseHash(text: string): ObjectHash | undefined {
  const match = /^([0-9a-f]{40})(-[a-z0-9]{1,12})?$/.exec(text)
  const hex = match?.[1]
  const algorithm = BY_TAG.get(match?.[2] ?? '')
  return hex === undefined || algorithm === undefined ? undefined : { algorithm, hex }
}

/** The form of manifests and catalogs: hex digits and tag, without the object's suffix. */
export function formatHash(hash: ObjectHash): string {
  return hash.hex + TAGS[hash.algorithm]
}

/** Path below the repository's base: `data/ab/cdef…C`. The tag stands before the suffix. */
export function objectPath(hash: ObjectHash, kind: ObjectKind): string {
  return `data/${hash.hex.slice(0, 2)}/${hash.hex.slice(2)}${TAGS[hash.algorithm]}${SUFFIXES[kind]}`
}

/** A running hash; its result is read by `digest('hex')`. SHAKE-128 is cut to 20 bytes like the others. */
export function createHasher(algorithm: Algorithm): Hash {
  return algorithm === 'shake128' ? createHash('shake128', { outputLength: 20 }) : createHash(algorithm)
}

/** Hash of bytes as hex digits. The protocol hashes objects AS STORED: the compressed bytes. */
export function hashBytes(algorithm: Algorithm, bytes: Uint8Array): string {
  return createHasher(algorithm).update(bytes).digest('hex')
}
