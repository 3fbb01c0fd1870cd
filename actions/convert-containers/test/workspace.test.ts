import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { noCleanup, realClock, silentLog } from '../../../testbed/ports.ts'
import { expectTwoFolders, openScratch, SILENCE_MS } from '../src/workspace.ts'

const ports = { fs, cleanup: noCleanup, log: silentLog, clock: realClock }
/** As of another PID namespace: no process here has it. */
const FOREIGN = 4_999_999

describe('the scratch folder of a run', () => {
  let folder: string

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-scratch-'))
  })

  afterEach(async () => {
    await fs.rm(folder, { recursive: true, force: true })
  })

  const age = async (place: string): Promise<void> => {
    const then = new Date(Date.now() - SILENCE_MS - 1000)
    await fs.utimes(place, then, then)
  }

  test('stays while its run lives, whoever sees its process', async () => {
    const other = await openScratch(ports, folder, FOREIGN)
    await fs.writeFile(path.join(other.scratch, 'layers'), 'half done')
    // The folder itself is old: nothing was made in it for long.
    await age(other.scratch)
    const own = await openScratch(ports, folder, process.pid)
    expect((await fs.readdir(other.scratch)).sort()).toEqual(['alive', 'layers'])
    await other.close()
    await own.close()
    expect(await fs.readdir(folder)).toEqual([])
  })

  test('shows that it lives again and again', async () => {
    const other = await openScratch(ports, folder, FOREIGN, 20)
    await age(path.join(other.scratch, 'alive'))
    await sleep(500)
    const own = await openScratch(ports, folder, process.pid)
    expect(await fs.readdir(other.scratch)).toEqual(['alive'])
    await other.close()
    await own.close()
  })

  test('goes when its run has long been silent, also where another process has its number', async () => {
    const left = path.join(folder, `.neurodesk-convert-${process.pid}-0123abcd`)
    await fs.mkdir(path.join(left, 'rootfs'), { recursive: true })
    await fs.writeFile(path.join(left, 'alive'), '')
    await age(path.join(left, 'alive'))
    const bare = path.join(folder, '.neurodesk-convert-1-0123abce')
    await fs.mkdir(bare)
    await age(bare)
    const young = path.join(folder, `.neurodesk-convert-${FOREIGN}-0123abcf`)
    await fs.mkdir(young)
    const own = await openScratch(ports, folder, process.pid)
    expect((await fs.readdir(folder)).sort()).toEqual(
      [path.basename(young), path.basename(own.scratch)].sort()
    )
    await own.close()
  })
})

test('a work folder that a link makes the cache is refused: it would be emptied', async () => {
  const workspace = await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-folders-'))
  try {
    await fs.mkdir(path.join(workspace, 'sifs/below'), { recursive: true })
    await fs.symlink('sifs', path.join(workspace, 'link'))
    const given = async (workDir: string): Promise<string> =>
      await expectTwoFolders({ workDir, localCache: 'sifs' }, { fs, runner: { workspace } }).then(
        () => 'two',
        (error: unknown) => String(error)
      )
    for (const one of ['link', 'link/', 'sifs', path.join(workspace, 'link')])
      expect([one, await given(one)]).toEqual([one, expect.stringContaining('work-dir')])
    for (const other of ['', 'new', 'link/below']) expect([other, await given(other)]).toEqual([other, 'two'])
  } finally {
    await fs.rm(workspace, { recursive: true })
  }
})
