/** What tests and benchmarks put in the place of ports that they are not about. Types come from lib/ports alone. */
import { setTimeout } from 'node:timers/promises'

import type { Cleanup, Clock, Exec, Log, Place, Runner } from '../lib/ports/index.ts'

export type LogKind = 'debug' | 'info' | 'notice' | 'warning' | 'error' | 'group' | 'mask'

/** A log that gives every line to `keep`: the text, the title of a group, what is to be masked. */
export function keptLog(keep: (kind: LogKind, text: string, place?: Place) => void): Log {
  const say = (kind: LogKind) => (text: string, place?: Place) => keep(kind, text, place)
  return {
    debug: (text) => keep('debug', text),
    info: (text) => keep('info', text),
    notice: say('notice'),
    warning: say('warning'),
    error: say('error'),
    mask: (text) => keep('mask', text),
    group: async (title, body) => {
      keep('group', title)
      return await body()
    },
    progress: () => ({ add: () => undefined, end: () => undefined })
  }
}

export const silentLog: Log = keptLog(() => undefined)

/** Waits as long as it is told to. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => await setTimeout(ms, undefined, signal === undefined ? {} : { signal })
}

/** Begins at `start`, milliseconds since 1970, and goes on from there as always. */
export function clockFrom(start: number): Clock {
  const offset = start - Date.now()
  return { ...realClock, now: () => Date.now() + offset }
}

/** Stands still; a pause is over at once. */
export const stillClock: Clock = { now: () => 0, sleep: () => Promise.resolve() }

export interface SkippingClock extends Clock {
  /** Milliseconds of every pause, in order. */
  readonly waits: number[]
  /** Lets time go by. */
  pass(ms: number): void
}

/** Moves only by its pauses, which are over at once. */
export function skippingClock(start = '2026-01-01T00:00:00Z'): SkippingClock {
  let now = Date.parse(start)
  const waits: number[] = []
  return {
    waits,
    now: () => now,
    pass: (ms) => void (now += ms),
    sleep: async (ms) => {
      waits.push(ms)
      now += ms
      await Promise.resolve()
    }
  }
}

/** No program is on PATH, and none is run. */
export const noExec: Exec = {
  run: async () => await Promise.reject(new Error('no program is run here')),
  which: async () => await Promise.resolve(undefined)
}

export const noCleanup: Cleanup = { register: () => undefined, release: () => undefined }

/** A run outside of GitHub, in one folder. */
export function runnerIn(folder: string, more: Partial<Runner> = {}): Runner {
  return {
    temp: folder,
    workspace: folder,
    toolCache: folder,
    repository: '',
    sha: '',
    ref: '',
    workflow: '',
    runId: '',
    runAttempt: 1,
    eventName: '',
    event: {},
    actor: '',
    triggeringActor: '',
    apiUrl: '',
    serverUrl: '',
    env: {},
    signal: new AbortController().signal,
    ...more
  }
}

/** The environment in which the runner gives inputs to an action. */
export function inputVariables(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value])
  )
}
