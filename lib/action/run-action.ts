/** The shell of every action: inputs, ports, run, report, outputs, summary, annotations, and only then the failure. */
import * as fs from 'node:fs/promises'
import path from 'node:path'

import * as core from '@actions/core'

import { isExpected, messageOf, type InputProblem } from '../failure/index.ts'
import { createHttp, proxyProblem } from '../http/index.ts'
import type { Clock, Ports, Resource } from '../ports/index.ts'
import { createExec } from '../shell/index.ts'
import { builtInCleaners, createCleanup, removeAll, resourcesIn, type Cleaner } from './cleanup.ts'
import { createLog, type RunnerLog } from './log.ts'
import { publish, type Outcome } from './outcome.ts'
import { blameInput } from './places.ts'
import {
  namedPasswords,
  readInputs,
  readOne,
  secretsOf,
  unknownInputs,
  type InputsOf,
  type Schema
} from './read.ts'
import { readRunner, runnerTemp } from './runner.ts'

export interface Action<S extends Schema, P extends Ports> {
  /** Name of the folder below actions/. */
  readonly name: string
  readonly inputs: S
  /** Rules between inputs; all of them are reported together. */
  readonly check?: (inputs: InputsOf<S>) => readonly InputProblem[]
  /** Adds the ports that only this action has. */
  readonly ports: (base: Ports, inputs: InputsOf<S>) => P
  readonly run: (inputs: InputsOf<S>, ports: P) => Promise<Outcome>
  /** More that is masked before anything else happens, in main and in post: values of variables that inputs name. */
  readonly masked?: (env: Readonly<Record<string, string | undefined>>) => readonly string[]
  /** How its own kinds of resources are removed. */
  readonly cleaners?: Readonly<Record<string, Cleaner>>
}

/** How long a cancelled run gets to come to its end before it is left behind. The runner kills after 10 s. */
const CANCEL_GRACE_MS = 6_000
const LEAVE_AFTER_MS = 5_000

/** Ties the types of an action together. */
export function defineAction<S extends Schema, P extends Ports>(action: Action<S, P>): Action<S, P> {
  return action
}

/**
 * Runs main, or post when main of the same step has run (lib/stage). Never throws: the exit code is set, everything
 * else is in the log, the report, the outputs and the summary.
 */
export async function runAction<S extends Schema, P extends Ports>(action: Action<S, P>): Promise<void> {
  const cancel = new AbortController()
  const clock = realClock()
  const log = createLog(clock)
  const runner = readRunner(action.name, process.env, cancel.signal)
  const http = createHttp({
    userAgent: `neurodesk-ci/${action.name} (+https://github.com/neurodesk/ci)`,
    signal: cancel.signal,
    proxyEnv: runner.env
  })
  const cleanup = createCleanup()
  const tools = { env: runner.env, redact: log.redact, print: (line: string) => log.info(line) }
  const exec = createExec({ ...tools, signal: cancel.signal, trackingId: path.basename(runner.temp) })
  const base: Ports = { exec, http, clock, fs, log, cleanup, runner }
  // Cleaning is what is left to do after a cancel: it has neither its signal nor its mark for what must end.
  const cleaning: Ports = {
    ...base,
    exec: createExec(tools),
    runner: { ...runner, signal: new AbortController().signal }
  }
  const cleaners = { ...builtInCleaners(runnerTemp(process.env), log), ...action.cleaners }

  const secrets = [
    ...secretsOf(action.inputs, process.env),
    ...namedPasswords(process.env),
    ...(action.masked?.(process.env) ?? [])
  ]
  for (const secret of secrets) log.mask(secret)

  if (core.getState('isPost') === 'true') {
    await post(base, cleaners)
    log.flush()
  } else {
    await main(action, base, log, cancel)
    if (cancel.signal.aborted || process.env['GITHUB_ACTIONS'] !== 'true') {
      // Not again by post, except what a run that does not stop may still make.
      const removed = (one: Resource): void => {
        if (one.kind !== 'folder' && one.kind !== 'process') cleanup.release(one)
      }
      for (const failure of await removeAll([...cleanup.open].reverse(), cleaners, cleaning, removed))
        log.warning(failure)
      log.flush()
    }
  }
  http.close()
  leave(cancel.signal.aborted ? 0 : LEAVE_AFTER_MS)
}

/**
 * The process ends by itself when nothing is left to do. What a cancelled run left open, or a handle that was
 * forgotten, must not hold the job: the timer fires only when something else keeps the process alive.
 */
function leave(afterMs: number): void {
  // eslint-disable-next-line no-restricted-properties -- everything is written; this is the way out
  setTimeout(() => process.exit(), afterMs).unref()
}

async function main<S extends Schema, P extends Ports>(
  action: Action<S, P>,
  base: Ports,
  log: RunnerLog,
  cancel: AbortController
): Promise<void> {
  const started = base.clock.now()
  // By itself, so that also the failure of other inputs is told where the caller looks for it.
  const given = readOne(action.inputs, process.env, 'report-path')
  const reportPath = typeof given === 'string' ? given : ''
  const stopListening = listenForCancel(cancel, log)
  let outcome: Outcome
  try {
    for (const sentence of unknownInputs(action.inputs, process.env)) log.warning(sentence)
    const proxy = proxyProblem(base.runner.env)
    if (proxy !== undefined) log.warning(proxy)
    const inputs = readInputs(action.inputs, process.env, action.check)
    base.cleanup.register({ kind: 'folder', id: base.runner.temp })
    base.cleanup.register({ kind: 'process', id: path.basename(base.runner.temp) })
    await base.fs.mkdir(base.runner.temp, { recursive: true, mode: 0o700 })
    outcome = await orCancelled(action.run(inputs, action.ports(base, inputs)), cancel.signal)
  } catch (error) {
    const blamed = blameInput(error, action.inputs, process.env, base.runner.workspace)
    outcome = cancel.signal.aborted ? cancelled() : failed(blamed ?? error, log)
  }
  await publish(action.name, outcome, { started, finished: base.clock.now(), reportPath }, base, log)
  stopListening()
}

async function post(base: Ports, cleaners: Readonly<Record<string, Cleaner>>): Promise<void> {
  const failures = await removeAll(resourcesIn(core.getState('resources')), cleaners, base)
  // What stays behind on a self-hosted runner costs the next job: say it, but do not turn a good run red.
  for (const failure of failures) base.log.warning(failure)
}

function listenForCancel(cancel: AbortController, log: RunnerLog): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (cancel.signal.aborted) return
    log.info(`${signal}: stopping`)
    cancel.abort(new Error(`cancelled by ${signal}`))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

async function orCancelled(run: Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  const { promise: timeUp, reject } = Promise.withResolvers<never>()
  let timer: NodeJS.Timeout | undefined
  const onAbort = (): void => {
    timer = setTimeout(() => reject(new Error('the run did not stop in time')), CANCEL_GRACE_MS)
  }
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([run, timeUp])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

function cancelled(): Outcome {
  const headline = 'Cancelled before it was done.'
  return {
    verdict: 'cancelled',
    headline,
    findings: [],
    figures: {},
    outputs: {},
    summary: '',
    failure: headline
  }
}

function failed(error: unknown, log: RunnerLog): Outcome {
  const message = messageOf(error)
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  if (isExpected(error)) log.debug(stack)
  else {
    log.info(
      `This is a bug of the action. Please report it with the following: https://github.com/neurodesk/ci/issues\n${stack}`
    )
  }
  const headline = message.split('\n', 1)[0] ?? ''
  const verdict = error instanceof Error && error.name === 'TransientError' ? 'unknown' : 'failed'
  return { verdict, headline, findings: [], figures: {}, outputs: {}, summary: '', failure: message }
}

function realClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const onAbort = (): void => {
          clearTimeout(timer)
          reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
        }
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        }, ms)
        signal?.addEventListener('abort', onAbort, { once: true })
      })
  }
}
