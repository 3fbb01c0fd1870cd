import { generateKeyPairSync } from 'node:crypto'

import { describe, expect, test } from '@jest/globals'

import { InputError } from '../../failure/index.ts'
import { checkApp, identityOf, mayAsk } from '../app.ts'
import { common } from '../common.ts'
import { readInputs, secretsOf } from '../read.ts'

const schema = {
  token: common.token,
  'app-id': common['app-id'],
  'app-private-key': common['app-private-key']
} as const

const pem = (type: 'rsa' | 'ec'): string => {
  const pair =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}
const key = pem('rsa')

function read(given: Readonly<Record<string, string>>): ReturnType<typeof identityOf> {
  const env = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  )
  return identityOf(readInputs(schema, env, checkApp))
}

describe('the inputs of an App', () => {
  test('the App acts where one is given, else the token', () => {
    expect(read({ token: 'x', 'app-id': 'Iv23liABCdef12345678', 'app-private-key': key })).toEqual({
      token: 'x',
      app: { id: 'Iv23liABCdef12345678', privateKey: key.trim() }
    })
    expect(read({ token: 'x' })).toEqual({ token: 'x', app: undefined })
  })

  test('line breaks as two characters, and those of Windows', () => {
    for (const written of [key.trim().replaceAll('\n', '\\n'), key.replaceAll('\n', '\r\n')]) {
      expect(read({ 'app-id': '12', 'app-private-key': written }).app?.privateKey).toBe(key.trim())
    }
  })

  test.each([
    [
      'half of it',
      { 'app-id': '12' },
      /app-private-key: given nothing; allowed: something, as `app-id` is given/
    ],
    ['the other half', { 'app-private-key': key }, /app-id: given nothing; allowed: something/],
    [
      'a name in place of the ID',
      { 'app-id': 'neurodesk-ci', 'app-private-key': key },
      /app-id: given "neurodesk-ci"/
    ],
    [
      'the first line alone',
      { 'app-id': '1', 'app-private-key': '-----BEGIN RSA PRIVATE KEY-----' },
      /app-private-key: given "\*\*\*".*its first and last line/
    ],
    [
      'a key that cannot sign for an App',
      { 'app-id': '1', 'app-private-key': pem('ec') },
      /app-private-key: given "\*\*\*".*RSA/
    ]
  ])('%s is refused', (_, given, expected) => {
    const error = (() => {
      try {
        read(given as unknown as Record<string, string>)
      } catch (thrown) {
        return thrown
      }
      return undefined
    })()
    expect(error).toBeInstanceOf(InputError)
    expect(String(error)).toMatch(expected)
    expect(String(error)).not.toContain(key.split('\n')[1])
  })

  test('the key is a secret; a token or an App is enough to ask', () => {
    expect(secretsOf(schema, { 'INPUT_APP-PRIVATE-KEY': key })).toEqual([key.trim()])
    expect([
      mayAsk({ token: '', appId: '', appPrivateKey: '' }),
      mayAsk({ token: 'x', appId: '', appPrivateKey: '' }),
      mayAsk({ token: '', appId: '1', appPrivateKey: key })
    ]).toEqual([false, true, true])
  })
})
