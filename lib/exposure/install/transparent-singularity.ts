/**
 * transparent-singularity, by its contract: its files are copied into the folder of the container, and
 * run_transparent_singularity.sh --container NAME_VERSION_DATE.simg is called there. Its exit code is 0 whatever
 * happened (run for real in 2025), so only its effects are looked at.
 */
import path from 'node:path'

import { SHIM } from '../host/shims.ts'
import type { InstallRequest, InstallResult } from './types.ts'

export const SCRIPT = 'run_transparent_singularity.sh'

export async function installTransparentSingularity(request: InstallRequest): Promise<InstallResult> {
  const { fs, container } = request
  const containers = path.join(await fs.realpath(request.folder), 'containers')
  const folder = path.join(containers, container.id)
  const image = path.join(folder, `${container.id}.simg`)
  // A second installation is a second call in the same place.
  if (!(await exists(fs, path.join(folder, SCRIPT))))
    await copyInstaller(request, request.installerPath, folder)
  const ownFiles = await fs.readdir(request.installerPath)
  if (request.image !== undefined && !(await exists(fs, image))) await fs.symlink(request.image, image)
  const env = request.image === undefined ? request.env : { ...request.env, [SHIM.handOver]: request.image }
  const result = await request.caller.call(
    path.join(folder, SCRIPT),
    ['--container', `${container.id}.simg`],
    {
      cwd: folder,
      env,
      timeoutMs: request.timeoutMs,
      signal: request.signal
    }
  )
  return {
    installed: { container: container.id, containers, folder, image },
    exitCode: result.exitCode,
    timedOut: result.timedOut,
    output: `${result.stdout.toString('utf8')}\n${result.stderr}`,
    ownFiles,
    findings: []
  }
}

/** Everything of the checkout but its history. */
export async function copyInstaller(request: InstallRequest, from: string, to: string): Promise<void> {
  await request.fs.mkdir(to, { recursive: true })
  await request.fs.cp(from, to, {
    recursive: true,
    filter: (source) => !['.git', '.github'].includes(path.basename(source))
  })
}

/** True also for a link that leads nowhere. */
export async function exists(fs: Pick<InstallRequest['fs'], 'lstat'>, file: string): Promise<boolean> {
  return await fs.lstat(file).then(
    () => true,
    () => false
  )
}
