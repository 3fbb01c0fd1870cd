/** What neurocommand does for pull requests, and whom it tells of its list; run on the testbed. */
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { appsJson } from '../../../testbed/images/index.ts'
import { findTools } from '../../../testbed/index.ts'
import { describeWithServices } from '../../../testbed/jest.ts'
import {
  aws,
  issues,
  MINUTE,
  pull,
  run,
  SECRETS,
  stageWith,
  stageWithPull,
  startParts,
  stopParts
} from './neurocommand.ts'
import { type Stage } from './stage.ts'

describeWithServices(['act'], 'test-neurocommand.yml on a pull request', () => {
  beforeEach(startParts, MINUTE)
  afterEach(stopParts)

  test(
    'accepts a catalogue that is in order',
    async () => {
      await using stage = await stageWithPull(appsJson())
      const result = await pull(stage)
      expect(result.results).toEqual({ catalogue: ['success'] })
    },
    5 * MINUTE
  )

  test(
    'does not answer for a container of somebody else that is nowhere',
    async () => {
      const apps = JSON.parse(appsJson()) as Record<string, unknown>
      apps['gone'] = { apps: { 'gone 1.0': { version: '20250101', exec: '' } }, categories: ['tests'] }
      const text = JSON.stringify(apps, undefined, 4)
      await using stage = await stageWithPull(text, {}, text)
      const result = await pull(stage)
      expect(result.results).toEqual({ catalogue: ['success'] })
      expect(result.log).toContain('No container is new or changed; the catalogue itself was validated.')
    },
    5 * MINUTE
  )

  test(
    'is not blocked by a store that gives no answer, and says so; what is wrong with the catalogue stops it all the same',
    async () => {
      // All of its containers are new.
      await using stage = await stageWithPull(appsJson(), {}, '{}')
      aws.faults.set('*', 503)
      const shrug = 'The catalogue has no known fault, but a store or a registry gave no answer'
      const silent = await pull(stage)
      expect(silent.results).toEqual({ catalogue: ['success'] })
      expect(silent.log).toContain(`::warning::${shrug}`)
      expect(silent.log).toContain('3 could not be checked')
      const broken = JSON.parse(appsJson()) as Record<string, unknown>
      broken['$(id)'] = { apps: { '$(id) 1.0': { version: '20250101', exec: '' } }, categories: ['tests'] }
      await stage.repository.write('neurodesk/apps.json', JSON.stringify(broken, undefined, 4))
      stage.repository.git('commit', '--quiet', '--all', '--message', 'a name that is a command')
      const result = await pull(stage)
      expect(result.results).toEqual({ catalogue: ['failure'] })
      expect(result.log).not.toContain(shrug)
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )

  test(
    'stops at one that is no JSON, and shows the line',
    async () => {
      await using stage = await stageWithPull(appsJson().replace('"apps"', 'apps'))
      const result = await pull(stage)
      expect(result.results).toEqual({ catalogue: ['failure'] })
      expect(result.log).toMatch(/::error title=catalogue-syntax,file=neurodesk\/apps\.json,line=\d+/)
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )
})

describeWithServices(['act'], 'dispatch-applist-update.yml', () => {
  beforeEach(startParts, MINUTE)
  afterEach(stopParts)

  /** GitHub's own client, which every runner has; this one writes down what it was asked. */
  async function withClient(stage: Stage): Promise<{ readonly path: string; readonly log: string }> {
    const bin = path.join(stage.folder, 'bin')
    await mkdir(bin, { recursive: true })
    const log = path.join(stage.folder, 'gh.log')
    await writeFile(path.join(bin, 'gh'), `#!/bin/sh\nprintf '%s\\n' "$@" >> '${log}'\n[ -n "$GH_TOKEN" ]\n`)
    await chmod(path.join(bin, 'gh'), 0o755)
    return { path: `${bin}:${findTools().searchPath}`, log }
  }

  test(
    'tells the website, with the token out of sight',
    async () => {
      await using stage = await stageWith({})
      const client = await withClient(stage)
      const result = await run(stage, 'dispatch-applist-update.yml', {
        secrets: SECRETS,
        env: { PATH: client.path }
      })
      expect(result.results).toEqual({ dispatch_update: ['success'] })
      const asked = await readFile(client.log, 'utf8')
      expect(asked.split('\n').slice(0, 4)).toEqual([
        'api',
        'repos/neurodesk/neurodesk.github.io/dispatches',
        '--field',
        'event_type=NeuroDesk/neurocommand applist.json update'
      ])
      expect(asked).not.toContain(SECRETS.ACCESS_TOKEN)
    },
    5 * MINUTE
  )

  test(
    'without the token tells nobody, and says so',
    async () => {
      await using stage = await stageWith({})
      const client = await withClient(stage)
      const result = await run(stage, 'dispatch-applist-update.yml', { env: { PATH: client.path } })
      expect(result.results).toEqual({ dispatch_update: ['success'] })
      expect(result.log).toContain('ACCESS_TOKEN is not set here')
      expect(existsSync(client.log)).toBe(false)
    },
    5 * MINUTE
  )
})
