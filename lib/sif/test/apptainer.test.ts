import { describe, expect, test } from '@jest/globals'

import { ToolError } from '../../failure/index.ts'
import type { Ports } from '../../ports/index.ts'
import { findApptainer, manifestReads, NoMksquashfs, type BuildRequest } from '../apptainer.ts'

interface Machine {
  /** Versions on PATH, by the name of the program. */
  readonly path: Readonly<Record<string, string>>
  /** What a build ends with; undefined: it succeeds. */
  readonly stderr?: string
  readonly files?: Readonly<Record<string, string>>
}

function portsOf({ path, stderr, files = {} }: Machine): Ports & { readonly ran: string[] } {
  const ran: string[] = []
  const ports = {
    ran,
    log: { info: () => undefined, debug: () => undefined },
    exec: {
      which: (name: string) => Promise.resolve(path[name] === undefined ? undefined : `/usr/bin/${name}`),
      run: (command: string, args: readonly string[]) => {
        ran.push(`${command} ${args[0] ?? ''}`)
        const name = command.split('/').at(-1) ?? ''
        if (args[0] === '--version')
          return Promise.resolve({ stdout: `${name} version ${path[name] ?? ''}\n` })
        if (stderr === undefined) return Promise.resolve({ stdout: '', stderr: '', exitCode: 0 })
        const fields = {
          command,
          exitCode: 255,
          reason: 'exit',
          summary: 'apptainer ended with 255'
        } as const
        return Promise.reject(new ToolError({ ...fields, detail: stderr }))
      }
    },
    fs: {
      mkdir: () => Promise.resolve(),
      rm: () => Promise.resolve(),
      readFile: (file: string) =>
        files[file] === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(files[file])
    }
  }
  return ports as unknown as Ports & { readonly ran: string[] }
}

const request: BuildRequest = {
  image: 'docker.io/vnmd/a@sha256:1',
  output: '/w/out.sif',
  scratch: '/w/s',
  architecture: 'amd64',
  compression: 'gzip',
  insecure: false,
  timeoutMs: 1
}

describe('findApptainer', () => {
  test('the first on PATH that is new enough; SingularityCE will do', async () => {
    const both = portsOf({ path: { apptainer: '1.1.3', singularity: '4.1.0' } })
    expect(await findApptainer(both, '1.2.0')).toMatchObject({
      version: '4.1.0',
      command: '/usr/bin/singularity'
    })
    expect(await findApptainer(both, '1.1.0')).toMatchObject({
      version: '1.1.3',
      command: '/usr/bin/apptainer'
    })
  })

  test('one that does not even start is as good as none', async () => {
    const ports = portsOf({ path: { apptainer: '1.4.5', singularity: '4.1.0' } })
    const { run } = ports.exec
    const broken = {
      ...ports.exec,
      run: async (command: string, ...rest: [readonly string[]]) => {
        if (command !== '/usr/bin/apptainer') return await run(command, ...rest)
        throw new ToolError({ command, exitCode: null, reason: 'not-found', summary: 'EACCES', detail: '' })
      }
    }
    expect(await findApptainer({ ...ports, exec: broken }, '1.2.0')).toMatchObject({
      command: '/usr/bin/singularity'
    })
  })
})

test.each<[Readonly<Record<string, string>>, number]>([
  [{ apptainer: '1.3.6' }, 2],
  [{ apptainer: '1.4.0' }, 1],
  // Nobody has measured it.
  [{ singularity: '4.3.0' }, 2],
  // The pinned one will be fetched.
  [{}, 1],
  [{ apptainer: '1.1.0' }, 1]
])('%j reads a manifest %i times', async (path, reads) => {
  const ports = portsOf({ path })
  expect(await manifestReads(ports, '1.2.0')).toBe(reads)
})

describe('without mksquashfs on PATH', () => {
  const missing =
    'FATAL:   Unable to create build: while searching for mksquashfs: exec: "mksquashfs": executable file not found in $PATH'
  const tried = async (machine: Machine): Promise<readonly string[]> => {
    const ports = portsOf(machine)
    const apptainer = await findApptainer(ports, '1.2')
    await apptainer.expectMksquashfs('/w/try')
    return ports.ran.slice(1)
  }

  test('Apptainer tries, and says when it has none', async () => {
    const path = { apptainer: '1.4.5' }
    await expect(tried({ path, stderr: missing })).rejects.toThrow(NoMksquashfs)
    expect(await tried({ path })).toEqual(['/usr/bin/apptainer build'])
  })

  test('what else is wrong is left to the real build, and with one on PATH nothing is tried', async () => {
    const path = { apptainer: '1.4.5' }
    expect(await tried({ path, stderr: 'FATAL: no space left on device' })).toHaveLength(1)
    expect(await tried({ path: { ...path, mksquashfs: '4.6' }, stderr: missing })).toEqual([])
  })
})

describe('a build that may make no user namespace', () => {
  const stderr = 'FATAL: while running engine: failed to create user namespace: operation not permitted'
  const told = async (files: Machine['files']): Promise<string> => {
    const apptainer = await findApptainer(
      portsOf({ path: { apptainer: '1.4.5' }, stderr, ...{ files } }),
      '1.2'
    )
    return await apptainer.build(request).then(
      () => 'built',
      (error: unknown) => (error as Error).message
    )
  }

  test.each<[string, string, RegExp]>([
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1\n', /AppArmor restricts .*sudo sysctl -w /],
    ['/proc/sys/user/max_user_namespaces', '0\n', /user\.max_user_namespaces = 0/],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0\n', /unprivileged_userns_clone=1/]
  ])('%s says why, and the message what to do', async (file, value, advice) => {
    expect(await told({ [file]: value })).toMatch(advice)
    expect(await told({ [file]: value })).toContain(stderr)
  })

  test('where nothing forbids it, nothing is made up', async () => {
    const free = { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '0\n' }
    expect(await told(free)).toBe(`apptainer ended with 255\n${stderr}`)
  })
})
