/** Publishing: copies by digest first, tags last and together, so that no tag ever points at half a release. */
import { messageOf } from '../../../lib/failure/index.ts'
import { bytes } from '../../../lib/markdown/index.ts'
import {
  at,
  formatRepository,
  isRefusal,
  type Registry,
  type Repository
} from '../../../lib/registry/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { shouldBePublic, type Target } from './plan.ts'
import type { TagToSet } from './tags.ts'

export interface Publication {
  readonly target: Target
  /** `held`: copied, but no tag was set, because another registry failed. */
  readonly status: 'published' | 'held' | 'failed' | 'would-publish'
  readonly tags: readonly string[]
  /** Bytes that travelled to it. */
  readonly bytes: number
  readonly message: string
  /** What people who are not logged in get; undefined when it was not asked. */
  readonly publicAccess: 'yes' | 'no' | undefined
}

export interface PublishFacts {
  readonly from: Repository
  readonly digest: string
  readonly targets: readonly Target[]
  /** In the order in which they are set. */
  readonly tags: readonly TagToSet[]
}

/**
 * Brings the image to all targets and then sets the tags. A failure of a target that is not optional keeps every
 * tag of every target where it is; one that comes only while tags are set keeps all that come after it.
 */
export async function publish(
  facts: PublishFacts,
  registry: Registry,
  publicRegistry: Registry,
  ports: Ports
): Promise<readonly Publication[]> {
  const done = new Map<Target, Publication>()
  for (const target of facts.targets) done.set(target, await bring(facts, target, registry, ports))
  const isBroken = (): boolean =>
    [...done.values()].some((one) => one.status === 'failed' && !one.target.optional)
  if (isBroken()) {
    return [...done.values()].map((one) =>
      one.status === 'published' ? { ...one, status: 'held' as const } : one
    )
  }
  // All date tags before the first one that moves: who follows latest finds the date tag of the same image.
  for (const tag of facts.tags) {
    if (isBroken()) break
    for (const one of [...done.values()]) {
      if (one.status === 'published') done.set(one.target, await setTag(one, tag, registry, ports))
    }
  }
  const finished: Publication[] = []
  for (const one of done.values()) finished.push(await lookAsPublic(one, facts, publicRegistry, ports))
  return finished
}

async function bring(
  facts: PublishFacts,
  target: Target,
  registry: Registry,
  ports: Ports
): Promise<Publication> {
  const empty = { target, tags: [], bytes: 0, publicAccess: undefined }
  if (formatRepository(target.repository) === formatRepository(facts.from)) {
    return { ...empty, status: 'published', message: 'built here' }
  }
  try {
    const { bytes: moved, counts } = await registry.copy(at(facts.from, facts.digest), target.repository)
    const message = moved === 0 ? (counts.mounted > 0 ? 'mounted' : 'was there') : `${bytes(moved)} copied`
    return { ...empty, status: 'published', bytes: moved, message }
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    return { ...empty, status: 'failed', message: messageOf(error) }
  }
}

async function setTag(
  one: Publication,
  tag: TagToSet,
  registry: Registry,
  ports: Ports
): Promise<Publication> {
  try {
    await registry.tag(at(one.target.repository, tag.digest), tag.name)
    return { ...one, tags: [...one.tags, tag.name] }
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    return { ...one, status: 'failed', message: `tag ${tag.name}: ${messageOf(error)}` }
  }
}

/** Asks as somebody who is not logged in: registries that make new repositories private do not tell. */
async function lookAsPublic(
  one: Publication,
  facts: PublishFacts,
  publicRegistry: Registry,
  ports: Ports
): Promise<Publication> {
  if (one.status !== 'published' || shouldBePublic(one.target.repository.host, ports.runner.event) === 'no')
    return one
  try {
    const found = await publicRegistry.manifest(at(one.target.repository, facts.digest))
    return { ...one, publicAccess: found === undefined ? 'no' : 'yes' }
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    // A registry that is busy has not said that it is private.
    return { ...one, publicAccess: isRefusal(error) ? 'no' : undefined }
  }
}
