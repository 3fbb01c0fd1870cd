/**
 * neurocommand, by its contract: build.sh --cli prepares the folder `local`, containers.sh lists what can be
 * installed, fetch_containers.sh NAME VERSION DATE installs one container below local/containers, or below
 * NEURODESKTOP_LOCAL_CONTAINERS when that is set.
 */
import path from 'node:path'

import type { Finding } from '../../report/index.ts'
import type { CallResult } from '../../shell/index.ts'
import { SHIM } from '../host/shims.ts'
import { copyInstaller, exists } from './transparent-singularity.ts'
import type { InstallRequest, InstallResult } from './types.ts'

export async function installNeurocommand(request: InstallRequest): Promise<InstallResult> {
  const { fs, container } = request
  const root = path.join(await fs.realpath(request.folder), 'neurocommand')
  if (!(await exists(fs, root))) await copyInstaller(request, request.installerPath, root)
  const local = path.join(root, 'local')
  const containers = request.env['NEURODESKTOP_LOCAL_CONTAINERS'] ?? path.join(local, 'containers')
  const folder = path.join(containers, container.id)
  const image = path.join(folder, `${container.id}.simg`)
  // It does not expose an image that is there already, so the image is handed over where it would pull one.
  const env = request.image === undefined ? request.env : { ...request.env, [SHIM.handOver]: request.image }
  const calls: CallResult[] = []
  const step = async (command: string, args: readonly string[]): Promise<void> => {
    if (calls.some((call) => call.timedOut)) return
    calls.push(
      await request.caller.call(command, args, {
        cwd: root,
        env,
        timeoutMs: request.timeoutMs,
        signal: request.signal
      })
    )
  }
  await step('bash', [path.join(root, 'build.sh'), '--cli'])
  await step('bash', [path.join(root, 'containers.sh'), container.name])
  await step('bash', [
    path.join(local, 'fetch_containers.sh'),
    container.name,
    container.version,
    container.buildDate
  ])
  const listing = calls[1]?.stdout.toString('utf8') ?? ''
  const ownFiles = await fs.readdir(path.join(local, 'transparent-singularity')).catch(() => [])
  return {
    installed: { container: container.id, containers, folder, image },
    exitCode: calls.find((call) => call.exitCode !== 0)?.exitCode ?? 0,
    timedOut: calls.some((call) => call.timedOut),
    output: calls.map((call) => `${call.stdout.toString('utf8')}\n${call.stderr}`).join('\n'),
    ownFiles,
    findings:
      (await isInLog(request)) && !listing.includes(fetchLine(container)) ? [notListed(container.id)] : []
  }
}

/** containers.sh must show how to install every container of cvmfs/log.txt; others it cannot know. */
async function isInLog({ fs, installerPath, container }: InstallRequest): Promise<boolean> {
  const log = await fs.readFile(path.join(installerPath, 'cvmfs', 'log.txt'), 'utf8').catch(() => '')
  return log.split('\n').some((line) => line.split(' ')[0] === container.id)
}

function fetchLine({ name, version, buildDate }: InstallRequest['container']): string {
  return `fetch_containers.sh ${name} ${version} ${buildDate}`
}

function notListed(container: string): Finding {
  return {
    id: 'exposure-not-listed',
    severity: 'error',
    subject: container,
    message: 'containers.sh does not show the command that installs it'
  }
}
