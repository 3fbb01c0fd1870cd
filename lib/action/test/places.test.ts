import { expect, test } from '@jest/globals'

import { InputError } from '../../failure/index.ts'
import { duration, lines, secret, text } from '../fields.ts'
import { blameInput } from '../places.ts'

const schema = {
  context: text({ default: '.' }),
  'work-dir': text({ default: '' }),
  'junit-path': text({ default: '' }),
  'log-file': text({ default: 'cvmfs/log.txt' }),
  keep: lines(),
  token: secret(),
  timeout: duration('1s')
}

function fault(path: string, code = 'ENOTDIR', more: object = {}): Error {
  return Object.assign(new Error(`${code}: text, open '${path}'`), { code, syscall: 'open', path, ...more })
}

test.each([
  ['the path itself', fault('/w/a/x.xml'), 'junit-path', 'a/x.xml'],
  ['a folder that was to be made for it', fault('/w/a', 'EEXIST'), 'junit-path', 'a/x.xml'],
  ['what lies below it', fault('/big/.scratch/x'), 'work-dir', '/big'],
  ['the nearest of two', fault('/big/keep/one/x'), 'keep', '/big/keep/one'],
  ['a default', fault('/w/cvmfs', 'EACCES'), 'log-file', 'cvmfs/log.txt'],
  [
    'the new name of a rename',
    fault('/w/a/x.xml.1.tmp', 'EISDIR', { dest: '/w/a/x.xml' }),
    'junit-path',
    'a/x.xml'
  ],
  ['a relative name', fault('a/x.xml'), 'junit-path', 'a/x.xml'],
  ['the workspace itself', fault('/w'), 'context', '.']
])('%s leads to the input', (_what, error, input, given) => {
  const env = {
    'INPUT_JUNIT-PATH': ' a/x.xml ',
    'INPUT_WORK-DIR': '/big',
    INPUT_KEEP: '/other\n/big/keep/one # cited\n',
    INPUT_TOKEN: '/secret'
  }
  const blamed = blameInput(error, schema, env, '/w')
  expect(blamed).toBeInstanceOf(InputError)
  expect(blamed?.problems).toMatchObject([{ input, given }])
  expect(blamed?.message).toMatch(/; allowed: another path: \S+ cannot be used: .+ Fix: change `[a-z-]+:`/)
})

test.each([
  ['a file that the action chose', fault('/tmp/runner/x')],
  ['a file of the workspace that no input names', fault('/w/b/x')],
  ['a neighbour whose name begins alike', fault('/bigger/x')],
  ['what only a secret names', fault('/secret')],
  ['a full disk', fault('/big/x', 'ENOSPC')],
  ['an error without a path', fault('/w', 'EISDIR', { path: undefined })],
  ['a bug', new TypeError('x is undefined')]
])('%s leads to none', (_what, error) => {
  const env = { 'INPUT_WORK-DIR': '/big', INPUT_TOKEN: '/secret' }
  expect(blameInput(error, schema, env, '/w')).toBeUndefined()
})
