/** `.cvmfspublished`: one key letter and its value per line, in a signed letter. cvmfs/manifest.cc. */
import { Fault } from './faults.ts'
import { parseHash, type ObjectHash } from './hash.ts'
import { cutLetter, type Letter } from './letter.ts'

export interface Manifest {
  readonly name: string
  readonly revision: number
  readonly rootCatalog: ObjectHash
  /** Bytes of the root catalog, inflated; undefined in old repositories. */
  readonly rootCatalogSize: number | undefined
  readonly certificate: ObjectHash
  /** Seconds that a client may keep this manifest. */
  readonly ttl: number
  /** Milliseconds since 1970; undefined when the manifest does not say. */
  readonly published: number | undefined
  readonly history: ObjectHash | undefined
  readonly metaInfo: ObjectHash | undefined
  /** Root catalog, certificate, history and meta info lie under `.cvmfsalt-…` names. */
  readonly alternativeNames: boolean
  readonly letter: Letter
}

/** No manifest comes near it: real ones have half a kilobyte. */
export const MAX_MANIFEST_BYTES = 64 * 1024

/** MD5 of the empty path: the only root that a repository may have. */
const ROOT_PATH = 'd41d8cd98f00b204e9800998ecf8427e'
const MAX_LINES = 1000
/** The reference client reads 64 bit; a year of one publish per second stays far below 15 digits. */
const NUMBER = /^\d{1,15}$/

/**
 * Reads a manifest. Unknown letters and empty values are passed over, the order of lines is free.
 * Its signature is NOT checked here.
 * @throws Fault manifest-format with everything that is wrong, manifest-altered when the text has not the hash that
 *   stands below it, manifest-root-path for another root than "".
 */
export function parseManifest(bytes: Buffer): Manifest {
  const letter = cutLetter(bytes)
  if ('problem' in letter) throw new Fault('manifest-format', `The manifest is not one: ${letter.problem}.`)
  if (!letter.intact) {
    throw new Fault(
      'manifest-altered',
      'The manifest is altered: its text has not the hash that stands below it.'
    )
  }
  const problems: string[] = []
  const fields = readFields(letter.payload, problems)

  const hash = (key: string): ObjectHash | undefined => {
    const text = fields.get(key)
    if (text === undefined || text === '') return undefined
    const parsed = parseHash(text)
    if (parsed === undefined) problems.push(`${key} is not a hash`)
    return parsed
  }
  const integer = (key: string): number | undefined => {
    const text = fields.get(key)
    if (text === undefined || text === '') return undefined
    if (!NUMBER.test(text)) problems.push(`${key} is not a number`)
    return NUMBER.test(text) ? Number(text) : undefined
  }
  const need = <T>(key: string, value: T | undefined): T | undefined => {
    if (value === undefined && !problems.some((problem) => problem.startsWith(`${key} `))) {
      problems.push(`${key} is not given`)
    }
    return value
  }

  const rootCatalog = need('C', hash('C'))
  const certificate = need('X', hash('X'))
  const revision = need('S', integer('S'))
  const ttl = need('D', integer('D'))
  const name = need('N', fields.get('N'))
  const rootPath = need('R', fields.get('R'))
  const published = integer('T')
  const rootCatalogSize = integer('B')
  const history = hash('H')
  const metaInfo = hash('M')
  if (
    rootCatalog === undefined ||
    certificate === undefined ||
    revision === undefined ||
    ttl === undefined ||
    name === undefined ||
    problems.length > 0
  ) {
    throw new Fault('manifest-format', `The manifest is not one: ${problems.join('; ')}.`)
  }
  if (rootPath !== ROOT_PATH) {
    throw new Fault(
      'manifest-root-path',
      `The manifest names the root path ${rootPath}; it must be ${ROOT_PATH}.`
    )
  }
  return {
    name,
    revision,
    rootCatalog,
    rootCatalogSize: rootCatalogSize === 0 ? undefined : rootCatalogSize,
    certificate,
    ttl,
    published: published === undefined || published === 0 ? undefined : published * 1000,
    history,
    metaInfo,
    alternativeNames: fields.get('A') === 'yes',
    letter
  }
}

function readFields(payload: Buffer, problems: string[]): Map<string, string> {
  const fields = new Map<string, string>()
  const lines = payload.toString('latin1').split('\n')
  if (lines.length > MAX_LINES) problems.push(`it has more than ${MAX_LINES} lines`)
  for (const line of lines.slice(0, MAX_LINES)) {
    const key = line.slice(0, 1)
    if (key === '') continue
    // Z, the channel tips, is the one key that may come more than once.
    if (fields.has(key) && key !== 'Z') problems.push(`${shown(key)} comes twice`)
    fields.set(key, line.slice(1))
  }
  return fields
}

/** A key from outside, fit for a message. */
function shown(key: string): string {
  return /^[A-Za-z]$/.test(key) ? key : `the key with code ${key.charCodeAt(0)}`
}
