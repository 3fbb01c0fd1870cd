/**
 * A second process that clears up when this one is gone, however it went: end of program, SIGINT, SIGTERM, kill -9.
 * It reads from a pipe what there is to clear; the end of the pipe is the end of us.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Estate } from './belongings.ts'

/** One line of the pipe, JSON. */
export type GuardMessage = { readonly guard: Estate } | { readonly release: string }

let guardian: ChildProcess | undefined
const guarded = new Set<string>()

/** Resolves when the guardian can read it, which is before anything exists. */
export async function guard(estate: Estate): Promise<void> {
  guarded.add(estate.id)
  await send({ guard: estate })
}

/** Ends the guardian with the last one, so that nothing of ours outlives the work. */
export async function release(estate: Estate): Promise<void> {
  guarded.delete(estate.id)
  await send({ release: estate.id })
  if (guarded.size > 0 || guardian === undefined) return
  guardian.stdin?.end()
  guardian = undefined
}

async function send(message: GuardMessage): Promise<void> {
  const { stdin } = (guardian ??= start())
  await new Promise<void>((resolve, reject) => {
    if (stdin === null) return reject(new Error('the guardian has no pipe'))
    stdin.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()))
  })
}

function start(): ChildProcess {
  const program = fileURLToPath(new URL('./guardian.ts', import.meta.url))
  // Detached: Ctrl-C goes to the whole foreground group, and it has to outlive that.
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: {
      ...(process.env.PATH === undefined ? {} : { PATH: process.env.PATH }),
      ...(process.env.TMPDIR === undefined ? {} : { TMPDIR: process.env.TMPDIR })
    }
  })
  child.unref()
  const pipe = child.stdin as (typeof child.stdin & { unref?: () => void }) | null
  pipe?.unref?.()
  child.on('error', () => undefined)
  return child
}
