/** Tools that are not on PATH, by the built bundle: what a mirror serves is used only when it is what was published. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'

import { APPTAINER, RCLONE } from '../../../lib/tools/index.ts'
import { findTools, localStore, type StoreService } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { createWorld, listOf, NAMES, reportOf, type World } from './world.ts'

// Each test runs the bundle, on machines that do other things as well.
jest.setTimeout(120_000)

const wrong = Buffer.from('#!/bin/sh\ntouch "$RUNNER_TEMP/../ran"\n')
const sum = createHash('sha256').update(wrong).digest('hex')

describeWithServices(['registry', 'rclone', 'fixtures'], 'a mirror with other files', () => {
  let world: World
  let store: StoreService
  let mirror: Server
  let url: string
  let folder: string
  const requests: string[] = []

  beforeAll(async () => {
    world = await createWorld()
    store = await localStore()
    mirror = createServer((request, response) => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
      response.end(wrong)
    })
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/tools`
    folder = await mkdtemp(path.join(world.workspace, 'runner-'))
    await mkdir(path.join(folder, 'none'))
    await mkdir(path.join(folder, 'rclone'))
    await symlink(findTools().paths['rclone'] ?? '', path.join(folder, 'rclone', 'rclone'))
  }, 60_000)

  afterAll(async () => {
    mirror.close()
    await store[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
    await world[Symbol.asyncDispose]()
  })

  const kept = async (): Promise<readonly string[]> => [
    ...(await readdir(path.join(folder, 'tool-cache')).catch(() => [])),
    ...(await readdir(path.join(folder, 'temp')).catch(() => [])).filter((name) => !name.startsWith('report'))
  ]

  test('Apptainer: refused by its checksum, for each container; nothing is run or kept', async () => {
    const run = await world.run(
      {
        mode: 'convert',
        stores: `${store.remote} name=one public-url=${store.publicUrl}`,
        'tool-mirror': `${url}/`,
        'work-dir': 'work'
      },
      { folder, env: { PATH: path.join(folder, 'rclone') } }
    )
    expect([run.exitCode, listOf(run, 'failed')]).toEqual([1, NAMES])
    const { findings } = await reportOf(world)
    const told = findings.find(({ id }) => id === 'convert-failed')?.message ?? ''
    const name = path.basename(APPTAINER.files.x64?.url ?? '')
    expect(told).toContain(`${url}/${name} is not the file that was published`)
    expect(told).toContain(`SHA-256 is ${sum}, published is ${APPTAINER.files.x64?.sha256 ?? '?'}`)
    expect(told).toContain('Nothing was run or kept')
    // Asked once for all containers, and not again: another file does not become the right one.
    expect(requests).toEqual([`GET /tools/${name}`])
    expect([await kept(), await readdir(path.join(world.workspace, 'work'))]).toEqual([[], []])
    expect(await readdir(folder)).not.toContain('ran')
  })

  test('rclone: the run ends before anything is looked at', async () => {
    requests.length = 0
    const run = await world.run(
      { stores: `${store.remote} name=one`, 'tool-mirror': url },
      { folder, env: { PATH: path.join(folder, 'none') } }
    )
    expect(run.exitCode).toBe(1)
    expect(run.annotations[0]?.message).toContain('is not the file that was published')
    expect(requests).toEqual([`GET /tools/${path.basename(RCLONE.files.x64?.url ?? '')}`])
    expect(await kept()).toEqual([])
  })

  test.each([
    ['https://user:pass@mirror.example.org/', 'a login in it'],
    ['https://mirror.example.org/?sig=1', 'a query'],
    ['/srv/mirror', 'a folder']
  ])('%s is refused: %s', async (given) => {
    const run = await world.run({ stores: `${store.remote} name=one`, 'tool-mirror': given })
    expect([run.exitCode, run.annotations[0]?.message]).toEqual([
      1,
      expect.stringContaining('an http(s) URL without user, query and fragment')
    ])
  })
})
