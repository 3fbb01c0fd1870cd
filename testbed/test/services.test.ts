import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { librariesOf } from '../images/build.ts'
import { appsJson, containerName, FIXTURE_CONTAINERS, imageName } from '../images/index.ts'
import { describeOn, isSystem, judgeServices } from '../jest.ts'
import { availableServices, neededTools, serviceStates } from '../services/available.ts'
import { whyNoMount } from '../services/rights.ts'
import { readRange } from '../services/store.ts'
import { findTools, isLimitedRoot } from '../tools.ts'

// Where there is anything to find: Windows has other paths, and none of the services.
describeOn('posix', 'finding tools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'neurodesk-ci-tools-'))
  const bin = join(folder, 'bin')
  const prefix = join(folder, 'prefix')

  beforeAll(() => {
    mkdirSync(bin)
    mkdirSync(join(prefix, 'apptainer/bin'), { recursive: true })
    writeFileSync(join(bin, 'rclone'), '', { mode: 0o755 })
    writeFileSync(join(bin, 'swift-proxy-server'), '', { mode: 0o644 })
    writeFileSync(join(prefix, 'apptainer/bin/apptainer'), '', { mode: 0o755 })
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  test('looks on PATH first and in our prefix last', () => {
    const { paths, searchPath } = findTools({ env: { PATH: bin }, prefix })
    expect(paths.rclone).toBe(join(bin, 'rclone'))
    expect(searchPath.split(':')[0]).toBe(bin)
    expect(searchPath.split(':').at(-1)).toBe(join(prefix, 'apptainer/bin'))
  })

  test('does not take a file for a program, and names what is missing', () => {
    const { paths, missing } = findTools({ env: { PATH: bin }, prefix })
    expect(paths['swift-proxy-server']).not.toBe(join(bin, 'swift-proxy-server'))
    expect(missing.every((name) => paths[name] === undefined)).toBe(true)
  })

  test('an Apptainer that is not ours is told to keep no privileges for a root without all of them', () => {
    writeFileSync(join(bin, 'apptainer'), '', { mode: 0o755 })
    const env = { PATH: bin }
    expect(findTools({ env, prefix, limitedRoot: true }).env.APPTAINER_NO_PRIVS).toBe('1')
    expect(findTools({ env, prefix, limitedRoot: false }).env.APPTAINER_NO_PRIVS).toBeUndefined()
    rmSync(join(bin, 'apptainer'))
  })

  test('programs of arm64 run on arm64 as they are, elsewhere by QEMU', () => {
    for (const name of ['busybox-static', 'bash-static']) writeFileSync(join(bin, name), '', { mode: 0o755 })
    const state = (arch: string) => {
      const places = { env: { PATH: bin }, prefix, arch }
      return [
        findTools(places).paths['bash-static-arm64'],
        serviceStates(places).find(({ name }) => name === 'qemu')?.missing
      ]
    }
    expect(state('arm64')).toEqual([join(bin, 'bash-static'), undefined])
    // Whatever this machine has: on another processor the plain ones are never taken for those of arm64.
    expect(state('x64')[0]).not.toBe(join(bin, 'bash-static'))
    expect(neededTools('qemu', 'x64')).toContain('qemu-aarch64-static')
  })

  test('tells a root without CAP_SYS_RESOURCE from others', () => {
    const status = (uid: number, bits: string) =>
      `Name:\tnode\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nCapPrm:\t${bits}\n`
    expect(isLimitedRoot(status(0, '000001fffeffffff'))).toBe(true)
    expect(isLimitedRoot(status(0, '000001ffffffffff'))).toBe(false)
    expect(isLimitedRoot(status(1000, '0000000000000000'))).toBe(false)
  })
})

describe('services that tests need', () => {
  const states = [
    { name: 'docker', missing: undefined },
    { name: 'slurm', missing: 'no slurmctld' },
    { name: 'swift', missing: 'no memcached' }
  ] as const

  test('run, skip naming the reason, or fail', () => {
    expect(judgeServices(['docker'], states, '')).toEqual({ kind: 'run' })
    expect(judgeServices(['docker', 'slurm'], states, 'docker')).toEqual({
      kind: 'skip',
      why: 'slurm (no slurmctld)'
    })
    expect(judgeServices(['docker', 'slurm', 'swift'], states, 'docker, slurm')).toEqual({
      kind: 'fail',
      why: 'slurm (no slurmctld), swift (no memcached)'
    })
  })

  test('a name in REQUIRE_SERVICES that does not exist fails', () => {
    expect(judgeServices(['docker'], states, 'dokcer')).toMatchObject({
      kind: 'fail',
      why: expect.stringContaining('dokcer')
    })
  })

  test('what is available is what lacks nothing', () => {
    const lacking = serviceStates().filter(({ missing }) => missing !== undefined)
    expect(availableServices()).toHaveLength(serviceStates().length - lacking.length)
  })

  test('who may not mount has no small disk, and is told why', () => {
    const as = (uid: number, bits: string, sudo = false, platform = 'linux') =>
      whyNoMount({ platform, uid, status: `Name:\tnode\nCapEff:\t${bits}\n`, sudo: () => sudo })
    expect(as(0, '000001ffffffffff')).toBeUndefined()
    expect(as(0, '00000000a80425fb')).toContain('CAP_SYS_ADMIN')
    expect(as(1000, '0000000000000000')).toContain('only root')
    expect(as(1000, '0000000000000000', true)).toBeUndefined()
    expect(as(0, '000001ffffffffff', true, 'darwin')).toContain('Linux')
  })

  test('without a client there is no docker, whatever DOCKER_HOST says', () => {
    const state = serviceStates({ env: { PATH: '', DOCKER_HOST: 'tcp://127.0.0.1:1' }, prefix: '/nowhere' })
    const docker = state.find(({ name }) => name === 'docker')
    const client = findTools({ env: { PATH: '' }, prefix: '/nowhere' }).paths.docker
    expect(docker?.missing).toBe(client === undefined ? 'no docker' : undefined)
  })
})

test('what a system has', () => {
  const has = (platform: NodeJS.Platform) => [isSystem('posix', platform), isSystem('linux', platform)]
  expect([has('linux'), has('darwin'), has('win32')]).toEqual([
    [true, true],
    [true, false],
    [false, false]
  ])
})

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=2-', { start: 2, end: 9 }],
  ['bytes=2-100', { start: 2, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=10-', 'impossible'],
  ['bytes=-0', 'impossible'],
  ['bytes=5-2', undefined],
  ['bytes=0-1,4-5', undefined],
  ['lines=1-2', undefined],
  [undefined, undefined]
])('range %s of ten bytes', (header, expected) => {
  expect(readRange(header, 10)).toEqual(expected)
})

describe('fixture containers', () => {
  test('have the names that NeuroDesk gives', () => {
    expect(FIXTURE_CONTAINERS.map(containerName)).toContain('bids-names_2.1.4_20250115')
    expect(FIXTURE_CONTAINERS.map(imageName)).toContain('niihead_1.0.0:20240902')
  })

  test('make an apps.json', () => {
    expect(JSON.parse(appsJson())).toMatchObject({
      packvol: {
        apps: { 'packvol 0.9.2': { version: '20250611', exec: '' } },
        categories: ['image conversion']
      }
    })
  })

  test('libraries are read from what ldd prints', () => {
    expect(
      librariesOf(
        '\tlinux-vdso.so.1 (0x00007ffd)\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n\t/lib64/ld-linux-x86-64.so.2 (0x00007f)\n'
      )
    ).toEqual(['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2'])
  })
})
