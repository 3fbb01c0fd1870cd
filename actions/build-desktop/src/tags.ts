/** Which tags a published image gets, and in which order. Pure, but for the question who lags behind. */
import { at } from '../../../lib/registry/index.ts'
import type { Inputs } from './inputs.ts'
import type { Target } from './plan.ts'
import { platformTag } from './platform-tag.ts'
import type { Setup } from './setup.ts'

export interface TagToSet {
  readonly name: string
  /** What it is to point at. */
  readonly digest: string
}

/** The image of one platform, as it is in the index. */
export interface PlatformImage {
  /** `linux/amd64` */
  readonly platform: string
  readonly digest: string
}

/** All tags of a new build, in the order in which they are set. */
export function tagsOf(
  setup: Pick<Setup, 'inputs' | 'tag'>,
  digest: string,
  images: readonly PlatformImage[]
): readonly TagToSet[] {
  return [{ name: setup.tag, digest }, ...movingTags(setup.inputs, digest, images)]
}

/** The tags that always name the newest build: those of the platforms, then `latest`. */
export function movingTags(
  inputs: Pick<Inputs, 'latest' | 'platformTags'>,
  digest: string,
  images: readonly PlatformImage[]
): readonly TagToSet[] {
  if (!inputs.latest) return []
  const ofPlatforms = images.map((one) => ({ name: platformTag(one.platform), digest: one.digest }))
  return [...(inputs.platformTags ? ofPlatforms : []), { name: 'latest', digest }]
}

/** The targets where one of these tags is missing or points elsewhere. */
export async function lagging(
  setup: Setup,
  tags: readonly TagToSet[],
  targets: readonly Target[]
): Promise<readonly Target[]> {
  const behind: Target[] = []
  for (const target of targets) {
    const found = await Promise.all(
      tags.map(async (tag) => (await setup.registry.resolve(at(target.repository, tag.name)))?.digest)
    )
    if (found.some((digest, index) => digest !== tags[index]?.digest)) behind.push(target)
  }
  return behind
}
