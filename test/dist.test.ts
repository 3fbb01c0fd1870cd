/** The check of the bundles sees every difference: a byte, a file that is missing, and one that nobody builds. */
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { compareBundle } from '../scripts/compare-bundle.ts'
import { top } from '../scripts/repository.ts'
import { uncommitted } from '../scripts/uncommitted.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dist-'))
})
afterEach(async () => await rm(folder, { recursive: true, force: true }))

async function compare(
  committed: Readonly<Record<string, string>>,
  built: Readonly<Record<string, string>>
): Promise<readonly string[]> {
  for (const [name, files] of Object.entries({ committed, built })) {
    for (const [file, content] of Object.entries(files)) {
      const at = path.join(folder, name, file)
      await mkdir(path.dirname(at), { recursive: true })
      await writeFile(at, content)
    }
  }
  return await compareBundle('release', path.join(folder, 'committed'), path.join(folder, 'built'))
}

const BUNDLE = { 'index.js': 'main()', '891.index.js': 'late()', 'licenses.txt': 'MIT' }

test('the same bytes are no difference', async () => {
  expect(await compare(BUNDLE, BUNDLE)).toEqual([])
})

test('a byte of a chunk, a chunk that is missing, one too many, one below a folder', async () => {
  const { 'licenses.txt': licenses, ...rest } = BUNDLE
  expect(
    await compare(
      { ...BUNDLE, '891.index.js': 'late( )', '7.index.js': 'old()', 'lib/extra.js': 'x()' },
      { ...rest, '815.index.js': 'new()', 'licenses.txt': licenses }
    )
  ).toEqual([
    'release: dist/7.index.js is not built any more',
    'release: dist/815.index.js is missing',
    'release: dist/891.index.js differs',
    'release: dist/lib/extra.js is not built any more'
  ])
})

test('no bundle at all', async () => {
  expect(await compare({}, { 'index.js': 'main()' })).toEqual(['release: dist/index.js is missing'])
})

test('what is not committed as it lies there: changed, deleted, new, and what .gitignore hides', async () => {
  const git = (...args: string[]): void => {
    const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.org']
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' })
  }
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await writeFile(path.join(folder, file), text)
  }
  git('init', '--quiet')
  await cp(path.join(top, '.gitignore'), path.join(folder, '.gitignore'))
  for (const file of ['index.js', '1.index.js', '2.index.js'])
    await write(`actions/release/dist/${file}`, 'x')
  git('add', '.')
  git('commit', '--quiet', '-m', 'x')
  expect(uncommitted(folder)).toEqual([])

  await write('actions/release/dist/1.index.js', 'y')
  await rm(path.join(folder, 'actions/release/dist/2.index.js'))
  await write('actions/release/dist/3.index.js', 'x')
  await write('actions/release/dist/lib/debug.log', 'x')
  await write('actions/new/dist/coverage/index.js', 'x')
  await write('actions/new/src/index.ts', 'elsewhere: no business of this check')
  expect([...uncommitted(folder)].sort()).toEqual([
    'not committed:  D actions/release/dist/2.index.js',
    'not committed:  M actions/release/dist/1.index.js',
    'not committed: !! actions/new/dist/coverage/',
    'not committed: !! actions/release/dist/lib/debug.log',
    'not committed: ?? actions/release/dist/3.index.js'
  ])
})
