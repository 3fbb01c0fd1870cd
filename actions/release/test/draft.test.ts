/** The draft release: whole runs inside of the test, against the testbed's GitHub, over real HTTP. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import type { InputError } from '../../../lib/failure/index.ts'
import { drafts, ids, NAME, setUp, SITE, writes } from './setting.ts'

describe('the draft', () => {
  test('first run and second run: one draft, and nothing is written twice', async () => {
    await using setting = await setUp()
    const first = await setting.release()
    expect(first).toMatchObject({
      verdict: 'ok',
      outputs: { version: '2025-06-10', tag: '2025-06-10', announced: 'false' }
    })
    expect(drafts(setting)).toHaveLength(1)
    const before = writes(setting).length
    await setting.release()
    expect(writes(setting)).toHaveLength(before)
    expect(setting.github.violations).toEqual([])
  })

  test('a base image that moved is told', async () => {
    await using setting = await setUp()
    await setting.release()
    expect(drafts(setting)[0]?.body).toContain(
      '- updated quay.io/jupyter/base-notebook to 2025-06-01 (from 2025-03-14)'
    )
  })

  test('containers are told from two catalogues, a hand-written file comes first, rules come from a file', async () => {
    await using setting = await setUp()
    await setting.write('before.txt', 'ants_2.5.3_20240101 categories:x,\n')
    await setting.write(
      'after.txt',
      'ants_2.5.3_20240101 categories:x,\nants_2.6.0_20250601 categories:x,\nqsirecon_1.1.0_20250601 categories:x,\n'
    )
    await setting.write('notes.md', '### New Features\n- the best desktop so far\n')
    await setting.write('rules.yml', 'sections:\n  Bug Fixes:\n    prefixes: [repair]\n')
    const outcome = await setting.release({
      'catalogue-before': 'before.txt',
      'catalogue-after': 'after.txt',
      'notes-file': 'notes.md',
      'notes-config': 'rules.yml'
    })
    expect(drafts(setting)[0]?.body).toContain(
      '### New Features\n- the best desktop so far\n- Add nbgitpuller to image\n- added qsirecon 1.1.0\n\n### Improvements\n- fix bug where variable check fails when not set\n- updated ants to 2.6.0 (from 2.5.3)\n'
    )
    expect(outcome.figures).toMatchObject({
      'new-tool-count': 1,
      'updated-tool-count': 1,
      'removed-tool-count': 0
    })
  })

  test('a release remembers its containers, and the next one is compared with them', async () => {
    await using setting = await setUp()
    await setting.write('now.txt', 'ants_2.5.3_20240101 categories:x,\n')
    const first = await setting.release({ 'catalogue-after': 'now.txt', publish: 'true' })
    expect(ids(first)).toEqual(['release-containers-unknown'])
    const [asset] = setting.repository.releases.at(-1)?.assets ?? []
    expect([asset?.name, asset?.bytes.toString()]).toEqual(['containers.txt', 'ants_2.5.3_20240101\n'])
    setting.repository.commit({ message: 'Add x' })
    setting.repository.setRef('refs/tags/2025-07-01', 'refs/heads/main')
    await setting.write('now.txt', 'ants_2.5.3_20240101 categories:x,\nants_2.6.0_20250601 categories:x,\n')
    const second = await setting.release({ 'catalogue-after': 'now.txt' })
    expect(second).toMatchObject({ findings: [], figures: { 'updated-tool-count': 1 } })
    expect(drafts(setting)[0]?.body).toContain('- updated ants to 2.6.0 (from 2.5.3)')
    expect(setting.github.violations).toEqual([])
  })

  test('what the last release remembers cannot be read: told, and the release goes on', async () => {
    await using setting = await setUp()
    await setting.write('now.txt', 'ants_2.5.3_20240101 categories:x,\n')
    setting.repository.addAsset(setting.repository.releases[0]?.id ?? 0, {
      name: 'containers.txt',
      contentType: 'text/plain',
      bytes: Buffer.from('<html>')
    })
    const outcome = await setting.release({ 'catalogue-after': 'now.txt' })
    expect(outcome.verdict).toBe('ok')
    expect(ids(outcome)).toEqual(['release-containers-unknown'])
  })

  test('problems of all files are told at once, before GitHub is asked for anything', async () => {
    await using setting = await setUp()
    await setting.write('rules.yml', 'nonsense: 1\n')
    const error: unknown = await setting
      .release({
        'catalogue-before': 'none.json',
        'catalogue-after': 'none.json',
        'notes-file': 'none.md',
        'notes-config': 'rules.yml'
      })
      .catch((thrown: unknown) => thrown)
    expect((error as InputError).problems.map((problem) => problem.input)).toEqual([
      'notes-config',
      'notes-file',
      'catalogue-before',
      'catalogue-after'
    ])
    expect(setting.github.requests).toEqual([])
  })

  test('hand edits are kept, in the release and for the web site', async () => {
    await using setting = await setUp()
    await setting.release({ 'website-repository': SITE })
    const draft = drafts(setting)[0]
    setting.repository.editRelease(draft?.id ?? 0, {
      body: (draft?.body ?? '')
        .replace('Add nbgitpuller to image', 'added nbgitpuller')
        .replaceAll('\n', '\r\n')
    })
    const outcome = await setting.release({ 'website-repository': SITE })
    expect(drafts(setting)[0]?.body).toContain('- added nbgitpuller')
    expect(setting.site.file('content/en/overview/release-history.md', 'neurodesktop-2025-06-10')).toContain(
      '- added nbgitpuller\n'
    )
    expect(outcome.summary).toContain('Hand edits of the draft were kept')
  })

  test('somebody edits or publishes the draft while the run collects: that counts', async () => {
    await using setting = await setUp()
    await setting.release()
    const draft = drafts(setting)[0]
    const meanwhile = (change: { body?: string; draft?: boolean }): void => {
      setting.github.fail({
        operation: 'repos/compare-commits',
        kind: { what: 'meanwhile', do: () => setting.repository.editRelease(draft?.id ?? 0, change) }
      })
    }
    meanwhile({ body: `Dear all, ${draft?.body ?? ''}` })
    await setting.release()
    expect(drafts(setting)[0]?.body).toMatch(/^Dear all, /)
    meanwhile({ draft: false })
    const outcome = await setting.release()
    expect(outcome.verdict).toBe('ok')
    expect(setting.repository.releases.at(-1)).toMatchObject({
      draft: false,
      body: expect.stringMatching(/^Dear all, /)
    })
  })

  test('two drafts of ours: the older is brought up to date, the other is told and left', async () => {
    await using setting = await setUp()
    await setting.release()
    const body = drafts(setting)[0]?.body ?? ''
    setting.repository.addRelease({ tag: '2025-06-10', draft: true, body: `second ${body}` })
    const outcome = await setting.release()
    expect(ids(outcome)).toContain('release-draft-surplus')
    expect(drafts(setting)).toHaveLength(2)
    expect(drafts(setting)[1]?.body).toContain('second')
  })

  test('two runs at once make one draft', async () => {
    await using setting = await setUp()
    const outcomes = await Promise.all([setting.release(), setting.release()])
    expect(outcomes.map((outcome) => outcome.verdict)).toEqual(['ok', 'ok'])
    expect(drafts(setting)).toHaveLength(1)
    expect(new Set(outcomes.map((outcome) => outcome.outputs['release-id']))).toEqual(
      new Set([String(drafts(setting)[0]?.id)])
    )
  })

  test('a draft that was never published follows the new date', async () => {
    await using setting = await setUp()
    await setting.release()
    setting.repository.setRef('refs/tags/2025-06-12', 'refs/heads/main')
    const outcome = await setting.release()
    expect(outcome.outputs['version']).toBe('2025-06-12')
    expect(drafts(setting).map((release) => [release.tag, release.name])).toEqual([
      ['2025-06-12', '2025-06-12']
    ])
  })

  test('the answer to the draft is lost: it is found, not made again', async () => {
    await using setting = await setUp()
    setting.github.fail({ operation: 'repos/create-release', kind: { what: 'lost-answer' } })
    expect((await setting.release()).verdict).toBe('ok')
    expect(drafts(setting)).toHaveLength(1)
  })

  test('3,000 commits: the release holds what fits, all of it is attached', async () => {
    const commits = Array.from({ length: 3001 }, (_, at) => ({
      message:
        at === 0
          ? 'the last release'
          : `Add the tool with the number ${at} to the image, which takes a while to say`
    }))
    await using setting = await setUp({ repositories: { [NAME]: { commits } } })
    setting.repository.setRef('refs/tags/2025-04-08', setting.repository.log().at(-1)?.sha ?? '')
    setting.repository.addRelease({ tag: '2025-04-08', publishedAt: '2025-04-08T00:00:00Z' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release()
    expect(outcome).toMatchObject({ verdict: 'ok', figures: { 'commit-count': 3000, 'note-count': 3000 } })
    expect(ids(outcome)).toEqual(['release-paths-skipped'])
    const draft = drafts(setting)[0]
    expect(draft?.body.length).toBeLessThanOrEqual(125_000)
    const attached = draft?.assets
      .find((asset) => asset.name === 'release-notes-2025-06-10.md')
      ?.bytes.toString()
    expect(attached?.match(/^- Add the tool/gm)).toHaveLength(3000)
  })

  test('a real local git repository is the source', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'neurodesk-ci-git-'))
    try {
      const git = (...args: string[]): string =>
        execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b.org', ...args], {
          encoding: 'utf8'
        })
      git('init', '-q', '-b', 'main')
      for (const [file, message] of [
        ['a', 'the last release'],
        ['b', 'Add apptainer overlay'],
        ['c', 'fixed RDP start']
      ] as const) {
        writeFileSync(path.join(folder, file), file)
        git('add', '.')
        git('commit', '-q', '-m', message)
        if (file === 'a') git('tag', '-a', '2025-04-08', '-m', 'release')
      }
      git('tag', '2025-06-10')
      await using setting = await setUp({ repositories: { [NAME]: { git: folder } } })
      expect((await setting.release({ previous: '2025-04-08' })).verdict).toBe('ok')
      expect(drafts(setting)[0]).toMatchObject({ target: git('rev-parse', 'HEAD').trim() })
      expect(drafts(setting)[0]?.body).toContain(
        '### New Features\n- Add apptainer overlay\n\n### Bug Fixes\n- fixed RDP start\n'
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('pull requests stand for their commits, with author and number', async () => {
    await using setting = await setUp()
    setting.repository.commit({ message: 'wip', branch: 'work', files: { w: '1' } })
    const { number } = setting.repository.addPull({
      title: 'Add Ollama',
      head: 'work',
      user: 'jnikhilreddy',
      labels: ['feature']
    })
    setting.repository.merge(number)
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release()
    expect(drafts(setting)[0]?.body).toMatch(/- Add Ollama \(\[#1\]\(http\S+\/pull\/1\) by jnikhilreddy\)\n/)
    expect(drafts(setting)[0]?.body).not.toContain('wip')
    expect(outcome.figures['pull-request-count']).toBe(1)
  })

  test('hostile commits are only text', async () => {
    await using setting = await setUp()
    for (const message of [
      'Add @octocat <img src=x> #12',
      'Add {{< x >}} {y}',
      'Add <!-- /neurodesk-ci:notes --> x',
      'Add [x](https://evil.example) ```'
    ])
      setting.repository.commit({ message })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    await setting.release({ 'website-repository': SITE })
    const body = drafts(setting)[0]?.body ?? ''
    expect(body).not.toMatch(/@octocat|<img|\{y\}|\{\{|\]\(https:\/\/evil|(?<!\/owner)#12\b/)
    expect(body.match(/<!-- \/neurodesk-ci:notes -->/g)).toHaveLength(1)
  })
})
