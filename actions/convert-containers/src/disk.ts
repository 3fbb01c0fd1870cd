/** Room on the disk, given out before it is used: a conversion that dies of a full disk has cost an hour. */
import type { Ports } from '../../../lib/ports/index.ts'
import { bytes as show } from '../../../lib/markdown/index.ts'

/** There will never be enough room for this, whoever finishes. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom'
}

export interface Disk {
  /** Waits until there is room, then keeps it until it is given back. @throws NoRoom */
  take(need: number, what: string): Promise<Room>
}

export interface Room {
  /** @param stays bytes of it that lie on the disk for longer than this run needs them. */
  giveBack(stays?: number): void
  /**
   * Gives it back and takes another size. In between others may take it, so nothing may lie there; who kept it while
   * waiting for more could wait for one who does the same. @throws NoRoom
   */
  exchange(need: number): Promise<void>
}

/** For what needs none. */
export const NO_ROOM: Room = { giveBack: () => undefined, exchange: async () => await Promise.resolve() }

/**
 * @param minFree bytes that must be left free on top of every need.
 * @param evict gives up something that may be made again; false when there is nothing of that kind.
 */
export function createDisk(
  fs: Ports['fs'],
  folder: string,
  minFree: number,
  evict: () => Promise<boolean> = async () => await Promise.resolve(false)
): Disk {
  let taken = 0
  let holders = 0
  let atRest = Number.NaN
  let waiting: (() => void)[] = []

  const free = async (): Promise<number> => {
    const { bavail, bsize } = await fs.statfs(folder)
    return bavail * bsize
  }

  const wake = (): void => {
    const others = waiting
    waiting = []
    for (const resolve of others) resolve()
  }

  const take = async (need: number, what: string): Promise<(stays?: number) => void> => {
    for (;;) {
      const now = await free()
      if (holders === 0) atRest = now
      // What others have used of their share is gone from `now` already: the smaller of the two views counts.
      const have = Math.min(now, atRest - taken)
      if (need + minFree <= have) break
      if (holders === 0) {
        if (await evict()) continue
        const wanted = minFree === 0 ? show(need) : `${show(need)} and ${show(minFree)} to be left free`
        throw new NoRoom(`${what} needs ${wanted}, ${folder} has ${show(now)}`)
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    taken += need
    holders++
    let given = false
    return (stays = 0) => {
      if (given) return
      given = true
      taken -= need
      atRest -= stays
      holders--
      wake()
    }
  }

  return {
    take: async (need, what) => {
      let giveBack = await take(need, what)
      return {
        giveBack: (stays) => giveBack(stays),
        exchange: async (other) => {
          giveBack()
          giveBack = await take(other, what)
        }
      }
    }
  }
}
