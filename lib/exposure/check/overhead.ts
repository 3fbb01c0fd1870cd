/** What a wrapper costs: the same program through it, and by the runtime directly, in pairs. */
import { SHIM } from '../host/shims.ts'
import type { Conformer } from './asking.ts'

export interface Overhead {
  /** Median milliseconds of `runtime exec` of the same program. */
  readonly directMs: number
  /** Median of the differences within the pairs, milliseconds. */
  readonly wrapperMs: number
  /** Smallest and largest difference: with six pairs the true median lies between them with a probability of 97 %. */
  readonly rangeMs: readonly [smallest: number, largest: number]
}

/** The sign test on six pairs: 1 - 2 / 2^6. */
const PAIRS = 6

/** undefined when a call fails: then other tests say so. */
export async function measureOverhead(
  conformer: Conformer,
  runtime: string,
  shell: string
): Promise<Overhead | undefined> {
  const { installed } = conformer
  const substitute = {
    [SHIM.mode]: 'substitute',
    [SHIM.image]: installed.image,
    [SHIM.shell]: shell,
    [SHIM.script]: ':'
  }
  const throughWrapper = (): Promise<number | undefined> => time(conformer, conformer.command, [], substitute)
  const directly = (): Promise<number | undefined> =>
    time(conformer, runtime, ['--silent', 'exec', '--cleanenv', installed.image, shell, '-c', ':'], {})
  const pairs: Pair[] = []
  for (let number = 0; number < PAIRS; number++) {
    // By turns, so that a machine that gets slower meanwhile is slow for both.
    const wrapperFirst = number % 2 === 0
    const first = await (wrapperFirst ? throughWrapper() : directly())
    const second = await (wrapperFirst ? directly() : throughWrapper())
    if (first === undefined || second === undefined) return undefined
    pairs.push(wrapperFirst ? { wrapper: first, direct: second } : { wrapper: second, direct: first })
  }
  return overheadOf(pairs)
}

/** Milliseconds of two calls, one after the other. */
export interface Pair {
  readonly wrapper: number
  readonly direct: number
}

/** Pure. */
export function overheadOf(pairs: readonly Pair[]): Overhead {
  const differences = pairs.map(({ wrapper, direct }) => wrapper - direct)
  return {
    directMs: median(pairs.map(({ direct }) => direct)),
    wrapperMs: median(differences),
    rangeMs: [Math.min(...differences), Math.max(...differences)]
  }
}

/**
 * The overhead in whole milliseconds. `measured`: the wrapper was slower in every pair. `below`: the container's own
 * start varies more than the wrapper costs, and only the upper limit is known. Pure.
 */
export function readOverhead({ wrapperMs, rangeMs: [smallest, largest] }: Overhead): {
  readonly kind: 'measured' | 'below'
  readonly ms: number
} {
  return smallest > 0
    ? { kind: 'measured', ms: Math.round(wrapperMs) }
    : { kind: 'below', ms: Math.max(1, Math.ceil(largest)) }
}

async function time(
  { caller, env, folder, timeoutMs, signal }: Conformer,
  command: string,
  args: readonly string[],
  more: Readonly<Record<string, string>>
): Promise<number | undefined> {
  const result = await caller.call(command, args, {
    cwd: folder,
    env: { ...env, ...more },
    timeoutMs,
    signal
  })
  return result.exitCode === 0 ? result.durationMs : undefined
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}
