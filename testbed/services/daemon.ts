/** Starting a program that goes on running, and waiting until it is ready. */
import { spawn } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { markOf } from './estate.ts'
import type { Estate } from './belongings.ts'

export interface DaemonOptions {
  readonly command: string
  /** For its log and for messages; default: the last part of `command`. */
  readonly name?: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Asked every 50 ms until it gives something; the text is what the daemon has printed so far. */
  readonly ready: (printed: string) => Promise<boolean> | boolean
  /** Default 20 s. */
  readonly limitMs?: number
}

export class ServiceError extends Error {
  override readonly name = 'ServiceError'
}

/**
 * Starts a program of an estate in a session of its own; its output goes to `<folder>/<name>.log`. Whoever
 * clears the estate ends it.
 * @returns what it has printed by the time it is ready
 * @throws ServiceError with its last lines when it ends early or is not ready in time
 */
export async function startDaemon(estate: Estate, options: DaemonOptions): Promise<string> {
  const name = options.name ?? basename(options.command)
  const log = join(estate.folder, `${name}.log`)
  await using output = await open(log, 'a')
  const child = spawn(options.command, [...options.args], {
    detached: true,
    cwd: estate.folder,
    env: { ...process.env, ...options.env, ...markOf(estate) },
    stdio: ['ignore', output.fd, output.fd]
  })
  let ended: string | undefined
  child.on('error', (error) => (ended = `could not be started: ${error.message}`))
  child.on('exit', (code, signal) => (ended ??= `ended with ${signal ?? code ?? 'nothing'}`))
  child.unref()
  const limit = options.limitMs ?? 20_000
  const deadline = performance.now() + limit
  for (;;) {
    const printed = await readFile(log, 'utf8')
    if (ended === undefined && (await options.ready(printed))) return printed
    if (ended !== undefined || performance.now() > deadline) {
      const what = ended ?? `was not ready after ${limit / 1000} s`
      throw new ServiceError(`${name} ${what}:\n${printed.trim().split('\n').slice(-15).join('\n')}`)
    }
    await sleep(50)
  }
}

/** TCP ports of 127.0.0.1 that were free a moment ago, all different. For programs that cannot choose one. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer()
          server.once('error', reject)
          server.listen(0, '127.0.0.1', () => resolve(server))
        })
    )
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
