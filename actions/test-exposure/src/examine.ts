/** One case: from the image to an exposed container, and through all its tests. */
import path from 'node:path'

import {
  bareEnvironment,
  createToolbox,
  failed,
  fitRuntime,
  ImageError,
  installBuiltin,
  installNeurocommand,
  installTransparentSingularity,
  judgeOutput,
  judgeTransfer,
  openImage,
  parseDownloads,
  passed,
  readPromise,
  RuntimeError,
  sessionEnvironment,
  together,
  transferOf,
  type Checked,
  type ContainerPromise,
  type ImageTree,
  type InstallRequest,
  type InstallResult,
  type Overhead,
  type Runtime,
  type SmokeTest,
  type Test,
  type Toolbox,
  type Transfer
} from '../../../lib/exposure/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { inspectFile } from '../../../lib/sif/index.ts'
import type { Expected } from './expected.ts'
import { programsOf, type Host } from './host.ts'
import { readWords, type Inputs } from './inputs.ts'
import type { Case } from './plan.ts'
import type { ExposurePorts } from './ports.ts'
import { ImageMissing, provideImage } from './provide.ts'
import { testInstalled, type Suite } from './suite.ts'

export interface CaseResult {
  readonly plan: Case
  readonly runtimeVersion: string
  readonly promised: number
  readonly wrapped: readonly string[]
  readonly tests: readonly Test[]
  readonly findings: readonly Finding[]
  readonly overhead: Overhead | undefined
  /** How the image came, where the installer fetched it by itself. */
  readonly transfer: Transfer | undefined
}

export interface Wanted {
  readonly smokeTests: readonly SmokeTest[]
  readonly expected: readonly Expected[]
  /** DISPLAY of a virtual screen. */
  readonly display: string | undefined
}

/** A whole installation may fetch gigabytes. */
const INSTALL_MS = 2 * 3_600_000

/** Never throws for what is wrong with the container or its installer: that is its result. */
export async function examine(
  ports: ExposurePorts,
  inputs: Inputs,
  host: Host,
  plan: Case,
  runtime: Runtime,
  wanted: Wanted
): Promise<CaseResult> {
  const folder = path.join(ports.runner.temp, `case-${plan.number}`)
  const nothing = {
    plan,
    runtimeVersion: runtime.version,
    promised: 0,
    wrapped: [],
    overhead: undefined,
    transfer: undefined
  }
  const trees: ImageTree[] = []
  try {
    await ports.fs.mkdir(folder, { recursive: true })
    return await new Examination(
      ports,
      inputs,
      host,
      plan,
      runtime,
      wanted,
      await ports.fs.realpath(folder),
      trees
    ).run()
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    const { id } = plan.container
    if (error instanceof ImageMissing && error.unknown) {
      const reason = `the image could not be fetched: ${messageOf(error)}`
      return {
        ...nothing,
        tests: [{ name: 'image', command: undefined, outcome: 'untested', reason }],
        findings: [{ id: 'exposure-image-unknown', severity: 'unknown', subject: id, message: reason }]
      }
    }
    const kind = kindOf(error)
    if (kind === undefined) throw error
    return { ...nothing, ...failed(id, { name: 'image' }, kind, messageOf(error)) }
  } finally {
    for (const tree of trees) await tree.close()
  }
}

function kindOf(error: unknown): string | undefined {
  if (error instanceof ImageMissing) return 'image-missing'
  if (error instanceof ImageError || (error instanceof Error && error.name === 'SifError'))
    return 'image-damaged'
  if (error instanceof RuntimeError) return 'image-does-not-start'
  return undefined
}

class Examination {
  readonly #ports: ExposurePorts
  readonly #inputs: Inputs
  readonly #host: Host
  readonly #plan: Case
  readonly #runtime: Runtime
  readonly #wanted: Wanted
  readonly #folder: string
  readonly #trees: ImageTree[]

  constructor(
    ports: ExposurePorts,
    inputs: Inputs,
    host: Host,
    plan: Case,
    runtime: Runtime,
    wanted: Wanted,
    folder: string,
    trees: ImageTree[]
  ) {
    this.#ports = ports
    this.#inputs = inputs
    this.#host = host
    this.#plan = plan
    this.#runtime = runtime
    this.#wanted = wanted
    this.#folder = folder
    this.#trees = trees
  }

  async run(): Promise<CaseResult> {
    const plan = this.#plan
    const toolbox = await this.#toolbox()
    const image =
      plan.source === 'installer'
        ? undefined
        : await provideImage(this.#ports, this.#inputs, plan, this.#runtime, this.#folder)
    const early = image === undefined ? undefined : await this.#look(image)
    const setup = await this.#setUp(toolbox)
    if (setup !== undefined) return this.#result(setup)

    const install = (where: string): Promise<InstallResult> =>
      this.#install(where, toolbox, image, early?.promise)
    const result = await install('host')
    const { installed } = result
    const came = image === undefined ? await this.#transfer(installed.image, toolbox) : undefined
    const { tree, promise } = early ?? (await this.#look(installed.image))
    const home = path.join(this.#folder, 'home')
    const env = sessionEnvironment({
      installed,
      place: { root: this.#folder, home },
      runtime: this.#runtime,
      toolbox,
      bindPaths: this.#inputs.bindPaths,
      gpu: this.#inputs.gpu,
      user: this.#host.user,
      pass: this.#host.pass
    })
    const suite: Suite = {
      ports: this.#ports,
      inputs: this.#inputs,
      host: this.#host,
      plan,
      runtime: this.#runtime,
      wanted: this.#wanted,
      tree,
      promise,
      result,
      env,
      bare: bareEnvironment(env, toolbox),
      home,
      folder: await this.#make('calls'),
      excludes: await this.#excludes(),
      again: install
    }
    const tested = await testInstalled(suite)
    const output = [
      ...judgeOutput(plan.container.id, result.output, result.exitCode, tested.wrapped.length),
      ...result.findings
    ]
    return this.#result(
      together([
        came?.checked ?? together([]),
        {
          tests: output.map((finding): Test => ({
            name: 'installer',
            command: undefined,
            outcome: finding.severity === 'error' ? 'failed' : 'passed',
            reason: finding.message
          })),
          findings: output
        },
        tested.checked
      ]),
      {
        promised: promise.commands.length,
        wrapped: tested.wrapped,
        overhead: tested.overhead,
        transfer: came?.transfer
      }
    )
  }

  #result(checked: Checked, more: Partial<CaseResult> = {}): CaseResult {
    return {
      plan: this.#plan,
      runtimeVersion: this.#runtime.version,
      promised: 0,
      wrapped: [],
      overhead: undefined,
      transfer: undefined,
      ...checked,
      ...more
    }
  }

  async #make(name: string): Promise<string> {
    const folder = path.join(this.#folder, name)
    await this.#ports.fs.mkdir(folder, { recursive: true })
    return folder
  }

  async #toolbox(): Promise<Toolbox> {
    const { downloaders, neutralPath: hostPath } = this.#host
    const { downloader } = this.#plan
    const seen = downloader === undefined ? Object.keys(downloaders) : programsOf(downloader)
    return await createToolbox(this.#ports.fs, {
      folder: path.join(this.#folder, 'toolbox'),
      runtime: this.#runtime,
      downloaders: Object.fromEntries(Object.entries(downloaders).filter(([name]) => seen.includes(name))),
      hostPath
    })
  }

  /** Opens an image, and makes sure that the runtime starts it. */
  async #look(image: string): Promise<{ readonly tree: ImageTree; readonly promise: ContainerPromise }> {
    const present = await this.#ports.fs.stat(image).catch(() => undefined)
    if (present === undefined) throw new ImageMissing('the installer brought no image', false)
    const tree = await openImage(this.#ports.fs, image)
    this.#trees.push(tree)
    // A file that is cut off still has its first folders.
    if (present.isFile()) await inspectFile(this.#ports.fs, image)
    await fitRuntime(this.#ports.exec, this.#runtime, image)
    const excludes = await this.#excludes()
    const promise = await readPromise(tree, {
      container: this.#plan.container.id,
      ...(this.#inputs.installer === 'builtin'
        ? {}
        : {
            exclude: (name: string) =>
              excludes.includes(name) ? "it is in the installer's list of excludes" : undefined
          })
    })
    return { tree, promise }
  }

  async #excludes(): Promise<readonly string[]> {
    if (this.#inputs.installer === 'builtin') return []
    const below = this.#inputs.installer === 'neurocommand' ? ['neurodesk', 'transparent-singularity'] : []
    const file = path.join(this.#installerPath(), ...below, 'ts_binaryFinderExcludes.txt')
    const text = await this.#ports.fs.readFile(file, 'utf8').catch(() => '')
    return text.split('\n').filter((line) => line !== '')
  }

  #installerPath(): string {
    return path.resolve(this.#ports.runner.workspace, this.#inputs.installerPath)
  }

  /** The environment of an installer: as of a call, with what the caller adds. */
  async #installerEnvironment(toolbox: Toolbox): Promise<Readonly<Record<string, string>>> {
    const home = await this.#make('home')
    const env = sessionEnvironment({
      installed: { container: '', containers: '', folder: '', image: '' },
      place: { root: this.#folder, home },
      runtime: this.#runtime,
      toolbox,
      bindPaths: this.#inputs.bindPaths,
      gpu: false,
      user: this.#host.user,
      pass: {}
    })
    const added = Object.fromEntries(
      this.#inputs.env.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
    )
    return { ...bareEnvironment(env, toolbox), ...this.#host.network, ...added }
  }

  async #setUp(toolbox: Toolbox): Promise<Checked | undefined> {
    const env = await this.#installerEnvironment(toolbox)
    for (const line of this.#inputs.setupCommands) {
      const [program = '', ...words] = readWords(line) ?? []
      const result = await this.#ports.caller.call(program, words, {
        cwd: this.#folder,
        env,
        timeoutMs: INSTALL_MS,
        signal: this.#ports.runner.signal
      })
      if (result.exitCode !== 0) {
        const how = result.startError ?? `exit code ${result.exitCode ?? 'none'}`
        return failed(this.#plan.container.id, { name: 'setup' }, 'setup-failed', `${line}: ${how}`, {
          line: result.stderr.trim().split('\n').at(-1) ?? ''
        })
      }
    }
    return undefined
  }

  async #install(
    where: string,
    toolbox: Toolbox,
    image: string | undefined,
    promise: ContainerPromise | undefined
  ): Promise<InstallResult> {
    const request: InstallRequest = {
      fs: this.#ports.fs,
      caller: this.#ports.caller,
      container: this.#plan.container,
      image,
      folder: await this.#make(where),
      installerPath: this.#installerPath(),
      env: await this.#installerEnvironment(toolbox),
      toolbox,
      timeoutMs: INSTALL_MS,
      signal: this.#ports.runner.signal
    }
    if (this.#inputs.installer === 'transparent-singularity')
      return await installTransparentSingularity(request)
    if (this.#inputs.installer === 'neurocommand') return await installNeurocommand(request)
    if (promise === undefined) throw new Error('the built-in exposure needs an image first')
    return await installBuiltin(request, promise)
  }

  async #transfer(
    image: string,
    toolbox: Toolbox
  ): Promise<{ readonly transfer: Transfer; readonly checked: Checked }> {
    const { id } = this.#plan.container
    const link = await this.#ports.fs.readlink(image).catch(() => undefined)
    const calls = parseDownloads(await this.#ports.fs.readFile(toolbox.downloadLog))
    const transfer = transferOf(id, calls, link)
    const downloader = this.#plan.downloader === 'aria2' ? 'aria2c' : this.#plan.downloader
    const cvmfsDisabled = this.#inputs.env.some((line) =>
      /^(?:NEURODESK_)?CVMFS_DISABLE=(?!$|0$|false$)/i.test(line)
    )
    const finding = judgeTransfer(id, transfer, { downloader, cvmfsDisabled })
    const checked: Checked =
      finding === undefined
        ? passed('transfer')
        : {
            tests: [{ name: 'transfer', command: undefined, outcome: 'failed', reason: finding.message }],
            findings: [finding]
          }
    return { transfer, checked }
  }
}
