import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { describeOn } from '../../../testbed/jest.ts'
import { createHttp } from '../../http/index.ts'
import type { Ports, Resource } from '../../ports/index.ts'
import { createExec } from '../../shell/index.ts'
import {
  APPTAINER,
  findOnPath,
  getTool,
  HALF_TOOL_KIND,
  isAtLeast,
  RCLONE,
  removeHalfTool,
  type Tool
} from '../index.ts'

let folder = ''
let base = ''
let archive = Buffer.alloc(0)
let requests: string[] = []
/** What was said about the folder in the tool cache. */
let half: string[] = []
/** What else the server has, by path. */
const others = new Map<string, Buffer>()
const client = createHttp({ userAgent: 'test' })
const server = http.createServer((request, response) => {
  requests.push(request.url ?? '')
  if (request.url === '/moved/frob.tar.gz') response.writeHead(302, { location: '/frob.tar.gz' }).end()
  else if (request.url === '/busy/frob.tar.gz' && requests.length < 2) response.writeHead(503).end()
  else if (request.url?.endsWith('/frob.tar.gz') === true) response.end(archive)
  else if (request.url !== undefined && others.has(request.url)) response.end(others.get(request.url))
  else response.writeHead(404).end()
})

function frob(changes: Partial<Tool> = {}): Tool {
  const sha256 = createHash('sha256').update(archive).digest('hex')
  return {
    name: 'frob',
    version: '2.1.0',
    minimum: '2.0.0',
    versionArgs: ['--version'],
    versionPattern: /frob (\d+\.\d+\.\d+)/,
    archive: 'tar',
    bin: 'frob-{arch}',
    files: { x64: { arch: 'amd64', url: `${base}/frob.tar.gz`, sha256 } },
    source: 'here',
    ...changes
  }
}

function ports(searchPath: string): Ports {
  const nothing = (): void => undefined
  return {
    exec: createExec({ env: { PATH: searchPath } }),
    http: client,
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    fs,
    log: { debug: nothing, info: nothing },
    cleanup: {
      register: (one: Resource) => {
        expect(existsSync(path.join(process.env['RUNNER_TOOL_CACHE'] ?? '', one.id))).toBe(false)
        half.push(`register ${one.kind}`)
      },
      release: (one: Resource) => {
        expect(existsSync(path.join(process.env['RUNNER_TOOL_CACHE'] ?? '', one.id))).toBe(true)
        half.push(`release ${one.kind}`)
      }
    },
    runner: { temp: path.join(folder, 'temp'), signal: new AbortController().signal }
  } as unknown as Ports
}

async function program(at: string, version: string): Promise<void> {
  await fs.mkdir(at, { recursive: true })
  await fs.writeFile(path.join(at, 'frob'), `#!/bin/sh\necho "frob ${version}"\n`, { mode: 0o755 })
}

const options = { architecture: 'x64', platform: 'linux' } as const
const testWith = (program: string, title: string, body: () => Promise<void>): void =>
  (existsSync(program) ? test : test.skip)(`${title} (${program})`, body)

describeOn('posix', 'getTool', () => {
  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(tmpdir(), 'tools-'))
    await program(path.join(folder, 'in', 'frob-amd64'), '2.1.0')
    execFileSync('tar', ['czf', path.join(folder, 'frob.tar.gz'), '-C', path.join(folder, 'in'), '.'])
    archive = await fs.readFile(path.join(folder, 'frob.tar.gz'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    client.close()
    await new Promise((resolve) => server.close(resolve))
    await fs.rm(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    requests = []
    half = []
    process.env['RUNNER_TOOL_CACHE'] = await fs.mkdtemp(path.join(folder, 'cache-'))
    process.env['RUNNER_TEMP'] = path.join(folder, 'temp')
    await fs.mkdir(path.join(folder, 'temp'), { recursive: true })
  })

  test('takes what is on PATH when its version will do', async () => {
    const own = path.join(folder, 'own')
    await program(own, '2.0.5')
    expect(await getTool(frob(), ports(`${own}:/bin:/usr/bin`), options)).toEqual({
      path: path.join(own, 'frob'),
      version: '2.0.5',
      origin: 'path',
      told: 'frob 2.0.5'
    })
    expect(requests).toEqual([])
  })

  test('takes a program of another name where it does the same', async () => {
    const own = path.join(folder, 'another')
    await program(own, '2.0.5')
    await fs.rename(path.join(own, 'frob'), path.join(own, 'frobnicate'))
    const tool = frob({ others: ['frobnicate'] })
    expect(await getTool(tool, ports(`${own}:/bin:/usr/bin`), options)).toMatchObject({
      path: path.join(own, 'frobnicate'),
      origin: 'path'
    })
    expect(await findOnPath(tool, ports(`${own}:/bin:/usr/bin`), '3.0.0')).toBeUndefined()
    expect(requests).toEqual([])
  })

  test('fetches the pinned one when PATH has none or an old one, then finds it in the cache', async () => {
    const old = path.join(folder, 'old')
    await program(old, '1.9.9')
    const first = await getTool(frob(), ports(`${old}:/bin:/usr/bin`), options)
    expect(first).toMatchObject({ version: '2.1.0', origin: 'download' })
    expect(execFileSync(first.path, ['--version'], { encoding: 'utf8' })).toBe('frob 2.1.0\n')
    expect(await getTool(frob(), ports('/bin:/usr/bin'), options)).toEqual({ ...first, origin: 'cache' })
    expect(requests).toEqual(['/frob.tar.gz'])
    expect(half).toEqual([`register ${HALF_TOOL_KIND}`, `release ${HALF_TOOL_KIND}`])
  })

  test('fetches what is for this architecture', async () => {
    const tree = path.join(folder, 'arm')
    await program(path.join(tree, 'frob-arm64'), '2.1.0')
    execFileSync('tar', ['czf', path.join(folder, 'arm.tar.gz'), '-C', tree, '.'])
    const bytes = await fs.readFile(path.join(folder, 'arm.tar.gz'))
    others.set('/arm.tar.gz', bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const tool = frob({
      files: { ...frob().files, arm64: { arch: 'arm64', url: `${base}/arm.tar.gz`, sha256 } }
    })
    const got = await getTool(tool, ports('/bin:/usr/bin'), { ...options, architecture: 'arm64' })
    expect(got).toMatchObject({ version: '2.1.0', origin: 'download' })
    expect(got.path).toContain(`${path.sep}arm64${path.sep}`)
    expect(got.path).toContain('frob-arm64')
    expect(requests).toEqual(['/arm.tar.gz'])
    // The cache keeps them apart.
    expect(await getTool(tool, ports('/bin:/usr/bin'), options)).toMatchObject({ origin: 'download' })
    expect(requests).toEqual(['/arm.tar.gz', '/frob.tar.gz'])
  })

  test('follows a redirect, retries a 503, takes a mirror', async () => {
    const moved = frob({
      files: {
        x64: { arch: 'amd64', url: `${base}/moved/frob.tar.gz`, sha256: frob().files.x64?.sha256 ?? '' }
      }
    })
    expect(await getTool(moved, ports('/bin:/usr/bin'), options)).toMatchObject({ origin: 'download' })
    requests = []
    process.env['RUNNER_TOOL_CACHE'] = await fs.mkdtemp(path.join(folder, 'cache-'))
    const mirrored = { ...options, mirror: `${base}/busy/` }
    expect(await getTool(frob(), ports('/bin:/usr/bin'), mirrored)).toMatchObject({ origin: 'download' })
    expect(requests).toEqual(['/busy/frob.tar.gz', '/busy/frob.tar.gz'])
  })

  test('another file under that name is neither run nor kept', async () => {
    const wrong = frob({
      files: { x64: { arch: 'amd64', url: `${base}/frob.tar.gz`, sha256: '0'.repeat(64) } }
    })
    await expect(getTool(wrong, ports('/bin:/usr/bin'), options)).rejects.toThrow(
      'is not the file that was published'
    )
    expect(await fs.readdir(process.env['RUNNER_TOOL_CACHE'] ?? '')).toEqual([])
    expect(await fs.readdir(path.join(folder, 'temp'))).toEqual([])
  })

  testWith('/usr/bin/dpkg-deb', 'a Debian package is unpacked, as Apptainer comes', async () => {
    const tree = path.join(folder, 'deb')
    await program(path.join(tree, 'usr', 'bin'), '2.1.0')
    await fs.mkdir(path.join(tree, 'DEBIAN'))
    const control = 'Package: frob\nVersion: 2.1.0\nArchitecture: all\nMaintainer: test <test@example.org>\n'
    await fs.writeFile(path.join(tree, 'DEBIAN', 'control'), `${control}Description: test\n`)
    // Unpacked only: a script of the package would run as who installs it.
    await fs.writeFile(path.join(tree, 'DEBIAN', 'preinst'), `#!/bin/sh\ntouch ${folder}/ran\n`, {
      mode: 0o755
    })
    execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, path.join(folder, 'frob.deb')])
    await expectFetched('frob.deb', { archive: 'deb', bin: 'usr/bin' })
    expect(existsSync(path.join(folder, 'ran'))).toBe(false)
  })

  testWith('/usr/bin/unzip', 'a zip is unpacked, as rclone comes', async () => {
    await program(path.join(folder, 'zip', 'frob-v2.1.0-linux-amd64'), '2.1.0')
    const args = ['-m', 'zipfile', '-c', path.join(folder, 'frob.zip'), 'frob-v2.1.0-linux-amd64']
    execFileSync('python3', args, { cwd: path.join(folder, 'zip') })
    await expectFetched('frob.zip', { archive: 'zip', bin: 'frob-v2.1.0-linux-{arch}' })
  })

  /** From the publisher, from a mirror, and out of the cache: what comes runs. */
  async function expectFetched(name: string, how: Pick<Tool, 'archive' | 'bin'>): Promise<void> {
    const bytes = await fs.readFile(path.join(folder, name))
    others.set(`/${name}`, bytes).set(`/mirror/of/all/${name}`, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const tool = frob({ ...how, files: { x64: { arch: 'amd64', url: `${base}/${name}`, sha256 } } })
    for (const mirror of ['', `${base}/mirror/of/all`]) {
      process.env['RUNNER_TOOL_CACHE'] = await fs.mkdtemp(path.join(folder, 'cache-'))
      requests = []
      const got = await getTool(tool, ports('/bin:/usr/bin'), { ...options, mirror })
      expect(got).toMatchObject({ version: '2.1.0', origin: 'download' })
      expect(execFileSync(got.path, ['--version'], { encoding: 'utf8' })).toBe('frob 2.1.0\n')
      expect(await getTool(tool, ports('/bin:/usr/bin'), options)).toEqual({ ...got, origin: 'cache' })
      expect(requests).toEqual([mirror === '' ? `/${name}` : `/mirror/of/all/${name}`])
    }
    expect(await fs.readdir(path.join(folder, 'temp'))).toEqual([])
  }

  test('says so where nothing is published', async () => {
    const run = getTool(frob(), ports('/bin:/usr/bin'), { ...options, architecture: 'riscv64' })
    await expect(run).rejects.toThrow('frob 2.0.0 or newer on PATH')
    // Apptainer publishes nothing for arm64 (but its PPA does): whoever is on call is told what to do.
    const none = getTool(APPTAINER, ports('/nowhere'), { architecture: 'arm64', platform: 'linux' })
    await expect(none).rejects.toThrow('ppa:apptainer/ppa')
  })
})

test('what a kill leaves half in the tool cache is in the state before it is copied, and goes; what is whole stays', async () => {
  const cache = await fs.mkdtemp(path.join(tmpdir(), 'tools-cache-'))
  try {
    const half = { fs, runner: { toolCache: cache } as Ports['runner'] }
    const place = path.join(cache, 'frob', '2.1.0', 'amd64')
    await program(place, '2.1.0')
    await fs.writeFile(`${place}.complete`, '')
    await removeHalfTool(half, 'frob/2.1.0/amd64')
    expect(existsSync(place)).toBe(true)
    await fs.rm(`${place}.complete`)
    await removeHalfTool(half, 'frob/2.1.0/amd64')
    await removeHalfTool(half, 'frob/2.1.0/amd64')
    expect(existsSync(place)).toBe(false)
    for (const id of ['frob/2.1.0', '../2.1.0/x', 'frob/2.1.0/..', '/frob/2.1.0/amd64', ''])
      await expect(removeHalfTool(half, id)).rejects.toThrow('it is no folder of the tool cache')
  } finally {
    await fs.rm(cache, { recursive: true, force: true })
  }
})

test.each([
  ['1.4.5', '1.4.5', true],
  ['1.10.0', '1.9.9', true],
  ['1.4.5-2+deb1', '1.4.5', true],
  ['1.4', '1.4.1', false],
  ['0.9.9', '1.0.0', false]
])('%s is at least %s: %s', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected)
})

test('each pin is complete: https, 64 hex digits, a source, every architecture that is published', () => {
  expect(Object.keys(RCLONE.files).sort()).toEqual(['arm64', 'x64'])
  expect(Object.keys(APPTAINER.files)).toEqual(['x64'])
  for (const tool of [APPTAINER, RCLONE]) {
    expect(tool.source).toMatch(/^https:\/\//)
    for (const file of Object.values(tool.files)) {
      expect(file.url).toMatch(/^https:\/\//)
      expect(file.url).toContain(tool.version)
      // Not the file of the neighbour.
      expect(file.url).toMatch(new RegExp(`[-_]${file.arch}\\.(?:zip|deb)$`))
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/)
    }
  }
})
