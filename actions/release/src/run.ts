/** One release, step by step as the README numbers them. */
import path from 'node:path'

import type { Outcome } from '../../../lib/action/index.ts'
import { InputError } from '../../../lib/failure/index.ts'
import type { GitHub, Release, Repository } from '../../../lib/github/index.ts'
import { Refused } from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Inputs } from './inputs.ts'
import { DEFAULT_CONFIG, readNotesConfig, type NotesConfig } from './notes/config.ts'
import { entriesOf } from './notes/entries.ts'
import { freshBody, mergeBody, type Merged } from './notes/marked.ts'
import { notesOf, type Notes } from './notes/render.ts'
import {
  checkNewer,
  planRelease,
  previousRelease,
  type Check,
  type Previous,
  type ReleasePlan
} from './plan.ts'
import { toOutcome } from './report.ts'
import { newestVersion } from './version.ts'

export interface ReleasePorts extends Ports {
  readonly github: GitHub
}

/** What is released: which version, of which commit, since which release. */
export interface Subject {
  readonly version: string
  readonly sha: string
  readonly previous: Previous | undefined
}

export async function run(inputs: Inputs, ports: ReleasePorts): Promise<Outcome> {
  const { log } = ports
  const repository = ports.github.repository(
    inputs.repository === '' ? ports.runner.repository : inputs.repository
  )
  const config = await readConfig(inputs, ports)

  // 1. What is released, and may it be?
  const releases = await log.group('Reading releases and tags', async () => await repository.releases.list())
  const subject = await findSubject(inputs, repository, releases, ports)
  const plan = planRelease(releases, subject.version)
  const checks: Check[] = [checkNewer(subject.version, subject.previous), ...plan.checks]
  const findings: Finding[] = plan.surplus.map(surplusFinding)

  // 2. and 3. What changed, and how it reads.
  const { notes, commitCount } = await log.group(
    'Collecting changes',
    async () => await collect(repository, subject, config, findings)
  )
  const merged =
    plan.existing === undefined
      ? freshBody(subject.version, notes)
      : mergeBody(plan.existing.body, subject.version, notes)
  const notesPath = await writeNotes(
    subject.version,
    plan.isPublished && plan.existing ? plan.existing.body : merged.notes,
    ports
  )

  // 4. The release itself.
  const blocked = checks.some((check) => check.state !== 'ok')
  const release =
    blocked || inputs.dryRun
      ? undefined
      : await log.group('Release', async () => await write(repository, subject, plan, merged, inputs.publish))

  return toOutcome({
    inputs,
    repository: repository.name,
    subject,
    plan,
    checks,
    findings,
    notes,
    merged,
    commitCount,
    release,
    notesPath,
    isBlocked: blocked
  })
}

async function readConfig(inputs: Inputs, ports: ReleasePorts): Promise<NotesConfig> {
  if (inputs.notesConfig === '') return DEFAULT_CONFIG
  const text = await ports.fs
    .readFile(path.resolve(ports.runner.workspace, inputs.notesConfig), 'utf8')
    .catch(() => {
      throw new InputError([
        { input: 'notes-config', given: inputs.notesConfig, allowed: 'the path of a file that can be read' }
      ])
    })
  return readNotesConfig(text, inputs.notesConfig)
}

async function findSubject(
  inputs: Inputs,
  repository: Repository,
  releases: readonly Release[],
  ports: ReleasePorts
): Promise<Subject> {
  const version =
    inputs.version === '' ? newestVersion((await repository.git.tags('2')).keys()) : inputs.version
  if (version === undefined) {
    throw new InputError([
      {
        input: 'version',
        given: '',
        allowed: 'a date, or nothing in a repository that has tags such as 2025-06-10',
        fix: `${repository.name} has no such tag: give \`version\``
      }
    ])
  }
  const previous: Previous | undefined =
    inputs.previous === '' ? previousRelease(releases, version) : { name: inputs.previous, from: 'given' }
  return { version, sha: await commitOf(repository, version, ports), previous }
}

/** The tag's commit; without a tag the commit of this run, or the tip of the default branch elsewhere. */
async function commitOf(repository: Repository, version: string, ports: ReleasePorts): Promise<string> {
  const tagged = await repository.git.resolve(`tags/${version}`)
  if (tagged !== undefined) return tagged
  if (
    repository.name.toLowerCase() === ports.runner.repository.toLowerCase() &&
    (await repository.git.resolve(ports.runner.sha)) !== undefined
  )
    return ports.runner.sha
  const { defaultBranch } = await repository.about()
  const tip = await repository.git.branch(defaultBranch)
  if (tip === undefined)
    throw new InputError([
      { input: 'repository', given: repository.name, allowed: 'a repository with commits' }
    ])
  return tip
}

async function collect(
  repository: Repository,
  subject: Subject,
  config: NotesConfig,
  findings: Finding[]
): Promise<{ notes: Notes; commitCount: number }> {
  if (subject.previous === undefined) {
    findings.push({
      id: 'release-no-previous',
      subject: repository.name,
      severity: 'warning',
      message: 'there is no earlier release to count changes from',
      hint: 'Give `previous`: the tag or commit of the last release.'
    })
    return { notes: notesOf(subject.version, []), commitCount: 0 }
  }
  const comparison = await repository.git
    .compare(subject.previous.name, subject.sha)
    .catch((error: unknown) => {
      if (!(error instanceof Refused) || error.status !== 404) throw error
      throw new InputError([
        {
          input: 'previous',
          given: subject.previous?.name ?? '',
          allowed: `a tag or commit of ${repository.name} that shares history with ${subject.sha.slice(0, 7)}`
        }
      ])
    })
  if (comparison.behindBy > 0) {
    findings.push({
      id: 'release-history-rewritten',
      subject: subject.previous.name,
      severity: 'warning',
      message: `${comparison.behindBy} commits of ${subject.previous.name} are not in what is released: the branch was rewritten, or the tag stands elsewhere`,
      hint: 'Read the notes with care: they hold what came since the last commit that both have.'
    })
  }
  const since = comparison.commits[0]?.date
  const pulls = since === undefined ? new Map<string, never>() : await repository.pulls.merged(since)
  const entries = entriesOf(comparison.commits, pulls, new Map(), config)
  return {
    notes: notesOf(subject.version, entries, {}, undefined, comparison.url),
    commitCount: comparison.commits.length
  }
}

/** For steps that come after this one: beside the private folder, which is removed at the end. */
async function writeNotes(version: string, notes: string, ports: ReleasePorts): Promise<string> {
  const file = path.join(path.dirname(ports.runner.temp), `release-notes-${version}.md`)
  await ports.fs.writeFile(file, notes, { mode: 0o644 })
  return file
}

async function write(
  repository: Repository,
  subject: Subject,
  plan: ReleasePlan,
  merged: Merged,
  publish: boolean
): Promise<Release> {
  const text = { tag: subject.version, title: subject.version, body: merged.body }
  const { existing } = plan
  // A published release is what people have read: neither its text nor its tag is touched again.
  if (existing !== undefined && plan.isPublished) return existing
  const lookAgain = async (): Promise<Release | undefined> =>
    planRelease(await repository.releases.list(), subject.version).existing
  const same =
    existing?.body === merged.body && existing.tag === subject.version && existing.title === subject.version
  const draft =
    existing === undefined
      ? await repository.releases.createDraft({ ...text, target: subject.sha }, lookAgain)
      : same
        ? existing
        : await repository.releases.update(existing.id, { ...text, target: subject.sha })
  return publish ? await repository.releases.publish(draft.id, subject.version) : draft
}

function surplusFinding(release: Release): Finding {
  return {
    id: 'release-draft-surplus',
    subject: release.url,
    severity: 'warning',
    message: `a second draft of this action, for ${release.tag}, was left as it is`,
    hint: 'Delete it when nobody needs it.'
  }
}
