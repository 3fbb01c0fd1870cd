/** What an installation into a checkout would do, and whether what is there is what it should be. */
import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

import { BadWorkflow, listOf, asData, readWorkflow, type Workflow } from './model.ts'
import { isPin, pinsIn, setPin, type Pin } from './pin.ts'
import type { Problem } from './rules/index.ts'
import { withoutJobs } from './remainder.ts'
import type { SetFile, WorkflowSet } from './sets.ts'
import { toTrial, trialPath } from './trial.ts'

export interface Write {
  /** Path in the checkout. */
  readonly to: string
  readonly text: string
  readonly state: 'new' | 'same' | 'replaced'
  readonly before: string | undefined
}

export interface Installation {
  readonly writes: readonly Write[]
  /** Why nothing may be written; each with what to do. */
  readonly refusals: readonly string[]
  /** Files of the repository that nothing needs any more. */
  readonly unused: readonly string[]
  /** Other files that speak of what is replaced, by file: tests of a workflow, for instance. */
  readonly mentions: Readonly<Record<string, readonly string[]>>
}

export interface Choice {
  readonly pin: Pin
  readonly trial: boolean
  /** Jobs of replaced files that have no successor go into a file of their own. */
  readonly keepRest: boolean
  /** Workflows that may go on reacting to a replaced one. */
  readonly allowConsumers: readonly string[]
}

/** @throws Error when the set cannot be told from the remote `origin` */
export async function findSet(
  sets: readonly WorkflowSet[],
  checkout: string,
  wanted: string | undefined
): Promise<WorkflowSet> {
  const name = wanted ?? (await originName(checkout))
  const set = sets.find((one) => one.name === name)
  if (set !== undefined) return set
  throw new Error(
    `${checkout}: ${name === '' ? 'its origin names no repository' : `there is no set for ${name}`}; give --set with one of ${sets.map((one) => one.name).join(', ')}`
  )
}

async function originName(checkout: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', checkout, 'remote', 'get-url', 'origin'])
    return (/[/:]([^/:]+?)(?:\.git)?\/?$/.exec(stdout.trim())?.[1] ?? '').toLowerCase()
  } catch {
    return ''
  }
}

/** Nothing is written here. */
export async function planInstallation(
  checkout: string,
  set: WorkflowSet,
  choice: Choice
): Promise<Installation> {
  const wanted = filesOf(set, choice)
  const writes: Write[] = []
  const refusals: string[] = []
  for (const { to, text, source } of wanted) {
    const before = await readIfThere(path.join(checkout, to))
    writes.push({
      to,
      text,
      before,
      state: before === undefined ? 'new' : before === text ? 'same' : 'replaced'
    })
    if (before !== undefined && before !== text && source.workflow !== undefined && !choice.trial) {
      const rest = remainder(to, before, source, choice.keepRest)
      if ('refusal' in rest) refusals.push(rest.refusal)
      else if (rest.write !== undefined) writes.push(rest.write)
    }
  }
  if (!choice.trial) refusals.push(...(await consumers(checkout, set, writes, choice.allowConsumers)))
  if (choice.trial) return { writes, refusals, unused: [], mentions: {} }
  const there = await thoseThatExist(checkout, set.unused)
  const replaced = writes.filter(({ state }) => state === 'replaced').map(({ to }) => to)
  const mentions = await whoMentions(
    checkout,
    [...replaced, ...there],
    [...writes.map(({ to }) => to), ...there]
  )
  const needed = new Set(Object.values(mentions).flat())
  return { writes, refusals, unused: there.filter((file) => !needed.has(file)), mentions }
}

function filesOf(
  set: WorkflowSet,
  choice: Pick<Choice, 'pin' | 'trial'>
): readonly { to: string; text: string; source: SetFile }[] {
  const names = set.files.flatMap(({ to, workflow }) =>
    workflow === undefined ? [] : [path.posix.basename(to)]
  )
  return set.files.flatMap((source) => {
    const text = setPin(source.text, choice.pin)
    if (!choice.trial || source.workflow === undefined) return [{ to: source.to, text, source }]
    if (source.trialSecrets === undefined) return []
    return [{ to: trialPath(source.to), text: toTrial(text, names, source.trialSecrets), source }]
  })
}

/** Jobs of the old file that nobody would do any more. */
function remainder(
  to: string,
  before: string,
  source: SetFile,
  keepRest: boolean
): { readonly refusal: string } | { readonly write: Write | undefined } {
  let old: Workflow
  try {
    old = readWorkflow(before, to)
  } catch (error) {
    if (error instanceof BadWorkflow) return { refusal: `${error.message}; it is not replaced` }
    throw error
  }
  const successors = new Set([...source.replaces, ...(source.workflow?.jobs ?? []).map(({ id }) => id)])
  const rest = old.jobs.map(({ id }) => id).filter((id) => !successors.has(id))
  if (rest.length === 0) return { write: undefined }
  const file = to.replace(/\.yml$/, '-rest.yml')
  if (!keepRest) {
    return {
      refusal: `${to} has jobs that the new file does not have: ${rest.join(', ')}. Move them to a file of their own first, or give --keep-rest, which writes them to ${file}.`
    }
  }
  return {
    write: {
      to: file,
      text: withoutJobs(before, [...successors], `${old.name} (rest)`),
      state: 'new',
      before: undefined
    }
  }
}

/** Workflows that start after a run of one that is replaced, and were written for what that did. */
async function consumers(
  checkout: string,
  set: WorkflowSet,
  writes: readonly Write[],
  allowed: readonly string[]
): Promise<readonly string[]> {
  const names = new Set(set.files.flatMap(({ workflow }) => workflow?.name ?? []))
  const folder = path.join(checkout, '.github', 'workflows')
  const refusals: string[] = []
  for (const file of await readdir(folder).catch(() => [])) {
    const to = `.github/workflows/${file}`
    if (!/\.ya?ml$/.test(file) || writes.some((write) => write.to === to) || allowed.includes(file)) continue
    const text = await readFile(path.join(folder, file), 'utf8')
    let workflow: Workflow
    try {
      workflow = readWorkflow(text, to)
    } catch {
      continue
    }
    const heard = listOf(asData(workflow.on['workflow_run'])['workflows']).filter((name) => names.has(name))
    if (heard.length > 0)
      refusals.push(
        `${to} starts after ${heard.map((name) => `"${name}"`).join(', ')}, which is replaced. Take it away or adapt it, or give --allow-consumer ${file} when both may act.`
      )
  }
  return refusals
}

/** What lies in the checkout against what an installation with its own pin would write. */
export async function compareInstallation(
  checkout: string,
  set: WorkflowSet,
  trial: boolean
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const pins = new Set<string>()
  for (const source of set.files) {
    if (trial && source.workflow !== undefined && source.trialSecrets === undefined) continue
    const to = trial && source.workflow !== undefined ? trialPath(source.to) : source.to
    const say = (line: number, rule: string, message: string): void => {
      problems.push({ file: to, line, rule, message })
    }
    const there = await readIfThere(path.join(checkout, to))
    if (there === undefined) {
      say(1, 'installed', 'it is not there')
      continue
    }
    const [sha = '', ...others] = pinsIn(there)
    if (sha !== '') pins.add(sha)
    if (others.length > 0) say(1, 'one-pin', `our actions by ${[sha, ...others].join(' and ')}`)
    if (sha !== '' && !isPin(sha)) say(1, 'pin', `${sha} is no commit`)
    const version = /@[0-9a-f]{40} # (\S+)$/m.exec(there.slice(there.indexOf(sha) - 1))?.[1] ?? ''
    const [expected] = filesOf({ ...set, files: [source] }, { pin: { sha, version }, trial })
    const wanted = trial
      ? filesOf(set, { pin: { sha, version }, trial }).find((one) => one.to === to)?.text
      : expected?.text
    const line = firstDifference(there, wanted ?? '')
    if (line !== undefined) say(line, 'installed', 'differs from what is here')
  }
  if (pins.size > 1)
    problems.push({
      file: '.github',
      line: 1,
      rule: 'one-pin',
      message: `our actions by ${[...pins].join(' and ')}`
    })
  return problems
}

function firstDifference(there: string, wanted: string): number | undefined {
  if (there === wanted) return undefined
  const a = there.split('\n')
  const b = wanted.split('\n')
  const index = a.findIndex((line, at) => line !== b[at])
  return index === -1 ? a.length : index + 1
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Which tracked files speak of these paths, besides the ones that go or are replaced. */
async function whoMentions(
  checkout: string,
  paths: readonly string[],
  gone: readonly string[]
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, string[]> = {}
  for (const wanted of paths) {
    // By the last two parts: a workflow says ./.github/actions/x, a test says workflows/x.yml.
    const words = wanted.split('/').slice(-2).join('/')
    // 1: nothing is found; 128: no repository.
    const { stdout } = await promisify(execFile)('git', ['-C', checkout, 'grep', '-lF', '-e', words]).catch(
      () => ({
        stdout: ''
      })
    )
    const others = stdout.split('\n').filter((file) => file !== '' && !isAmong(file, gone))
    for (const file of others) (found[file] ??= []).push(wanted)
  }
  return found
}

function isAmong(file: string, places: readonly string[]): boolean {
  return places.some((place) => file === place || file.startsWith(`${place}/`))
}

async function thoseThatExist(checkout: string, files: readonly string[]): Promise<readonly string[]> {
  const there: string[] = []
  for (const file of files) {
    if ((await stat(path.join(checkout, file)).catch(() => undefined)) !== undefined) there.push(file)
  }
  return there
}
