/** A run that is ended from outside at a moment of its own, and all that is there after its post and was not before. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'

import { actionFolder } from '../../scripts/repository.ts'
import { runAction, type ActionRun, type RunOptions } from '../../testbed/runner/index.ts'
import { commandsFor, processesFor, until } from './processes.ts'

/** What a run works on, and how to tell that its moment has come. */
export interface Scene extends Pick<RunOptions, 'env' | 'event' | 'token'> {
  readonly inputs: Readonly<Record<string, string>>
  /** Fills the folder that stands for the workspace. */
  readonly prepare?: (folder: string) => Promise<void>
  /** Asked many times a second. */
  readonly reached: (folder: string) => Promise<boolean>
  /** What is in the engine, the store, the queue: by name, the same before and after. */
  readonly look?: () => Promise<Readonly<Record<string, readonly string[]>>>
  /** How long after post it is looked again, where something may come late. */
  readonly settleMs?: number
  /** Where the services of this scene have their files: what is mounted there is looked at too. */
  readonly places?: readonly string[]
  /** Paths below the folder that a run leaves on purpose: a cache, a finished file for the next run. */
  readonly keeps?: RegExp
}

export interface Left {
  /** Below the run's folder: its temp, workspace and home. */
  readonly files: readonly string[]
  /** In the folders that all share: /tmp and the like. */
  readonly outside: readonly string[]
  readonly mounts: readonly string[]
  readonly processes: readonly string[]
  /** What `look` saw after it and not before. */
  readonly services: Readonly<Record<string, readonly string[]>>
}

export const NOTHING: Left = { files: [], outside: [], mounts: [], processes: [], services: {} }

export interface Ended {
  readonly run: ActionRun
  readonly left: Left
  /** Its text; '' when there is none. */
  readonly report: string
  /** The moment came; otherwise nothing is proved. */
  readonly reached: boolean
  /** Processes at that moment that knew the folder: main, and what it had started. */
  readonly busy: number
}

/** How long a run may take to come to its moment. */
const PATIENCE_S = 90

/** Runs the action until its moment has come, sends the signal, lets post run, and looks at what is left. */
export async function endWhile(name: string, scene: Scene, signal: NodeJS.Signals): Promise<Ended> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-ended-'))
  // Only root may take on a group; what others leave in shared folders cannot be told from what is there anyway.
  const gid = process.getuid?.() === 0 ? nextGroup() : undefined
  try {
    for (const own of ['home', 'tmp']) await mkdir(path.join(folder, own))
    await scene.prepare?.(folder)
    const before = {
      files: await tree(folder),
      mounts: await mounts(folder, scene.places),
      services: (await scene.look?.()) ?? {}
    }
    let reached = false
    let busy = 0
    const run = await runAction({
      action: actionFolder(name),
      folder,
      timeoutMs: (PATIENCE_S + 30) * 1000,
      ...(scene.event === undefined ? {} : { event: scene.event }),
      ...(scene.token === undefined ? {} : { token: scene.token }),
      ...(gid === undefined ? {} : { gid }),
      inputs: scene.inputs,
      env: {
        HOME: path.join(folder, 'home'),
        TMPDIR: path.join(folder, 'tmp'),
        BUSY_FILE: path.join(folder, 'busy'),
        ...scene.env,
        PATH: `${path.join(folder, 'bin')}:${scene.env?.['PATH'] ?? process.env['PATH'] ?? ''}`
      },
      onStart: (child) => {
        const isTime = async (): Promise<boolean> => child.exitCode !== null || (await scene.reached(folder))
        void until(isTime, PATIENCE_S).then(async () => {
          reached = child.exitCode === null && (await scene.reached(folder))
          busy = (await processesFor(folder)).length
          child.kill(signal)
        })
      }
    })
    await setTimeout(scene.settleMs ?? 0)
    const services = (await scene.look?.()) ?? {}
    await until(async () => (await processesFor(folder)).length === 0)
    const files = await tree(folder)
    const kept = new RegExp(
      `^(?:_command(?:/.*)?|busy|temp|temp/neurodesk-ci-reports(?:/${name}\\.json)?|${scene.keeps?.source ?? '(?!)'})$`
    )
    const left: Left = {
      files: files.filter((file) => !before.files.includes(file) && !kept.test(file)),
      outside: gid === undefined ? [] : await ofGroup(gid, folder),
      mounts: (await mounts(folder, scene.places)).filter((one) => !before.mounts.includes(one)),
      processes: await commandsFor(folder),
      services: more(before.services, services)
    }
    const report = await readFile(run.outputs['report'] ?? '', 'utf8').catch(() => '')
    return { run, left, report, reached, busy }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

let groups = 0
/** A group that nobody else has: by it the files are known that a run has made, wherever they are. */
function nextGroup(): number {
  return 1_000_000_000 + (process.pid % 1_000_000) * 1000 + ++groups
}

const SHARED = ['/tmp', '/var/tmp', '/dev/shm', '/run']

async function ofGroup(gid: number, folder: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('find', [
    ...[...SHARED, process.env['HOME'] ?? '/root', '-xdev', '-maxdepth', '3'],
    ...['-path', folder, '-prune', '-o', '-gid', String(gid), '-print']
  ]).catch((error: unknown) => error as { stdout: string })
  return stdout.split('\n').filter((line) => line !== '')
}

async function tree(folder: string): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).map(String).sort()
}

/** Mounts of the machine, without those of other tests, which come and go meanwhile. */
async function mounts(folder: string, places: readonly string[] = []): Promise<readonly string[]> {
  const lines = (await readFile('/proc/self/mounts', 'utf8').catch(() => '')).split('\n')
  const mine = [folder, ...places]
  return lines.filter(
    (line) =>
      line !== '' &&
      (mine.some((place) => line.includes(place)) || !/neurodesk-ci-|exposure-|binfmt_misc/.test(line))
  )
}

function more(before: Left['services'], after: Left['services']): Left['services'] {
  return Object.fromEntries(
    Object.entries(after)
      .map(([name, all]) => [name, all.filter((one) => before[name]?.includes(one) !== true)] as const)
      .filter(([, all]) => all.length > 0)
  )
}
