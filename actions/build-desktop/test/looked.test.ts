/** What a run says that it looked at: of a story that is made up, in each mode. */
import { describe, expect, test } from '@jest/globals'

import { report } from '../src/report.ts'
import type { Story } from '../src/story.ts'

const IMAGE = `ghcr.io/neurodesk/neurodesktop@sha256:${'a'.repeat(64)}`
const target = (name: string): Story['publications'][number]['target'] => ({
  name,
  repository: { host: 'ghcr.io', path: 'neurodesk/neurodesktop' },
  optional: false
})
const publication = (
  name: string,
  status: Story['publications'][number]['status']
): Story['publications'][number] => ({
  target: target(name),
  status,
  tags: [],
  bytes: 0,
  message: '',
  publicAccess: undefined
})

type Status = 'passed' | 'failed' | 'untested'

function profile(name: string, checks: Readonly<Record<string, Status>>, untested?: string): unknown {
  const list = Object.entries(checks).map(([check, status]) => ({
    name: check,
    kind: 'http',
    status,
    message: '',
    durationMs: 1
  }))
  return { profile: name, checks: list, startUpMs: 1, memory: 1, untested, diagnosis: undefined }
}

function lookedAt(
  inputs: Readonly<Record<string, unknown>>,
  profiles: readonly unknown[],
  more: Partial<Story> = {}
): unknown {
  const setup = {
    image: 'neurodesktop',
    tag: '2026-01-02',
    inputs: { mode: 'all', dryRun: false, profile: [], scan: [], ...inputs },
    targets: { targets: [target('ghcr.io/neurodesk'), target('docker.io/vnmd')], skipped: [], notes: [] }
  }
  const story = {
    setup,
    platforms: ['linux/amd64'],
    subject: undefined,
    uploadedBytes: 0,
    smoke: { profiles, screenshots: [] },
    scans: [],
    publications: [],
    digestFile: '',
    findings: [],
    ...more
  } as unknown as Story
  const { subjects, unreached, coverage } = report(story)
  return [subjects, unreached, coverage?.whole]
}

describe('what was looked at', () => {
  const good = profile('desktop', { http: 'passed', vnc: 'passed' })
  const checks = ['desktop: http', 'desktop: vnc', 'smoke test']

  test('a whole run: what was published, what was tried', () => {
    const publications = [
      publication('ghcr.io/neurodesk', 'published'),
      publication('docker.io/vnmd', 'held')
    ]
    expect(lookedAt({}, [good], { publications })).toEqual([
      ['ghcr.io/neurodesk', ...checks],
      ['docker.io/vnmd'],
      true
    ])
  })

  test('what could not be tried was not reached; a profile stands for all its checks', () => {
    const half = profile('desktop', { http: 'passed', vnc: 'untested' })
    const none = profile('gpu', {}, 'no GPU here')
    expect(lookedAt({ mode: 'test' }, [half, none])).toEqual([
      ['desktop: http', 'smoke test'],
      ['desktop: vnc', 'gpu'],
      false
    ])
  })

  test('a build does not publish: that it may push is no answer about what was not published', () => {
    expect(lookedAt({ mode: 'build' }, [])).toEqual([[], [], false])
  })

  test('a dry run, a part of the profiles, a failed check or a scan that was not begun are not the whole', () => {
    const would = [publication('ghcr.io/neurodesk', 'would-publish')]
    expect(lookedAt({ dryRun: true }, [good], { publications: would })).toEqual([checks, [], false])
    const both = ['ghcr.io/neurodesk', 'docker.io/vnmd']
    expect(lookedAt({ profile: ['desktop'] }, [good])).toEqual([checks, both, false])
    expect(lookedAt({ scan: ['trivy'] }, [good])).toEqual([checks, both, false])
    expect(lookedAt({}, [profile('desktop', { http: 'failed' })])).toEqual([['desktop: http'], both, false])
  })

  test('a scan is of the image, whatever its digest is today', () => {
    const scans = [{ image: IMAGE, passed: true, message: '', output: '' }]
    expect(lookedAt({ mode: 'merge', dryRun: true }, [], { scans })).toEqual([
      ['ghcr.io/neurodesk/neurodesktop'],
      [],
      false
    ])
  })
})
