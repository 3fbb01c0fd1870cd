/** Does a wrapper behave like the program itself? What goes in and comes out: words, streams, exit codes, signals. */
import { randomBytes } from 'node:crypto'

import { ask, fault, shown, whyNotExit, type Conformer, type Question } from './asking.ts'
import { environment, folders, ownership, temporary } from './surroundings.ts'
import { passed, together, untested, type Checked } from './tests.ts'

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

const arguments_: Question = async (conformer, shell) => {
  const result = await ask(conformer, shell, `printf '%s\\0' "$@"`, WORDS)
  const wrong = whyNotExit(result, 0)
  if (wrong !== undefined) return fault(conformer, 'arguments', 'exposure-arguments-changed', wrong, result)
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
    'exposure-arguments-changed',
    `the argument ${expected} arrives as ${found}`,
    result
  )
}

const stdin: Question = async (conformer, shell) => {
  if (!conformer.hasCat)
    return untested(conformer.installed.container, 'stdin', conformer.command, 'the image has no cat')
  const bytes = randomBytes(STDIN_BYTES)
  const result = await ask(conformer, shell, 'exec cat', [], { stdin: bytes, maxOutput: STDIN_BYTES + 1024 })
  const wrong = whyNotExit(result, 0)
  if (wrong !== undefined) return fault(conformer, 'stdin', 'exposure-stdin-changed', wrong, result)
  if (result.stdout.equals(bytes)) return passed('stdin', conformer.command, result.durationMs)
  return fault(
    conformer,
    'stdin',
    'exposure-stdin-changed',
    `of ${STDIN_BYTES} bytes on stdin ${result.stdout.length} come back, and they differ`,
    result
  )
}

const streams: Question = async (conformer, shell) => {
  const result = await ask(conformer, shell, 'echo to-stdout; echo to-stderr >&2')
  const wrong = whyNotExit(result, 0)
  if (wrong !== undefined) return fault(conformer, 'streams', 'exposure-streams-mixed', wrong, result)
  if (result.stdout.toString('utf8') === 'to-stdout\n' && result.stderr === 'to-stderr\n') {
    return passed('streams', conformer.command, result.durationMs)
  }
  const stray = result.stderr.split('\n').find((line) => line !== '' && line !== 'to-stderr')
  return fault(
    conformer,
    'streams',
    'exposure-streams-mixed',
    stray === undefined
      ? 'stdout and stderr do not arrive apart and whole'
      : `the wrapper adds to stderr: ${stray.slice(0, 200)}`,
    result
  )
}

/** 0 is what every other question expects, 42 is what the program of `terminate` ends with. */
const EXIT_CODES = [1, 3, 127, 255]

const exitCodes: Question = async (conformer, shell) => {
  for (const code of EXIT_CODES) {
    const result = await ask(conformer, shell, 'exit "$1"', [String(code)])
    const wrong = whyNotExit(result, code)
    if (wrong !== undefined)
      return fault(
        conformer,
        'exit-codes',
        'exposure-exit-code-changed',
        `a program that ends with ${code}: ${wrong}`,
        result
      )
  }
  return passed('exit-codes', conformer.command)
}

const deathBySignal: Question = async (conformer, shell) => {
  const result = await ask(conformer, shell, 'kill -USR1 $$; exit 0')
  // A shell says 128 + 10; a wrapper that became the program dies of the signal itself.
  if (result.exitCode === 138 || result.signal === 'SIGUSR1') return passed('signal', conformer.command)
  return fault(
    conformer,
    'signal',
    'exposure-exit-code-changed',
    `a program that dies of USR1 shows as ${shown(result)}`,
    result
  )
}

const terminate: Question = async (conformer, shell) => {
  // It counts instead of sleeping: not every image has `sleep`, and a shell hears a signal only when `sleep` has
  // ended. The number ends a program that never hears of it, so that nothing stays for ever.
  const loop = 'n=0; while [ $n -lt 20000000 ]; do n=$((n + 1)); done; exit 9'
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
      'exposure-term-lost',
      'TERM ends the wrapper, and the program in the container goes on',
      trapped
    )
  }
  if (!trapped.stdout.includes('ready'))
    return fault(
      conformer,
      'term',
      'exposure-term-lost',
      `the program did not start: ${shown(trapped)}`,
      trapped
    )
  if (!trapped.stdout.includes('heard'))
    return fault(
      conformer,
      'term',
      'exposure-term-lost',
      `TERM does not reach the program: ${shown(trapped)}`,
      trapped
    )
  if (trapped.exitCode !== 42) {
    return fault(
      conformer,
      'term',
      'exposure-term-lost',
      `the program answers TERM with exit code 42, the wrapper ends with ${shown(trapped)}`,
      trapped
    )
  }
  const plain = await ask(conformer, shell, `echo ready; ${loop}`, [], when)
  if (plain.left.length > 0)
    return fault(conformer, 'term', 'exposure-term-lost', 'a process stays after TERM', plain)
  if (plain.exitCode !== 143 && plain.signal !== 'SIGTERM') {
    return fault(
      conformer,
      'term',
      'exposure-term-lost',
      `a program that dies of TERM shows as ${shown(plain)}`,
      plain
    )
  }
  return passed('term', conformer.command)
}
