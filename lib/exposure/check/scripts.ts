/** activate and deactivate, sourced by a real bash; uninstall; a second installation. */
import { createHash } from 'node:crypto'
import type * as fileSystem from 'node:fs/promises'
import path from 'node:path'

import type { Caller } from '../../shell/index.ts'
import type { Finding } from '../../report/index.ts'
import { listNames } from './lists.ts'
import { lastLine } from './outcome.ts'
import { PART_FUNCTION, partsOf } from './parts.ts'
import type { Installed } from './session.ts'
import { failed, passed, together, untested, type Checked } from './tests.ts'

export interface ScriptChecker {
  readonly fs: Pick<typeof fileSystem, 'readdir' | 'readFile' | 'writeFile' | 'lstat' | 'stat' | 'readlink'>
  readonly caller: Caller
  /** PATH in it must not have the container's folder. */
  readonly env: Readonly<Record<string, string>>
  readonly installed: Installed
  readonly command: string
  readonly home: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** $1 activate, $2 deactivate, $3 a command. Texts come in as arguments, never as part of the script. */
const SESSION = `
${PART_FUNCTION}
part before; env -0
. "$1" > /dev/null
part found; command -v -- "$3"
part startup; cat ~/.bashrc
. "$1" > /dev/null
part again; printf %s "$PATH"
. "$2" > /dev/null
part gone; command -v -- "$3"
part after; env -0
part end
`

export async function checkActivate(checker: ScriptChecker): Promise<Checked> {
  const { fs, installed, env, command } = checker
  const names = await fs.readdir(installed.folder)
  const activate = names.find((name) => /^activate_.*\.sh$/.test(name))
  const deactivate = names.find((name) => /^deactivate_.*\.sh$/.test(name))
  if (activate === undefined || deactivate === undefined) {
    return failed(
      installed.container,
      { name: 'activate' },
      'exposure-activate-missing',
      'there is no script to activate or to deactivate it'
    )
  }
  const startup = path.join(checker.home, '.bashrc')
  const before = await fs.readFile(startup, 'utf8').catch(() => '')
  await fs.writeFile(startup, before)
  const file = (name: string): string => path.join(installed.folder, name)
  const result = await checker.caller.call(
    'bash',
    ['--norc', '-c', SESSION, 'bash', file(activate), file(deactivate), command],
    {
      cwd: installed.folder,
      env,
      timeoutMs: checker.timeoutMs,
      maxOutput: 8 * 2 ** 20,
      signal: checker.signal
    }
  )
  if (result.startError === 'ENOENT')
    return untested(installed.container, 'activate', undefined, 'this machine has no bash')
  const parts = partsOf(result.stdout.toString('utf8'))
  const checked: Checked[] = []
  const found = (parts.get('found')?.[0] ?? '').trim()
  const real = path.join(installed.folder, command)
  checked.push(
    found === real
      ? passed('activate', undefined, result.durationMs)
      : failed(
          installed.container,
          { name: 'activate' },
          'exposure-activate-fails',
          `after it ${command} is ${found === '' ? 'not found' : found}`,
          { line: lastLine(result.stderr) }
        )
  )
  const gone = (parts.get('gone')?.[0] ?? '').trim()
  const difference = environmentDifference(parts.get('before') ?? [], parts.get('after') ?? [], OWN)
  checked.push(
    gone === real
      ? failed(
          installed.container,
          { name: 'deactivate' },
          'exposure-deactivate-fails',
          `after it ${command} is still found`,
          { line: lastLine(result.stderr) }
        )
      : difference === undefined
        ? passed('deactivate')
        : failed(
            installed.container,
            { name: 'deactivate' },
            'exposure-deactivate-fails',
            `the environment is not what it was: ${difference}`
          )
  )
  const findings: Finding[] = []
  if ((parts.get('startup')?.[0] ?? '').trim() !== before.trim()) {
    findings.push({
      id: 'exposure-startup-file',
      severity: 'warning',
      subject: installed.container,
      message:
        'activate changes ~/.bashrc: every later session is concerned, also after the container is gone'
    })
  }
  if (countOf(parts.get('again')?.[0] ?? '', installed.folder) > 1) {
    findings.push({
      id: 'exposure-activate-twice',
      severity: 'warning',
      subject: installed.container,
      message: 'activate, called twice, puts the folder on PATH twice'
    })
  }
  return together([...checked, { tests: [], findings }])
}

/** Bash keeps these by itself. */
const OWN = /^(?:_|OLDPWD|PWD|SHLVL|BASH_.*)=/

/** Names of variables that are in one of the two and not in the other, or undefined. Pure. */
export function environmentDifference(
  before: readonly string[],
  after: readonly string[],
  ignored: RegExp
): string | undefined {
  const clean = (lines: readonly string[]): ReadonlySet<string> =>
    new Set(lines.filter((line) => line !== '' && !ignored.test(line)))
  const [first, second] = [clean(before), clean(after)]
  const names = [
    ...[...first].filter((line) => !second.has(line)),
    ...[...second].filter((line) => !first.has(line))
  ].map((line) => line.slice(0, line.indexOf('=')))
  return names.length === 0 ? undefined : listNames([...new Set(names)])
}

function countOf(list: string, part: string): number {
  return list.split(':').filter((entry) => entry === part).length
}

/** What is in a folder: path to kind, mode and content. The image itself is left out: it is large, and not written. */
export async function snapshot(
  fs: ScriptChecker['fs'],
  root: string,
  image: string
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const walk = async (folder: string): Promise<void> => {
    for (const name of (await fs.readdir(folder).catch(() => [])).sort()) {
      const file = path.join(folder, name)
      if (file === image) continue
      const stats = await fs.lstat(file)
      const key = path.relative(root, file)
      if (stats.isDirectory()) {
        found.set(key, 'folder')
        await walk(file)
      } else if (stats.isSymbolicLink()) found.set(key, `link ${await fs.readlink(file)}`)
      else {
        const hash = createHash('sha256')
          .update(await fs.readFile(file))
          .digest('hex')
        found.set(key, `file ${(stats.mode & 0o777).toString(8)} ${hash}`)
      }
    }
  }
  await walk(root)
  return found
}

/** A second installation must change nothing. Pure. */
export function compareSnapshots(
  container: string,
  first: ReadonlyMap<string, string>,
  second: ReadonlyMap<string, string>
): Checked {
  const changed = [
    ...[...second].filter(([file, state]) => first.get(file) !== state).map(([file]) => file),
    ...[...first.keys()].filter((file) => !second.has(file))
  ]
  if (changed.length === 0) return passed('second-installation')
  return failed(
    container,
    { name: 'second-installation' },
    'exposure-not-idempotent',
    `a second installation changes ${listNames(changed)}`
  )
}

/**
 * Runs the uninstall script that the installation left. What it wrote must be gone: wrappers, scripts, the module with
 * its folder, and the image; what was there before may stay.
 * @param before names in the container's folder before the installation
 * @param written files of the installation, relative to the folder of containers
 */
export async function checkUninstall(
  checker: ScriptChecker,
  before: readonly string[],
  written: readonly string[]
): Promise<Checked> {
  const { fs, installed } = checker
  const script = (await fs.readdir(installed.folder)).find((name) => /^(?:ts_)?uninstall.*\.sh$/.test(name))
  if (script === undefined) {
    return failed(
      installed.container,
      { name: 'uninstall' },
      'exposure-uninstall-missing',
      'there is no script to remove it'
    )
  }
  const result = await checker.caller.call(path.join(installed.folder, script), [], {
    cwd: installed.folder,
    env: checker.env,
    timeoutMs: checker.timeoutMs,
    signal: checker.signal
  })
  const image = path.relative(installed.containers, installed.image)
  const left: string[] = []
  for (const file of [...written, image]) {
    const [folder, top = ''] = file.split(path.sep)
    const own = folder === installed.container && before.includes(top)
    // The container's folder and the one of all modules are not this installation's alone.
    if (own || top === '') continue
    const stats = await fs.lstat(path.join(installed.containers, file)).catch(() => undefined)
    if (stats !== undefined) left.push(file)
  }
  if (left.length === 0) return passed('uninstall', undefined, result.durationMs)
  return failed(
    installed.container,
    { name: 'uninstall', durationMs: result.durationMs },
    'exposure-uninstall-leaves',
    `${script} leaves ${listNames(left)}`,
    { line: lastLine(result.stderr) }
  )
}
