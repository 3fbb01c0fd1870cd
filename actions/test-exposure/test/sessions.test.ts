import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import type { Caller } from '../../../lib/shell/index.ts'
import { relocate } from '../src/sessions.ts'

const ID = 'tool_1.0.0_20240902'
let folder: string

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'exposure-sessions-'))
  await fs.mkdir(path.join(folder, 'containers', ID), { recursive: true })
})

afterAll(async () => {
  await fs.rm(folder, { recursive: true, force: true })
})

test.each([
  ['a command that runs', { exitCode: 0 }, []],
  ['a program that does not know --help', { exitCode: 2 }, []],
  ['a wrapper that does not find its image', { exitCode: 126 }, ['exposure-not-relocatable']],
  ['a runtime that does not find it', { exitCode: 255 }, ['exposure-not-relocatable']],
  ['no wrapper at all', { exitCode: null, startError: 'ENOENT' }, ['exposure-not-relocatable']]
])('a move of the whole folder: %s', async (_what, ended, expected) => {
  const containers = path.join(folder, 'containers')
  const here = path.join(containers, ID)
  const called: string[] = []
  const caller: Caller = {
    call: async (_command, _args, { env }) => {
      called.push(env['PATH'] ?? '')
      // It is called where it stands now, and nothing is left in the old place.
      await expect(fs.access(here)).rejects.toThrow('ENOENT')
      return {
        signal: null,
        startError: undefined,
        timedOut: false,
        settled: false,
        stdout: Buffer.alloc(0),
        stderr: 'last line\n',
        durationMs: 1,
        running: [],
        left: [],
        ...ended
      }
    }
  }
  const { findings } = await relocate(
    {
      ports: { fs, caller, runner: { signal: new AbortController().signal } },
      result: { installed: { container: ID, containers, folder: here, image: path.join(here, 'x.simg') } },
      env: { PATH: `${here}:/usr/bin` },
      calls: folder,
      inputs: { timeout: 1000 }
    } as unknown as Parameters<typeof relocate>[0],
    { findings: [], wrapped: ['tool'] }
  )
  expect(findings.map(({ id }) => id)).toEqual(expected)
  expect(called).toEqual([`${containers} moved/${ID}:/usr/bin`])
  await fs.access(here)
})
