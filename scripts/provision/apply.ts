/** Carries out the steps of a plan. */
import { join } from 'node:path'
import { Apt } from './apt.ts'
import { installApptainer } from './apptainer.ts'
import { withoutDaemons } from './daemons.ts'
import type { OperatingSystem } from './facts.ts'
import type { Step, WantedPackage } from './plan.ts'
import { run } from './run.ts'
import { createScratch } from './scratch.ts'
import { installWheels } from './wheels.ts'

export interface StepFailure {
  readonly step: Step
  readonly error: unknown
}

/**
 * One step after the other; a step that fails does not keep the others from being done.
 * @returns what failed
 */
export async function apply(
  steps: readonly Step[],
  os: OperatingSystem,
  tell: (line: string) => void
): Promise<StepFailure[]> {
  const failures: StepFailure[] = []
  await using scratch = await createScratch('provision')
  const needsApt = steps.some(({ kind }) => kind !== 'open-fuse' && kind !== 'pip')
  if (needsApt) tell('Reading package lists (into a folder of our own)')
  await using apt = needsApt ? await Apt.open(os) : undefined
  for (const [index, step] of steps.entries()) {
    const started = performance.now()
    try {
      await applyStep(step, apt, scratch.path)
      tell(`  ${index + 1}. done in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    } catch (error) {
      failures.push({ step, error })
      tell(`  ${index + 1}. failed`)
    }
  }
  return failures
}

async function applyStep(step: Step, apt: Apt | undefined, scratch: string): Promise<void> {
  if (step.kind === 'open-fuse') {
    await run('chmod', ['0666', '/dev/fuse'], { asRoot: true })
    return
  }
  if (step.kind === 'pip') {
    await installWheels(step.python, step.into, scratch)
    return
  }
  if (apt === undefined) throw new Error(`no apt for a step of kind ${step.kind}`)
  for (const { suite, arch } of step.kind === 'apptainer' ? [step.package] : step.packages) {
    if (suite !== undefined) await apt.addSuite(suite)
    if (arch !== undefined) await apt.addArchitecture(arch)
  }
  switch (step.kind) {
    case 'packages':
      await withoutDaemons(() => apt.install(step.packages))
      return
    case 'apptainer':
      await installApptainer(apt, step.package, step.into, scratch)
      return
    case 'unpack':
      await unpackStatic(step.packages, apt, step.into, scratch)
  }
}

/** The one program that a package of the name `…-static` is about, under that name and its architecture. */
async function unpackStatic(
  wanted: readonly WantedPackage[],
  apt: Apt,
  into: string,
  scratch: string
): Promise<void> {
  for (const one of wanted) {
    const target = one.arch === undefined ? one.name : `${one.name}-${one.arch}`
    const from = join(scratch, target)
    await apt.unpack([one], from)
    const names = [one.name.replace(/-static$/, ''), one.name]
    const paths = names.flatMap((name, index) => [...(index === 0 ? [] : ['-o']), '-path', `*/bin/${name}`])
    const files = await run('find', [from, '-type', 'f', '(', ...paths, ')'])
    const program = files.stdout.split('\n').find((file) => file !== '')
    if (program === undefined) throw new Error(`the package ${one.name} has no program ${names.join(' or ')}`)
    await run('mkdir', ['-p', join(into, 'bin')], { asRoot: true })
    await run('install', ['-m', '0755', program, join(into, 'bin', target)], { asRoot: true })
  }
}
