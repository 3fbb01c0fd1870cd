/** This machine: its PATH, its runtimes, downloaders, Lmod and scheduler. What was asked for and is not here is told at once. */
import path from 'node:path'

import {
  findRuntime,
  fitRuntime,
  hidePrograms,
  RuntimeError,
  type Runtime
} from '../../../lib/exposure/index.ts'
import { InputError, messageOf, type InputProblem } from '../../../lib/failure/index.ts'
import { isDownloader, type Downloader, type Inputs } from './inputs.ts'
import type { ExposurePorts } from './ports.ts'

export interface Host {
  readonly path: readonly string[]
  /** The same without runtimes and downloaders. */
  readonly neutralPath: readonly string[]
  /** Names of all programs on PATH. */
  readonly commands: ReadonlySet<string>
  readonly user: string
  readonly uid: number
  readonly gid: number
  readonly runtimes: ReadonlyMap<string, Runtime>
  /** Absolute paths by the name of the program: curl, aria2c, wget. */
  readonly downloaders: Readonly<Record<string, string>>
  /** Lmod's start file for bash; undefined: not asked for. */
  readonly lmod: string | undefined
  readonly usesSlurm: boolean
  /** Variables that the scheduler's programs need. */
  readonly pass: Readonly<Record<string, string>>
  /** Proxies and certificates, for an installer that fetches by itself. */
  readonly network: Readonly<Record<string, string>>
}

/** @throws InputError with everything that was asked for and is not on this machine */
export async function lookAtHost(inputs: Inputs, ports: ExposurePorts): Promise<Host> {
  const { env } = ports.runner
  const problems: InputProblem[] = []
  const listed = (env['PATH'] ?? '').split(path.delimiter)
  const folders = [...new Set(listed.filter((folder) => path.isAbsolute(folder)))]
  const names = await Promise.all(
    folders.map(async (folder) => await ports.fs.readdir(folder).catch(() => []))
  )
  const found = await findDownloaders(ports)
  for (const wanted of inputs.downloaders.filter(isDownloader)) {
    for (const program of programsOf(wanted)) {
      if (found[program] === undefined) {
        problems.push({
          input: 'downloaders',
          given: wanted,
          allowed: `a downloader that is on this machine; ${program} is not`
        })
      }
    }
  }
  const runtimes = await findRuntimes(inputs, ports, problems)
  const lmod = inputs.moduleSystem === 'lmod' ? await findLmod(ports) : undefined
  if (inputs.moduleSystem === 'lmod' && lmod === undefined) {
    problems.push({
      input: 'module-system',
      given: 'lmod',
      allowed: 'lmod where it is installed',
      fix: 'install lmod in a step before'
    })
  }
  const usesSlurm = inputs.scheduler === 'slurm'
  if (usesSlurm && (await ports.exec.which('srun')) === undefined) {
    problems.push({ input: 'scheduler', given: 'slurm', allowed: 'slurm where srun is on PATH' })
  }
  await checkInstaller(inputs, ports, problems)
  if (problems.length > 0) throw new InputError(problems)
  return {
    path: folders,
    neutralPath: await hidePrograms(ports.fs, folders, path.join(ports.runner.temp, 'host')),
    commands: new Set(names.flat()),
    user: env['USER'] ?? env['LOGNAME'] ?? 'user',
    // The port of a test may stand for another user than the one that owns this process: the file system tells.
    ...(await ownerOf(ports)),
    runtimes,
    downloaders: found,
    lmod,
    usesSlurm,
    pass: usesSlurm ? pick(env, /^SLURM_/) : {},
    network: pick(env, /^(?:https?_proxy|no_proxy|all_proxy|SSL_CERT_(?:FILE|DIR)|CURL_CA_BUNDLE)$/i)
  }
}

/** The programs that an installer gets to see for a downloader. curl asks where an image is, whoever fetches it. */
export function programsOf(downloader: Downloader): readonly string[] {
  return downloader === 'aria2' ? ['aria2c', 'curl'] : ['curl']
}

async function findRuntimes(
  inputs: Inputs,
  ports: ExposurePorts,
  problems: InputProblem[]
): Promise<ReadonlyMap<string, Runtime>> {
  const runtimes = new Map<string, Runtime>()
  const sample = path.join(ports.runner.temp, 'empty-image')
  for (const folder of [
    'bin',
    'dev',
    'etc',
    'home',
    'proc',
    'root',
    'sys',
    'tmp',
    'var/tmp',
    'usr/bin',
    '.singularity.d'
  ]) {
    await ports.fs.mkdir(path.join(sample, folder), { recursive: true })
  }
  for (const name of new Set(inputs.runtimes)) {
    try {
      runtimes.set(name, await fitRuntime(ports.exec, await findRuntime(ports.exec, name), sample))
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error
      problems.push({
        input: 'runtimes',
        given: name,
        allowed: `a container runtime that works on this machine (${error.message})`,
        fix: 'install it in a step before, or take it out of `runtimes`'
      })
    }
  }
  return runtimes
}

async function findDownloaders(ports: ExposurePorts): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  for (const program of ['curl', 'aria2c', 'wget']) {
    const file = await ports.exec.which(program)
    if (file !== undefined) found[program] = file
  }
  return found
}

const LMOD_PLACES = [
  '/usr/share/lmod/lmod/init/bash',
  '/opt/apps/lmod/lmod/init/bash',
  '/usr/local/lmod/lmod/init/bash',
  '/opt/lmod/lmod/init/bash'
]

async function findLmod(ports: ExposurePorts): Promise<string | undefined> {
  const own = ports.runner.env['LMOD_PKG']
  for (const file of [...(own === undefined ? [] : [path.join(own, 'init', 'bash')]), ...LMOD_PLACES]) {
    if ((await ports.fs.stat(file).catch(() => undefined))?.isFile() === true) return file
  }
  return undefined
}

const SCRIPTS = {
  'transparent-singularity': 'run_transparent_singularity.sh',
  neurocommand: 'build.sh'
} as const

async function checkInstaller(inputs: Inputs, ports: ExposurePorts, problems: InputProblem[]): Promise<void> {
  if (inputs.installer === 'builtin') return
  const script = path.join(
    path.resolve(ports.runner.workspace, inputs.installerPath),
    SCRIPTS[inputs.installer]
  )
  try {
    await ports.fs.access(script)
  } catch (error) {
    problems.push({
      input: 'installer-path',
      given: inputs.installerPath,
      allowed: `a checkout with ${SCRIPTS[inputs.installer]} (${messageOf(error)})`
    })
  }
}

async function ownerOf(ports: ExposurePorts): Promise<{ readonly uid: number; readonly gid: number }> {
  const { uid, gid } = await ports.fs.stat(ports.runner.temp)
  return { uid, gid }
}

function pick(
  env: Readonly<Record<string, string | undefined>>,
  names: RegExp
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && names.test(name) ? [[name, value] as const] : []
    )
  )
}
