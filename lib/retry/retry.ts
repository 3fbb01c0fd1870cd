/** One loop for everything that can fail for a moment. What is transient is for a classifier to say (classify.ts). */
import { TransientError, messageOf } from '../failure/index.ts'
import type { Clock, Log } from '../ports/index.ts'

/** `final` is thrown on at once; `retry` is tried again, after `afterMs` when the other side named a time. */
export type Judgement = { readonly kind: 'final' } | { readonly kind: 'retry'; readonly afterMs?: number }

/** `now` is given in milliseconds since 1970, for protocols that name a date. */
export type Classifier = (error: unknown, now: number) => Judgement

export interface RetryLimits {
  /** Attempts in all, the first one included. */
  readonly attempts: number
  /** No attempt starts after this many milliseconds, and the signal of the one that is under way is aborted then. */
  readonly totalMs: number
  /** First pause; doubled each time up to `maxPauseMs`, then a random part of it is taken. */
  readonly basePauseMs: number
  readonly maxPauseMs: number
  /** Each attempt's signal is aborted after this. Default: what is left of the total. */
  readonly attemptMs?: number
}

export const DEFAULT_LIMITS: RetryLimits = {
  attempts: 4,
  totalMs: 120_000,
  basePauseMs: 500,
  maxPauseMs: 20_000
}

export interface RetryOptions {
  readonly classify: Classifier
  readonly clock: Clock
  readonly limits?: Partial<RetryLimits>
  readonly log?: Pick<Log, 'debug'> & Partial<Pick<Log, 'info'>>
  readonly signal?: AbortSignal
  /** A number in [0, 1); Math.random unless a test gives its own. */
  readonly random?: () => number
  /**
   * Calls back after so many milliseconds unless it is stopped; Node's timer unless a test gives its own. Not the clock's
   * pauses: those of a test are over at once, and would end every attempt.
   */
  readonly timer?: (ms: number, over: () => void) => () => void
}

/** Who looks at a log that stands still for longer wants to know why. */
const TOLD_PAUSE_MS = 5000

/**
 * Runs `attempt` until it succeeds, its error is final, or a limit is reached. An attempt that hands its signal on ends
 * with the total; one that does not, such as a download of its own limits, is waited for.
 * @param what names the work in messages: "GET manifest of x".
 * @throws the error itself when it is final; TransientError when the limits ended it.
 */
export async function retry<T>(
  what: string,
  attempt: (number: number, signal: AbortSignal) => Promise<T>,
  options: RetryOptions
): Promise<T> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const random = options.random ?? Math.random
  const started = options.clock.now()
  for (let number = 1; ; number++) {
    options.signal?.throwIfAborted()
    try {
      const left = Math.max(1, limits.totalMs - (options.clock.now() - started))
      return await limited(number, attempt, Math.min(limits.attemptMs ?? left, left), options)
    } catch (error) {
      if (options.signal?.aborted === true) throw error
      const now = options.clock.now()
      const judgement = error instanceof AttemptTooLong ? RETRY : options.classify(error, now)
      if (judgement.kind === 'final') throw error
      const elapsed = now - started
      const pause = pauseBefore(number, judgement, limits, random)
      if (number >= limits.attempts || elapsed + pause > limits.totalMs) {
        throw new TransientError(what, number, elapsed, error)
      }
      options.log?.debug(
        `${what}: attempt ${number} of ${limits.attempts}: ${messageOf(error)}; again in ${pause} ms`
      )
      if (pause >= TOLD_PAUSE_MS) {
        const asked = judgement.afterMs === undefined ? '' : ', as it was asked to'
        options.log?.info?.(`${what}: waits ${Math.round(pause / 1000)} s${asked}: ${messageOf(error)}`)
      }
      await options.clock.sleep(pause, options.signal)
    }
  }
}

/** Milliseconds to wait after attempt `number`: what the other side asked for, else a jittered power of two. */
function pauseBefore(
  number: number,
  judgement: { readonly afterMs?: number },
  limits: RetryLimits,
  random: () => number
): number {
  const ceiling = Math.min(limits.maxPauseMs, limits.basePauseMs * 2 ** (number - 1))
  // Half fixed, half random: callers that failed together do not come back together.
  const own = Math.round(ceiling / 2 + (ceiling / 2) * random())
  return judgement.afterMs === undefined ? own : Math.max(judgement.afterMs, 0)
}

const RETRY: Judgement = { kind: 'retry' }

/** An attempt was ended by its limit. What it threw then speaks of being cancelled, which nobody asked for. */
class AttemptTooLong extends Error {
  override readonly name = 'AttemptTooLong'
}

/** In the words of AbortSignal, lib/http and lib/shell. */
function isCancelled(error: unknown, reason: Error): boolean {
  if (!(error instanceof Error)) return false
  const { kind, reason: why } = error as { kind?: unknown; reason?: unknown }
  return (
    [error, error.cause].includes(reason) || error.name === 'AbortError' || [kind, why].includes('cancelled')
  )
}

async function limited<T>(
  number: number,
  attempt: (number: number, signal: AbortSignal) => Promise<T>,
  ms: number,
  options: RetryOptions
): Promise<T> {
  const limit = new AbortController()
  const tooLong = new AttemptTooLong(`no answer within ${Number((ms / 1000).toFixed(1))} s`)
  const stop = (options.timer ?? nodeTimer)(ms, () => limit.abort(tooLong))
  const signal = options.signal === undefined ? limit.signal : AbortSignal.any([options.signal, limit.signal])
  try {
    return await attempt(number, signal)
  } catch (error) {
    const isOver = limit.signal.aborted && options.signal?.aborted !== true
    // What failed by itself in the same moment says more than the limit does.
    throw isOver && isCancelled(error, tooLong) ? tooLong : error
  } finally {
    stop()
  }
}

function nodeTimer(ms: number, over: () => void): () => void {
  // More than 24 days would be none at all.
  const timer = setTimeout(over, Math.min(ms, 2 ** 31 - 1))
  return () => clearTimeout(timer)
}
