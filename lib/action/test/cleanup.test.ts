import { expect, test } from '@jest/globals'

import { noCleanup, noExec, realClock, runnerIn, silentLog } from '../../../testbed/ports.ts'
import type { Ports } from '../../ports/index.ts'
import { createCleanup, removeAll, resourcesIn } from '../cleanup.ts'

const ports = {
  exec: noExec,
  clock: realClock,
  log: silentLog,
  cleanup: noCleanup,
  runner: runnerIn('/nonexistent')
} as unknown as Ports

test('processes first, since they may still make what is to go; then the newest first', async () => {
  let state = ''
  const cleanup = createCleanup((_name, value) => (state = value))
  for (const [kind, id] of [
    ['folder', 'a'],
    ['process', 'p'],
    ['volume', 'v'],
    ['container', 'c']
  ] as const)
    cleanup.register({ kind, id })
  const gone: string[] = []
  const cleaner = async (id: string): Promise<void> => await Promise.resolve(void gone.push(id))
  const cleaners = { folder: cleaner, process: cleaner, volume: cleaner, container: cleaner }
  expect(await removeAll(resourcesIn(state), cleaners, ports)).toEqual([])
  expect(gone).toEqual(['p', 'c', 'v', 'a'])
})

test('what cannot be removed is told, and does not stop the rest', async () => {
  const gone: string[] = []
  const cleaners = {
    bad: async () => await Promise.reject(new Error('no')),
    good: async (id: string) => await Promise.resolve(void gone.push(id))
  }
  const resources = ['bad', 'unknown', 'good'].map((kind) => ({ kind, id: 'x' }))
  expect(await removeAll(resources, cleaners, ports)).toEqual([
    'bad x is still there: no',
    'unknown x is still there: nothing here knows how to remove it'
  ])
  expect(gone).toEqual(['x'])
})
