/** A virtual screen for programs with windows: Xvfb, which chooses a free number by itself. */
import type { Ports } from '../../ports/index.ts'
import type { Caller } from '../../shell/index.ts'

export interface Display {
  /** For DISPLAY: `:99`. */
  readonly name: string
  stop(): Promise<void>
}

const START_MS = 15_000
/** Longer than any run. */
const LIFE_MS = 24 * 3_600_000

/** Where X servers put their sockets: the first one makes it, and none removes it. */
const SOCKETS = '/tmp/.X11-unix'

/** Removes the folder of sockets unless another server has come to use it. */
export async function removeSockets(fs: Pick<Ports['fs'], 'rmdir'>): Promise<void> {
  await fs.rmdir(SOCKETS).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  })
}

/** Starts one. undefined: Xvfb is not there, or does not start. */
export async function startDisplay(
  caller: Caller,
  { clock, fs, cleanup }: Pick<Ports, 'clock' | 'fs' | 'cleanup'>,
  env: Readonly<Record<string, string>>,
  folder: string,
  signal: AbortSignal
): Promise<Display | undefined> {
  signal.throwIfAborted()
  const sockets = { kind: 'x11-sockets', id: SOCKETS }
  // Whoever is the first to have a screen here makes it.
  const isFirst = await fs.access(SOCKETS).then(
    () => false,
    () => true
  )
  if (isFirst) cleanup.register(sockets)
  const stop = new AbortController()
  const { promise: ready, resolve } = Promise.withResolvers<string | undefined>()
  const ended = caller
    .call('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      cwd: folder,
      env,
      timeoutMs: LIFE_MS,
      onStdout: (text) => {
        const number = /^(\d+)\n/.exec(text)?.[1]
        if (number !== undefined) resolve(`:${number}`)
      },
      // Also when the run is cancelled: killed, it would leave its socket behind, and its number taken.
      stop: AbortSignal.any([stop.signal, signal])
    })
    .then(
      () => resolve(undefined),
      () => resolve(undefined)
    )
  const patience = new AbortController()
  const late = clock.sleep(START_MS, AbortSignal.any([signal, patience.signal])).then(
    () => undefined,
    () => undefined
  )
  const name = await Promise.race([ready, late])
  patience.abort()
  const end = async (): Promise<void> => {
    stop.abort()
    await ended
    if (!isFirst) return
    await removeSockets(fs)
    cleanup.release(sockets)
  }
  if (name === undefined) {
    await end()
    return undefined
  }
  return { name, stop: end }
}
