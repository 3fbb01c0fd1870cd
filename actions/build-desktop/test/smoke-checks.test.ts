/** Checks that depend on the machine: what cannot be tried is said to be untested, and is never a pass. */
import { expect, test } from '@jest/globals'
import type { Exec, Ports } from '../../../lib/ports/index.ts'
import { runCheck, type CheckContext } from '../src/smoke/checks.ts'
import { readSmokeFile } from '../src/smoke/file.ts'
import { NoAnswer, type DevTools } from '../src/smoke/devtools.ts'
import { createPhotographer, photograph } from '../src/smoke/screenshot.ts'
import { png } from './png.ts'
import { realPorts } from './desk.ts'

test('a screenshot without a Chromium is untested', async () => {
  const { ports, close } = realPorts({ folder: '/nonexistent', env: {} })
  const exec = { which: () => Promise.resolve(undefined) } as unknown as Exec
  const photographer = createPhotographer({ ...ports, exec } satisfies Partial<Ports>, '/nonexistent')
  const [profile] = readSmokeFile(
    'profiles:\n  a:\n    ports: [80]\n    checks:\n      - screenshot: {port: 80}\n',
    'x'
  )
  const [check] = profile?.checks ?? []
  if (check === undefined) throw new Error('no check')
  const context = {
    clock: ports.clock,
    signal: new AbortController().signal,
    ports: { '80': 1 },
    photographer,
    pictureName: () => 'x'
  } as unknown as CheckContext
  expect(await runCheck(check, context)).toMatchObject([
    { status: 'untested', message: 'no Chromium on PATH' }
  ])
  expect(photographer.files).toEqual([])
  close()
})

test('a picture that never comes, because its page was replaced, is asked for again', async () => {
  const { ports, close } = realPorts({ folder: '/nonexistent', env: {} })
  let asked = 0
  const devTools = {
    send: (method: string) => {
      if (method !== 'Page.captureScreenshot') return Promise.resolve({})
      if (++asked === 1) return Promise.reject(new NoAnswer('Chromium did not answer'))
      return Promise.resolve({ data: png(2, 2, () => [asked, 0, 0]).toString('base64') })
    }
  } as unknown as DevTools
  const assignment = { url: 'http://x/', name: 'x', waitFor: undefined, withinMs: 5_000 }
  const picture = await photograph(devTools, { ...assignment, fine: () => true }, ports)
  expect(picture).toMatchObject({ fine: true, colours: { count: 1 } })
  expect(asked).toBe(2)
  // A blank page stays blank until the time is over, and the last picture of it is kept.
  const blank = await photograph(devTools, { ...assignment, withinMs: 1, fine: () => false }, ports)
  expect(blank).toMatchObject({ fine: false, colours: { count: 1, mostOfOne: 1 } })
  close()
})

test.each([
  ['was true once, while a notice hides it at the end', [true, false], ''],
  ['was never true', [false], 'x did not become true']
] as const)('a blank page whose condition %s', async (_title, answers, message) => {
  const { ports, close } = realPorts({ folder: '/nonexistent', env: {} })
  let asked = 0
  const devTools = {
    send: (method: string) => {
      if (method === 'Page.captureScreenshot')
        return Promise.resolve({ data: png(2, 2, () => [0, 0, 0]).toString('base64') })
      if (method !== 'Runtime.evaluate') return Promise.resolve({})
      return Promise.resolve({ result: { value: answers[asked++] ?? answers.at(-1) } })
    }
  } as unknown as DevTools
  const assignment = { url: 'http://x/', name: 'x', waitFor: 'x', withinMs: 600, fine: () => false }
  const blank = await photograph(devTools, assignment, ports)
  expect(asked).toBeGreaterThan(1)
  expect(blank).toMatchObject({ fine: false, message })
  close()
})
