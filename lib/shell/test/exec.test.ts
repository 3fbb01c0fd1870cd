import { readFile, readdir } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { testOn } from '../../../testbed/jest.ts'
import { ToolError } from '../../failure/index.ts'
import { createExec, endTracked } from '../index.ts'

const node = process.execPath
const exec = createExec({ env: process.env })

async function failure(run: Promise<unknown>): Promise<ToolError> {
  try {
    await run
  } catch (error) {
    if (error instanceof ToolError) return error
    throw error
  }
  throw new Error('it did not fail')
}

/** True while a process runs that has the marker as an argument. */
async function isRunning(marker: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.some((line) => line.split('\0').includes(marker))
}

async function until(condition: () => Promise<boolean>): Promise<boolean> {
  for (let round = 0; round < 100; round++) {
    if (await condition()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

describe('run', () => {
  test('passes arguments unchanged, whatever they hold', async () => {
    const args = ['a b', '', '*', '$HOME', '`id`', '"', "it's", 'new\nline', 'ä', '--', ';rm -rf /']
    const { stdout } = await exec.run(node, [
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      '--',
      ...args
    ])
    expect(JSON.parse(stdout)).toEqual(args)
  })

  test('gives stdin, keeps the streams apart, takes accepted exit codes', async () => {
    const script =
      'process.stdin.pipe(process.stdout);console.error("e");process.stdin.on("end",()=>{process.exitCode=3})'
    const result = await exec.run(node, ['-e', script], { stdin: 'hello', accept: [0, 3] })
    expect(result).toMatchObject({ exitCode: 3, stdout: 'hello', stderr: 'e\n' })
  })

  test('a failure names command, exit code and the last lines of stderr', async () => {
    const script =
      'for(let i=0;i<40;i++)console.error("line "+i);console.error("write: no space left on device");process.exitCode=7'
    const error = await failure(exec.run(node, ['-e', script]))
    expect(error).toMatchObject({ reason: 'exit', exitCode: 7 })
    expect(error.message).toContain('ended with exit code 7')
    expect(error.detail.split('\n')).toHaveLength(12)
    expect(error.detail).toContain('line 39')
    expect(error.advice).toContain('Free space')
  })

  test('a secret in the environment appears in no error', async () => {
    const redacting = createExec({ env: process.env, redact: (text) => text.replaceAll('hunter2', '***') })
    const error = await failure(
      redacting.run(node, ['-e', 'console.error("token "+process.env.T);process.exitCode=1'], {
        env: { T: 'hunter2' }
      })
    )
    expect(error.message).not.toContain('hunter2')
    expect(error.detail).toBe('token ***')
  })

  test('a program that is not there', async () => {
    const error = await failure(exec.run('no-such-program-here', []))
    expect(error.reason).toBe('not-found')
  })

  test('too much output ends the program', async () => {
    const error = await failure(
      exec.run(node, ['-e', 'setInterval(()=>process.stdout.write("x".repeat(65536)),1)'], {
        maxOutput: 200_000
      })
    )
    expect(error.reason).toBe('output-limit')
  })

  test('without inheritEnv the program sees nothing else', async () => {
    const { stdout } = await exec.run(node, ['-e', 'console.log(Object.keys(process.env).sort().join())'], {
      inheritEnv: false,
      env: { ONLY: '1', NOT: undefined }
    })
    expect(
      stdout
        .trim()
        .split(',')
        .filter((name) => name !== '__CF_USER_TEXT_ENCODING')
    ).toEqual(['ONLY'])
  })

  testOn('linux', 'time-out and cancel end the whole process group, children included', async () => {
    const marker = `marker-${process.pid}-${Date.now()}`
    const script = `require("child_process").spawn(process.execPath,["-e","setInterval(()=>{},1000)","${marker}"],{stdio:"ignore"});setInterval(()=>{},1000)`
    const error = await failure(exec.run(node, ['-e', script], { timeoutMs: 1500 }))
    expect(error.reason).toBe('timeout')
    expect(await until(async () => !(await isRunning(marker)))).toBe(true)

    const controller = new AbortController()
    const run = failure(exec.run(node, ['-e', script], { signal: controller.signal }))
    expect(await until(() => isRunning(marker))).toBe(true)
    controller.abort(new Error('cancelled by SIGINT'))
    expect((await run).reason).toBe('cancelled')
    expect(await until(async () => !(await isRunning(marker)))).toBe(true)
  })
})

describe('which', () => {
  test('finds a program on PATH, and no folder', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'which-'))
    try {
      const own = createExec({
        env: { PATH: [path.dirname(folder), path.dirname(node)].join(path.delimiter) }
      })
      expect(await own.which(path.basename(folder))).toBeUndefined()
      expect(await own.which(path.basename(node))).toBe(node)
      expect(await own.which('no-such-program-here')).toBeUndefined()
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

testOn('linux', 'endTracked ends what an action left, and nothing else', async () => {
  const id = `tracked-${process.pid}`
  const marker = `left-${process.pid}-${Date.now()}`
  const tracking = createExec({ env: process.env, trackingId: id })
  // The leader starts a child in a session of its own, as a daemon would, and is then left running itself.
  const script = `require("child_process").spawn(process.execPath,["-e","setInterval(()=>{},1000)","${marker}"],{stdio:"ignore",detached:true});setInterval(()=>{},1000)`
  const run = failure(tracking.run(node, ['-e', script]))
  expect(await until(() => isRunning(marker))).toBe(true)
  expect(await endTracked('another-id')).toBe(0)
  expect(await endTracked(id)).toBeGreaterThanOrEqual(2)
  expect((await run).reason).toBe('signal')
  expect(await until(async () => !(await isRunning(marker)))).toBe(true)
})
