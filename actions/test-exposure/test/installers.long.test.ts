/** Every defect that an installer can have, each told by its own finding; and neurocommand's contract. */
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { describeWithServices } from '../../../testbed/jest.ts'
import { localStore } from '../../../testbed/index.ts'
import { EQUAL, PATHLESS, SHADOWED, UNDERSCORE } from './faults.ts'
import { buildImage, GOOD, PLAIN, type Recipe } from './images.ts'
import { writeInstaller, writeNeurocommand } from './installer.ts'
import { idsOf, runHere } from './ports.ts'

const TIME = 240_000

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exposure-installers-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Only the first tests of a container matter. */
const QUICK = { probe: 'none', containers: PLAIN.id }

/** The defect, what must be told as an error, and what as a warning. */
type Row = readonly [defect: string, errors: readonly string[], warnings?: readonly string[], recipe?: Recipe]

const ROWS: readonly Row[] = [
  ['', []],
  ['silent-failure', ['command-missing', 'installer-silent', 'list-missing', 'readme-differs']],
  ['blank', ['blank-in-folder']],
  ['readme', ['readme-differs']],
  ['missing', ['command-missing']],
  ['extra', ['command-extra']],
  ['duplicate', [], ['command-duplicate']],
  ['runtime-exposed', ['calls-itself', 'name-reserved'], ['shadows-host']],
  ['unlisted', ['wrapper-unlisted']],
  ['shebang', ['installer-silent', 'module-for-nothing', 'wrapper-unusable']],
  ['not-executable', ['installer-silent', 'module-for-nothing', 'wrapper-unusable']],
  ['wrong-image', ['wrong-image']],
  ['bare-name', ['program-missing'], [], PATHLESS],
  ['bare-name', ['wrong-program'], [], SHADOWED],
  ['', [], [], UNDERSCORE],
  ['unquoted', ['arguments-changed']],
  ['leaks', ['environment-leaks']],
  ['no-display', ['display-lost']],
  ['noise', ['streams-mixed']],
  ['stdin', ['stdin-changed']],
  ['exit-code', ['exit-code-changed', 'term-lost']],
  ['no-exec', ['term-lost']],
  ['orphan', ['term-lost']],
  ['folder', ['folder-changed', 'owner-changed']],
  ['tmp', ['tmp-breaks']],
  ['silent-missing-image', ['missing-image-silent']],
  ['activate', ['activate-fails']],
  ['deactivate', ['deactivate-fails']],
  ['no-activate', ['activate-missing']],
  ['startup', [], ['startup-file']],
  ['module-missing', ['module-missing']],
  ['module-name', ['module-missing']],
  ['module-syntax', ['module-load']],
  ['module-help', ['module-help']],
  ['module-whatis', ['module-help']],
  ['module-path', ['module-path']],
  ['module-unload', ['module-unload']],
  ['module-variable', ['module-load'], [], EQUAL],
  ['module-value', ['module-variables']],
  ['not-idempotent', ['not-idempotent']],
  ['uninstall', ['uninstall-leaves']],
  ['fatal-line', ['installer-trouble']],
  ['exit-with-1', [], ['installer-exit']]
]

describeWithServices(['apptainer', 'fixtures', 'lmod'], 'an installer with one defect', () => {
  test.each(
    ROWS.map(([defect, errors, warnings = [], recipe = GOOD]) => ({ defect, errors, warnings, recipe }))
  )(
    '$defect of $recipe.id',
    async ({ defect, errors, warnings, recipe }) => {
      await buildImage(folder, recipe)
      const outcome = await runHere(folder, {
        containers: recipe.id,
        'image-path': folder,
        installer: 'transparent-singularity',
        'installer-path': await writeInstaller(path.join(folder, 'installer')),
        env: `DEFECT=${defect}`,
        'module-system': 'lmod',
        probe: 'none'
      })
      expect(idsOf(outcome, 'error')).toEqual(errors.map((id) => `exposure-${id}`))
      expect(idsOf(outcome, 'warning')).toEqual(
        expect.arrayContaining(warnings.map((id) => `exposure-${id}`))
      )
      expect(outcome.verdict).toBe(errors.length === 0 ? 'ok' : 'failed')
    },
    TIME
  )
})

describeWithServices(['apptainer', 'fixtures'], 'an installer with the contract of neurocommand', () => {
  const given = (installer: string, env: string): Record<string, string> => ({
    ...QUICK,
    'image-path': folder,
    installer: 'neurocommand',
    'installer-path': installer,
    env
  })

  test(
    'exposes an image that is handed over, below local or where it is told to',
    async () => {
      await buildImage(folder, PLAIN)
      const installer = await writeNeurocommand(path.join(folder, 'neurocommand'), [PLAIN.id])
      const place = path.join(folder, 'elsewhere')
      for (const env of ['', `NEURODESKTOP_LOCAL_CONTAINERS=${place}`]) {
        const outcome = await runHere(folder, given(installer, env))
        expect(outcome.findings.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(outcome.verdict).toBe('ok')
      }
      const stubborn = await runHere(
        folder,
        given(installer, `NEURODESKTOP_LOCAL_CONTAINERS=${place}-2\nDEFECT=ignores-place`)
      )
      expect(idsOf(stubborn, 'error')).toEqual(
        expect.arrayContaining(['exposure-list-missing', 'exposure-installer-silent'])
      )
      const idle = await runHere(folder, given(installer, 'DEFECT=does-nothing'))
      expect(idsOf(idle, 'error')).toEqual(
        expect.arrayContaining(['exposure-list-missing', 'exposure-installer-silent'])
      )
      const silent = await runHere(folder, given(installer, 'DEFECT=not-listed'))
      expect(idsOf(silent, 'error')).toEqual(['exposure-not-listed'])
    },
    TIME
  )

  test(
    'setup commands come first, and one that fails is told',
    async () => {
      const installer = await writeNeurocommand(path.join(folder, 'neurocommand'), [PLAIN.id])
      const mark = path.join(folder, 'set-up')
      const setUp = await runHere(folder, {
        ...given(installer, `MARK=${mark}`),
        'setup-commands': `["sh", "-c", "echo done > $MARK"]`
      })
      expect(setUp.verdict).toBe('ok')
      expect(await readFile(mark, 'utf8')).toBe('done\n')
      const broken = await runHere(folder, {
        ...given(installer, ''),
        'setup-commands': '["sh", "-c", "echo why >&2; exit 3"]'
      })
      expect(broken.findings).toMatchObject([
        { id: 'exposure-setup-failed', message: expect.stringMatching(/exit code 3: why$/) }
      ])
    },
    TIME
  )
})

describeWithServices(['apptainer', 'fixtures'], 'an installer that is told to leave CVMFS alone', () => {
  test(
    'must obey',
    async () => {
      const store = await localStore()
      try {
        const installer = await writeInstaller(path.join(folder, 'installer'))
        const image = await buildImage(folder, PLAIN)
        const place = path.join(folder, 'cvmfs-file', PLAIN.id)
        await mkdir(place, { recursive: true })
        await copyFile(image, path.join(place, `${PLAIN.id}.simg`))
        await copyFile(image, path.join(store.folder, `${PLAIN.id}.simg`))
        const outcome = await runHere(folder, {
          ...QUICK,
          source: 'installer',
          installer: 'transparent-singularity',
          'installer-path': installer,
          env: `STORE_URL=${store.publicUrl}\nCVMFS_ROOT=${path.join(folder, 'cvmfs-file')}\nCVMFS_DISABLE=true`
        })
        expect([outcome.verdict, idsOf(outcome, 'error')]).toEqual(['ok', []])
        expect(outcome.details?.['cases']).toMatchObject([{ transfer: { source: 'store' } }])
      } finally {
        await store[Symbol.asyncDispose]()
      }
    },
    TIME
  )
})

/** What the real scripts do is for people to read: docs/exposure.md has it. Here it only has to come out. */
const REAL = [
  ['transparent-singularity', process.env['TRANSPARENT_SINGULARITY']],
  ['neurocommand', process.env['NEUROCOMMAND']]
] as const

describe('the real scripts', () => {
  for (const [installer, checkout] of REAL) {
    if (checkout === undefined) {
      test.skip(`of ${installer} [skipped: ${installer.toUpperCase().replace('-', '_')} names no checkout]`, () =>
        undefined)
      continue
    }
    test(
      `of ${installer} expose a good container, and the findings are those that are known`,
      async () => {
        await buildImage(folder, GOOD)
        const outcome = await runHere(folder, {
          containers: GOOD.id,
          'image-path': folder,
          installer,
          'installer-path': checkout,
          'module-system': 'lmod',
          probe: 'start',
          'fail-on': 'none'
        })
        process.stderr.write(
          `${installer}: ${outcome.headline}\n${outcome.findings.map(({ severity, id, message }) => `  ${severity} ${id}: ${message}\n`).join('')}`
        )
        expect(JSON.parse(outcome.outputs['commands'] ?? '')).toContain(`${GOOD.id}/goodtool`)
        expect(idsOf(outcome, 'error')).not.toContain('exposure-arguments-changed')
      },
      TIME
    )
  }
})
