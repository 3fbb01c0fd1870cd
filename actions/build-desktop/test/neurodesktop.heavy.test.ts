/**
 * The desktop of dockerfiles/neurodesktop: built on a base that debootstrap makes, started in every profile of its
 * smoke file, photographed. Needs Debian's archive.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExec } from '../../../lib/shell/index.ts'
import { top } from '../../../scripts/repository.ts'
import { startDocker, type DockerService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { openDesk, realClock, type Desk } from './desk.ts'

const MIRROR = 'http://deb.debian.org/debian'
const exec = createExec({ env: process.env })

/** debootstrap of the machine, or Debian's package of it, unpacked: it is a script that runs from anywhere. */
async function findDebootstrap(folder: string): Promise<{ command: string; env: Record<string, string> }> {
  const own = await exec.which('debootstrap')
  if (own !== undefined) return { command: own, env: {} }
  await exec.run('apt-get', ['download', 'debootstrap'], { cwd: folder })
  const file = (await readdir(folder)).find((name) => name.endsWith('.deb'))
  if (file === undefined) throw new Error('apt-get downloaded no debootstrap')
  const tree = join(folder, 'debootstrap')
  await exec.run('dpkg', ['-x', join(folder, file), tree])
  return {
    command: join(tree, 'usr/sbin/debootstrap'),
    env: { DEBOOTSTRAP_DIR: join(tree, 'usr/share/debootstrap') }
  }
}

describeWithServices(['docker', 'chromium'], 'the neurodesktop image', () => {
  let docker: DockerService
  let desk: Desk
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'neurodesk-ci-desktop-'))
    docker = await startDocker({ own: true })
    desk = await openDesk({ env: docker.env, clock: realClock })
    await cp(join(top, 'dockerfiles/neurodesktop'), desk.workspace, { recursive: true })
    const base = join(folder, 'base')
    await mkdir(base)
    const debootstrap = await findDebootstrap(folder)
    const args = ['--variant=minbase', 'bookworm', base, MIRROR]
    await exec.run(debootstrap.command, args, { env: debootstrap.env, timeoutMs: 15 * 60_000 })
    const file = join(folder, 'base.tar')
    await exec.run('tar', ['--create', '--file', file, '--directory', base, '--exclude=./dev/*', '.'])
    await exec.run('docker', ['import', file, 'debian-base:bookworm'], { env: docker.env })
    await rm(file)
  }, 20 * 60_000)

  afterAll(async () => {
    await desk[Symbol.asyncDispose]()
    await docker[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  test(
    'passes its smoke file, and its picture shows a desktop',
    async () => {
      const { outcome, left } = await desk.act({
        image: 'neurodesktop',
        'build-args': 'BASE=debian-base:bookworm',
        'tag-build-arg': 'NEURODESKTOP_VERSION',
        'smoke-file': 'smoke.yaml'
      })
      expect(outcome.findings).toEqual([])
      expect(outcome).toMatchObject({
        verdict: 'ok',
        outputs: { 'failed-count': '0', 'untested-count': '0' }
      })
      const [picture] = JSON.parse(outcome.outputs['screenshots'] ?? '[]') as string[]
      expect((await readFile(picture ?? '')).length).toBeGreaterThan(20_000)
      expect(left.filter((one) => one.kind !== 'folder')).toEqual([])
    },
    30 * 60_000
  )
})
