import { describe, expect, test } from '@jest/globals'

import { compareCatalogues, readCatalogue, type Catalogue } from '../../../lib/catalogue/index.ts'
import { judge, type Sighting, type StoreView } from '../src/availability.ts'
import { report } from '../src/report.ts'
import type { Result } from '../src/summary.ts'
import { catalogueOf, store } from './samples.ts'

const catalogue = catalogueOf(...Array.from({ length: 60 }, (_, index) => `t${index} 1`))
const there: Sighting = { listed: { bytes: 1 }, probe: undefined, cached: undefined }
const away: Sighting = { listed: 'absent', probe: undefined, cached: undefined }
const noAnswer: Sighting = {
  listed: undefined,
  probe: { state: 'unknown', reason: 'HTTP 503' },
  cached: undefined
}

function view(name: string, sighting: (index: number) => Sighting, more: Partial<StoreView> = {}): StoreView {
  const sightings = new Map(catalogue.containers.map(({ object }, index) => [object, sighting(index)]))
  return { store: store(name), sightings, listingError: undefined, ...more }
}

function tell(views: readonly StoreView[], more: Partial<Result> = {}): ReturnType<typeof report> {
  return report({
    mode: 'check',
    dryRun: false,
    limited: false,
    changedOnly: false,
    baseUnknown: undefined,
    catalogue,
    baseFindings: [],
    views,
    available: judge(catalogue.containers, views),
    plan: undefined,
    shards: [],
    carried: [],
    publication: undefined,
    written: undefined,
    rateLimits: [],
    pullsTaken: 0,
    lookMs: 0,
    lagSeconds: undefined,
    ...more
  })
}

describe('report', () => {
  test('a store that is down is one finding and one row, and its containers are unknown', () => {
    const { verdict, findings, outputs, summary } = tell([
      view('down', () => noAnswer, { silent: 'HTTP 503' }),
      view('up', () => there)
    ])
    expect([verdict, (JSON.parse(String(outputs?.['unknown'])) as unknown[]).length]).toEqual(['unknown', 60])
    expect(findings.map(({ id, subject, severity }) => `${id} ${subject} ${severity}`)).toEqual([
      'store-silent down unknown'
    ])
    expect(summary?.match(/\| down: unknown, HTTP 503 \|/g)).toHaveLength(1)
    expect(summary).toContain('and 40 more, in the report')
  })

  test('what the other store has for certain is told all the same', () => {
    const { findings, verdict } = tell([
      view('down', () => noAnswer, { silent: 'HTTP 503' }),
      view('up', (index) => (index === 3 ? away : there))
    ])
    expect([verdict, findings.map(({ id, subject }) => `${id} ${subject}`)]).toEqual([
      'failed',
      ['store-silent down', 'container-missing t3_1_20250101']
    ])
  })

  test('a catalogue that is no JSON is the headline, and the summary says where', () => {
    const broken = readCatalogue('{\n  "a": {\n    b\n', { file: 'apps.json' })
    const { failure, summary } = tell([view('up', () => there)], { catalogue: broken, available: [] })
    expect(failure).toMatch(/^The catalogue is no JSON: nothing can be said of its containers\./)
    expect(summary).toMatch(/### Findings[^]*\| error \| apps\.json:3 \| not JSON: .*`catalogue-syntax`/)
    expect(summary).not.toContain('| Store |')
  })

  test('of a catalogue that cannot be read nothing is said to be removed', () => {
    const broken = readCatalogue('{', { file: 'apps.json' })
    const ids = (now: Catalogue): string[] => compareCatalogues(catalogue, now).findings.map(({ id }) => id)
    expect(ids(broken)).toEqual(['catalogue-shrunken'])
    expect(ids(readCatalogue('{}', { file: 'apps.json' }))).toContain('catalogue-removed')
  })

  describe('only what has changed', () => {
    const nothing = { changedOnly: true, mode: 'plan', available: [] } as const

    test('nothing has: that is said plainly, and the catalogue was validated all the same', () => {
      const { verdict, headline, summary, outputs } = tell([], nothing)
      expect([verdict, headline, outputs?.['has-work'], outputs?.['matrix']]).toEqual([
        'ok',
        'No container is new or changed; the catalogue itself was validated.',
        'false',
        '{"include":[]}'
      ])
      expect(summary).toContain('No container is new or changed; the catalogue itself was validated.')
      const faulty = catalogueOf('x 1', 'y ../1')
      const bad = tell([], { ...nothing, catalogue: faulty })
      expect([bad.verdict, bad.headline]).toEqual([
        'failed',
        'No container is new or changed; the catalogue itself was validated, 1 entries refused.'
      ])
      expect(bad.findings.map(({ id }) => id)).toEqual(['catalogue-name-unsafe'])
    })

    test('what it was before is not known: neither ok nor failed', () => {
      const { verdict, headline, findings } = tell([], { ...nothing, baseUnknown: 'HTTP 404' })
      expect([verdict, headline]).toEqual([
        'unknown',
        'What is new or changed is not known: the catalogue as it was before could not be read.'
      ])
      expect(findings).toMatchObject([{ id: 'base-unknown', severity: 'unknown', message: 'HTTP 404' }])
    })

    test('something has: it is counted as such', () => {
      const views = [view('up', (index) => (index === 3 ? away : there))]
      const some = judge(catalogue.containers.slice(2, 5), views)
      expect(tell(views, { ...nothing, available: some }).headline).toBe(
        '2 of 3 new or changed containers are in every required store, 1 are not.'
      )
    })
  })

  test('one object without an answer in a store that is up keeps its own finding', () => {
    const { findings } = tell([view('up', (index) => (index === 5 ? noAnswer : there))])
    expect(findings.map(({ id, subject }) => `${id} ${subject}`)).toEqual(['container-unknown t5_1_20250101'])
  })

  test('a store that is not required only warns when it is down', () => {
    const down = view('down', () => noAnswer, {
      silent: 'HTTP 503',
      store: store('down', { required: false })
    })
    const { verdict, findings } = tell([down, view('up', () => there)])
    expect([verdict, findings.map(({ severity }) => severity)]).toEqual(['ok', ['warning']])
  })
})
