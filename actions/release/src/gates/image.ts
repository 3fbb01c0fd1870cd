/** The image is there, and every registry has the same one. */
import type { Entry } from '../../../../lib/action/index.ts'
import { messageOf } from '../../../../lib/failure/index.ts'
import {
  formatReference,
  formatRepository,
  parseReference,
  type Reference,
  type Registry
} from '../../../../lib/registry/index.ts'
import type { Finding } from '../../../../lib/report/index.ts'
import type { Check } from './check.ts'
import { placesOf } from './registries.ts'

export interface Wanted {
  readonly reference: Reference
  readonly isOptional: boolean
}

/** All references that must have one digest: the given one first. `{version}` is replaced; no tag means the version. Pure. */
export function imagesOf(reference: string, registries: readonly Entry[], version: string): Wanted[] {
  const text = reference.replaceAll('{version}', version)
  const first = parseReference(/@|:[^/]*$/.test(text) ? text : `${text}:${version}`)
  const image = first.path.split('/').at(-1) ?? first.path
  const others = placesOf(registries, image).map(({ repository, isOptional }) => ({
    reference: { ...repository, tag: first.tag, digest: first.digest },
    isOptional
  }))
  const seen = new Set<string>()
  return [{ reference: first, isOptional: false }, ...others].filter((one) => {
    const key = formatReference(one.reference)
    return !seen.has(key) && seen.add(key)
  })
}

export interface ImageFacts {
  readonly checks: readonly Check[]
  /** What an optional registry lacks. */
  readonly findings: readonly Finding[]
}

export async function checkImages(registry: Registry, wanted: readonly Wanted[]): Promise<ImageFacts> {
  const found = await Promise.all(
    wanted.map(async (one): Promise<Found> => {
      try {
        return { ...one, digest: (await registry.resolve(one.reference))?.digest }
      } catch (error) {
        return { ...one, error: messageOf(error) }
      }
    })
  )
  return judgeImages(found)
}

interface Found extends Wanted {
  readonly digest?: string | undefined
  /** It could not be found out. */
  readonly error?: string
}

/** The first reference says which image is meant; every other registry is held against it. Pure. */
export function judgeImages(found: readonly Found[]): ImageFacts {
  const [first] = found
  if (first === undefined) return { checks: [], findings: [] }
  const checks: Check[] = []
  const findings: Finding[] = []
  for (const one of found) {
    const check = judgeImage(one, first)
    if (check === undefined) continue
    if (one.isOptional)
      findings.push({
        id: check.id,
        subject: check.subject,
        severity: 'warning',
        message: check.message,
        ...(check.hint === undefined ? {} : { hint: check.hint })
      })
    else checks.push(check)
  }
  if (checks.length > 0) return { checks, findings }
  const same = found.filter((one) => one.digest === first.digest).length
  const places = same === 1 ? '' : `, the same in ${same} registries`
  const digest = first.digest?.slice(0, 19) ?? ''
  return {
    checks: [
      {
        id: 'release-image-missing',
        subject: formatReference(first.reference),
        state: 'ok',
        message: `the image is there (${digest}…)${places}`
      }
    ],
    findings
  }
}

function judgeImage({ reference, digest, error }: Found, first: Found): Check | undefined {
  const subject = formatReference(reference)
  if (error !== undefined)
    return {
      id: 'release-image-unknown',
      subject,
      state: 'unknown',
      message: `${subject}: the registry did not tell: ${error}`,
      hint: 'Run again when the registry answers.'
    }
  if (digest === undefined) {
    return {
      id: 'release-image-missing',
      subject,
      state: 'failed',
      message: `${subject} is not there`,
      hint: `Push it to ${formatRepository(reference)}, or look for a misspelled tag; a private repository looks the same without a login.`
    }
  }
  if (first.digest === undefined || digest === first.digest) return undefined
  return {
    id: 'release-image-differs',
    subject,
    state: 'failed',
    message: `${subject} is another image (${digest.slice(0, 19)}…) than ${formatReference(first.reference)} (${first.digest.slice(0, 19)}…)`,
    hint: 'Copy the tested image by its digest to all registries.'
  }
}
