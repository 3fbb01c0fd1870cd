/** What a wrapper costs: the same program through it, and by the runtime directly. */
import { SHIM } from '../host/shims.ts'
import type { Conformer } from './asking.ts'

export interface Overhead {
  /** Median milliseconds of a call through the wrapper. */
  readonly wrapperMs: number
  /** Median milliseconds of `runtime exec` of the same program. */
  readonly directMs: number
}

const ROUNDS = 5

/** undefined when a call fails: then other tests say so. */
export async function measureOverhead(
  conformer: Conformer,
  runtime: string,
  shell: string
): Promise<Overhead | undefined> {
  const wrapper: number[] = []
  const direct: number[] = []
  // By turns, so that a machine that gets slower meanwhile is slow for both.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [times, command, args, env] of [
      [
        wrapper,
        conformer.command,
        [],
        {
          [SHIM.mode]: 'substitute',
          [SHIM.image]: conformer.installed.image,
          [SHIM.shell]: shell,
          [SHIM.script]: ':'
        }
      ],
      [direct, runtime, ['--silent', 'exec', '--cleanenv', conformer.installed.image, shell, '-c', ':'], {}]
    ] as const) {
      const result = await conformer.caller.call(command, args, {
        cwd: conformer.folder,
        env: { ...conformer.env, ...env },
        timeoutMs: conformer.timeoutMs,
        signal: conformer.signal
      })
      if (result.exitCode !== 0) return undefined
      times.push(result.durationMs)
    }
  }
  return { wrapperMs: median(wrapper), directMs: median(direct) }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
