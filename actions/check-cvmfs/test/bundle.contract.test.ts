/** The built bundle, run as the runner runs it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { readReport } from '../../../lib/report/index.ts'
import { actionFolder } from '../../../scripts/repository.ts'
import type { Cvmfs } from '../../../testbed/cvmfs/index.ts'
import { runAction, type ActionRun } from '../../../testbed/runner/index.ts'
import { CONTAINERS, FQRN, lines, startFleet } from './scene.ts'

let fleet: Cvmfs
let workspace: string
beforeAll(async () => {
  fleet = await startFleet()
  workspace = await mkdtemp(path.join(tmpdir(), 'check-cvmfs-'))
  await writeFile(
    path.join(workspace, 'log.txt'),
    CONTAINERS.map((name) => `${name} categories:x,\n`).join('')
  )
})
afterAll(async () => {
  await fleet[Symbol.asyncDispose]()
  await rm(workspace, { recursive: true, force: true })
})

async function run(inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
  const given = {
    fqrn: FQRN,
    servers: lines(fleet, { zero: 'stratum0 required', bad: 'required', good: '' }),
    'public-key': fleet.publicKeyPem,
    catalogue: 'log.txt',
    timeout: '2s',
    'report-path': 'report.json',
    ...inputs
  }
  return await runAction({ action: actionFolder('check-cvmfs'), inputs: given, workspace })
}

test('a healthy fleet: every output, the report, the table', async () => {
  await fleet.setFault('bad', undefined)
  const { exitCode, outputs, summary, annotations } = await run()
  expect([exitCode, annotations]).toEqual([0, []])
  expect(outputs).toEqual({
    ok: 'true',
    healthy: '["zero","bad","good"]',
    degraded: '[]',
    unhealthy: '[]',
    unknown: '[]',
    'finding-count': '0',
    missing: '{}',
    revision: String(fleet.revision.number),
    report: path.join(workspace, 'report.json')
  })
  expect(summary).toContain('A deployment may go ahead: 3 of 3 servers serve.')
  const report = readReport(await readFile(path.join(workspace, 'report.json'), 'utf8'))
  expect(report).toMatchObject({
    report: {
      action: 'check-cvmfs',
      verdict: 'ok',
      subjects: [FQRN, 'this runner', 'zero', 'bad', 'good'],
      unreached: [],
      coverage: { of: 'servers', whole: true }
    }
  })
})

test('a required server that is stale: the job fails after everything was told', async () => {
  await fleet.setFault('bad', 'stale')
  const { exitCode, outputs, annotations, summary } = await run()
  expect(exitCode).toBe(1)
  expect(outputs).toMatchObject({ ok: 'false', unhealthy: '["bad"]', 'finding-count': '1' })
  expect(annotations[0]?.message).toContain(
    'A deployment must wait: the required server bad is unhealthy (replica-cron-dead)'
  )
  expect(summary).toContain('replica-cron-dead')
})

test.each([
  ['none', 'stale', 0],
  ['any', 'whitelist-expiring', 1],
  ['not-ok', 'whitelist-expiring', 0]
] as const)('fail-on %s with the fault %s ends with %i', async (failOn, fault, code) => {
  await fleet.setFault('bad', fault)
  expect((await run({ 'fail-on': failOn })).exitCode).toBe(code)
})

test("with NeuroDesk's key nobody else's repository is trusted", async () => {
  await fleet.setFault('bad', undefined)
  const { exitCode, outputs } = await run({ 'public-key': 'neurodesk' })
  expect([exitCode, outputs['unhealthy'], outputs['revision']]).toEqual([1, '["zero","bad","good"]', ''])
})

test('every mistake of the caller is told at once, and nobody is asked', async () => {
  const before = fleet.server('good').asked.length
  const { exitCode, annotations } = await run({
    'public-key': 'no/such.pub',
    catalogue: 'no/such.txt',
    'servers-from': 'no/such/*.conf'
  })
  expect(exitCode).toBe(1)
  for (const input of ['public-key', 'catalogue', 'servers-from'])
    expect(annotations[0]?.message).toContain(`${input}: given`)
  expect(fleet.server('good').asked.length).toBe(before)
})
