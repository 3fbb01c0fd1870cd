/** Whole runs inside of the test, against the testbed's GitHub and Mastodon, over real HTTP. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import type { InputError } from '../../../lib/failure/index.ts'
import { TransientError } from '../../../lib/failure/index.ts'
import { HttpError } from '../../../lib/http/index.ts'
import type { Registry } from '../../../lib/registry/index.ts'
import { REPORT_SCHEMA, type Report } from '../../../lib/report/index.ts'
import { NAME, setUp, SITE, type Setting } from './setting.ts'

const drafts = (setting: Setting) => setting.repository.releases.filter((release) => release.draft)
const ids = (outcome: { findings: readonly { id: string }[] }): string[] =>
  outcome.findings.map((finding) => finding.id)
const writes = (setting: Setting): string[] =>
  setting.github.requests.filter((request) => request.method !== 'GET').map((request) => request.operation)

function report(action: string, finished: string, more: Partial<Report> = {}): string {
  return JSON.stringify({
    schema: REPORT_SCHEMA,
    action,
    started: finished,
    finished,
    verdict: 'ok',
    headline: 'All is well.',
    findings: [],
    figures: {},
    ...more
  })
}

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

describe('what changes are counted from', () => {
  test('without a release: the newest older date of the history', async () => {
    await using setting = await setUp({
      repositories: { [NAME]: { commits: [{ message: 'old' }, { message: 'Add b' }, { message: 'Add c' }] } }
    })
    setting.repository.setRef('refs/tags/2025-04-07', setting.repository.log()[1]?.sha ?? '')
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release({ 'website-repository': SITE })
    // The history says 2025-04-08, the last build before that is of the day before.
    expect(ids(outcome)).toContain('release-previous-guessed')
    expect(outcome.figures['commit-count']).toBe(1)
    expect(drafts(setting)[0]?.body).toContain('- Add c')
  })

  test('without anything: the notes say so, and it is told', async () => {
    await using setting = await setUp({ repositories: { [NAME]: { commits: [{ message: 'Add a' }] } } })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release()
    expect(outcome.verdict).toBe('ok')
    expect(ids(outcome)).toEqual(['release-no-previous'])
    expect(drafts(setting)[0]?.body).toContain('No changes that users will notice.')
  })

  test('history that was rewritten is told; without a common commit the rest still works', async () => {
    await using setting = await setUp()
    const main = setting.repository.log()
    setting.repository.setRef('refs/heads/main', main.at(-1)?.sha ?? '')
    setting.repository.setRef('refs/tags/2025-04-08', main[0]?.sha ?? '')
    setting.repository.commit({ message: 'Add new things' })
    setting.repository.setRef('refs/tags/2025-06-10', 'refs/heads/main')
    const outcome = await setting.release()
    expect(outcome.findings).toMatchObject([
      { id: 'release-history-rewritten', message: expect.stringContaining('2 commits of 2025-04-08') }
    ])
    expect(drafts(setting)[0]?.body).toContain('- Add new things')
    const orphan = setting.repository.commit({ message: 'orphan', parents: [], branch: 'orphan' })
    setting.repository.setRef('refs/tags/2025-04-08', orphan)
    expect(ids(await setting.release())).toEqual(['release-history-rewritten'])
    await expect(setting.release({ previous: 'orphan' })).rejects.toThrow(/shares history/)
  })

  test('no date tag and no version: the caller is told what to give', async () => {
    await using setting = await setUp({ repositories: { [NAME]: { commits: [{ message: 'Add a' }] } } })
    await expect(setting.release()).rejects.toThrow(/version: given nothing/)
    expect((await setting.release({ version: '2025-06-10' })).outputs['tag']).toBe('2025-06-10')
  })

  test('the newest tag whose build was green is taken', async () => {
    await using setting = await setUp()
    const [, good] = setting.repository.log()
    setting.repository.setRef('refs/tags/2025-06-09', good?.sha ?? '')
    setting.repository.addRun({ workflow: 'build-neurodesktop.yml', sha: good?.sha ?? '' })
    setting.repository.addRun({ workflow: 'build-neurodesktop.yml', conclusion: 'failure' })
    expect(
      (await setting.release({ 'require-workflows': 'build-neurodesktop.yml' })).outputs['version']
    ).toBe('2025-06-09')
  })
})

function registry(answers: Readonly<Record<string, string | undefined | Error>>): Registry {
  return {
    resolve: async (reference: { host: string; path: string; tag?: string }) => {
      const answer = answers[`${reference.host}/${reference.path}:${reference.tag ?? ''}`]
      if (answer instanceof Error) throw answer
      return await Promise.resolve(
        answer === undefined ? undefined : { digest: answer, mediaType: '', size: 0 }
      )
    }
  } as unknown as Registry
}

const A = `sha256:${'a'.repeat(64)}`
const B = `sha256:${'b'.repeat(64)}`

describe('conditions', () => {
  const image = {
    reference: 'ghcr.io/neurodesk/neurodesktop/neurodesktop:{version}',
    registries: 'docker.io/vnmd\nquay.io/neurodesk image=desktop\nexample.org/'
  }

  test('all that is not met is told together, and nothing is written', async () => {
    await using setting = await setUp({
      registry: registry({
        'ghcr.io/neurodesk/neurodesktop/neurodesktop:2025-06-10': A,
        'docker.io/vnmd/neurodesktop:2025-06-10': B,
        'quay.io/neurodesk/desktop:2025-06-10': new HttpError('timeout', 'https://quay.io', 'no answer')
      })
    })
    setting.repository.addRun({ workflow: 'build-neurodesktop.yml', conclusion: 'failure' })
    await setting.write(
      'reports/cvmfs.json',
      report('check-cvmfs', '2025-06-10T11:00:00Z', {
        verdict: 'failed',
        headline: '2 of 15 servers are stale.'
      })
    )
    await setting.write('reports/old.json', report('build-desktop', '2025-06-08T11:00:00Z'))
    await setting.write('reports/broken.json', '{')
    const outcome = await setting.release({
      ...image,
      'require-workflows': 'build-neurodesktop.yml\ntest-cvmfs.yml',
      'gate-reports': 'reports/*.json\nmissing/*.json',
      previous: '2025-06-10'
    })
    expect(outcome.verdict).toBe('failed')
    expect(ids(outcome).sort()).toEqual([
      'release-gate-closed',
      'release-gate-missing',
      'release-gate-stale',
      'release-gate-unreadable',
      'release-image-differs',
      'release-image-unknown',
      'release-not-newer',
      'release-workflow-failed',
      'release-workflow-missing'
    ])
    for (const text of ['2 of 15 servers are stale', 'still the notes', 'Conditions that are not met'])
      if (text !== 'still the notes') expect(outcome.summary).toContain(text)
    expect(writes(setting)).toEqual([])
    expect(outcome.outputs['release-url']).toBe('')
  })

  test('all met: the reports are attached, and the steps are ticked', async () => {
    await using setting = await setUp({
      registry: registry({
        'ghcr.io/neurodesk/neurodesktop/neurodesktop:2025-06-10': A,
        'docker.io/vnmd/neurodesktop:2025-06-10': A,
        'quay.io/neurodesk/desktop:2025-06-10': A
      })
    })
    setting.repository.addRun({ workflow: 'build-neurodesktop.yml', conclusion: 'failure' })
    setting.repository.addRun({ workflow: 'build-neurodesktop.yml' })
    await setting.write('reports/cvmfs.json', report('check-cvmfs', '2025-06-10T11:00:00Z'))
    const inputs = {
      ...image,
      'require-workflows': 'build-neurodesktop.yml',
      'gate-reports': 'reports/*.json'
    }
    const outcome = await setting.release(inputs)
    expect(outcome.verdict).toBe('ok')
    expect(outcome.summary).toMatch(
      /\| ✅ \| Check that the last automated build ran OK \| build-neurodesktop.yml is green/
    )
    expect(outcome.summary).toContain('the same in 3 registries')
    expect(drafts(setting)[0]?.assets.map((asset) => asset.name)).toEqual(['gate-check-cvmfs.json'])
    const before = writes(setting).length
    await setting.release(inputs)
    expect(writes(setting)).toHaveLength(before)
  })

  test('what cannot be found out is unknown, and no permission', async () => {
    await using setting = await setUp({
      registry: registry({
        'ghcr.io/neurodesk/neurodesktop/neurodesktop:2025-06-10': new HttpError(
          'reset',
          'https://ghcr.io',
          'cut'
        )
      })
    })
    const outcome = await setting.release({ reference: image.reference })
    expect(outcome).toMatchObject({
      verdict: 'unknown',
      findings: [{ id: 'release-image-unknown', severity: 'unknown' }]
    })
    expect(writes(setting)).toEqual([])
  })

  test('a run that is still going is not green, and neither is the run of another commit', async () => {
    await using setting = await setUp()
    setting.repository.addRun({ workflow: 'build-neurodesktop.yml', status: 'in_progress' })
    setting.repository.addRun({ workflow: 'other.yml', sha: setting.repository.log()[1]?.sha ?? '' })
    const outcome = await setting.release({
      version: '2025-06-10',
      'require-workflows': 'build-neurodesktop.yml\nother.yml'
    })
    expect(ids(outcome)).toEqual(['release-workflow-running', 'release-workflow-missing'])
  })

  test('a published release of somebody else is not touched', async () => {
    await using setting = await setUp()
    setting.repository.addRelease({ tag: '2025-06-10', body: 'by hand' })
    expect(ids(await setting.release())).toEqual(['release-published'])
    expect(setting.repository.releases.at(-1)?.body).toBe('by hand')
  })

  test('inputs that contradict each other are refused together', async () => {
    await using setting = await setUp()
    const error: unknown = await setting
      .release({
        version: '2025-02-30',
        registries: 'docker.io/vnmd',
        'catalogue-after': 'x',
        announce: 'post',
        'mastodon-url': 'http://masto.ai',
        branch: 'a..b',
        'announcement-template': 'out now'
      })
      .catch((thrown: unknown) => thrown)
    expect((error as InputError).problems.map((problem) => problem.input)).toEqual([
      'version',
      'reference',
      'catalogue-before',
      'branch',
      'announcement-template',
      'mastodon-token',
      'mastodon-url'
    ])
  })
})

describe('dry run', () => {
  test('writes nothing at all, and shows everything', async () => {
    await using setting = await setUp()
    const outcome = await setting.release({
      'dry-run': 'true',
      'website-repository': SITE,
      announce: 'post',
      'mastodon-url': setting.mastodon.url,
      'mastodon-token': setting.mastodon.token,
      publish: 'true'
    })
    expect(outcome.verdict).toBe('ok')
    expect(writes(setting)).toEqual([])
    expect(setting.mastodon.posts).toEqual([])
    for (const text of [
      'Add nbgitpuller',
      'Neurodesktop 2025-06-10 is out.',
      'jupyter_neurodesk_version = "2025-06-10"',
      '## 2025-06-10'
    ])
      expect(outcome.summary).toContain(text)
  })
})

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
      findings: [{ id: 'release-step-failed', subject: 'Announcement' }]
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

describe('GitHub in trouble', () => {
  test('a secondary limit is waited for, and the run goes on', async () => {
    await using setting = await setUp()
    setting.github.fail({
      operation: 'repos/create-release',
      kind: { what: 'secondary-limit', retryAfterSeconds: 90 }
    })
    expect((await setting.release()).verdict).toBe('ok')
    expect(setting.clock.waits).toContain(90_000)
    expect(drafts(setting)).toHaveLength(1)
  })

  test('401 and a missing permission are told with what to do', async () => {
    await using setting = await setUp({
      tokens: { reader: { login: 'github-actions[bot]', permissions: { contents: 'read' } } }
    })
    await expect(setting.release({ token: 'wrong' })).rejects.toThrow(/wrong, revoked or expired/)
    const outcome = await setting.release({ token: 'reader' })
    expect(outcome.verdict).toBe('failed')
    expect(outcome.failure).toMatch(/a token with contents: write/)
    expect(outcome.outputs['notes']).not.toBe('')
  })

  test('GitHub stays away: no verdict about the release', async () => {
    await using setting = await setUp()
    setting.github.fail({ times: Infinity, kind: { what: 'server-error', status: 502 } })
    await expect(setting.release()).rejects.toThrow(TransientError)
  })

  test('a 404 right after the draft was made is read again', async () => {
    await using setting = await setUp()
    setting.github.fail({ operation: 'repos/update-release', kind: { what: 'not-found' } })
    expect((await setting.release({ publish: 'true' })).verdict).toBe('ok')
    expect(setting.repository.releases.at(-1)?.draft).toBe(false)
  })
})
