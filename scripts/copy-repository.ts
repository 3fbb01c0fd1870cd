/** A second repository in another folder: what git has or would take, without bundles, and the same packages. */
import { execFileSync } from 'node:child_process'
import { copyFile, cp, link, mkdir, readdir, readlink, symlink } from 'node:fs/promises'
import path from 'node:path'

import { top } from './repository.ts'

/**
 * Copies this repository into `folder`, which is made. `linked` makes node_modules one link, which is quick; but then
 * the packages lie elsewhere for a bundler, which names modules by their paths. `whole` is what `npm ci` would make.
 */
export async function copyRepository(folder: string, packages: 'linked' | 'whole'): Promise<void> {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: top,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  })
  const files = listed.split('\0').filter((file) => file !== '' && !/^actions\/[^/]+\/dist\//.test(file))
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await cp(path.join(top, file), path.join(folder, file), { verbatimSymlinks: true }).catch(unlessGone)
  }
  const [from, to] = [top, folder].map((at) => path.join(at, 'node_modules')) as [string, string]
  if (packages === 'linked') await symlink(from, to, 'junction')
  else await copyTree(from, to)
}

/** Deleted here, and git does not know it yet. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** Other names for the same files where the file system can; 30,000 small ones are copied slowly. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target)
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else await link(source, target).catch(async () => await copyFile(source, target))
  }
}
