/** `npm run testbed`, as somebody at a terminal has it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import { top } from '../../scripts/repository.ts'
import { describeWithServices } from '../jest.ts'

const core = ['docker', 'buildx', 'registry', 'apptainer', 'rclone', 'squashfs', 'fixtures'] as const

describeWithServices(core, 'the testbed by hand', () => {
  test('says what to type, works until Ctrl-C, and leaves nothing', async () => {
    const child = spawn(process.execPath, [path.join(top, 'testbed', 'run.ts')], {
      stdio: ['ignore', 'pipe', 'inherit']
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
      const catalogue = /catalogue=(\S+)/.exec(said)?.[1] ?? ''
      expect(existsSync(catalogue)).toBe(true)
      const api = /GITHUB_API_URL='([^']+)'/.exec(said)?.[1] ?? ''
      const answer = await fetch(`${api}/repos/neurodesk/neurodesktop`)
      expect([answer.status, ((await answer.json()) as { full_name: string }).full_name]).toEqual([
        200,
        'neurodesk/neurodesktop'
      ])
      child.kill('SIGINT')
      expect(await ended).toEqual([0, null])
      expect(existsSync(catalogue)).toBe(false)
    } finally {
      child.kill('SIGKILL')
    }
  }, 180_000)
})
