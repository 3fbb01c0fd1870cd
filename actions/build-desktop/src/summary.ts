/** The step summary. Pure. */
import { basename } from 'node:path'
import { block, bytes, code, details, escape, list, span, table } from '../../../lib/markdown/index.ts'
import { at, formatReference, formatRepository } from '../../../lib/registry/index.ts'
import { signed, type Change } from './changes.ts'
import type { PackageChanges } from './packages.ts'
import type { Publication } from './publish.ts'
import { runLine } from './run-line.ts'
import type { ScanResult } from './scan.ts'
import type { ProfileResult } from './smoke/run-profile.ts'
import { countChecks } from './smoke.ts'
import type { Story } from './story.ts'

export interface Figures {
  readonly headline: string
  readonly reason: string
  readonly size: number | undefined
  readonly before: number | undefined
}

const MOST_ROWS = 50

export function summarise(story: Story, figures: Figures): string {
  const { setup, change, smoke, publications, scans, packages } = story
  const parts = [
    `## ${escape(setup.image)} ${escape(setup.tag)}\n`,
    `${escape(figures.headline)}\n`,
    factTable(story, figures)
  ]
  if (change?.verdict === 'changed') parts.push(changeTables(change, story))
  if (packages !== undefined) parts.push(packageLists(packages))
  if (smoke.profiles.length > 0) parts.push(smokeTables(smoke.profiles, smoke.screenshots))
  for (const scan of scans) parts.push(scanPart(scan))
  if (publications.length > 0) parts.push(publicationTable(publications))
  const where = publications.find((one) => one.tags.includes(setup.tag))
  if (where !== undefined) {
    const reference = formatReference(at(where.target.repository, setup.tag))
    const ports = story.subject?.images[0]?.config.settings['ExposedPorts']
    parts.push(
      '### Run it\n',
      'Linux:\n',
      block(runLine(reference, 'linux', ports), 'bash'),
      'Windows:\n',
      block(runLine(reference, 'windows', ports), 'powershell')
    )
  }
  return `${parts.join('\n')}\n`
}

function factTable(story: Story, figures: Figures): string {
  const { subject, buildMs, gitTag } = story
  const rows: (readonly string[])[] = [
    [story.platforms.length === 1 ? 'Platform' : 'Platforms', story.platforms.map(code).join(' ')],
    ['Change', escape(figures.reason)]
  ]
  if (buildMs !== undefined) rows.push(['Built in', span(buildMs)])
  if (figures.size !== undefined) rows.push(['Size', `${bytes(figures.size)} compressed`])
  if (figures.size !== undefined && figures.before !== undefined)
    rows.push(['Size against latest', signed(figures.size - figures.before)])
  if (subject !== undefined) rows.push(['Image', code(subject.reference)])
  if (gitTag !== undefined) rows.push(['Git tag', gitTag.outcome])
  return table(['', ''], rows)
}

function changeTables(change: Extract<Change, { verdict: 'changed' }>, story: Story): string {
  const { difference, published } = change
  const now = story.subject?.images[0]
  const parts: string[] = []
  if (difference.layers.length > 0) {
    const words = {
      content: 'content',
      times: 'only times',
      unknown: 'content (or only times: not known)'
    } as const
    const rows = difference.layers.slice(0, MOST_ROWS).map((layer) => {
      const before = published.manifest.layers[layer.index]
      const after = now?.manifest.layers[layer.index]
      return [
        String(layer.index + 1),
        layer.before === undefined ? 'added' : layer.after === undefined ? 'removed' : words[layer.kind],
        before === undefined ? '' : bytes(before.size),
        after === undefined ? '' : bytes(after.size),
        layer.createdBy === undefined ? '' : code(layer.createdBy.slice(0, 120))
      ]
    })
    const same =
      published.config.diffIds.length - difference.layers.filter((layer) => layer.before !== undefined).length
    parts.push(
      '### Layers against latest\n',
      `${same} of ${published.config.diffIds.length} published layers are the same.\n`
    )
    parts.push(table(['Layer', 'Change', 'Before', 'Now', 'Made by'], rows))
    if (difference.layers.length > MOST_ROWS) parts.push(`and ${difference.layers.length - MOST_ROWS} more\n`)
  }
  if (difference.fields.length > 0) {
    const shown = (value: string | undefined): string =>
      value === undefined ? '' : code(value.slice(0, 200))
    const rows = difference.fields
      .slice(0, MOST_ROWS)
      .map((field) => [code(field.name), shown(field.before), shown(field.after)])
    parts.push('### Configuration against latest\n', table(['Field', 'Before', 'Now'], rows))
    if (difference.fields.length > MOST_ROWS) parts.push(`and ${difference.fields.length - MOST_ROWS} more\n`)
  }
  return parts.join('\n')
}

function packageLists(packages: PackageChanges): string {
  const groups = [
    ['added', packages.added],
    ['removed', packages.removed],
    ['updated', packages.updated]
  ] as const
  const parts = groups
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) =>
      details(
        `${names.length} ${names.length === 1 ? 'package' : 'packages'} ${what}`,
        list(names.slice(0, 500).map(code))
      )
    )
  return parts.length === 0
    ? 'The installed packages are the same.\n'
    : `### Packages against latest\n\n${parts.join('\n')}`
}

function smokeTables(profiles: readonly ProfileResult[], screenshots: readonly string[]): string {
  const parts = ['### Smoke test\n']
  const rows = profiles.map((profile) => {
    const counts = countChecks([profile])
    const result = counts.failed > 0 ? 'failed' : 'passed'
    return [
      escape(profile.profile),
      profile.untested === undefined ? result : `untested: ${escape(profile.untested)}`,
      `${counts.passed} / ${counts.failed} / ${counts.untested}`,
      profile.startUpMs === undefined ? '' : span(profile.startUpMs),
      profile.memory === undefined ? '' : bytes(profile.memory)
    ]
  })
  parts.push(table(['Profile', 'Result', 'Passed / failed / untested', 'Start-up', 'Memory'], rows))
  const failures = profiles.flatMap((profile) =>
    profile.checks
      .filter((check) => check.status === 'failed')
      .map((check) => [escape(profile.profile), escape(check.name), escape(check.message)])
  )
  if (failures.length > 0)
    parts.push('What failed:\n', table(['Profile', 'Check', 'Message'], failures.slice(0, MOST_ROWS)))
  if (screenshots.length > 0) {
    const names = screenshots.map((file) => code(basename(file))).join(' ')
    parts.push(`Pictures: ${names}; their paths are in the output \`screenshots\`.\n`)
  }
  for (const profile of profiles) {
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
        diagnosis.logs.trim() === '' ? 'It printed nothing.\n' : block(diagnosis.logs.slice(-20_000))
      )
    )
  }
  return parts.join('\n')
}

function scanPart(scan: ScanResult): string {
  const title = `### Scan: ${scan.passed ? 'passed' : 'failed'}\n\n${code(scan.image)}: ${escape(scan.message)}\n`
  return scan.output === ''
    ? title
    : `${title}\n${details('What the scanner said last', block(scan.output.slice(-20_000)))}`
}

function publicationTable(publications: readonly Publication[]): string {
  const rows = publications.map((one) => [
    code(formatRepository(one.target.repository)),
    one.status + (one.target.optional ? ' (optional)' : ''),
    one.tags.map(code).join(' '),
    escape(one.message) + (one.publicAccess === 'no' ? '; not public' : '')
  ])
  return `### Where it went\n\n${table(['Repository', 'Result', 'Tags', ''], rows)}`
}
