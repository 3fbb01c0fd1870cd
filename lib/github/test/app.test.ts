import { generateKeyPairSync } from 'node:crypto'

import { describe, expect, test } from '@jest/globals'

import type { AppSeed } from '../../../testbed/github/index.ts'
import { InputError } from '../../failure/index.ts'
import { Refused } from '../index.ts'
import { setUp, type Setting } from './setting.ts'

const ID = '4711'
const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKey = key.publicKey.export({ type: 'spki', format: 'pem' }).toString()
/** As GitHub's page for an App lets it be downloaded. */
const privateKey = key.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()

async function asApp(
  seed: Partial<AppSeed> = {},
  app: { id?: string; privateKey?: string } = {}
): Promise<Setting> {
  return await setUp(
    {
      // The signature is made by the clock of the machine.
      now: Date.now,
      checkResponses: true,
      apps: { [ID]: { slug: 'neurodesk-ci', publicKey, installedOn: ['a/b'], ...seed } }
    },
    '',
    { app: { id: app.id ?? ID, privateKey: app.privateKey ?? privateKey } }
  )
}

const asked = (setting: Setting, operation: string): number =>
  setting.github.requests.filter((one) => one.operation === operation).length

describe('as an App', () => {
  test('one token for the repository serves all requests, and is masked', async () => {
    const setting = await asApp()
    await setting.repository.git.setTag('v1', (await setting.repository.git.branch('main')) ?? '', undefined)
    await Promise.all([setting.repository.about(), setting.repository.releases.list()])
    expect(asked(setting, 'apps/create-installation-access-token')).toBe(1)
    expect(asked(setting, 'apps/get-repo-installation')).toBe(1)
    const write = setting.github.requests.find((one) => one.operation === 'git/create-ref')
    expect(write?.login).toBe('neurodesk-ci[bot]')
    expect(setting.masked).toEqual([expect.stringMatching(/^ghs_/)])
    expect(setting.github.violations).toEqual([])
  })

  test('a key with \\n for its line breaks, as a variable holds it, and one in PKCS#8', async () => {
    const escaped = await asApp({}, { privateKey: privateKey.trim().replaceAll('\n', '\\n') })
    await expect(escaped.repository.about()).resolves.toMatchObject({ defaultBranch: 'main' })
    const pkcs8 = await asApp(
      {},
      { privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
    )
    await expect(pkcs8.repository.about()).resolves.toMatchObject({ defaultBranch: 'main' })
  })

  test('a token that GitHub no longer takes is renewed once, reading and writing, without a wait', async () => {
    const setting = await asApp()
    await setting.repository.about()
    setting.github.revokeAppTokens()
    await setting.repository.dispatchEvent('news', {})
    expect(setting.github.repository('a/b').dispatches).toHaveLength(1)
    setting.github.revokeAppTokens()
    // Refused together: they share one new token.
    await Promise.all([
      setting.repository.about(),
      setting.repository.releases.list(),
      setting.repository.git.tags()
    ])
    expect(asked(setting, 'apps/create-installation-access-token')).toBe(3)
    expect(asked(setting, 'apps/get-repo-installation')).toBe(1)
    expect(setting.waits).toEqual([])
    expect(setting.github.violations).toEqual([])
  })

  test('a 401 with the new token as well is told, and not asked a third time', async () => {
    const setting = await asApp()
    setting.github.fail({ operation: 'repos/get', times: Infinity, kind: { what: 'unauthorized' } })
    const error: unknown = await setting.repository.about().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Refused)
    expect(String(error)).toContain('with a new token as well')
    expect(asked(setting, 'repos/get')).toBe(2)
    expect(setting.waits).toEqual([])
  })

  test('GitHub fails for a moment while the token is asked for', async () => {
    const setting = await asApp()
    setting.github.fail({
      operation: 'apps/create-installation-access-token',
      kind: { what: 'server-error', status: 502 }
    })
    setting.github.fail({ operation: 'apps/get-repo-installation', kind: { what: 'cut' } })
    await expect(setting.repository.about()).resolves.toMatchObject({ defaultBranch: 'main' })
    expect(setting.waits).toHaveLength(2)
  })

  test('a repository on which the App is not installed is no repository without tags', async () => {
    const setting = await asApp({ installedOn: ['a/other'] })
    // find() takes a 404 for "there is none": this one must not be taken so.
    const error: unknown = await setting.repository.git.tag('v1').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect(String(error)).toMatch(/app-id: given "4711".*installed on a\/b/s)
  })

  test.each([
    ['a key of another App', { privateKey: otherKey() }, /app-private-key.*a private key of the App/s],
    ['an ID that nobody has', { id: '12' }, /app-id.*"12"/s]
  ])('%s', async (_, app, expected) => {
    const setting = await asApp({}, app)
    const error: unknown = await setting.repository.about().catch((thrown: unknown) => thrown)
    expect(String(error)).toMatch(expected)
    expect(error).toBeInstanceOf(InputError)
    expect(`${String(error)} ${(error as Error).stack}`).not.toContain(privateKey.split('\n')[1])
  })

  test('what the App may not do names the permission, and where it is given', async () => {
    const suspended = await asApp({ suspended: true })
    await expect(suspended.repository.about()).rejects.toThrow(/403 \(This installation has been suspended\)/)
    const reader = await asApp({ permissions: { contents: 'read', metadata: 'read' } })
    await expect(reader.repository.dispatchEvent('news', {})).rejects.toThrow(
      /an App with contents: write.*accept them where it is installed/s
    )
  })
})

function otherKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString()
}
