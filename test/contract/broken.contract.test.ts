/** Every action's bundle with something broken in it by a module that Node loads first: a bug, and a kill in a rename. */
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { readReport } from '../../lib/report/index.ts'
import { loadSubjects } from './contract.ts'
import { endWhile, NOTHING } from './ended.ts'

const subjects = await loadSubjects()
const each = subjects.map((subject) => [subject.name, subject] as const)

const server = http.createServer((_request, response) => response.writeHead(404).end('{}'))
let base = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const preload = (name: string): string => `--import=${path.join(import.meta.dirname, 'preload', name)}`

test.each(each)(
  '%s: a bug ends it with its stack, and where to report it',
  async (name, { contract }) => {
    const { run, left, report } = await endWhile(
      name,
      {
        inputs: contract?.busy.inputs(base) ?? {},
        env: { ...contract?.busy.env?.(base), NODE_OPTIONS: preload('bug.mjs') },
        ...(contract?.busy.prepare === undefined ? {} : { prepare: contract.busy.prepare }),
        // Never: it ends by itself.
        reached: async () => await Promise.resolve(false)
      },
      'SIGKILL'
    )
    expect([run.exitCode, run.signal]).toEqual([1, null])
    expect(run.log).toMatch(
      /This is a bug of the action\. Please report it with the following: https:\/\/\S+\nTypeError: injected: undefined is not a function\n\s+at [^]*\/dist\//
    )
    expect(run.annotations.filter(({ kind }) => kind === 'error').map(({ message }) => message)).toEqual([
      'injected: undefined is not a function'
    ])
    expect(run.outputs['ok']).toBe('false')
    expect(readReport(report)).toMatchObject({ report: { action: name, verdict: 'failed' } })
    expect(left).toEqual(NOTHING)
    expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
  },
  60_000
)

test.each(each)(
  '%s: killed as soon as it has said that it is there, it is not begun anew by post',
  async (name, { contract }) => {
    const { run, left } = await endWhile(
      name,
      {
        inputs: contract?.busy.inputs(base) ?? {},
        env: { ...contract?.busy.env?.(base) },
        ...(contract?.busy.prepare === undefined ? {} : { prepare: contract.busy.prepare }),
        reached: async (folder) =>
          (await readFile(path.join(folder, '_command', 'state'), 'utf8').catch(() => '')) !== ''
      },
      'SIGKILL'
    )
    expect([run.signal, run.state['isPost']]).toEqual(['SIGKILL', 'true'])
    expect(left).toEqual(NOTHING)
    expect(run.post).toMatchObject({ exitCode: 0, log: '', annotations: [] })
    expect(run.outputs).toEqual({})
  },
  60_000
)

test.each(each)(
  '%s: killed when its report is written and has no name yet, post removes it',
  async (name) => {
    const { run, left, reached } = await endWhile(
      name,
      {
        inputs: { 'dry-run': 'perhaps' },
        env: { NODE_OPTIONS: preload('hold-rename.mjs'), HOLD_RENAME: '/neurodesk-ci-reports/' },
        reached: async (folder) =>
          (await readFile(path.join(folder, 'busy'), 'utf8').catch(() => '')).endsWith('.tmp')
      },
      'SIGKILL'
    )
    expect([reached, run.signal]).toEqual([true, 'SIGKILL'])
    expect(left).toEqual(NOTHING)
    expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
  },
  60_000
)
