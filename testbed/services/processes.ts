/** The processes of a service: found by a variable that all of them inherit. Linux only. */
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Its value is the estate's id. Containers do not have it, but descend from processes that do. */
export const MARK = 'NEURODESK_CI_TESTBED'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly marked: boolean
}

/**
 * Ends all processes of a service: what runs in its containers at once, then the service itself with TERM, and with
 * KILL what is left after `graceMs`. Resolves when none is left.
 */
export async function endProcesses(id: string, graceMs = 6_000): Promise<void> {
  const first = await processesOf(id)
  // A container's first process ignores TERM as a rule, and its engine would wait for it for ten seconds.
  signal(
    first.filter(({ marked }) => !marked),
    'SIGKILL'
  )
  // A service ends its own helpers, in the order that it knows.
  const own = first.filter(({ marked }) => marked)
  const pids = new Set(own.map(({ pid }) => pid))
  signal(
    own.filter(({ parent }) => !pids.has(parent)),
    'SIGTERM'
  )
  const deadline = performance.now() + graceMs
  for (;;) {
    const left = await processesOf(id)
    if (left.length === 0) return
    if (performance.now() > deadline) signal(left, 'SIGKILL')
    // After KILL only a process in the kernel stays, and no waiting helps against that.
    if (performance.now() > deadline + 3_000) return
    await sleep(50)
  }
}

/** How many processes of the service there are, its containers' included. */
export async function countProcesses(id: string): Promise<number> {
  return (await processesOf(id)).length
}

async function processesOf(id: string): Promise<Process[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = (await Promise.all(names.map((name) => readProcess(name, id)))).filter(
    (found) => found !== undefined
  )
  const chosen = new Set(all.filter(({ marked }) => marked).map(({ pid }) => pid))
  for (let size = -1; size !== chosen.size;) {
    size = chosen.size
    for (const { pid, parent } of all) if (chosen.has(parent)) chosen.add(pid)
  }
  return all.filter(({ pid }) => chosen.has(pid) && pid !== process.pid)
}

async function readProcess(name: string, id: string): Promise<Process | undefined> {
  try {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8')
    // pid (any text) state parent …: the text may hold parentheses and blanks.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z') return undefined
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')
    const marked = environment.split('\0').includes(`${MARK}=${id}`)
    return { pid: Number(name), parent: Number(parent), marked }
  } catch {
    return undefined // it ended while we looked
  }
}

function signal(processes: readonly Process[], name: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name)
    } catch {
      // It ended by itself in between.
    }
  }
}
