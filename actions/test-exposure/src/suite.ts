/** All tests of one exposed container, in the order in which they may disturb each other least. */
import path from 'node:path'

import pLimit from 'p-limit'

import {
  checkActivate,
  checkConformance,
  checkFiles,
  checkGpuOption,
  checkHelp,
  checkMissingImage,
  checkModule,
  checkStart,
  checkTarget,
  checkThroughScheduler,
  checkUninstall,
  compareSnapshots,
  failed,
  findShell,
  hasProgram,
  isFinding,
  isFor,
  measureOverhead,
  passed,
  recordCall,
  representatives,
  runSmokeTest,
  snapshot,
  together,
  untested,
  type Asked,
  type Checked,
  type Command,
  type Conformer,
  type ContainerPromise,
  type FileCheck,
  type HostFile,
  type ImageTree,
  type InstallResult,
  type Overhead,
  type Recorder,
  type Runtime,
  type ScriptChecker,
  type Starter,
  type Test
} from '../../../lib/exposure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Wanted } from './examine.ts'
import { expectedOf } from './expected.ts'
import type { Host } from './host.ts'
import type { Inputs } from './inputs.ts'
import type { Case } from './plan.ts'
import type { ExposurePorts } from './ports.ts'

export interface Suite {
  readonly ports: ExposurePorts
  readonly inputs: Inputs
  readonly host: Host
  readonly plan: Case
  readonly runtime: Runtime
  readonly wanted: Wanted
  readonly tree: ImageTree
  readonly promise: ContainerPromise
  readonly result: InstallResult
  /** The environment of a call: the container's folder is on PATH. */
  readonly env: Readonly<Record<string, string>>
  /** The same before anything is activated. */
  readonly bare: Readonly<Record<string, string>>
  readonly home: string
  /** For what the tests make. */
  readonly folder: string
  readonly excludes: readonly string[]
  /** Installs once more, in the same or in another folder. */
  readonly again: (where: string) => Promise<InstallResult>
}

export interface Tested {
  readonly wrapped: readonly string[]
  readonly checked: Checked
  readonly overhead: Overhead | undefined
}

export async function testInstalled(suite: Suite): Promise<Tested> {
  const files = await compare(suite)
  const parts: Checked[] = [promiseTest(suite, files), expectations(suite, files.wrapped)]
  let overhead: Overhead | undefined
  if (files.wrapped.length > 0) {
    const recorded = await recordAll(suite, files.wrapped)
    parts.push(await judgeTargets(suite, files.wrapped, recorded), await startAll(suite, files.wrapped))
    parts.push(await gpu(suite, recorded))
    const conformers = await conformersOf(suite, files.wrapped, recorded)
    for (const conformer of conformers) parts.push(await checkConformance(conformer))
    const [first] = conformers
    if (first?.shell !== undefined) overhead = await measureOverhead(first, suite.runtime.kind, first.shell)
    parts.push(await smoke(suite, []))
    if (suite.host.usesSlurm) parts.push(await throughSlurm(suite, first))
    parts.push(await sessions(suite, first?.command ?? files.wrapped[0] ?? ''))
    if (first !== undefined) parts.push(await checkMissingImage(first))
  } else parts.push(await moduleWithoutCommands(suite))
  parts.push(await installations(suite, files))
  return { wrapped: files.wrapped, checked: together(parts), overhead }
}

// ---------------------------------------------------------------- what stands on the host

const HEAD_BYTES = 256

async function compare(suite: Suite): Promise<FileCheck> {
  const { fs } = suite.ports
  const { installed } = suite.result
  const names = await fs.readdir(installed.folder).catch(() => [])
  const own = new Set(suite.result.ownFiles)
  const hostFiles = await Promise.all(
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
      return { name, kind, mode: stats.mode & 0o7777, head: kind === 'file' ? await headOf(suite, file) : '' }
    })
  )
  const listed = await fs.readFile(path.join(installed.folder, 'commands.txt'), 'utf8').catch(() => undefined)
  const lines = listed?.split('\n').filter((line) => line !== '')
  return checkFiles(suite.promise, {
    container: installed.container,
    listed: lines,
    files: hostFiles.filter(({ name }) => !own.has(name) || lines?.includes(name) === true),
    readme: await fs.readFile(path.join(installed.folder, 'README.md')).catch(() => undefined),
    hostCommands: suite.host.commands,
    excludes: suite.excludes
  })
}

async function headOf({ ports }: Suite, file: string): Promise<string> {
  const handle = await ports.fs.open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead).toString('latin1')
  } finally {
    await handle.close()
  }
}

function promiseTest(suite: Suite, files: FileCheck): Checked {
  const errors = files.findings.filter((finding) => finding.severity === 'error')
  const whole: Test =
    errors.length === 0
      ? { name: 'promise', command: undefined, outcome: 'passed' }
      : { name: 'promise', command: undefined, outcome: 'failed', reason: errors[0]?.message ?? '' }
  const { container } = suite.result.installed
  const each = errors
    .filter(({ subject }) => subject.startsWith(`${container}/`))
    .map((finding): Test => ({
      name: 'promise',
      command: finding.subject.slice(container.length + 1),
      outcome: 'failed',
      reason: finding.message
    }))
  return { tests: [whole, ...each], findings: files.findings }
}

function expectations(suite: Suite, wrapped: readonly string[]): Checked {
  const { container } = suite.plan
  return together(
    expectedOf(suite.wanted.expected, container).map(({ command, from }) =>
      wrapped.includes(command)
        ? passed('expected', command)
        : failed(
            container.id,
            { name: 'expected', command },
            'expected-missing',
            `${from} expects it, and it is not exposed`
          )
    )
  )
}

/** A module for nothing: `module load` succeeds, and no command appears. */
async function moduleWithoutCommands(suite: Suite): Promise<Checked> {
  const { name, version, id } = suite.plan.container
  const modules = path.join(suite.result.installed.containers, 'modules', name)
  const names = await suite.ports.fs.readdir(modules).catch(() => [])
  const file = names.find((entry) => entry === `${version}.lua` || entry === version)
  if (file === undefined) return together([])
  return failed(
    id,
    { name: 'module' },
    'module-for-nothing',
    `modules/${name}/${file} is there, and no command is exposed`
  )
}

// ---------------------------------------------------------------- every command

async function recordAll(suite: Suite, wrapped: readonly string[]): Promise<readonly (Asked | Finding)[]> {
  const limit = pLimit(suite.inputs.maxParallel)
  const recorder = recorderOf(suite)
  return await Promise.all(
    wrapped.map((command, index) => limit(async () => await recordCall(recorder, command, index)))
  )
}

function recorderOf({ ports, env, folder, result, inputs }: Suite): Recorder {
  return {
    fs: ports.fs,
    caller: ports.caller,
    env,
    installed: result.installed,
    folder,
    timeoutMs: Math.min(inputs.timeout, 10_000),
    signal: ports.runner.signal
  }
}

/** The option for GPUs, and whether there is a GPU that it could give. */
async function gpu(suite: Suite, recorded: readonly (Asked | Finding)[]): Promise<Checked> {
  const { ports, inputs, plan } = suite
  const asked = recorded.find((result) => !isFinding(result))
  const option =
    asked === undefined || isFinding(asked)
      ? together([])
      : await checkGpuOption({ ...recorderOf(suite), env: withoutOptions(suite.env) }, asked, recorded.length)
  if (!inputs.gpu) return option
  const device = await ports.fs.stat('/dev/nvidiactl').catch(() => undefined)
  const reason = 'this machine has no NVIDIA device; the commands were called with --nv all the same'
  return device === undefined
    ? together([option, untested(plan.container.id, 'gpu', undefined, reason)])
    : option
}

function withoutOptions(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'neurodesk_singularity_opts'))
}

async function judgeTargets(
  suite: Suite,
  wrapped: readonly string[],
  recorded: readonly (Asked | Finding)[]
): Promise<Checked> {
  const { id } = suite.plan.container
  const parts = await Promise.all(
    recorded.map(async (asked, index): Promise<Checked> => {
      const command = wrapped[index] ?? ''
      const finding = isFinding(asked)
        ? asked
        : await checkTarget(suite.tree, suite.promise, asked, id, suite.promise.path)
      if (finding === undefined) return passed('target', command)
      const test: Test = { name: 'target', command, outcome: 'failed', reason: finding.message }
      return { tests: [test], findings: [finding] }
    })
  )
  return together(parts)
}

async function startAll(suite: Suite, wrapped: readonly string[]): Promise<Checked> {
  const { ports, inputs, plan, promise } = suite
  const { probe } = inputs
  if (probe === 'none') return together([])
  const starter: Starter = {
    fs: ports.fs,
    caller: ports.caller,
    env: suite.wanted.display === undefined ? suite.env : { ...suite.env, DISPLAY: suite.wanted.display },
    container: plan.container.id,
    image: suite.result.installed.image,
    folder: suite.folder,
    timeoutMs: inputs.timeout,
    display: suite.wanted.display,
    signal: ports.runner.signal
  }
  const limit = pLimit(inputs.maxParallel)
  const progress = ports.log.progress(plan.label, { items: wrapped.length })
  const parts = await Promise.all(
    wrapped.map((name) =>
      limit(async () => {
        const command = commandOf(promise, name)
        const start = await checkStart(starter, command)
        const whole = probe === 'help' ? together([start, await checkHelp(starter, command)]) : start
        progress.add({ items: 1 })
        return whole
      })
    )
  )
  progress.end()
  return together(parts)
}

function commandOf(promise: ContainerPromise, name: string): Command {
  const known = promise.commands.find((command) => command.name === name)
  return known ?? { name, source: 'DEPLOY_PATH', file: undefined, realFile: undefined, forEveryone: true }
}

// ---------------------------------------------------------------- behaviour

/** One wrapper of every kind, and the first command of the smoke file. */
async function conformersOf(
  suite: Suite,
  wrapped: readonly string[],
  recorded: readonly (Asked | Finding)[]
): Promise<readonly Conformer[]> {
  const { ports, result, promise, tree } = suite
  const shell = await findShell(tree)
  const hasCat = await hasProgram(tree, 'cat', promise.path)
  const wrappers = await Promise.all(
    recorded.flatMap((asked) =>
      isFinding(asked)
        ? []
        : [
            (async () => ({
              command: asked.command,
              program: asked.program,
              text: await ports.fs.readFile(path.join(result.installed.folder, asked.command), 'utf8')
            }))()
          ]
    )
  )
  const ofSmoke = suite.wanted.smokeTests.find(
    (test) => isFor(test, suite.plan.container) && wrapped.includes(test.command)
  )
  const names = [
    ...new Set([...(ofSmoke === undefined ? [] : [ofSmoke.command]), ...representatives(wrappers)])
  ]
  return names
    .filter((name) => wrappers.some(({ command }) => command === name))
    .map((command) => ({
      fs: ports.fs,
      caller: ports.caller,
      env: suite.env,
      installed: result.installed,
      command,
      shell,
      hasCat,
      imageEnvironment: promise.environment,
      folder: suite.folder,
      timeoutMs: suite.inputs.timeout,
      owner: { uid: suite.host.uid, gid: suite.host.gid },
      signal: ports.runner.signal
    }))
}

async function smoke(suite: Suite, through: readonly string[]): Promise<Checked> {
  const { ports, plan, wanted } = suite
  const runner = {
    fs: ports.fs,
    caller: ports.caller,
    env: suite.env,
    container: plan.container.id,
    folder: suite.folder,
    timeoutMs: suite.inputs.timeout,
    through,
    signal: ports.runner.signal
  }
  const parts: Checked[] = []
  for (const [index, test] of wanted.smokeTests.entries()) {
    if (isFor(test, plan.container)) parts.push(await runSmokeTest(runner, test, index + 1))
  }
  return together(parts)
}

/** One task, and nothing of srun's own on stderr. */
const SRUN = ['srun', '--quiet', '--ntasks=1']

async function throughSlurm(suite: Suite, first: Conformer | undefined): Promise<Checked> {
  const through = first === undefined ? [] : [await checkThroughScheduler({ ...first, through: SRUN })]
  return together([...through, await smoke(suite, SRUN)])
}

// ---------------------------------------------------------------- sessions and installations

function scriptChecker(suite: Suite, command: string): ScriptChecker {
  return {
    fs: suite.ports.fs,
    caller: suite.ports.caller,
    env: suite.bare,
    installed: suite.result.installed,
    command,
    home: suite.home,
    timeoutMs: suite.inputs.timeout,
    signal: suite.ports.runner.signal
  }
}

async function sessions(suite: Suite, command: string): Promise<Checked> {
  const activated = await checkActivate(scriptChecker(suite, command))
  const { lmod } = suite.host
  if (lmod === undefined) return activated
  const { name, version } = suite.plan.container
  const module = await checkModule({
    ...scriptChecker(suite, command),
    name,
    version,
    promise: suite.promise,
    lmod,
    folder: suite.folder
  })
  return together([activated, module])
}

/** A second installation, one in a folder with a blank, a move of the whole, and the way back. */
async function installations(suite: Suite, files: FileCheck): Promise<Checked> {
  const { fs } = suite.ports
  const { installed, ownFiles } = suite.result
  const { id } = suite.plan.container
  const look = (): Promise<ReadonlyMap<string, string>> => snapshot(fs, installed.containers, installed.image)
  const parts: Checked[] = []
  const first = await look()
  if (files.wrapped.length > 0) {
    await suite.again('host')
    parts.push(compareSnapshots(id, first, await look()), await inFolderWithBlank(suite, files))
    if (suite.inputs.installer === 'builtin') parts.push(await relocate(suite, files))
  }
  if (files.wrapped.length > 0) {
    const checker = scriptChecker(suite, files.wrapped[0] ?? '')
    parts.push(await checkUninstall(checker, ownFiles, [...first.keys()]))
  }
  return together(parts)
}

async function inFolderWithBlank(suite: Suite, files: FileCheck): Promise<Checked> {
  const { id } = suite.plan.container
  if (suite.plan.source === 'installer') {
    return untested(id, 'folder-with-blank', undefined, 'the installer would fetch the image once more')
  }
  const { installed, exitCode } = await suite.again('with blank')
  const text = await suite.ports.fs
    .readFile(path.join(installed.folder, 'commands.txt'), 'utf8')
    .catch(() => '')
  const listed = new Set(text.split('\n').filter((line) => line !== ''))
  const same = files.wrapped.every((name) => listed.has(name))
  // A clear refusal is as good as success; half an installation that claims to be whole is not.
  if (same || (exitCode !== 0 && listed.size === 0)) return passed('folder-with-blank')
  return failed(
    id,
    { name: 'folder-with-blank' },
    'blank-in-folder',
    `in a folder with a blank ${listed.size} of ${files.wrapped.length} commands are exposed, and the exit code is ${exitCode ?? 'none'}`
  )
}

async function relocate(suite: Suite, files: FileCheck): Promise<Checked> {
  const { fs, caller, runner } = suite.ports
  const { installed } = suite.result
  const moved = `${installed.containers} moved`
  const command = files.wrapped[0] ?? ''
  await fs.rename(installed.containers, moved)
  try {
    const folder = path.join(moved, path.basename(installed.folder))
    const result = await caller.call(command, ['--help'], {
      cwd: suite.folder,
      env: { ...suite.env, PATH: suite.env['PATH']?.replace(installed.folder, folder) ?? '' },
      timeoutMs: suite.inputs.timeout,
      signal: runner.signal
    })
    const lost = result.startError !== undefined || [126, 127, 255].includes(result.exitCode ?? 255)
    if (!lost) return passed('moved', command, result.durationMs)
    return failed(
      installed.container,
      { name: 'moved', command },
      'not-relocatable',
      `moved to another folder it ends with ${result.startError ?? result.exitCode ?? 'a signal'}`,
      {
        line: result.stderr.trim().split('\n').at(-1) ?? ''
      }
    )
  } finally {
    await fs.rename(moved, installed.containers)
  }
}
