/** What changed against the published image, in words that a maintainer can use. Pure, but for the one question. */
import { HttpError, HttpStatusError } from '../../../lib/http/index.ts'
import { messageOf, TransientError } from '../../../lib/failure/index.ts'
import { bytes } from '../../../lib/markdown/index.ts'
import {
  at,
  compareImages,
  isOnlyTimes,
  ManifestError,
  parsePlatform,
  type Comparable,
  type Difference,
  type Registry,
  type RemoteImage,
  type Repository
} from '../../../lib/registry/index.ts'

import type { PackageChanges } from './packages.ts'

export type Change =
  | { readonly verdict: 'unchanged'; readonly published: RemoteImage }
  | { readonly verdict: 'changed'; readonly published: RemoteImage; readonly difference: Difference }
  | { readonly verdict: 'new' }
  /** The registry did not answer, or not in a way that can be read: that says nothing about the image. */
  | { readonly verdict: 'unknown'; readonly because: string }

/** Asks the registry for `tag` and compares. Only a plain "not there" makes the image new. */
export async function detectChange(
  registry: Registry,
  repository: Repository,
  tag: string,
  platform: string,
  built: Comparable,
  ignore: readonly string[]
): Promise<Change> {
  let published: RemoteImage | undefined
  try {
    published = await registry.image(at(repository, tag), parsePlatform(platform))
  } catch (error) {
    if (isNoAnswer(error)) return { verdict: 'unknown', because: messageOf(error) }
    throw error
  }
  if (published === undefined) return { verdict: 'new' }
  const difference = compareImages(
    { config: published.config, layers: published.manifest.layers },
    built,
    ignore
  )
  return difference.same ? { verdict: 'unchanged', published } : { verdict: 'changed', published, difference }
}

/** With the candidate's content digests the layers can be told apart: other files, or only other times. */
export function refineChange(change: Change, candidate: Comparable, ignore: readonly string[]): Change {
  if (change.verdict !== 'changed') return change
  const { published } = change
  return {
    ...change,
    difference: compareImages(
      { config: published.config, layers: published.manifest.layers },
      candidate,
      ignore
    )
  }
}

/** One sentence: the output `reason`. */
export function describeChange(
  change: Change,
  size?: { readonly now: number },
  packages?: PackageChanges
): string {
  switch (change.verdict) {
    case 'new':
      return 'new: no image was published before'
    case 'unchanged':
      return 'unchanged: same layers, same configuration'
    case 'unknown':
      return `unknown: ${change.because}`
    case 'changed': {
      const { difference, published } = change
      if (isOnlyTimes(difference))
        return `times: ${count(difference.layers.length, 'layer')} with the same files, but other times`
      const parts: string[] = []
      if (difference.layers.length > 0) parts.push(describeLayers(difference))
      if (difference.fields.length > 0)
        parts.push(`configuration: ${listed(difference.fields.map((field) => field.name))}`)
      if (packages !== undefined) parts.push(describePackages(packages))
      if (size !== undefined) parts.push(`size ${signed(size.now - published.compressedSize)}`)
      return parts.join('; ')
    }
  }
}

function describeLayers(difference: Difference): string {
  const content = difference.layers.filter((layer) => layer.kind !== 'times')
  const times = difference.layers.length - content.length
  const names = listed(content.map((layer) => String(layer.index + 1)))
  const first = content.length === 0 ? [] : [`content: ${content.length === 1 ? 'layer' : 'layers'} ${names}`]
  return [...first, ...(times === 0 ? [] : [`only times: ${count(times, 'layer')}`])].join('; ')
}

function describePackages({ added, removed, updated }: PackageChanges): string {
  const parts = [
    ...(added.length === 0 ? [] : [`${added.length} added`]),
    ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
    ...(updated.length === 0 ? [] : [`${updated.length} updated`])
  ]
  return `packages: ${parts.length === 0 ? 'the same' : parts.join(', ')}`
}

function isNoAnswer(error: unknown): boolean {
  return (
    error instanceof TransientError ||
    error instanceof HttpError ||
    error instanceof HttpStatusError ||
    error instanceof ManifestError
  )
}

function listed(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ')
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

/** `+12 MB`, `-300 kB`. */
export function signed(difference: number): string {
  return `${difference < 0 ? '-' : '+'}${bytes(Math.abs(difference))}`
}
