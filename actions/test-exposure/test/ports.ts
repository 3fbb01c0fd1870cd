/** Real ports without a runner around them, so that a test sees the outcome itself. */
import * as fs from 'node:fs/promises'
import { userInfo } from 'node:os'
import path from 'node:path'

import { readInputs, type Outcome } from '../../../lib/action/index.ts'
import { createHttp } from '../../../lib/http/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import { inputVariables, noCleanup, realClock, runnerIn, silentLog } from '../../../testbed/ports.ts'
import { check, inputs } from '../src/inputs.ts'
import { addPorts, type ExposurePorts } from '../src/ports.ts'
import { run } from '../src/run.ts'
import { tools } from './images.ts'

export function realPorts(
  temp: string,
  env: Readonly<Record<string, string>> = {}
): ExposurePorts & { readonly http: ReturnType<typeof createHttp> } {
  const all = { ...process.env, ...tools.env, USER: userInfo().username, ...env }
  const http = createHttp({ userAgent: 'test' })
  const base = addPorts({
    exec: createExec({ env: all }),
    http,
    clock: realClock,
    fs,
    log: silentLog,
    cleanup: noCleanup,
    runner: runnerIn(temp, { env: all })
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
  const ports = realPorts(temp, env)
  try {
    return await run(readInputs(inputs, inputVariables(given), check), ports)
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
