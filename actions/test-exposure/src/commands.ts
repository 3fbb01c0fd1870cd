/** Every command: what its wrapper asks for, whether it starts, and which of them stand for the others. */
import path from 'node:path'

import pLimit from 'p-limit'

import {
  checkGpuOption,
  checkHelp,
  checkStart,
  checkTarget,
  findShell,
  hasProgram,
  isFinding,
  isFor,
  passed,
  recordCall,
  representatives,
  together,
  untested,
  type Asked,
  type Checked,
  type Command,
  type Conformer,
  type ContainerPromise,
  type Recorder,
  type Starter,
  type Test
} from '../../../lib/exposure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Suite } from './suite.ts'

/** Calls every wrapper with a runtime that only writes down. */
export async function recordAll(
  suite: Suite,
  wrapped: readonly string[]
): Promise<readonly (Asked | Finding)[]> {
  const limit = pLimit(suite.inputs.maxParallel)
  const recorder = recorderOf(suite)
  return await Promise.all(
    wrapped.map((command, index) => limit(async () => await recordCall(recorder, command, index)))
  )
}

function recorderOf({ ports, env, calls, result, inputs }: Suite): Recorder {
  return {
    fs: ports.fs,
    caller: ports.caller,
    env,
    installed: result.installed,
    folder: calls,
    timeoutMs: Math.min(inputs.timeout, 10_000),
    signal: ports.runner.signal
  }
}

/** The option for GPUs, and whether there is a GPU that it could give. */
export async function checkGpu(suite: Suite, recorded: readonly (Asked | Finding)[]): Promise<Checked> {
  const { ports, inputs, plan } = suite
  const first = recorded.find((result) => !isFinding(result))
  // Nobody wants a GPU here, whatever the input `gpu` says to the other tests.
  const recorder = { ...recorderOf(suite), env: withoutOptions(suite.env) }
  const asked =
    first === undefined || isFinding(first)
      ? undefined
      : await recordCall(recorder, first.command, recorded.length)
  const option =
    asked === undefined || isFinding(asked)
      ? together([])
      : await checkGpuOption(recorder, asked, recorded.length)
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

/** Is the program that is asked for the promised one? */
export async function judgeTargets(
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

/** Calls every wrapper for real. */
export async function startAll(suite: Suite, wrapped: readonly string[]): Promise<Checked> {
  const { ports, inputs, plan, promise } = suite
  const { probe } = inputs
  if (probe === 'none') return together([])
  const starter: Starter = {
    fs: ports.fs,
    caller: ports.caller,
    env: suite.wanted.display === undefined ? suite.env : { ...suite.env, DISPLAY: suite.wanted.display },
    container: plan.container.id,
    image: suite.result.installed.image,
    folder: suite.calls,
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
        // What does not start fails of --help for the same reason, which is told once.
        const starts = start.tests.every(({ outcome }) => outcome !== 'failed')
        const whole =
          probe === 'help' && starts ? together([start, await checkHelp(starter, command)]) : start
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

/** One wrapper of every kind, and the first command of the smoke file. */
export async function conformersOf(
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
      folder: suite.calls,
      timeoutMs: suite.inputs.timeout,
      owner: { uid: suite.host.uid, gid: suite.host.gid },
      signal: ports.runner.signal
    }))
}
