/** Where a command works: the folder, the owner of what it makes, the environment, /tmp, and the image itself. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'

import type { CallResult } from '../../shell/index.ts'
import { ask, call, fault, shown, whyNotExit, type Conformer, type Question } from './asking.ts'
import { passed, type Checked } from './tests.ts'

export const folders: Question = async (conformer, shell) => {
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
          'exposure-folder-changed',
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

export const ownership: Question = async (conformer, shell) => {
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
        'exposure-owner-changed',
        `a file that is made in the current folder does not appear there: ${shown(result)}`,
        result
      )
    }
    if (stats.uid !== owner.uid || stats.gid !== owner.gid) {
      return fault(
        conformer,
        'ownership',
        'exposure-owner-changed',
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

export const environment: Question = async (conformer, shell) => {
  const names = [...conformer.imageEnvironment.keys()].filter(
    (name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RUNTIME_VARIABLES.test(name)
  )
  const script = `for name do eval "value=\\\${$name-(unset)}"; printf '%s\\0' "$value"; done`
  const result = await ask(conformer, shell, script, [LEAK, 'DISPLAY', ...names], {
    env: { [LEAK]: 'leaked', DISPLAY: ':77' }
  })
  const wrong = whyNotExit(result, 0)
  if (wrong !== undefined)
    return fault(conformer, 'environment', 'exposure-environment-changed', wrong, result)
  const [leak, display, ...values] = result.stdout.toString('utf8').split('\0').slice(0, -1)
  if (leak !== '(unset)') {
    return fault(
      conformer,
      'environment',
      'exposure-environment-leaks',
      'a variable of the host is seen in the container',
      result,
      '--cleanenv keeps them out.'
    )
  }
  if (display !== ':77') {
    return fault(
      conformer,
      'environment',
      'exposure-display-lost',
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
    return fault(conformer, 'environment', 'exposure-environment-changed', message, result)
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

export const temporary: Question = async (conformer, shell) => {
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
      return fault(
        conformer,
        'tmp',
        'exposure-tmp-breaks',
        `with a TMPDIR that does not exist: ${wrong}`,
        missing
      )
    const result = await ask(conformer, shell, `: > /tmp/${mark}`, [], { env: { TMPDIR: folder } })
    const failedCall = whyNotExit(result, 0)
    if (failedCall !== undefined)
      return fault(conformer, 'tmp', 'exposure-tmp-breaks', `with a TMPDIR of its own: ${failedCall}`, result)
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
      'exposure-missing-image-silent',
      `without its image the command shows as ${shown(result)}${result.stderr.trim() === '' ? ' and says nothing' : ''}`,
      result
    )
  }
  return passed('missing-image', command, result.durationMs)
}
