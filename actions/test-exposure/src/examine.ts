/** One case from the image to the last test. */
import path from 'node:path'

import pLimit from 'p-limit'

import {
  checkFiles,
  checkHelp,
  checkStart,
  checkTarget,
  createToolbox,
  failed,
  fitRuntime,
  ImageError,
  isFinding,
  isFor,
  NothingToExpose,
  openImage,
  passed,
  readPromise,
  recordCall,
  renderExposure,
  RuntimeError,
  runSmokeTest,
  sessionEnvironment,
  together,
  type Asked,
  type Checked,
  type Command,
  type ContainerPromise,
  type Exposed,
  type HostFile,
  type ImageTree,
  type Installed,
  type Runtime,
  type SmokeTest,
  type Starter,
  type Test,
  writeExposure
} from '../../../lib/exposure/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Inputs } from './inputs.ts'
import type { Case } from './plan.ts'
import type { ExposurePorts } from './ports.ts'
import { ImageMissing, provideImage } from './provide.ts'

export interface CaseResult {
  readonly plan: Case
  readonly runtimeVersion: string
  readonly promised: number
  readonly wrapped: readonly string[]
  readonly tests: readonly Test[]
  readonly findings: readonly Finding[]
}

export interface Host {
  readonly path: readonly string[]
  readonly commands: ReadonlySet<string>
  readonly user: string
}

interface Context {
  readonly ports: ExposurePorts
  readonly inputs: Inputs
  readonly host: Host
  readonly plan: Case
  readonly folder: string
}

/** Never throws for what is wrong with the container: that is its result. */
export async function examine(
  ports: ExposurePorts,
  inputs: Inputs,
  host: Host,
  plan: Case,
  found: Runtime,
  smokeTests: readonly SmokeTest[]
): Promise<CaseResult> {
  const folder = path.join(ports.runner.temp, `case-${plan.number}`)
  const context = { ports, inputs, host, plan, folder }
  const { id } = plan.container
  const nothing = { plan, runtimeVersion: found.version, promised: 0, wrapped: [] }
  await ports.fs.mkdir(folder, { recursive: true })
  try {
    const source = await provideImage(ports, inputs, plan, found, folder)
    const tree = await openImage(ports.fs, source)
    try {
      const runtime = await fitRuntime(ports.exec, found, source)
      return await examineImage(context, runtime, source, tree, smokeTests)
    } finally {
      await tree.close()
    }
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    const kind = kindOf(error)
    if (kind === undefined) throw error
    if (kind === 'image-unknown') {
      const message = `the image could not be fetched: ${messageOf(error)}`
      return {
        ...nothing,
        tests: [{ name: 'image', command: undefined, outcome: 'untested', reason: message }],
        findings: [{ id: 'exposure-image-unknown', severity: 'unknown', subject: id, message }]
      }
    }
    return { ...nothing, ...failed(id, { name: 'image' }, kind, messageOf(error)) }
  }
}

function kindOf(error: unknown): string | undefined {
  if (error instanceof ImageMissing) return error.unknown ? 'image-unknown' : 'image-missing'
  if (error instanceof ImageError) return 'image-damaged'
  if (error instanceof RuntimeError) return 'runtime-failed'
  return undefined
}

async function examineImage(
  context: Context,
  runtime: Runtime,
  source: string,
  tree: ImageTree,
  smokeTests: readonly SmokeTest[]
): Promise<CaseResult> {
  const { ports, inputs, plan, folder, host } = context
  const promise = await readPromise(tree, { container: plan.container.id })
  const installed = await install(context, source, promise)
  const facts = await lookAround(ports, installed, host)
  const files = checkFiles(promise, facts)

  const home = path.join(folder, 'home')
  const calls = path.join(folder, 'calls')
  await ports.fs.mkdir(home, { recursive: true })
  await ports.fs.mkdir(calls, { recursive: true })
  const toolbox = await createToolbox(ports.fs, {
    folder: path.join(folder, 'toolbox'),
    runtime,
    downloaders: {},
    hostPath: host.path
  })
  const env = sessionEnvironment({
    installed,
    place: { root: folder, home },
    runtime,
    toolbox,
    bindPaths: inputs.bindPaths,
    gpu: inputs.gpu,
    user: host.user
  })

  const commands = files.wrapped.map((name) => commandOf(promise, name))
  const signal = ports.runner.signal
  const limit = pLimit(inputs.maxParallel)
  const recorder = {
    fs: ports.fs,
    caller: ports.caller,
    env,
    installed,
    folder: calls,
    timeoutMs: 10_000,
    signal
  }
  const recorded = await Promise.all(
    commands.map((command, index) => limit(async () => await recordCall(recorder, command.name, index)))
  )
  const targets = await Promise.all(
    recorded.map(
      async (result, index) =>
        await judgeTarget(tree, promise, result, commands[index]?.name ?? '', plan.container.id)
    )
  )
  const starter: Starter = {
    fs: ports.fs,
    caller: ports.caller,
    env,
    container: plan.container.id,
    image: installed.image,
    folder: calls,
    timeoutMs: inputs.timeout,
    display: undefined,
    signal
  }
  const progress = ports.log.progress(plan.label, { items: commands.length })
  const started = await Promise.all(
    commands.map((command) =>
      limit(async () => {
        const result = inputs.probe === 'none' ? together([]) : await probe(starter, command, inputs.probe)
        progress.add({ items: 1 })
        return result
      })
    )
  )
  progress.end()
  const smoke: Checked[] = []
  const runner = {
    fs: ports.fs,
    caller: ports.caller,
    env,
    container: plan.container.id,
    folder: calls,
    timeoutMs: inputs.timeout,
    through: [],
    signal
  }
  for (const [index, test] of smokeTests.entries()) {
    if (isFor(test, plan.container)) smoke.push(await runSmokeTest(runner, test, index + 1))
  }
  const unusable = files.unusable.map(({ command, reason }): Test => ({
    name: 'wrapper',
    command,
    outcome: 'failed',
    reason
  }))
  const promiseFailed = files.findings.some((finding) => finding.severity === 'error')
  const all = together([
    {
      tests: [
        {
          name: 'promise',
          command: undefined,
          outcome: promiseFailed ? 'failed' : 'passed',
          ...(promiseFailed ? { reason: 'what is exposed is not what is promised' } : {})
        },
        ...unusable
      ],
      findings: files.findings
    },
    ...targets,
    ...started,
    ...smoke
  ])
  return {
    plan,
    runtimeVersion: runtime.version,
    promised: promise.commands.length,
    wrapped: files.wrapped,
    tests: all.tests,
    findings: all.findings
  }
}

async function install(context: Context, source: string, promise: ContainerPromise): Promise<Installed> {
  const { ports, plan } = context
  const { id } = plan.container
  const containers = path.join(context.folder, 'containers')
  const folder = path.join(containers, id)
  const image = path.join(folder, `${id}.simg`)
  await ports.fs.mkdir(folder, { recursive: true })
  await ports.fs.symlink(source, image)
  try {
    await writeExposure(
      ports.fs,
      containers,
      plan.container,
      renderExposure(plan.container, `${id}.simg`, promise)
    )
  } catch (error) {
    // Nothing to expose shows as a missing list of commands, as with any installer that failed.
    if (!(error instanceof NothingToExpose)) throw error
  }
  return { container: id, containers, folder, image }
}

const HEAD_BYTES = 256

async function lookAround(ports: ExposurePorts, installed: Installed, host: Host): Promise<Exposed> {
  const { fs } = ports
  const names = await fs.readdir(installed.folder)
  const files = await Promise.all(
    names.map(async (name): Promise<HostFile> => {
      const file = path.join(installed.folder, name)
      const stats = await fs.lstat(file)
      const kind = stats.isFile()
        ? 'file'
        : stats.isDirectory()
          ? 'directory'
          : stats.isSymbolicLink()
            ? 'link'
            : 'other'
      return { name, kind, mode: stats.mode & 0o7777, head: kind === 'file' ? await headOf(ports, file) : '' }
    })
  )
  const listed = await fs.readFile(path.join(installed.folder, 'commands.txt'), 'utf8').catch(() => undefined)
  return {
    container: installed.container,
    listed: listed?.split('\n').filter((line) => line !== ''),
    files,
    readme: await fs.readFile(path.join(installed.folder, 'README.md')).catch(() => undefined),
    hostCommands: host.commands
  }
}

async function headOf({ fs }: ExposurePorts, file: string): Promise<string> {
  const handle = await fs.open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead).toString('latin1')
  } finally {
    await handle.close()
  }
}

function commandOf(promise: ContainerPromise, name: string): Command {
  return (
    promise.commands.find((command) => command.name === name) ?? {
      name,
      source: 'DEPLOY_PATH',
      file: undefined,
      realFile: undefined,
      forEveryone: true
    }
  )
}

async function judgeTarget(
  tree: ImageTree,
  promise: ContainerPromise,
  result: Asked | Finding,
  command: string,
  container: string
): Promise<Checked> {
  const finding = isFinding(result)
    ? result
    : await checkTarget(tree, promise, result, container, promise.path)
  if (finding === undefined) return passed('target', command)
  return {
    tests: [{ name: 'target', command, outcome: 'failed', reason: finding.message }],
    findings: [finding]
  }
}

async function probe(starter: Starter, command: Command, kind: 'start' | 'help'): Promise<Checked> {
  const start = await checkStart(starter, command)
  return kind === 'help' ? together([start, await checkHelp(starter, command)]) : start
}
