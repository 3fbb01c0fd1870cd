/** Tags: which ones, in which order, and what a failure keeps back. The registries are a log of what was asked. */
import { describe, expect, test } from '@jest/globals'
import { TransientError } from '../../../lib/failure/index.ts'
import { HttpStatusError } from '../../../lib/http/index.ts'
import type { Registry } from '../../../lib/registry/index.ts'
import type { Target } from '../src/plan.ts'
import { publish, type Publication } from '../src/publish.ts'
import { platformTag } from '../src/platform-tag.ts'
import { movingTags, tagsOf, type TagToSet } from '../src/tags.ts'
import { realPorts } from './desk.ts'

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`
const images = [
  { platform: 'linux/amd64', digest: digest('a') },
  { platform: 'linux/arm64', digest: digest('b') }
]
const inputs = (latest: boolean, platformTags: boolean): Parameters<typeof tagsOf>[0]['inputs'] =>
  ({ latest, platformTags }) as Parameters<typeof tagsOf>[0]['inputs']

describe('the tags of a build', () => {
  const names = (tags: readonly TagToSet[]): readonly string[] =>
    tags.map((tag) => `${tag.name}=${tag.digest.slice(7, 8)}`)

  test('the date first, latest last, and each platform under its own name when that is asked for', () => {
    const of = (latest: boolean, platformTags: boolean): readonly string[] =>
      names(tagsOf({ inputs: inputs(latest, platformTags), tag: '2026-01-02' }, digest('f'), images))
    expect(of(true, false)).toEqual(['2026-01-02=f', 'latest=f'])
    expect(of(true, true)).toEqual(['2026-01-02=f', 'amd64=a', 'arm64=b', 'latest=f'])
    expect(of(false, false)).toEqual(['2026-01-02=f'])
    expect(names(movingTags(inputs(true, true), digest('f'), images))).toEqual([
      'amd64=a',
      'arm64=b',
      'latest=f'
    ])
  })

  test('a platform is called by its architecture and variant', () => {
    expect(['linux/amd64', 'linux/arm64', 'linux/arm64/v8', 'linux/arm/v7'].map(platformTag)).toEqual([
      'amd64',
      'arm64',
      'arm64',
      'arm-v7'
    ])
  })
})

describe('publishing', () => {
  const target = (host: string, optional = false): Target => ({
    name: `${host}/n`,
    repository: { host, path: 'n/desk' },
    optional
  })
  /** Everything works, but for what `broken` names: `copy HOST` or `tag HOST NAME`. */
  const send = async (
    targets: readonly Target[],
    broken: readonly string[],
    seen: Readonly<Record<string, Error | 'gone'>> = {}
  ): Promise<{ asked: readonly string[]; publications: readonly Publication[] }> => {
    const asked: string[] = []
    const ask = (what: string): void => {
      if (broken.includes(what)) throw new Error('refused')
      asked.push(what)
    }
    const registry = {
      copy: (_: unknown, to: { host: string }) => {
        ask(`copy ${to.host}`)
        return Promise.resolve({ bytes: 5, counts: { there: 0, mounted: 0, uploaded: 1 } })
      },
      tag: (reference: { host: string; digest: string }, name: string) => {
        ask(`tag ${reference.host} ${name}`)
        return Promise.resolve(undefined)
      },
      manifest: (reference: { host: string }) => {
        const answer = seen[reference.host]
        if (answer instanceof Error) throw answer
        return Promise.resolve(answer === 'gone' ? undefined : { descriptor: {} })
      }
    } as unknown as Registry
    const { ports, close } = realPorts({ folder: '/nonexistent', env: {} })
    try {
      const publications = await publish(
        {
          from: { host: 'a', path: 'n/desk' },
          digest: digest('f'),
          targets,
          tags: tagsOf({ inputs: inputs(true, true), tag: 'day' }, digest('f'), images)
        },
        registry,
        registry,
        ports
      )
      return { asked, publications }
    } finally {
      close()
    }
  }
  const statuses = (publications: readonly Publication[]): readonly string[] =>
    publications.map((one) => `${one.status} ${one.tags.join(' ')}`.trim())

  test('every copy before the first tag, every date before the first tag that moves, latest last', async () => {
    const { asked, publications } = await send([target('a'), target('b')], [])
    expect(asked).toEqual([
      'copy b',
      'tag a day',
      'tag b day',
      'tag a amd64',
      'tag b amd64',
      'tag a arm64',
      'tag b arm64',
      'tag a latest',
      'tag b latest'
    ])
    expect(statuses(publications)).toEqual([
      'published day amd64 arm64 latest',
      'published day amd64 arm64 latest'
    ])
  })

  test('a copy that fails keeps every tag; of an optional registry only its own', async () => {
    const required = await send([target('a'), target('b')], ['copy b'])
    expect(required.asked).toEqual([])
    expect(statuses(required.publications)).toEqual(['held', 'failed'])
    const optional = await send([target('a'), target('b', true)], ['copy b'])
    expect(statuses(optional.publications)).toEqual(['published day amd64 arm64 latest', 'failed'])
  })

  test('who is not logged in is asked for by a GET; a registry that does not answer has not said no', async () => {
    const refusal = (status: number): HttpStatusError =>
      new HttpStatusError(
        { url: 'https://b/', status, headers: {}, latencyMs: 1, remoteAddress: undefined },
        'GET',
        ''
      )
    const all = ['a', 'b', 'c', 'd', 'e'].map((host) => target(host))
    const seen = {
      b: refusal(401),
      c: 'gone',
      d: new TransientError('busy', 1, 1, new Error('busy')),
      e: refusal(500)
    } as const
    const { publications } = await send(all, [], seen)
    expect(publications.map((one) => one.publicAccess)).toEqual(['yes', 'no', 'no', undefined, undefined])
  })

  test('a date tag that cannot be set keeps latest where it is, everywhere', async () => {
    const required = await send([target('a'), target('b')], ['tag b day'])
    expect(required.asked).toEqual(['copy b', 'tag a day'])
    expect(statuses(required.publications)).toEqual(['published day', 'failed'])
    const optional = await send([target('a'), target('b', true)], ['tag b day'])
    expect(statuses(optional.publications)).toEqual(['published day amd64 arm64 latest', 'failed'])
  })
})
