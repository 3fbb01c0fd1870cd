/** A disk that is small enough to fill up: a tmpfs. Only who may mount can have one: root, or by sudo. */
import { mkdir } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createExec } from '../../lib/shell/index.ts'
import { findTools } from '../tools.ts'
import { ServiceError } from './daemon.ts'
import { clearEstate, createEstate } from './estate.ts'
import { need } from './need.ts'

export interface DiskService extends AsyncDisposable {
  /** The mount point, empty; everything below it is on the disk. */
  readonly folder: string
}

/**
 * Mounted when it resolves, and owned by us.
 * @throws MissingService, or ServiceError when the mount is refused
 */
export async function smallDisk(bytes: number): Promise<DiskService> {
  const tools = findTools()
  const [mount, umount] = [need(tools, 'mount'), need(tools, 'umount')]
  const estate = await createEstate('disk')
  const folder = join(estate.folder, 'disk')
  const exec = createExec({ env: { ...process.env, ...tools.env } })
  const asRoot = async (command: string, args: readonly string[]): Promise<void> => {
    const isRoot = process.getuid?.() === 0
    await exec.run(isRoot ? command : 'sudo', isRoot ? args : ['-n', command, ...args])
  }
  try {
    await mkdir(folder)
    const { uid, gid } = userInfo()
    const options = `size=${bytes},mode=0755,uid=${uid},gid=${gid}`
    await asRoot(mount, ['-t', 'tmpfs', '-o', options, 'none', folder])
  } catch (error) {
    await clearEstate(estate)
    throw new ServiceError(`no disk could be mounted: ${error instanceof Error ? error.message : ''}`)
  }
  return {
    folder,
    async [Symbol.asyncDispose]() {
      // The estate unmounts as root only.
      await asRoot(umount, ['--lazy', folder])
      await clearEstate(estate)
    }
  }
}
