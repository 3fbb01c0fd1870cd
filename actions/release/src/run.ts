/** One release, step by step as the README numbers them. */
import path from 'node:path'

import type { Outcome } from '../../../lib/action/index.ts'
import type { ContainerName } from '../../../lib/catalogue/index.ts'
import { isExpected, messageOf } from '../../../lib/failure/index.ts'
import { replaceFile } from '../../../lib/files/index.ts'
import { LIMITS, Moved, Rejected, type Release, type Repository } from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { notesOnCapitals } from '../../../lib/registry/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { PostRefused } from './announce/mastodon.ts'
import { announceRelease, prepareAnnouncement } from './announce/step.ts'
import { collectChanges, CONTAINERS_ASSET, readGiven } from './changes.ts'
import { isMet, type Check } from './gates/check.ts'
import { checkImages, imagesOf } from './gates/image.ts'
import { checkReports, type GateReport } from './gates/reports.ts'
import { checkWorkflows } from './gates/workflows.ts'
import type { Inputs } from './inputs.ts'
import { freshBody, mergeBody, withoutMarks, type Merged } from './notes/marked.ts'
import { listContainers } from './notes/containers.ts'
import { fullName, renderNotes } from './notes/render.ts'
import { checkNewer, planRelease } from './plan.ts'
import type { ReleasePorts } from './ports.ts'
import { toOutcome } from './report.ts'
import { STEPS, type Result, type Steps } from './result.ts'
import { writeAssets, writeDraft, type Asset } from './release.ts'
import { findSubject, type Subject } from './subject.ts'
import { closeSuperseded, planWebsite, writeWebsite, type Edits, type WebsitePlan } from './website/pull.ts'

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
  findings.push(...gates.findings)
  const isBlocked = !isMet(checks)

  // 2. What changed since the last release.
  const changes = await log.group(
    'Changes',
    async () => await collectChanges(repository, releases, subject, given, findings)
  )

  // 3. The notes: those of a published release stay as they are, hand edits of a draft are kept.
  const { existing } = plan
  const compose = (text: string | undefined): Merged =>
    text === undefined
      ? freshBody(subject.version, changes.notes, LIMITS.releaseBody)
      : mergeBody(text, subject.version, changes.notes, LIMITS.releaseBody)
  const merged = compose(existing?.body)
  const notes = plan.isPublished && existing !== undefined ? withoutMarks(existing.body) : merged.notes
  const planned = {
    inputs,
    repository: repository.name,
    subject,
    plan,
    checks,
    findings,
    changes,
    merged,
    notes,
    isBlocked
  }
  if (isBlocked || inputs.dryRun) {
    const steps = await preview(planned, site, repository, ports)
    return toOutcome({ ...planned, steps, notesPath: await writeNotes(subject.version, notes, ports) })
  }

  // From here on a step that fails does not hide what was done before it.
  const steps: Steps = {}
  let result = planned
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
  await attempt(STEPS.draft, async () => {
    const written = await writeDraft(repository, subject, plan, compose)
    steps.release = written.release
    // Somebody may have edited or published it since the run began: that is what counts from here on.
    result =
      written.merged === undefined
        ? { ...planned, notes: withoutMarks(written.release.body) }
        : { ...planned, merged: written.merged, notes: written.merged.notes }
    const whole = result.merged.isCut ? renderNotes(changes.notes) : undefined
    steps.assetCount = await writeAssets(
      repository,
      steps.release,
      assetsOf(gates.reports, given.after, whole, subject.version)
    )
  })

  // 5. The web site's pull request.
  await attempt(STEPS.website, async () => {
    if (site === undefined || steps.release === undefined) return
    const toWrite = websitePlan(inputs, subject, result.notes, steps.release)
    steps.website = await writeWebsite(site, toWrite)
    findings.push(...steps.website.findings)
    // The draft has followed to another date, so its pull request is another one as well.
    if (existing !== undefined && !plan.isPublished && existing.tag !== subject.version) {
      const old = inputs.branch.replaceAll('{version}', existing.tag)
      await closeSuperseded(site, old, toWrite.branch, steps.website.pull)
    }
  })

  // 6. Public, when that is asked for; the pull request then says so.
  await attempt(STEPS.publish, async () => {
    if (!inputs.publish || steps.release?.isDraft !== true) return
    steps.release = await repository.releases.publish(steps.release.id, subject.version)
    if (site !== undefined && steps.website?.pull !== undefined)
      await writeWebsite(site, websitePlan(inputs, subject, result.notes, steps.release))
  })

  // 7. The announcement, once.
  await attempt(STEPS.announce, async () => {
    const prepared = await prepareAnnouncement(
      inputs,
      subject.version,
      result.notes,
      repository,
      ports,
      findings
    )
    if (prepared === undefined || steps.release === undefined) return
    steps.announcement = prepared.text
    steps.announced = await announceRelease(inputs, prepared, steps.release, repository, ports, findings)
  })
  return toOutcome({ ...result, steps, notesPath: await writeNotes(subject.version, result.notes, ports) })
}

async function lookAtGates(
  inputs: Inputs,
  subject: Subject,
  repository: Repository,
  ports: ReleasePorts
): Promise<{ checks: Check[]; findings: readonly Finding[]; reports: readonly GateReport[] }> {
  const wanted = inputs.reference === '' ? [] : imagesOf(inputs.reference, inputs.registries, subject.version)
  const named = [inputs.reference, ...inputs.registries.map(({ value }) => value)]
  for (const note of notesOnCapitals(named)) ports.log.info(note)
  const [workflows, images, reports] = await Promise.all([
    checkWorkflows(repository, subject.sha, inputs.requireWorkflows),
    checkImages(ports.registry, wanted),
    checkReports(inputs.gateReports, inputs.gateMaxAge, ports)
  ])
  return {
    checks: [...workflows, ...images.checks, ...reports.checks],
    findings: images.findings,
    reports: reports.reports
  }
}

/** What would be done: read-only, and complete enough to be reviewed. */
async function preview(
  planned: Omit<Result, 'steps' | 'notesPath'>,
  site: Repository | undefined,
  repository: Repository,
  ports: ReleasePorts
): Promise<Steps> {
  const { inputs, subject, notes, plan } = planned
  const steps: Steps = {}
  if (site !== undefined) {
    const edits: Edits = await planWebsite(
      site,
      websitePlan(inputs, subject, notes, plan.existing ?? { url: '', isDraft: true })
    )
    steps.edits = edits
    planned.findings.push(...edits.findings)
  }
  const prepared = await prepareAnnouncement(
    inputs,
    subject.version,
    notes,
    repository,
    ports,
    planned.findings
  )
  if (prepared !== undefined) steps.announcement = prepared.text
  return steps
}

/** For steps that come after this one: beside the private folder, which is removed at the end. */
async function writeNotes(version: string, notes: string, ports: Ports): Promise<string> {
  const file = path.join(path.dirname(ports.runner.temp), `release-notes-${version}.md`)
  await replaceFile(ports, file, notes, { mode: 0o644 })
  return file
}

/** The reports, the containers for the next release to compare with, and the notes where they had to be cut. */
function assetsOf(
  reports: readonly GateReport[],
  containers: readonly ContainerName[] | undefined,
  whole: string | undefined,
  version: string
): Asset[] {
  const assets = new Map<string, Asset>()
  const add = (name: string, contentType: string, content: string): void => {
    assets.set(name, { name, contentType, bytes: Buffer.from(content) })
  }
  for (const { report, text } of reports) {
    const name = [1, 2, 3, 4, 5, 6, 7, 8, 9]
      .map((at) => `gate-${report.action}${at === 1 ? '' : `-${at}`}.json`)
      .find((one) => !assets.has(one))
    if (name !== undefined) add(name, 'application/json', text)
  }
  if (containers !== undefined) add(CONTAINERS_ASSET, 'text/plain', listContainers(containers))
  if (whole !== undefined) add(fullName(version), 'text/markdown', whole)
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

function surplusFinding(release: Release): Finding {
  return {
    id: 'release-draft-surplus',
    subject: release.url,
    severity: 'warning',
    message: `a second draft of this action, for ${release.tag}, was left as it is`,
    hint: 'Delete it when nobody needs it.'
  }
}
