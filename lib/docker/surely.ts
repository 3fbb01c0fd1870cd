/** Removing what the engine may still be making: it goes on with what a client asked for that was killed meanwhile. */
import type { Clock } from '../ports/index.ts'

/** Making a container takes a fraction of a second; on a disk that is busy, some. */
const PATIENCE_MS = 5_000
const LOOK_MS = 250

/**
 * Looks again for a while where there is nothing to remove.
 * @param remove false: it is not there
 */
export async function removeSurely(remove: () => Promise<boolean>, clock: Clock): Promise<void> {
  const limit = clock.now() + PATIENCE_MS
  while (!(await remove()) && clock.now() < limit) await clock.sleep(LOOK_MS)
}
