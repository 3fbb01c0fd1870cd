/** The image is there, and every registry has the same one. */
import type { Entry } from '../../../../lib/action/index.ts'
import { messageOf } from '../../../../lib/failure/index.ts'
import {
  formatReference,
  formatRepository,
  parseReference,
  parseRepository,
  type Reference,
  type Registry
} from '../../../../lib/registry/index.ts'
import type { Check } from './check.ts'

/** All references that must have one digest: the given one first. `{version}` is replaced; no tag means the version. Pure. */
export function imagesOf(reference: string, registries: readonly Entry[], version: string): Reference[] {
  const text = reference.replaceAll('{version}', version)
  const named = /@|:[^/]*$/.test(text) ? text : `${text}:${version}`
  const first = parseReference(named)
  const image = first.path.split('/').at(-1) ?? first.path
  const others = registries
    // `docker.io/` with nothing behind it: the organisation's variable is not set, as on a fork.
    .filter((entry) => !/^[^/]+\/$/.test(entry.value))
    .map((entry): Reference => ({
      ...parseRepository(
        `${entry.value.replace(/\/$/, '').toLowerCase()}/${entry.attributes['image'] ?? image}`
      ),
      tag: first.tag,
      digest: first.digest
    }))
  const seen = new Set<string>()
  return [first, ...others].filter((one) => {
    const key = formatReference(one)
    return !seen.has(key) && seen.add(key)
  })
}

export interface ImageFacts {
  readonly checks: readonly Check[]
  /** Digest that all registries agree on. */
  readonly digest: string | undefined
}

export async function checkImages(registry: Registry, references: readonly Reference[]): Promise<ImageFacts> {
  const found = await Promise.all(
    references.map(async (reference) => {
      try {
        return { reference, digest: (await registry.resolve(reference))?.digest }
      } catch (error) {
        return { reference, error: messageOf(error) }
      }
    })
  )
  return judgeImages(found)
}

interface Found {
  readonly reference: Reference
  readonly digest?: string | undefined
  /** It could not be found out. */
  readonly error?: string
}

/** Pure. */
export function judgeImages(found: readonly Found[]): ImageFacts {
  const checks: Check[] = []
  for (const { reference, digest, error } of found) {
    const subject = formatReference(reference)
    if (error !== undefined)
      checks.push({
        id: 'release-image-unknown',
        subject,
        state: 'unknown',
        message: `${subject}: the registry did not tell: ${error}`,
        hint: 'Run again when the registry answers.'
      })
    else if (digest === undefined)
      checks.push({
        id: 'release-image-missing',
        subject,
        state: 'failed',
        message: `${subject} is not there`,
        hint: `Push it to ${formatRepository(reference)}, or look for a misspelled tag; a private repository looks the same without a login.`
      })
  }
  const digests = new Map<string, string[]>()
  for (const { reference, digest } of found)
    if (digest !== undefined)
      digests.set(digest, [...(digests.get(digest) ?? []), formatRepository(reference)])
  if (digests.size > 1) {
    const shown = [...digests]
      .map(([digest, places]) => `${digest.slice(0, 19)}… at ${places.join(', ')}`)
      .join('; ')
    checks.push({
      id: 'release-image-differs',
      subject: formatReference(found[0]?.reference ?? { host: '', path: '', tag: '', digest: undefined }),
      state: 'failed',
      message: `the registries have different images: ${shown}`,
      hint: 'Copy the tested image by its digest to all of them.'
    })
  }
  const only = digests.size === 1 ? [...digests.keys()][0] : undefined
  if (checks.length === 0 && only !== undefined) {
    const places = found.length === 1 ? '' : `, the same in ${found.length} registries`
    checks.push({
      id: 'release-image-missing',
      subject: formatReference(found[0]?.reference ?? { host: '', path: '', tag: '', digest: undefined }),
      state: 'ok',
      message: `the image is there (${only.slice(0, 19)}…)${places}`
    })
  }
  return { checks, digest: only }
}
