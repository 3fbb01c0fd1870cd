import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'

import { skippingClock, stillClock as clock } from '../../../testbed/ports.ts'
import { createLog, progressLine } from '../log.ts'

let printed = ''

beforeEach(() => {
  printed = ''
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk)
    return true
  })
})
afterEach(() => {
  jest.restoreAllMocks()
})

describe('annotations', () => {
  const count = (kind: string): number =>
    printed.split('\n').filter((line) => line.startsWith(`::${kind}`)).length

  test('ten are shown as they are', () => {
    const log = createLog(clock)
    for (let number = 1; number <= 10; number++) log.warning(`finding ${number}`)
    log.flush()
    expect(count('warning')).toBe(10)
    expect(printed).toContain('::warning::finding 10')
  })

  test('of more, nine are shown and the tenth says how many there are; all are in the log', () => {
    const log = createLog(clock)
    for (let number = 1; number <= 25; number++) log.warning(`finding ${number}`)
    log.flush()
    expect(count('warning')).toBe(10)
    expect(printed).toContain('::warning::and 16 more of this kind')
    expect(printed).toContain('warning: finding 25')
  })

  test('another flush, after the failures of the removal, shows no eleventh', () => {
    const log = createLog(clock)
    for (let number = 1; number <= 25; number++) log.warning(`finding ${number}`)
    log.flush()
    log.warning('a folder is still there')
    log.flush()
    expect(count('warning')).toBe(10)
    expect(printed).toContain('\nwarning: a folder is still there')
    const few = createLog(clock)
    for (let number = 1; number <= 10; number++) few.error(`finding ${number}`)
    few.flush()
    few.error('one more')
    few.flush()
    expect(count('error')).toBe(10)
  })
})

test('a secret is shown in no form', () => {
  const log = createLog(clock)
  log.mask('hunter2/secret')
  printed = ''
  log.info(
    `token hunter2/secret ${Buffer.from('hunter2/secret').toString('base64')} ${encodeURIComponent('hunter2/secret')}`
  )
  log.error('failed with hunter2/secret')
  expect(printed).toBe('token *** *** ***\n::error::failed with ***\n')
})

test('a line from outside is no command of the runner', () => {
  const log = createLog(clock)
  log.info('::add-mask::x\n  ::set-output name=ok::true\r::error::no\nsee ##[error]no, and a::b')
  expect(printed.split(/[\r\n]+/).filter((line) => /^\s*::|##\[/.test(line))).toEqual([])
  expect(printed.replaceAll('\u200B', '')).toBe(
    '::add-mask::x\n  ::set-output name=ok::true\r::error::no\nsee ##[error]no, and a::b\n'
  )
})

test('progress is told every few seconds, not at every step, and at the end of what took long', () => {
  const time = skippingClock()
  const log = createLog(time)
  const progress = log.progress('x', { items: 1000 })
  for (let step = 0; step < 100; step++) {
    time.pass(120)
    progress.add({ items: 1 })
  }
  const lines = (): number => printed.split('\n').filter((line) => line.startsWith('x: ')).length
  expect(lines()).toBe(2)
  progress.end()
  expect(lines()).toBe(3)
  const short = log.progress('x', { items: 1 })
  short.add({ items: 1 })
  short.end()
  expect(lines()).toBe(3)
})

test('ten works at once print no more than one does', () => {
  const time = skippingClock()
  const log = createLog(time)
  const all = Array.from({ length: 10 }, (_, index) => log.progress(`work ${index}`, { items: 1000 }))
  for (let step = 0; step < 100; step++) {
    time.pass(120)
    for (const progress of all) progress.add({ items: 1 })
  }
  expect(printed.split('\n').filter((line) => line.startsWith('work '))).toHaveLength(2)
})

test.each([
  [{ items: 10 }, { items: 3, bytes: 0 }, 6000, 'x: 3/10, 14 s left'],
  [{ bytes: 1.2e9 }, { items: 0, bytes: 120e6 }, 10_000, 'x: 120 MB of 1.2 GB, 12 MB/s, 1 min 30 s left'],
  [{}, { items: 0, bytes: 5e6 }, 1000, 'x: 5 MB, 5 MB/s, 1 s']
])('progress %j', (total, done, elapsed, line) => {
  expect(progressLine('x', total, done, elapsed)).toBe(line)
})
