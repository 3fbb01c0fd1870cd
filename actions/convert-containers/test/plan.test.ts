import { describe, expect, test } from '@jest/globals'

import type { Availability, Standing, State } from '../src/availability.ts'
import type { Found } from '../src/images.ts'
import { makePlan, needingImages, type Job, type Plan } from '../src/plan.ts'
import { makeShards } from '../src/shards.ts'
import type { RemoteImage } from '../../../lib/registry/index.ts'
import { container, store } from './samples.ts'

const a = store('a')
const b = store('b')
const readOnly = store('look', { remote: undefined, publicUrl: 'https://example.org' })

function entry(
  app: string,
  ...standings: readonly (readonly [typeof a, State, Partial<Standing>?])[]
): Availability {
  const all = standings.map(([own, state, more]) => ({
    store: own,
    state,
    bytes: undefined,
    detail: '',
    cached: undefined,
    ...more
  }))
  const states = all.filter((own) => own.store.required).map((own) => own.state)
  return {
    container: container(app),
    standings: all,
    verdict: states.find((state) => state !== 'present') ?? 'present'
  }
}

const image = (compressedBytes: number): Found => ({
  kind: 'image',
  image: {
    reference: 'docker.io/vnmd/x@sha256:1',
    digest: 'sha256:1',
    layerCount: 3,
    compressedBytes,
    insecure: false,
    // A plan looks at sizes only.
    remote: {} as RemoteImage
  }
})
const none = { local: new Map(), images: new Map(), converter: 'apptainer', pullsPerBuild: 1 } as const

function ways(job: Job | undefined): unknown {
  if (job === undefined) return undefined
  return {
    inside: job.inside.map((own) => own.store.name),
    upload: job.upload.map(({ name }) => name),
    source:
      job.source === undefined
        ? undefined
        : job.source.kind === 'store'
          ? job.source.store.name
          : job.source.kind
  }
}

describe('makePlan takes the cheapest way', () => {
  test('nothing to do', () => {
    expect(makePlan([entry('x 1', [a, 'present'], [b, 'present'])], none)).toEqual({ jobs: [], blocked: [] })
  })

  test('the other store has it', () => {
    const plan = makePlan([entry('x 1', [a, 'present', { bytes: 100 }], [b, 'pending'])], none)
    expect(ways(plan.jobs[0])).toEqual({ inside: [], upload: ['b'], source: 'a' })
    expect(plan.jobs[0]).toMatchObject({ bytes: 200, diskBytes: 100 })
  })

  test('the cache of the same store comes before the other store', () => {
    const plan = makePlan(
      [entry('x 1', [a, 'present', { bytes: 100 }], [b, 'pending', { cached: 100 }])],
      none
    )
    expect(ways(plan.jobs[0])).toEqual({ inside: ['b'], upload: [], source: undefined })
  })

  test('both stores have it in their caches', () => {
    const plan = makePlan([entry('x 1', [a, 'pending', { cached: 7 }], [b, 'pending', { cached: 7 }])], none)
    expect(ways(plan.jobs[0])).toEqual({ inside: ['a', 'b'], upload: [], source: undefined })
  })

  test('one store has it in its cache, the other gets it from there', () => {
    const plan = makePlan([entry('x 1', [a, 'pending', { cached: 7 }], [b, 'missing'])], none)
    expect(ways(plan.jobs[0])).toEqual({ inside: ['a'], upload: ['b'], source: 'a' })
  })

  test('more than 5 GB is not copied by the store: it travels', () => {
    const plan = makePlan([entry('x 1', [a, 'pending', { cached: 6e9 }])], none)
    expect(ways(plan.jobs[0])).toEqual({ inside: [], upload: ['a'], source: 'a' })
  })

  test('a local file comes before another store and before a conversion', () => {
    const local = new Map([[container('x 1').object, { file: '/cache/x.simg', bytes: 5 }]])
    const plan = makePlan([entry('x 1', [a, 'missing'], [b, 'present', { bytes: 5 }])], { ...none, local })
    expect(ways(plan.jobs[0])).toEqual({ inside: [], upload: ['a'], source: 'local' })
    expect(needingImages([entry('x 1', [a, 'missing'])], local)).toEqual([])
  })

  test('nobody has it: it is converted, with the disk that Apptainer wants', () => {
    const missing = entry('x 1', [a, 'missing'], [b, 'missing'])
    expect(needingImages([missing], new Map()).map(({ id }) => id)).toEqual(['x_1_20250101'])
    const plan = makePlan([missing], { ...none, images: new Map([[missing.container.object, image(1e9)]]) })
    expect(ways(plan.jobs[0])).toEqual({ inside: [], upload: ['a', 'b'], source: 'convert' })
    expect(plan.jobs[0]?.diskBytes).toBeGreaterThan(4e9)
    expect(plan.jobs[0]).toMatchObject({ bytes: 1e9 + 2 * 0.9e9, pulls: 1 })
  })

  test('the stream needs little more disk than the SIF', () => {
    const missing = entry('x 1', [a, 'missing'])
    const images = new Map([[missing.container.object, image(1e9)]])
    const plan = makePlan([missing], { ...none, images, converter: 'stream' })
    expect(plan.jobs[0]?.diskBytes).toBe(1.3e9 + 64 * 1024 * 1024)
  })

  test('a damaged object is replaced', () => {
    const plan = makePlan([entry('x 1', [a, 'damaged', { bytes: 3 }], [b, 'present', { bytes: 100 }])], none)
    expect(ways(plan.jobs[0])).toEqual({ inside: [], upload: ['a'], source: 'b' })
    expect(plan.jobs[0]).toMatchObject({ replace: [a] })
  })

  test('a store that is only looked at gets nothing and gives nothing', () => {
    const plan = makePlan([entry('x 1', [readOnly, 'missing'])], none)
    expect(plan.jobs).toEqual([])
    expect(plan.blocked).toMatchObject([{ kind: 'no-target' }])
  })

  test('unknown is not converted, a missing image is told, different files are left for a person', () => {
    const gone: Found = { kind: 'absent', reason: 'no registry has it' }
    const plan = makePlan(
      [
        entry('x 1', [a, 'unknown']),
        entry('y 1', [a, 'missing']),
        entry('z 1', [a, 'size-differs', { bytes: 1 }], [b, 'size-differs', { bytes: 2 }])
      ],
      { ...none, images: new Map([[container('y 1').object, gone]]) }
    )
    expect(plan.jobs).toEqual([])
    expect(plan.blocked.map(({ container: { id }, kind }) => [id, kind])).toEqual([
      ['x_1_20250101', 'unknown'],
      ['y_1_20250101', 'no-image'],
      ['z_1_20250101', 'differs']
    ])
  })

  const images = new Map([[container('x 1').object, image(10)]])
  const planned = (
    entries: Parameters<typeof entry>[1][],
    local: readonly (readonly [string, { file: string; bytes: number }])[] = []
  ): Plan => {
    const all = [entry('x 1', ...entries)]
    const plan = makePlan(all, { ...none, images, local: new Map(local) })
    // Registries are asked for what is converted, and for nothing else.
    expect(needingImages(all, new Map(local)).length).toBe(
      plan.jobs.filter(({ source }) => source?.kind === 'convert').length
    )
    return plan
  }
  const here = (bytes: number) => [[container('x 1').object, { file: '/x.simg', bytes }]] as const

  test('a required store without an answer may have it: nothing is made anew, what is there is copied', () => {
    const silent = [a, 'unknown', { detail: 'HTTP 503' }] as const
    expect(planned([silent, [b, 'missing']])).toMatchObject({
      jobs: [],
      blocked: [{ kind: 'held', reason: 'a may have it and gives no answer: HTTP 503' }]
    })
    const c = store('c')
    const copied = planned([silent, [b, 'pending'], [c, 'present', { bytes: 5 }]])
    expect(copied.jobs).toMatchObject([{ source: { kind: 'store', store: c }, mayConvert: false }])
    expect(planned([silent, [b, 'missing']], here(5)).jobs).toMatchObject([{ source: { kind: 'local' } }])
  })

  test('a store that is not required keeps nobody waiting', () => {
    const c = store('c', { required: false })
    const plan = planned([
      [a, 'missing'],
      [c, 'unknown']
    ])
    expect(ways(plan.jobs[0])).toEqual({ inside: [], upload: ['a'], source: 'convert' })
  })

  test('a build in the cache, and a local one, of another size than the published one are not used', () => {
    const published = [b, 'present', { bytes: 100 }] as const
    const cached = planned([[a, 'pending', { cached: 50 }], published])
    expect(ways(cached.jobs[0])).toEqual({ inside: [], upload: ['a'], source: 'b' })
    expect(ways(planned([[a, 'missing'], published], here(50)).jobs[0])).toMatchObject({ source: 'b' })
    expect(ways(planned([[a, 'missing'], published], here(100)).jobs[0])).toMatchObject({ source: 'local' })
  })

  test('what the published one was written with is told to the job', () => {
    const sha256 = 'a'.repeat(64)
    const published = [b, 'present', { bytes: 100, sha256 }] as const
    expect(planned([[a, 'pending', { cached: 100 }], published], here(100)).jobs).toMatchObject([{ sha256 }])
    // Who tells nothing is asked last, since what it has cannot be compared.
    const c = store('c')
    const plan = planned([[c, 'present', { bytes: 100 }], published, [a, 'missing']])
    expect(plan.jobs).toMatchObject([{ sha256, source: { store: b }, others: [{ store: c }] }])
  })

  test('caches that differ: one build for both', () => {
    const plan = planned([
      [a, 'pending', { cached: 50 }],
      [b, 'pending', { cached: 60 }]
    ])
    expect(ways(plan.jobs[0])).toEqual({ inside: ['a'], upload: ['b'], source: 'a' })
  })

  test('the required store is right, not the other one: its file is copied, no third is made', () => {
    const c = store('c', { required: false })
    const plan = planned([
      [c, 'size-differs', { bytes: 200 }],
      [a, 'size-differs', { bytes: 100 }],
      [b, 'missing']
    ])
    expect(ways(plan.jobs[0])).toEqual({ inside: [], upload: ['b'], source: 'a' })
  })

  test('required stores with different files: a person has to say which is right', () => {
    const d = store('d')
    const plan = planned([
      [a, 'size-differs', { bytes: 100 }],
      [d, 'size-differs', { bytes: 200 }],
      [b, 'missing']
    ])
    expect(plan).toMatchObject({ jobs: [], blocked: [{ kind: 'differs' }] })
  })

  test('what comes next when a source is damaged', () => {
    const plan = planned(
      [
        [a, 'pending', { cached: 100 }],
        [b, 'present', { bytes: 100 }]
      ],
      here(100)
    )
    expect(plan.jobs[0]).toMatchObject({
      inside: [{ store: a }],
      others: [{ kind: 'local' }, { store: b, cached: false }, { store: a, cached: true }],
      mayConvert: true
    })
  })
})

describe('a store in which very much is damaged', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      entry(`m${index} 1`, [a, 'damaged', { bytes: 1 }], [b, 'missing'])
    )
  const found = (all: readonly Availability[]): ReadonlyMap<string, Found> =>
    new Map(all.map(({ container: { object } }) => [object, image(10)]))

  test('as many as may be are replaced', () => {
    const all = many(25)
    expect(needingImages(all, new Map())).toHaveLength(25)
    expect(makePlan(all, { ...none, images: found(all) }).jobs).toHaveLength(25)
  })

  test('more are left alone, and nothing is made in their place; that is told once', () => {
    const all = many(26)
    expect(needingImages(all, new Map())).toEqual([])
    const plan = makePlan(all, { ...none, images: found(all) })
    expect(plan.jobs).toEqual([])
    expect(plan.spared).toEqual([{ store: a, damaged: 26, limit: 25 }])
    expect(new Set(plan.blocked.map(({ kind }) => kind))).toEqual(new Set(['held']))
  })

  test('a person may say so, and the share counts for large catalogues', () => {
    const all = many(30)
    expect(makePlan(all, { ...none, images: found(all), maxReplace: 30 }).jobs).toHaveLength(30)
    const large = [...all, ...Array.from({ length: 600 }, (_, index) => entry(`p${index} 1`, [a, 'present']))]
    expect(makePlan(large, { ...none, images: found(all) }).jobs).toHaveLength(30)
  })
})

describe('makeShards', () => {
  const job = (app: string, bytes: number, diskBytes = bytes): Job => ({
    container: container(app),
    inside: [],
    upload: [a],
    source: undefined,
    bytes,
    diskBytes,
    pulls: 0
  })
  const jobs = [9, 7, 6, 5, 4, 3, 2].map((size, index) => job(`x${index} 1`, size * 1e9))

  test('longest first, each to the emptiest', () => {
    const shards = makeShards(jobs, 3)
    expect(shards.map(({ bytes }) => bytes / 1e9)).toEqual([12, 13, 11])
    expect(shards.flatMap(({ names }) => names)).toHaveLength(7)
    expect(shards.map(({ shard }) => shard)).toEqual(['1/3', '2/3', '3/3'])
  })

  test('never more shards than containers, never more than GitHub takes', () => {
    expect(makeShards(jobs, 50)).toHaveLength(7)
    const many = Array.from({ length: 400 }, (_, index) => job(`m${index} 1`, 1))
    expect(makeShards(many, 256)).toHaveLength(256)
    expect(makeShards([], 8)).toEqual([])
  })

  test('architectures stay apart, and the runner is chosen by the largest container', () => {
    const shards = makeShards([job('x 1', 1e9), job('y_arm64 1', 1e9, 20e9), job('z 1', 1e9, 500e9)], 2)
    expect(shards).toMatchObject([
      { arch: 'amd64', names: ['x_1_20250101', 'z_1_20250101'], runner: 'self-hosted', 'disk-bytes': 500e9 },
      { arch: 'arm64', names: ['y_arm64_1_20250101'], runner: 'large' }
    ])
  })

  test('the same plan gives the same shards, whatever its order', () => {
    expect(makeShards([...jobs].reverse(), 3)).toEqual(makeShards(jobs, 3))
  })
})
