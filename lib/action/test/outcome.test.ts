import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'

import { noCleanup, runnerIn, stillClock } from '../../../testbed/ports.ts'
import type { Ports } from '../../ports/index.ts'
import { readReport } from '../../report/index.ts'
import { createLog } from '../log.ts'
import { publish, type Outcome } from '../outcome.ts'

let folder = ''
let printed = ''
const kept = { exitCode: process.exitCode, output: process.env['GITHUB_OUTPUT'] }

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'outcome-'))
  printed = ''
  await fs.writeFile(path.join(folder, 'output'), '')
  process.env['GITHUB_OUTPUT'] = path.join(folder, 'output')
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk)
    return true
  })
})
afterEach(async () => {
  jest.restoreAllMocks()
  process.exitCode = kept.exitCode
  if (kept.output === undefined) delete process.env['GITHUB_OUTPUT']
  else process.env['GITHUB_OUTPUT'] = kept.output
  await fs.rm(folder, { recursive: true })
})

const good: Outcome = {
  verdict: 'ok',
  headline: 'All is well.',
  findings: [],
  figures: { 'thing-count': 1 },
  outputs: { thing: 'x' },
  summary: ''
}

async function told(outcome: Outcome, reportPath = 'report.json'): Promise<string> {
  const log = createLog(stillClock)
  const ports = { fs, cleanup: noCleanup, runner: runnerIn(folder) } as unknown as Ports
  await publish('probe', outcome, { started: 0, finished: 1, reportPath }, ports, log)
  return await fs.readFile(path.join(folder, 'output'), 'utf8')
}

const report = async (): Promise<unknown> =>
  readReport(await fs.readFile(path.join(folder, 'report.json'), 'utf8'))

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'a figure that is %d is refused, and told',
  async (figure) => {
    await told({ ...good, figures: { ...good.figures, 'bytes-per-second': figure } })
    expect(await report()).toMatchObject({ report: { figures: { 'thing-count': 1 } } })
    expect(printed).toContain('::error::the figure bytes-per-second is no number')
    expect(process.exitCode).toBe(1)
  }
)

test.each(['.', 'file/x.xml'])('JUnit that cannot be written at %s costs nothing else', async (place) => {
  await fs.writeFile(path.join(folder, 'file'), '')
  expect(await told({ ...good, junit: { path: place, xml: '<x/>' } })).toContain('thing')
  expect(await report()).toMatchObject({ report: { verdict: 'ok' } })
  expect(printed).toMatch(/::error::the JUnit file \(`junit-path`\) could not be written: .+ cannot be used/)
  expect(process.exitCode).toBe(1)
})

test('JUnit is written into a folder that is made for it', async () => {
  await told({ ...good, junit: { path: 'a/b/x.xml', xml: '<x/>\n' } })
  expect(await fs.readFile(path.join(folder, 'a', 'b', 'x.xml'), 'utf8')).toBe('<x/>\n')
  expect(await fs.readdir(path.join(folder, 'a', 'b'))).toEqual(['x.xml'])
})

test('a report that cannot be written costs nothing else', async () => {
  expect(await told(good, '.')).toContain('thing')
  expect(printed).toMatch(/::error::the report \(`report-path`\) could not be written: .+ cannot be used/)
})
