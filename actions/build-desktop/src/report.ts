/** What people and other jobs get to see. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { formatRepository } from '../../../lib/registry/index.ts'
import { describeChange } from './changes.ts'
import { lookedAt } from './looked.ts'
import type { Publication } from './publish.ts'
import { judgePublications } from './publishing.ts'
import { scanSubject, type ScanResult } from './scan.ts'
import { countChecks } from './smoke.ts'
import type { Story } from './story.ts'
import { summarise } from './summary.ts'

export function report(story: Story): Outcome {
  const { change, setup, smoke, publications, subject } = story
  const findings = [...story.findings, ...judgeScans(story.scans), ...judgePublications(publications)]
  const counts = countChecks(smoke.profiles)
  const size = sizeOf(story)
  const published =
    change?.verdict === 'changed' || change?.verdict === 'unchanged' ? change.published : undefined
  const before = published?.compressedSize
  const reason =
    change === undefined
      ? (story.because ?? '')
      : describeChange(change, size === undefined ? undefined : { now: size }, story.packages)
  const errors = findings.filter((finding) => finding.severity === 'error')
  const unknown = findings.filter((finding) => finding.severity === 'unknown')
  const headline = headlineOf(story, reason, [...errors, ...unknown])
  return {
    verdict: errors.length > 0 ? 'failed' : unknown.length > 0 ? 'unknown' : 'ok',
    headline,
    findings,
    ...lookedAt(story),
    figures: {
      'passed-count': counts.passed,
      'failed-count': counts.failed,
      'untested-count': counts.untested,
      'uploaded-bytes': story.uploadedBytes + publications.reduce((sum, one) => sum + one.bytes, 0),
      ...(story.buildMs === undefined ? {} : { 'build-ms': Math.round(story.buildMs) }),
      ...(size === undefined ? {} : { 'size-bytes': size })
    },
    outputs: {
      digest: subject?.digest ?? '',
      'digest-file': story.digestFile,
      reference: subject?.reference ?? '',
      tag: setup.tag,
      changed: changedOutput(story),
      reason,
      pushed: JSON.stringify(publications.map(publicationJson)),
      'passed-count': String(counts.passed),
      'failed-count': String(counts.failed),
      'untested-count': String(counts.untested),
      size: size === undefined ? '' : String(size),
      'size-delta': size === undefined || before === undefined ? '' : String(size - before),
      screenshots: JSON.stringify(smoke.screenshots)
    },
    summary: summarise(story, { headline, reason, size, before }),
    ...(errors.length > 0 || unknown.length > 0 ? { failure: headline } : {})
  }
}

/** Bytes of all platforms as they travel; undefined while nothing is in a registry. */
function sizeOf(story: Story): number | undefined {
  const images = story.subject?.images ?? []
  return images.length === 0 ? undefined : images.reduce((sum, image) => sum + image.compressedSize, 0)
}

function changedOutput(story: Story): string {
  const { change, setup, publications } = story
  if (setup.inputs.mode === 'merge') return String(publications.some((one) => one.tags.includes(setup.tag)))
  if (story.changedBefore !== undefined) return String(story.changedBefore)
  if (change === undefined)
    return story.findings.some((one) => one.severity === 'unknown') ? 'unknown' : 'false'
  return change.verdict === 'unknown' ? 'unknown' : String(change.verdict !== 'unchanged')
}

function headlineOf(story: Story, reason: string, bad: readonly Finding[]): string {
  const { setup, publications } = story
  const name = `${setup.image} ${setup.tag}`
  const [first] = bad
  const moved = publications.some((one) => one.tags.length > 0)
  if (first !== undefined) {
    const more = bad.length > 1 ? ` (and ${bad.length - 1} more)` : ''
    const tags = moved ? '' : ' No tag was moved.'
    return `${name}: ${first.subject}: ${first.message}${more}.${tags}`.replaceAll('..', '.')
  }
  const to = publications.filter((one) => one.status === 'published').map((one) => one.target.name)
  if (to.length > 0) return `${name}: ${reason}; published to ${to.join(', ')}`
  const would = publications.filter((one) => one.status === 'would-publish').map((one) => one.target.name)
  if (would.length > 0) return `${name}: ${reason}; would be published to ${would.join(', ')}`
  if (setup.inputs.mode === 'test')
    return `${name}: ${countChecks(story.smoke.profiles).passed} checks passed`
  if (story.digestFile !== '') return `${name}: ${reason}; the digest is in ${story.digestFile}`
  return `${name}: ${reason}; nothing was pushed`
}

function judgeScans(scans: readonly ScanResult[]): readonly Finding[] {
  return scans
    .filter((scan) => !scan.passed)
    .map((scan) => ({
      id: 'desktop-scan-failed',
      subject: scanSubject(scan),
      severity: 'error',
      message: `the scan of ${scan.image} did not pass: ${scan.message}`,
      hint: 'What the scanner said is in the summary.'
    }))
}

function publicationJson(one: Publication): Record<string, unknown> {
  return {
    registry: one.target.name,
    repository: formatRepository(one.target.repository),
    status: one.status,
    tags: one.tags,
    bytes: one.bytes,
    message: one.message,
    ...(one.publicAccess === undefined ? {} : { public: one.publicAccess === 'yes' })
  }
}
