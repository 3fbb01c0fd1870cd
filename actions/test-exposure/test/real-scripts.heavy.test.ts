/**
 * NeuroDesk's own installers, from a checkout: what they do with good and with difficult containers is printed, for
 * people and for docs/exposure.md. Here it only has to come out.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { openBench, type Bench } from './defects.ts'
import { FAULTS, PATHLESS, SHADOWED, TEXTS, UNDERSCORE } from './faults.ts'
import { GOOD, type Recipe } from './images.ts'
import { idsOf, runHere } from './ports.ts'

const TIME = 240_000

const CHECKOUTS = [
  ['transparent-singularity', process.env['TRANSPARENT_SINGULARITY']],
  ['neurocommand', process.env['NEUROCOMMAND']]
] as const

/** Containers with something that an installer has to bear: names, texts, search paths, nothing at all. */
const RECIPES: readonly Recipe[] = [
  GOOD,
  TEXTS,
  PATHLESS,
  SHADOWED,
  UNDERSCORE,
  ...FAULTS.map(({ recipe }) => recipe).filter(({ id }) =>
    /^(?:names|runtime|collides|odd|nocommand|noshell)_/.test(id)
  )
  // These scripts call /bin/true and others in the image, as every image of NeuroDesk has them.
].map((recipe) => (recipe.base === 'aside' ? { ...recipe, base: 'full' } : recipe))

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(async () => {
  await bench.close()
})

for (const [installer, checkout] of CHECKOUTS) {
  if (checkout === undefined) {
    const variable = installer.toUpperCase().replace('-', '_')
    test.skip(`${installer} [skipped: ${variable} names no checkout]`, () => undefined)
    continue
  }
  describe(`the real ${installer}`, () => {
    test.each(RECIPES.map((recipe) => [recipe.id, recipe] as const))(
      '%s',
      async (_id, recipe) => {
        await bench.image(recipe)
        const outcome = await runHere(bench.folder, {
          containers: recipe.id,
          'image-path': bench.folder,
          installer,
          'installer-path': checkout,
          'module-system': 'lmod',
          probe: recipe === GOOD ? 'start' : 'none',
          'fail-on': 'none'
        })
        const lines = outcome.findings.map(
          ({ severity, id, subject, message }) => `  ${severity} ${id} ${subject}: ${message}\n`
        )
        process.stderr.write(`${installer}: ${outcome.headline}\n${lines.join('')}`)
        expect(outcome.headline).toMatch(/^\d+ of \d+ tests? passed/)
        if (recipe !== GOOD) return
        expect(JSON.parse(outcome.outputs['commands'] ?? '')).toContain(`${GOOD.id}/goodtool`)
        expect(idsOf(outcome, 'error')).not.toContain('exposure-arguments-changed')
      },
      TIME
    )
  })
}
