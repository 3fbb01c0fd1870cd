import { execFile } from 'node:child_process'
import { chmod, mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, jest, test } from '@jest/globals'
import { createExec } from '../../lib/shell/index.ts'
import {
  buildArm64Base,
  buildFixtureImages,
  emulateArm64,
  FIXTURE_CONTAINERS,
  findTools,
  runWithLmod,
  startDocker,
  startRegistry,
  startSlurm,
  startSwift,
  startXvfb
} from '../index.ts'
import { until } from '../../test/contract/processes.ts'
import { describeWithServices } from '../jest.ts'
import { killed } from './killed.ts'
import { listenersOf, openToOthers } from './sockets.ts'

jest.setTimeout(120_000)

const exec = createExec({ env: { ...process.env, ...findTools().env } })

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'neurodesk-ci-test-'))
  await body(folder).finally(() => rm(folder, { recursive: true }))
}

describeWithServices(['swift', 'rclone'], 'Swift', () => {
  // One object in segments by each API: what users get depends on containers that nobody names.
  test('reads large objects to everybody only where their segments are public too', async () => {
    await using swift = await startSwift()
    await withFolder(async (folder) => {
      const file = join(folder, 'file')
      await writeFile(file, Buffer.alloc(11 * 2 ** 20, 'x'))
      const env = { ...swift.rcloneEnv('nectar'), RCLONE_CONFIG: '/dev/null' }
      const put = (to: string, ...options: string[]) =>
        exec.run('rclone', ['copyto', file, to, ...options], { env })
      const status = async (name: string, method: string) =>
        (await fetch(`${swift.storageUrl}/neurodesk/${name}`, { method })).status
      const all = async () =>
        Promise.all(
          ['whole', 'dlo', 's3', 'none'].flatMap((name) =>
            ['HEAD', 'GET'].map((method) => status(name, method))
          )
        )

      await swift.makeContainer('neurodesk', { isPublic: true })
      await put('nectar:neurodesk/whole')
      await put('nectar:neurodesk/dlo', '--swift-chunk-size', '5M')
      await put('nectars3:neurodesk/s3', '--s3-upload-cutoff', '5M', '--s3-chunk-size', '5M')
      expect(await all()).toEqual([200, 200, 401, 401, 200, 409, 404, 404])

      await swift.makeContainer('neurodesk', { isPublic: true, publicSegments: true })
      expect(await all()).toEqual([200, 200, 200, 200, 200, 200, 404, 404])
    })
  })

  test('refuses a wrong key, and what is larger than it takes', async () => {
    await using swift = await startSwift({ maxFileSize: 1_000_000 })
    const wrong = await fetch(swift.authUrl, {
      headers: { 'x-auth-user': swift.user, 'x-auth-key': 'wrong' }
    })
    expect(wrong.status).toBe(401)
    await swift.makeContainer('small')
    const put = (bytes: number) =>
      swift.token().then((token) =>
        fetch(`${swift.storageUrl}/small/object`, {
          method: 'PUT',
          headers: { 'x-auth-token': token },
          body: Buffer.alloc(bytes)
        })
      )
    expect((await put(1_000_001)).status).toBe(413)
    expect((await put(1_000_000)).status).toBe(201)
    // Each of its servers has logged something by now.
    expect(await openToOthers()).toEqual([])
    expect((await listenersOf()).length).toBeGreaterThanOrEqual(5)
  })
})

describeWithServices(['docker', 'registry', 'apptainer', 'fixtures', 'squashfs'], 'Apptainer', () => {
  test('builds from the registry, starts, inspects and unpacks; for an ordinary user too', async () => {
    await using docker = await startDocker()
    await using registry = await startRegistry()
    const { containers, base } = await buildFixtureImages(docker, registry, FIXTURE_CONTAINERS.slice(0, 1))
    const reference = containers[0]?.reference ?? ''
    await withFolder(async (folder) => {
      await chmod(folder, 0o777)
      const env = {
        APPTAINER_CACHEDIR: join(folder, 'cache'),
        APPTAINER_TMPDIR: folder,
        APPTAINER_NOHTTPS: '1'
      }
      const run = (...args: string[]) => exec.run('apptainer', ['--silent', ...args], { env, cwd: folder })
      await run('build', 'a.simg', `docker://${reference}`)
      expect((await run('exec', 'a.simg', 'niihead', '--version')).stdout).toBe('niihead 1.0.0\n')
      expect((await run('inspect', '--json', 'a.simg')).stdout).toContain(
        '"org.opencontainers.image.title": "niihead"'
      )
      await run('build', '--sandbox', 'unpacked', 'a.simg')
      expect((await run('exec', '--unsquash', 'a.simg', 'niihead', '--version')).stdout).toBe(
        'niihead 1.0.0\n'
      )
      if (process.getuid?.() === 0) {
        const nobody = 65534
        const tools = findTools()
        const asUser = await promisify(execFile)(
          tools.paths.apptainer ?? '',
          ['--silent', 'exec', join(folder, 'a.simg'), 'id', '-u'],
          { uid: nobody, gid: nobody, cwd: folder, env: { ...tools.env, HOME: folder } }
        )
        expect(asUser.stdout).toBe(`${nobody}\n`)
      }
    })
    await exec.run('docker', ['image', 'rm', '--force', base, reference], { env: docker.env })
  })
})

describeWithServices(['slurm'], 'Slurm', () => {
  test('runs a job with its arguments, standard input and exit code', async () => {
    await using slurm = await startSlurm()
    const job = await exec.run(
      'srun',
      ['bash', '-c', 'printf "%s|" "$@"; cat; exit 7', 'x', 'a b', '', '*'],
      {
        env: slurm.env,
        stdin: 'from stdin',
        accept: 'any'
      }
    )
    expect([job.exitCode, job.stdout]).toEqual([7, 'a b||*|from stdin'])
  })

  test('listens on loopback alone, while a job runs too', async () => {
    await using slurm = await startSlurm()
    const enough = new AbortController()
    const job = exec
      .run('srun', ['sleep', '60'], { env: slurm.env, signal: enough.signal })
      .catch(() => undefined)
    const running = async (): Promise<boolean> => {
      const { stdout } = await exec.run('squeue', ['--noheader', '--format=%T'], { env: slurm.env })
      return stdout.trim() === 'RUNNING'
    }
    try {
      expect(await until(running, 20)).toBe(true)
      const listeners = (await listenersOf()).map(({ text }) => text.split(' ')[0])
      for (const name of ['slurmctld', 'slurmd', 'srun']) expect(listeners).toContain(name)
      expect(await openToOthers()).toEqual([])
    } finally {
      enough.abort()
      await job
    }
  })
})

describeWithServices(['xvfb'], 'Xvfb', () => {
  test('two servers have two displays', async () => {
    await using one = await startXvfb()
    await using other = await startXvfb({ width: 640, height: 480 })
    expect(one.env.DISPLAY).toMatch(/^:\d+$/)
    expect(one.env.DISPLAY).not.toBe(other.env.DISPLAY)
    expect(await openToOthers()).toEqual([])
  })
})

describeWithServices(['lmod'], 'Lmod', () => {
  test('loads a module and takes it back', async () => {
    await withFolder(async (folder) => {
      await mkdir(join(folder, 'tool'))
      await writeFile(
        join(folder, 'tool/1.0.lua'),
        'prepend_path("PATH", "/nowhere/bin")\nsetenv("HOME_OF_TOOL", "/nowhere")\n'
      )
      const script =
        'before=$PATH; module load tool/1.0 && echo "${PATH%%:*} $HOME_OF_TOOL"; module unload tool; [ "$PATH" = "$before" ] && echo same'
      const { stdout } = await runWithLmod(script, [folder])
      expect(stdout).toBe('/nowhere/bin /nowhere\nsame\n')
      expect((await runWithLmod('module load nothing', [folder])).exitCode).not.toBe(0)
    })
  })
})

describeWithServices(['swift', 'slurm', 'xvfb'], 'the end of the starting process', () => {
  test('by kill -9 leaves nothing of Swift, Slurm, Xvfb and CVMFS', async () => {
    await killed(
      `await Promise.all([
        startSwift(), startSlurm(), startXvfb(),
        startCvmfs({ fqrn: 'x.example.org', containers: [], servers: [{ name: 'one' }] })
      ])`,
      'SIGKILL',
      async (folder) => {
        const services = (await readdir(folder)).map((name) => name.split('-')[2])
        expect(services.sort()).toEqual(['cvmfs', 'slurm', 'swift', 'xvfb'])
        return []
      }
    )
  })
})

describeWithServices(['docker', 'registry', 'qemu'], 'arm64', () => {
  test('runs in a build and in a container', async () => {
    await using docker = await startDocker()
    await using registry = await startRegistry()
    await using emulation = await emulateArm64()
    expect(emulation).toBeDefined()
    const base = await buildArm64Base(docker, registry)
    const { stdout } = await exec.run(
      'docker',
      ['run', '--rm', '--platform', 'linux/arm64', base, 'uname', '-m'],
      { env: docker.env }
    )
    expect(stdout.trim()).toBe('aarch64')
    await exec.run('docker', ['image', 'rm', '--force', base], { env: docker.env })
  })
})
