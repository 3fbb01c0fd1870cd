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

/** What the runtime's shim writes down: number of words, place of the image (0: it is not there), the words. */
const record = (imageAt: number): string =>
  ['4', String(imageAt), 'exec', 'image', '/opt/tool', 'a word that only this test passes on', ''].join('\0')

test.each([
  ['a wrapper that asks for its image in the new place', record(2), []],
  ['a wrapper that asks for another one', record(0), ['starts another image']],
  [
    'a wrapper that asks for nothing',
    '',
    ['did not ask a container runtime for anything (exit code 126: no image)']
  ]
])('a move of the whole folder: %s', async (_what, recorded, expected) => {
  const containers = path.join(folder, 'containers')
  const here = path.join(containers, ID)
  const there = `${containers} moved/${ID}`
  const called: (string | undefined)[] = []
  const caller: Caller = {
    call: async (_command, _args, { env }) => {
      called.push(env['PATH'], env['NEURODESK_TEST_IMAGE'])
      // It is called where it stands now, and nothing is left in the old place.
      await expect(fs.access(here)).rejects.toThrow('ENOENT')
      if (recorded !== '') await fs.writeFile(env['NEURODESK_TEST_RECORD'] ?? '', recorded)
      return {
        exitCode: recorded === '' ? 126 : 0,
        signal: null,
        startError: undefined,
        timedOut: false,
        settled: false,
        stdout: Buffer.alloc(0),
        stderr: 'no image\n',
        durationMs: 1,
        running: [],
        left: []
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
  expect(findings.map(({ id, message }) => [id, message])).toEqual(
    expected.map((text) => ['exposure-not-relocatable', expect.stringContaining(text)])
  )
  expect(called).toEqual([`${there}:/usr/bin`, `${there}/x.simg`])
  await fs.access(here)
})
