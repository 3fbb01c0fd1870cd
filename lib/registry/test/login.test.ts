/** Getting in: tokens, passwords, and where they must not go. */
import { describe, expect, test } from '@jest/globals'
import { at, parsePlatform } from '../index.ts'
import { digest } from './fake-registry.ts'
import { repository, seed, setUp } from './scene.ts'

describe('getting in', () => {
  const login = { username: 'user', password: 'word' }

  test('the token dance: one challenge, one token for a repository, masked, renewed before it ends', async () => {
    const { fake, registry, masked, advance } = await setUp(
      { auth: 'token', ...login, tokenLifeSeconds: 60 },
      login
    )
    seed(fake)
    const reference = at(repository(fake), 'latest')
    await registry.resolve(reference)
    await registry.image(reference, parsePlatform('linux/amd64'))
    expect(fake.requests.map((one) => one.authorization)).toEqual(['', 'Bearer', 'Bearer', 'Bearer'])
    expect(fake.tokenRequests).toHaveLength(1)
    expect(fake.tokenRequests[0]?.query.getAll('scope')).toEqual(['repository:neurodesk/desk:pull'])
    expect(fake.tokenRequests[0]?.query.get('service')).toBe('fake')
    expect(masked).toHaveLength(1)
    advance(50_000)
    await registry.resolve(reference)
    expect(fake.tokenRequests).toHaveLength(2)
    expect(fake.requests.at(-1)?.authorization).toBe('Bearer')
  })

  test('a token that ended in the middle is renewed once', async () => {
    const { fake, registry } = await setUp({ auth: 'token', ...login }, login)
    seed(fake)
    const reference = at(repository(fake), 'latest')
    await registry.resolve(reference)
    fake.expireTokens()
    expect(await registry.resolve(reference)).toBeDefined()
    expect(fake.tokenRequests).toHaveLength(2)
  })

  test('a wrong password is a refusal and is not tried again', async () => {
    const { fake, registry, waits } = await setUp(
      { auth: 'token', ...login },
      { username: 'user', password: 'wrong' }
    )
    await expect(registry.resolve(at(repository(fake), 'latest'))).rejects.toMatchObject({ status: 401 })
    expect(waits).toEqual([])
    expect(await registry.canPush(repository(fake))).toBe(false)
  })

  test('who may only pull is told so before pushing', async () => {
    const { fake, registry } = await setUp({ auth: 'token', ...login })
    seed(fake)
    expect(await registry.resolve(at(repository(fake), 'latest'))).toBeDefined()
    expect(await registry.canPush(repository(fake))).toBe(false)
    expect(await registry.loggedIn(fake.host)).toBe(false)
  })

  test('an identity token is sent in a form, never in a URL', async () => {
    const { fake, registry } = await setUp(
      { auth: 'token', identityToken: 'refresh-me' },
      { identityToken: 'refresh-me' }
    )
    seed(fake)
    expect(await registry.resolve(at(repository(fake), 'latest'))).toBeDefined()
    expect(fake.tokenRequests[0]).toMatchObject({ method: 'POST' })
    expect(fake.tokenRequests[0]?.body).toContain('refresh_token=refresh-me')
    expect(fake.tokenRequests[0]?.query.toString()).toBe('')
  })

  test('basic authentication', async () => {
    const { fake, registry } = await setUp({ auth: 'basic', ...login }, login)
    seed(fake)
    expect(await registry.resolve(at(repository(fake), 'latest'))).toBeDefined()
    expect(await registry.canPush(repository(fake))).toBe(true)
  })

  test('a password is sent to no realm in the clear', async () => {
    const { fake, registry } = await setUp(
      { auth: 'token', ...login, realm: 'http://registry.example/token' },
      login
    )
    await expect(registry.resolve(at(repository(fake), 'latest'))).rejects.toThrow(/not https/)
  })

  test('the token stays with the registry when a blob comes from elsewhere', async () => {
    const { fake, registry } = await setUp({ auth: 'token', ...login, redirectBlobs: true }, login)
    const { layer } = seed(fake)
    const stream = await registry.openBlob(repository(fake), { digest: digest(layer), size: layer.length })
    expect(Buffer.concat(await stream.toArray())).toEqual(layer)
    expect(fake.cdnRequests).toEqual([{ authorization: undefined }])
  })
})
