/** The plan and the list of what is left, as text. Pure. */
import type { ByHand, Plan, Step } from './plan.ts'
import { SETS } from './sets.ts'
import type { SetName } from './sets.ts'

const WHAT_WILL_BE_DONE =
  "What will be done (nothing is removed, apt's own configuration is left alone, no daemon is started):"

/** @param needs in the order in which they are shown */
export function showPlan(plan: Plan, needs: readonly SetName[]): string {
  const width = Math.max(...needs.map((name) => name.length))
  const lines = needs.map((name) => {
    const here = plan.present.filter((entry) => entry.set === name)
    const versions = here.map(({ tool, version }) => (version === undefined ? tool : `${tool} ${version}`))
    const missing = SETS[name].parts
      .map(({ tool }) => tool)
      .filter((tool) => !here.some((entry) => entry.tool === tool))
    const parts = [
      ...(versions.length > 0 ? [versions.join(', ')] : []),
      ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : [])
    ]
    return `  ${missing.length === 0 ? 'ok' : '--'}  ${name.padEnd(width)}  ${parts.join('; ')}`
  })
  const steps = plan.steps.map((step, index) => `  ${index + 1}. ${showStep(step)}`)
  return [
    'What is there:',
    ...lines,
    ...(steps.length > 0 ? [WHAT_WILL_BE_DONE, ...steps] : []),
    ...(plan.byHand.length > 0 ? [showByHand(plan.byHand)] : [])
  ].join('\n')
}

/** One step in one sentence: what, from where, to where. */
export function showStep(step: Step): string {
  switch (step.kind) {
    case 'packages': {
      const names = step.packages.map(({ name, suite }) =>
        suite === undefined ? name : `${name} (from ${suite})`
      )
      const boot = step.bootNote
        ? ' Systemd will start its daemons at the next boot; `systemctl disable` prevents that.'
        : ''
      return `install with apt: ${names.join(', ')}.${boot}`
    }
    case 'apptainer':
      return `unpack ${step.package.name} of Debian ${step.package.suite ?? ''} with the C library that it needs into ${step.into}.`
    case 'unpack':
      return `unpack ${step.packages.map(({ name, arch }) => (arch === undefined ? name : `${name} (${arch})`)).join(', ')} into ${step.into}.`
    case 'pip':
      return `install with pip: ${step.names.join(', ')}, by the sums in requirements.txt, into ${step.into}.`
    case 'open-fuse':
      return 'open /dev/fuse to ordinary users until the next boot, as the rule of the package fuse3 does.'
  }
}

/** The one list of what a person has to install. */
export function showByHand(entries: readonly ByHand[]): string {
  const reasons = [...new Set(entries.map(({ why }) => why))]
  return reasons
    .flatMap((why) => [
      `To install by hand (${why}):`,
      ...entries
        .filter((entry) => entry.why === why)
        .map((entry) => `  - ${entry.set} (${entry.missing.join(', ')}): ${entry.what}`)
    ])
    .join('\n')
}
