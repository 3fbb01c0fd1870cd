import { afterEach, expect, test } from '@jest/globals'
import { startMastodon, type MastodonOptions, type MastodonTestbed } from '../index.ts'

const started: MastodonTestbed[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.close()))
})

async function start(options: MastodonOptions = {}): Promise<MastodonTestbed> {
  const mastodon = await startMastodon(options)
  started.push(mastodon)
  return mastodon
}

async function post(
  mastodon: MastodonTestbed,
  status: string,
  key: string,
  token = mastodon.token
): Promise<Response> {
  return await fetch(`${mastodon.url}/api/v1/statuses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
    body: JSON.stringify({ status })
  })
}

test('a key makes one post within an hour, and a second one after it', async () => {
  let now = 0
  const mastodon = await start({ now: () => now })
  const first = (await (await post(mastodon, 'one', 'k')).json()) as { id: string }
  now += 3_599_000
  expect(((await (await post(mastodon, 'two', 'k')).json()) as { id: string }).id).toBe(first.id)
  now += 2_000
  await post(mastodon, 'three', 'k')
  expect(mastodon.posts.map((one) => one.text)).toEqual(['one', 'three'])
})

test('counts an address as 23 and a family as one', async () => {
  const mastodon = await start({ maxCharacters: 25 })
  expect((await post(mastodon, `https://example.org/${'x'.repeat(100)} 👨‍👩‍👧`, 'a')).status).toBe(200)
  expect((await post(mastodon, `https://example.org/${'x'.repeat(100)} 👨‍👩‍👧!`, 'b')).status).toBe(422)
})

test('refuses a wrong token, an empty post, an unknown path', async () => {
  const mastodon = await start()
  expect((await post(mastodon, 'x', 'a', 'wrong')).status).toBe(401)
  expect((await post(mastodon, ' ', 'a')).status).toBe(422)
  await fetch(`${mastodon.url}/api/v1/nothing`, { headers: { authorization: `Bearer ${mastodon.token}` } })
  expect(mastodon.violations).toEqual(['GET /api/v1/nothing: there is no such path'])
})

test('a lost answer leaves a post, a fault before does not', async () => {
  const mastodon = await start()
  mastodon.fail({ what: 'lost-answer' })
  mastodon.fail({ what: 'too-many', resetAfterSeconds: 5 })
  expect((await post(mastodon, 'one', 'a')).status).toBe(502)
  expect((await post(mastodon, 'two', 'b')).headers.get('x-ratelimit-reset')).not.toBeNull()
  expect(mastodon.posts.map((one) => one.text)).toEqual(['one'])
})
