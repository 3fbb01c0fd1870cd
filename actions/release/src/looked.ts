/**
 * What a run has an answer about, for those who close issues by it: nothing that it did not come to may count as well.
 * Pure.
 */
import type { Outcome } from '../../../lib/action/index.ts'
import { formatReference } from '../../../lib/registry/index.ts'
import { imagesOf } from './gates/image.ts'
import { STEPS, type Result } from './result.ts'

export function lookedAt(result: Result): Pick<Outcome, 'subjects' | 'unreached' | 'coverage'> {
  const { inputs, checks, subject, steps, isBlocked } = result
  const unknown = new Set(checks.filter(({ state }) => state === 'unknown').map((check) => check.subject))
  const done = doneSteps(result)
  const site = [...inputs.historyPath, ...inputs.versionFiles]
  const announced = steps.announced?.announced === true
  const answered = [
    ...checks.map((check) => check.subject),
    // A pattern that names no report has a check of its own.
    ...inputs.gateReports,
    ...images(result),
    ...done,
    ...(done.has(STEPS.website) ? site : []),
    ...(announced ? [inputs.mastodonUrl] : [])
  ]
  const open = [
    ...unknown,
    ...Object.values(STEPS).filter((step) => !done.has(step)),
    ...(done.has(STEPS.website) ? [] : site),
    ...(announced ? [] : [inputs.mastodonUrl]),
    // Its announcement is among what it can suffer from.
    ...(steps.failed === undefined ? [] : [subject.version])
  ]
  return {
    subjects: answered.filter((name) => name !== '' && !open.includes(name)),
    unreached: open.filter((name) => name !== ''),
    // Conditions of another version, of which nobody asks any more once a release is made.
    coverage: {
      of: 'release',
      whole: !isBlocked && !inputs.dryRun && steps.release !== undefined && steps.failed === undefined
    }
  }
}

/** Steps that were wanted, begun and came to their end. */
function doneSteps({ inputs, steps }: Result): ReadonlySet<string> {
  const { release, assetCount, website, announced } = steps
  const done = new Set<string>()
  if (release !== undefined && assetCount !== undefined) done.add(STEPS.draft)
  if (website !== undefined) done.add(STEPS.website)
  if (inputs.publish && release?.isDraft === false) done.add(STEPS.publish)
  if (announced?.announced === true) done.add(STEPS.announce)
  if (steps.failed !== undefined) done.delete(steps.failed)
  return done
}

/** That all registries have the same is told of the first alone. */
function images({ inputs, checks, subject }: Result): string[] {
  const isSame = checks.some(({ id, state }) => id === 'release-image-missing' && state === 'ok')
  if (!isSame) return []
  return imagesOf(inputs.reference, inputs.registries, subject.version).map(({ reference }) =>
    formatReference(reference)
  )
}
