/** The built bundle as the runner runs it: secrets stay secret, and nothing is left. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
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
  })
  afterEach(async () => await rm(folder, { recursive: true, force: true }))

  const act = async (inputs: Record<string, string>): Promise<ActionRun> => {
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
      workspace: join(folder, 'workspace')
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
})
