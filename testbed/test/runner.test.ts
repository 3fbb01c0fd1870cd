/** The runner itself, on an action of a few lines. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { REPORT_SCHEMA } from '../../lib/report/index.ts'
import { runAction } from '../runner/index.ts'

const ACTION = `name: small
description: small
outputs:
  report: { description: where }
runs: { using: node24, main: dist/index.mjs, post: dist/index.mjs }
`
const REPORT = {
  schema: REPORT_SCHEMA,
  action: 'small',
  started: '2026-01-01T00:00:00.000Z',
  finished: '2026-01-01T00:00:01.000Z',
  verdict: 'ok',
  headline: 'All is well.',
  findings: [],
  figures: {}
}

let action = ''
beforeEach(async () => {
  action = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-small-'))
  await mkdir(path.join(action, 'dist'))
  await writeFile(path.join(action, 'action.yml'), ACTION)
})
afterEach(async () => await rm(action, { recursive: true }))

async function write(main: string, post = ''): Promise<void> {
  await writeFile(
    path.join(action, 'dist', 'index.mjs'),
    `import { appendFileSync, writeFileSync } from 'node:fs'
const { env } = process
if (env.STATE_isPost === 'true') { ${post} } else {
  appendFileSync(env.GITHUB_STATE, 'isPost=true\\n')
  ${main}
}
`
  )
}

const reporting = (report: object): string =>
  `writeFileSync(env.RUNNER_TEMP + '/r.json', ${JSON.stringify(JSON.stringify(report))})
   appendFileSync(env.GITHUB_OUTPUT, 'report=' + env.RUNNER_TEMP + '/r.json\\n')`

test('all that a step can give away is kept: the debug lines of post, GITHUB_ENV, GITHUB_PATH', async () => {
  await write(
    `appendFileSync(env.GITHUB_ENV, 'A=hunter2\\n'); appendFileSync(env.GITHUB_PATH, '/hunter3\\n')`,
    `console.log('::debug::hunter4'); console.log('::add-mask::hunter5')`
  )
  const { files, post, raw } = await runAction({ action })
  expect(files).toEqual({ env: 'A=hunter2\n', path: '/hunter3\n' })
  expect(post?.raw).toContain('::debug::hunter4')
  expect([raw, post?.raw].join('\n')).not.toContain('hunter5')
})

test('a report that readers would refuse fails the run that wrote it', async () => {
  await write(reporting({ ...REPORT, figures: { 'thing-count': null } }))
  await expect(runAction({ action })).rejects.toThrow('is no report: figures are not numbers by name')
  await write(reporting({ ...REPORT, more: 1 }))
  await expect(runAction({ action })).rejects.toThrow('more is not known')
  await write(reporting(REPORT))
  expect((await runAction({ action })).exitCode).toBe(0)
})
