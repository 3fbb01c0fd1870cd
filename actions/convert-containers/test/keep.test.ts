/** Folders of releases: whatever stands for a container is read, or the run ends. */
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { createHttp } from '../../../lib/http/index.ts'
import { InputError } from '../../../lib/failure/index.ts'
import { describeOn } from '../../../testbed/jest.ts'
import { noCleanup, noExec, runnerIn, silentLog, stillClock } from '../../../testbed/ports.ts'
import { readKeep } from '../src/keep.ts'

const release = (date: string): string =>
  JSON.stringify({ apps: { 'fsl 6.0': { version: date, exec: '' } }, categories: [] })

describeOn('posix', 'a folder of releases', () => {
  let root: string
  let workspace: string
  const http = createHttp({ userAgent: 'test' })

  beforeEach(async () => {
    root = await fs.realpath(await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-keep-')))
    workspace = path.join(root, 'workspace')
    await write('releases/fsl/6.0.json', release('20250101'))
  })

  afterEach(async () => {
    await fs.rm(root, { recursive: true, force: true })
  })

  async function write(file: string, text: string): Promise<void> {
    await fs.mkdir(path.dirname(path.join(workspace, file)), { recursive: true })
    await fs.writeFile(path.join(workspace, file), text)
  }

  const link = async (target: string, file: string): Promise<void> =>
    await fs.symlink(target, path.join(workspace, file))

  const read = async (): Promise<readonly string[]> => [
    ...(await readKeep(['releases'], {
      exec: noExec,
      http,
      clock: stillClock,
      fs,
      log: silentLog,
      cleanup: noCleanup,
      runner: runnerIn(workspace)
    }))
  ]

  const refusal = async (): Promise<string> =>
    await read().then(
      (names) => `no refusal: ${names.join()}`,
      (error: unknown) => (error instanceof InputError ? (error.problems[0]?.fix ?? '') : String(error))
    )

  test('what repositories have besides is passed over', async () => {
    await write('releases/README.md', 'about')
    await write('releases/fsl/.gitkeep', '')
    expect(await read()).toEqual(['fsl_6.0_20250101'])
  })

  test('links are followed: of a tool, of a release, of the folder itself', async () => {
    await write('elsewhere/ants/2.0.json', release('20240101').replace('fsl 6.0', 'ants 2.0'))
    await write('elsewhere/one.json', release('20230101'))
    await link('../elsewhere/ants', 'releases/ants')
    await link('../../elsewhere/one.json', 'releases/fsl/5.0.json')
    expect(await read()).toEqual([
      'ants_2.0_20240101',
      'fsl_5.0_20230101',
      'fsl_6.0_20230101',
      'fsl_6.0_20250101'
    ])
    await fs.rename(path.join(workspace, 'releases'), path.join(workspace, 'real'))
    await link('real', 'releases')
    expect((await read()).length).toBe(4)
  })

  test.each<[string, () => Promise<void>, string]>([
    [
      'a file beside the tools',
      async () => await write('releases/top.json', '{"a": '),
      'top.json is no folder'
    ],
    [
      'a folder in a tool',
      async () => await write('releases/fsl/old/5.0.json', '{"a": '),
      'fsl/old is no release'
    ],
    [
      'a folder named like a release',
      async () => await write('releases/fsl/5.json/x', ''),
      'fsl/5.json is no release'
    ],
    [
      'another file in a tool',
      async () => await write('releases/fsl/5.0.yaml', ''),
      'fsl/5.0.yaml is no release'
    ],
    [
      'a release that is broken',
      async () => await write('releases/fsl/5.0.json', '{"a": '),
      'fsl/5.0.json is no JSON'
    ],
    [
      'a tool without a release',
      async () => await fs.mkdir(path.join(workspace, 'releases/ants')).then(() => undefined),
      'ants has no release'
    ],
    ['a link to nowhere', async () => await link('../nowhere', 'releases/ants'), 'ENOENT'],
    [
      'a link out of the workspace',
      async () => {
        await fs.mkdir(path.join(root, 'outside/ants'), { recursive: true })
        await fs.writeFile(path.join(root, 'outside/ants/2.0.json'), release('20240101'))
        await link(path.join(root, 'outside/ants'), 'releases/ants')
      },
      'ants leads out of the workspace'
    ],
    [
      'a release that leads out of it',
      async () => {
        await fs.writeFile(path.join(root, 'secret.json'), release('20240101'))
        await link(path.join(root, 'secret.json'), 'releases/fsl/5.0.json')
      },
      'fsl/5.0.json leads out of the workspace'
    ]
  ])('%s ends the run', async (_title, make, reason) => {
    await make()
    expect(await refusal()).toContain(reason)
  })
})
