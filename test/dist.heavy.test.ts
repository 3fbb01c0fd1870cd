/** A real bundle, with octokit and chunks that are loaded late, is the same bytes from any folder. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import { compareBundle } from '../scripts/compare-bundle.ts'
import { copyRepository } from '../scripts/copy-repository.ts'
import { top } from '../scripts/repository.ts'

test('built here and in a copy of another depth', async () => {
  const name = 'report-problem'
  const folder = await mkdtemp(path.join(tmpdir(), 'dist-'))
  try {
    const copy = path.join(folder, 'of another', 'name')
    await copyRepository(copy, 'whole')
    for (const at of [top, copy]) {
      const out = path.join(folder, at === top ? 'here' : 'there')
      execFileSync(process.execPath, [path.join(at, 'scripts', 'build.ts'), name, '--out', out], {
        stdio: 'ignore'
      })
    }
    const [here, there] = ['here', 'there'].map((out) => path.join(folder, out, name)) as [string, string]
    expect((await readdir(here)).filter((file) => /^\d+\.index\.js$/.test(file)).length).toBeGreaterThan(0)
    expect(await compareBundle(name, here, there)).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 180_000)
