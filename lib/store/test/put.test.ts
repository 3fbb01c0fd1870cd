/** An upload into a store that can rename: registered before it begins, under a name that post removes and no other. */
import { beforeEach, expect, test } from '@jest/globals'

import type { Cleanup, Exec } from '../../ports/index.ts'
import { silentLog, stillClock } from '../../../testbed/ports.ts'
import { createRclone, removeUnfinished, type Rclone, type Store } from '../index.ts'

const store: Store = {
  name: 'one',
  remote: ':local:/srv/store',
  prefix: '',
  publicUrl: undefined,
  required: true
}
const NAME = /^:local:\/srv\/store\/a_1_20250101\.simg\.part-\d+-[0-9a-f]{8}$/

let told: string[] = []
let fails = ''
let features: object = {}
const exec: Exec = {
  run: async (_command, args, options) => {
    const [verb = '', ...rest] = args.slice(3)
    const stdout = verb === 'backend' ? JSON.stringify(features) : ''
    if (verb !== 'backend')
      told.push([verb, ...rest.slice(-2), options?.env?.['RCLONE_INPLACE'] ?? ''].join(' '))
    if (verb === fails) throw new Error(`${verb} failed`)
    return await Promise.resolve({ exitCode: 0, stdout, stderr: '', durationMs: 0 })
  },
  which: async () => await Promise.resolve(undefined)
}
const cleanup: Cleanup = {
  register: ({ kind, id }) => void told.push(`register ${kind} ${id}`),
  release: ({ kind, id }) => void told.push(`release ${kind} ${id}`)
}
let rclone: Rclone

beforeEach(() => {
  told = []
  fails = ''
  features = { Features: { Move: true } }
  rclone = createRclone({ exec, cleanup, clock: stillClock, log: silentLog })
})

const put = async (): Promise<void> =>
  await rclone.put(store, '/w/a.simg', 'a_1_20250101.simg', { sha256: 'f' })

test('it is registered before a byte is written, and released when it has its name', async () => {
  await put()
  const part = told[0]?.replace('register unfinished ', '') ?? ''
  expect(part).toMatch(NAME)
  expect(told).toEqual([
    `register unfinished ${part}`,
    // rclone would write beside it, under a name that only rclone knows.
    `copyto /w/a.simg ${part} true`,
    `moveto ${part} :local:/srv/store/a_1_20250101.simg `,
    `release unfinished ${part}`
  ])
})

test('two attempts have two names', async () => {
  await put()
  await put()
  expect(new Set(told.filter((line) => line.startsWith('register'))).size).toBe(2)
})

test.each(['copyto', 'moveto'])('when %s fails it stays registered', async (verb) => {
  fails = verb
  await expect(put()).rejects.toThrow(`${verb} failed`)
  expect(told.filter((line) => line.startsWith('release'))).toEqual([])
})

test('an object store gives a name to what is whole only: nothing to register', async () => {
  features = { Features: { Move: false } }
  await put()
  expect(told).toEqual(['copyto /w/a.simg :local:/srv/store/a_1_20250101.simg '])
})

test('what is registered is removed, and nothing that has another name', async () => {
  await put()
  const part = told[0]?.replace('register unfinished ', '') ?? ''
  told = []
  const ports = { exec, clock: stillClock, log: silentLog }
  await removeUnfinished(ports, part)
  expect(told.map((line) => line.trim())).toEqual([`deletefile ${part}`])
  for (const other of [
    ':local:/srv/store/a_1_20250101.simg',
    `${part}/x`,
    ':local:/srv/store/a_1_20250101.simg.part-17'
  ])
    await expect(removeUnfinished(ports, other)).rejects.toThrow(/no unfinished upload/)
  expect(told).toHaveLength(1)
})
