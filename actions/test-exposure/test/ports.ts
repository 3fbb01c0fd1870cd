/** Real ports without a runner around them, so that a test sees the outcome itself. */
import * as fs from 'node:fs/promises'
import { userInfo } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { readInputs, type Outcome } from '../../../lib/action/index.ts'
import { createHttp } from '../../../lib/http/index.ts'
import type { Log } from '../../../lib/ports/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import { check, inputs } from '../src/inputs.ts'
import { addPorts, type ExposurePorts } from '../src/ports.ts'
import { run } from '../src/run.ts'
import { tools } from './images.ts'

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  notice: () => undefined,
  warning: () => undefined,
  error: () => undefined,
  group: async (_title, body) => await body(),
  mask: () => undefined,
  progress: () => ({ add: () => undefined, end: () => undefined })
}

export function realPorts(
  temp: string,
  env: Readonly<Record<string, string>> = {}
): ExposurePorts & { readonly http: ReturnType<typeof createHttp> } {
  const all = { ...process.env, ...tools.env, USER: userInfo().username, ...env }
  const signal = new AbortController().signal
  const http = createHttp({ userAgent: 'test' })
  const base = addPorts({
    exec: createExec({ env: all }),
    http,
    clock: {
      now: () => Date.now(),
      sleep: async (ms, signal) => await setTimeout(ms, undefined, signal === undefined ? {} : { signal })
    },
    fs,
    log: silent,
    cleanup: { register: () => undefined, release: () => undefined },
    runner: {
      temp,
      workspace: temp,
      toolCache: temp,
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
      env: all,
      signal
    }
  })
  return { ...base, http }
}

let count = 0

/** Runs the action in this process, in a folder of its own below `folder`. */
export async function runHere(
  folder: string,
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {}
): Promise<Outcome> {
  const temp = path.join(folder, `run-${++count}`)
  await fs.mkdir(temp, { recursive: true })
  const variables = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  )
  const ports = realPorts(temp, env)
  try {
    return await run(readInputs(inputs, variables, check), ports)
  } finally {
    ports.http.close()
    await fs.rm(temp, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Ids of all findings of a severity, each once, sorted. */
export function idsOf(
  outcome: Outcome,
  severity: 'error' | 'warning' | 'unknown' | 'notice'
): readonly string[] {
  return [
    ...new Set(outcome.findings.filter((finding) => finding.severity === severity).map(({ id }) => id))
  ].sort()
}
