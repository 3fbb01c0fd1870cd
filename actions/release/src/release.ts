/** The release itself: one draft, its assets, and only then, when it is asked for, public. */
import { createHash } from 'node:crypto'

import type { Release, Repository } from '../../../lib/github/index.ts'
import { readMarked } from './notes/marked.ts'
import { planRelease, type ReleasePlan } from './plan.ts'

export interface Asset {
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
}

/** Makes or updates the draft. A published release is what people have read: it comes back as it is. */
export async function writeDraft(
  repository: Repository,
  version: string,
  sha: string,
  plan: ReleasePlan,
  body: string
): Promise<Release> {
  const { existing } = plan
  if (existing !== undefined && plan.isPublished) return existing
  const text = { tag: version, title: version, body }
  if (existing !== undefined) {
    const isSame =
      existing.body.replace(/\r\n?/g, '\n') === body &&
      existing.tag === version &&
      existing.title === version &&
      existing.target === sha
    return isSame ? existing : await repository.releases.update(existing.id, { ...text, target: sha })
  }
  const lookAgain = async (): Promise<Release | undefined> =>
    planRelease(await repository.releases.list(), version).existing
  const made = await repository.releases.createDraft({ ...text, target: sha }, lookAgain)
  return await onlyOne(repository, version, made)
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
