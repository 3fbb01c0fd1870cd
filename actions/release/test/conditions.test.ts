/** What must be so before anything is written: whole runs. */
import { describe, expect, test } from '@jest/globals'

import type { InputError } from '../../../lib/failure/index.ts'
import { HttpError } from '../../../lib/http/index.ts'
import type { Registry } from '../../../lib/registry/index.ts'
import { drafts, ids, report, setUp, SITE, writes } from './setting.ts'

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
    expect(outcome.subjects).toEqual(
      expect.arrayContaining([
        '2025-06-10',
        'build-neurodesktop.yml',
        'check-cvmfs (reports/cvmfs.json)',
        'reports/*.json',
        'ghcr.io/neurodesk/neurodesktop/neurodesktop:2025-06-10',
        'docker.io/vnmd/neurodesktop:2025-06-10',
        'quay.io/neurodesk/desktop:2025-06-10',
        'Draft release'
      ])
    )
    // A draft is no answer about what it would be to publish and announce it.
    expect(outcome.unreached).toEqual(expect.arrayContaining(['Publishing', 'Announcement']))
    expect(outcome.coverage).toEqual({ of: 'release', whole: true })
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
      findings: [{ id: 'release-image-unknown', severity: 'unknown' }],
      coverage: { whole: false }
    })
    expect(outcome.unreached).toEqual(
      expect.arrayContaining(['ghcr.io/neurodesk/neurodesktop/neurodesktop:2025-06-10', 'Draft release'])
    )
    expect([...new Set(outcome.subjects)]).toEqual(['2025-06-10'])
    expect(writes(setting)).toEqual([])
  })

  test('what an optional registry lacks is told, and stops nothing', async () => {
    await using setting = await setUp({
      registry: registry({
        'ghcr.io/neurodesk/neurodesktop/neurodesktop:2025-06-10': A,
        'docker.io/vnmd/neurodesktop:2025-06-10': B
      })
    })
    const outcome = await setting.release({
      reference: image.reference,
      registries: 'docker.io/vnmd optional\nquay.io/neurodesk optional'
    })
    expect(outcome).toMatchObject({
      verdict: 'ok',
      findings: [
        { id: 'release-image-differs', severity: 'warning' },
        { id: 'release-image-missing', severity: 'warning' }
      ]
    })
    expect(drafts(setting)).toHaveLength(1)
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
        'catalogue-before': 'x',
        announce: 'post',
        'mastodon-url': 'http://masto.ai',
        branch: 'a..b',
        'announcement-template': 'out now'
      })
      .catch((thrown: unknown) => thrown)
    expect((error as InputError).problems.map((problem) => problem.input)).toEqual([
      'version',
      'reference',
      'catalogue-after',
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
