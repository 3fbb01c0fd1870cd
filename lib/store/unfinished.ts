/** What an upload has under a name of its own until it is whole, in stores that can rename. */
import type { Ports } from '../ports/index.ts'
import { UNFINISHED } from './part.ts'
import { createRclone } from './rclone.ts'

/**
 * Removes what a killed upload has left; content when it is not there. The id is rclone's path of it: rclone finds
 * the credentials in the environment again, and the state has none.
 * @throws Error for every other name than one of put's own attempts.
 */
export async function removeUnfinished(
  ports: Pick<Ports, 'exec' | 'clock' | 'log'>,
  id: string,
  command?: string
): Promise<void> {
  if (!UNFINISHED.test(id)) throw new Error(`${id} is no unfinished upload`)
  const store = { name: 'store', remote: id, prefix: '', publicUrl: undefined, required: false }
  await createRclone({ ...ports, ...(command === undefined ? {} : { command }) }).remove(store, '')
}
