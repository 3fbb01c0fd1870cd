import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { fileFaultOf, InputError, isExpected, messageOf, type InputProblem } from '../index.ts'

test.each<[string, InputProblem, string]>([
  [
    'one of a few',
    { input: 'mode', given: 'al', allowed: 'one of all, build' },
    'mode: given "al"; allowed: one of all, build. Fix: change `mode:` in `with:` to one of these'
  ],
  [
    'a form',
    { input: 'timeout', given: 'long', allowed: 'a number with s, m, h or d' },
    'timeout: given "long"; allowed: a number with s, m, h or d. Fix: change `timeout:` in `with:` to what is allowed'
  ],
  [
    'nothing was given',
    { input: 'servers', given: '', allowed: 'a host' },
    'servers: given nothing; allowed: a host. Fix: add `servers:` to `with:`'
  ],
  [
    'nothing is allowed',
    { input: 'only', given: 'fsl*', allowed: 'nothing with mode retain' },
    'only: given "fsl*"; allowed: nothing with mode retain. Fix: take `only:` out of `with:`'
  ],
  [
    'a secret',
    { input: 'token', given: '***', allowed: 'a secret without line breaks' },
    'token: given "***"; allowed: a secret without line breaks. Fix: store that secret anew, and give it to `token:` in `with:`'
  ],
  [
    'a line of a file',
    { input: 'smoke-file smoke.yaml, line 4', given: 'x', allowed: 'a number' },
    'smoke-file smoke.yaml, line 4: given "x"; allowed: a number. Fix: change it there'
  ],
  [
    'who knows better says so',
    { input: 'stores', given: 'a', allowed: 'a name of its own', fix: 'add `name=…`' },
    'stores: given "a"; allowed: a name of its own. Fix: add `name=…`'
  ]
])('%s', (_what, problem, message) => {
  expect(new InputError([problem]).message).toBe(message)
})

test('all problems stand in one message, one a line', () => {
  const problem = { input: 'a', given: 'b', allowed: 'c' }
  expect(new InputError([problem, problem]).message.split('\n')).toHaveLength(2)
})

let folder = ''
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(tmpdir(), 'failure-'))
  await fs.writeFile(path.join(folder, 'file'), 'x')
  await fs.mkdir(path.join(folder, 'sub'))
})
afterAll(async () => await fs.rm(folder, { recursive: true }))

const thrown = async (work: Promise<unknown>): Promise<unknown> =>
  await work.then(
    () => undefined,
    (error: unknown) => error
  )

test.each<[string, (at: (name: string) => string) => Promise<unknown>, string, string | undefined]>([
  ['read what is not there', (at) => fs.readFile(at('no')), 'ENOENT', 'no'],
  ['read below a file', (at) => fs.readFile(at('file/x')), 'ENOTDIR', 'file/x'],
  // Node does not say which.
  ['read a folder', (at) => fs.readFile(at('.')), 'EISDIR', undefined],
  ['write a folder', (at) => fs.writeFile(at('.'), ''), 'EISDIR', '.'],
  ['make what is a file', (at) => fs.mkdir(at('file'), { recursive: true }), 'EEXIST', 'file'],
  ['make below a file', (at) => fs.mkdir(at('file/a/b'), { recursive: true }), 'ENOTDIR', 'file/a/b'],
  ['rename to a folder', (at) => fs.rename(at('file'), at('sub')), 'EISDIR', 'sub'],
  ['list a file', (at) => fs.readdir(at('file')), 'ENOTDIR', 'file'],
  ['a long name', (at) => fs.stat(at('x'.repeat(300))), 'ENAMETOOLONG', 'x'.repeat(300)]
])('a fault of the file system is no bug: %s', async (_what, work, code, name) => {
  const error = await thrown(work((one) => path.join(folder, one)))
  expect(isExpected(error)).toBe(true)
  const fault = fileFaultOf(error)
  expect(fault).toMatchObject({ code, ofPath: true })
  expect(fault?.path).toBe(name === undefined ? undefined : path.join(folder, name))
  expect(messageOf(error)).toMatch(
    name === undefined ? /^it is a folder, .* \(EISDIR\)$/ : /^\/.* cannot be used: .+ \(E[A-Z]+\)$/
  )
})

test('a full disk is no bug either, and no other path is asked for', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write'
  })
  expect(isExpected(full)).toBe(true)
  expect(fileFaultOf(full)).toMatchObject({ ofPath: false, path: undefined })
})

test.each([
  new TypeError('x is undefined'),
  Object.assign(new Error('spawn x ENOENT'), { code: 'ENOENT', syscall: 'spawn x', path: 'x' }),
  Object.assign(new Error('connect ENOENT /run/x.sock'), { code: 'ENOENT', syscall: 'connect' }),
  Object.assign(new Error('EBADF: bad file descriptor, read'), { code: 'EBADF', syscall: 'read' })
])('%s is a bug', (error) => {
  expect(isExpected(error)).toBe(false)
})
