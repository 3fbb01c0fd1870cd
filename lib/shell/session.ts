/** The processes of one session, as Linux tells about them in /proc. A session outlives the process that began it. */
import { readFile, readdir, readlink } from 'node:fs/promises'

export interface SeenProcess {
  readonly pid: number
  /** Its argument list; [] for a process of another user that hides it. */
  readonly command: readonly string[]
  /** The program file, as the process sees it; undefined when it may not be seen. */
  readonly program: string | undefined
}

/** Live processes of the session, zombies left out. [] where there is no /proc. */
export async function sessionProcesses(session: number): Promise<readonly SeenProcess[]> {
  const names = await readdir('/proc').catch(() => [])
  const seen = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => look(name, session))
  )
  return seen.filter((process) => process !== undefined)
}

/** Ends (KILL) all that is left of a session. */
export async function endSession(session: number): Promise<void> {
  // Twice: a process may have been born while the first list was read.
  for (let round = 0; round < 2; round++) {
    for (const { pid } of await sessionProcesses(session)) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended by itself.
      }
    }
  }
}

async function look(pid: string, session: number): Promise<SeenProcess | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; behind the last ")" come state, parent, group, session.
    const [state, , , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(own) !== session || state === 'Z' || state === 'X') return undefined
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    const program = await readlink(`/proc/${pid}/exe`).catch(() => undefined)
    return { pid: Number(pid), command: command.split('\0').slice(0, -1), program }
  } catch {
    return undefined
  }
}
