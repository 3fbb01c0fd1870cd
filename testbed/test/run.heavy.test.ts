/** `npm run testbed`, as somebody at a terminal has it. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import { top } from '../../scripts/repository.ts'
import { until } from '../../test/contract/processes.ts'
import { describeWithServices } from '../jest.ts'
import { bridgesOf, tracesOf } from './traces.ts'

const core = ['docker', 'buildx', 'registry', 'apptainer', 'rclone', 'squashfs', 'fixtures'] as const
const program = path.join(top, 'testbed', 'run.ts')

/** Starts it in a temp folder of its own, looks, ends it, and sees that nothing of it is left. */
async function tried(
  names: readonly string[],
  signal: 'SIGINT' | 'SIGKILL',
  look: (said: string) => Promise<void>
): Promise<void> {
  const temp = await mkdtemp(path.join(tmpdir(), 'nd-run-'))
  const child = spawn(process.execPath, [program, ...names], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temp }
  })
  let said = ''
  const ready = Promise.withResolvers<undefined>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.includes('Ctrl-C ends')) ready.resolve(undefined)
  })
  const ended = once(child, 'exit')
  try {
    await Promise.race([ready.promise, ended])
    await look(said)
    const words = [temp, ...(await bridgesOf(temp))]
    child.kill(signal)
    expect(await ended).toEqual(signal === 'SIGINT' ? [0, null] : [null, 'SIGKILL'])
    const left = async (): Promise<readonly string[]> => [
      ...(await tracesOf(words)).filter((trace) => trace !== `file: ${temp}`),
      ...(await readdir(temp))
    ]
    // After Ctrl-C all is gone when it has ended, but for the guardian, which goes last.
    await until(async () => (await left()).length === 0, 20)
    expect(await left()).toEqual([])
  } finally {
    child.kill('SIGKILL')
    await rm(temp, { recursive: true, force: true })
  }
}

describeWithServices(core, 'the testbed by hand', () => {
  test('says what to type, works until Ctrl-C, and leaves nothing', async () => {
    await tried([], 'SIGINT', async (said) => {
      const catalogue = /catalogue=(\S+)/.exec(said)?.[1] ?? ''
      expect(existsSync(catalogue)).toBe(true)
      const api = /GITHUB_API_URL='([^']+)'/.exec(said)?.[1] ?? ''
      const answer = await fetch(`${api}/repos/neurodesk/neurodesktop`)
      expect([answer.status, ((await answer.json()) as { full_name: string }).full_name]).toEqual([
        200,
        'neurodesk/neurodesktop'
      ])
    })
  }, 180_000)

  test('starts what is named, and leaves nothing after kill -9', async () => {
    await tried(['registry:htpasswd', 'mastodon'], 'SIGKILL', async (said) => {
      const registry = /--user (\S+) (\S+)/.exec(said)
      const authorization = `Basic ${Buffer.from(registry?.[1] ?? '').toString('base64')}`
      const url = registry?.[2] ?? ''
      expect([(await fetch(url)).status, (await fetch(url, { headers: { authorization } })).status]).toEqual([
        401, 200
      ])
      const instance = /curl (\S+\/api\/v2\/instance)/.exec(said)?.[1] ?? ''
      expect((await fetch(instance)).status).toBe(200)
    })
  }, 60_000)

  test('lists the names for a word that is none', () => {
    const { status, stdout } = spawnSync(process.execPath, [program, 'swfit'], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([2, expect.stringMatching(/^There is no swfit\. Names: .*swift/)])
  })
})
