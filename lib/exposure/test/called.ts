/** A call of a wrapper that went well, with what differs. */
import type { CallResult } from '../../shell/index.ts'

export function called(more: Partial<CallResult> = {}): CallResult {
  return {
    exitCode: 0,
    signal: null,
    startError: undefined,
    timedOut: false,
    settled: false,
    stdout: Buffer.alloc(0),
    stderr: '',
    durationMs: 1,
    running: [],
    left: [],
    ...more
  }
}
