/** The built-in exposure as an installer: the image is linked into a clean folder, and the files are written around it. */
import path from 'node:path'

import { NothingToExpose, renderExposure, writeExposure } from '../builtin/install.ts'
import type { ContainerPromise } from '../promise.ts'
import type { InstallRequest, InstallResult } from './types.ts'

export async function installBuiltin(
  request: InstallRequest,
  promise: ContainerPromise
): Promise<InstallResult> {
  const { fs, container } = request
  const containers = path.join(await fs.realpath(request.folder), 'containers')
  const folder = path.join(containers, container.id)
  const image = path.join(folder, `${container.id}.simg`)
  await fs.mkdir(folder, { recursive: true })
  if (request.image !== undefined && (await fs.lstat(image).catch(() => undefined)) === undefined) {
    await fs.symlink(request.image, image)
  }
  const installed = { container: container.id, containers, folder, image }
  try {
    await writeExposure(fs, containers, container, renderExposure(container, path.basename(image), promise))
    return { installed, exitCode: 0, timedOut: false, output: '', ownFiles: [], findings: [] }
  } catch (error) {
    if (!(error instanceof NothingToExpose)) throw error
    return { installed, exitCode: 1, timedOut: false, output: error.message, ownFiles: [], findings: [] }
  }
}
