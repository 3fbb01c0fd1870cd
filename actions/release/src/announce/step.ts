/** The announcement as a step of the run: its text, and when it is posted. */
import type { Release, Repository } from '../../../../lib/github/index.ts'
import type { Finding } from '../../../../lib/report/index.ts'
import type { Inputs } from '../inputs.ts'
import type { ReleasePorts } from '../ports.ts'
import { announce, announcedAt, type Announced } from './announce.ts'
import { DEFAULT_LIMITS } from './count.ts'
import { readTemplate, renderAnnouncement, type Template } from './text.ts'

export interface Prepared {
  readonly text: string
  readonly template: Template
  /** Where the release is once it is public. */
  readonly url: string
}

/** The text as it would be posted; undefined when nothing shall be announced, or when it does not fit. */
export async function prepareAnnouncement(
  inputs: Inputs,
  version: string,
  notes: string,
  repository: Repository,
  ports: ReleasePorts,
  findings: Finding[]
): Promise<Prepared | undefined> {
  const read = readTemplate(inputs.announcementTemplate)
  if (inputs.announce === 'none' || 'problem' in read) return undefined
  const limits = ports.mastodon === undefined ? DEFAULT_LIMITS : await ports.mastodon.limits()
  const url = `${ports.runner.serverUrl.replace(/\/+$/, '')}/${repository.name}/releases/tag/${encodeURIComponent(version)}`
  const text = renderAnnouncement(read.template, { version, url, notes }, limits)
  if (text !== undefined) return { text, template: read.template, url }
  findings.push({
    id: 'release-announcement-too-long',
    subject: version,
    severity: 'error',
    message: `the announcement has more than ${limits.characters} characters even without highlights`,
    hint: 'Shorten `announcement-template`.'
  })
  return undefined
}

/** Posts it when that is asked for and the release is public. */
export async function announceRelease(
  inputs: Inputs,
  prepared: Prepared,
  release: Release,
  repository: Repository,
  ports: ReleasePorts,
  findings: Finding[]
): Promise<Announced> {
  const nothing: Announced = { announced: false, postUrl: undefined, findings: [] }
  const before =
    inputs.mastodonUrl === '' ? undefined : announcedAt(release, repository.name, inputs.mastodonUrl)
  if (before !== undefined) return { announced: true, postUrl: before, findings: [] }
  if (inputs.announce !== 'post' || ports.mastodon === undefined) return nothing
  if (release.isDraft) {
    findings.push({
      id: 'release-announcement-waits',
      subject: release.tag,
      severity: 'notice',
      message: 'the announcement waits until the release is published',
      hint: 'Run again after publishing, for instance on `release: types: [published]`.'
    })
    return nothing
  }
  const done = await announce(
    { ...prepared, instance: inputs.mastodonUrl },
    release,
    repository,
    ports.mastodon,
    ports.clock
  )
  findings.push(...done.findings)
  return done
}
