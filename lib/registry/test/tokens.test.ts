/** Many requests that need a token at once. */
import { afterEach, expect, test } from '@jest/globals'

import { silentLog, skippingClock } from '../../../testbed/ports.ts'
import { createHttp } from '../../http/index.ts'
import { at, createRegistry, given, parseRepository, type Registry } from '../index.ts'
import { digest, startFakeRegistry, type FakeRegistry } from './fake-registry.ts'

const login = { username: 'user', password: 'word' }
const closing: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function setUp(): Promise<{ fake: FakeRegistry; registry: Registry; ask: () => Promise<unknown> }> {
  const fake = await startFakeRegistry({ auth: 'token', ...login })
  const http = createHttp({ userAgent: 'test' })
  closing.push(
    () => http.close(),
    async () => await fake[Symbol.asyncDispose]()
  )
  const body = Buffer.from('{"schemaVersion":2}')
  fake.manifests.set('neurodesk/desk@latest', { body, type: 'application/vnd.oci.image.manifest.v1+json' })
  fake.blobs.set(digest(body), body)
  const registry = createRegistry({
    http,
    clock: skippingClock(),
    log: silentLog,
    credentials: given({ [fake.host]: login })
  })
  const reference = at(parseRepository(`${fake.host}/neurodesk/desk`), 'latest')
  const ask = async (): Promise<unknown> =>
    await Promise.all(Array.from({ length: 20 }, async () => await registry.resolve(reference)))
  return { fake, registry, ask }
}

test('the first ones share one', async () => {
  const { fake, ask } = await setUp()
  await ask()
  expect(fake.tokenRequests).toHaveLength(1)
})

test('so do those whose token was refused', async () => {
  const { fake, ask } = await setUp()
  await ask()
  fake.expireTokens()
  await ask()
  expect(fake.tokenRequests).toHaveLength(2)
})
