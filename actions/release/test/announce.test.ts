/** The announcement: length, template, posting at most once. */
import { afterEach, describe, expect, test } from '@jest/globals'

import { InputError, TransientError } from '../../../lib/failure/index.ts'
import { createHttp } from '../../../lib/http/index.ts'
import { startMastodon, type MastodonOptions, type MastodonTestbed } from '../../../testbed/mastodon/index.ts'
import { silentLog, skippingClock } from '../../../testbed/ports.ts'
import { announcementKey } from '../src/announce/announce.ts'
import { countPost } from '../src/announce/count.ts'
import { readAnnouncement, withDone, withIntent } from '../src/announce/marks.ts'
import { connectMastodon, PostRefused, type Mastodon } from '../src/announce/mastodon.ts'
import { DEFAULT_TEMPLATE, readTemplate, renderAnnouncement, type Template } from '../src/announce/text.ts'

const LIMITS = { characters: 500, perUrl: 23 }

describe('length by the rules of Mastodon', () => {
  test.each([
    ['hello', 5],
    ['é', 1],
    ['e\u0301', 1],
    ['👨‍👩‍👧‍👦', 1],
    ['🇦🇺🧠', 2],
    ['https://neurodesk.org', 23],
    [`see https://neurodesk.org/${'x'.repeat(300)} now`, 4 + 23 + 4],
    ['(https://neurodesk.org).', 1 + 23 + 2],
    ['neurodesk.org', 13],
    ['@neurodesk@masto.ai hi', 10 + 3],
    ['a@example.org', 13]
  ])('%s is %d', (text, count) => {
    expect(countPost(text, LIMITS)).toBe(count)
  })
})

function template(text: string): Template {
  const read = readTemplate(text)
  if ('problem' in read) throw new Error(read.problem)
  return read.template
}

describe('template', () => {
  test('may name visibility and language', () => {
    expect(template('---\nvisibility: unlisted\nlanguage: de\n---\nNeu: {version}')).toEqual({
      visibility: 'unlisted',
      language: 'de',
      text: 'Neu: {version}'
    })
    expect(template('')).toEqual({ visibility: 'public', language: 'en', text: DEFAULT_TEMPLATE })
  })

  test.each([
    ['---\nvisibility: secret\n---\n{version}', /public, unlisted/],
    ['---\nlanguage: english\n---\n{version}', /two or three letters/],
    ['---\ncolour: red\n---\n{version}', /instead of "colour: red"/],
    ['{version} {verison}', /\{verison\}/],
    ['out now', /must not read the same/]
  ])('%j is refused', (text, why) => {
    expect(readTemplate(text)).toEqual({ problem: expect.stringMatching(why) })
  })

  const facts = {
    version: '2025-06-10',
    url: 'https://github.com/neurodesk/neurodesktop/releases/tag/2025-06-10',
    notes:
      '## 2025-06-10\n\n### Improvements\n- updated ants to 2.6.0 (from 2.5.3)\n\n### New Features\n- added **qsirecon** &#123;x&#125; by @\u200Bsomebody \\*new\\* ([#3](https://x) by micmas)\n- [copilot](https://neurodesk.org)\n'
  }

  test('features first, as plain text, mentioning nobody', () => {
    expect(renderAnnouncement(template(''), facts, LIMITS)).toBe(
      'Neurodesktop 2025-06-10 is out.\n\n• added qsirecon {x} by somebody *new*\n• copilot\n• updated ants to 2.6.0 (from 2.5.3)\n\nhttps://github.com/neurodesk/neurodesktop/releases/tag/2025-06-10'
    )
  })

  test('as many highlights as fit, whole ones', () => {
    const text = renderAnnouncement(template(''), facts, { characters: 75, perUrl: 23 })
    expect(text).toBe(
      'Neurodesktop 2025-06-10 is out.\n\nhttps://github.com/neurodesk/neurodesktop/releases/tag/2025-06-10'
    )
    expect(renderAnnouncement(template(''), facts, { characters: 100, perUrl: 23 })).toContain('qsirecon')
    expect(renderAnnouncement(template(''), facts, { characters: 40, perUrl: 23 })).toBeUndefined()
  })

  test('characters of replacement patterns are taken as they are', () => {
    expect(
      renderAnnouncement(
        template('{version}: {highlights}'),
        { ...facts, notes: '### New Features\n- costs $& and $1\n' },
        LIMITS
      )
    ).toBe('2025-06-10: • costs $& and $1')
  })
})

describe('marks on the release', () => {
  const key = announcementKey('neurodesk/neurodesktop', '2025-06-10', 'https://masto.ai')

  test('are found again, for this instance and tag only', () => {
    const intent = withIntent('text', key, '2025-06-10T00:00:00.000Z')
    expect(readAnnouncement(intent, key)).toEqual({
      intent: { key, at: '2025-06-10T00:00:00.000Z' },
      done: undefined
    })
    const done = withDone(intent, key, 'https://masto.ai/@neurodesk/1')
    expect(readAnnouncement(done, key)).toEqual({
      intent: undefined,
      done: { key, url: 'https://masto.ai/@neurodesk/1' }
    })
    expect(
      readAnnouncement(done, announcementKey('neurodesk/neurodesktop', '2025-06-11', 'https://masto.ai'))
    ).toEqual({ intent: undefined, done: undefined })
    expect(announcementKey('NeuroDesk/Neurodesktop', '2025-06-10', 'https://masto.ai/')).toBe(key)
  })

  test('an address cannot end the comment', () => {
    const done = withDone('text', key, 'https://x/--> <script>')
    expect(done).toBe(`text\n<!-- neurodesk-ci:announced key=${key} url=https://x/%2D%2Dscript -->\n`)
  })
})

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function setUp(
  options: MastodonOptions = {},
  token?: string
): Promise<{ server: MastodonTestbed; client: Mastodon; waits: number[] }> {
  const clock = skippingClock('2025-06-10T12:00:00Z')
  const server = await startMastodon({ now: clock.now, ...options })
  const http = createHttp({ userAgent: 'test' })
  open.push(server, http)
  const client = connectMastodon({
    url: `${server.url}/`,
    token: token ?? server.token,
    http,
    clock,
    log: silentLog
  })
  return { server, client, waits: clock.waits }
}

const publicEnglish = { visibility: 'public', language: 'en' } as const

describe('posting', () => {
  test('sends text, visibility, language and key; the same key makes no second post', async () => {
    const { server, client } = await setUp()
    const post = await client.post('hello', { visibility: 'unlisted', language: 'de' }, 'k')
    expect(await client.post('hello', { visibility: 'unlisted', language: 'de' }, 'k')).toEqual(post)
    expect(server.posts).toMatchObject([{ text: 'hello', visibility: 'unlisted', language: 'de', key: 'k' }])
    expect(server.violations).toEqual([])
  })

  test('a lost answer, a cut connection and 5xx make one post in the end', async () => {
    const { server, client } = await setUp()
    server.fail({ what: 'lost-answer' })
    server.fail({ what: 'cut' })
    server.fail({ what: 'server-error', status: 503 })
    await client.post('hello', publicEnglish, 'k')
    expect(server.posts).toHaveLength(1)
  })

  test('429 is waited for until the time that the instance names', async () => {
    const { server, client, waits } = await setUp()
    server.fail({ what: 'too-many', resetAfterSeconds: 120 })
    await client.post('hello', publicEnglish, 'k')
    expect(waits).toEqual([120_000])
    expect(server.posts).toHaveLength(1)
  })

  test('it gives up well before the key is forgotten', async () => {
    const { server, client, waits } = await setUp()
    server.fail({ what: 'server-error', status: 500 }, { times: Infinity })
    await expect(client.post('hello', publicEnglish, 'k')).rejects.toThrow(TransientError)
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(30 * 60_000)
  })

  test('422 and a wrong token are told at once, without the token', async () => {
    const { client, waits } = await setUp({ maxCharacters: 5 })
    await expect(client.post('too long', publicEnglish, 'k')).rejects.toThrow(
      /Text character limit of 5 exceeded/
    )
    const wrong = await setUp({}, 'very-secret')
    const error: unknown = await wrong.client.post('x', publicEnglish, 'k').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect(String((error as Error).stack)).not.toContain('very-secret')
    expect(waits).toEqual([])
  })

  test('a web page with status 200 is no post', async () => {
    const { server, client } = await setUp()
    server.fail({ what: 'web-page' })
    await expect(client.post('x', publicEnglish, 'k')).rejects.toThrow(PostRefused)
  })
})

describe('reading', () => {
  test('limits are those of the instance, or the strictest where it does not tell', async () => {
    expect(await (await setUp({ maxCharacters: 11_000 })).client.limits()).toEqual({
      characters: 11_000,
      perUrl: 23
    })
    expect(await (await setUp({ isOld: true })).client.limits()).toEqual(LIMITS)
  })

  test('our own post is found by its address, however the instance shows it', async () => {
    const { server, client } = await setUp()
    server.add(
      'Neurodesktop <x> & https://github.com/neurodesk/neurodesktop/releases/tag/2025-06-10 is "out"'
    )
    server.add('another')
    expect(
      await client.find('https://github.com/neurodesk/neurodesktop/releases/tag/2025-06-10', 0)
    ).toMatchObject({ id: server.posts[0]?.id })
    expect(
      await client.find('https://github.com/neurodesk/neurodesktop/releases/tag/2025-06-11', 0)
    ).toBeUndefined()
  })

  test('more posts than are looked at: that is no "not there"', async () => {
    const { server, client } = await setUp()
    for (let at = 0; at < 45; at++) server.add(`post ${at}`)
    await expect(client.find('post 0', 0)).rejects.toThrow('more than 40')
  })
})
