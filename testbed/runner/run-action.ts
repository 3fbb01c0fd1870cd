/**
 * Runs a built bundle as GitHub's runner does: the defaults of action.yml, INPUT_*, the command files, the event,
 * main and then post with the state that main left. Used by the contract tests, the demo and `npm run action`.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { parse as parseYaml } from 'yaml'

import { readReport } from '../../lib/report/index.ts'
import { inputVariables } from '../ports.ts'
import { parseCommandFile, readLog, type Annotation } from './commands.ts'

export interface Manifest {
  readonly name: string
  readonly description: string
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default?: string; readonly required?: boolean }>
  >
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
  readonly runs: {
    readonly using: string
    readonly main: string
    readonly post?: string
    readonly 'post-if'?: string
  }
}

export interface RunOptions {
  /** Folder of the action, with action.yml and dist/. */
  readonly action: string
  readonly inputs?: Readonly<Record<string, string>>
  /** Added to the environment; undefined removes a name. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Payload of the event. */
  readonly event?: unknown
  /** Context of expressions in defaults: `github.token`. */
  readonly token?: string
  /** The folder that stands for RUNNER_TEMP and holds the command files; made and removed when it is not given. */
  readonly folder?: string
  readonly workspace?: string
  /** Called with main's process: to end it, or to look at it. */
  readonly onStart?: (child: ChildProcess) => void
  /** Called with every line of the log, as it comes. */
  readonly onLine?: (line: string) => void
  /** Milliseconds until main or post is killed. Default 5 minutes. */
  readonly timeoutMs?: number
  /** Default true: post runs whatever became of main. */
  readonly post?: boolean
  /** The group as which the bundle runs, by number; only root may choose. Default: our own. */
  readonly gid?: number
  /** The program that runs the bundle. Default: the Node that runs this. */
  readonly node?: string
}

export type { Annotation } from './commands.ts'

export interface ActionRun {
  /** null when it was ended by a signal. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  /** The log as people see it: without the runner's commands. */
  readonly log: string
  /** All of stdout and stderr as printed, `::add-mask::` lines left out. */
  readonly raw: string
  readonly annotations: readonly Annotation[]
  /** What was written to GITHUB_ENV and GITHUB_PATH: each step after this one gets it. */
  readonly files: Readonly<Record<'env' | 'path', string>>
  readonly post:
    | {
        readonly exitCode: number | null
        readonly log: string
        readonly raw: string
        readonly annotations: readonly Annotation[]
      }
    | undefined
}

/** Reads action.yml. */
export async function readManifest(action: string): Promise<Manifest> {
  const manifest = parseYaml(await readFile(path.join(action, 'action.yml'), 'utf8')) as Partial<Manifest>
  return { inputs: {}, outputs: {}, ...manifest } as Manifest
}

/** Runs main and post of the action. Rejects only when the bundle could not be started at all. */
export async function runAction(options: RunOptions): Promise<ActionRun> {
  const manifest = await readManifest(options.action)
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-run-')))
  try {
    return await runIn(folder, manifest, options)
  } finally {
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** What a runner sets for a step, and the files behind it, in `folder`. Also for tests that run the action themselves. */
export async function prepareRun(
  folder: string,
  manifest: Manifest,
  options: RunOptions
): Promise<Readonly<Record<string, string | undefined>>> {
  const files = {
    GITHUB_OUTPUT: path.join(folder, '_command', 'output'),
    GITHUB_STATE: path.join(folder, '_command', 'state'),
    GITHUB_ENV: path.join(folder, '_command', 'env'),
    GITHUB_PATH: path.join(folder, '_command', 'path'),
    GITHUB_STEP_SUMMARY: path.join(folder, '_command', 'summary'),
    GITHUB_EVENT_PATH: path.join(folder, '_command', 'event.json')
  }
  const temp = path.join(folder, 'temp')
  await mkdir(path.join(folder, '_command'), { recursive: true })
  await mkdir(temp, { recursive: true })
  for (const file of Object.values(files)) await writeFile(file, '')
  await writeFile(files.GITHUB_EVENT_PATH, JSON.stringify(options.event ?? {}))
  return {
    ...process.env,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'neurodesk/testbed',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_WORKFLOW: 'testbed',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_ACTOR: 'someone',
    // Nothing here may reach the real API by accident.
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_SERVER_URL: 'http://127.0.0.1:9',
    // The testbed is on this machine, whatever stands between it and the world.
    NO_PROXY: '*',
    no_proxy: '*',
    ...files,
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: path.join(folder, 'tool-cache'),
    RUNNER_OS: process.platform === 'darwin' ? 'macOS' : process.platform === 'win32' ? 'Windows' : 'Linux',
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    GITHUB_WORKSPACE: options.workspace ?? folder,
    NODE_OPTIONS: undefined,
    ...options.env,
    ...inputsOf(manifest, options)
  }
}

async function runIn(folder: string, manifest: Manifest, options: RunOptions): Promise<ActionRun> {
  const base = await prepareRun(folder, manifest, options)
  const written = async (name: string): Promise<string> => await readFile(base[name] ?? '', 'utf8')
  const main = await runStep(manifest.runs.main, base, options)
  const state = parseCommandFile(await written('GITHUB_STATE'))
  const outputs = parseCommandFile(await written('GITHUB_OUTPUT'))
  const summary = await written('GITHUB_STEP_SUMMARY')
  let post: ActionRun['post']
  if (options.post !== false && manifest.runs.post !== undefined) {
    const stateVariables = Object.fromEntries(
      Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])
    )
    const step = await runStep(
      manifest.runs.post,
      { ...base, ...stateVariables },
      { ...options, onStart: undefined }
    )
    const { exitCode, log, raw, annotations } = step
    post = { exitCode, log, raw, annotations }
  }
  await checkReport(outputs['report'])
  const files = { env: await written('GITHUB_ENV'), path: await written('GITHUB_PATH') }
  return { ...main, outputs, state, summary, files, post }
}

/** Whatever a run wrote as its report is one: others read it, and a form that they refuse is a fault of the action. */
async function checkReport(file: string | undefined): Promise<void> {
  if (file === undefined || file === '') return
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    // It could not be written, which the action has said.
    return
  }
  const read = readReport(text)
  if ('problems' in read) throw new Error(`${file} is no report: ${read.problems.join('; ')}`)
}

/** What the runner passes for inputs: given ones, and defaults with their expressions evaluated. */
function inputsOf(manifest: Manifest, options: RunOptions): Record<string, string> {
  const contexts: Readonly<Record<string, string>> = { 'github.token': options.token ?? '' }
  const values: Record<string, string> = {}
  for (const [name, input] of Object.entries(manifest.inputs)) {
    values[name] = String(input.default ?? '').replace(/\$\{\{\s*([\w.]+)\s*\}\}/g, (_, key: string) => {
      const value = contexts[key]
      if (value === undefined)
        throw new Error(`the default of ${name} needs ${key}, which this runner does not know`)
      return value
    })
  }
  Object.assign(values, options.inputs)
  return inputVariables(values)
}

interface StepRun {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly log: string
  readonly raw: string
  readonly annotations: readonly Annotation[]
}

async function runStep(
  entry: string,
  env: Readonly<Record<string, string | undefined>>,
  options: RunOptions
): Promise<StepRun> {
  const child = spawn(options.node ?? process.execPath, [path.resolve(options.action, entry)], {
    cwd: env['GITHUB_WORKSPACE'],
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.gid === undefined ? {} : { gid: options.gid })
  })
  const chunks: Buffer[] = []
  let rest = ''
  const take = (chunk: Buffer): void => {
    chunks.push(chunk)
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) options.onLine?.(line)
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 300_000)
  const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (exitCode, signal) => {
      // A grandchild may hold the pipes open after a kill: a second is enough to read what is there.
      const late = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, 1000)
      child.on('close', () => {
        clearTimeout(late)
        resolve({ exitCode, signal })
      })
    })
  })
  options.onStart?.(child)
  try {
    const { exitCode, signal } = await ended
    return { exitCode, signal, ...readLog(Buffer.concat(chunks).toString('utf8')) }
  } finally {
    clearTimeout(timer)
  }
}
