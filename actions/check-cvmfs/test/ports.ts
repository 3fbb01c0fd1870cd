/** Ports for tests: real HTTP and files, a clock and a network that the test decides, a log that is kept. */
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { createHttp } from '../../../lib/http/index.ts'
import type { Clock, Log } from '../../../lib/ports/index.ts'
import type { CheckPorts, Network } from '../src/fleet.ts'

export interface TestPorts extends CheckPorts, AsyncDisposable {
  readonly lines: readonly string[]
  /** The folder that stands for workspace, temp and tool cache. */
  readonly folder: string
}

export interface TestPortsOptions {
  readonly clock?: Clock
  readonly network?: Network
  readonly maxSockets?: number
}

export const NO_NETWORK: Network = {
  addresses: async () => await Promise.reject(new Error('no names are resolved here')),
  hasIpv6: () => false
}

/** Time goes on as always; a pause takes as long as it says. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(new Error('aborted'))
      })
    })
}

/** Time begins at `start` and goes on from there as always. */
export function clockFrom(start: number): Clock {
  const offset = start - Date.now()
  return { ...realClock, now: () => Date.now() + offset }
}

export async function testPorts(options: TestPortsOptions = {}): Promise<TestPorts> {
  const folder = await fs.mkdtemp(path.join(tmpdir(), 'check-cvmfs-test-'))
  const { signal } = new AbortController()
  const http = createHttp({ userAgent: 'neurodesk-ci/test', maxSockets: options.maxSockets ?? 32, signal })
  const lines: string[] = []
  const keep = (kind: string) => (message: string) => void lines.push(`${kind}: ${message}`)
  const log: Log = {
    debug: () => undefined,
    info: keep('info'),
    notice: keep('notice'),
    warning: keep('warning'),
    error: keep('error'),
    group: async (_title, body) => await body(),
    mask: () => undefined,
    progress: () => ({ add: () => undefined, end: () => undefined })
  }
  return {
    folder,
    lines,
    http,
    log,
    fs,
    clock: options.clock ?? realClock,
    network: options.network ?? NO_NETWORK,
    exec: {
      run: async () => await Promise.reject(new Error('no program is run here')),
      which: async () => await Promise.resolve(undefined)
    },
    cleanup: { register: () => undefined, release: () => undefined },
    runner: {
      temp: path.join(folder, 'temp'),
      workspace: folder,
      toolCache: path.join(folder, 'tool-cache'),
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
      signal
    },
    [Symbol.asyncDispose]: async () => {
      http.close()
      await fs.rm(folder, { recursive: true, force: true })
    }
  }
}
