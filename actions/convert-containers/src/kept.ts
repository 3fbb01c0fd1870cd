/** Finished SIFs that a required store has not taken yet: the next run goes on with them, when this one has the room. */
import type { Ports } from '../../../lib/ports/index.ts'

export interface Kept {
  add(file: string): void
  /** Gives one of them up. @returns false when there was none. */
  evict(): Promise<boolean>
}

export function createKept(ports: Pick<Ports, 'fs' | 'log'>): Kept {
  const files: string[] = []
  let evicting: Promise<boolean> | undefined
  const evictOne = async (): Promise<boolean> => {
    const file = files.shift()
    if (file === undefined) return false
    ports.log.info(
      `removing ${file}, which a store has refused: its room is needed, and the next run makes it again`
    )
    await ports.fs.rm(file, { force: true })
    return true
  }
  return {
    add: (file) => void files.push(file),
    // Who comes meanwhile is to look at the disk again when this one is done, not to hear that there is none.
    evict: async () => {
      evicting ??= evictOne().finally(() => (evicting = undefined))
      return await evicting
    }
  }
}
