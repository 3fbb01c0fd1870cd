/** A real Xvfb. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import { findTools } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { realClock } from '../../../testbed/ports.ts'
import { createCaller } from '../../shell/index.ts'
import { startDisplay } from '../index.ts'

const sockets = async (): Promise<readonly string[]> => await readdir('/tmp/.X11-unix').catch(() => [])

describeWithServices(['xvfb'], 'a screen', () => {
  test('is there while it is needed, and leaves no socket and no taken number behind', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'exposure-display-'))
    try {
      const caller = createCaller(realClock)
      const env = { PATH: findTools().searchPath }
      const display = await startDisplay(caller, realClock, env, folder, new AbortController().signal)
      const name = `X${display?.name.slice(1) ?? ''}`
      expect(await sockets()).toContain(name)
      await display?.stop()
      expect(await sockets()).not.toContain(name)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }, 30_000)
})
