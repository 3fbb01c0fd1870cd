/** What a killed run has left half uploaded under a name of its own, in stores that can rename. */
import { messageOf } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { PART, type Rclone } from '../../../lib/store/index.ts'
import type { StoreView } from './availability.ts'
import { keyOf } from './look.ts'
import type { Job } from './plan.ts'

/** Who still uploads writes all the time, also where its line is slow. */
const LEFT_MS = 3_600_000

/** Removes those of the containers of this run that nobody writes any more. Never throws for what a store does. */
export async function removeLeftovers(
  jobs: readonly Job[],
  views: readonly StoreView[],
  rclone: Pick<Rclone, 'stat' | 'remove'>,
  ports: Pick<Ports, 'log' | 'clock' | 'runner'>
): Promise<Finding[]> {
  const findings: Finding[] = []
  const mine = new Set(jobs.map(({ container }) => keyOf(container.object)))
  for (const { store, leftovers = [] } of views) {
    for (const key of leftovers.filter((one) => mine.has(one.slice(0, one.indexOf(PART))))) {
      try {
        const seen = await rclone.stat(store, key, { modified: true })
        if (seen === undefined) continue
        if (seen.modified === undefined || ports.clock.now() - seen.modified < LEFT_MS) {
          ports.log.info(
            `${store.name}: ${key} was written within the hour, and may be another run's: it stays`
          )
          continue
        }
        ports.log.info(`${store.name}: removing ${key}, which an ended run has left`)
        await rclone.remove(store, key)
      } catch (error) {
        ports.runner.signal.throwIfAborted()
        findings.push({
          id: 'leftover-not-removed',
          subject: store.name,
          severity: 'warning',
          message: `${key}: ${messageOf(error)}`,
          hint: 'It only takes room. Look whether the credentials may delete.'
        })
      }
    }
  }
  return findings
}
