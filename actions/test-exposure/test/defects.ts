/** One defect of an installer at a time, and all that the action says about it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import type { Outcome } from '../../../lib/action/index.ts'
import { buildImage, SAY, type Recipe } from './images.ts'
import { writeInstaller } from './installer.ts'
import { idsOf, runHere } from './ports.ts'

/** Many containers start in one row, and other tests run beside it. */
const TIME = 240_000

/** Two commands, a README and a variable; no shell where behaviour is asked for, so that only the rest takes time. */
export const MODEST: Recipe = {
  id: 'modest_1.0.0_20240902',
  base: 'aside',
  programs: [
    { file: '/opt/modest/bin/one', text: SAY },
    { file: '/opt/modest/bin/two', text: SAY }
  ],
  env: {
    PATH: '/opt/modest/bin:/opt/aside:/usr/bin',
    DEPLOY_PATH: '/opt/modest/bin',
    DEPLOY_ENV_MODESTDIR: 'BASEPATH/opt/modest'
  },
  readme: '# modest\n\nHas two commands.\n'
}

/** One command, with a shell: its wrapper is asked for everything that it should do. */
export const SPOKEN: Recipe = {
  id: 'spoken_1.0.0_20240902',
  programs: [{ file: '/opt/spoken/bin/tool', text: SAY }],
  env: { PATH: '/opt/spoken/bin:/bin:/usr/bin', DEPLOY_PATH: '/opt/spoken/bin' }
}

/** Ids without their `exposure-`. An id that is not here must not be told. */
export interface Row {
  /** '' for none. */
  readonly defect: string
  readonly recipe: Recipe
  readonly errors?: readonly string[]
  readonly warnings?: readonly string[]
  /** Default: none. */
  readonly probe?: 'start'
}

export interface Bench {
  readonly folder: string
  image(recipe: Recipe): Promise<string>
  close(): Promise<void>
}

/** A folder with images, each built once. */
export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'exposure-installers-'))
  const images = new Map<string, Promise<string>>()
  return {
    folder,
    image: async (recipe) => {
      const known = images.get(recipe.id) ?? buildImage(folder, recipe)
      images.set(recipe.id, known)
      return await known
    },
    close: async () => await rm(folder, { recursive: true, force: true })
  }
}

/** The same contract and the same inputs for every row; only DEFECT differs. */
export async function examineDefect(bench: Bench, row: Row): Promise<Outcome> {
  const { defect, recipe, probe = 'none' } = row
  await bench.image(recipe)
  return await runHere(bench.folder, {
    containers: recipe.id,
    'image-path': bench.folder,
    installer: 'transparent-singularity',
    'installer-path': await writeInstaller(path.join(bench.folder, 'installer')),
    env: `DEFECT=${defect}`,
    'module-system': 'lmod',
    probe
  })
}

/** A test for each row: exactly its findings, and the verdict that follows from them. */
export function testRows(bench: () => Bench, rows: readonly Row[]): void {
  test.each(rows.map((row) => [row.defect === '' ? 'no defect' : row.defect, row.recipe.id, row] as const))(
    '%s, %s',
    async (_defect, _id, row) => {
      const outcome = await examineDefect(bench(), row)
      const full = (ids: readonly string[] = []): readonly string[] => ids.map((id) => `exposure-${id}`)
      expect([idsOf(outcome, 'error'), idsOf(outcome, 'warning')]).toEqual([
        full(row.errors),
        full(row.warnings)
      ])
      const fails = row.errors !== undefined
      expect([outcome.verdict, outcome.failure !== undefined]).toEqual([fails ? 'failed' : 'ok', fails])
    },
    TIME
  )
}
