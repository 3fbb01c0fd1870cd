/** Several runtimes in one run. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { describeWithServices } from '../../../testbed/jest.ts'
import { buildImage, exec, PLAIN, writeProgram } from './images.ts'
import { runHere } from './ports.ts'

const TIME = 240_000

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exposure-runtimes-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describeWithServices(['apptainer', 'fixtures'], 'several runtimes', () => {
  test(
    'are tested one after the other, each under its own name; one that does not start the image is told',
    async () => {
      await buildImage(folder, PLAIN)
      const real = (await exec.which('apptainer')) ?? ''
      // SingularityCE brings one name only, and takes the same words.
      const community = path.join(folder, 'singularity')
      await writeProgram(
        community,
        `[ "$1" != --version ] || { echo 'singularity-ce version 4.1.0'; exit 0; }\nexec '${real}' "$@"\n`
      )
      const picky = path.join(folder, 'picky')
      await writeProgram(
        picky,
        `case "$*" in *${PLAIN.id}*) echo 'FATAL:   no' >&2; exit 255 ;; esac\nexec '${real}' "$@"\n`
      )
      const outcome = await runHere(folder, {
        containers: PLAIN.id,
        'image-path': folder,
        runtimes: `apptainer\n${community}\n${picky}`
      })
      expect(outcome.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
        { id: 'exposure-image-does-not-start', message: expect.stringContaining('FATAL:   no') }
      ])
      expect(outcome.details?.['cases']).toMatchObject([
        { runtime: 'apptainer', wrapped: ['plaintool'] },
        { runtime: community, runtimeVersion: '4.1.0', wrapped: ['plaintool'] },
        { runtime: picky, wrapped: [] }
      ])
      expect(outcome.verdict).toBe('failed')
    },
    TIME
  )
})
