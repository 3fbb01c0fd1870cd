/** What every action does alike (lib/action), proven on a real bundle that is run as the runner runs it. */
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { readReport, type Report } from '../../lib/report/index.ts'
import { top } from '../../scripts/repository.ts'
import { describeOn } from '../../testbed/jest.ts'
import { runAction, type ActionRun, type RunOptions } from '../../testbed/runner/index.ts'
import { processesWith, until } from './processes.ts'

let folder = ''
const action = (): string => path.join(folder, 'probe')

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-probe-'))
  await mkdir(action())
  await cp(path.join(top, 'test', 'probe', 'action.yml'), path.join(action(), 'action.yml'))
  const ncc = path.join(top, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js')
  execFileSync(
    process.execPath,
    [
      ...[
        ncc,
        'build',
        path.join(top, 'test', 'probe', 'src', 'index.ts'),
        '--out',
        path.join(action(), 'dist')
      ],
      ...['--transpile-only', '--license', 'licenses.txt', '--target', 'es2022', '--no-cache', '--quiet']
    ],
    { cwd: top, stdio: 'ignore' }
  )
}, 120_000)

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function run(
  inputs: Record<string, string>,
  options: Partial<RunOptions> = {}
): Promise<ActionRun & { report: Report; left: readonly string[] }> {
  const runner = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-run-'))
  try {
    const result = await runAction({ action: action(), inputs, folder: runner, ...options })
    const text = await readFile(result.outputs['report'] ?? path.join(runner, 'none'), 'utf8').catch(() => '')
    const read = readReport(text)
    const left = (await readdir(path.join(runner, 'temp'))).filter((name) => name !== 'neurodesk-ci-reports')
    return { ...result, report: 'report' in read ? read.report : ({} as Report), left }
  } finally {
    await rm(runner, { recursive: true, force: true })
  }
}

const errors = (result: ActionRun): readonly string[] =>
  result.annotations.filter(({ kind }) => kind === 'error').map(({ message }) => message)

test('a good run: outputs, summary, report, one group, nothing left', async () => {
  const result = await run({ do: 'good' })
  expect(result).toMatchObject({
    exitCode: 0,
    outputs: { ok: 'true', thing: 'a b\nc' },
    summary: '## Probe\n\nAll is well.\n\n',
    report: { verdict: 'ok', headline: 'All is well.', figures: { 'thing-count': 1 } },
    annotations: [],
    left: [],
    post: { exitCode: 0, annotations: [] }
  })
  expect(result.log).toContain('> A phase')
})

describe('bad inputs', () => {
  test('give one failure that lists all of them, how to fix them, and no stack', async () => {
    const result = await run({ do: 'destroy', wait: 'a while', size: 'large', 'dry-run': 'perhaps' })
    expect(result.exitCode).toBe(1)
    expect(errors(result)).toHaveLength(1)
    const lines = errors(result)[0]?.split('\n') ?? []
    expect(lines.map((line) => line.split(':')[0])).toEqual(['do', 'wait', 'size', 'dry-run'])
    expect(lines[1]).toBe(
      'wait: given "a while"; allowed: a number with s, m, h or d, such as 90s, 15m, 2h or 7d. Fix: change `wait:` in `with:` to what is allowed'
    )
    expect(lines[0]).toMatch(/; allowed: one of good, .*\. Fix: change `do:` in `with:` to one of these$/)
    expect(result.raw).not.toMatch(/^\s+at /m)
    expect(result.outputs['ok']).toBe('false')
    expect(result.report.verdict).toBe('failed')
    expect(result.summary).toContain('perhaps')
    expect(result.left).toEqual([])
  })

  test('a missing one is asked for by name', async () => {
    expect(errors(await run({}))[0]).toMatch(
      /^do: given nothing; allowed: one of good, .* Fix: add `do:` to `with:`$/
    )
  })

  test('rules between inputs are told like the others', async () => {
    expect(errors(await run({ do: 'hang', 'dry-run': 'true' }))[0]).toContain(
      'allowed: false when do is hang. Fix: change `dry-run:` in `with:` to what is allowed'
    )
  })

  test('an unknown one is named, with the nearest that there is', async () => {
    const result = await run({ do: 'good', 'dry-rum': 'true' })
    expect(result.exitCode).toBe(0)
    expect(result.annotations).toMatchObject([
      { kind: 'warning', message: 'unknown input `dry-rum` is ignored; did you mean `dry-run`?' }
    ])
  })
})

describe('kinds of failure', () => {
  test('a finding: outputs and summary are there, no stack', async () => {
    const result = await run({ do: 'finding' })
    expect(result).toMatchObject({
      exitCode: 1,
      outputs: { ok: 'false', thing: 'a b\nc' },
      report: { verdict: 'failed' }
    })
    expect(errors(result)).toEqual(['1 thing is broken.', 'thing 1: It is broken.'])
    expect(result.raw).not.toMatch(/^\s+at /m)
  })

  test('a tool: command, exit code, last line and advice', async () => {
    const [message] = errors(await run({ do: 'tool' }))
    expect(message).toMatch(/ended with exit code 4\nwrite: no space left on device\nAdvice: Free space/)
  })

  test('still failing after retries: unknown is no verdict', async () => {
    const result = await run({ do: 'transient' })
    expect(result).toMatchObject({ exitCode: 1, report: { verdict: 'unknown' } })
    expect(errors(result)[0]).toContain('still failing after 3 attempts in 1.0 s')
  })

  test('a bug: with its stack, and where to report it', async () => {
    const result = await run({ do: 'bug' })
    expect(result.exitCode).toBe(1)
    expect(result.log).toMatch(/bug of the action[\s\S]*TypeError: undefined is not a thing\n\s+at /)
  })
})

describe("the runner's limits", () => {
  test('of 200 findings ten are annotated, and the last says how many there are', async () => {
    const result = await run({ do: 'many' })
    expect(errors(result)).toHaveLength(10)
    expect(errors(result)[0]).toBe('200 things are broken.')
    expect(errors(result)[9]).toBe('and 192 more of this kind: see the log and the summary')
    expect(result.report.findings).toHaveLength(200)
  })

  test('a summary stays below 900 KiB and says that it was cut', async () => {
    const { summary } = await run({ do: 'huge' })
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024)
    expect(summary).toContain('Cut here')
  })
})

test('a secret appears nowhere: log, outputs, summary, state, report, annotations', async () => {
  const secret = 'hunter2-very-secret'
  const result = await run({ do: 'leak' }, { token: secret })
  expect(result.log).toContain('the token is ***')
  expect(JSON.stringify(result)).not.toContain(secret)
})

test('what a tool prints is text, never a command to the runner', async () => {
  const result = await run({ do: 'echo' })
  expect(result.log).toContain('forged')
  expect(result.annotations).toEqual([])
  const commands = result.raw.split(/[\r\n]/).filter((line) => /^\s*::(?:save-state|error)|##\[/.test(line))
  expect(commands).toEqual([])
})

test('the default of report-path can be changed, relative to the workspace', async () => {
  const runner = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-run-'))
  try {
    const result = await runAction({
      action: action(),
      inputs: { do: 'good', 'report-path': 'out/r.json' },
      folder: runner
    })
    expect(result.outputs['report']).toBe(path.join(runner, 'out', 'r.json'))
    expect(JSON.parse(await readFile(path.join(runner, 'out', 'r.json'), 'utf8'))).toMatchObject({
      action: 'probe'
    })
  } finally {
    await rm(runner, { recursive: true })
  }
})

describeOn('linux', 'ended from outside', () => {
  async function endWith(signal: NodeJS.Signals, deed: string): Promise<Awaited<ReturnType<typeof run>>> {
    return await run(
      { do: deed },
      {
        onStart: (child) => {
          void until(async () => (await processesWith('probe-child', child.pid)).length > 0).then(() =>
            child.kill(signal)
          )
        }
      }
    )
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: says so, writes its report, leaves nothing',
    async (signal) => {
      const result = await endWith(signal, 'hang')
      expect(result).toMatchObject({
        exitCode: 1,
        outputs: { ok: 'false' },
        report: { verdict: 'cancelled' },
        left: []
      })
      // A tool removes the thing after the cancel, which ends every other tool.
      const warnings = [...result.annotations, ...(result.post?.annotations ?? [])].filter(
        ({ kind }) => kind === 'warning'
      )
      expect(warnings).toEqual([])
      expect(await until(async () => (await processesWith('probe-child')).length === 0)).toBe(true)
    }
  )

  test('SIGTERM on a run that does not listen: ended within the grace time', async () => {
    const result = await endWith('SIGTERM', 'stubborn')
    expect(result).toMatchObject({ exitCode: 1, report: { verdict: 'cancelled' }, left: [] })
  }, 30_000)

  test('kill -9: post removes the folder and ends the child', async () => {
    const result = await endWith('SIGKILL', 'hang')
    expect(result).toMatchObject({
      exitCode: null,
      signal: 'SIGKILL',
      left: [],
      post: { exitCode: 0, annotations: [] }
    })
    expect(await until(async () => (await processesWith('probe-child')).length === 0)).toBe(true)
  })
})
