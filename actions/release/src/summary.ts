/** The step summary: NeuroDesk's seven steps, what is missing, then notes and announcement as they will appear. Pure. */
import { block, code, details, escape, table } from '../../../lib/markdown/index.ts'
import type { Check } from './gates/check.ts'
import type { Result } from './result.ts'

type Mark = '✅' | '❌' | '❔' | '⏳' | '➖'
type Step = readonly [Mark, string, string]

export function summaryOf(result: Result, headline: string): string {
  const { subject, findings, checks, merged, steps, notes } = result
  const parts = [`## Release ${escape(subject.version)}`, `**${escape(headline)}**`, facts(result)]
  parts.push(table(['', 'Step', ''], stepsOf(result)))
  const open = checks.filter((check) => check.state !== 'ok')
  if (open.length > 0)
    parts.push(
      '### Conditions that are not met',
      table(
        ['', 'What', 'What to do'],
        open.map((check) => [markOf(check), escape(check.message), escape(check.hint ?? '')])
      )
    )
  if (findings.length > 0)
    parts.push(
      '### Findings',
      table(
        ['', 'What', 'What to do'],
        findings.map((one) => [one.severity, escape(one.message), escape(one.hint ?? '')])
      )
    )
  if (merged.kept)
    parts.push(
      `Hand edits of the draft were kept${merged.added > 0 ? `; new lines were put in: ${merged.added}` : ''}.`
    )
  if (steps.edits !== undefined && steps.edits.files.size > 0) {
    parts.push(
      '### Files of the web site as they would be',
      ...[...steps.edits.files].map(([path, content]) => details(path, block(content.slice(0, 20_000))))
    )
  }
  parts.push('### Notes', quote(notes))
  if (steps.announcement !== undefined) parts.push('### Announcement', block(steps.announcement))
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`
}

function facts({ repository, subject, changes }: Result): string {
  const since =
    subject.previous === undefined
      ? 'no earlier release'
      : `${code(subject.previous.name)}${subject.previous.ref === subject.previous.name ? '' : ` (build ${code(subject.previous.ref)})`}`
  return table(
    ['Repository', 'Commit', 'Since', 'Commits', 'Pull requests'],
    [
      [
        code(repository),
        code(subject.sha.slice(0, 12)),
        since,
        String(changes.commitCount),
        String(changes.pullCount)
      ]
    ]
  )
}

/** https://neurodesk.org/developers/architecture/release_process/ */
function stepsOf(result: Result): Step[] {
  const { checks, changes, inputs, steps, plan, isBlocked, notes } = result
  const builds = checks.filter((check) => check.id.startsWith('release-workflow'))
  const tests = checks.filter(
    (check) => check.id.startsWith('release-image') || check.id.startsWith('release-gate')
  )
  const pull = steps.website
  const waits = isBlocked
    ? 'waits for the conditions'
    : inputs.dryRun
      ? 'not written (dry run)'
      : steps.failed !== undefined
        ? `not done: ${steps.failed} failed`
        : ''
  const containers =
    changes.containers === undefined
      ? 'containers were not compared'
      : `containers: ${changes.containers.added} new tools, ${changes.containers.updated} updated, ${changes.containers.removed} with something removed`
  const draft: Step =
    steps.release === undefined
      ? [plan.isPublished ? '✅' : '⏳', 'Summarise them into the release history', waits]
      : [
          steps.release.isDraft ? '⏳' : '✅',
          'Summarise them into the release history',
          `${steps.release.isDraft ? 'a person reads and publishes the draft' : 'published'}: ${steps.release.url}`
        ]
  return [
    checked(
      'Check that the last automated build ran OK',
      builds,
      'no workflows are required (`require-workflows`)'
    ),
    checked(
      'Run that build and test it',
      tests,
      'no image and no reports are required (`reference`, `gate-reports`)'
    ),
    [
      '✅',
      'See what changed since the last release',
      `${changes.commitCount} commits, ${changes.pullCount} pull requests; ${containers}`
    ],
    notes === '' ? ['❌', draft[1], 'there are no notes'] : draft,
    website('Change the version of the latest desktop', result, waits),
    pull?.pull === undefined
      ? website('Commit all changes', result, waits)
      : [
          pull.state === 'merged' ? '✅' : pull.state === 'closed' ? '❌' : '⏳',
          'Commit all changes',
          `${pull.state === 'merged' ? 'merged' : pull.state === 'closed' ? 'closed by somebody' : 'a person reviews and merges'}: ${pull.pull.url}`
        ],
    announcement(result, waits)
  ]
}

function checked(step: string, checks: readonly Check[], nothing: string): Step {
  if (checks.length === 0) return ['➖', step, nothing]
  const bad = checks.filter((check) => check.state !== 'ok')
  const worst = bad.find((check) => check.state === 'failed') ?? bad[0]
  return [
    worst === undefined ? '✅' : markOf(worst),
    step,
    (bad.length > 0 ? bad : checks).map((check) => escape(check.message)).join('<br>')
  ]
}

function website(step: string, { inputs, steps }: Result, waits: string): Step {
  if (inputs.websiteRepository === '') return ['➖', step, 'no web site is given (`website-repository`)']
  const { website: done } = steps
  if (done === undefined) return ['⏳', step, waits]
  if (done.state === 'nothing' || done.state === 'merged') return ['✅', step, 'the web site has it']
  const changed = [...done.edits.files.keys(), ...done.edits.same]
  return [done.state === 'closed' ? '❌' : '⏳', step, changed.map(code).join(', ')]
}

function announcement({ inputs, steps }: Result, waits: string): Step {
  const step = 'Announce it'
  if (inputs.announce === 'none') return ['➖', step, 'not asked for (`announce`)']
  if (steps.announced?.postUrl !== undefined) return ['✅', step, steps.announced.postUrl]
  if (inputs.announce === 'preview') return ['⏳', step, 'shown below, for a person to post']
  return ['⏳', step, waits === '' ? 'waits until the release is published' : waits]
}

const markOf = (check: Check): Mark => (check.state === 'ok' ? '✅' : check.state === 'unknown' ? '❔' : '❌')

/** Headings of the notes must not become headings of the summary. */
function quote(markdown: string): string {
  return markdown
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
}
