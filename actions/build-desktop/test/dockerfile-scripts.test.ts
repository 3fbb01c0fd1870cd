/** Scripts of dockerfiles/neurodesktop that no build of this repository's CI gets to: downloads and their checksums. */
import { afterEach, beforeEach, expect } from '@jest/globals'
import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExec } from '../../../lib/shell/index.ts'
import { top } from '../../../scripts/repository.ts'
import { testOn } from '../../../testbed/jest.ts'

const scripts = join(top, 'dockerfiles/neurodesktop/files/bin')
const sum = (text: string): string => createHash('sha256').update(text).digest('hex')
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neurodesk-ci-scripts-'))
  // curl gives the same text whatever it is asked for, and notes how it was asked.
  await program(
    'curl',
    'echo "$@" >>curl.log; while [ "$1" != --output ]; do shift; done; printf package >"$2"'
  )
})
afterEach(async () => await rm(folder, { recursive: true, force: true }))

async function program(name: string, body: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/bash\n${body}\n`)
  await chmod(join(folder, name), 0o755)
}

async function run(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<{ exitCode: number | undefined; stderr: string }> {
  const exec = createExec({ env: { PATH: `${folder}:/usr/bin:/bin`, ...env } })
  const result = await exec.run('bash', [join(scripts, name), ...args], { cwd: folder, accept: 'any' })
  return { exitCode: result.exitCode, stderr: result.stderr }
}

testOn(
  'posix',
  'a download with its checksum is kept; without one, or with another one, the build ends',
  async () => {
    const url = 'https://example.org/a.deb'
    expect(await run('fetch-verified', [url, sum('package'), 'a.deb'])).toMatchObject({ exitCode: 0 })
    expect(await readFile(join(folder, 'a.deb'), 'utf8')).toBe('package')
    expect(await readFile(join(folder, 'curl.log'), 'utf8')).toMatch(/--fail .*--proto =https/)
    const other = await run('fetch-verified', [url, sum('other'), 'b.deb'])
    expect(other.exitCode).not.toBe(0)
    const none = await run('fetch-verified', [url, '', 'c.deb'])
    expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('needs its sha256') })
  }
)

testOn(
  'posix',
  'Visual Studio Code: nothing by default, no unknown source, no key with another fingerprint',
  async () => {
    const given = { VSCODE_KEY_FINGERPRINT: 'ABC', CODE_SERVER_DEB_URL: '', CODE_SERVER_DEB_SHA256: '' }
    expect(await run('install-vscode', [], { ...given, VSCODE: 'none' })).toMatchObject({ exitCode: 0 })
    expect(await run('install-vscode', [], { ...given, VSCODE: 'snap' })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("not 'snap'")
    })
    // The key goes to a folder of the system: a curl that writes nothing keeps this machine as it is.
    await program('curl', 'exit 0')
    await program('gpg', 'echo fpr:::::::::DEF:')
    await program('apt-get', 'echo apt-get >>apt.log')
    const wrong = await run('install-vscode', [], { ...given, VSCODE: 'apt' })
    expect(wrong).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('has the fingerprint DEF, not ABC')
    })
    await expect(readFile(join(folder, 'apt.log'))).rejects.toThrow(/ENOENT/)
  }
)
