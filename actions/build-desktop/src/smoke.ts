/** The smoke test: all profiles, one after another (each wants the whole machine). */
import { join } from 'node:path'
import { InputError } from '../../../lib/failure/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { insideWorkspace, type Setup } from './setup.ts'
import { readSmokeFile } from './smoke/file.ts'
import { runProfile, type ProfileResult } from './smoke/run-profile.ts'
import { createPhotographer } from './smoke/screenshot.ts'
import type { Profile } from './smoke/types.ts'

export interface SmokeResult {
  readonly profiles: readonly ProfileResult[]
  readonly screenshots: readonly string[]
}

/** The profiles that are asked for; read before anything is built, so that a mistake in the file costs no build. */
export async function readProfiles(setup: Setup): Promise<readonly Profile[]> {
  const { inputs, ports } = setup
  if (inputs.smokeFile === '') return []
  const path = await insideWorkspace(ports, 'smoke-file', inputs.smokeFile, 'file')
  const all = readSmokeFile(await ports.fs.readFile(path, 'utf8'), inputs.smokeFile)
  if (inputs.profile.length === 0) return all
  const names = all.map((profile) => profile.name)
  const unknown = inputs.profile.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((name) => ({ input: 'profile', given: name, allowed: names.join(', ') }))
    )
  }
  return all.filter((profile) => inputs.profile.includes(profile.name))
}

export async function smokeTest(
  setup: Setup,
  profiles: readonly Profile[],
  image: string,
  platform: string
): Promise<SmokeResult> {
  const { ports, docker } = setup
  const photographer = createPhotographer(ports, join(ports.runner.temp, 'screenshots'))
  const results: ProfileResult[] = []
  for (const profile of profiles) {
    const result = await ports.log.group(`Smoke test: ${profile.name}`, async () => {
      const one = await runProfile(profile, { ports, docker, photographer, image, platform })
      for (const check of one.checks) ports.log.info(lineOf(check))
      return one
    })
    // Outside of the group, which is closed when somebody opens the log.
    ports.log.info(`${profile.name}: ${result.untested ?? sumUp(result)}`)
    for (const check of result.checks) if (check.status === 'failed') ports.log.info(`  ${lineOf(check)}`)
    results.push(result)
  }
  return { profiles: results, screenshots: photographer.files }
}

function lineOf(check: ProfileResult['checks'][number]): string {
  return `${check.status.padEnd(8)} ${check.name}${check.message === '' ? '' : `: ${check.message}`}`
}

function sumUp(result: ProfileResult): string {
  const { passed, failed, untested } = countChecks([result])
  const parts = [`${passed} passed`, `${failed} failed`, ...(untested === 0 ? [] : [`${untested} untested`])]
  return parts.join(', ')
}

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly untested: number
}

/** Checks over all profiles; a profile that could not be tried counts as one that is untested. */
export function countChecks(profiles: readonly ProfileResult[]): Counts {
  const counts = { passed: 0, failed: 0, untested: 0 }
  for (const profile of profiles) {
    if (profile.untested !== undefined) counts.untested++
    for (const check of profile.checks) counts[check.status]++
  }
  return counts
}

/** Subject of a run in which not one check could be tried. */
export const SMOKE_TEST = 'smoke test'

/** A check in findings. */
export function checkSubject(profile: string, check: string): string {
  return `${profile}: ${check}`
}

/** What has to be looked at. Checks that could not be tried are told; none at all that passed is a failure. Pure. */
export function judgeSmoke(smoke: SmokeResult, wanted: number): readonly Finding[] {
  const found: Finding[] = []
  for (const profile of smoke.profiles) {
    for (const check of profile.checks) {
      const subject = checkSubject(profile.profile, check.name)
      if (check.status === 'failed') {
        const hint = 'Log and state of the container are in the summary.'
        found.push({ id: 'desktop-smoke-failed', subject, severity: 'error', message: check.message, hint })
      } else if (check.status === 'untested' && check.kind !== 'junit') {
        // Tests that a suite skips by itself are its own matter; they are counted.
        found.push({ id: 'desktop-smoke-untested', subject, severity: 'notice', message: check.message })
      }
    }
    if (profile.untested === undefined) continue
    found.push({
      id: 'desktop-smoke-untested',
      subject: profile.profile,
      severity: 'notice',
      message: profile.untested
    })
  }
  if (
    wanted > 0 &&
    countChecks(smoke.profiles).passed === 0 &&
    !found.some((one) => one.severity === 'error')
  ) {
    const message = 'not one check could be tried here'
    found.push({
      id: 'desktop-nothing-tested',
      subject: SMOKE_TEST,
      severity: 'error',
      message,
      hint: 'Run it on a machine that has what the profiles need.'
    })
  }
  return found
}
