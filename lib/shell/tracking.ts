/**
 * Every child carries one variable in its environment. Killed with -9, an action cannot end its children; its post
 * step finds them by that variable (Linux: /proc) and ends them with their process groups and their children.
 */
import { readFile, readdir } from 'node:fs/promises'

export const TRACKING_VARIABLE = 'NEURODESK_CI_TRACKING_ID'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly tracked: boolean
}

/**
 * Kills (KILL) every process that carries `id`, its process group and its descendants.
 * @returns how many processes were signalled; 0 where there is no /proc.
 */
export async function endTracked(id: string): Promise<number> {
  const processes = await listProcesses(id)
  const own = processes.find((candidate) => candidate.pid === process.pid)
  const doomed = new Set(processes.filter((candidate) => candidate.tracked).map((candidate) => candidate.pid))
  const groups = new Set(
    processes.filter((candidate) => doomed.has(candidate.pid)).map((candidate) => candidate.group)
  )
  for (let size = -1; size !== doomed.size;) {
    size = doomed.size
    for (const candidate of processes) {
      if (doomed.has(candidate.parent) || groups.has(candidate.group)) doomed.add(candidate.pid)
    }
  }
  let count = 0
  for (const pid of doomed) {
    if (pid === process.pid || pid === own?.parent || pid <= 1) continue
    try {
      process.kill(pid, 'SIGKILL')
      count++
    } catch {
      // It ended by itself in between.
    }
  }
  return count
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
    // The name in parentheses may hold anything; the fields after the last ")" are state, parent, group.
    const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    const tracked = environment.split('\0').includes(`${TRACKING_VARIABLE}=${id}`)
    return { pid: Number(pid), parent: Number(parent), group: Number(group), tracked }
  } catch {
    return undefined
  }
}
