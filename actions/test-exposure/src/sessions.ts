/** Sessions and installations: activate, module, a second time, a blank in the path, a move, and the way back. */
import path from 'node:path'

import {
  checkActivate,
  checkModule,
  checkUninstall,
  compareSnapshots,
  failed,
  isFinding,
  passed,
  recordCall,
  snapshot,
  together,
  untested,
  type Checked,
  type FileCheck,
  type ScriptChecker
} from '../../../lib/exposure/index.ts'
import type { Suite } from './suite.ts'

function scriptChecker(suite: Suite, command: string): ScriptChecker {
  return {
    fs: suite.ports.fs,
    caller: suite.ports.caller,
    env: suite.bare,
    installed: suite.result.installed,
    command,
    home: suite.home,
    timeoutMs: suite.inputs.timeout,
    signal: suite.ports.runner.signal
  }
}

/** Activate and deactivate, load and unload. */
export async function checkSessions(suite: Suite, command: string): Promise<Checked> {
  const activated = await checkActivate(scriptChecker(suite, command))
  const { lmod } = suite.host
  if (lmod === undefined) return activated
  const { name, version } = suite.plan.container
  const module = await checkModule({
    ...scriptChecker(suite, command),
    name,
    version,
    promise: suite.promise,
    lmod,
    folder: suite.calls
  })
  return together([activated, module])
}

/** A second installation, one in a folder with a blank, a move of the whole, and the way back. */
export async function checkInstallations(suite: Suite, files: FileCheck): Promise<Checked> {
  const { fs } = suite.ports
  const { installed, ownFiles } = suite.result
  const { id } = suite.plan.container
  const look = (): Promise<ReadonlyMap<string, string>> => snapshot(fs, installed.containers, installed.image)
  const parts: Checked[] = []
  const first = await look()
  if (files.wrapped.length > 0) {
    await suite.again('host')
    parts.push(compareSnapshots(id, first, await look()), await inFolderWithBlank(suite, files))
    if (suite.inputs.installer === 'builtin') parts.push(await relocate(suite, files))
  }
  if (files.wrapped.length > 0) {
    const checker = scriptChecker(suite, files.wrapped[0] ?? '')
    parts.push(await checkUninstall(checker, ownFiles, [...first.keys()]))
  }
  return together(parts)
}

async function inFolderWithBlank(suite: Suite, files: FileCheck): Promise<Checked> {
  const { id } = suite.plan.container
  if (suite.plan.source === 'installer') {
    return untested(id, 'folder-with-blank', undefined, 'the installer would fetch the image once more')
  }
  const { installed, exitCode } = await suite.again('with blank')
  const text = await suite.ports.fs
    .readFile(path.join(installed.folder, 'commands.txt'), 'utf8')
    .catch(() => '')
  const listed = new Set(text.split('\n').filter((line) => line !== ''))
  const same = files.wrapped.every((name) => listed.has(name))
  // A clear refusal is as good as success; half an installation that claims to be whole is not.
  if (same || (exitCode !== 0 && listed.size === 0)) return passed('folder-with-blank')
  return failed(
    id,
    { name: 'folder-with-blank' },
    'exposure-blank-in-folder',
    `in a folder with a blank ${listed.size} of ${files.wrapped.length} commands are exposed, and the exit code is ${exitCode ?? 'none'}`
  )
}

/**
 * Moves the whole, looks which image a wrapper asks for in the new place, and moves it back. Nothing is started: that
 * the program works is the matter of other tests. Exported for its test.
 */
export async function relocate(suite: Suite, files: FileCheck): Promise<Checked> {
  const { fs, caller, runner } = suite.ports
  const { installed } = suite.result
  const moved = `${installed.containers} moved`
  const command = files.wrapped[0] ?? ''
  await fs.rename(installed.containers, moved)
  try {
    const folder = path.join(moved, path.basename(installed.folder))
    const image = path.join(folder, path.basename(installed.image))
    const recorder = {
      fs,
      caller,
      env: { ...suite.env, PATH: suite.env['PATH']?.replace(installed.folder, folder) ?? '' },
      installed: { ...installed, containers: moved, folder, image },
      folder: suite.calls,
      timeoutMs: suite.inputs.timeout,
      signal: runner.signal
    }
    const asked = await recordCall(recorder, command, 0)
    if (!isFinding(asked)) return passed('moved', command)
    const reason = `moved to another folder: ${asked.message}`
    return failed(installed.container, { name: 'moved', command }, 'exposure-not-relocatable', reason)
  } finally {
    await fs.rename(moved, installed.containers)
  }
}
