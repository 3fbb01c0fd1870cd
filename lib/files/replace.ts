/**
 * Files that appear whole or not at all, in a place that others read. The temporary file lies beside the final one,
 * since a rename works only there; a kill between the two leaves it behind, so it is in the state before it exists.
 */
import { randomBytes } from 'node:crypto'
import path from 'node:path'

import type { Cleanup, Ports } from '../ports/index.ts'

/** The kind of resource that a temporary file is; lib/action removes it with removePart. */
export const PART_KIND = 'part'

/** Hidden, and short: a name of the caller's may be as long as names can be. */
const PART = /^\.neurodesk-ci-[0-9a-f]{16}\.tmp$/

interface Needs {
  readonly fs: Pick<Ports['fs'], 'writeFile' | 'rename' | 'rm' | 'stat'>
  readonly cleanup: Cleanup
}

/** Writes the file under another name, then gives it its own. What is no file (a pipe, /dev/stdout) is written to. */
export async function replaceFile(
  { fs, cleanup }: Needs,
  file: string,
  content: string | Uint8Array,
  options: { readonly mode?: number } = {}
): Promise<void> {
  const there = await fs.stat(file).catch(() => undefined)
  if (there !== undefined && !there.isFile()) return await fs.writeFile(file, content)
  const part = path.resolve(path.dirname(file), `.neurodesk-ci-${randomBytes(8).toString('hex')}.tmp`)
  const resource = { kind: PART_KIND, id: part }
  cleanup.register(resource)
  try {
    await fs.writeFile(part, content, { ...options, flag: 'wx' })
    await fs.rename(part, file)
  } finally {
    // After a success it is no longer there.
    await fs.rm(part, { force: true })
  }
  cleanup.release(resource)
}

/** Removes a temporary file, and nothing that is none: the state is a file, and what it says is only data. */
export async function removePart(fs: Pick<Ports['fs'], 'rm'>, id: string): Promise<void> {
  if (!PART.test(path.basename(id)) || path.resolve(id) !== id) throw new Error('it is no temporary file')
  await fs.rm(id, { force: true })
}
