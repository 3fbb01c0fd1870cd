import { describe, expect, test } from '@jest/globals'

import { common, entries, grammars, isSkipped, readLogins, refuseLogin } from '../index.ts'

const read = (text: string) => common.registries.parse(text)

test.each([
  ['docker.io/', true],
  ['docker.io/vnmd', false],
  ['docker.io/vnmd/', false],
  ['localhost:5000/', true]
])('%s is left out: %s', (line, expected) => {
  expect(read(line).map(isSkipped)).toEqual([expected])
})

describe('what a login may look like', () => {
  const { parse } = entries({ ...grammars.registries, refuse: refuseLogin })
  test.each([
    'docker.io/vnmd username-env=A',
    'docker.io/vnmd password-env=A',
    'docker.io/ username-env=A',
    'docker.io/vnmd username-env=A password-env=B-C',
    'docker.io/vnmd username-env=1A password-env=B'
  ])('%s is refused', (line) => {
    expect(() => parse(line)).toThrow()
  })
  test.each(['docker.io/vnmd', 'docker.io/vnmd username-env=_A password-env=b1'])('%s is taken', (line) => {
    expect(parse(line)).toHaveLength(1)
  })
})

describe('readLogins', () => {
  const two = read(
    'docker.io/vnmd username-env=U password-env=P\nghcr.io/x username-env=V password-env=Q\nquay.io/y'
  )

  test('gives each entry its own; a line without variables has none', () => {
    const logins = readLogins(two, { U: 'u', P: 'p', V: 'v', Q: 'q' })
    expect([...logins].map(([{ value }, login]) => [value, login])).toEqual([
      ['docker.io/vnmd', { username: 'u', password: 'p' }],
      ['ghcr.io/x', { username: 'v', password: 'q' }]
    ])
  })

  test('both empty is a fork: nobody is logged in', () => {
    expect(readLogins(two, { U: '', V: 'v', Q: 'q' }).size).toBe(1)
  })

  test('one of two is a mistake; all of them are told, without a value', () => {
    const run = (): unknown => readLogins(two, { U: 'the-user', Q: 'the-password' })
    expect(run).toThrow(/P is empty[^]*V is empty/)
    expect(run).not.toThrow(/the-user|the-password/)
  })

  test('a line that is left out needs none', () => {
    expect(readLogins(read('docker.io/ username-env=U password-env=P'), { U: 'u' }).size).toBe(0)
  })
})
