/** One release, step by step as the README numbers them. */
import path from 'node:path'

import type { Outcome } from '../../../lib/action/index.ts'
import { isExpected, messageOf } from '../../../lib/failure/index.ts'
import {
  LIMITS,
  Moved,
  Rejected,
  type GitHub,
  type Release,
  type Repository
} from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Registry } from '../../../lib/registry/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { announce, announcedAt, type Announced } from './announce/announce.ts'
import { DEFAULT_LIMITS } from './announce/count.ts'
import { PostRefused, type Mastodon } from './announce/mastodon.ts'
import { readTemplate, renderAnnouncement } from './announce/text.ts'
import { collectChanges, readGiven } from './changes.ts'
import { isMet, type Check } from './gates/check.ts'
import { checkImages, imagesOf } from './gates/image.ts'
import { checkReports, type GateReport } from './gates/reports.ts'
import { checkWorkflows } from './gates/workflows.ts'
import type { Inputs } from './inputs.ts'
import { freshBody, mergeBody, withoutMarks } from './notes/marked.ts'
import { renderNotes } from './notes/render.ts'
import { checkNewer, planRelease } from './plan.ts'
import { toOutcome, type Result } from './report.ts'
import { writeAssets, writeDraft, type Asset } from './release.ts'
import { findSubject, type Subject } from './subject.ts'
import {
  planWebsite,
  writeWebsite,
  type Edits,
  type WebsitePlan,
  type WebsiteResult
} from './website/pull.ts'

export interface ReleasePorts extends Ports {
  readonly github: GitHub
  /** With the token for the web site. */
  readonly websiteGitHub: GitHub
  readonly registry: Registry
  /** undefined without an address. */
  readonly mastodon: Mastodon | undefined
}

export async function run(inputs: Inputs, ports: ReleasePorts): Promise<Outcome> {
  const { log } = ports
  const repository = ports.github.repository(
    inputs.repository === '' ? ports.runner.repository : inputs.repository
  )
  const site =
    inputs.websiteRepository === '' ? undefined : ports.websiteGitHub.repository(inputs.websiteRepository)
  const findings: Finding[] = []

  // 1. What is released, and may it be? Every condition is looked at, whatever became of the others.
  const given = await readGiven(inputs, ports)
  const releases = await log.group('Reading releases and tags', async () => await repository.releases.list())
  const subject = await findSubject(inputs, repository, site, releases, ports, findings)
  const plan = planRelease(releases, subject.version)
  findings.push(...plan.surplus.map(surplusFinding))
  const gates = await log.group(
    'Conditions',
    async () => await lookAtGates(inputs, subject, repository, ports)
  )
  const checks = [checkNewer(subject.version, subject.previous), ...plan.checks, ...gates.checks]
  const isBlocked = !isMet(checks)

  // 2. What changed since the last release.
  const changes = await log.group(
    'Changes',
    async () => await collectChanges(repository, subject, given, findings)
  )

  // 3. The notes: those of a published release stay as they are, hand edits of a draft are kept.
  const { existing } = plan
  const room = LIMITS.releaseBody
  const merged =
    existing === undefined
      ? freshBody(subject.version, changes.notes, room)
      : mergeBody(existing.body, subject.version, changes.notes, room)
  const notes = plan.isPublished && existing !== undefined ? withoutMarks(existing.body) : merged.notes
  const notesPath = await writeNotes(subject.version, notes, ports)
  const result: Result = {
    inputs,
    repository: repository.name,
    subject,
    plan,
    checks,
    findings,
    changes,
    merged,
    notes,
    notesPath,
    isBlocked,
    steps: {}
  }
  if (isBlocked || inputs.dryRun) return toOutcome(await preview(result, site, repository, ports))

  // From here on a step that fails does not hide what was done before it.
  const steps = { ...result.steps }
  const attempt = async (title: string, step: () => Promise<void>): Promise<void> => {
    if (steps.failed !== undefined) return
    try {
      await log.group(title, step)
    } catch (error) {
      if (
        !isExpected(error) &&
        !(error instanceof Rejected) &&
        !(error instanceof Moved) &&
        !(error instanceof PostRefused)
      )
        throw error
      steps.failed = title
      findings.push({
        id: 'release-step-failed',
        subject: title,
        severity: 'error',
        message: `${title}: ${messageOf(error)}`,
        hint: 'Repair the cause and run again: what is done is found and not done twice.'
      })
    }
  }

  // 4. The draft and what is attached to it; an immutable release takes nothing once it is public.
  await attempt('Draft release', async () => {
    steps.release = await writeDraft(repository, subject.version, subject.sha, plan, merged.body)
    steps.assetCount = await writeAssets(
      repository,
      steps.release,
      assetsOf(subject, gates.reports, merged.isCut ? renderNotes(changes.notes) : undefined)
    )
  })

  // 5. The web site's pull request.
  await attempt('Pull request of the web site', async () => {
    if (site === undefined || steps.release === undefined) return
    steps.website = await writeWebsite(site, websitePlan(inputs, subject, notes, steps.release))
    findings.push(...steps.website.findings)
  })

  // 6. Public, when that is asked for.
  await attempt('Publishing', async () => {
    if (inputs.publish && steps.release?.isDraft === true)
      steps.release = await repository.releases.publish(steps.release.id, subject.version)
  })

  // 7. The announcement, once.
  await attempt('Announcement', async () => {
    const text = await announcementOf(inputs, subject, notes, repository, ports, findings)
    if (text === undefined || steps.release === undefined) return
    steps.announcement = text
    steps.announced = await announceRelease(inputs, text, steps.release, repository, ports, findings)
  })
  return toOutcome({ ...result, steps })
}

async function lookAtGates(
  inputs: Inputs,
  subject: Subject,
  repository: Repository,
  ports: ReleasePorts
): Promise<{ checks: Check[]; reports: readonly GateReport[] }> {
  const references =
    inputs.reference === '' ? [] : imagesOf(inputs.reference, inputs.registries, subject.version)
  const [workflows, images, reports] = await Promise.all([
    checkWorkflows(repository, subject.sha, inputs.requireWorkflows),
    checkImages(ports.registry, references),
    checkReports(inputs.gateReports, inputs.gateMaxAge, ports)
  ])
  return { checks: [...workflows, ...images.checks, ...reports.checks], reports: reports.reports }
}

/** What would be done: read-only, and complete enough to be reviewed. */
async function preview(
  result: Result,
  site: Repository | undefined,
  repository: Repository,
  ports: ReleasePorts
): Promise<Result> {
  const { inputs, subject, notes } = result
  const findings = [...result.findings]
  let edits: Edits | undefined
  if (site !== undefined) {
    const release = result.plan.existing ?? { url: '', isDraft: true }
    edits = (await planWebsite(site, websitePlan(inputs, subject, notes, release))).edits
    findings.push(...edits.findings)
  }
  const announcement = await announcementOf(inputs, subject, notes, repository, ports, findings)
  return {
    ...result,
    findings,
    steps: {
      ...(edits === undefined ? {} : { edits }),
      ...(announcement === undefined ? {} : { announcement })
    }
  }
}

/** For steps that come after this one: beside the private folder, which is removed at the end. */
async function writeNotes(version: string, notes: string, ports: Ports): Promise<string> {
  const file = path.join(path.dirname(ports.runner.temp), `release-notes-${version}.md`)
  await ports.fs.writeFile(file, notes, { mode: 0o644 })
  return file
}

function assetsOf(subject: Subject, reports: readonly GateReport[], whole: string | undefined): Asset[] {
  const assets = new Map<string, Asset>()
  for (const { report, text } of reports) {
    const name = [1, 2, 3, 4, 5, 6, 7, 8, 9]
      .map((at) => `gate-${report.action}${at === 1 ? '' : `-${at}`}.json`)
      .find((one) => !assets.has(one))
    if (name !== undefined)
      assets.set(name, { name, contentType: 'application/json', bytes: Buffer.from(text) })
  }
  if (whole !== undefined) {
    const name = `release-notes-${subject.version}.md`
    assets.set(name, { name, contentType: 'text/markdown', bytes: Buffer.from(whole) })
  }
  return [...assets.values()]
}

function websitePlan(
  inputs: Inputs,
  subject: Subject,
  notes: string,
  release: Pick<Release, 'url' | 'isDraft'>
): WebsitePlan {
  return {
    version: subject.version,
    branch: inputs.branch.replaceAll('{version}', subject.version),
    historyPaths: inputs.historyPath,
    versionFiles: inputs.versionFiles,
    notes,
    releaseUrl: release.url,
    isPublished: !release.isDraft
  }
}

/** The text as it would be posted; undefined when nothing shall be announced, or when it does not fit. */
async function announcementOf(
  inputs: Inputs,
  subject: Subject,
  notes: string,
  repository: Repository,
  ports: ReleasePorts,
  findings: Finding[]
): Promise<string | undefined> {
  const read = readTemplate(inputs.announcementTemplate)
  if (inputs.announce === 'none' || 'problem' in read) return undefined
  const limits = ports.mastodon === undefined ? DEFAULT_LIMITS : await ports.mastodon.limits()
  const text = renderAnnouncement(
    read.template,
    { version: subject.version, url: publicUrl(repository, subject.version, ports), notes },
    limits
  )
  if (text === undefined) {
    findings.push({
      id: 'release-announcement-too-long',
      subject: subject.version,
      severity: 'error',
      message: `the announcement has more than ${limits.characters} characters even without highlights`,
      hint: 'Shorten `announcement-template`.'
    })
  }
  return text
}

/** Where the release is once it is public: a draft has an address that ends with it. */
function publicUrl(repository: Repository, version: string, ports: Ports): string {
  return `${ports.runner.serverUrl.replace(/\/+$/, '')}/${repository.name}/releases/tag/${encodeURIComponent(version)}`
}

async function announceRelease(
  inputs: Inputs,
  text: string,
  release: Release,
  repository: Repository,
  ports: ReleasePorts,
  findings: Finding[]
): Promise<Announced> {
  const read = readTemplate(inputs.announcementTemplate)
  const before =
    inputs.mastodonUrl === '' ? undefined : announcedAt(release, repository.name, inputs.mastodonUrl)
  if (before !== undefined) return { announced: true, postUrl: before, findings: [] }
  if (inputs.announce !== 'post' || ports.mastodon === undefined || 'problem' in read)
    return { announced: false, postUrl: undefined, findings: [] }
  if (release.isDraft) {
    findings.push({
      id: 'release-announcement-waits',
      subject: release.tag,
      severity: 'notice',
      message: 'the announcement waits until the release is published',
      hint: 'Run again after publishing, for instance on `release: types: [published]`.'
    })
    return { announced: false, postUrl: undefined, findings: [] }
  }
  const plan = {
    text,
    template: read.template,
    url: publicUrl(repository, release.tag, ports),
    instance: inputs.mastodonUrl
  }
  const done = await announce(plan, release, repository, ports.mastodon, ports.clock)
  findings.push(...done.findings)
  return done
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

export type { WebsiteResult }
