import { expect, test } from '@jest/globals'

import { InputError, type InputProblem } from '../index.ts'

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
