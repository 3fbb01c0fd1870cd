/** The release itself: one draft, its assets, and only then, when it is asked for, public. */
import { createHash } from 'node:crypto'

import type { Release, Repository } from '../../../lib/github/index.ts'
import { readMarked, type Merged } from './notes/marked.ts'
import { planRelease, type ReleasePlan } from './plan.ts'

export interface Asset {
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
}

export interface Written {
  readonly release: Release
  /** undefined for a published release, whose text is not ours to write any more. */
  readonly merged: Merged | undefined
}

/**
 * Makes or updates the draft. A published release is what people have read: it comes back as it is.
 * @param compose the text, given the one that is there now: somebody may have edited it since the run began
 */
export async function writeDraft(
  repository: Repository,
  subject: { readonly version: string; readonly sha: string },
  plan: ReleasePlan,
  compose: (existing: string | undefined) => Merged
): Promise<Written> {
  const { version, sha } = subject
  const now = plan.existing === undefined ? undefined : await repository.releases.get(plan.existing.id)
  if (now !== undefined && !now.isDraft) return { release: now, merged: undefined }
  const merged = compose(now?.body)
  const text = { tag: version, title: version, body: merged.body }
  if (now !== undefined) {
    const isSame =
      now.body.replace(/\r\n?/g, '\n') === merged.body &&
      now.tag === version &&
      now.title === version &&
      now.target === sha
    return {
      release: isSame ? now : await repository.releases.update(now.id, { ...text, target: sha }),
      merged
    }
  }
  const lookAgain = async (): Promise<Release | undefined> =>
    planRelease(await repository.releases.list(), version).existing
  const made = await repository.releases.createDraft({ ...text, target: sha }, lookAgain)
  return { release: await onlyOne(repository, version, made), merged }
}

/** Two runs at once both found none and both made one: the older stays, whoever made the younger takes it back. */
async function onlyOne(repository: Repository, version: string, made: Release): Promise<Release> {
  const ours = (await repository.releases.list()).filter(
    (release) => release.isDraft && release.tag === version && readMarked(release.body) !== undefined
  )
  const oldest = [...ours].sort((a, b) => a.id - b.id)[0]
  if (oldest === undefined || oldest.id >= made.id) return made
  await repository.releases.deleteDraft(made.id)
  return oldest
}

/** Uploads what is missing or different. Assets of a published release are left alone: it may be immutable. */
export async function writeAssets(
  repository: Repository,
  release: Release,
  assets: readonly Asset[]
): Promise<number> {
  if (!release.isDraft) return 0
  let uploaded = 0
  for (const asset of assets) {
    const digest = `sha256:${createHash('sha256').update(asset.bytes).digest('hex')}`
    if (release.assets.some((there) => there.name === asset.name && there.digest === digest)) continue
    await repository.releases.upload(release, asset)
    uploaded++
  }
  return uploaded
}
