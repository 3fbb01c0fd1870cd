/** A virtual screen for programs with windows: Xvfb, which chooses a free number by itself. */
import type { Clock } from '../../ports/index.ts'
import type { Caller } from '../../shell/index.ts'

export interface Display {
  /** For DISPLAY: `:99`. */
  readonly name: string
  stop(): Promise<void>
}

const START_MS = 15_000
/** Longer than any run. */
const LIFE_MS = 24 * 3_600_000

/** Starts one. undefined: Xvfb is not there, or does not start. */
export async function startDisplay(
  caller: Caller,
  clock: Clock,
  env: Readonly<Record<string, string>>,
  folder: string,
  signal: AbortSignal
): Promise<Display | undefined> {
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
      signal,
      stop: stop.signal
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
    // Killed, it would leave its socket behind, and its number taken.
    stop.abort()
    await ended
  }
  if (name === undefined) {
    await end()
    return undefined
  }
  return { name, stop: end }
}
