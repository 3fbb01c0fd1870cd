import { describe, expect, test } from '@jest/globals'

import { compareCatalogues, readCatalogue, type Catalogue } from '../../../lib/catalogue/index.ts'
import { MAX_REPORT_BYTES } from '../../../lib/report/index.ts'
import type { Store } from '../../../lib/store/index.ts'
import { judge, type Sighting, type StoreView } from '../src/availability.ts'
import type { Carried } from '../src/carry.ts'
import { lookedAtStores } from '../src/looked.ts'
import { planPublication } from '../src/publish.ts'
import { report } from '../src/report.ts'
import type { Result } from '../src/summary.ts'
import type { Assurance } from '../src/verify.ts'
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
  const publicUrl = `https://${name}.example`
  return { store: store(name, { publicUrl }), sightings, listingError: undefined, ...more }
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
    dispatchTo: [],
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

  test('another file in a store that is not required is a warning; among required ones it is a fault', () => {
    const other: Sighting = { ...there, listed: { bytes: 2 } }
    const differs = (required: boolean): ReturnType<typeof report> =>
      tell([
        view('one', () => there),
        view('two', (index) => (index === 3 ? other : there), {
          store: store('two', { required, publicUrl: 'https://two.example' })
        })
      ])
    const optional = differs(false)
    expect([optional.verdict, optional.failure]).toEqual(['ok', undefined])
    expect(optional.findings).toMatchObject([
      {
        id: 'container-optional-differs',
        subject: 't3_1_20250101',
        severity: 'warning',
        message: 'two: 2 bytes, one has 1 bytes'
      }
    ])
    const required = differs(true)
    expect(required.verdict).toBe('failed')
    expect(required.findings.map(({ id }) => id)).toEqual(['container-size-differs'])
    expect([required.outputs['missing'], required.outputs['unknown']]).toEqual(['[]', '[]'])
  })

  test('what required stores lack or do not answer for is told, also when others of them differ', () => {
    const other: Sighting = { ...there, listed: { bytes: 2 } }
    const at3 =
      (own: Sighting) =>
      (index: number): Sighting =>
        index === 3 ? own : there
    for (const [third, output] of [
      [away, 'missing'],
      [noAnswer, 'unknown']
    ] as const) {
      const views = [view('one', () => there), view('two', at3(other)), view('three', at3(third))]
      const told = tell(views)
      expect(told.outputs[output]).toBe('["t3_1_20250101"]')
      const about3 = told.findings.filter(({ subject }) => subject === 't3_1_20250101')
      const main = output === 'missing' ? 'container-pending' : 'container-unknown'
      expect(about3.map(({ id }) => id)).toEqual([main, 'container-size-differs'])
      expect(about3[0]?.message).not.toContain('two')
      const available = judge(catalogue.containers, views)
      expect(planPublication(catalogue, available, undefined).log).not.toContain('t3_1_')
    }
  })

  test('a store that says 403 of everything it lacks is told what to do about it', () => {
    const withheld: Sighting = {
      listed: undefined,
      probe: { state: 'unknown', reason: 'a GET says 403', withheld: true },
      cached: undefined
    }
    const { findings } = tell([view('aws', (index) => (index === 3 ? withheld : there))])
    expect(findings).toMatchObject([
      { id: 'container-unknown', severity: 'unknown', hint: expect.stringContaining('s3:ListBucket') }
    ])
  })

  test('a cache that cannot be listed is told once, and takes nothing from the verdict', () => {
    const { verdict, findings } = tell([view('up', () => there, { cacheError: '403 Forbidden' })])
    expect([verdict, findings.map(({ id, subject, severity }) => `${id} ${subject} ${severity}`)]).toEqual([
      'ok',
      ['cache-not-listed up warning']
    ])
    expect(findings[0]?.message).toContain('403 Forbidden')
  })

  test('required stores without a public address: readable for everybody is not proven, told once for each', () => {
    const closed = (name: string, more: Partial<Store> = {}): StoreView =>
      view(name, () => there, { store: store(name, more) })
    const ids = (...views: readonly StoreView[]): readonly string[] =>
      tell(views).findings.map(({ id, subject, severity }) => `${id} ${subject} ${severity}`)
    expect(
      ids(
        view('open', () => there),
        closed('one'),
        closed('two')
      )
    ).toEqual(['store-not-public one notice', 'store-not-public two notice'])
    expect(
      ids(
        view('open', () => there),
        closed('mirror', { required: false })
      )
    ).toEqual([])
    // Where it could not be listed either, nothing is known of it at all.
    const dark = view('dark', () => noAnswer, { store: store('dark'), listingError: '401' })
    expect(ids(dark)).toEqual(['store-not-listed dark unknown'])
    expect(tell([closed('one')]).verdict).toBe('ok')
  })

  test('what could be compared by its size alone is called unverified, for its container', () => {
    const carried = (...assurances: readonly Assurance[]): Carried => ({
      id: 't3_1_20250101',
      object: 't3_1_20250101',
      from: 'converted',
      deliveries: assurances.map((assurance, index) => ({
        store: `s${index}`,
        how: 'uploaded',
        bytes: 1,
        ms: 0,
        assurance,
        sha256: 'a'.repeat(64),
        readable: true
      })),
      bytes: 1,
      sha256: undefined,
      image: undefined,
      getMs: 0,
      ms: 0,
      movedBytes: 0,
      failures: [],
      damaged: []
    })
    const told = (one: Carried): readonly unknown[] =>
      tell([view('up', () => there)], { mode: 'all', carried: [one] }).findings
    expect(told(carried('md5', 'size only'))).toMatchObject([
      { id: 'object-unverified', subject: 't3_1_20250101', severity: 'notice' }
    ])
    expect(told(carried('md5', 'sha256', 'md5 of its parts'))).toEqual([])
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

describe('what was looked at', () => {
  const id = (index: number): string => `t${index}_1_20250101`
  /** Of a container with an open issue: what this run says of it. */
  const seen = (name: string, { subjects = [], unreached = [] }: ReturnType<typeof report>): string =>
    [subjects.includes(name) ? 'seen' : '', unreached.includes(name) ? 'unreached' : ''].join(' ').trim()

  test('a check has the whole catalogue: its file, stores, tools, apps and containers, well or not', () => {
    const told = tell([view('up', (index) => (index === 3 ? away : there))])
    expect(told.coverage).toEqual({ of: 'apps.json', whole: true })
    for (const name of ['apps.json', 'up', 't3', 't3 1', id(3), id(4)]) expect(seen(name, told)).toBe('seen')
    expect(told.unreached).toEqual([])
    expect(seen('log.txt', told)).toBe('')
  })

  test('what gave no answer was not reached, also where one finding tells it for all', () => {
    const down = tell([view('down', () => noAnswer, { silent: 'HTTP 503' }), view('up', () => there)])
    expect([seen('down', down), seen('up', down), seen(id(3), down)]).toEqual([
      'unreached',
      'seen',
      'unreached'
    ])
    const one = tell([view('up', (index) => (index === 5 ? noAnswer : there))])
    expect([seen(id(5), one), seen(id(6), one)]).toEqual(['unreached', 'seen'])
  })

  test('a job of a matrix speaks of its own containers only', () => {
    const views = [view('up', () => there)]
    const available = judge(catalogue.containers.slice(0, 2), views)
    const told = tell(views, { mode: 'convert', limited: true, available })
    expect(told.subjects).toEqual(['up', id(0), id(1)])
    expect(told.coverage).toEqual({ of: 'apps.json', whole: false })
  })

  test('a plan leaves to the jobs what they are to bring, and to the last job what is gone', () => {
    const views = [view('up', (index) => (index === 3 ? away : there))]
    const available = judge(catalogue.containers, views)
    const missing = available[3]?.container
    if (missing === undefined) throw new Error('the sample has 60 containers')
    const job = {
      container: missing,
      inside: [],
      upload: [],
      source: undefined,
      bytes: 0,
      diskBytes: 0,
      pulls: 0
    }
    const told = tell(views, { mode: 'plan', plan: { jobs: [job], blocked: [] } })
    expect([seen(id(3), told), seen(id(4), told), seen('apps.json', told)]).toEqual(['', 'seen', ''])
    expect(told.findings).toMatchObject([{ subject: id(3), severity: 'notice' }])
    expect(told.coverage?.whole).toBe(false)
  })

  test('the lists count when they were written; a repository when it was told', () => {
    const views = [view('up', () => there)]
    const available = judge(catalogue.containers, views)
    const publication = planPublication(catalogue, available, undefined)
    const written = { changed: [], commit: undefined, dispatched: ['a/told'], findings: [] }
    const done = { mode: 'publish' as const, publication, written, dispatchTo: ['a/told', 'a/waits'] }
    const told = tell(views, done)
    expect(['apps.json', 'log.txt', 'a/told', 'a/waits'].map((name) => seen(name, told))).toEqual([
      'seen',
      'seen',
      'seen',
      'unreached'
    ])
    expect(told.coverage?.whole).toBe(true)
    const dry = tell(views, { ...done, dryRun: true, written: { ...written, dispatched: [] } })
    expect([seen('log.txt', dry), seen('a/told', dry), dry.coverage?.whole]).toEqual(['', 'unreached', false])
    const refused = tell(views, {
      ...done,
      publication: { ...publication, refused: true },
      written: undefined
    })
    expect([seen('log.txt', refused), refused.coverage?.whole]).toEqual(['', false])
  })

  test('a catalogue with a fault hides what it stands for: nothing is gone from it', () => {
    const faulty = readCatalogue(
      '{"t1": [], "t2": {"apps": {"t2 1": {"version": "20250101", "exec": ""}}}}',
      {
        file: 'apps.json'
      }
    )
    const views = [view('up', () => there)]
    const told = tell(views, { catalogue: faulty, available: judge(faulty.containers, views) })
    expect([seen(id(2), told), told.coverage?.whole]).toEqual(['seen', false])
    const broken = tell(views, { catalogue: readCatalogue('{', { file: 'apps.json' }), available: [] })
    expect([broken.subjects, broken.unreached, broken.coverage]).toEqual([[], undefined, undefined])
  })

  test('the list of a thousand containers is a small part of what a report may have', () => {
    const many = catalogueOf(
      ...Array.from({ length: 1000 }, (_, index) => `tool-with-a-long-name${index} 1.2.3`)
    )
    const sightings = new Map(many.containers.map(({ object }) => [object, there]))
    const views = [{ store: store('up'), sightings, listingError: undefined }]
    const told = tell(views, { catalogue: many, available: judge(many.containers, views) })
    expect(told.subjects?.length).toBeGreaterThan(3000)
    expect(JSON.stringify(told.subjects, null, 2).length).toBeLessThan(MAX_REPORT_BYTES / 100)
  })
})

describe('what a retention looked at', () => {
  const deletion = {
    store: 'nectar',
    kind: 'object' as const,
    key: 'a_1_20240101.simg',
    bytes: 1,
    modified: 0
  }
  const base = { file: 'apps.json', stores: ['nectar'], deleted: [], findings: [], swept: false }

  test('a plan deletes nothing: what could not be deleted before stays as it was', () => {
    expect(lookedAtStores(base)).toEqual({
      subjects: ['apps.json', 'nectar'],
      coverage: { of: 'retention by apps.json', whole: false }
    })
  })

  test('a sweep knows of every object; not when a store could not be listed', () => {
    const swept = { ...base, deleted: [deletion], swept: true }
    expect(lookedAtStores(swept)).toEqual({
      subjects: ['apps.json', 'nectar', 'nectar: a_1_20240101.simg'],
      coverage: { of: 'retention by apps.json', whole: true }
    })
    const silent = { id: 'retain-store-unknown', subject: 'aws', severity: 'unknown' as const, message: '' }
    expect(lookedAtStores({ ...swept, findings: [silent] }).coverage?.whole).toBe(false)
  })

  test('too many to go, told as a warning, is no answer about the catalogue', () => {
    const many = { id: 'retain-too-many', subject: 'apps.json', severity: 'warning' as const, message: '' }
    expect(lookedAtStores({ ...base, findings: [many] }).subjects).toEqual(['nectar'])
  })
})
