/** Machines without mksquashfs on PATH, by the built bundle: Apptainer may have one of its own, or nobody has. */
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals'

import { findTools, localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { createWorld, listOf, NAMES, reportOf, type World } from './world.ts'

// Each test runs the bundle, on machines that do other things as well.
jest.setTimeout(120_000)

/** Where Apptainer looks besides PATH (`binary path` in apptainer.conf). */
const PLACES = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Runs a program where a file is an empty one that cannot be run; nobody else sees that. */
const HIDE = `for place in ${PLACES.join(' ')}; do
  if test -e "$place/mksquashfs"; then mount --bind /dev/null "$place/mksquashfs" || exit 97; fi
done
exec "$@"`
const inside = (command: readonly string[]): readonly string[] => ['-m', 'sh', '-c', HIDE, 'sh', ...command]
const canHide = spawnSync('unshare', inside(['true'])).status === 0

describeWithServices(['registry', 'apptainer', 'rclone', 'fixtures'], 'no mksquashfs on PATH', () => {
  let world: World
  let store: StoreService
  let bin: string
  let inputs: Record<string, string>
  const { paths } = findTools()

  beforeAll(async () => {
    world = await createWorld()
    store = await localStore()
    inputs = { mode: 'convert', stores: `${store.remote} name=one public-url=${store.publicUrl}` }
  }, 60_000)

  afterAll(async () => {
    await store[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })

  beforeEach(async () => {
    bin = await mkdtemp(path.join(world.workspace, 'bin-'))
    for (const name of ['rclone', 'unsquashfs'] as const)
      await symlink(paths[name] ?? '', path.join(bin, name))
    for (const name of await readdir(store.folder))
      await rm(path.join(store.folder, name), { recursive: true })
  })

  test('Apptainer has its own: it makes all images, and the log says why', async () => {
    await symlink(paths.apptainer ?? '', path.join(bin, 'apptainer'))
    const run = await world.run(inputs, { env: { PATH: bin } })
    expect([run.exitCode, listOf(run, 'converted')]).toEqual([0, NAMES])
    expect(run.log).toMatch(/Apptainer unpacks the images, which takes more disk: mksquashfs is not on PATH/)
    expect(run.log).not.toMatch(/of layers are/)
  })

  const testHidden = canHide ? test : test.skip
  testHidden.each(['stream', 'apptainer'])(
    '%s: nobody has one: one message, and nothing is pulled for it',
    async (converter) => {
      const wrapper = path.join(bin, 'apptainer')
      const command = ['/usr/bin/unshare', ...inside([paths.apptainer ?? ''])]
      const quoted = command.map((word) => `'${word}'`).join(' ')
      await writeFile(wrapper, `#!/bin/sh\nPATH=/usr/bin:/bin exec ${quoted} "$@"\n`)
      await chmod(wrapper, 0o755)
      await mkdir(path.join(world.workspace, 'work'), { recursive: true })
      const before = await world.requests()
      const run = await world.run({ ...inputs, converter, 'work-dir': 'work' }, { env: { PATH: bin } })
      expect([run.exitCode, listOf(run, 'converted'), listOf(run, 'failed')]).toEqual([1, [], NAMES])
      const { findings, figures } = await reportOf(world)
      expect(findings.filter(({ id }) => id.startsWith('conver'))).toEqual([
        expect.objectContaining({
          id: 'converter-missing',
          subject: 'mksquashfs',
          message:
            '3 containers could not be converted: mksquashfs is neither on PATH nor where Apptainer looks for it'
        })
      ])
      // Who reads no more than the first line of the failure sees it.
      expect(run.annotations[0]?.message.split('\n')[1]).toMatch(/^mksquashfs: 3 containers could not be/)
      expect(figures['pull-count']).toBe(0)
      expect(await readdir(path.join(world.workspace, 'work'))).toEqual([])
      expect((await world.requests()).slice(before.length)).not.toMatch(/manifests\/sha256/)
    }
  )
})
