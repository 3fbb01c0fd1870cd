/** Ports for tests: real HTTP and files, a clock and a network that the test decides, a log that is kept. */
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { createHttp } from '../../../lib/http/index.ts'
import type { Clock } from '../../../lib/ports/index.ts'
import { keptLog, noCleanup, noExec, realClock, runnerIn } from '../../../testbed/ports.ts'
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

export async function testPorts(options: TestPortsOptions = {}): Promise<TestPorts> {
  const folder = await fs.mkdtemp(path.join(tmpdir(), 'check-cvmfs-test-'))
  const { signal } = new AbortController()
  const http = createHttp({ userAgent: 'neurodesk-ci/test', maxSockets: options.maxSockets ?? 32, signal })
  const lines: string[] = []
  return {
    folder,
    lines,
    http,
    log: keptLog((kind, text) => {
      if (kind !== 'debug' && kind !== 'group') lines.push(`${kind}: ${text}`)
    }),
    fs,
    clock: options.clock ?? realClock,
    network: options.network ?? NO_NETWORK,
    exec: noExec,
    cleanup: noCleanup,
    runner: runnerIn(folder, {
      temp: path.join(folder, 'temp'),
      toolCache: path.join(folder, 'tool-cache'),
      signal
    }),
    [Symbol.asyncDispose]: async () => {
      http.close()
      await fs.rm(folder, { recursive: true, force: true })
    }
  }
}
