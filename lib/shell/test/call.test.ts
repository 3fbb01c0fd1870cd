import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { describeOn } from '../../../testbed/jest.ts'
import { realClock as clock } from '../../../testbed/ports.ts'
import { createCaller, sessionProcesses, type CallOptions, type CallResult } from '../index.ts'

let folder: string

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'call-'))
})

afterAll(async () => {
  await fs.rm(folder, { recursive: true, force: true })
})

/** Calls a script of its own by its name, through PATH. */
async function call(script: string, more: Partial<CallOptions> = {}): Promise<CallResult> {
  const file = path.join(folder, 'tool')
  await fs.writeFile(file, `#!/bin/sh\n${script}\n`)
  await fs.chmod(file, 0o755)
  return await createCaller(clock, { TRACK: 'id' }).call('tool', ['a b', ''], {
    cwd: folder,
    env: { PATH: `${folder}:/usr/bin:/bin` },
    timeoutMs: 10_000,
    ...more
  })
}

describeOn('linux', 'a call', () => {
  test('passes words, stdin and variables, and keeps both streams', async () => {
    const result = await call('echo "$#:$1:$TRACK:${HOME-none}"; cat; echo err >&2; exit 3', {
      stdin: Buffer.from('in')
    })
    expect(result).toMatchObject({
      exitCode: 3,
      signal: null,
      stderr: 'err\n',
      timedOut: false,
      left: [],
      running: []
    })
    expect(result.stdout.toString()).toBe('2:a b:id:none\nin')
  })

  test('tells a signal, a missing name and a file that cannot be executed', async () => {
    expect(await call('kill -USR1 $$')).toMatchObject({ exitCode: null, signal: 'SIGUSR1' })
    const caller = createCaller(clock)
    const options = { cwd: folder, env: { PATH: folder }, timeoutMs: 5000 }
    expect(await caller.call('missing', [], options)).toMatchObject({ exitCode: null, startError: 'ENOENT' })
    await fs.writeFile(path.join(folder, 'plain'), '', { mode: 0o644 })
    expect(await caller.call(path.join(folder, 'plain'), [], options)).toMatchObject({ startError: 'EACCES' })
  })

  test('keeps so much of the output, and reads the rest', async () => {
    const result = await call('dd if=/dev/zero bs=1000 count=3000 2> /dev/null; echo end >&2', {
      maxOutput: 1000
    })
    expect([result.stdout.length, result.stderr, result.exitCode]).toEqual([1000, 'end\n', 0])
  })

  test('sends TERM to the process alone, and sees what is left', async () => {
    const heard = await call("trap 'echo heard; exit 42' TERM; echo ready; while :; do sleep 0.1; done", {
      terminateWhen: (stdout) => stdout.includes('ready')
    })
    expect(heard).toMatchObject({ exitCode: 42, left: [], timedOut: false })
    expect(heard.stdout.toString()).toBe('ready\nheard\n')

    const lost = await call('echo ready; sleep 30; echo never', {
      terminateWhen: (stdout) => stdout.includes('ready')
    })
    expect(lost.signal).toBe('SIGTERM')
    expect(lost.left.map(({ command }) => command)).toEqual([['sleep', '30']])
    expect(sessionProcesses(lost.left[0]?.pid ?? 0)).toEqual([])
  })

  test('ends what does not end by itself, and says what ran', async () => {
    const result = await call("trap '' TERM; while :; do sleep 0.1; done", { timeoutMs: 300 })
    expect(result).toMatchObject({ timedOut: true, signal: 'SIGKILL', left: [] })
    expect(result.running.map(({ command }) => command[1] ?? '')).toContain(path.join(folder, 'tool'))
  })

  test('may be content with a program that has settled', async () => {
    const started = performance.now()
    const result = await call('exec sleep 30', {
      settled: { afterMs: 300, when: (running) => running.some(({ command }) => command[0] === 'sleep') }
    })
    expect(result).toMatchObject({ settled: true, timedOut: false, signal: 'SIGTERM' })
    expect(performance.now() - started).toBeLessThan(8000)
  })

  test('a process that outlives its leader is found, and a short one is waited for', async () => {
    const orphan = await call('sleep 30 > /dev/null 2>&1 &')
    expect([orphan.exitCode, orphan.left.map(({ command }) => command.join(' '))]).toEqual([0, ['sleep 30']])
    expect((await call('sleep 0.5 > /dev/null 2>&1 &')).left).toEqual([])
  })

  test('is cancelled with all that it started', async () => {
    const cancel = new AbortController()
    const pids: number[] = []
    const running = call('echo $$; sleep 30 & sleep 30', {
      signal: cancel.signal,
      onStdout: (text) => {
        pids.push(Number(text))
        cancel.abort(new Error('enough'))
      }
    })
    await expect(running).rejects.toThrow('enough')
    expect(sessionProcesses(pids[0] ?? 0)).toEqual([])
  })

  test('leaves no timer: the program that calls can end at once', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    await call('exit 0', { timeoutMs: 3_600_000 })
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThanOrEqual(
      before
    )
  })
})
