/**
 * At most one post per release and instance. Mastodon's idempotency key covers a run that is repeated within the
 * hour; two marks on the release cover next week: one before the post ("about to"), one after it.
 */
import { createHash } from 'node:crypto'

import { messageOf } from '../../../../lib/failure/index.ts'
import type { Release, Repository } from '../../../../lib/github/index.ts'
import type { Clock } from '../../../../lib/ports/index.ts'
import type { Finding } from '../../../../lib/report/index.ts'
import { readAnnouncement, withDone, withIntent } from './marks.ts'
import type { Mastodon } from './mastodon.ts'
import type { Template } from './text.ts'

/** Mastodon forgets keys after an hour; ten minutes are left for the way. */
const KEY_LIVES_MS = 50 * 60_000

export interface Announcement {
  readonly text: string
  readonly template: Template
  /** The release's public address: what a post of ours has in it. */
  readonly url: string
  readonly instance: string
}

export interface Announced {
  readonly announced: boolean
  readonly postUrl: string | undefined
  readonly findings: readonly Finding[]
}

/** The same for every run of one release on one instance. Pure. */
export function announcementKey(repository: string, tag: string, instance: string): string {
  return createHash('sha256')
    .update(`${repository.toLowerCase()}\0${tag}\0${new URL(instance).origin}`)
    .digest('hex')
}

/** Where it was announced before, if it was; from the release alone. Pure. */
export function announcedAt(release: Release, repository: string, instance: string): string | undefined {
  return readAnnouncement(release.body, announcementKey(repository, release.tag, instance)).done?.url
}

export async function announce(
  plan: Announcement,
  found: Release,
  repository: Repository,
  mastodon: Mastodon,
  clock: Clock
): Promise<Announced> {
  const key = announcementKey(repository.name, found.tag, plan.instance)
  // Read again: somebody may have edited it, or another run may have posted, since this one began.
  const release = (await repository.releases.get(found.id)) ?? found
  const { intent, done } = readAnnouncement(release.body, key)
  if (done !== undefined) return { announced: true, postUrl: done.url, findings: [] }
  if (intent !== undefined && clock.now() - Date.parse(intent.at) > KEY_LIVES_MS) {
    // A run ended between the post and its mark, too long ago for the key: only the account itself knows.
    const known = await lookFor(plan, release, Date.parse(intent.at), mastodon)
    if (known.finding !== undefined)
      return { announced: false, postUrl: undefined, findings: [known.finding] }
    if (known.url !== undefined) return await remember(release, repository, key, known.url)
  }
  const text = { tag: release.tag, title: release.title }
  // Without this mark a crash after the post would let the next run post again.
  const marked = await repository.releases.update(release.id, {
    ...text,
    body: withIntent(release.body, key, new Date(clock.now()).toISOString())
  })
  const post = await mastodon.post(plan.text, plan.template, key)
  return await remember(marked, repository, key, post.url)
}

async function remember(
  release: Release,
  repository: Repository,
  key: string,
  url: string
): Promise<Announced> {
  try {
    await repository.releases.update(release.id, {
      tag: release.tag,
      title: release.title,
      body: withDone(release.body, key, url)
    })
    return { announced: true, postUrl: url, findings: [] }
  } catch (error) {
    // The post is out: a run that failed here must not look as if it were not.
    return {
      announced: true,
      postUrl: url,
      findings: [
        {
          id: 'release-announcement-unmarked',
          subject: url,
          severity: 'warning',
          message: `the post is out, but the release could not be marked: ${messageOf(error)}`,
          hint: 'The next run looks for the post before it posts.'
        }
      ]
    }
  }
}

async function lookFor(
  plan: Announcement,
  release: Release,
  since: number,
  mastodon: Mastodon
): Promise<{ url?: string; finding?: Finding }> {
  const unclear = (message: string): { finding: Finding } => ({
    finding: {
      id: 'release-announcement-unclear',
      subject: plan.instance,
      severity: 'unknown',
      message,
      hint: 'Look at the account. When nothing is posted, remove the comment `neurodesk-ci:announcing` from the release and run again.'
    }
  })
  try {
    // A template without {url} is found by its first line, which has the version.
    const needle = plan.text.includes(plan.url)
      ? plan.url
      : (plan.text.split('\n').find((line) => line.includes(release.tag)) ?? plan.text)
    const post = await mastodon.find(needle, since)
    return post === undefined ? {} : { url: post.url }
  } catch (error) {
    return unclear(`an earlier run may have posted, and the account could not be read: ${messageOf(error)}`)
  }
}
