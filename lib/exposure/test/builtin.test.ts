import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { describeOn, testOn } from '../../../testbed/jest.ts'
import { createExec } from '../../shell/index.ts'
import { renderModule } from '../builtin/module.ts'
import { luaLongString, luaString, shellWord } from '../builtin/quote.ts'
import { NothingToExpose, renderExposure, writeExposure } from '../builtin/install.ts'
import { readPromise, type ContainerPromise } from '../promise.ts'
import { dockerEnvironment, memoryTree } from './memory-tree.ts'

const container = { id: 'tool_1.0.0_20240902', name: 'tool', version: '1.0.0' }
const IMAGE = 'tool_1.0.0_20240902.simg'
const exec = createExec({ env: { PATH: process.env['PATH'] ?? '' } })

let folder: string

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'exposure builtin-'))
})

afterEach(async () => {
  await fs.rm(folder, { recursive: true, force: true })
})

async function promiseOf(
  env: Record<string, string>,
  files: Record<string, string>
): Promise<ContainerPromise> {
  return await readPromise(memoryTree({ ...files, ...dockerEnvironment(env) }), { container: container.id })
}

describe('texts', () => {
  testOn('posix', 'for a shell', async () => {
    for (const text of ['plain', 'a b', "it's", '$HOME', '`id`', '\\', 'ä', '*', '', '\n', "'''"]) {
      const { stdout } = await exec.run('sh', ['-c', `printf %s ${shellWord(text)}`])
      expect(stdout).toBe(text)
    }
  })

  test('for Lua', () => {
    expect(luaString('a"b\\c\nd\re\0f1ä')).toBe('"a\\"b\\\\c\\nd\\re\\000f1ä"')
    expect(luaLongString('plain')).toBe('[[\nplain]]')
    expect(luaLongString('a ]] b')).toBe('[=[\na ]] b]=]')
    expect(luaLongString('a ]] ]=] ]===] b')).toBe('[==[\na ]] ]=] ]===] b]==]')
    // The bracket that ends it must not be made longer by the text's own end.
    expect(luaLongString('a]')).toBe('[=[\na]]=]')
    expect(luaLongString('a\r\nb')).toBe('"a\\r\\nb"')
  })
})

describe('the module', () => {
  const module = {
    container: container.id,
    name: 'tool',
    version: '1.0.0',
    image: IMAGE,
    readme: '# tool ]]\n',
    variables: []
  }

  test('holds help, whatis, PATH and variables, and no place', () => {
    const variables = [
      { name: 'DIR', value: 'BASEPATH/opt/a:BASEPATH/opt/b' },
      { name: 'ONLY', value: 'BASEPATH' },
      { name: 'TEXT', value: 'a="b" c' },
      { name: 'EMPTY', value: '' }
    ]
    expect(
      renderModule({ ...module, variables })
        .split('\n')
        .slice(2)
    ).toEqual([
      'help([=[',
      '# tool ]]',
      ']=])',
      'whatis("Name: tool")',
      'whatis("Version: 1.0.0")',
      `whatis("${IMAGE}")`,
      'local containers = myFileName():match("^(.*)/modules/[^/]+/[^/]+$")',
      'local base = containers .. "/tool_1.0.0_20240902"',
      `local image = base .. "/${IMAGE}"`,
      'prepend_path("PATH", base)',
      'pushenv("DIR", image .. "/opt/a:" .. image .. "/opt/b")',
      'pushenv("ONLY", image)',
      'pushenv("TEXT", "a=\\"b\\" c")',
      'pushenv("EMPTY", "")',
      ''
    ])
  })
})

/** A runtime that prints what it is asked for and the variables that matter. */
const RUNTIME = `#!/bin/sh
printf '%s\\n' "$@" "DISPLAY=\${APPTAINERENV_DISPLAY-none}" "PWD=$PWD"
exit 42
`

describeOn('posix', 'the wrapper', () => {
  const files = { '/opt/tool/tool': '755 x', "/opt/it's/odd": '755 x' }

  async function install(): Promise<string> {
    const promise = await promiseOf({ DEPLOY_PATH: "/opt/tool:/opt/it's" }, files)
    const containers = path.join(folder, 'containers')
    await writeExposure(fs, containers, container, renderExposure(container, IMAGE, promise))
    await fs.writeFile(path.join(containers, container.id, IMAGE), '')
    await fs.mkdir(path.join(folder, 'bin'), { recursive: true })
    await program(path.join(folder, 'bin/apptainer'), RUNTIME)
    return path.join(containers, container.id)
  }

  async function program(file: string, text: string): Promise<void> {
    await fs.writeFile(file, text)
    await fs.chmod(file, 0o755)
  }

  async function call(
    command: string,
    args: readonly string[],
    options: { env?: Record<string, string>; cwd?: string; path?: readonly string[] } = {}
  ): Promise<{ exitCode: number; lines: readonly string[]; stderr: string }> {
    const PATH = [...(options.path ?? [path.join(folder, 'bin')]), '/usr/bin', '/bin'].join(':')
    const { exitCode, stdout, stderr } = await exec.run(command, args, {
      env: { PATH, ...options.env },
      inheritEnv: false,
      cwd: options.cwd ?? folder,
      accept: 'any'
    })
    return { exitCode, lines: stdout.split('\n').slice(0, -1), stderr }
  }

  test('asks for its own program by its path, hands over every argument and becomes the runtime', async () => {
    const here = await install()
    const words = ['a b', '', '*', '$HOME', "it's", '--', '-x', 'new\nline']
    const { exitCode, lines } = await call(path.join(here, 'tool'), words, { cwd: '/' })
    expect(exitCode).toBe(42)
    expect(lines).toEqual([
      ...['--silent', 'exec', '--cleanenv', '--pwd', '/', path.join(here, IMAGE), '/opt/tool/tool'],
      ...words.join('\n').split('\n'),
      ...['DISPLAY=none', 'PWD=/']
    ])
    expect((await call(path.join(here, 'odd'), [])).lines).toContain("/opt/it's/odd")
  })

  test('hands over DISPLAY, options for the runtime, and the folder of the caller without links', async () => {
    const here = await install()
    await fs.symlink(folder, path.join(folder, 'link'))
    const { lines } = await call(path.join(here, 'tool'), [], {
      env: { DISPLAY: ':7', neurodesk_singularity_opts: '--nv  --bind /data *' },
      cwd: path.join(folder, 'link')
    })
    const real = await fs.realpath(folder)
    expect(lines).toEqual(
      expect.arrayContaining(['DISPLAY=:7', '--nv', '--bind', '/data', '*', `PWD=${real}`])
    )
    expect(lines[lines.indexOf('--pwd') + 1]).toBe(real)
  })

  test('binds the temp folder that the caller has now', async () => {
    const here = await install()
    const own = path.join(folder, 'my tmp')
    await fs.mkdir(own)
    const bound = async (env: Record<string, string>): Promise<string | undefined> => {
      const { lines } = await call(path.join(here, 'tool'), [], { env })
      const at = lines.indexOf('--bind')
      return at === -1 ? undefined : lines[at + 1]
    }
    expect(await bound({ TMPDIR: own })).toBe(`${own}:/tmp`)
    expect(await bound({ TEMP: own })).toBe(`${own}:/tmp`)
    expect(await bound({ TMPDIR: path.join(folder, 'missing') })).toBeUndefined()
    expect(await bound({ TMPDIR: '/tmp' })).toBeUndefined()
    await fs.mkdir(path.join(folder, 'a:b,c'))
    expect(await bound({ TMPDIR: path.join(folder, 'a:b,c') })).toBeUndefined()
  })

  test('finds a runtime, and never another wrapper', async () => {
    const here = await install()
    await program(path.join(here, 'apptainer'), '#!/bin/sh\necho wrapper\n')
    const { exitCode, lines } = await call(path.join(here, 'tool'), [], {
      path: [here, path.join(folder, 'bin')]
    })
    expect([exitCode, lines[0]]).toEqual([42, '--silent'])
    const without = await call(path.join(here, 'tool'), [], { path: [here] })
    expect([without.exitCode, without.stderr]).toEqual([
      127,
      'tool: neither apptainer nor singularity is on PATH\n'
    ])
  })

  test('does not call itself for ever when the runtime leads back to it', async () => {
    const here = await install()
    await program(path.join(folder, 'bin/apptainer'), `#!/bin/sh\nexec '${path.join(here, 'tool')}' "$@"\n`)
    const { exitCode, stderr } = await call(path.join(here, 'tool'), [])
    expect([exitCode, stderr]).toEqual([
      126,
      expect.stringContaining('called this wrapper instead of a container runtime')
    ])
  })

  test('takes the runtime that it is told', async () => {
    const here = await install()
    await program(path.join(folder, 'other'), '#!/bin/sh\necho other\n')
    const env = { NEURODESK_CONTAINER_RUNTIME: path.join(folder, 'other') }
    expect((await call(path.join(here, 'tool'), [], { env })).lines).toEqual(['other'])
  })

  test('works through a link, after a move, and says when the image is gone', async () => {
    const here = await install()
    await fs.symlink(path.join(here, 'tool'), path.join(folder, 'bin/tool-link'))
    expect((await call('tool-link', [])).lines).toContain(path.join(here, IMAGE))
    const moved = path.join(folder, 'moved')
    await fs.rename(path.dirname(here), moved)
    const there = path.join(moved, container.id)
    expect((await call(path.join(there, 'tool'), [])).lines).toContain(path.join(there, IMAGE))
    await fs.rm(path.join(there, IMAGE))
    const gone = await call(path.join(there, 'tool'), [])
    expect([gone.exitCode, gone.stderr]).toEqual([126, expect.stringContaining('is missing')])
  })
})

describeOn('posix', 'the session scripts', () => {
  test('activate twice, deactivate once: as before, with variables that were set and that were not', async () => {
    const promise = await promiseOf(
      { DEPLOY_PATH: '/opt/tool', DEPLOY_ENV_DIR: 'BASEPATH/opt', DEPLOY_ENV_SET: "it's $HOME" },
      { '/opt/tool/tool': '755 x' }
    )
    await writeExposure(fs, folder, container, renderExposure(container, IMAGE, promise))
    const here = path.join(await fs.realpath(folder), container.id)
    const script = `
SET=mine
. "$1/activate_${IMAGE}.sh"; . "$1/activate_${IMAGE}.sh"
echo "$PATH|$DIR|$SET"
. "$1/deactivate_${IMAGE}.sh"
echo "$PATH|\${DIR-unset}|$SET"
set | grep -c ^_nd_ || :
`
    const { stdout } = await exec.run('bash', ['--norc', '-c', script, 'bash', here], {
      env: { PATH: '/usr/bin:/bin' },
      inheritEnv: false
    })
    expect(stdout.split('\n')).toEqual([
      `${here}:/usr/bin:/bin|${here}/${IMAGE}/opt|it's $HOME`,
      '/usr/bin:/bin|unset|mine',
      '0',
      ''
    ])
  })
})

describeOn('posix', 'an installation', () => {
  test('needs a command, writes the same twice, and removes what is no longer promised', async () => {
    const none = await promiseOf({ DEPLOY_PATH: '/opt/none' }, {})
    expect(() => renderExposure(container, IMAGE, none)).toThrow(NothingToExpose)

    const two = await promiseOf(
      { DEPLOY_PATH: '/opt/tool' },
      { '/opt/tool/one': '755 x', '/opt/tool/two': '755 x' }
    )
    const files = renderExposure(container, IMAGE, two)
    expect(renderExposure(container, IMAGE, two)).toEqual(files)
    await writeExposure(fs, folder, container, files)
    const names = async (): Promise<readonly string[]> =>
      (await fs.readdir(path.join(folder, container.id))).sort()
    const before = await names()
    await writeExposure(fs, folder, container, files)
    expect(await names()).toEqual(before)
    expect((await fs.stat(path.join(folder, container.id, 'one'))).mode & 0o777).toBe(0o755)

    const one = await promiseOf({ DEPLOY_PATH: '/opt/tool' }, { '/opt/tool/one': '755 x' })
    await writeExposure(fs, folder, container, renderExposure(container, IMAGE, one))
    expect(await names()).toEqual(before.filter((name) => name !== 'two'))
  })

  test('is gone after its uninstall script, and what others put there stays', async () => {
    const promise = await promiseOf(
      { DEPLOY_PATH: '/opt/tool' },
      { '/opt/tool/tool': '755 x', '/README.md': 'text' }
    )
    const uninstall = path.join(folder, container.id, 'ts_uninstall.sh')
    await writeExposure(fs, folder, container, renderExposure(container, IMAGE, promise))
    await fs.writeFile(path.join(folder, container.id, IMAGE), '')
    await exec.run(uninstall, [])
    expect(await fs.readdir(folder)).toEqual([])

    await writeExposure(fs, folder, container, renderExposure(container, IMAGE, promise))
    await fs.writeFile(path.join(folder, container.id, 'mine'), '')
    const { exitCode, stderr } = await exec.run(uninstall, [], { accept: 'any' })
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('stay in')])
    expect(await fs.readdir(path.join(folder, container.id))).toEqual(['mine'])
  })
})
