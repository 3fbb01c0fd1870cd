/** .ci/run, with an npm that only notes how it is called: the order, what fails it, and the limits of time. */
import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect } from '@jest/globals'

import { top } from '../scripts/repository.ts'
import { testOn } from '../testbed/jest.ts'

async function run(
  npm: string,
  env: Readonly<Record<string, string>> = {}
): Promise<{ code: number | null; out: string; err: string; calls: readonly string[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-run-'))
  try {
    const calls = path.join(folder, 'calls')
    await writeFile(path.join(folder, 'npm'), `#!/bin/sh\necho "$REQUIRE_SERVICES: $*" >> ${calls}\n${npm}\n`)
    await chmod(path.join(folder, 'npm'), 0o755)
    const { status, stdout, stderr } = spawnSync('bash', [path.join(top, '.ci', 'run')], {
      encoding: 'utf8',
      cwd: folder,
      env: { PATH: `${folder}:/usr/bin:/bin`, ...env }
    })
    const lines = (await readFile(calls, 'utf8')).trim().split('\n')
    return { code: status, out: stdout, err: stderr, calls: lines }
  } finally {
    await rm(folder, { recursive: true })
  }
}

testOn('linux', 'the tests come last, and their lines end the output', async () => {
  const { code, out, err, calls } = await run('echo "$*"', { CI_SERVICES: 'docker,registry' })
  expect([code, err]).toEqual([0, ''])
  expect(calls.slice(-2)).toEqual(['docker,registry: run --silent test:heavy', 'docker,registry: test'])
  expect(calls[1]).toBe(': run --silent provision -- --yes --need docker,registry')
  expect(out).toMatch(/=== heavy tests took \d+ s\n\n=== tests \(\d+ s so far\)\ntest\n$/)
})

testOn('linux', 'a phase that fails ends it', async () => {
  const { code, calls } = await run('[ "$3" != typecheck ]')
  expect([code, calls.at(-1)]).toEqual([1, ': run --silent typecheck'])
})

testOn('linux', 'what takes longer than the limit fails, and is named', async () => {
  const { code, err } = await run('[ "$1" != test ] || sleep 60', { CI_LIMIT_SECONDS: '2' })
  expect([code, err]).toEqual([
    124,
    expect.stringMatching(/^Ended in phase "tests" after \d+ s; the limit is 2 s\.$/m)
  ])
})

testOn('linux', 'slow tests are told, and are no failure', async () => {
  const { code, out, err } = await run('echo "$*"; [ "$1" != test ] || sleep 1.2', { CI_QUICK_SECONDS: '0' })
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(/^::warning .*`npm test` took [1-9]\d* s, more than/)
  ])
  expect(out).toMatch(/\ntest\n$/)
})
