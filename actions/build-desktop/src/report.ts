/** What people and other jobs get to see. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import { block, bytes, code, details, escape, span, table } from '../../../lib/markdown/index.ts'
import { at, formatReference, formatRepository } from '../../../lib/registry/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Built } from './build.ts'
import type { Candidate } from './candidate.ts'
import { describeChange, signed, type Change } from './changes.ts'
import type { Publication } from './publish.ts'
import type { Setup } from './setup.ts'
import { countChecks, type SmokeResult } from './smoke.ts'
import type { Target } from './plan.ts'

export interface Story {
  readonly setup: Setup
  readonly platform: string
  readonly built: Built
  readonly writable: readonly Target[]
  readonly change: Change
  readonly candidate: Candidate | undefined
  readonly smoke: SmokeResult
  readonly publications: readonly Publication[]
}

export function report(story: Story): Outcome {
  const findings = findingsOf(story)
  const { change, candidate, setup, smoke, publications } = story
  const counts = countChecks(smoke.profiles)
  const size =
    candidate?.image.compressedSize ??
    (change.verdict === 'unchanged' ? change.published.compressedSize : undefined)
  const before =
    change.verdict === 'changed' || change.verdict === 'unchanged'
      ? change.published.compressedSize
      : undefined
  const digest =
    candidate?.descriptor.digest ?? (change.verdict === 'unchanged' ? change.published.descriptor.digest : '')
  const reason = describeChange(change, size === undefined ? undefined : { now: size })
  const errors = findings.filter((finding) => finding.severity === 'error')
  const unknown = findings.filter((finding) => finding.severity === 'unknown')
  const pushed = publications.filter((one) => one.status === 'published')
  const headline = headlineOf(story, reason, errors, pushed)
  return {
    verdict: errors.length > 0 ? 'failed' : unknown.length > 0 ? 'unknown' : 'ok',
    headline,
    findings,
    figures: {
      'passed-count': counts.passed,
      'failed-count': counts.failed,
      'untested-count': counts.untested,
      'build-ms': Math.round(story.built.durationMs),
      'uploaded-bytes': candidate?.uploadedBytes ?? 0,
      ...(size === undefined ? {} : { 'size-bytes': size })
    },
    outputs: {
      digest,
      reference: candidate?.reference ?? story.built.name,
      tag: setup.tag,
      changed: change.verdict === 'unknown' ? 'unknown' : String(change.verdict !== 'unchanged'),
      reason,
      pushed: JSON.stringify(publications.map(publicationJson)),
      'passed-count': String(counts.passed),
      'failed-count': String(counts.failed),
      'untested-count': String(counts.untested),
      size: size === undefined ? '' : String(size),
      'size-delta': size === undefined || before === undefined ? '' : String(size - before),
      screenshots: JSON.stringify(smoke.screenshots)
    },
    summary: summaryOf(story, reason, headline, size),
    ...(errors.length > 0 || unknown.length > 0 ? { failure: headline } : {})
  }
}

function headlineOf(
  story: Story,
  reason: string,
  errors: readonly Finding[],
  pushed: readonly Publication[]
): string {
  const { setup, change } = story
  const name = `${setup.image} ${setup.tag}`
  const first = errors[0]
  if (first !== undefined) {
    return `${name}: ${first.subject}: ${first.message}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}. No tag was moved.`
  }
  if (change.verdict === 'unknown') return `${name}: whether it changed is unknown: ${change.because}`
  if (pushed.length > 0)
    return `${name}: ${reason}; published to ${pushed.map((one) => one.target.name).join(', ')}`
  if (change.verdict === 'unchanged') return `${name}: unchanged, nothing was pushed`
  return `${name}: ${reason}; nothing was pushed`
}

function findingsOf(story: Story): readonly Finding[] {
  const { change, smoke, publications, setup } = story
  const found: Finding[] = []
  for (const profile of smoke.profiles) {
    for (const check of profile.checks) {
      if (check.status === 'failed') {
        found.push({
          id: 'desktop-smoke-failed',
          subject: `${profile.profile}: ${check.name}`,
          severity: 'error',
          message: check.message,
          hint: 'Logs and state of the container are in the summary.'
        })
      }
    }
    if (profile.untested !== undefined) {
      found.push({
        id: 'desktop-smoke-untested',
        subject: profile.profile,
        severity: 'notice',
        message: profile.untested
      })
    }
  }
  for (const one of publications) {
    if (one.status === 'failed') {
      found.push({
        id: 'desktop-not-published',
        subject: one.target.name,
        severity: one.target.optional ? 'warning' : 'error',
        message: one.message
      })
    }
  }
  if (change.verdict === 'unknown' && !setup.inputs.forcePush) {
    found.push({
      id: 'desktop-change-unknown',
      subject: setup.targets.targets[0]?.name ?? setup.image,
      severity: 'unknown',
      message: `the registry did not tell what is published: ${change.because}`,
      hint: 'Run again when the registry answers.'
    })
  }
  return found
}

function publicationJson(one: Publication): Record<string, unknown> {
  return {
    registry: one.target.name,
    repository: formatRepository(one.target.repository),
    status: one.status,
    tags: one.tags,
    bytes: one.bytes,
    message: one.message
  }
}

function summaryOf(story: Story, reason: string, headline: string, size: number | undefined): string {
  const { setup, change, built, smoke, publications, candidate } = story
  const parts: string[] = [`## ${escape(setup.image)} ${escape(setup.tag)}\n`, `${escape(headline)}\n`]
  const rows: (readonly string[])[] = [
    ['Platform', code(story.platform)],
    ['Change', escape(reason)],
    ['Built in', span(built.durationMs)],
    ['Size', size === undefined ? `${bytes(built.facts.size)} unpacked` : `${bytes(size)} compressed`]
  ]
  if (change.verdict === 'changed' && size !== undefined)
    rows.push(['Size against latest', signed(size - change.published.compressedSize)])
  if (candidate !== undefined) rows.push(['Candidate', code(candidate.reference)])
  parts.push(table(['', ''], rows))
  if (change.verdict === 'changed') parts.push(changeTable(change, candidate))
  if (smoke.profiles.length > 0) parts.push(smokeTables(smoke))
  if (publications.length > 0) parts.push(publicationTable(publications))
  const where = publications.find((one) => one.status === 'published')
  if (where !== undefined) {
    const reference = formatReference(at(where.target.repository, setup.tag))
    parts.push(
      '### Run it\n',
      'Linux:\n',
      block(runLine(reference, 'linux'), 'bash'),
      'Windows:\n',
      block(runLine(reference, 'windows'), 'powershell')
    )
  }
  return `${parts.join('\n')}\n`
}

function changeTable(
  change: Extract<Change, { verdict: 'changed' }>,
  candidate: Candidate | undefined
): string {
  const { difference, published } = change
  const parts: string[] = []
  if (difference.layers.length > 0) {
    const rows = difference.layers.slice(0, 50).map((layer) => {
      const before = published.manifest.layers[layer.index]
      const now = candidate?.image.manifest.layers[layer.index]
      return [
        String(layer.index + 1),
        layer.before === undefined
          ? 'added'
          : layer.after === undefined
            ? 'removed'
            : layer.kind === 'times'
              ? 'only times'
              : 'content',
        before === undefined ? '' : bytes(before.size),
        now === undefined ? '' : bytes(now.size),
        layer.createdBy === undefined ? '' : code(layer.createdBy.slice(0, 120))
      ]
    })
    parts.push('### Layers against latest\n', table(['Layer', 'Change', 'Before', 'Now', 'Made by'], rows))
  }
  if (difference.fields.length > 0) {
    const shown = (value: string | undefined): string =>
      value === undefined ? '' : code(value.slice(0, 200))
    const rows = difference.fields
      .slice(0, 50)
      .map((field) => [code(field.name), shown(field.before), shown(field.after)])
    parts.push('### Configuration against latest\n', table(['Field', 'Before', 'Now'], rows))
  }
  return parts.join('\n')
}

function smokeTables(smoke: SmokeResult): string {
  const parts = ['### Smoke test\n']
  const rows = smoke.profiles.map((profile) => {
    const counts = countChecks([profile])
    return [
      escape(profile.profile),
      profile.untested === undefined
        ? counts.failed > 0
          ? 'failed'
          : 'passed'
        : `untested: ${escape(profile.untested)}`,
      `${counts.passed} / ${counts.failed} / ${counts.untested}`,
      profile.startUpMs === undefined ? '' : span(profile.startUpMs),
      profile.memory === undefined ? '' : bytes(profile.memory)
    ]
  })
  parts.push(table(['Profile', 'Result', 'Passed / failed / untested', 'Start-up', 'Memory'], rows))
  for (const profile of smoke.profiles) {
    const checks = profile.checks.map((check) => [
      check.status,
      escape(check.name),
      escape(check.message),
      span(check.durationMs)
    ])
    if (checks.length > 0)
      parts.push(details(`${profile.profile}: all checks`, table(['', 'Check', 'Message', 'Took'], checks)))
    const { diagnosis } = profile
    if (diagnosis === undefined) continue
    const facts = [
      diagnosis.exitCode === undefined ? 'still running' : `exit code ${diagnosis.exitCode}`,
      ...(diagnosis.outOfMemory ? ['killed for want of memory'] : []),
      ...(diagnosis.health === undefined ? [] : [`health: ${diagnosis.health}`])
    ]
    parts.push(
      details(
        `${profile.profile}: log of the container (${facts.join('; ')})`,
        block(diagnosis.logs.slice(-20_000))
      )
    )
  }
  return parts.join('\n')
}

function publicationTable(publications: readonly Publication[]): string {
  const rows = publications.map((one) => [
    code(formatRepository(one.target.repository)),
    one.status + (one.target.optional ? ' (optional)' : ''),
    one.tags.map(code).join(' '),
    escape(one.message)
  ])
  return `### Where it went\n\n${table(['Repository', 'Result', 'Tags', ''], rows)}`
}

/** The lines of NeuroDesk's documentation, with this image. */
function runLine(reference: string, system: 'linux' | 'windows'): string {
  const common = `--shm-size=1gb -it --cap-add SYS_ADMIN --security-opt apparmor:unconfined --device=/dev/fuse --name neurodesktop -v neurodesktop-storage:/neurodesktop-storage`
  const user = system === 'linux' ? ' -e HOST_UID="$(id -u)" -e HOST_GID="$(id -g)"' : ''
  return `docker run ${common}${user} -p 8080:8080 -h neurodesktop ${reference}`
}
