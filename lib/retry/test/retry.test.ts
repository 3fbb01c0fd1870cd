import { describe, expect, test } from '@jest/globals'

import { ToolError, TransientError } from '../../failure/index.ts'
import { HttpError, HttpStatusError } from '../../http/index.ts'
import type { Clock } from '../../ports/index.ts'
import {
  classifyGitHub,
  classifyHttp,
  classifyRegistry,
  classifyTool,
  retry,
  retryAfterMs,
  type Classifier
} from '../index.ts'

/** A clock that moves only when somebody sleeps. */
function fakeClock(): Clock & { readonly slept: number[] } {
  let now = Date.parse('2026-01-01T00:00:00Z')
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    sleep: (ms) => {
      slept.push(ms)
      now += ms
      return Promise.resolve()
    }
  }
}

function status(code: number, headers: Record<string, string> = {}, body = ''): HttpStatusError {
  return new HttpStatusError(
    { url: 'http://x/', status: code, headers, latencyMs: 0, remoteAddress: undefined },
    'GET',
    body
  )
}

const always: Classifier = () => ({ kind: 'retry' })

describe('retry', () => {
  test('tries again with growing, jittered pauses until it works', async () => {
    const clock = fakeClock()
    let calls = 0
    const result = await retry(
      'work',
      async (number) => {
        calls++
        if (number < 4) throw new Error('no')
        return await Promise.resolve('done')
      },
      { classify: always, clock, random: () => 0.5 }
    )
    expect([result, calls]).toEqual(['done', 4])
    expect(clock.slept).toEqual([375, 750, 1500])
  })

  test('throws a final error as it is, at once', async () => {
    const clock = fakeClock()
    const error = new Error('no such thing')
    await expect(
      retry('work', () => Promise.reject(error), { classify: () => ({ kind: 'final' }), clock })
    ).rejects.toBe(error)
    expect(clock.slept).toEqual([])
  })

  test('says what was tried, how often and how long', async () => {
    const run = retry('GET manifest', () => Promise.reject(new Error('reset')), {
      classify: always,
      clock: fakeClock(),
      limits: { attempts: 3 },
      random: () => 0
    })
    await expect(run).rejects.toThrow(TransientError)
    await expect(run).rejects.toThrow('GET manifest: still failing after 3 attempts in 0.8 s: reset')
  })

  test('waits as long as the other side asks, within the total', async () => {
    const clock = fakeClock()
    const classify: Classifier = () => ({ kind: 'retry', afterMs: 50_000 })
    await expect(
      retry('work', () => Promise.reject(new Error('busy')), {
        classify,
        clock,
        limits: { totalMs: 120_000 }
      })
    ).rejects.toThrow(TransientError)
    expect(clock.slept).toEqual([50_000, 50_000])
  })

  test('stops when it is cancelled', async () => {
    const controller = new AbortController()
    const run = retry(
      'work',
      () => {
        controller.abort(new Error('cancelled'))
        return Promise.reject(new Error('first'))
      },
      { classify: always, clock: fakeClock(), signal: controller.signal }
    )
    await expect(run).rejects.toThrow('first')
  })

  describe('a hanging attempt', () => {
    /** Time goes by for the clock and for the timers alike, and only when it is told to. */
    function time() {
      const clock = fakeClock()
      const timers = new Set<{ readonly at: number; readonly over: () => void }>()
      return {
        clock,
        waiting: () => timers.size,
        pass: (ms: number) => {
          void clock.sleep(ms)
          for (const timer of [...timers]) if (timer.at <= clock.now()) timer.over()
        },
        timer: (ms: number, over: () => void) => {
          const timer = { at: clock.now() + ms, over }
          timers.add(timer)
          return () => void timers.delete(timer)
        }
      }
    }
    const hang = async (_: number, signal: AbortSignal): Promise<never> =>
      await new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      )
    const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve))

    test('ends with the total', async () => {
      const { clock, timer, pass, waiting } = time()
      const started = clock.now()
      const run = retry('GET x', hang, { classify: always, clock, timer, limits: { totalMs: 120_000 } })
      run.catch(() => undefined)
      pass(119_999)
      await turn()
      expect(waiting()).toBe(1)
      pass(1)
      await expect(run).rejects.toThrow(
        'GET x: still failing after 1 attempt in 120.0 s: no answer within 120 s'
      )
      expect([clock.now() - started, waiting()]).toEqual([120_000, 0])
    })

    test('has what is left of the total after others', async () => {
      const { clock, timer, pass } = time()
      const started = clock.now()
      const attempt = async (number: number, signal: AbortSignal): Promise<never> => {
        if (number > 1) return await hang(number, signal)
        pass(100_000)
        throw new Error('reset')
      }
      const run = retry('GET x', attempt, { classify: always, clock, timer, limits: { totalMs: 120_000 } })
      run.catch(() => undefined)
      await turn()
      pass(120_000 - (clock.now() - started))
      await expect(run).rejects.toThrow('still failing after 2 attempts in 120.0 s')
    })

    test('that is done has left no timer', async () => {
      const { clock, timer, waiting } = time()
      await retry('GET x', () => Promise.resolve(1), { classify: always, clock, timer })
      expect(waiting()).toBe(0)
    })
  })

  test('an attempt that fails by itself when the limit comes is told by its own failure', async () => {
    const own = new Error('no answer from the server')
    const run = retry(
      'GET x',
      async () => {
        await Promise.resolve()
        throw own
      },
      {
        classify: () => ({ kind: 'final' }),
        clock: fakeClock(),
        // Over before the attempt has failed.
        timer: (_ms, over) => {
          over()
          return () => undefined
        }
      }
    )
    await expect(run).rejects.toBe(own)
  })

  test('aborts an attempt at its own limit, and tries again', async () => {
    const clock = fakeClock()
    let calls = 0
    const hang = (_: number, signal: AbortSignal): Promise<string> => {
      calls++
      if (calls === 2) return Promise.resolve('second')
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      )
    }
    expect(await retry('work', hang, { classify: always, clock, limits: { attemptMs: 10 } })).toBe('second')
    // What the real clients throw then speaks of being cancelled, and that is final to their classifiers.
    const cancelled = [
      [new HttpError('cancelled', 'http://x/', 'aborted'), classifyHttp],
      [
        new ToolError({ command: 'x', exitCode: null, reason: 'cancelled', summary: 'x', detail: '' }),
        classifyTool
      ]
    ] as const
    for (const [error, classify] of cancelled) {
      calls = 0
      const client = async (number: number, signal: AbortSignal): Promise<string> =>
        await hang(number, signal).catch(() => Promise.reject(error))
      expect(await retry('work', client, { classify, clock, limits: { attemptMs: 10 } })).toBe('second')
    }
    const run = new AbortController()
    const ended = retry('work', hang, {
      classify: always,
      clock,
      signal: run.signal,
      limits: { attemptMs: 50 }
    })
    calls = 0
    run.abort(new Error('the run is cancelled'))
    await expect(ended).rejects.toThrow('the run is cancelled')
  })
})

describe('what is transient', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')

  test.each([408, 425, 429, 500, 502, 503, 504])('HTTP %d', (code) => {
    expect(classifyHttp(status(code), now)).toEqual({ kind: 'retry' })
  })

  test.each([400, 401, 403, 404, 409, 410, 412, 416, 422, 501])('a bare HTTP %d is an answer', (code) => {
    expect(classifyHttp(status(code), now)).toEqual({ kind: 'final' })
  })

  test.each([401, 403, 404, 422, 429, 503])('HTTP %d with Retry-After asks to wait', (code) => {
    expect(classifyHttp(status(code, { 'retry-after': '7' }), now)).toEqual({ kind: 'retry', afterMs: 7000 })
  })

  test('a wait of hours is a failure', () => {
    expect(classifyHttp(status(429, { 'retry-after': '7200' }), now)).toEqual({ kind: 'final' })
  })

  test.each([
    ['dns', 'retry'],
    ['refused', 'retry'],
    ['reset', 'retry'],
    ['timeout', 'retry'],
    ['protocol', 'retry'],
    ['tls', 'final'],
    ['proxy', 'final'],
    ['too-large', 'final'],
    ['unsupported', 'final'],
    ['cancelled', 'final']
  ] as const)('transport error %s: %s', (kind, expected) => {
    expect(classifyHttp(new HttpError(kind, 'http://x/', 'text'), now).kind).toBe(expected)
  })

  test('registries: TOOMANYREQUESTS in the body of any status', () => {
    const body = '{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}'
    expect(classifyRegistry(status(403, {}, body), now)).toEqual({ kind: 'retry' })
    expect(classifyRegistry(status(403, { 'retry-after': '3' }, body), now)).toEqual({
      kind: 'retry',
      afterMs: 3000
    })
    expect(classifyRegistry(status(403, {}, '{"errors":[{"code":"DENIED"}]}'), now)).toEqual({
      kind: 'final'
    })
    expect(classifyRegistry(status(522), now)).toEqual({ kind: 'retry' })
  })

  test('GitHub: primary limit waits for the reset, secondary a minute, the rest is an answer', () => {
    const error = (code: number, headers: Record<string, string>, message = ''): Error =>
      Object.assign(new Error(message), { status: code, response: { headers } })
    const reset = String(now / 1000 + 30)
    expect(
      classifyGitHub(error(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }), now)
    ).toEqual({
      kind: 'retry',
      afterMs: 31_000
    })
    expect(classifyGitHub(error(403, { 'retry-after': '5' }), now)).toEqual({ kind: 'retry', afterMs: 5000 })
    expect(classifyGitHub(error(403, {}, 'You have exceeded a secondary rate limit'), now)).toEqual({
      kind: 'retry',
      afterMs: 60_000
    })
    // A right that is missing, in the last request of the hour.
    const last = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset, 'retry-after': '60' }
    for (const who of ['integration', 'personal access token'])
      expect(classifyGitHub(error(403, last, `Resource not accessible by ${who}`), now)).toEqual({
        kind: 'final'
      })
    // An hour is told, and not waited for.
    const hour = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 3600) }
    expect(classifyGitHub(error(403, hour, 'API rate limit exceeded'), now)).toEqual({ kind: 'final' })
    for (const code of [401, 403, 404, 409, 422])
      expect(classifyGitHub(error(code, {}), now)).toEqual({ kind: 'final' })
    expect(classifyGitHub(error(502, {}), now)).toEqual({ kind: 'retry' })
  })

  test.each([
    ['dial tcp: i/o timeout', 'retry'],
    ['received unexpected HTTP status: 503 Service Unavailable', 'retry'],
    ['toomanyrequests: You have reached your pull rate limit', 'retry'],
    ['unauthorized: authentication required; connection reset', 'final'],
    ['write /tmp/x: no space left on device', 'final'],
    ['manifest unknown', 'final'],
    ['segmentation fault', 'final']
  ] as const)('tool output %j: %s', (detail, expected) => {
    const error = new ToolError({ command: 'x', exitCode: 1, reason: 'exit', summary: 'x', detail })
    expect(classifyTool(error, now).kind).toBe(expected)
  })

  test.each([
    ['timeout', 'retry'],
    ['signal', 'final'],
    ['cancelled', 'final'],
    ['not-found', 'final'],
    ['output-limit', 'final']
  ] as const)('a tool that ended by %s: %s', (reason, expected) => {
    const detail = 'connection reset by peer'
    const error = new ToolError({ command: 'x', exitCode: null, reason, summary: 'x', detail })
    expect(classifyTool(error, now).kind).toBe(expected)
  })

  test('anything else is a bug, never retried', () => {
    for (const classify of [classifyHttp, classifyRegistry, classifyGitHub, classifyTool]) {
      expect(classify(new TypeError('x is undefined'), now)).toEqual({ kind: 'final' })
    }
  })
})

test.each([
  ['120', 120_000],
  ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined]
])('Retry-After %j', (value, expected) => {
  expect(retryAfterMs({ 'retry-after': value }, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected)
})
