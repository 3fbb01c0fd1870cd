/** A path of the caller that cannot be used is the caller's mistake: told by its name, without a stack, and all else is told. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import http, { type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { readReport } from '../../lib/report/index.ts'
import { actionFolder } from '../../scripts/repository.ts'
import { runAction } from '../../testbed/runner/index.ts'
import { madeIn, watched } from './made.ts'
import { loadSubjects, PATH_INPUT, type Paths, type PathUse } from './contract.ts'

const subjects = await loadSubjects()

/** Looks like a path, and is the name of something else. */
const NO_PATHS: ReadonlySet<string> = new Set([
  // Paths in another repository, and inside of a container.
  'history-path',
  'setup-commands',
  'cache-from',
  'cache-to',
  'no-cache',
  // Words and a time.
  'ignore-config',
  'catalogue-grace',
  // A secret's own text.
  'app-private-key'
])

let answer: RequestListener | undefined
const server = http.createServer((request, response) => {
  if (answer === undefined) response.writeHead(404).end('x')
  else answer(request, response)
})
let base = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Kinds of things that were made, by action. */
const seen = new Set<string>()

const REPORT: PathUse = { is: 'file' }

test('every input that is a path has a run that uses it', () => {
  const without = subjects.flatMap(({ name, schema, contract }) =>
    Object.keys(schema)
      .filter((input) => PATH_INPUT.test(input) && !NO_PATHS.has(input) && input !== 'report-path')
      .filter((input) => contract?.paths?.of[input] === undefined)
      .map((input) => `${name}: ${input}`)
  )
  expect(without).toEqual([])
})

const runs = subjects.flatMap(({ name, contract }) =>
  Object.entries({ ...contract?.paths?.of, 'report-path': REPORT }).flatMap(([input, use]) => {
    const wrong = use.is === 'file' ? ['a-folder'] : use.is === 'folder' ? ['a-file'] : []
    return [...wrong, 'a-file/x'].map((value) => [name, input, value, use, contract] as const)
  })
)

test.each(runs)('%s, %s: %s', async (name, input, value, use, contract) => {
  const paths: Paths = contract?.paths ?? { inputs: contract?.busy.inputs ?? (() => ({})), of: {} }
  const folder = await mkdtemp(path.join(tmpdir(), 'neurodesk-ci-paths-'))
  const own = await paths.open?.()
  try {
    await writeFile(path.join(folder, 'a-file'), 'x')
    await mkdir(path.join(folder, 'a-folder'))
    await writeFile(path.join(folder, 'a-folder', 'a'), 'x')
    await paths.prepare?.(folder)
    answer = paths.answer
    const url = own?.url ?? base
    const run = await runAction({
      action: actionFolder(name),
      folder,
      inputs: { ...paths.inputs(url), ...use.inputs?.(url), [input]: value },
      env: {
        ...paths.env?.(url),
        ...watched(folder),
        PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`
      },
      timeoutMs: 60_000,
      post: false
    })
    // What is made on the way is in the state before it is there; these runs get further than any that is ended early.
    const made = await madeIn(folder)
    expect(made.filter((line) => !line.startsWith('registered '))).toEqual([])
    for (const line of made) seen.add(`${name}: ${line.split(' ')[1] ?? ''}`)
    expect(run.log).not.toContain('bug of the action')
    expect(run.raw).not.toMatch(/^\s+at .*:\d+/m)
    // As Node says it: `EISDIR: illegal operation on a directory, read`.
    const told = run.annotations.map(({ message }) => message)
    expect(told.join('\n')).not.toMatch(/\bE[A-Z]{4,}: /)
    expect(told.filter((message) => message.includes(input) || message.includes(value))).not.toEqual([])
    // All that there is to say is said, whatever cannot be written.
    expect(run.outputs['ok']).toMatch(/^(?:true|false)$/)
    expect(run.summary).not.toBe('')
    if (input !== 'report-path')
      expect(readReport(await readFile(run.outputs['report'] ?? '', 'utf8'))).toHaveProperty('report')
  } finally {
    await own?.close()
    await rm(folder, { recursive: true, force: true })
  }
})

test('what was made, was seen being made', () => {
  expect([...seen]).toEqual(
    expect.arrayContaining([...subjects.map(({ name }) => `${name}: folder`), 'build-desktop: image'])
  )
})
