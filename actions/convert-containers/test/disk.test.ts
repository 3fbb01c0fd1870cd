import { describe, expect, test } from '@jest/globals'
import type * as fileSystem from 'node:fs/promises'

import { createDisk, NoRoom } from '../src/disk.ts'

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
})
