import { describe, expect, test } from '@jest/globals'

import type { CallResult, SeenProcess } from '../../shell/index.ts'
import { judgeCall } from '../check/outcome.ts'
import { overheadOf, readOverhead } from '../check/overhead.ts'
import { PART_FUNCTION, partsOf } from '../check/parts.ts'
import { environmentDifference } from '../check/scripts.ts'
import { isPromisedProgram } from '../check/start.ts'
import { representatives } from '../check/templates.ts'
import type { Command } from '../promise.ts'
import { called } from './called.ts'

describe('one call', () => {
  const promised: SeenProcess = {
    pid: 2,
    command: ['/opt/tool/one'],
    program: '/opt/tool/one',
    isContained: true
  }
  const shell: SeenProcess = {
    pid: 3,
    command: ['/bin/sh', '/host/one'],
    program: '/bin/dash',
    isContained: false
  }
  const is = (process: SeenProcess): boolean => process === promised

  test.each<readonly [string, Partial<CallResult>, string]>([
    ['a success', {}, 'ran'],
    ['an exit code of its own', { exitCode: 3 }, 'ran'],
    ['a usage that mentions errors', { exitCode: 1, stderr: 'ERROR: no input\n' }, 'ran'],
    ['255 of the program', { exitCode: 255, stderr: 'sorry\n' }, 'ran'],
    ['not found', { exitCode: null, startError: 'ENOENT' }, 'exposure-not-found'],
    ['not executable', { exitCode: null, startError: 'EACCES' }, 'exposure-not-executable'],
    ['126', { exitCode: 126 }, 'exposure-not-executable'],
    ['127', { exitCode: 127 }, 'exposure-program-missing'],
    ['a crash', { exitCode: 139 }, 'exposure-killed'],
    ['a signal', { exitCode: null, signal: 'SIGKILL' }, 'exposure-killed'],
    [
      'a missing library',
      {
        exitCode: 127,
        stderr: 'one: error while loading shared libraries: libfoo.so.1: cannot open shared object file\n'
      },
      'exposure-library-missing'
    ],
    [
      'an old libc',
      { exitCode: 1, stderr: "one: /lib/libc.so.6: version `GLIBC_2.38' not found (required by one)\n" },
      'exposure-library-missing'
    ],
    [
      'a program that is not in the container',
      { exitCode: 255, stderr: 'FATAL:   "one": executable file not found in $PATH\n' },
      'exposure-program-missing'
    ],
    [
      'a runtime that fails',
      { exitCode: 255, stderr: 'FATAL:   could not open image\n' },
      'exposure-runtime-failed'
    ],
    ['a window', { exitCode: 1, stderr: 'Error: cannot open display: :9\n' }, 'needs-display'],
    [
      'a time-out',
      { exitCode: null, signal: 'SIGTERM', timedOut: true, running: [shell] },
      'exposure-never-returns'
    ],
    [
      'a wrapper of itself',
      { exitCode: null, timedOut: true, running: [shell, shell, shell, shell] },
      'exposure-calls-itself'
    ],
    ['a program that goes on', { exitCode: 143, timedOut: true, running: [promised] }, 'running'],
    ['a program that has settled', { exitCode: 143, settled: true, running: [promised] }, 'running']
  ])('%s is %s', (_name, result, expected) => {
    const outcome = judgeCall(called(result), is, 'running-is-fine')
    expect(outcome.state === 'failed' ? outcome.kind : outcome.state).toBe(expected)
  })

  test('to go on is a fault where an end is expected', () => {
    const result = called({ timedOut: true, running: [promised] })
    expect(judgeCall(result, is, 'fails')).toMatchObject({ state: 'failed', kind: 'exposure-never-returns' })
  })

  test('the program in the container is known from the wrapper and the runtime', () => {
    const command: Command = {
      name: 'one',
      source: 'DEPLOY_PATH',
      file: '/opt/link',
      realFile: '/opt/real',
      forEveryone: true
    }
    const seen = (words: readonly string[], program?: string, isContained = false): boolean =>
      isPromisedProgram({ pid: 1, command: words, program, isContained }, command, '/host/image.simg')
    expect(seen(['one'], '/opt/real')).toBe(true)
    expect(seen(['/bin/sh', '/opt/link', '-x'], '/bin/busybox')).toBe(true)
    expect(seen(['apptainer', 'exec', '/host/image.simg', '/opt/link'], '/usr/bin/apptainer')).toBe(false)
    expect(seen(['/bin/sh', '/host/one'], '/bin/dash')).toBe(false)
    // A launcher has become something else; what starts and mounts a container is no program of it.
    expect(seen(['java', '-jar', 'one.jar'], '/opt/java/bin/java', true)).toBe(true)
    expect(seen(['Apptainer runtime parent: image'], '/usr/libexec/apptainer/bin/starter', true)).toBe(false)
    expect(seen(['squashfuse_ll', '-f'], '/usr/bin/squashfuse_ll', true)).toBe(false)
    expect(seen(['hidden'], undefined, true)).toBe(false)
  })
})

test('environments are compared without what the shell keeps for itself', () => {
  const ignored = /^(?:_|SHLVL)=/
  expect(environmentDifference(['A=1', 'SHLVL=1', ''], ['A=1', 'SHLVL=2'], ignored)).toBeUndefined()
  expect(environmentDifference(['A=1', 'B=1'], ['A=2', 'C=1'], ignored)).toBe('A, B, C')
})

test('the parts of a script are told apart, whatever the variables hold', () => {
  expect(PART_FUNCTION).toContain('part()')
  const text = '\0==part== first\0A=1\0B=\nx\0\0==part== second\0\0==part== third\0x'
  expect(Object.fromEntries(partsOf(text))).toEqual({ first: ['A=1', 'B=\nx'], second: [], third: ['x'] })
})

test('wrappers of one kind have one representative', () => {
  const text = (program: string, name: string): string =>
    `#!/bin/sh\nexec apptainer exec img ${program} "$@" # ${name}\n`
  const of = (command: string, kind = ''): { command: string; program: string; text: string } => {
    const program = `/opt/${command}`
    return { command, program, text: text(/ä/.test(command) ? `'${program}'` : program, command) + kind }
  }
  expect(representatives([of('b'), of('a'), of('ä'), of('exec-all'), of('z', 'other')])).toEqual(['a', 'z'])
  const kinds = Array.from({ length: 9 }, (_, index) => of(`x${index}`, `kind-${'i'.repeat(index)}`))
  expect(representatives(kinds)).toHaveLength(5)
})

describe('what a wrapper costs', () => {
  const pairs = (...differences: readonly number[]): Parameters<typeof overheadOf>[0] =>
    differences.map((difference, index) => ({ direct: 200 + index, wrapper: 200 + index + difference }))

  test('is the median of pairs, when it was slower in every one', () => {
    const overhead = overheadOf(pairs(4, 9, 5, 1, 80, 6))
    expect(overhead).toEqual({ directMs: 202.5, wrapperMs: 5.5, rangeMs: [1, 80] })
    expect(readOverhead(overhead)).toEqual({ kind: 'measured', ms: 6 })
  })

  test('is an upper limit otherwise, and never below zero', () => {
    expect(readOverhead(overheadOf(pairs(4, 9, -5, 1, 30.2, 6)))).toEqual({ kind: 'below', ms: 31 })
    expect(readOverhead(overheadOf(pairs(-4, -9, -5, -1, -30, -6)))).toEqual({ kind: 'below', ms: 1 })
  })
})
