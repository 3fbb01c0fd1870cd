import { describe, expect, test } from '@jest/globals'
import type * as fileSystem from 'node:fs/promises'

import { silentLog } from '../../../testbed/ports.ts'
import { createDisk, NoRoom } from '../src/disk.ts'
import { createKept } from '../src/kept.ts'

/** A disk with so many free bytes. */
const disk = (free: number, minFree = 0) =>
  createDisk(
    { statfs: async () => await Promise.resolve({ bavail: free, bsize: 1 }) } as unknown as typeof fileSystem,
    '/work',
    minFree
  )

describe('room on the disk', () => {
  test('is given out once, and again when it was given back', async () => {
    const one = disk(100)
    const first = await one.take(60, 'a')
    let second = false
    const waiting = one.take(60, 'b').then(() => (second = true))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(second).toBe(false)
    first.giveBack()
    first.giveBack()
    await waiting
    expect(second).toBe(true)
  })

  test('more than there will ever be is refused, with the figures', async () => {
    await expect(disk(100, 50).take(60, 'a')).rejects.toThrow(
      /a needs 60 B and 50 B to be left free, \/work has 100 B/
    )
  })

  test('two that exchange for more do not wait for each other', async () => {
    const one = disk(100)
    const rooms = [await one.take(40, 'a'), await one.take(40, 'b')]
    await Promise.all(
      rooms.map(async (room) => {
        await room.exchange(90)
        room.giveBack()
      })
    )
    const { giveBack } = await one.take(100, 'c')
    giveBack()
  })

  test('an exchange for what will never be there has given its own back', async () => {
    const one = disk(100)
    const room = await one.take(40, 'a')
    await expect(room.exchange(200)).rejects.toBeInstanceOf(NoRoom)
    room.giveBack()
    await one.take(100, 'b')
  })

  test('what stays on the disk is not given out a second time while others have not written theirs', async () => {
    let free = 100
    const one = createDisk(
      {
        statfs: async () => await Promise.resolve({ bavail: free, bsize: 1 })
      } as unknown as typeof fileSystem,
      '/work',
      0
    )
    const [kept, unwritten] = [await one.take(40, 'a'), await one.take(40, 'b')]
    free -= 40
    kept.giveBack(40)
    let given = false
    const third = one.take(50, 'c').then(() => (given = true))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(given).toBe(false)
    unwritten.giveBack()
    await third
    expect(given).toBe(true)
  })

  test('what was kept for another run makes room, as much of it as is needed; then there is none', async () => {
    let free = 30
    const removed: unknown[] = []
    const fs = {
      statfs: async () => await Promise.resolve({ bavail: free, bsize: 1 }),
      rm: async (file: unknown) => {
        await Promise.resolve()
        removed.push(file)
        free += 30
      }
    } as unknown as typeof fileSystem
    const kept = createKept({ fs, log: silentLog })
    const one = createDisk(fs, '/work', 0, async () => await kept.evict())
    for (const file of ['/w/a', '/w/b', '/w/c']) kept.add(file)
    // Two at once: neither is told that there is no room while the other makes some.
    await Promise.all(['x', 'y'].map(async (what) => (await one.take(40, what)).giveBack()))
    expect(removed).toEqual(['/w/a'])
    await expect(one.take(200, 'z')).rejects.toThrow('/work has 120 B')
    expect(removed).toEqual(['/w/a', '/w/b', '/w/c'])
  })
})
