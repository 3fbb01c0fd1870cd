/**
 * Does a wrapper behave like the program itself? The wrapper is called by its host name with all that it brings;
 * only the program inside the container is replaced, by a shell script of the test, so that every container can be
 * asked the same questions.
 */
import { randomBytes } from 'node:crypto'
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import type { Caller, CallOptions, CallResult } from '../../shell/index.ts'
import { SHIM } from '../host/shims.ts'
import { lastLine } from './outcome.ts'
import type { Installed } from './session.ts'
import { failed, passed, together, untested, type Checked } from './tests.ts'

export interface Conformer {
  readonly fs: Pick<
    typeof fileSystem,
    'mkdir' | 'rm' | 'symlink' | 'stat' | 'realpath' | 'readdir' | 'rename'
  >
  readonly caller: Caller
  readonly env: Readonly<Record<string, string>>
  readonly installed: Installed
  readonly command: string
  /** A shell in the image; undefined: it has none, and nothing of this can be tested. */
  readonly shell: string | undefined
  readonly hasCat: boolean
  /** What the image sets, to be found again at run time. */
  readonly imageEnvironment: ReadonlyMap<string, string>
  /** A folder of this test. */
  readonly folder: string
  readonly timeoutMs: number
  /** Words before the command: srun and its options. Default: none. */
  readonly through?: readonly string[]
  readonly owner: { readonly uid: number; readonly gid: number }
  readonly signal: AbortSignal
}

/** Words that a careless wrapper splits, expands, drops or takes for its own. */
export const WORDS: readonly string[] = [
  'a b',
  '',
  '*',
  '"q"',
  "it's",
  '$HOME',
  '`id`',
  '$(id)',
  'new\nline',
  'tab\there',
  'ä€漢😀',
  '\\',
  '!!',
  ';',
  '&',
  '--',
  '-x',
  '--help'
]

const STDIN_BYTES = 3 * 2 ** 20

/** Everything, one after another: signals and time-outs are not tested beside other work. */
export async function checkConformance(conformer: Conformer): Promise<Checked> {
  const { installed, command, shell } = conformer
  if (shell === undefined) {
    return untested(installed.container, 'behaviour', command, 'the image has no shell that could be asked')
  }
  const parts: Checked[] = []
  for (const check of [
    arguments_,
    stdin,
    streams,
    exitCodes,
    deathBySignal,
    terminate,
    folders,
    ownership,
    environment,
    temporary
  ]) {
    parts.push(await check(conformer, shell))
  }
  return together(parts)
}

/** What has to hold on the node of a cluster too: arguments, stdin and exit codes, sent through the scheduler. */
export async function checkThroughScheduler(conformer: Conformer): Promise<Checked> {
  const { installed, command, shell } = conformer
  if (shell === undefined) {
    return untested(installed.container, 'slurm', command, 'the image has no shell that could be asked')
  }
  const parts = [
    await arguments_(conformer, shell),
    await stdin(conformer, shell),
    await exitCodes(conformer, shell)
  ]
  const renamed = together(parts)
  return {
    tests: renamed.tests.map((test) => ({ ...test, name: `slurm-${test.name}` })),
    findings: renamed.findings.map((finding) => ({ ...finding, message: `through srun: ${finding.message}` }))
  }
}

type Check = (conformer: Conformer, shell: string) => Promise<Checked>

const arguments_: Check = async (conformer, shell) => {
  const result = await ask(conformer, shell, `printf '%s\\0' "$@"`, WORDS)
  const wrong = whyNotExit(result, 0)
  if (wrong !== undefined) return fault(conformer, 'arguments', 'arguments-changed', wrong, result)
  const got = result.stdout.toString('utf8').split('\0').slice(0, -1)
  const at = WORDS.findIndex((word, index) => got[index] !== word)
  if (at === -1 && got.length === WORDS.length)
    return passed('arguments', conformer.command, result.durationMs)
  const [expected, found] = [
    JSON.stringify(WORDS[at] ?? `${WORDS.length} words`),
    JSON.stringify(got[at] ?? `${got.length} words`)
  ]
  return fault(
    conformer,
    'arguments',
    'arguments-changed',
    `the argument ${expected} arrives as ${found}`,
    result
  )
}

const stdin: Check = async (conformer, shell) => {
  if (!conformer.hasCat)
    return untested(conformer.installed.container, 'stdin', conformer.command, 'the image has no cat')
  const bytes = randomBytes(STDIN_BYTES)
  const result = await ask(conformer, shell, 'exec cat', [], { stdin: bytes, maxOutput: STDIN_BYTES + 1024 })
  const wrong = whyNotExit(result, 0)
  if (wrong !== undefined) return fault(conformer, 'stdin', 'stdin-changed', wrong, result)
  if (result.stdout.equals(bytes)) return passed('stdin', conformer.command, result.durationMs)
  return fault(
    conformer,
    'stdin',
    'stdin-changed',
    `of ${STDIN_BYTES} bytes on stdin ${result.stdout.length} come back, and they differ`,
    result
  )
}

const streams: Check = async (conformer, shell) => {
  const result = await ask(conformer, shell, 'echo to-stdout; echo to-stderr >&2')
  const wrong = whyNotExit(result, 0)
  if (wrong !== undefined) return fault(conformer, 'streams', 'streams-mixed', wrong, result)
  if (result.stdout.toString('utf8') === 'to-stdout\n' && result.stderr === 'to-stderr\n') {
    return passed('streams', conformer.command, result.durationMs)
  }
  const stray = result.stderr.split('\n').find((line) => line !== '' && line !== 'to-stderr')
  return fault(
    conformer,
    'streams',
    'streams-mixed',
    stray === undefined
      ? 'stdout and stderr do not arrive apart and whole'
      : `the wrapper adds to stderr: ${stray.slice(0, 200)}`,
    result
  )
}

const exitCodes: Check = async (conformer, shell) => {
  for (const code of [0, 1, 3, 42, 127, 255]) {
    const result = await ask(conformer, shell, 'exit "$1"', [String(code)])
    const wrong = whyNotExit(result, code)
    if (wrong !== undefined)
      return fault(
        conformer,
        'exit-codes',
        'exit-code-changed',
        `a program that ends with ${code}: ${wrong}`,
        result
      )
  }
  return passed('exit-codes', conformer.command)
}

const deathBySignal: Check = async (conformer, shell) => {
  const result = await ask(conformer, shell, 'kill -USR1 $$; exit 0')
  // A shell says 128 + 10; a wrapper that became the program dies of the signal itself.
  if (result.exitCode === 138 || result.signal === 'SIGUSR1') return passed('signal', conformer.command)
  return fault(
    conformer,
    'signal',
    'exit-code-changed',
    `a program that dies of USR1 shows as ${shown(result)}`,
    result
  )
}

const terminate: Check = async (conformer, shell) => {
  // The counter ends a program that never hears of it, so that nothing stays for ever.
  const loop = 'n=0; while [ $n -lt 30 ]; do n=$((n + 1)); sleep 1; done; exit 9'
  const when = { terminateWhen: (stdout: string) => stdout.includes('ready') }
  const trapped = await ask(
    conformer,
    shell,
    `trap 'echo heard; exit 42' TERM; echo ready; ${loop}`,
    [],
    when
  )
  if (trapped.left.length > 0) {
    return fault(
      conformer,
      'term',
      'term-lost',
      'TERM ends the wrapper, and the program in the container goes on',
      trapped
    )
  }
  if (!trapped.stdout.includes('ready'))
    return fault(conformer, 'term', 'term-lost', `the program did not start: ${shown(trapped)}`, trapped)
  if (!trapped.stdout.includes('heard'))
    return fault(
      conformer,
      'term',
      'term-lost',
      `TERM does not reach the program: ${shown(trapped)}`,
      trapped
    )
  if (trapped.exitCode !== 42) {
    return fault(
      conformer,
      'term',
      'term-lost',
      `the program answers TERM with exit code 42, the wrapper ends with ${shown(trapped)}`,
      trapped
    )
  }
  const plain = await ask(conformer, shell, `echo ready; ${loop}`, [], when)
  if (plain.left.length > 0) return fault(conformer, 'term', 'term-lost', 'a process stays after TERM', plain)
  if (plain.exitCode !== 143 && plain.signal !== 'SIGTERM') {
    return fault(
      conformer,
      'term',
      'term-lost',
      `a program that dies of TERM shows as ${shown(plain)}`,
      plain
    )
  }
  return passed('term', conformer.command)
}

const folders: Check = async (conformer, shell) => {
  const { fs, folder } = conformer
  const plain = path.join(folder, 'cwd', 'plain')
  const blank = path.join(folder, 'cwd', "with blank, comma: and 'quote'")
  const link = path.join(folder, 'cwd', 'link')
  await fs.mkdir(plain, { recursive: true })
  await fs.mkdir(blank, { recursive: true })
  await fs.symlink(plain, link)
  try {
    for (const cwd of [plain, blank, link]) {
      const result = await ask(conformer, shell, 'pwd -P', [], { cwd, env: { PWD: cwd } })
      const wrong = whyNotExit(result, 0)
      const expected = await fs.realpath(cwd)
      const got = result.stdout.toString('utf8').replace(/\n$/, '')
      if (wrong !== undefined || got !== expected) {
        return fault(
          conformer,
          'folder',
          'folder-changed',
          `called in ${expected} it works in ${wrong ?? (got || 'nothing')}`,
          result
        )
      }
    }
  } finally {
    await fs.rm(path.join(folder, 'cwd'), { recursive: true, force: true })
  }
  return passed('folder', conformer.command)
}

const ownership: Check = async (conformer, shell) => {
  const { fs, owner } = conformer
  const cwd = path.join(conformer.folder, 'made')
  await fs.mkdir(cwd)
  try {
    const result = await ask(conformer, shell, ': > new-file', [], { cwd })
    const stats = await fs.stat(path.join(cwd, 'new-file')).catch(() => undefined)
    if (stats === undefined) {
      return fault(
        conformer,
        'ownership',
        'owner-changed',
        `a file that is made in the current folder does not appear there: ${shown(result)}`,
        result
      )
    }
    if (stats.uid !== owner.uid || stats.gid !== owner.gid) {
      return fault(
        conformer,
        'ownership',
        'owner-changed',
        `a new file belongs to ${stats.uid}:${stats.gid} instead of the caller, ${owner.uid}:${owner.gid}`,
        result
      )
    }
    return passed('ownership', conformer.command, result.durationMs)
  } finally {
    await fs.rm(cwd, { recursive: true, force: true })
  }
}

const LEAK = 'NEURODESK_TEST_LEAK'
/** Set or extended by every runtime, or the caller's. */
const RUNTIME_VARIABLES =
  /^(?:PATH|HOME|PWD|SHELL|USER|LOGNAME|LANG|LC_.*|TERM|PS1|PROMPT_COMMAND|LD_LIBRARY_PATH|DISPLAY|XAUTHORITY|TMPDIR|APPTAINER_.*|SINGULARITY_.*)$/

const environment: Check = async (conformer, shell) => {
  const names = [...conformer.imageEnvironment.keys()].filter(
    (name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RUNTIME_VARIABLES.test(name)
  )
  const script = `for name do eval "value=\\\${$name-(unset)}"; printf '%s\\0' "$value"; done`
  const result = await ask(conformer, shell, script, [LEAK, 'DISPLAY', ...names], {
    env: { [LEAK]: 'leaked', DISPLAY: ':77' }
  })
  const wrong = whyNotExit(result, 0)
  if (wrong !== undefined) return fault(conformer, 'environment', 'environment-changed', wrong, result)
  const [leak, display, ...values] = result.stdout.toString('utf8').split('\0').slice(0, -1)
  if (leak !== '(unset)') {
    return fault(
      conformer,
      'environment',
      'environment-leaks',
      'a variable of the host is seen in the container',
      result,
      '--cleanenv keeps them out.'
    )
  }
  if (display !== ':77') {
    return fault(
      conformer,
      'environment',
      'display-lost',
      `DISPLAY is :77 on the host and ${display ?? 'nothing'} in the container`,
      result
    )
  }
  const other = names.find((name, index) => values[index] !== conformer.imageEnvironment.get(name))
  const whole = passed('environment', conformer.command, result.durationMs)
  if (other === undefined) return whole
  const [expected, found] = [conformer.imageEnvironment.get(other), values[names.indexOf(other)]].map(
    (value) => JSON.stringify(value)
  )
  const message = `the image sets ${other} to ${expected}, a command sees ${found}`
  if (other.startsWith('DEPLOY_'))
    return fault(conformer, 'environment', 'environment-changed', message, result)
  return {
    ...whole,
    findings: [
      {
        id: 'exposure-environment-changed',
        severity: 'warning',
        subject: conformer.installed.container,
        message
      }
    ]
  }
}

const temporary: Check = async (conformer, shell) => {
  const { fs, command } = conformer
  const folder = path.join(conformer.folder, 'own tmp')
  const mark = `made-by-test-${randomBytes(6).toString('hex')}`
  await fs.mkdir(folder, { recursive: true })
  try {
    const missing = await ask(conformer, shell, 'exit 0', [], {
      env: { TMPDIR: path.join(folder, 'missing') }
    })
    const wrong = whyNotExit(missing, 0)
    if (wrong !== undefined)
      return fault(conformer, 'tmp', 'tmp-breaks', `with a TMPDIR that does not exist: ${wrong}`, missing)
    const result = await ask(conformer, shell, `: > /tmp/${mark}`, [], { env: { TMPDIR: folder } })
    const failedCall = whyNotExit(result, 0)
    if (failedCall !== undefined)
      return fault(conformer, 'tmp', 'tmp-breaks', `with a TMPDIR of its own: ${failedCall}`, result)
    const arrived = (await fs.readdir(folder)).includes(mark)
    const whole = passed('tmp', command)
    if (arrived) return whole
    await fs.rm(`/tmp/${mark}`, { force: true })
    return {
      ...whole,
      findings: [
        {
          id: 'exposure-tmp-not-bound',
          severity: 'warning',
          subject: `${conformer.installed.container}/${command}`,
          message: 'TMPDIR of the caller is not /tmp in the container',
          hint: 'Bind it when the command is called; on an HPC /tmp is small.'
        }
      ]
    }
  } finally {
    await fs.rm(folder, { recursive: true, force: true })
  }
}

/** A wrapper whose image is gone must fail, and say so. Moves the image away for a moment. */
export async function checkMissingImage(conformer: Conformer): Promise<Checked> {
  const { fs, installed, command } = conformer
  const aside = `${installed.image}.aside`
  await fs.rename(installed.image, aside)
  let result: CallResult
  try {
    result = await call(conformer, [], {})
  } finally {
    await fs.rename(aside, installed.image)
  }
  if (result.timedOut || result.exitCode === 0 || result.stderr.trim() === '') {
    return fault(
      conformer,
      'missing-image',
      'missing-image-silent',
      `without its image the command shows as ${shown(result)}${result.stderr.trim() === '' ? ' and says nothing' : ''}`,
      result
    )
  }
  return passed('missing-image', command, result.durationMs)
}

interface Variation {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: Uint8Array
  readonly maxOutput?: number
  readonly terminateWhen?: CallOptions['terminateWhen']
}

/** Calls the wrapper, with the script in the place of its program. */
async function ask(
  conformer: Conformer,
  shell: string,
  script: string,
  args: readonly string[] = [],
  variation: Variation = {}
): Promise<CallResult> {
  const substitute = {
    [SHIM.mode]: 'substitute',
    [SHIM.image]: conformer.installed.image,
    [SHIM.shell]: shell,
    [SHIM.script]: script
  }
  return await call(conformer, args, { ...variation, env: { ...substitute, ...variation.env } })
}

async function call(
  conformer: Conformer,
  args: readonly string[],
  variation: Variation
): Promise<CallResult> {
  const { cwd, env, stdin: input, maxOutput, terminateWhen } = variation
  const [program = '', ...words] = [...(conformer.through ?? []), conformer.command, ...args]
  return await conformer.caller.call(program, words, {
    cwd: cwd ?? conformer.folder,
    env: { ...conformer.env, ...env },
    timeoutMs: conformer.timeoutMs,
    ...(input === undefined ? {} : { stdin: input }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
    ...(terminateWhen === undefined ? {} : { terminateWhen }),
    signal: conformer.signal
  })
}

function whyNotExit(result: CallResult, code: number): string | undefined {
  return result.exitCode === code && !result.timedOut ? undefined : `it shows as ${shown(result)}`
}

function shown(result: CallResult): string {
  if (result.startError !== undefined) return `"${result.startError}"`
  if (result.timedOut) return 'a time-out'
  return result.exitCode === null ? `death by ${result.signal ?? 'a signal'}` : `exit code ${result.exitCode}`
}

function fault(
  conformer: Conformer,
  name: string,
  kind: string,
  reason: string,
  result: CallResult,
  hint?: string
): Checked {
  return failed(
    conformer.installed.container,
    { name, command: conformer.command, durationMs: result.durationMs },
    kind,
    reason,
    { line: lastLine(result.stderr), ...(hint === undefined ? {} : { hint }) }
  )
}
