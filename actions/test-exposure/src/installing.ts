/** How a container of a case is exposed: the tools that the installer sees, its environment, and the call itself. */
import path from 'node:path'

import {
  bareEnvironment,
  createToolbox,
  failed,
  installBuiltin,
  installNeurocommand,
  installTransparentSingularity,
  judgeTransfer,
  parseDownloads,
  passed,
  sessionEnvironment,
  transferOf,
  type Checked,
  type ContainerPromise,
  type InstallRequest,
  type InstallResult,
  type Runtime,
  type Toolbox,
  type Transfer
} from '../../../lib/exposure/index.ts'
import { programsOf, type Host } from './host.ts'
import { readWords, type Inputs } from './inputs.ts'
import type { Case } from './plan.ts'
import type { ExposurePorts } from './ports.ts'

/** What stands around one case. */
export interface Scene {
  readonly ports: ExposurePorts
  readonly inputs: Inputs
  readonly host: Host
  readonly plan: Case
  readonly runtime: Runtime
  /** A folder of this case alone, without links in its path. */
  readonly folder: string
}

/** A whole installation may fetch gigabytes. */
const INSTALL_MS = 2 * 3_600_000

export async function makeFolder({ ports, folder }: Scene, name: string): Promise<string> {
  const made = path.join(folder, name)
  await ports.fs.mkdir(made, { recursive: true })
  return made
}

/** The PATH of this case: its runtime, and the downloaders that it may use. */
export async function makeToolbox({ ports, host, plan, runtime, folder }: Scene): Promise<Toolbox> {
  const { downloaders, neutralPath: hostPath } = host
  const seen = plan.downloader === undefined ? Object.keys(downloaders) : programsOf(plan.downloader)
  return await createToolbox(ports.fs, {
    folder: path.join(folder, 'toolbox'),
    runtime,
    downloaders: Object.fromEntries(Object.entries(downloaders).filter(([name]) => seen.includes(name))),
    hostPath
  })
}

/** Names that the installer does not expose; none for the built-in one, which has rules of its own. */
export async function readExcludes(scene: Scene): Promise<readonly string[]> {
  const { ports, inputs } = scene
  if (inputs.installer === 'builtin') return []
  const below = inputs.installer === 'neurocommand' ? ['neurodesk', 'transparent-singularity'] : []
  const file = path.join(installerPath(scene), ...below, 'ts_binaryFinderExcludes.txt')
  const text = await ports.fs.readFile(file, 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '')
}

/** Runs the setup commands. @returns the failed test of the first that does not succeed */
export async function setUp(scene: Scene, toolbox: Toolbox): Promise<Checked | undefined> {
  const { ports, inputs, plan, folder } = scene
  const env = await installerEnvironment(scene, toolbox)
  for (const line of inputs.setupCommands) {
    const [program = '', ...words] = readWords(line) ?? []
    const result = await ports.caller.call(program, words, {
      cwd: folder,
      env,
      timeoutMs: INSTALL_MS,
      signal: ports.runner.signal
    })
    if (result.exitCode === 0) continue
    const how = result.startError ?? `exit code ${result.exitCode ?? 'none'}`
    return failed(plan.container.id, { name: 'setup' }, 'exposure-setup-failed', `${line}: ${how}`, {
      line: result.stderr.trim().split('\n').at(-1) ?? ''
    })
  }
  return undefined
}

/**
 * Exposes the container.
 * @param where name of a folder of the case; the same one again is a second installation
 * @param image undefined: the installer fetches it
 * @param promise what the built-in exposure goes by
 */
export async function install(
  scene: Scene,
  where: string,
  toolbox: Toolbox,
  image: string | undefined,
  promise: ContainerPromise | undefined
): Promise<InstallResult> {
  const { ports, inputs, plan } = scene
  const request: InstallRequest = {
    fs: ports.fs,
    caller: ports.caller,
    container: plan.container,
    image,
    folder: await makeFolder(scene, where),
    installerPath: installerPath(scene),
    env: await installerEnvironment(scene, toolbox),
    toolbox,
    timeoutMs: INSTALL_MS,
    signal: ports.runner.signal
  }
  if (inputs.installer === 'transparent-singularity') return await installTransparentSingularity(request)
  if (inputs.installer === 'neurocommand') return await installNeurocommand(request)
  if (promise === undefined) throw new Error('the built-in exposure needs an image first')
  return await installBuiltin(request, promise)
}

/** How the image came that the installer fetched, against how it was to come. */
export async function checkTransfer(
  { ports, inputs, plan }: Scene,
  image: string,
  toolbox: Toolbox
): Promise<{ readonly transfer: Transfer; readonly checked: Checked }> {
  const { id } = plan.container
  const link = await ports.fs.readlink(image).catch(() => undefined)
  const calls = parseDownloads(await ports.fs.readFile(toolbox.downloadLog))
  const transfer = transferOf(id, calls, link)
  const finding = judgeTransfer(id, transfer, {
    downloader: plan.downloader === 'aria2' ? 'aria2c' : plan.downloader,
    cvmfsDisabled: inputs.env.some((line) => /^(?:NEURODESK_)?CVMFS_DISABLE=(?!$|0$|false$)/i.test(line))
  })
  if (finding === undefined) return { transfer, checked: passed('transfer') }
  const outcome = finding.severity === 'error' ? 'failed' : 'untested'
  const test = { name: 'transfer', command: undefined, outcome, reason: finding.message } as const
  return { transfer, checked: { tests: [test], findings: [finding] } }
}

function installerPath({ ports, inputs }: Scene): string {
  return path.resolve(ports.runner.workspace, inputs.installerPath)
}

/** As of a call before anything is installed, with what the caller adds. */
async function installerEnvironment(
  scene: Scene,
  toolbox: Toolbox
): Promise<Readonly<Record<string, string>>> {
  const { inputs, host, runtime, folder } = scene
  const env = sessionEnvironment({
    installed: { container: '', containers: '', folder: '', image: '' },
    place: { root: folder, home: await makeFolder(scene, 'home') },
    runtime,
    toolbox,
    bindPaths: inputs.bindPaths,
    gpu: false,
    user: host.user,
    pass: {}
  })
  const added = Object.fromEntries(
    inputs.env.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  )
  return { ...bareEnvironment(env, toolbox), ...host.network, ...added }
}
