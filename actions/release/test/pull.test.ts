/** The pull request on the web site: whole runs. */
import { describe, expect, test } from '@jest/globals'

import { drafts, ids, NAME, setUp, SITE, writes, type Setting } from './setting.ts'

describe('the pull request', () => {
  const inputs = { 'website-repository': SITE, 'website-token': 'app-token' }
  const BRANCH = 'neurodesktop-2025-06-10'
  const pulls = (setting: Setting) => setting.site.issues.filter((issue) => issue.pull !== undefined)

  test('has one commit with both files; a second run changes nothing', async () => {
    await using setting = await setUp()
    const outcome = await setting.release(inputs)
    expect(outcome).toMatchObject({ verdict: 'ok', findings: [] })
    expect(pulls(setting)).toHaveLength(1)
    expect(outcome.outputs['pull-request-url']).toBe(`${setting.github.url}/${SITE}/pull/1`)
    expect(setting.site.changed('main', BRANCH)).toEqual({
      'content/en/overview/release-history.md': 'modified',
      'data/neurodesktop.toml': 'modified'
    })
    expect(setting.site.log(BRANCH)).toHaveLength(2)
    expect(setting.site.file('data/neurodesktop.toml', BRANCH)).toBe(
      '# Create new parameters\njupyter_neurodesk_version = "2025-06-10"\n'
    )
    const before = writes(setting).length
    await setting.release(inputs)
    expect(writes(setting)).toHaveLength(before)
    expect(setting.github.violations).toEqual([])
  })

  test("with the job's own token there is a warning that no checks run", async () => {
    await using setting = await setUp()
    expect(ids(await setting.release({ 'website-repository': SITE }))).toEqual([
      'release-pull-request-unchecked'
    ])
  })

  test('follows the notes and the base, by one commit on the newest base', async () => {
    await using setting = await setUp()
    await setting.release(inputs)
    setting.site.commit({ message: 'somebody else', files: { other: '1' } })
    setting.repository.commit({ message: 'Add qsirecon' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    await setting.release(inputs)
    expect(setting.site.log(BRANCH).map((one) => one.message.split('\n')[0])).toEqual([
      'Neurodesktop 2025-06-10',
      'somebody else',
      'site'
    ])
    expect(setting.site.file('content/en/overview/release-history.md', BRANCH)).toContain('- Add qsirecon\n')
    expect(pulls(setting)).toHaveLength(1)
  })

  test('keeps what a reviewer committed, and goes on behind it', async () => {
    await using setting = await setUp()
    await setting.release(inputs)
    const file = 'content/en/overview/release-history.md'
    const edited = (setting.site.file(file, BRANCH) ?? '').replace(
      '- Add nbgitpuller to image',
      '- added nbgitpuller, at last'
    )
    setting.site.commit({ message: 'better words', branch: BRANCH, files: { [file]: edited } })
    setting.repository.commit({ message: 'Add qsirecon' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release(inputs)
    expect(ids(outcome)).toEqual(['release-website-edited'])
    expect(setting.site.file(file, BRANCH)).toBe(edited)
    expect(setting.site.log(BRANCH).map((one) => one.message.split('\n')[0])).toEqual([
      'better words',
      'Neurodesktop 2025-06-10',
      'site'
    ])
  })

  test('a reviewer changed another file: ours is brought up to date on top of it', async () => {
    await using setting = await setUp()
    await setting.release(inputs)
    setting.site.commit({ message: 'a picture', branch: BRANCH, files: { 'static/x.svg': '<svg/>' } })
    setting.repository.commit({ message: 'Add qsirecon' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    await setting.release(inputs)
    expect(setting.site.log(BRANCH).map((one) => one.message.split('\n')[0])).toEqual([
      'Neurodesktop 2025-06-10',
      'a picture',
      'Neurodesktop 2025-06-10',
      'site'
    ])
    expect(setting.site.file('content/en/overview/release-history.md', BRANCH)).toContain('- Add qsirecon\n')
    expect(setting.site.file('static/x.svg', BRANCH)).toBe('<svg/>')
  })

  test('merged: nothing more to do', async () => {
    await using setting = await setUp()
    await setting.release(inputs)
    setting.site.merge(1)
    const outcome = await setting.release(inputs)
    expect(pulls(setting)).toHaveLength(1)
    expect(outcome.summary).toContain('the web site has it')
    expect(outcome.summary).toMatch(/✅ \| Commit all changes \| merged/)
  })

  test('says that the release is public, when the same run published it', async () => {
    await using setting = await setUp()
    await setting.release({ ...inputs, publish: 'true' })
    expect(pulls(setting)[0]?.body).toContain('- [x] The release is published')
    expect(pulls(setting)[0]?.body).not.toContain('untagged-')
  })

  test('the release gets another date: a new pull request, and the old one is closed with a word', async () => {
    await using setting = await setUp()
    await setting.release(inputs)
    setting.repository.setRef('refs/tags/2025-06-12', 'refs/heads/main')
    expect((await setting.release(inputs)).verdict).toBe('ok')
    expect(pulls(setting).map((one) => [one.title, one.state])).toEqual([
      ['Neurodesktop 2025-06-10', 'closed'],
      ['Neurodesktop 2025-06-12', 'open']
    ])
    expect(pulls(setting)[0]?.comments.map((one) => one.body)).toEqual([
      'The release has got another date: see #2. What was committed to `neurodesktop-2025-06-10` is still there.'
    ])
    expect(
      setting.site.file('content/en/overview/release-history.md', 'neurodesktop-2025-06-12')
    ).not.toContain('2025-06-10')
  })

  test('closed by a person: told, and not opened again until the branch is gone', async () => {
    await using setting = await setUp()
    await setting.release(inputs)
    setting.site.editIssue(1, { state: 'closed' })
    expect(ids(await setting.release(inputs))).toEqual(['release-pull-request-closed'])
    setting.site.setRef(`refs/heads/${BRANCH}`, null)
    await setting.release(inputs)
    expect(pulls(setting).map((one) => one.state)).toEqual(['closed', 'open'])
  })

  test.each([
    ['409', { what: 'conflict' }],
    ['422', { what: 'unprocessable', message: 'Update is not a fast forward' }]
  ] as const)('a branch that moves under our hands (%s) is read and planned again', async (_, kind) => {
    await using setting = await setUp()
    await setting.release(inputs)
    setting.repository.commit({ message: 'Add qsirecon' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    setting.github.fail({ operation: 'git/update-ref', kind })
    expect((await setting.release(inputs)).verdict).toBe('ok')
    expect(setting.site.file('content/en/overview/release-history.md', BRANCH)).toContain('- Add qsirecon\n')
  })

  test('a reviewer commits at the very moment: nothing of it is lost', async () => {
    await using setting = await setUp()
    await setting.release(inputs)
    setting.repository.commit({ message: 'Add qsirecon' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    setting.github.fail({
      operation: 'git/create-commit',
      kind: {
        what: 'meanwhile',
        do: () =>
          void setting.site.commit({
            message: 'a picture',
            branch: BRANCH,
            files: { 'static/x.svg': '<svg/>' }
          })
      }
    })
    expect((await setting.release(inputs)).verdict).toBe('ok')
    expect(setting.site.file('static/x.svg', BRANCH)).toBe('<svg/>')
    expect(setting.site.file('content/en/overview/release-history.md', BRANCH)).toContain('- Add qsirecon\n')
  })

  test('GitHub Actions may not open pull requests: the draft is there, and the reason is told', async () => {
    await using setting = await setUp({
      repositories: {
        [NAME]: { commits: [{ message: 'old' }] },
        [SITE]: {
          commits: [
            { message: 's', files: { 'data/neurodesktop.toml': 'jupyter_neurodesk_version = "x"\n' } }
          ],
          actionsMayOpenPulls: false
        }
      }
    })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release({ 'website-repository': SITE, publish: 'true' })
    expect(outcome.verdict).toBe('failed')
    expect(outcome.failure).toContain('not permitted to create or approve pull requests')
    expect(outcome.outputs['release-id']).toBe(String(drafts(setting)[0]?.id))
    // What was asked to be public stays a draft until the whole is right.
    expect(drafts(setting)).toHaveLength(1)
  })

  test('a file of an unknown form is left alone and told; the others are changed', async () => {
    await using setting = await setUp()
    setting.site.commit({ message: 'x', files: { 'data/neurodesktop.toml': 'other = 1\n' } })
    const outcome = await setting.release(inputs)
    expect(outcome).toMatchObject({
      verdict: 'failed',
      findings: [{ id: 'release-website-file', subject: 'data/neurodesktop.toml' }]
    })
    expect(setting.site.changed('main', BRANCH)).toEqual({
      'content/en/overview/release-history.md': 'modified'
    })
  })

  test('none of the files is there', async () => {
    await using setting = await setUp()
    const outcome = await setting.release({ ...inputs, 'history-path': 'a.md', 'version-files': 'b.toml' })
    expect(ids(outcome)).toEqual(['release-website-absent', 'release-website-absent'])
    expect(pulls(setting)).toEqual([])
  })
})
