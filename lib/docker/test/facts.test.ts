import { describe, expect, test } from '@jest/globals'
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ToolError } from '../../failure/index.ts'
import type { Exec } from '../../ports/index.ts'
import { createDocker, privateDockerConfig, readApk, readDpkg } from '../index.ts'
import { parseContainer, parseImage } from '../inspect.ts'

describe('what docker inspect says', () => {
  test('an image', () => {
    const one = {
      Id: 'sha256:1',
      Os: 'linux',
      Architecture: 'arm64',
      Variant: 'v8',
      RootFS: { Layers: ['sha256:a'] },
      Size: 5,
      Config: { Env: [] }
    }
    expect(parseImage(JSON.stringify([one]))).toEqual({
      id: 'sha256:1',
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      diffIds: ['sha256:a'],
      size: 5,
      settings: { Env: [] }
    })
  })

  test('a container: ports, health, how it ended', () => {
    const facts = parseContainer(
      JSON.stringify([
        {
          Id: 'c',
          State: {
            Running: false,
            ExitCode: 137,
            OOMKilled: true,
            Pid: 0,
            Health: { Status: 'unhealthy', Log: [{ Output: 'a' }, { Output: 'b' }] }
          },
          NetworkSettings: {
            Ports: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }], '9/tcp': null }
          }
        }
      ])
    )
    expect(facts).toMatchObject({
      running: false,
      exitCode: 137,
      outOfMemory: true,
      health: 'unhealthy',
      healthLog: 'b',
      ports: { '8080': 32768 }
    })
  })
})

describe('the client', () => {
  const docker = (
    answer: (args: readonly string[]) => string | ToolError
  ): ReturnType<typeof createDocker> => {
    const exec: Exec = {
      run: (_, args) => {
        const said = answer(args)
        return typeof said === 'string'
          ? Promise.resolve({ exitCode: 0, stdout: said, stderr: '', durationMs: 0 })
          : Promise.reject(said)
      },
      which: () => Promise.resolve('/usr/bin/docker')
    }
    return createDocker({ exec })
  }
  const failure = (detail: string): ToolError =>
    new ToolError({
      command: 'docker',
      exitCode: 1,
      reason: 'exit',
      summary: 'docker ended with exit code 1',
      detail
    })

  test('"No such" is absence; everything else is a failure', async () => {
    expect(await docker(() => failure('Error: No such image: x')).image('x')).toBeUndefined()
    await expect(docker(() => failure('Cannot connect to the Docker daemon')).image('x')).rejects.toThrow(
      /Cannot connect/
    )
    await expect(
      docker(() => failure('Error response from daemon: No such container: x')).removeContainer('x')
    ).resolves.toBe(false)
    await expect(docker(() => failure('permission denied')).removeContainer('x')).rejects.toThrow(
      /permission denied/
    )
  })

  test('an engine that does not answer is told, although the client ends with 0', async () => {
    await expect(
      docker(() => '{"ServerErrors":["Cannot connect"],"Architecture":""}').engine()
    ).rejects.toThrow(/does not answer: Cannot connect/)
    expect(
      await docker(
        () =>
          '{"ServerVersion":"29.0","OSType":"linux","Architecture":"aarch64","DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]]}'
      ).engine()
    ).toMatchObject({ platform: 'linux/arm64', containerdStore: true })
  })

  test('processes with their numeric user, memory in bytes', async () => {
    const top =
      'PID UID COMMAND COMMAND\n12 1234 Xvnc Xvnc :1 -rfbport -1\n13 0 websockify /usr/bin/python3 /usr/bin/websockify 8080\n'
    expect(await docker(() => top).processes('c')).toEqual([
      { uid: 1234, command: 'Xvnc', program: 'Xvnc' },
      { uid: 0, command: 'websockify', program: 'python3' }
    ])
    expect(await docker(() => '12.5MiB / 1GiB').memory('c')).toBe(13_107_200)
    expect(await docker(() => '--').memory('c')).toBeUndefined()
  })
})

test('packages of dpkg and apk; what is only configured does not count', () => {
  const status =
    'Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 7.88.1-10\nDescription: x\n Package: no\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n\n'
  expect(readDpkg(status)).toEqual([
    { kind: 'deb', name: 'curl', version: '7.88.1-10', architecture: 'amd64' }
  ])
  expect(readApk('C:Q1x\nP:musl\nV:1.2.5\nA:x86_64\n\nP:busybox\nV:1.36\n')).toEqual([
    { kind: 'apk', name: 'musl', version: '1.2.5', architecture: 'x86_64' },
    { kind: 'apk', name: 'busybox', version: '1.36', architecture: '' }
  ])
})

test('a configuration of our own keeps what is there, adds logins, and is for our eyes only', async () => {
  const folder = await fs.mkdtemp(join(tmpdir(), 'neurodesk-ci-config-'))
  try {
    const own = join(folder, 'own')
    await fs.mkdir(join(own, 'cli-plugins'), { recursive: true })
    await fs.writeFile(
      join(own, 'config.json'),
      JSON.stringify({ auths: { a: { auth: 'x' } }, credsStore: 'desktop', credHelpers: { b: 'h' } })
    )
    const ports = { fs, runner: { env: { DOCKER_CONFIG: own } } } as unknown as Parameters<
      typeof privateDockerConfig
    >[0]
    const made = join(folder, 'made')
    const login = { username: 'u', password: 'p' }
    expect(
      await privateDockerConfig(ports, made, [
        { ...login, host: 'b' },
        { ...login, host: 'docker.io' }
      ])
    ).toEqual({ DOCKER_CONFIG: made })
    const auth = Buffer.from('u:p').toString('base64')
    expect(JSON.parse(await fs.readFile(join(made, 'config.json'), 'utf8'))).toEqual({
      auths: { a: { auth: 'x' }, b: { auth }, 'https://index.docker.io/v1/': { auth } },
      credHelpers: { b: '', 'https://index.docker.io/v1/': '' },
      credsStore: 'desktop'
    })
    // Windows knows no such mode.
    if (process.platform !== 'win32')
      expect((await fs.stat(join(made, 'config.json'))).mode & 0o777).toBe(0o600)
    expect(await fs.readlink(join(made, 'cli-plugins'))).toBe(join(own, 'cli-plugins'))
    expect(await fs.readdir(made)).not.toContain('buildx')
  } finally {
    await fs.rm(folder, { recursive: true })
  }
})

test('variables of a container go by name, their values by the environment; what steers the client stays its own', async () => {
  const calls: { readonly args: readonly string[]; readonly env: unknown }[] = []
  const exec: Exec = {
    run: async (_command, args, options) => {
      calls.push({ args, env: options?.env })
      return await Promise.resolve({ exitCode: 0, stdout: '', stderr: '', durationMs: 0 })
    },
    which: async () => await Promise.resolve(undefined)
  }
  const docker = createDocker({ exec, env: { DOCKER_CONFIG: '/own' } })
  const variables = { PASSWORD: 'hush', HOME: '/home/jovyan' }
  await docker.start('c', ['--init'], 'image', ['start'], variables)
  await docker.inside('c', ['sh'], { env: variables })
  expect(calls).toEqual([
    {
      args: [
        ...['run', '--detach', '--name', 'c', '--init', '--env', 'PASSWORD', '--env', 'HOME=/home/jovyan'],
        ...['--', 'image', 'start']
      ],
      env: { DOCKER_CONFIG: '/own', PASSWORD: 'hush' }
    },
    {
      args: ['exec', '--env', 'PASSWORD', '--env', 'HOME=/home/jovyan', 'c', 'sh'],
      env: { DOCKER_CONFIG: '/own', PASSWORD: 'hush' }
    }
  ])
})
