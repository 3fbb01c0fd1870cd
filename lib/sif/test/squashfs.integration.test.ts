/** What mksquashfs makes is read, and what was overwritten in its tables is found. */
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { createExec } from '../../shell/index.ts'
import { findTools } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import { SifError } from '../index.ts'
import { checkTables, parseSuperBlock, type ReadAt } from '../squashfs.ts'

describeWithServices(['squashfs'], 'squashfs', () => {
  let folder: string
  const images = new Map<string, Buffer>()

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(tmpdir(), 'neurodesk-ci-squashfs-'))
    const tree = path.join(folder, 'tree')
    for (let index = 0; index < 40; index++) {
      const below = path.join(tree, `folder${index}`)
      await fs.mkdir(below, { recursive: true })
      for (let file = 0; file < 25; file++)
        await fs.writeFile(path.join(below, `file ${file}`), `${index} ${file}`)
    }
    const exec = createExec({ env: { ...process.env, ...findTools().env } })
    for (const compression of ['gzip', 'zstd', 'xz']) {
      const image = path.join(folder, compression)
      await exec.run('mksquashfs', [tree, image, '-comp', compression, '-no-progress', '-quiet'])
      images.set(compression, await fs.readFile(image))
    }
  }, 60_000)

  afterAll(async () => await fs.rm(folder, { recursive: true, force: true }))

  const reader =
    (bytes: Buffer): ReadAt =>
    (offset, length) =>
      Promise.resolve(bytes.subarray(offset, offset + length))
  const image = (compression: string): Buffer => Buffer.from(images.get(compression) ?? Buffer.alloc(0))
  const verdict = async (bytes: Buffer): Promise<string> => {
    try {
      const found = await checkTables(reader(bytes), parseSuperBlock(bytes.subarray(0, 96), bytes.length))
      return found === undefined ? 'not read' : 'whole'
    } catch (error) {
      if (!(error instanceof SifError)) throw error
      return error.what
    }
  }

  test('whole ones', async () => {
    expect(parseSuperBlock(image('gzip').subarray(0, 96), 1e9)).toMatchObject({
      compression: 'gzip',
      inodes: 1041
    })
    expect(await verdict(image('gzip'))).toBe('whole')
    expect(await verdict(image('zstd'))).toBe('whole')
    // Said, not guessed.
    expect(await verdict(image('xz'))).toBe('not read')
  })

  test.each([
    ['gzip', 1],
    // Its blocks have no checksum: what only changes a date or an owner stays unseen.
    ['zstd', 0.9]
  ])('%s: wherever its inodes were overwritten, it is found', async (compression, share) => {
    const { inodeTable, directoryTable } = parseSuperBlock(image(compression).subarray(0, 96), 1e9)
    const verdicts: string[] = []
    for (let offset = inodeTable; offset < directoryTable - 48; offset += 61) {
      const bytes = image(compression)
      bytes.fill(0x5a, offset, offset + 48)
      verdicts.push(await verdict(bytes))
    }
    expect(verdicts.length).toBeGreaterThan(50)
    expect(verdicts.filter((what) => what !== 'whole').length / verdicts.length).toBeGreaterThanOrEqual(share)
  })

  test('cut off', async () => {
    const bytes = image('gzip')
    const { bytes: used } = parseSuperBlock(bytes.subarray(0, 96), 1e9)
    for (const length of [used - 1, Math.floor(used * 0.9), Math.floor(used / 2), 96]) {
      expect(await verdict(bytes.subarray(0, length))).toBe('truncated')
    }
  })
})
