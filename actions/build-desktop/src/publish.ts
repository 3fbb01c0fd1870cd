/** Publishing: copies by digest first, tags last and together, so that no tag ever points at half a release. */
import { messageOf } from '../../../lib/failure/index.ts'
import { bytes } from '../../../lib/markdown/index.ts'
import { at, formatRepository, parseReference, type Registry } from '../../../lib/registry/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Target } from './plan.ts'

export interface Publication {
  readonly target: Target
  readonly status: 'published' | 'failed' | 'not-logged-in'
  readonly tags: readonly string[]
  /** Bytes that travelled to it. */
  readonly bytes: number
  readonly message: string
}

/**
 * Brings `reference` (by digest) to all targets and then sets the tags.
 * A failure of a target that is not optional keeps every tag of every target where it is.
 */
export async function publish(
  reference: string,
  digest: string,
  targets: readonly Target[],
  tags: readonly string[],
  registry: Registry,
  ports: Ports
): Promise<readonly Publication[]> {
  const source = parseReference(reference)
  const done = new Map<Target, Publication>()
  for (const target of targets) {
    try {
      const same = formatRepository(target.repository) === formatRepository(source)
      const moved = same ? 0 : (await registry.copy(at(source, digest), target.repository)).bytes
      done.set(target, {
        target,
        status: 'published',
        tags: [],
        bytes: moved,
        message: same ? 'built here' : `${bytes(moved)} copied`
      })
    } catch (error) {
      ports.runner.signal.throwIfAborted()
      done.set(target, { target, status: 'failed', tags: [], bytes: 0, message: messageOf(error) })
    }
  }
  const broken = [...done.values()].some((one) => one.status === 'failed' && !one.target.optional)
  if (broken) return [...done.values()]
  // All date tags before the first `latest`: who follows latest finds the date tag of the same image.
  for (const tag of tags) {
    for (const one of [...done.values()]) {
      if (one.status !== 'published') continue
      try {
        await registry.tag(at(one.target.repository, digest), tag)
        done.set(one.target, { ...one, tags: [...one.tags, tag] })
      } catch (error) {
        ports.runner.signal.throwIfAborted()
        done.set(one.target, { ...one, status: 'failed', message: `tag ${tag}: ${messageOf(error)}` })
      }
    }
  }
  return [...done.values()]
}
