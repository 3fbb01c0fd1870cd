/** The processes of one session, as Linux tells about them in /proc. A session outlives the process that began it. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'

export interface SeenProcess {
  readonly pid: number
  /** Its argument list; [] for a process of another user that hides it. */
  readonly command: readonly string[]
  /** The program file, as the process sees it; undefined when it may not be seen. */
  readonly program: string | undefined
  /** It has a mount namespace of its own: it runs in a container, or starts one. False where that may not be seen. */
  readonly isContained: boolean
}

/**
 * Live processes of the session, zombies left out. [] where there is no /proc. Reads without waiting: /proc never
 * waits for a disk, and a hundred small reads through the thread pool cost six times as much.
 */
export function sessionProcesses(session: number): readonly SeenProcess[] {
  return attempt(() => readdirSync('/proc'), [])
    .filter((name) => /^\d+$/.test(name))
    .map((name) => look(name, session))
    .filter((process) => process !== undefined)
}

/** Ends (KILL) all that is left of a session. */
export function endSession(session: number): void {
  // Twice: a process may have been born while the first list was read.
  for (let round = 0; round < 2; round++) {
    for (const { pid } of sessionProcesses(session)) attempt(() => process.kill(pid, 'SIGKILL'), false)
  }
}

function look(pid: string, session: number): SeenProcess | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '')
  // The name in parentheses may hold anything; behind the last ")" come state, parent, group, session.
  const [state, , , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (Number(own) !== session || state === 'Z' || state === 'X') return undefined
  const command = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '')
  const program = attempt(() => readlinkSync(`/proc/${pid}/exe`), undefined)
  const mounts = attempt(() => readlinkSync(`/proc/${pid}/ns/mnt`), undefined)
  const isContained =
    mounts !== undefined && mounts !== attempt(() => readlinkSync('/proc/self/ns/mnt'), mounts)
  return { pid: Number(pid), command: command.split('\0').slice(0, -1), program, isContained }
}

/** A process may end, or belong to somebody else, at any moment. */
function attempt<T>(body: () => T, otherwise: T): T {
  try {
    return body()
  } catch {
    return otherwise
  }
}
