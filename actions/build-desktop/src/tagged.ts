/** What is under today's tag already: an earlier run of the day, or the other half of one that broke off. */
import { messageOf } from '../../../lib/failure/index.ts'
import {
  at,
  compareImages,
  formatReference,
  parsePlatform,
  runnable,
  samePlatform,
  type Descriptor,
  type Registry,
  type RemoteImage,
  type Repository
} from '../../../lib/registry/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { comparable, type Built } from './build.ts'
import type { Candidate } from './candidate.ts'
import { mayMoveTag, planTag, type Target } from './plan.ts'
import type { Setup } from './setup.ts'

export interface Tagged {
  readonly target: Target
  /** Undefined: the tag is not there. */
  readonly descriptor: Descriptor | undefined
  /** Why it is not known. */
  readonly unknown: string | undefined
}

/** Looks for the tag with all platforms at every target. A tag that lacks a platform counts as not there. */
export async function lookForTag(
  registry: Registry,
  targets: readonly Target[],
  tag: string,
  platforms: readonly string[]
): Promise<readonly Tagged[]> {
  return await Promise.all(
    targets.map(async (target): Promise<Tagged> => {
      try {
        const found = await registry.manifest(at(target.repository, tag))
        if (found === undefined) return { target, descriptor: undefined, unknown: undefined }
        const complete = await hasPlatforms(
          registry,
          target,
          tag,
          found.manifest.kind === 'index' ? runnable(found.manifest) : undefined,
          platforms
        )
        return { target, descriptor: complete ? found.descriptor : undefined, unknown: undefined }
      } catch (error) {
        return { target, descriptor: undefined, unknown: messageOf(error) }
      }
    })
  )
}

async function hasPlatforms(
  registry: Registry,
  target: Target,
  tag: string,
  entries: readonly Descriptor[] | undefined,
  platforms: readonly string[]
): Promise<boolean> {
  for (const platform of platforms) {
    const wanted = parsePlatform(platform)
    const there =
      entries === undefined
        ? (await registry.image(at(target.repository, tag), wanted)) !== undefined
        : entries.some((entry) => entry.platform !== undefined && samePlatform(entry.platform, wanted))
    if (!there) return false
  }
  return true
}

export type SkipPlan =
  | { readonly step: 'build' }
  | { readonly step: 'nothing'; readonly source: Tagged }
  | { readonly step: 'copy'; readonly source: Tagged; readonly to: readonly Target[] }

/** Everything tagged: nothing to do. Some: copy to the others. None, or not known: build. Pure. */
export function planSkip(tagged: readonly Tagged[]): SkipPlan {
  const source = tagged.find((one) => one.descriptor !== undefined)
  if (source === undefined) return { step: 'build' }
  const digest = source.descriptor?.digest
  const missing = tagged.filter((one) => one.descriptor === undefined && one.unknown === undefined)
  const others = tagged.filter((one) => one.descriptor !== undefined && one.descriptor.digest !== digest)
  if (others.length > 0) return { step: 'build' }
  return missing.length === 0
    ? { step: 'nothing', source }
    : { step: 'copy', source, to: missing.map((one) => one.target) }
}

/** The image under today's tag, when it is the one that was built: then there is nothing to upload. */
export async function sameUnderTag(
  setup: Setup,
  repository: Repository,
  built: Built
): Promise<Candidate | undefined> {
  const image = await imageUnderTag(setup, repository, built.platform)
  if (image === undefined || !isSame(image, built)) return undefined
  const reference = formatReference(at(repository, image.descriptor.digest))
  return { repository, descriptor: image.descriptor, reference, image, uploadedBytes: 0, uploadedLayers: 0 }
}

/** Other content under the tag that this run would set: may it be moved? Asked before anything is uploaded. */
export async function judgeTags(
  setup: Setup,
  targets: readonly Target[],
  built: Built
): Promise<readonly Finding[]> {
  // A job that builds one platform of several sets no tag.
  if (setup.inputs.mode !== 'all') return []
  const findings: Finding[] = []
  for (const target of targets) {
    const image = await imageUnderTag(setup, target.repository, built.platform)
    if (image !== undefined && !isSame(image, built)) findings.push(...judgeMove(setup, target))
  }
  return findings
}

/** What is to be said about moving the tag at a registry from other content. */
export function judgeMove(setup: Setup, target: Target): readonly Finding[] {
  const { inputs, ports, tag } = setup
  const today = planTag('', 'release', ports.clock.now())
  const verdict = mayMoveTag({ tag, today, eventName: ports.runner.eventName, force: inputs.forcePush })
  if (verdict === 'yes') return []
  // The tag is another one tomorrow.
  const subject = target.name
  return verdict === 'with-warning'
    ? [
        {
          id: 'desktop-tag-moved',
          subject,
          severity: 'warning',
          message: `the tag ${tag} had other content, and moves to this build`
        }
      ]
    : [
        {
          id: 'desktop-tag-taken',
          subject,
          severity: 'error',
          message: `the tag ${tag} has other content already`,
          hint: 'Start the workflow by hand to move a tag of today, or give `force-push: true`.'
        }
      ]
}

async function imageUnderTag(
  setup: Setup,
  repository: Repository,
  platform: string
): Promise<RemoteImage | undefined> {
  return await setup.registry.image(at(repository, setup.tag), parsePlatform(platform))
}

/** Nothing is left out here: under one tag there is one content, dates included. */
function isSame(image: RemoteImage, built: Built): boolean {
  return compareImages({ config: image.config }, comparable(built.facts)).same
}
