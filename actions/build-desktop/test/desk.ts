/** The action in this process, on real ports: what the integration tests and the benchmark drive. */
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readInputs, type Outcome } from '../../../lib/action/index.ts'
import { createHttp } from '../../../lib/http/index.ts'
import type { Clock, Ports, Resource, Runner } from '../../../lib/ports/index.ts'
import { createExec } from '../../../lib/shell/index.ts'
import { inputVariables, keptLog, realClock, runnerIn } from '../../../testbed/ports.ts'
import { check, inputs } from '../src/inputs.ts'
import { run } from '../src/run.ts'

export interface Desk extends AsyncDisposable {
  /** Stands for GITHUB_WORKSPACE. */
  readonly workspace: string
  /** Runs the action with these inputs; everything that was said is in `said`. */
  act(given: Readonly<Record<string, string>>, more?: Partial<Runner>): Promise<Act>
}

export interface Act {
  readonly outcome: Outcome
  readonly said: readonly string[]
  /** What would be left for the post step. */
  readonly left: readonly Resource[]
}

/** A pause is over at once, unless it is short: waiting is not what these tests are about. */
export const hurriedClock: Clock = {
  now: realClock.now,
  sleep: async (ms, signal) => await realClock.sleep(Math.min(ms, 100), signal)
}

export interface RealPorts {
  readonly ports: Ports
  readonly said: readonly string[]
  readonly left: readonly Resource[]
  close(): void
}

/** Ports that really act; what is said and registered can be looked at. */
export function realPorts(options: {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly runner?: Partial<Runner>
  readonly clock?: Clock
}): RealPorts {
  const said: string[] = []
  const left: Resource[] = []
  const say = (text: string): void => void said.push(text)
  const log = keptLog((kind, text) => {
    if (kind !== 'mask') say(text)
  })
  const http = createHttp({ userAgent: 'neurodesk-ci-test' })
  const runner = runnerIn(options.folder, {
    temp: join(options.folder, 'temp'),
    workspace: join(options.folder, 'workspace'),
    toolCache: join(options.folder, 'tools'),
    repository: 'NeuroDesk/Fixture-Desktop',
    ref: 'refs/heads/main',
    workflow: 'build',
    runId: '1',
    eventName: 'schedule',
    actor: 'octocat',
    triggeringActor: 'octocat',
    apiUrl: 'http://127.0.0.1:9',
    serverUrl: 'https://github.com',
    env: { ...process.env, ...options.env },
    ...options.runner
  })
  const ports: Ports = {
    exec: createExec({ env: runner.env, print: say, signal: runner.signal }),
    http,
    clock: options.clock ?? hurriedClock,
    fs,
    log,
    cleanup: {
      register: (resource) => void left.push(resource),
      release: (resource) => {
        const at = left.findIndex((one) => one.kind === resource.kind && one.id === resource.id)
        if (at >= 0) left.splice(at, 1)
      }
    },
    runner
  }
  return { ports, said, left, close: () => http.close() }
}

export async function openDesk(options: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock?: Clock
}): Promise<Desk> {
  const folder = await fs.mkdtemp(join(tmpdir(), 'neurodesk-ci-desk-'))
  const workspace = join(folder, 'workspace')
  await fs.mkdir(workspace)
  let count = 0
  return {
    workspace,
    async act(given, more = {}) {
      const temp = join(folder, `temp-${++count}`)
      await fs.mkdir(temp, { recursive: true })
      const real = realPorts({ ...options, folder, runner: { temp, ...more } })
      try {
        const outcome = await run(readInputs(inputs, inputVariables(given), check), real.ports)
        return { outcome, said: real.said, left: real.left }
      } finally {
        real.close()
      }
    },
    [Symbol.asyncDispose]: async () => await fs.rm(folder, { recursive: true, force: true })
  }
}
