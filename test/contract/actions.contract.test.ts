/** What holds for every action, proven on its built bundle, run as the runner runs it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { readReport } from '../../lib/report/index.ts'
import { actionFolder } from '../../scripts/repository.ts'
import { describeOn } from '../../testbed/jest.ts'
import { runAction, type ActionRun, type RunOptions } from '../../testbed/runner/index.ts'
import { loadSubjects } from './contract.ts'
import { endWhile, NOTHING } from './ended.ts'
import { badValues } from './values.ts'

const subjects = await loadSubjects()

test('every action has a contract, which tells how to keep it busy', () => {
  expect(subjects.filter(({ contract }) => contract === undefined).map(({ name }) => name)).toEqual([])
})

interface Ended {
  readonly run: ActionRun
  readonly left: readonly string[]
  readonly report: string
}

async function runIn(name: string, options: Partial<RunOptions>): Promise<Ended> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-contract-'))
  try {
    const run = await runAction({
      action: actionFolder(name),
      folder,
      timeoutMs: 60_000,
      ...options
    })
    const left = (await readdir(path.join(folder, 'temp'), { recursive: true })).filter(
      (entry) => !['neurodesk-ci-reports', `neurodesk-ci-reports/${name}.json`].includes(entry)
    )
    const report = await readFile(run.outputs['report'] ?? '', 'utf8').catch(() => '')
    return { run, left, report }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe.each(subjects.map((subject) => [subject.name, subject] as const))(
  '%s',
  (name, { schema, contract }) => {
    test('bad inputs give one failure that lists all of them and how to mend them, and leave nothing', async () => {
      const bad = badValues(schema, contract?.bad)
      const inputs = Object.fromEntries([...bad].map(([input, one]) => [input, one?.value ?? '']))
      const { run, left, report } = await runIn(name, { inputs })
      expect(run.exitCode).toBe(1)
      const errors = run.annotations.filter(({ kind }) => kind === 'error')
      expect(errors).toHaveLength(1)
      const lines = (errors[0]?.message ?? '').split('\n')
      for (const line of lines) expect(line).toMatch(/^[a-z-]+: given .+; allowed: .+\. Fix: .+$/)
      // Every input of the action has its line, those without a bad value too: there is no such kind.
      const told = Object.keys(inputs).map((input) => [
        input,
        lines.find((line) => line.startsWith(`${input}: `))
      ])
      for (const [input = '', line] of told) {
        const one = bad.get(input)
        expect([input, line]).toEqual([
          input,
          expect.stringContaining(`given ${JSON.stringify(one?.given ?? one?.value)}; allowed: `)
        ])
        if (one?.given === '***')
          for (const part of one.value.split('\n')) expect(JSON.stringify([run, report])).not.toContain(part)
      }
      expect(run.raw).not.toMatch(/^\s+at .*\.js/m)
      expect(run.outputs['ok']).toBe('false')
      expect(run.summary).toContain('perhaps')
      expect(readReport(report)).toMatchObject({ report: { action: name, verdict: 'failed' } })
      expect(left).toEqual([])
      expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
    })

    test('an unknown input is named', async () => {
      const { run } = await runIn(name, { inputs: { 'dry-run': 'perhaps', 'dri-run': 'true' } })
      const warnings = run.annotations.filter(({ kind }) => kind === 'warning').map(({ message }) => message)
      expect(warnings).toContain('unknown input `dri-run` is ignored; did you mean `dry-run`?')
    })
  }
)

// ---------------------------------------------------------------- ended from outside

describeOn('linux', 'ended while it is busy', () => {
  let asked = 0
  const server = http.createServer(() => {
    asked++
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  test.each(
    subjects.flatMap(({ name, contract }) =>
      (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).map((signal) => [name, signal, contract] as const)
    )
  )(
    '%s, %s: says so if it can, and nothing is left',
    async (name, signal, contract) => {
      const busy = contract?.busy
      const before = asked
      const {
        run,
        left,
        reached,
        busy: seen
      } = await endWhile(
        name,
        {
          inputs: busy?.inputs(base) ?? {},
          env: { ...busy?.env?.(base) },
          ...(contract?.keeps === undefined ? {} : { keeps: contract.keeps }),
          ...(busy?.prepare === undefined ? {} : { prepare: busy.prepare }),
          reached: async (folder) =>
            asked > before || (await readFile(path.join(folder, 'busy'), 'utf8').catch(() => '')) !== ''
        },
        signal
      )
      expect([name, reached, run.exitCode, run.signal]).toEqual(
        signal === 'SIGKILL' ? [name, true, null, 'SIGKILL'] : [name, true, 1, null]
      )
      if (signal !== 'SIGKILL') expect(run.log).toContain(`${signal}: stopping`)
      expect(left).toEqual(NOTHING)
      expect(run.post).toMatchObject({ exitCode: 0, annotations: [] })
      // Itself, and the tool that keeps it busy where there is one.
      expect(seen).toBeGreaterThan(0)
    },
    60_000
  )
})
