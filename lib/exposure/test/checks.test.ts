import { describe, expect, test } from '@jest/globals'

import type { CallResult, SeenProcess } from '../../shell/index.ts'
import { checkFiles, type Exposed, type HostFile } from '../check/files.ts'
import { listNames } from '../check/lists.ts'
import { judgeCall } from '../check/outcome.ts'
import { overheadOf, readOverhead } from '../check/overhead.ts'
import { PART_FUNCTION, partsOf } from '../check/parts.ts'
import { compareSnapshots, environmentDifference } from '../check/scripts.ts'
import { parseSmokeFile } from '../check/smoke-file.ts'
import { isFor, whyWrong, type SmokeTest } from '../check/smoke.ts'
import { isPromisedProgram } from '../check/start.ts'
import { representatives } from '../check/templates.ts'
import { downloaderShim, parseDownloads, parseRecords, runtimeShim } from '../host/shims.ts'
import { judgeOutput, judgeTransfer, transferOf } from '../install/effects.ts'
import { readPromise, type Command, type ContainerPromise } from '../promise.ts'
import { dockerEnvironment, memoryTree } from './memory-tree.ts'

const container = 'tool_1.0.0_20240902'

function called(more: Partial<CallResult> = {}): CallResult {
  return {
    exitCode: 0,
    signal: null,
    startError: undefined,
    timedOut: false,
    settled: false,
    stdout: Buffer.alloc(0),
    stderr: '',
    durationMs: 1,
    running: [],
    left: [],
    ...more
  }
}

describe('the promise against the files', () => {
  const wrapper = (name: string, more: Partial<HostFile> = {}): HostFile => ({
    name,
    kind: 'file',
    mode: 0o755,
    head: '#!/bin/sh\n',
    ...more
  })
  const promise = async (): Promise<ContainerPromise> =>
    await readPromise(
      memoryTree({
        ...dockerEnvironment({ DEPLOY_PATH: '/opt/tool' }),
        '/opt/tool/one': '755 x',
        '/opt/tool/two': '755 x',
        '/README.md': 'text'
      }),
      { container }
    )
  const check = async (more: Partial<Exposed>): Promise<readonly string[]> => {
    const exposed = {
      container,
      listed: ['one', 'two'],
      files: [wrapper('one'), wrapper('two'), wrapper('commands.txt', { mode: 0o644, head: 'one' })],
      readme: Buffer.from('text'),
      hostCommands: new Set<string>(),
      excludes: [],
      ...more
    }
    return checkFiles(await promise(), exposed).findings.map(
      ({ id, severity, subject }) => `${severity} ${id} ${subject}`
    )
  }
  const at = (name: string): string => `${container}/${name}`

  test('all is well', async () => {
    expect(await check({})).toEqual([])
  })

  test.each<readonly [string, Partial<Exposed>, readonly string[]]>([
    ['no list', { listed: undefined, files: [] }, [`error exposure-list-missing ${container}`]],
    ['an empty list', { listed: [], files: [] }, [`error exposure-no-commands ${container}`]],
    ['a name twice', { listed: ['one', 'two', 'one'] }, [`warning exposure-command-duplicate ${at('one')}`]],
    [
      'a command too few',
      { listed: ['one'], files: [wrapper('one')] },
      [`error exposure-command-missing ${at('two')}`]
    ],
    [
      'a command too many',
      { listed: ['one', 'two', 'more'], files: ['one', 'two', 'more'].map((name) => wrapper(name)) },
      [`error exposure-command-extra ${at('more')}`]
    ],
    [
      'a name that breaks shells',
      { listed: ['one', 'two', 'a b'], files: ['one', 'two', 'a b'].map((name) => wrapper(name)) },
      [`error exposure-name-unsafe ${at('a b')}`]
    ],
    [
      'the name of the runtime',
      {
        listed: ['one', 'two', 'apptainer'],
        files: ['one', 'two', 'apptainer'].map((name) => wrapper(name))
      },
      [`error exposure-name-reserved ${at('apptainer')}`]
    ],
    ['no wrapper', { files: [wrapper('one')] }, [`error exposure-wrapper-unusable ${at('two')}`]],
    [
      'a wrapper for root',
      { files: [wrapper('one', { mode: 0o700 }), wrapper('two')] },
      [`error exposure-wrapper-unusable ${at('one')}`]
    ],
    [
      'no first line',
      { files: [wrapper('one', { head: 'exec' }), wrapper('two')] },
      [`error exposure-wrapper-unusable ${at('one')}`]
    ],
    [
      'a link',
      { files: [wrapper('one', { kind: 'link' }), wrapper('two')] },
      [`error exposure-wrapper-unusable ${at('one')}`]
    ],
    [
      'a stray wrapper',
      { files: [wrapper('one'), wrapper('two'), wrapper('stray'), wrapper('image.simg')] },
      [`error exposure-wrapper-unlisted ${at('stray')}`]
    ],
    [
      "the host's own name",
      { hostCommands: new Set(['two', 'ls']) },
      [`warning exposure-shadows-host ${container}`]
    ],
    ['another README', { readme: Buffer.from('other') }, [`error exposure-readme-differs ${container}`]],
    ['no README', { readme: undefined }, [`error exposure-readme-differs ${container}`]]
  ])('%s', async (_name, exposed, expected) => {
    const found = await check(exposed)
    expect(
      found.filter((finding) => !finding.includes('exposure-command-missing') || expected.includes(finding))
    ).toEqual(expected)
  })

  test('says what of a promise cannot be read, and which variable has no name', async () => {
    const odd = await readPromise(
      memoryTree({
        ...dockerEnvironment({ DEPLOY_PATH: '/opt/tool', DEPLOY_ENV_2ND: 'x' }),
        '/.singularity.d/env/90-environment.sh': 'export DEPLOY_BINS=$(list)\n',
        '/opt/tool/one': '755 x'
      }),
      { container }
    )
    const exposed = { container, files: [wrapper('one')], hostCommands: new Set<string>(), excludes: [] }
    const { findings } = checkFiles(odd, { ...exposed, listed: ['one'], readme: undefined })
    expect(findings.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      'unknown exposure-promise-unreadable',
      'error exposure-variable-name'
    ])
  })

  test('says which line of the excludes swallowed a command', async () => {
    const whole = {
      container,
      listed: ['one'],
      files: [wrapper('one')],
      readme: Buffer.from('text'),
      hostCommands: new Set<string>()
    }
    const hint = async (excludes: readonly string[]): Promise<string | undefined> =>
      checkFiles(await promise(), { ...whole, excludes }).findings[0]?.hint
    expect(await hint(['ls', 't.o'])).toContain('"t.o"')
    expect(await hint(['ls', 'x*'])).toBeUndefined()
    expect(await hint(['*'.repeat(30), '['])).toBeUndefined()
  })

  test('ten names, and the number of the others', () => {
    expect(listNames(['a', 'b'])).toBe('a, b')
    expect(listNames(Array.from({ length: 12 }, (_, index) => String(index)))).toMatch(/, 9 and 2 more$/)
  })
})

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

describe('an installation', () => {
  test('is judged by its effects, and by what it printed', () => {
    const ids = (output: string, exitCode: number | null, exposed: number): readonly string[] =>
      judgeOutput(container, output, exitCode, exposed).map(({ id, severity }) => `${severity} ${id}`)
    expect(ids('all done\nno FATALities\n', 0, 3)).toEqual([])
    expect(ids('x\nFATAL:   no\n', 0, 3)).toEqual(['error exposure-installer-trouble'])
    expect(ids('line 9: $x: ambiguous redirect', 0, 3)).toEqual(['error exposure-installer-trouble'])
    expect(ids('chmod: invalid mode', 0, 3)).toEqual(['error exposure-installer-trouble'])
    expect(ids('', 0, 0)).toEqual(['error exposure-installer-silent'])
    expect(ids('', 2, 3)).toEqual(['warning exposure-installer-exit'])
    expect(ids('', 2, 0)).toEqual([])
  })

  test('the way of the image is seen', () => {
    const url = `https://store.example/${container}.simg`
    expect(
      transferOf(container, [], `/cvmfs/neurodesk.ardc.edu.au/containers/${container}/x.simg`)
    ).toMatchObject({ source: 'cvmfs' })
    expect(
      transferOf(
        container,
        [
          ['curl', '--head', url],
          ['aria2c', url]
        ],
        undefined
      )
    ).toEqual({
      source: 'store',
      downloader: 'aria2c',
      from: url
    })
    expect(
      transferOf(
        container,
        [
          ['curl', '--silent', '--head', url],
          ['/usr/bin/apptainer', 'pull', 'x.simg', 'docker://vnmd/x:1']
        ],
        undefined
      )
    ).toMatchObject({
      source: 'docker',
      from: 'docker://vnmd/x:1'
    })
    expect(
      transferOf(
        container,
        [
          ['curl', '-I', url],
          ['curl', 'https://other.example/']
        ],
        undefined
      )
    ).toMatchObject({ source: 'unknown' })
    expect(transferOf(container, [['curl', '-I', url]], '/mnt/images/x.simg')).toEqual({
      source: 'link',
      downloader: undefined,
      from: '/mnt/images/x.simg'
    })
  })

  test('and must be the one that was asked for', () => {
    const from = 'https://store.example/x'
    const judge = (
      downloader: string | undefined,
      cvmfsDisabled: boolean,
      transfer: Parameters<typeof judgeTransfer>[1]
    ): string | undefined => judgeTransfer(container, transfer, { downloader, cvmfsDisabled })?.id
    const store = { source: 'store', downloader: 'curl', from } as const
    const cvmfs = { source: 'cvmfs', downloader: undefined, from: '/cvmfs/x' } as const
    expect(judge(undefined, false, store)).toBeUndefined()
    expect(judge('curl', true, store)).toBeUndefined()
    expect(judge('aria2c', false, store)).toBe('exposure-other-downloader')
    expect(judge('curl', false, { source: 'docker', downloader: undefined, from })).toBe(
      'exposure-other-downloader'
    )
    expect(judge(undefined, false, cvmfs)).toBeUndefined()
    expect(judge(undefined, true, cvmfs)).toBe('exposure-cvmfs-used')
    for (const source of ['link', 'unknown'] as const) {
      const unseen = { source, downloader: undefined, from: undefined }
      expect(judge(undefined, true, unseen)).toBe('exposure-transfer-unseen')
      expect(judge('curl', false, unseen)).toBe('exposure-other-downloader')
    }
  })

  test('a second one is compared file by file', () => {
    const first = new Map([
      ['a', '1'],
      ['b', '1'],
      ['c', '1']
    ])
    expect(compareSnapshots(container, first, new Map(first)).tests[0]?.outcome).toBe('passed')
    const second = new Map([
      ['a', '1'],
      ['b', '2'],
      ['d', '1']
    ])
    expect(compareSnapshots(container, first, second).findings[0]?.message).toMatch(/changes b, d, c$/)
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

describe('shims', () => {
  test('their texts quote what they are given', () => {
    expect(runtimeShim("/opt/it's/apptainer", '/tmp/l og')).toContain(`exec '/opt/it'\\''s/apptainer' "$@"`)
    expect(downloaderShim('curl', '/usr/bin/curl', '/tmp/l og')).toContain(`>> '/tmp/l og'`)
  })

  test('their records are read back, a cut one left out', () => {
    const record = ['3', '2', 'exec', '/image', 'tool'].join('\0')
    expect(parseRecords(Buffer.from(`${record}\0${record}\0`))).toEqual([
      { imageAt: 2, words: ['exec', '/image', 'tool'] },
      { imageAt: 2, words: ['exec', '/image', 'tool'] }
    ])
    expect(parseRecords(Buffer.from([record, '3', '2', 'exec', ''].join('\0')))).toHaveLength(1)
    expect(parseDownloads(Buffer.from('2\0curl\0url\0'))).toEqual([['curl', 'url']])
    expect(parseDownloads(Buffer.from('no number\0'))).toEqual([])
  })
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
