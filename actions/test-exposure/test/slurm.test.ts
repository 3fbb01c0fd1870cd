/** Ending the jobs of a run, on a scheduler that is told what to say. */
import { expect, test } from '@jest/globals'

import { noExec, skippingClock } from '../../../testbed/ports.ts'
import { endJobs } from '../src/slurm.ts'

const NAME = 'neurodesk-ci-test-exposure-0123456789ab'

test('a job that comes in late is cancelled as well, and waited for', async () => {
  const clock = skippingClock()
  const start = clock.now()
  let cancelled = 0
  const run = async (
    command: string
  ): Promise<{ stdout: string; stderr: string; exitCode: 0; durationMs: 0 }> => {
    if (command === 'scancel') cancelled ||= clock.now()
    const isThere = clock.now() - start > 1_000 && (cancelled === 0 || clock.now() - cancelled < 20_000)
    return await Promise.resolve({ stdout: isThere ? '7\n' : '', stderr: '', exitCode: 0, durationMs: 0 })
  }
  await endJobs(NAME, { exec: { ...noExec, run }, clock })
  expect(cancelled).toBeGreaterThan(start)
  expect(clock.now() - cancelled).toBeGreaterThanOrEqual(20_000)
})

test('a job that does not end is told, and a name that is not ours is not asked for', async () => {
  const run = async (): Promise<never> =>
    await Promise.resolve({ stdout: '7\n', stderr: '', exitCode: 0, durationMs: 0 } as never)
  await expect(endJobs(NAME, { exec: { ...noExec, run }, clock: skippingClock() })).rejects.toThrow(
    'job 7 does not end'
  )
  for (const name of ['', '*', 'production', `${NAME},production`])
    await expect(endJobs(name, { exec: noExec, clock: skippingClock() })).rejects.toThrow(
      'no name of a job of ours'
    )
})
