/** Which of the usual programs an image has. */
import { resolve, type ImageTree } from './tree.ts'

const SHELLS = ['/bin/sh', '/usr/bin/sh', '/bin/bash', '/usr/bin/bash', '/bin/dash', '/bin/ash']

/** Absolute path of a shell in the image; undefined when it has none. */
export async function findShell(tree: ImageTree): Promise<string | undefined> {
  for (const file of SHELLS) {
    if (await isProgram(tree, file)) return file
  }
  return undefined
}

/** True when one of the folders of `path` has the program. */
export async function hasProgram(tree: ImageTree, name: string, path: readonly string[]): Promise<boolean> {
  for (const folder of path) {
    if (await isProgram(tree, `${folder}/${name}`)) return true
  }
  return false
}

async function isProgram(tree: ImageTree, file: string): Promise<boolean> {
  const found = await resolve(tree, file)
  return found?.entry.kind === 'file' && (found.entry.mode & 0o111) !== 0
}
