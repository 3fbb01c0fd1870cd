/** The built bundle as the runner runs it: secrets stay secret, and nothing is left when main is killed. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actionFolder } from '../../../scripts/repository.ts'
import { createExec } from '../../../lib/shell/index.ts'
import {
  startDocker,
  startRegistry,
  type DockerService,
  type RegistryService
} from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { runAction, type ActionRun } from '../../../testbed/runner/index.ts'
import { madeIn, watched } from '../../../test/contract/made.ts'
import { writeScene } from './scene.ts'

const login = { username: 'pusher', password: 'correct-horse-battery' }

const SLOW = `profiles:
  slow:
    ports: [8080]
    volumes: ['storage:/data']
    start-up: {port: 8080, within: 60s}
    checks:
      - command: {run: [sleep, '120'], within: 120s}
`

describeWithServices(['docker', 'registry'], 'the bundle of build-desktop', () => {
  let docker: DockerService
  let registry: RegistryService
  let folder = ''
  const exec = createExec({ env: process.env })

  beforeAll(async () => {
    ;[docker, registry] = await Promise.all([startDocker({ own: true }), startRegistry({ auth: login })])
  }, 120_000)
  afterAll(async () => {
    await Promise.all([docker, registry].map(async (one) => await one[Symbol.asyncDispose]()))
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neurodesk-ci-bundle-'))
    await writeScene(join(folder, 'workspace'))
    await writeFile(join(folder, 'workspace', 'slow.yaml'), SLOW)
  })
  afterEach(async () => await rm(folder, { recursive: true, force: true }))

  const act = async (
    inputs: Record<string, string>,
    onLine?: (line: string, child: () => void) => void
  ): Promise<ActionRun> => {
    let kill = (): void => undefined
    return await runAction({
      action: actionFolder('build-desktop'),
      inputs: {
        image: 'desk',
        registries: `${registry.host}/neurodesk username-env=REGISTRY_USER password-env=REGISTRY_PASSWORD`,
        ...inputs
      },
      env: {
        ...watched(folder),
        ...docker.env,
        REGISTRY_USER: login.username,
        REGISTRY_PASSWORD: login.password
      },
      folder,
      workspace: join(folder, 'workspace'),
      onStart: (child) => {
        kill = () => void child.kill('SIGKILL')
      },
      onLine: (line) => onLine?.(line, kill)
    })
  }
  const inEngine = async (...args: string[]): Promise<string> =>
    (await exec.run('docker', args, { env: docker.env })).stdout.trim()

  test('builds, tests, publishes, and shows the password nowhere', async () => {
    const run = await act({ 'smoke-file': 'smoke.yaml' })
    expect([run.exitCode, run.post?.exitCode]).toEqual([0, 0])
    expect(run.outputs).toMatchObject({ ok: 'true', changed: 'true', 'passed-count': '5' })
    const report = run.outputs['report'] ?? ''
    const encoded = Buffer.from(`${login.username}:${login.password}`).toString('base64')
    const shown = [
      run.raw,
      run.summary,
      JSON.stringify(run.outputs),
      JSON.stringify(run.state),
      await readFile(report, 'utf8')
    ]
    for (const text of shown) {
      expect(text).not.toContain(login.password)
      expect(text).not.toContain(encoded)
    }
    const made = (await madeIn(folder)).map((line) => line.split(' ').slice(0, 2).join(' '))
    expect([...new Set(made)].sort()).toEqual([
      'registered container',
      'registered folder',
      'registered image',
      'registered volume'
    ])
    const left = await readdir(join(folder, 'temp'))
    expect(left.filter((name) => name !== 'neurodesk-ci-reports')).toEqual([])
    expect(await inEngine('ps', '--all', '--quiet')).toBe('')
    // On a machine of one's own an image a day would fill the disk.
    expect(await inEngine('image', 'ls', '--quiet', '--filter', 'reference=neurodesk-ci/*')).toBe('')
  }, 180_000)

  test('killed in the middle of a smoke test: post removes container, volume and folder', async () => {
    let killed = false
    const watch = setInterval(() => undefined, 1000)
    const run = await act({ 'smoke-file': 'slow.yaml' }, (line, kill) => {
      if (!line.includes('Smoke test: slow') || killed) return
      killed = true
      // The group opens before the container is made: wait until it is there.
      void (async () => {
        while ((await inEngine('ps', '--quiet', '--filter', 'name=neurodesk-ci-')) === '')
          await new Promise((resolve) => setTimeout(resolve, 100))
        await new Promise((resolve) => setTimeout(resolve, 1500))
        kill()
      })()
    })
    clearInterval(watch)
    expect(killed).toBe(true)
    expect(run.signal).toBe('SIGKILL')
    expect(run.post?.exitCode).toBe(0)
    const made = await madeIn(folder)
    expect(made.filter((line) => !line.startsWith('registered '))).toEqual([])
    for (const kind of ['container', 'volume'])
      expect(made.some((line) => line.startsWith(`registered ${kind} `))).toBe(true)
    expect(await inEngine('ps', '--all', '--quiet')).toBe('')
    expect(await inEngine('volume', 'ls', '--quiet')).toBe('')
    expect(await readdir(join(folder, 'temp'))).toEqual([])
  }, 180_000)
})
