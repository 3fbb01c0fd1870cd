import { describe, expect, test } from '@jest/globals'

import type { CallResult } from '../../shell/index.ts'
import { parseSmokeFile } from '../check/smoke-file.ts'
import { isFor, whyWrong, type SmokeTest } from '../check/smoke.ts'
import { called } from './called.ts'

describe('the smoke file', () => {
  test('is read whole', () => {
    const text = `
- container: tool
  command: one
  args: [-x, 5, "a b"]
  stdin: in
  exit-code: 3
  stdout: {equals: out, matches: "^o"}
  stderr: err
  timeout: 2m
- command: two
`
    const plain = {
      container: undefined,
      args: [],
      stdin: '',
      exitCode: 0,
      stdout: undefined,
      stderr: undefined,
      timeoutMs: undefined
    }
    expect(parseSmokeFile(text)).toEqual({
      problems: [],
      tests: [
        {
          container: 'tool',
          command: 'one',
          args: ['-x', '5', 'a b'],
          stdin: 'in',
          exitCode: 3,
          stdout: { equals: 'out', matches: '^o' },
          stderr: { contains: 'err' },
          timeoutMs: 120_000
        },
        { ...plain, command: 'two' }
      ]
    })
  })

  test('says all that is wrong with it', () => {
    const text = `
- command: /bin/one
  argz: []
  args: [[]]
  exit-code: 300
  stdout: {like: x, matches: "("}
  stderr: 5
  timeout: soon
  stdin: 1
- text
- command: ''
`
    expect(parseSmokeFile(text).problems).toEqual(
      [
        /^test 1: argz is not known/,
        /^test 1: command: a name, not a path/,
        /^test 1: exit-code: /,
        /^test 1: args: /,
        /^test 1: stdin: /,
        /^test 1: stdout: like is not known/,
        /^test 1: stdout: \( is no regular expression/,
        /^test 1: stderr: /,
        /^test 1: timeout: /,
        /^test 2: it must have keys/,
        /^test 3: command: the name/
      ].map((pattern) => expect.stringMatching(pattern))
    )
  })

  test.each([
    ['', 'a list'],
    ['[]', 'no test'],
    ['a: 1', 'a list'],
    ['- {', '']
  ])('%j is none', (text, problem) => {
    const { tests, problems } = parseSmokeFile(text)
    expect(tests).toEqual([])
    expect(problems).toEqual([expect.stringContaining(problem)])
  })

  const smoke: SmokeTest = {
    container: undefined,
    command: 'one',
    args: [],
    stdin: '',
    exitCode: 0,
    stdout: undefined,
    stderr: undefined,
    timeoutMs: undefined
  }

  test.each<readonly [string, Partial<SmokeTest>, Partial<CallResult>, RegExp | undefined]>([
    ['right', { stdout: { equals: 'a\n' } }, { stdout: Buffer.from('a\n') }, undefined],
    ['another code', { exitCode: 1 }, {}, /^exit code 0 instead of 1/],
    ['a signal', {}, { exitCode: null, signal: 'SIGTERM' }, /^exit code SIGTERM/],
    ['a time-out', {}, { timedOut: true }, /in time/],
    ['not started', {}, { startError: 'ENOENT', exitCode: null }, /no command of this name/],
    [
      'another text',
      { stdout: { equals: 'b' } },
      { stdout: Buffer.from('a') },
      /stdout is "a" instead of "b"/
    ],
    ['without the text', { stderr: { contains: 'b' } }, { stderr: 'a' }, /stderr has no "b"/],
    [
      'without the pattern',
      { stdout: { matches: '^b$' } },
      { stdout: Buffer.from('a\nc') },
      /does not match/
    ],
    [
      'with a line of the pattern',
      { stdout: { matches: '^c$' } },
      { stdout: Buffer.from('a\nc\n') },
      undefined
    ],
    [
      'with an orphan',
      {},
      { left: [{ pid: 1, command: [], program: undefined, isContained: false }] },
      /processes stay/
    ]
  ])('%s', (_name, expected, result, reason) => {
    const said = whyWrong({ ...smoke, ...expected }, called(result))
    if (reason === undefined) expect(said).toBeUndefined()
    else expect(said).toMatch(reason)
  })

  test('is for a name, a version, or one build', () => {
    const of = { id: 'tool_1.0.0_20240902', image: 'tool_1.0.0', name: 'tool' }
    const wanted = [undefined, 'tool', 'tool_1.0.0', 'tool_1.0.0_20240902', 'too', 'tool_1.0.0_2024']
    expect(wanted.map((name) => isFor({ ...smoke, container: name }, of))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false
    ])
  })
})
