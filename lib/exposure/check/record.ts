/** Which program each wrapper really asks for, proved by calling it with a runtime that writes down and starts nothing. */
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import type { Finding } from '../../report/index.ts'
import type { Caller } from '../../shell/index.ts'
import { parseRecords, SHIM, type RecordedCall } from '../host/shims.ts'
import { lookUp, type Command, type ContainerPromise } from '../promise.ts'
import { resolve, type ImageTree } from '../image/tree.ts'
import type { Installed } from './session.ts'
import { failed, passed, type Checked } from './tests.ts'

/** What a wrapper asked the runtime for. */
export interface Asked {
  readonly command: string
  /** As it stands in the call: a path or a name. */
  readonly program: string
  /** The words between the verb and the image. */
  readonly options: readonly string[]
}

export interface Recorder {
  readonly fs: Pick<typeof fileSystem, 'readFile' | 'rm'>
  readonly caller: Caller
  readonly env: Readonly<Record<string, string>>
  readonly installed: Installed
  /** A folder for the records; any folder may be the caller's. */
  readonly folder: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const ARGUMENT = 'a word that only this test passes on'

/** Calls one wrapper by its host name; a finding when what it asks for is not a start of its container. */
export async function recordCall(
  recorder: Recorder,
  command: string,
  index: number
): Promise<Asked | Finding> {
  const file = path.join(recorder.folder, `record-${index}`)
  const result = await recorder.caller.call(command, [ARGUMENT], {
    cwd: recorder.folder,
    env: {
      ...recorder.env,
      [SHIM.mode]: 'record',
      [SHIM.image]: recorder.installed.image,
      [SHIM.record]: file
    },
    timeoutMs: recorder.timeoutMs,
    signal: recorder.signal
  })
  const calls = parseRecords(await recorder.fs.readFile(file).catch(() => Buffer.alloc(0)))
  await recorder.fs.rm(file, { force: true })
  const subject = `${recorder.installed.container}/${command}`
  const finding = (id: string, message: string, hint?: string): Finding =>
    hint === undefined
      ? { id, severity: 'error', subject, message }
      : { id, severity: 'error', subject, message, hint }
  if (result.timedOut && calls.length === 0) {
    return finding(
      'exposure-calls-itself',
      'the wrapper does not reach a container runtime: it calls itself, or another wrapper, for ever',
      'A command called apptainer or singularity is exposed beside it.'
    )
  }
  const call = calls.at(-1)
  if (call === undefined) {
    const said = result.stderr.trim().split('\n').at(-1) ?? ''
    const how = result.startError ?? `exit code ${result.exitCode ?? 'none'}`
    return finding(
      'exposure-not-proved',
      `the wrapper did not ask a container runtime for anything (${how}${said === '' ? '' : `: ${said}`})`
    )
  }
  return (
    judgeRecord(call, command) ??
    readCall(call, command) ??
    finding('exposure-not-proved', 'the call names no program')
  )

  function judgeRecord(recorded: RecordedCall, name: string): Finding | undefined {
    if (recorded.imageAt === 0)
      return finding('exposure-wrong-image', `${name} starts another image than ${recorder.installed.image}`)
    if (recorded.words.at(-1) !== ARGUMENT || recorded.words.length !== recorded.imageAt + 2) {
      return finding('exposure-arguments-changed', 'an argument with blanks does not arrive as one word')
    }
    return undefined
  }
}

function readCall(call: RecordedCall, command: string): Asked | undefined {
  const program = call.words[call.imageAt]
  if (program === undefined) return undefined
  return { command, program, options: call.words.slice(0, call.imageAt - 1) }
}

/**
 * --nv is the caller's choice: with it in neurodesk_singularity_opts the runtime gets it, without it does not.
 * @param asked what the wrapper asked for without the variable
 */
export async function checkGpuOption(recorder: Recorder, asked: Asked, index: number): Promise<Checked> {
  const { container } = recorder.installed
  const about = { name: 'gpu-option', command: asked.command }
  if (asked.options.includes('--nv')) {
    return failed(
      container,
      about,
      'exposure-gpu-always',
      'the wrapper asks for the GPU although nobody wants it'
    )
  }
  const env = { ...recorder.env, neurodesk_singularity_opts: '--nv' }
  const withOption = await recordCall({ ...recorder, env }, asked.command, index)
  if (!isFinding(withOption) && withOption.options.includes('--nv'))
    return passed('gpu-option', asked.command)
  return failed(
    container,
    about,
    'exposure-gpu-option-lost',
    'neurodesk_singularity_opts=--nv does not reach the runtime',
    {
      hint: 'Users with a GPU set this variable, and nothing else.'
    }
  )
}

/** True for the other of the two results. */
export function isFinding(value: Asked | Finding): value is Finding {
  return 'severity' in value
}

/**
 * Where the asked program really is, against where the promised one is. `path` is the search path that the
 * container has when it runs.
 */
export async function checkTarget(
  tree: ImageTree,
  promise: ContainerPromise,
  asked: Asked,
  container: string,
  path: readonly string[]
): Promise<Finding | undefined> {
  const promised: Command | undefined = promise.commands.find((command) => command.name === asked.command)
  const subject = `${container}/${asked.command}`
  const file = await lookUp(tree, asked.program, path)
  if (file === undefined) {
    return {
      id: 'exposure-program-missing',
      severity: 'error',
      subject,
      message: `the wrapper asks for ${asked.program}, which the container does not find on its PATH (${path.join(':')})`,
      hint: 'Put the folders of DEPLOY_PATH on the PATH of the image, or let the wrapper call the program by its path.'
    }
  }
  if (promised?.realFile === undefined) return undefined
  const real = await resolve(tree, file)
  if (real?.path === promised.realFile) return undefined
  return {
    id: 'exposure-wrong-program',
    severity: 'error',
    subject,
    message: `the wrapper starts ${file}, the image promises ${promised.file ?? promised.name}`,
    hint: 'The PATH of the image has another program of this name before the promised one.'
  }
}
