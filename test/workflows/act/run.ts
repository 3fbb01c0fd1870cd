/**
 * Runs a workflow with act (https://nektosact.com) on this machine, without containers: each job in a folder of its
 * own, our actions as they are bundled, those of others as doubles. What act does not do (permissions, concurrency,
 * the queue of runs) is checked statically by the rules.
 */
import { spawn } from 'node:child_process'
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { actionNames, top } from '../../../scripts/repository.ts'
import { OWN } from '../../../scripts/workflows/references.ts'
import { pinsIn } from '../../../scripts/workflows/pin.ts'
import { findTools } from '../../../testbed/tools.ts'
import { git, type Checkout } from '../fixtures.ts'

export interface ActOptions {
  /** The repository that the workflow lies in: a git checkout. */
  readonly repository: Checkout
  /** `owner/name` of it. */
  readonly name: string
  /** File name below `.github/workflows`. */
  readonly workflow: string
  readonly event: 'push' | 'pull_request' | 'schedule' | 'workflow_dispatch' | 'workflow_run'
  /** What the event brings along. */
  readonly payload?: Readonly<Record<string, unknown>>
  readonly inputs?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
  /** For every step. */
  readonly env?: Readonly<Record<string, string>>
  /** Folder for artifacts, caches and the home of act; kept between two runs that belong together. */
  readonly folder: string
}

export interface ActJob {
  /** `Build neurodesktop/Build (amd64)` */
  readonly name: string
  readonly id: string
  readonly result: 'success' | 'failure' | 'skipped'
  /** Names of the steps with how they ended. */
  readonly steps: readonly { readonly name: string; readonly result: string }[]
  readonly log: string
}

export interface ActRun {
  readonly code: number | null
  readonly jobs: readonly ActJob[]
  /** Everything that was printed. */
  readonly log: string
  /** By job id; of a matrix all of them. */
  readonly results: Readonly<Record<string, readonly string[]>>
  /** Names of the artifacts. */
  readonly artifacts: readonly string[]
}

const DOUBLES = path.join(top, 'test', 'workflows', 'act', 'doubles')

export async function runAct(options: ActOptions): Promise<ActRun> {
  const { repository, folder } = options
  const { act } = findTools().paths
  if (act === undefined) throw new Error('act is not there: npm run provision -- --need act')
  const home = path.join(folder, 'home')
  const artifacts = path.join(folder, 'artifacts')
  for (const place of [home, artifacts, path.join(folder, 'cache')]) await mkdir(place, { recursive: true })
  const payload = path.join(folder, 'event.json')
  await writeFile(
    payload,
    JSON.stringify({
      repository: { default_branch: 'main', full_name: options.name, private: false },
      ...(options.inputs === undefined ? {} : { inputs: options.inputs }),
      ...options.payload
    })
  )
  repository.git('remote', 'add', 'origin', `https://github.com/${options.name}.git`)
  const args = [
    options.event,
    ...['--workflows', path.join('.github', 'workflows', options.workflow)],
    ...['--eventpath', payload, '--json', '--no-cache-server'],
    ...['ubuntu-24.04', 'ubuntu-24.04-arm', 'self-hosted'].flatMap((label) => [
      '--platform',
      `${label}=-self-hosted`
    ]),
    ...(await localRepositories(options)),
    ...pairs('--input', options.inputs),
    ...pairs('--var', options.variables),
    ...Object.keys(options.secrets ?? {}).flatMap((name) => ['--secret', name]),
    ...pairs('--env', {
      GITHUB_TRIGGERING_ACTOR: 'a-maintainer',
      RUNNER_ENVIRONMENT: 'self-hosted',
      DOUBLES_ARTIFACTS: artifacts,
      DOUBLES_CACHE: path.join(folder, 'cache'),
      DOUBLES_REPOSITORIES: path.join(folder, 'repositories'),
      DOUBLES_OWN: repository.folder,
      DOUBLES_LOG: path.join(folder, 'doubles.log'),
      ...options.env
    })
  ]
  const child = spawn(act, args, {
    cwd: repository.folder,
    // Secrets by the environment: what is given by name is not an argument. A runner that runs this test has variables
    // of its own, which are none of the workflow's business.
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(ACTIONS|GITHUB|INPUT|RUNNER|STATE)_/.test(name))
      ),
      PATH: [path.join(top, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(path.delimiter),
      HOME: home,
      XDG_CACHE_HOME: path.join(home, '.cache'),
      XDG_CONFIG_HOME: path.join(home, '.config'),
      ...options.secrets
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const lines: string[] = []
  const gather = async (stream: NodeJS.ReadableStream): Promise<void> => {
    let rest = ''
    for await (const part of stream) {
      rest += String(part)
      const whole = rest.split('\n')
      rest = whole.pop() ?? ''
      lines.push(...whole)
    }
    if (rest !== '') lines.push(rest)
  }
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [code] = await Promise.all([ended, gather(child.stdout), gather(child.stderr)])
  repository.git('remote', 'remove', 'origin')
  return { code, ...readLog(lines), artifacts: (await readdir(artifacts)).sort() }
}

function pairs(name: string, values: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => [name, `${key}=${value}`])
}

/** Our actions as they are bundled, and a double for each action of others that a workflow of the repository uses. */
async function localRepositories({ repository, folder }: ActOptions): Promise<readonly string[]> {
  const own = path.join(folder, 'ci')
  for (const name of actionNames()) {
    const from = path.join(top, 'actions', name)
    for (const part of ['action.yml', 'dist'])
      await cp(path.join(from, part), path.join(own, 'actions', name, part), { recursive: true })
  }
  const workflows = path.join(repository.folder, '.github', 'workflows')
  const texts = (await readdir(workflows)).map((file) =>
    git(repository.folder, 'show', `HEAD:.github/workflows/${file}`)
  )
  const args: string[] = []
  for (const pin of new Set(texts.flatMap(pinsIn)))
    args.push('--local-repository', `${OWN.replace('/actions/', '')}@${pin}=${own}`)
  const seen = new Set<string>()
  for (const text of texts) {
    for (const [, name = '', ref = ''] of text.matchAll(
      /uses:\s*([\w.-]+\/[\w.-]+)[\w./-]*@([0-9a-f]{40})/g
    )) {
      if (seen.has(name) || OWN.startsWith(`${name}/`)) continue
      seen.add(name)
      const double = path.join(folder, 'doubles', name.replace('/', '+'))
      await cp(path.join(DOUBLES, name.replace('/', '+')), double, { recursive: true })
      // act takes one folder per repository: what they share has to lie in each.
      await cp(path.join(DOUBLES, 'shared.cjs'), path.join(double, 'shared.cjs'))
      args.push('--local-repository', `${name}@${ref}=${double}`)
    }
  }
  return args
}

interface LogLine {
  readonly job?: string
  readonly jobID?: string
  readonly step?: string
  readonly stage?: string
  readonly stepResult?: string
  readonly jobResult?: string
  readonly msg?: string
}

function readLog(lines: readonly string[]): Pick<ActRun, 'jobs' | 'log' | 'results'> {
  const jobs = new Map<
    string,
    { id: string; result: string; steps: { name: string; result: string }[]; log: string }
  >()
  const all: string[] = []
  for (const text of lines) {
    let line: LogLine
    try {
      line = JSON.parse(text) as LogLine
    } catch {
      all.push(text)
      continue
    }
    const message = (line.msg ?? '').replace(/\n$/, '')
    all.push(`[${line.job?.trim() ?? ''}] ${message}`)
    if (line.job === undefined) continue
    const name = line.job.trim()
    const job = jobs.get(name) ?? { id: line.jobID ?? '', result: '', steps: [], log: '' }
    jobs.set(name, job)
    job.log += `${message}\n`
    if (line.stepResult !== undefined && line.stage === 'Main')
      job.steps.push({ name: line.step ?? '', result: line.stepResult })
    if (line.jobResult !== undefined) job.result = line.jobResult
  }
  // act says nothing of a job that is skipped, and lists a job without a result when its set-up was skipped.
  const found = [...jobs].map(([name, job]): ActJob => ({ name, ...job, result: resultOf(job.result) }))
  const results: Record<string, string[]> = {}
  for (const { id, result } of found) (results[id] ??= []).push(result)
  return { jobs: found, log: all.join('\n'), results }
}

function resultOf(text: string): ActJob['result'] {
  return text === 'success' || text === 'failure' ? text : 'skipped'
}
