/** What stands on the host after an installation, against the promise. */
import path from 'node:path'

import {
  checkFiles,
  failed,
  passed,
  together,
  type Checked,
  type FileCheck,
  type HostFile,
  type Test
} from '../../../lib/exposure/index.ts'
import { expectedOf } from './expected.ts'
import type { Suite } from './scene.ts'

const HEAD_BYTES = 256

/** Compares. */
export async function compareFiles(suite: Suite): Promise<FileCheck> {
  const { fs } = suite.ports
  const { installed } = suite.result
  const names = await fs.readdir(installed.folder).catch(() => [])
  const own = new Set(suite.result.ownFiles)
  const hostFiles = await Promise.all(
    names.map(async (name): Promise<HostFile> => {
      const file = path.join(installed.folder, name)
      const stats = await fs.lstat(file)
      const kind = stats.isFile()
        ? 'file'
        : stats.isDirectory()
          ? 'directory'
          : stats.isSymbolicLink()
            ? 'link'
            : 'other'
      return { name, kind, mode: stats.mode & 0o7777, head: kind === 'file' ? await headOf(suite, file) : '' }
    })
  )
  const listed = await fs.readFile(path.join(installed.folder, 'commands.txt'), 'utf8').catch(() => undefined)
  const lines = listed?.split('\n').filter((line) => line !== '')
  return checkFiles(suite.promise, {
    container: installed.container,
    listed: lines,
    files: hostFiles.filter(({ name }) => !own.has(name) || lines?.includes(name) === true),
    readme: await fs.readFile(path.join(installed.folder, 'README.md')).catch(() => undefined),
    hostCommands: suite.host.commands,
    excludes: suite.excludes
  })
}

async function headOf({ ports }: Suite, file: string): Promise<string> {
  const handle = await ports.fs.open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead).toString('latin1')
  } finally {
    await handle.close()
  }
}

/** One test of the whole, and one for each command that is concerned. */
export function promiseTest(suite: Suite, files: FileCheck): Checked {
  const errors = files.findings.filter((finding) => finding.severity === 'error')
  const whole: Test =
    errors.length === 0
      ? { name: 'promise', command: undefined, outcome: 'passed' }
      : { name: 'promise', command: undefined, outcome: 'failed', reason: errors[0]?.message ?? '' }
  const { container } = suite.result.installed
  const each = errors
    .filter(({ subject }) => subject.startsWith(`${container}/`))
    .map((finding): Test => ({
      name: 'promise',
      command: finding.subject.slice(container.length + 1),
      outcome: 'failed',
      reason: finding.message
    }))
  return { tests: [whole, ...each], findings: files.findings }
}

/** What maintainers expect, besides what the image promises. */
export function checkExpected(suite: Suite, wrapped: readonly string[]): Checked {
  const { container } = suite.plan
  return together(
    expectedOf(suite.wanted.expected, container).map(({ command, from }) =>
      wrapped.includes(command)
        ? passed('expected', command)
        : failed(
            container.id,
            { name: 'expected', command },
            'exposure-expected-missing',
            `${from} expects it, and it is not exposed`
          )
    )
  )
}

/** A module for nothing: `module load` succeeds, and no command appears. */
export async function checkModuleForNothing(suite: Suite): Promise<Checked> {
  const { name, version, id } = suite.plan.container
  const modules = path.join(suite.result.installed.containers, 'modules', name)
  const names = await suite.ports.fs.readdir(modules).catch(() => [])
  const file = names.find((entry) => entry === `${version}.lua` || entry === version)
  if (file === undefined) return together([])
  return failed(
    id,
    { name: 'module' },
    'exposure-module-for-nothing',
    `modules/${name}/${file} is there, and no command is exposed`
  )
}
