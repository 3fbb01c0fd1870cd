/**
 * Every child carries one variable in its environment. Killed with -9, an action cannot end its children; its post
 * step finds them by that variable (Linux: /proc) and ends them with their process groups and their children.
 */
import { readFile, readdir } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

export const TRACKING_VARIABLE = 'NEURODESK_CI_TRACKING_ID'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly group: number
  /** In ticks since the machine's start. */
  readonly started: string
  readonly tracked: boolean
}

/** TERM first: a program that clears up after itself (a lock, a socket in /tmp, a folder of its own) gets to do so. */
const GRACE_MS = 2_000
const LOOK_MS = 50

/**
 * Ends every process that carries `id`, its process group and its descendants: by TERM, and by KILL what is left.
 * @returns how many processes were signalled; 0 where there is no /proc.
 */
export async function endTracked(id: string): Promise<number> {
  const first = await doomed(id)
  send(first, 'SIGTERM')
  const limit = performance.now() + GRACE_MS
  let left = first
  while (left.length > 0 && performance.now() < limit) {
    await setTimeout(LOOK_MS)
    left = await living(first)
  }
  // Again: what was asked to end may have started others, and may be their only link to us.
  const more = await doomed(id)
  send([...(await living(first)), ...more], 'SIGKILL')
  return new Set([...first, ...more].map(({ pid }) => pid)).size
}

/** Who is to go. Neither us, nor who started us. */
async function doomed(id: string): Promise<readonly Process[]> {
  const processes = await listProcesses(id)
  const own = processes.find((candidate) => candidate.pid === process.pid)
  const tracked = processes.filter((candidate) => candidate.tracked)
  const pids = new Set(tracked.map((candidate) => candidate.pid))
  const groups = new Set(tracked.map((candidate) => candidate.group))
  for (let size = -1; size !== pids.size;) {
    size = pids.size
    for (const candidate of processes) {
      if (pids.has(candidate.parent) || groups.has(candidate.group)) pids.add(candidate.pid)
    }
  }
  return processes.filter(({ pid }) => pids.has(pid) && pid !== process.pid && pid !== own?.parent && pid > 1)
}

/** Those of them that have not ended; a number that another process has got since is none of them. */
async function living(processes: readonly Process[]): Promise<readonly Process[]> {
  const now = await Promise.all(processes.map(async ({ pid }) => await readProcess(String(pid), '')))
  return processes.filter((one, at) => now[at]?.started === one.started)
}

function send(processes: readonly Process[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended by itself in between.
    }
  }
}

async function listProcesses(id: string): Promise<readonly Process[]> {
  let names: string[]
  try {
    names = await readdir('/proc')
  } catch {
    return []
  }
  const own = await readGroup(String(process.pid))
  const found = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readProcess(name, id))
  )
  // Our own group is the runner's step: never a target.
  return found.filter((candidate) => candidate !== undefined).filter((candidate) => candidate.group !== own)
}

async function readGroup(pid: string): Promise<number | undefined> {
  return (await readProcess(pid, '\0'))?.group
}

async function readProcess(pid: string, id: string): Promise<Process | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; the fields after the last ")" are state, parent, group and more.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, parent, group] = fields
    // It has ended, and nobody has asked how.
    if (state === 'Z') return undefined
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    const tracked = environment.split('\0').includes(`${TRACKING_VARIABLE}=${id}`)
    return {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      started: fields[19] ?? '',
      tracked
    }
  } catch {
    return undefined
  }
}
