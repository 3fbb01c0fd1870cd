/** The module file, in a real Lmod: load, PATH and variables, help and whatis, unload, and a version that is not there. */
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import type { Finding } from '../../report/index.ts'
import type { Caller } from '../../shell/index.ts'
import type { ContainerPromise } from '../promise.ts'
import { listNames } from './lists.ts'
import { lastLine } from './outcome.ts'
import { PART_FUNCTION, partsOf } from './parts.ts'
import { environmentDifference } from './scripts.ts'
import type { Installed } from './session.ts'
import { failed, passed, together, type Checked } from './tests.ts'

export interface ModuleChecker {
  readonly fs: Pick<typeof fileSystem, 'readdir' | 'stat'>
  readonly caller: Caller
  /** PATH in it must not have the container's folder. */
  readonly env: Readonly<Record<string, string>>
  readonly installed: Installed
  readonly name: string
  readonly version: string
  readonly command: string
  readonly promise: ContainerPromise
  /** Lmod's start file for bash. */
  readonly lmod: string
  readonly folder: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** $1 Lmod's start file, $2 folder of modules, $3 NAME/VERSION, $4 a command, $5 a version that is not there. */
const SESSION = `
. "$1"
${PART_FUNCTION}
module use "$2"
part before; env -0
part load; module load "$3" 2>&1; printf '\\0%s' "$?"
part loaded; env -0
part found; command -v -- "$4"
part help; module help "$3" 2>&1
part whatis; module whatis "$3" 2>&1
part unload; module unload "$3" 2>&1; printf '\\0%s' "$?"
part after; env -0
part unknown; module load "$5" 2>&1; printf '\\0%s' "$?"
part end
`

/** Lmod's own books. */
const OWN = /^(?:_|LMOD_.*|_LMFILES_|LOADEDMODULES|_ModuleTable.*|__LMOD_.*|MODULEPATH.*|SHLVL|BASH_FUNC.*)=/

export async function checkModule(checker: ModuleChecker): Promise<Checked> {
  const { fs, installed, name, version, promise, command } = checker
  const { container } = installed
  const modules = path.join(installed.containers, 'modules')
  const files = [`${name}/${version}.lua`, `${name}/${version}`]
  const present = await Promise.all(
    files.map((file) =>
      fs.stat(path.join(modules, file)).then(
        () => true,
        () => false
      )
    )
  )
  if (!present.includes(true)) {
    const others = await fs.readdir(modules).catch(() => [])
    const hint =
      others.length === 0 ? 'there is no module at all' : `there are modules for ${listNames(others)}`
    return failed(
      container,
      { name: 'module' },
      'exposure-module-missing',
      `there is no modules/${name}/${version}.lua; ${hint}`
    )
  }
  const result = await checker.caller.call(
    'bash',
    [
      '--norc',
      '-c',
      SESSION,
      'bash',
      checker.lmod,
      modules,
      `${name}/${version}`,
      command,
      `${name}/0.0.0-not-there`
    ],
    {
      cwd: checker.folder,
      env: checker.env,
      timeoutMs: checker.timeoutMs,
      maxOutput: 16 * 2 ** 20,
      signal: checker.signal
    }
  )
  const parts = partsOf(result.stdout.toString('utf8'))
  if (!parts.has('end')) {
    return failed(
      container,
      { name: 'module' },
      'exposure-module-load',
      'the session with Lmod did not come to its end',
      { line: lastLine(result.stderr) }
    )
  }
  const fault = (test: string, kind: string, reason: string): Checked =>
    failed(container, { name: test }, kind, reason)
  const [said = '', code = ''] = parts.get('load') ?? []
  if (code !== '0' || said.trim() !== '') {
    return fault(
      'module-load',
      'exposure-module-load',
      `module load ${name}/${version}: exit code ${code}${said.trim() === '' ? '' : `, it says ${firstLines(said)}`}`
    )
  }
  const checked: Checked[] = [passed('module-load', undefined, result.durationMs)]
  const found = (parts.get('found')?.[0] ?? '').trim()
  checked.push(
    found === path.join(installed.folder, command)
      ? passed('module-path')
      : fault(
          'module-path',
          'exposure-module-path',
          `after module load ${command} is ${found === '' ? 'not found' : found}`
        )
  )
  checked.push(checkVariables(checker, new Map((parts.get('loaded') ?? []).map(splitVariable))))
  checked.push(checkTexts(checker, parts.get('help')?.[0] ?? '', parts.get('whatis')?.[0] ?? ''))
  const difference = environmentDifference(parts.get('before') ?? [], parts.get('after') ?? [], OWN)
  checked.push(
    difference === undefined
      ? passed('module-unload')
      : fault(
          'module-unload',
          'exposure-module-unload',
          `after module unload the environment is not what it was: ${difference}`
        )
  )
  checked.push(
    (parts.get('unknown')?.[1] ?? '') !== '0'
      ? passed('module-unknown')
      : fault(
          'module-unknown',
          'exposure-module-unknown',
          'a version that is not there loads without an error'
        )
  )
  return together([
    ...checked,
    { tests: [], findings: unreachable(installed, promise, await isFile(fs, installed.image)) }
  ])
}

function checkVariables(checker: ModuleChecker, loaded: ReadonlyMap<string, string>): Checked {
  const { promise, installed } = checker
  for (const { name, value } of promise.variables) {
    const expected = value.replaceAll('BASEPATH', installed.image)
    const got = loaded.get(name)
    if (got === expected) continue
    return failed(
      installed.container,
      { name: 'module-variables' },
      'exposure-module-variables',
      `${name} is to be ${JSON.stringify(expected)} and is ${got === undefined ? 'not set' : JSON.stringify(got)}`,
      { hint: 'The image sets it by DEPLOY_ENV_; the module does not carry it over unchanged.' }
    )
  }
  return passed('module-variables')
}

function checkTexts(checker: ModuleChecker, help: string, whatis: string): Checked {
  const { promise, installed } = checker
  const lines = (promise.readme?.toString('utf8') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const missing = lines.find((line) => !help.includes(line))
  if (missing !== undefined) {
    return failed(
      installed.container,
      { name: 'module-help' },
      'exposure-module-help',
      `module help lacks a line of the README: ${missing.slice(0, 120)}`
    )
  }
  if (!whatis.includes(installed.container)) {
    return failed(
      installed.container,
      { name: 'module-help' },
      'exposure-module-help',
      'module whatis does not name the container'
    )
  }
  return passed('module-help')
}

/** A variable that points into a SIF names a path that no host program can open. */
function unreachable(
  installed: Installed,
  promise: ContainerPromise,
  imageIsFile: boolean
): readonly Finding[] {
  const names = promise.variables.filter(({ value }) => value.includes('BASEPATH/')).map(({ name }) => name)
  if (!imageIsFile || names.length === 0) return []
  return [
    {
      id: 'exposure-variable-unreachable',
      severity: 'warning',
      subject: installed.container,
      message: `${listNames(names)}: a path inside the image file, which exists on the host only where the image is unpacked`
    }
  ]
}

async function isFile(fs: ModuleChecker['fs'], file: string): Promise<boolean> {
  return (await fs.stat(file)).isFile()
}

function splitVariable(line: string): [string, string] {
  const at = line.indexOf('=')
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
}

function firstLines(text: string): string {
  return text.trim().split('\n').slice(0, 3).join(' ').slice(0, 300)
}
