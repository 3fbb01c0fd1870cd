/** Containers with a fault, each told by its own finding. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { describeWithServices } from '../../../testbed/jest.ts'
import { FAULTS, WINDOW } from './faults.ts'
import { buildImage, GOOD, PLAIN, tools } from './images.ts'
import { idsOf, runHere } from './ports.ts'

const TIME = 240_000

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exposure-faults-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describeWithServices(['apptainer', 'fixtures', 'xvfb'], 'a container with a fault', () => {
  test.each(FAULTS.map((fault) => [fault.what, fault] as const))(
    '%s',
    async (_what, fault) => {
      await buildImage(folder, fault.recipe)
      const outcome = await runHere(folder, {
        containers: fault.recipe.id,
        'image-path': folder,
        timeout: '20s',
        ...fault.inputs
      })
      for (const severity of ['error', 'warning', 'unknown', 'notice'] as const) {
        expect(idsOf(outcome, severity)).toEqual(
          expect.arrayContaining([...(fault.findings[severity] ?? [])])
        )
      }
      if (fault.failed !== undefined) {
        const names = fault.failed.map((name) => `${fault.recipe.id}/${name}`)
        expect([...(JSON.parse(outcome.outputs['failed'] ?? '') as readonly string[])].sort()).toEqual(names)
      }
      const failed = fault.findings.error !== undefined
      expect([outcome.verdict, outcome.failure !== undefined]).toEqual([failed ? 'failed' : 'ok', failed])
    },
    TIME
  )

  test(
    'a program that opens a window is untested where no screen can be had',
    async () => {
      await buildImage(folder, WINDOW)
      const broken = path.join(folder, 'no-screen')
      await mkdir(broken, { recursive: true })
      await writeFile(path.join(broken, 'Xvfb'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
      const given = { containers: WINDOW.id, 'image-path': folder }
      const outcome = await runHere(folder, given, { PATH: `${broken}:${tools.searchPath}` })
      const untested = outcome.findings.filter(({ message }) => message.includes('no Xvfb here'))
      expect(untested.map(({ id, subject }) => `${id} ${subject}`)).toEqual([
        `exposure-untested ${WINDOW.id}/nowindow`,
        `exposure-untested ${WINDOW.id}/window`
      ])
      expect([outcome.verdict, outcome.outputs['failed']]).toEqual(['ok', '[]'])
    },
    TIME
  )

  test(
    'without a GPU the commands are called with --nv all the same, and the GPU is untested',
    async () => {
      await buildImage(folder, PLAIN)
      const outcome = await runHere(folder, { containers: PLAIN.id, 'image-path': folder, gpu: 'true' })
      const gpu = outcome.findings.find(({ message }) => message.startsWith('gpu: '))
      const hasDevice = existsSync('/dev/nvidiactl')
      expect(gpu?.severity).toBe(hasDevice ? undefined : 'unknown')
      expect(outcome.verdict).toBe('ok')
    },
    TIME
  )

  test(
    'an image that is missing, cut off, or a web page',
    async () => {
      const image = await buildImage(folder, GOOD)
      const bytes = await readFile(image)
      await writeFile(path.join(folder, 'cut_1.0.0_20240902.simg'), bytes.subarray(0, 60_000))
      await writeFile(path.join(folder, 'page_1.0.0_20240902.simg'), '<html>404</html>')
      const outcome = await runHere(folder, {
        containers: 'missing_1.0.0_20240902\ncut_1.0.0_20240902\npage_1.0.0_20240902',
        'image-path': folder,
        'fail-on': 'none'
      })
      expect(outcome.findings.map(({ id, subject }) => [id, subject])).toEqual([
        ['exposure-image-missing', 'missing_1.0.0_20240902'],
        ['exposure-image-damaged', 'cut_1.0.0_20240902'],
        ['exposure-image-damaged', 'page_1.0.0_20240902']
      ])
      // No command was called: that is a failure, whatever the caller accepts.
      expect(outcome.failure).toBeDefined()
    },
    TIME
  )
})
