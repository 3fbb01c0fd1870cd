/** A real Xvfb. */
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import { findTools } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { noCleanup, realClock } from '../../../testbed/ports.ts'
import { createCaller } from '../../shell/index.ts'
import { startDisplay } from '../index.ts'

const sockets = async (): Promise<readonly string[]> => await fs.readdir('/tmp/.X11-unix').catch(() => [])

describeWithServices(['xvfb'], 'a screen', () => {
  test('is there while it is needed, and leaves no socket and no taken number behind', async () => {
    const folder = await fs.mkdtemp(path.join(tmpdir(), 'exposure-display-'))
    try {
      const caller = createCaller(realClock)
      const env = { PATH: findTools().searchPath }
      const ports = { clock: realClock, fs, cleanup: noCleanup }
      const display = await startDisplay(caller, ports, env, folder, new AbortController().signal)
      const name = `X${display?.name.slice(1) ?? ''}`
      expect(await sockets()).toContain(name)
      await display?.stop()
      expect(await sockets()).not.toContain(name)
    } finally {
      await fs.rm(folder, { recursive: true, force: true })
    }
  }, 30_000)
})
