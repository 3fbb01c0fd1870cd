/** Jobs of the scheduler. Who asked for one may be killed; the job goes on, or waits for its turn, until it is cancelled. */
import path from 'node:path'

import type { Ports, Runner } from '../../../lib/ports/index.ts'

/** The kind of resource that all jobs of a name are. */
export const JOBS_KIND = 'slurm-jobs'

/** Of this run alone. */
const NAME = /^neurodesk-ci-test-exposure-[0-9a-f]{12}$/

/** How long a job may still come in that was on its way to the controller, and how long one may take to end. */
const LATE_MS = 1_500
const END_MS = 40_000
const LOOK_MS = 250

/** The name of all jobs of this run. */
export function jobName(runner: Pick<Runner, 'temp'>): string {
  return path.basename(runner.temp)
}

/** One task, and nothing of srun's own on stderr. */
export function srun(name: string): readonly string[] {
  return ['srun', '--quiet', '--ntasks=1', `--job-name=${name}`]
}

/** Cancels the jobs of this name, and looks until there is none. @throws when they do not end */
export async function endJobs(name: string, { exec, clock }: Pick<Ports, 'exec' | 'clock'>): Promise<void> {
  if (!NAME.test(name)) throw new Error('it is no name of a job of ours')
  const started = clock.now()
  for (;;) {
    const { stdout } = await exec.run('squeue', ['--noheader', '--format=%i', `--name=${name}`])
    const since = clock.now() - started
    if (stdout.trim() === '' && since >= LATE_MS) return
    // Slurm sends TERM, and KILL half a minute later where nobody has set another time.
    if (stdout.trim() !== '') await exec.run('scancel', [`--name=${name}`])
    if (since > END_MS) throw new Error(`job ${stdout.trim().split('\n').join(', ')} does not end`)
    await clock.sleep(LOOK_MS)
  }
}
