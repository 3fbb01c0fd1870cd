/** Publishing and announcing: whole runs, with a Mastodon on loopback. */
import { describe, expect, test } from '@jest/globals'

import { drafts, ids, NAME, report, setUp, type Setting } from './setting.ts'

describe('publishing and announcing', () => {
  const announce = (setting: Setting) => ({
    announce: 'post',
    'mastodon-url': setting.mastodon.url,
    'mastodon-token': setting.mastodon.token
  })
  const body = (setting: Setting): string =>
    setting.repository.releases.find((release) => release.tag === '2025-06-10')?.body ?? ''

  test('a draft is not announced; once it is public it is, once', async () => {
    await using setting = await setUp()
    const first = await setting.release(announce(setting))
    expect(ids(first)).toEqual(['release-announcement-waits'])
    expect(setting.mastodon.posts).toEqual([])
    setting.repository.editRelease(drafts(setting)[0]?.id ?? 0, { draft: false })
    const second = await setting.release(announce(setting))
    expect(second.outputs).toMatchObject({
      announced: 'true',
      announcement: expect.stringContaining('• Add nbgitpuller to image')
    })
    expect(setting.mastodon.posts).toHaveLength(1)
    expect(body(setting)).toMatch(/<!-- neurodesk-ci:announced key=[0-9a-f]{64} url=\S+ -->/)
    // A week later Mastodon has forgotten the key; the release has not.
    setting.clock.pass(7 * 86_400_000)
    expect(
      (await setting.release({ ...announce(setting), version: '2025-06-10' })).outputs['announced']
    ).toBe('true')
    expect(setting.mastodon.posts).toHaveLength(1)
    expect(setting.mastodon.violations).toEqual([])
    expect(setting.github.violations).toEqual([])
  })

  test('publish and post in one run; a published release keeps text and tag in later runs', async () => {
    await using setting = await setUp({
      repositories: {
        [NAME]: { commits: [{ message: 'old' }, { message: 'Add b' }], immutableReleases: true }
      }
    })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    await setting.write('gate.json', report('check-cvmfs', '2025-06-10T11:00:00Z'))
    const inputs = { ...announce(setting), publish: 'true', 'gate-reports': 'gate.json' }
    expect((await setting.release(inputs)).outputs['announced']).toBe('true')
    const published = setting.repository.releases.at(-1)
    expect(published).toMatchObject({
      draft: false,
      tag: '2025-06-10',
      assets: [{ name: 'gate-check-cvmfs.json' }]
    })
    setting.repository.commit({ message: 'Add c' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const again = await setting.release({ ...inputs, version: '2025-06-10' })
    expect(again.verdict).toBe('ok')
    expect(setting.repository.releases.at(-1)).toEqual(published)
    expect(setting.repository.releases).toHaveLength(1)
  })

  test('preview posts nothing', async () => {
    await using setting = await setUp()
    const outcome = await setting.release({ ...announce(setting), announce: 'preview', publish: 'true' })
    expect(outcome.outputs).toMatchObject({
      announced: 'false',
      announcement: expect.stringContaining('Neurodesktop 2025-06-10 is out.')
    })
    expect(setting.mastodon.posts).toEqual([])
  })

  test('the run ended between the post and its mark: the next one finds the post', async () => {
    await using setting = await setUp()
    // Changes of the release: publish, "about to post", and then the mark that fails.
    setting.github.fail({ operation: 'repos/update-release', after: 2, kind: { what: 'unauthorized' } })
    const first = await setting.release({ ...announce(setting), publish: 'true' })
    expect(ids(first)).toEqual(['release-announcement-unmarked'])
    expect(setting.mastodon.posts).toHaveLength(1)
    expect(body(setting)).toContain('neurodesk-ci:announcing')
    setting.clock.pass(2 * 3_600_000)
    const second = await setting.release({ ...announce(setting), version: '2025-06-10' })
    expect(second.outputs['announced']).toBe('true')
    expect(setting.mastodon.posts).toHaveLength(1)
    expect(body(setting)).toContain('neurodesk-ci:announced')
  })

  test('the same, but the account cannot be read: it is not posted again, and a person is asked', async () => {
    await using setting = await setUp()
    setting.github.fail({ operation: 'repos/update-release', after: 2, kind: { what: 'unauthorized' } })
    await setting.release({ ...announce(setting), publish: 'true' })
    setting.clock.pass(2 * 3_600_000)
    setting.mastodon.fail({ what: 'forbidden' }, { path: '/api/v1/accounts', times: Infinity })
    const second = await setting.release({ ...announce(setting), version: '2025-06-10' })
    expect(second).toMatchObject({ verdict: 'unknown', outputs: { announced: 'false' } })
    expect(ids(second)).toEqual(['release-announcement-unclear'])
    expect(setting.mastodon.posts).toHaveLength(1)
  })

  test('it was about to be posted, and was not: the next run posts it', async () => {
    await using setting = await setUp()
    const off = setting.mastodon.fail({ what: 'server-error', status: 503 }, { times: Infinity })
    const first = await setting.release({ ...announce(setting), publish: 'true' })
    expect(first).toMatchObject({
      verdict: 'failed',
      findings: [{ id: 'release-step-failed', subject: 'Announcement' }],
      subjects: expect.arrayContaining(['Draft release', 'Publishing']) as unknown,
      unreached: expect.arrayContaining(['Announcement']) as unknown,
      coverage: { whole: false }
    })
    expect(first.outputs['release-url']).not.toBe('')
    expect(setting.mastodon.posts).toEqual([])
    off()
    setting.clock.pass(2 * 3_600_000)
    expect(
      (await setting.release({ ...announce(setting), version: '2025-06-10' })).outputs['announced']
    ).toBe('true')
    expect(setting.mastodon.posts).toHaveLength(1)
  })

  test('somebody edits the published text while it is posted: the edit stays', async () => {
    await using setting = await setUp()
    await setting.release({ publish: 'true' })
    const release = setting.repository.releases.at(-1)
    setting.github.fail({
      operation: 'repos/get-release',
      after: 1,
      kind: {
        what: 'meanwhile',
        do: () => setting.repository.editRelease(release?.id ?? 0, { body: `Edited. ${release?.body ?? ''}` })
      }
    })
    await setting.release({ ...announce(setting), version: '2025-06-10' })
    expect(body(setting)).toMatch(/^Edited\. [\s\S]*neurodesk-ci:announced/)
  })

  test('two runs at once post once', async () => {
    await using setting = await setUp()
    await setting.release({ publish: 'true' })
    await Promise.all([
      setting.release({ ...announce(setting), version: '2025-06-10' }),
      setting.release({ ...announce(setting), version: '2025-06-10' })
    ])
    expect(setting.mastodon.posts).toHaveLength(1)
  })

  test('a template that is too long without highlights fails before anything is posted', async () => {
    await using setting = await setUp()
    const outcome = await setting.release({
      ...announce(setting),
      publish: 'true',
      'announcement-template': `{version} ${'x'.repeat(600)}`
    })
    expect(ids(outcome)).toEqual(['release-announcement-too-long'])
    expect(outcome.verdict).toBe('failed')
    expect(setting.mastodon.posts).toEqual([])
  })
})
