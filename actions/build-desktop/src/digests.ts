/** The files that carry a build from job to job: one per platform, in a folder that travels as an artifact. */
import { join } from 'node:path'
import { FindingError } from '../../../lib/failure/index.ts'
import { replaceFile } from '../../../lib/files/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import {
  formatPlatform,
  isDigest,
  isTag,
  parsePlatform,
  parseRepository
} from '../../../lib/registry/index.ts'

export const DIGEST_SCHEMA = 'https://neurodesk.org/ci/digest-1.json'

export interface DigestFile {
  readonly schema: typeof DIGEST_SCHEMA
  readonly image: string
  readonly platform: string
  readonly tag: string
  /** Commit; '' outside of a repository. */
  readonly revision: string
  /** `host/path` that has the image under `digest`. */
  readonly repository: string
  readonly digest: string
  /** Digest of the manifest with its attestations; '' when it has none. */
  readonly attestation: string
  readonly changed: boolean
  readonly reason: string
}

const MAX_BYTES = 64 * 1024

/** Writes the file of one platform and says where. */
export async function writeDigest(ports: Ports, folder: string, file: DigestFile): Promise<string> {
  await ports.fs.mkdir(folder, { recursive: true })
  const path = join(folder, `${file.platform.replaceAll('/', '-')}.json`)
  await replaceFile(ports, path, `${JSON.stringify(file, null, 2)}\n`)
  return path
}

/**
 * Reads every `*.json` below the folder, also in folders that artifacts made; all of them must belong together.
 * @throws FindingError that names every file that is wrong
 */
export async function readDigests(ports: Ports, folder: string): Promise<readonly DigestFile[]> {
  const names = (await ports.fs.readdir(folder, { recursive: true }))
    .map(String)
    .filter((name) => name.endsWith('.json'))
  const problems: string[] = []
  const files: DigestFile[] = []
  for (const name of names.sort()) {
    const path = join(folder, name)
    const { size } = await ports.fs.stat(path)
    const parsed =
      size > MAX_BYTES ? `larger than ${MAX_BYTES} bytes` : parseDigest(await ports.fs.readFile(path, 'utf8'))
    if (typeof parsed === 'string') problems.push(`${name}: ${parsed}`)
    else files.push(parsed)
  }
  if (names.length === 0) problems.push('no file')
  for (const key of ['image', 'repository', 'revision'] as const) {
    const values = [...new Set(files.map((file) => file[key]))]
    if (values.length > 1) problems.push(`different ${key}: ${values.join(', ')}`)
  }
  const platforms = files.map((file) => file.platform)
  for (const twice of new Set(platforms.filter((one, index) => platforms.indexOf(one) !== index))) {
    problems.push(`${twice} more than once`)
  }
  if (problems.length > 0) throw new FindingError(`the folder of digests ${folder}: ${problems.join('; ')}`)
  return files
}

/** The file, or what is wrong with it. Comes from an artifact: nothing in it is believed unchecked. */
export function parseDigest(text: string): DigestFile | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'no JSON'
  }
  if (typeof value !== 'object' || value === null) return 'no JSON object'
  const { schema, image, platform, tag, revision, repository, digest, attestation, changed, reason } =
    value as Record<string, unknown>
  if (schema !== DIGEST_SCHEMA) return `not of the schema ${DIGEST_SCHEMA}`
  const texts = { image, platform, tag, revision, repository, digest, attestation, reason }
  for (const [name, text] of Object.entries(texts)) if (typeof text !== 'string') return `${name} is no text`
  const given = texts as Record<keyof typeof texts, string>
  if (typeof changed !== 'boolean') return 'changed is neither true nor false'
  if (!isDigest(given.digest)) return 'digest is no digest'
  if (given.attestation !== '' && !isDigest(given.attestation)) return 'attestation is no digest'
  if (!isTag(given.tag)) return 'tag is no tag'
  if (given.revision !== '' && !/^[0-9a-f]{7,64}$/.test(given.revision)) return 'revision is no commit'
  try {
    if (formatPlatform(parsePlatform(given.platform)) !== given.platform)
      return 'platform is not written as os/architecture'
    parseRepository(given.repository)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return { schema: DIGEST_SCHEMA, ...given, changed }
}
