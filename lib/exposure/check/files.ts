/** The promise against what an installation left on the host. Pure. */
import type { Finding, Severity } from '../../report/index.ts'
import { isOwnFile, nameProblem } from '../names.ts'
import type { ContainerPromise } from '../promise.ts'
import { listNames } from './lists.ts'
import { promiseFindings } from './promised.ts'

/** One file of the container's folder on the host. */
export interface HostFile {
  readonly name: string
  readonly kind: 'file' | 'directory' | 'link' | 'other'
  readonly mode: number
  /** The first bytes: enough for the first line. */
  readonly head: string
}

export interface Exposed {
  readonly container: string
  /** Lines of commands.txt, empty ones left out; undefined: there is no such file. */
  readonly listed: readonly string[] | undefined
  readonly files: readonly HostFile[]
  /** README.md; undefined: there is none. */
  readonly readme: Buffer | undefined
  /** Names on the host's own PATH. */
  readonly hostCommands: ReadonlySet<string>
  /** Lines of the installer's list of excludes; transparent-singularity takes them for patterns. */
  readonly excludes: readonly string[]
}

export interface FileCheck {
  readonly findings: readonly Finding[]
  /** Commands that have a wrapper, in the order of commands.txt: these are called. */
  readonly wrapped: readonly string[]
}

const NAME_FINDINGS = {
  unsafe: 'exposure-name-unsafe',
  reserved: 'exposure-name-reserved',
  collides: 'exposure-name-collides'
} as const

/** Compares. Everything that is wrong is a finding; what has a wrapper can be called. */
export function checkFiles(promise: ContainerPromise, exposed: Exposed): FileCheck {
  const { container } = exposed
  const findings: Finding[] = [...promiseFindings(promise, container)]
  const add = (id: string, severity: Severity, subject: string, message: string, hint?: string): void => {
    findings.push(
      hint === undefined ? { id, severity, subject, message } : { id, severity, subject, message, hint }
    )
  }
  const of = (command: string): string => `${container}/${command}`
  const listed = [...new Set(exposed.listed ?? [])]
  const excluded = new Map(promise.excluded.map((entry) => [entry.name, entry]))
  const promised = new Set(promise.commands.map((command) => command.name))
  const byName = new Map(exposed.files.map((file) => [file.name, file]))

  if (exposed.listed === undefined) {
    add(
      'exposure-list-missing',
      'error',
      container,
      'the installation wrote no commands.txt',
      'The installation failed, whatever its exit code was: look at its output.'
    )
  } else if (listed.length === 0) {
    add(
      'exposure-no-commands',
      'error',
      container,
      'the installation exposes no command at all',
      'DEPLOY_PATH and DEPLOY_BINS of the image name what is exposed; the installer needs bash, env, find and grep in the image.'
    )
  }
  for (const name of duplicatesOf(exposed.listed ?? [])) {
    add('exposure-command-duplicate', 'warning', of(name), 'commands.txt names it more than once')
  }

  const wrapped: string[] = []
  for (const name of listed) {
    const bad = nameProblem(name, container)
    if (bad !== undefined && bad.kind !== 'hidden') {
      add(
        NAME_FINDINGS[bad.kind],
        'error',
        of(name),
        `it is exposed, but ${bad.reason}`,
        'Rename the program in the image, or take it out of DEPLOY_PATH and DEPLOY_BINS.'
      )
    } else if (!promised.has(name)) {
      const entry = excluded.get(name)
      add(
        'exposure-command-extra',
        entry === undefined ? 'error' : 'warning',
        of(name),
        entry === undefined
          ? 'it is exposed, but the image does not promise it'
          : `it is exposed, although ${entry.problem.reason}`
      )
    }
    // What stands under such a name is the installer's own file: calling it would be calling the installer.
    const collides = bad?.kind === 'collides' ? bad.reason : undefined
    const reason = collides ?? whyUnusable(byName.get(name))
    if (reason === undefined) wrapped.push(name)
    else if (collides === undefined) add('exposure-wrapper-unusable', 'error', of(name), reason)
  }
  for (const file of exposed.files) {
    if (listed.includes(file.name) || isOwnFile(file.name, container) || file.kind !== 'file') continue
    // A SIF begins with "#!" as well.
    if (/\.(?:simg|sif)$/.test(file.name)) continue
    if ((file.mode & 0o111) !== 0 && file.head.startsWith('#!')) {
      add(
        'exposure-wrapper-unlisted',
        'error',
        of(file.name),
        'a wrapper stands there that commands.txt does not name'
      )
    }
  }
  for (const command of promise.commands) {
    if (listed.includes(command.name) || command.file === undefined) continue
    add(
      'exposure-command-missing',
      'error',
      of(command.name),
      `the image promises it by ${command.source} (${command.file}), and it is not exposed`,
      hintForMissing(command.name, exposed.excludes)
    )
  }
  const shadowing = wrapped.filter((name) => exposed.hostCommands.has(name))
  if (shadowing.length > 0) {
    add(
      'exposure-shadows-host',
      'warning',
      container,
      `takes the place of the host's own ${listNames(shadowing)}`,
      'After module load the container answers to these names.'
    )
  }
  if (promise.readme !== undefined && exposed.readme?.equals(promise.readme) !== true) {
    add(
      'exposure-readme-differs',
      'error',
      container,
      'README.md on the host is not the README.md of the image'
    )
  }
  return { findings, wrapped }
}

function whyUnusable(file: HostFile | undefined): string | undefined {
  if (file === undefined) return 'commands.txt names it, and there is no wrapper'
  if (file.kind === 'link') return 'the wrapper is a link'
  if (file.kind !== 'file') return 'the wrapper is no file'
  if ((file.mode & 0o555) !== 0o555) {
    return `the wrapper cannot be read and executed by everyone: its mode is 0${(file.mode & 0o777).toString(8)}`
  }
  if (!/^#![ \t]*\/\S/.test(file.head))
    return 'the wrapper does not begin with "#!" and the path of an interpreter'
  return undefined
}

/** `grep -x` takes every line of the list for a pattern: `a.b` also drops `axb`. */
function hintForMissing(name: string, excludes: readonly string[]): string | undefined {
  const line = excludes.find((pattern) => pattern !== name && matchesBasicPattern(pattern, name))
  return line === undefined
    ? undefined
    : `The line ${JSON.stringify(line)} of the installer's excludes, taken as a pattern, matches it.`
}

/** A POSIX basic regular expression of the kind that such lists hold, on the whole name. */
function matchesBasicPattern(pattern: string, name: string): boolean {
  if ((pattern.match(/\*/g) ?? []).length > 4) return false
  try {
    return new RegExp(`^(?:${pattern.replaceAll(/[+?(){}|]/g, '\\$&')})$`, 'u').test(name)
  } catch {
    return false
  }
}

function duplicatesOf(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
