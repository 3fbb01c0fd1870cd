/** What docs/adding-an-action.md promises: after the generator, every test that holds for all actions is green. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { copyRepository } from '../../scripts/copy-repository.ts'

const NAME = 'check-urls'
let folder = ''

/** Runs it in the copy, and gives what it printed; that is also the failure. */
function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, program), ...args], {
    cwd: folder,
    encoding: 'utf8'
  })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout + stderr
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-new-action-'))
  await copyRepository(folder, 'linked')
  run('scripts/new-action.ts', NAME)
  run('scripts/build.ts', NAME)
}, 180_000)
afterAll(async () => await rm(folder, { recursive: true, force: true }))

test('the type check', () => {
  run('node_modules/typescript/bin/tsc', '--noEmit')
}, 180_000)

test('the tables of its README', () => {
  expect(run('scripts/docs.ts', '--check')).toBe('')
}, 60_000)

test('lint and format', () => {
  run('node_modules/prettier/bin/prettier.cjs', '--check', `actions/${NAME}`)
  run('node_modules/eslint/bin/eslint.js', `actions/${NAME}`)
}, 180_000)

test('its own tests, and those of the whole repository', () => {
  const paths = ['test/manifests', 'test/runbook', 'test/rooms', `actions/${NAME}`]
  const told = run('scripts/test.ts', ...paths)
  for (const file of ['test/manifests', 'test/runbook', 'test/rooms', `actions/${NAME}/test/plan`])
    expect(told).toContain(`PASS ${file}.test.ts`)
}, 180_000)

test('the contract of all actions: bad inputs, unknown ones, ended from outside', () => {
  const contracts = ['test/contract/actions', 'test/contract/secrets']
  const told = run('scripts/test.ts', ...contracts, '-t', `${NAME}|every action`)
  // Two for all; for this one its inputs, and an end by each of three signals.
  expect(/(\d+) passed, \d+ total$/m.exec(told)?.[1]).toBe('2')
  expect(/^Tests: .*\b(\d+) passed/m.exec(told)?.[1]).toBe(process.platform === 'linux' ? '7' : '4')
}, 180_000)

test('the page of the runbook and the rows link to each other', async () => {
  const read = async (file: string): Promise<string> => await readFile(path.join(folder, file), 'utf8')
  expect(await read('README.md')).toContain(`| [${NAME}](actions/${NAME}/README.md) | … | `)
  expect(await read('docs/runbook.md')).toContain(`[${NAME}](runbook/${NAME}.md)`)
  expect(await read(`docs/runbook/${NAME}.md`)).toContain('### url-wrong')
})
