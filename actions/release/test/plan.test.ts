/** What a run decides from what it has read. */
import { describe, expect, test } from '@jest/globals'

import type { Release } from '../../../lib/github/index.ts'
import { checkNewer, planRelease, previousRelease } from '../src/plan.ts'
import { versionOfEvent } from '../src/subject.ts'
import { isNewer, isVersion, newestVersion } from '../src/version.ts'

let lastId = 0
function release(tag: string, more: Partial<Release> = {}): Release {
  lastId++
  return {
    id: lastId,
    tag,
    title: tag,
    body: '',
    isDraft: false,
    isPrerelease: false,
    isImmutable: false,
    target: 'main',
    url: `https://github.com/o/r/releases/${lastId}`,
    uploadUrl: '',
    createdAt: '2025-01-01T00:00:00Z',
    publishedAt:
      more.isDraft === true ? undefined : `2025-01-01T00:00:${String(lastId % 60).padStart(2, '0')}Z`,
    assets: [],
    ...more
  }
}

const ours = (tag: string): string => `<!-- neurodesk-ci:release tag=${tag} -->\n`

describe('versions', () => {
  test('are days of the calendar', () => {
    expect(
      ['2025-06-10', '2025-02-30', '2024-02-29', '20250610', '2025-6-1', 'v1', '2025-06-10-1200'].filter(
        isVersion
      )
    ).toEqual(['2025-06-10', '2024-02-29'])
    expect(newestVersion(['2025-06-10', '2025-12-01', '2025-6-30', 'latest'])).toBe('2025-12-01')
    expect(newestVersion([])).toBeUndefined()
  })

  test('are compared with older forms of dates, and with nothing else', () => {
    expect([
      isNewer('2025-06-10', '2025-06-09'),
      isNewer('2025-06-10', '2025-06-10'),
      isNewer('2025-06-10', '20230628'),
      isNewer('2025-06-10', 'v1.2')
    ]).toEqual([true, false, true, undefined])
  })

  test('of the event that started the workflow', () => {
    expect(
      versionOfEvent({
        eventName: 'release',
        event: { release: { tag_name: '2025-06-10' } },
        ref: 'refs/tags/2025-06-10'
      })
    ).toBe('2025-06-10')
    expect(
      versionOfEvent({ eventName: 'release', event: { release: { tag_name: 'v1' } }, ref: 'refs/tags/v1' })
    ).toBeUndefined()
    expect(versionOfEvent({ eventName: 'push', event: {}, ref: 'refs/tags/2025-06-10' })).toBe('2025-06-10')
    expect(versionOfEvent({ eventName: 'push', event: {}, ref: 'refs/heads/2025-06-10' })).toBeUndefined()
    expect(versionOfEvent({ eventName: 'schedule', event: {}, ref: 'refs/heads/main' })).toBeUndefined()
  })
})

describe('which release is ours', () => {
  test('none: a draft is made', () => {
    expect(planRelease([release('2025-04-08')], '2025-06-10')).toMatchObject({
      existing: undefined,
      isPublished: false,
      surplus: [],
      checks: [{ state: 'ok' }]
    })
  })

  test('the draft of this version, the oldest of several', () => {
    const first = release('2025-06-10', { isDraft: true, body: ours('2025-06-10') })
    const second = release('2025-06-10', { isDraft: true, body: ours('2025-06-10') })
    const other = release('2025-05-01', { isDraft: true, body: ours('2025-05-01') })
    expect(planRelease([other, second, first], '2025-06-10')).toMatchObject({
      existing: { id: first.id },
      surplus: [{ id: second.id }, { id: other.id }]
    })
  })

  test('else the newest draft of ours that was never published, else one made by hand for this tag', () => {
    const moved = release('2025-06-08', { isDraft: true, body: ours('2025-06-08') })
    const byHand = release('2025-06-10', { isDraft: true, body: 'by hand' })
    expect(planRelease([byHand, moved], '2025-06-10').existing?.id).toBe(moved.id)
    expect(planRelease([byHand], '2025-06-10').existing?.id).toBe(byHand.id)
  })

  test('a published one: ours is the end of an earlier run, another is refused', () => {
    expect(planRelease([release('2025-06-10', { body: ours('2025-06-10') })], '2025-06-10')).toMatchObject({
      isPublished: true,
      checks: [{ state: 'ok' }]
    })
    expect(planRelease([release('2025-06-10', { body: 'x' })], '2025-06-10')).toMatchObject({
      isPublished: true,
      checks: [{ state: 'failed', id: 'release-published' }]
    })
  })
})

describe('since which release', () => {
  test('the newest date before this one, whatever was published last', () => {
    const list = [
      release('2025-04-08'),
      release('2025-03-14'),
      release('2025-12-20'),
      release('v2'),
      release('2025-05-01', { isPrerelease: true }),
      release('2025-05-02', { isDraft: true })
    ]
    expect(previousRelease(list, '2025-06-10')?.name).toBe('2025-04-08')
  })

  test('where no release is a date: the one published last', () => {
    expect(previousRelease([release('v1'), release('v2')], '2025-06-10')?.name).toBe('v2')
    expect(previousRelease([], '2025-06-10')).toBeUndefined()
  })

  test('the version must be newer, where that can be said', () => {
    const name = (previous: string) =>
      checkNewer('2025-06-10', { name: previous, ref: previous, from: 'given' }).state
    expect([
      name('2025-06-09'),
      name('2025-06-10'),
      name('2025-07-01'),
      name('abc123'),
      checkNewer('2025-06-10', undefined).state
    ]).toEqual(['ok', 'failed', 'failed', 'ok', 'ok'])
  })
})
