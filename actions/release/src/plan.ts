/** What a run decides from what it has read. Pure. */
import type { Release } from '../../../lib/github/index.ts'
import type { Check } from './gates/check.ts'
import { readMarked } from './notes/marked.ts'
import { isNewer } from './version.ts'

/** What to do with releases for this version. */
export interface ReleasePlan {
  /** The one to bring up to date; undefined: make a draft. */
  readonly existing: Release | undefined
  /** Already public, by an earlier run: its notes and tag stay as they are. */
  readonly isPublished: boolean
  /** Drafts of ours that are too many: told, not deleted. */
  readonly surplus: readonly Release[]
  readonly checks: readonly Check[]
}

/**
 * Finds our release by its mark: the draft of this version, else a draft of ours for another version that was never
 * published (a release that was renamed), else a draft that somebody made by hand for this tag.
 */
export function planRelease(releases: readonly Release[], version: string): ReleasePlan {
  const published = releases.find((release) => !release.isDraft && release.tag === version)
  const drafts = releases.filter((release) => release.isDraft)
  const ours = drafts.filter((release) => readMarked(release.body) !== undefined)
  if (published !== undefined) {
    const isOurs = readMarked(published.body) !== undefined
    const state = isOurs ? 'ok' : 'failed'
    return {
      existing: published,
      isPublished: true,
      surplus: ours.filter((release) => release.tag === version),
      checks: [
        {
          id: 'release-published',
          subject: version,
          state,
          message: isOurs
            ? `${version} was published by an earlier run`
            : `${version} is already published, and not by this action`,
          ...(isOurs ? {} : { hint: 'Choose another version; a published release never moves.' })
        }
      ]
    }
  }
  const oldestFirst = [...ours].sort((a, b) => a.id - b.id)
  const sameTag = oldestFirst.filter((release) => release.tag === version)
  const byHand = drafts.find((release) => release.tag === version && !ours.includes(release))
  const existing = sameTag[0] ?? oldestFirst.at(-1) ?? byHand
  return {
    existing,
    isPublished: false,
    surplus: oldestFirst.filter((release) => release !== existing),
    checks: [
      {
        id: 'release-published',
        subject: version,
        state: 'ok',
        message: `nothing is published as ${version}`
      }
    ]
  }
}

/** Which release the changes are counted from. */
export interface Previous {
  /** As it is called: a tag, a date, a commit. */
  readonly name: string
  /** What GitHub is asked for: mostly the same. */
  readonly ref: string
  readonly from: 'given' | 'release' | 'history'
}

/**
 * The published release before this version: the newest date, or where no release has one the one published last.
 * undefined when there is none.
 */
export function previousRelease(releases: readonly Release[], version: string): Previous | undefined {
  const published = releases.filter(
    (release) => !release.isDraft && !release.isPrerelease && release.tag !== version
  )
  const older = published.filter((release) => isNewer(version, release.tag) === true)
  const undated = published.filter((release) => isNewer(version, release.tag) === undefined)
  const newest = [...older].sort((a, b) => (a.tag < b.tag ? 1 : -1))[0]
  const last = [...undated].sort((a, b) => ((a.publishedAt ?? '') < (b.publishedAt ?? '') ? 1 : -1))[0]
  const found = newest ?? last
  return found === undefined ? undefined : { name: found.tag, ref: found.tag, from: 'release' }
}

export function checkNewer(version: string, previous: Previous | undefined): Check {
  const newer = previous === undefined ? undefined : isNewer(version, previous.name)
  if (previous === undefined)
    return {
      id: 'release-not-newer',
      subject: version,
      state: 'ok',
      message: 'there is no release before it'
    }
  if (newer === undefined)
    return {
      id: 'release-not-newer',
      subject: version,
      state: 'ok',
      message: `${previous.name} is no date, nothing to compare`
    }
  if (newer)
    return { id: 'release-not-newer', subject: version, state: 'ok', message: `newer than ${previous.name}` }
  return {
    id: 'release-not-newer',
    subject: version,
    state: 'failed',
    message: `${version} is not newer than ${previous.name}`,
    hint: 'Choose a later date, or give `previous` when that one was no release.'
  }
}
