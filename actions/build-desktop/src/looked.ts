/**
 * What a run has an answer about, for those who close issues by it: nothing that it did not come to may count as well.
 * Pure.
 */
import type { Outcome } from '../../../lib/action/index.ts'
import { scanSubject } from './scan.ts'
import { checkSubject, countChecks, SMOKE_TEST } from './smoke.ts'
import type { Story } from './story.ts'

export function lookedAt(story: Story): Pick<Outcome, 'subjects' | 'unreached' | 'coverage'> {
  const { setup, smoke, scans, publications } = story
  const checks = smoke.profiles.flatMap(({ profile, checks: own }) =>
    own.map(({ name, status }) => ({ name: checkSubject(profile, name), status }))
  )
  const published = publications
    .filter(({ status }) => status === 'published')
    .map(({ target }) => target.name)
  const passed = countChecks(smoke.profiles).passed
  return {
    subjects: [
      // That somebody may push there does not say that it would come to be there.
      ...published,
      ...checks.filter(({ status }) => status !== 'untested').map(({ name }) => name),
      ...(passed > 0 ? [SMOKE_TEST] : []),
      ...scans.map(scanSubject)
    ],
    unreached: [
      ...checks.filter(({ status }) => status === 'untested').map(({ name }) => name),
      // It stands for its checks: which they are is not known.
      ...smoke.profiles.filter(({ untested }) => untested !== undefined).map(({ profile }) => profile),
      ...(publishes(story) ? setup.targets.targets.map(({ name }) => name) : []).filter(
        (name) => !published.includes(name)
      )
    ],
    coverage: { of: setup.image, whole: isWhole(story) }
  }
}

/** Of several jobs each does a part, and a dry run publishes nothing: what they do not name is for the others. */
function publishes({ setup: { inputs } }: Story): boolean {
  return inputs.mode === 'all' && !inputs.dryRun
}

/**
 * All checks of all profiles, and the scan where one is asked for: a check that is not named is in no file any more. Not
 * where one failed: that may have kept those after it from being tried.
 */
function isWhole(story: Story): boolean {
  const { setup, smoke, scans } = story
  const { profile, scan } = setup.inputs
  const isDone = smoke.profiles.every(({ checks }) => checks.every(({ status }) => status !== 'failed'))
  return (
    publishes(story) &&
    isDone &&
    smoke.profiles.length > 0 &&
    profile.length === 0 &&
    (scan.length === 0 || scans.length > 0)
  )
}
