import { describe, expect, test } from '@jest/globals'

import { readCatalogue } from '../../../lib/catalogue/index.ts'
import type { StoredObject } from '../../../lib/store/index.ts'
import { namesOfRelease, parseNames } from '../src/keep.ts'
import {
  isUnchanged,
  objections,
  planRetention,
  type RetentionPlan,
  type StoreContents
} from '../src/retain.ts'
import { segmentSet, setOf, usesOf } from '../src/segments.ts'
import { catalogueOf } from './samples.ts'

const now = Date.UTC(2026, 0, 31)
const days = (count: number): number => now - count * 86_400_000
const object = (key: string, age: number, bytes = 10): StoredObject => ({ key, bytes, modified: days(age) })
const contents = (more: Partial<StoreContents>): StoreContents => ({
  store: 'one',
  objects: [],
  cached: [],
  segments: [],
  others: [],
  manifests: new Map(),
  untold: new Set(),
  allTold: true,
  ...more
})
const rules = { now, retentionDays: 30, maxDelete: undefined, current: [] }
const keys = (plan: RetentionPlan): readonly string[] => plan.deletions.map(({ key }) => key)
const wanted = new Set(['fsl_6.0_20250101'])

describe('planRetention', () => {
  test('only .simg of containers go, only old ones, never what is wanted', () => {
    const plan = planRetention(
      [
        contents({
          objects: [
            object('fsl_6.0_20250101.simg', 900),
            object('fsl_5.0_20240101.simg', 31),
            object('fsl_4.0_20240101.simg', 29),
            object('README.md', 900),
            object('notes.simg', 900),
            object('my_own_notes.simg', 900),
            object('a b_1_20200101.simg', 900),
            object('x_1_20200101.simg.part-17', 900),
            { key: 'no-time_1_20200101.simg', bytes: 1 }
          ]
        })
      ],
      wanted,
      rules
    )
    expect(keys(plan)).toEqual(['fsl_5.0_20240101.simg'])
    expect(plan.kept).toEqual({ protected: 1, young: 2, foreign: 5, shared: 0, awaited: 0 })
  })

  test('the cache has its own age, and keeps what still waits for its final name', () => {
    const folder = 'temporary-builds-new'
    const plan = planRetention(
      [
        contents({
          objects: [object('fsl_6.0_20250101.simg', 5)],
          cached: [
            object(`${folder}/fsl_6.0_20250101.simg`, 31),
            object(`${folder}/ants_1_20250101.simg`, 31),
            object(`${folder}/new_1_20250101.simg`, 3)
          ]
        })
      ],
      new Set([...wanted, 'ants_1_20250101']),
      { ...rules, retentionDays: 365 }
    )
    expect(keys(plan)).toEqual([`${folder}/fsl_6.0_20250101.simg`])
  })

  test('the age is that of the upload: what was rebuilt yesterday loses its old object today', () => {
    const objects = [object('fsl_6.0_20240101.simg', 400), object('fsl_6.0_20260130.simg', 1)]
    const plan = planRetention([contents({ objects })], new Set(['fsl_6.0_20260130']), rules)
    expect(keys(plan)).toEqual(['fsl_6.0_20240101.simg'])
  })

  describe('a build that is to take the place of an older one', () => {
    const [old, young] = [object('fsl_6.0_20240101.simg', 400), object('fsl_6.0_20260130.simg', 1)]
    const facts = { ...rules, current: ['fsl_6.0_20260130'] }
    const plan = (...stores: readonly StoreContents[]): RetentionPlan =>
      planRetention(stores, new Set(facts.current), facts)

    test('the older one stays in every store that does not have the newer one yet', () => {
      const one = plan(
        contents({ store: 'one', objects: [old, young] }),
        contents({ store: 'two', objects: [old, object('fsl_5.0_20240101.simg', 400)] })
      )
      expect(one.deletions.map(({ store, key }) => `${store} ${key}`)).toEqual([
        'one fsl_6.0_20240101.simg',
        'two fsl_5.0_20240101.simg'
      ])
      expect(one.awaited).toEqual([{ subject: 'two: fsl_6.0_20240101.simg', successor: 'fsl_6.0_20260130' }])
      expect(one.kept.awaited).toBe(1)
    })

    test('what waits in the cache, or is empty, has not taken its place', () => {
      const cached = [object('cache/fsl_6.0_20260130.simg', 1)]
      expect(keys(plan(contents({ objects: [old], cached })))).toEqual([])
      expect(keys(plan(contents({ objects: [old, { ...young, bytes: 0 }] })))).toEqual([])
    })

    test('what has left the catalogue waits for nothing', () => {
      expect(keys(plan(contents({ objects: [object('ants_1_20240101.simg', 400)] })))).toEqual([
        'ants_1_20240101.simg'
      ])
    })
  })

  test.each(['./', '/', '//', '././', '', 'x/../'])(
    'a cache that is the store itself (%s) is refused',
    (folder) => {
      const objects = [object('fsl_6.0_20250101.simg', 99)]
      const cached = [object(`${folder}fsl_6.0_20250101.simg`, 99)]
      expect(() => planRetention([contents({ objects, cached })], wanted, rules)).toThrow('the store itself')
    }
  )

  test('segments go when their object is gone, or when its manifest names another set', () => {
    const set = (name: string, random: string): string => `${name}.simg/2026-01-01-000000-${random}/00000000`
    const [live, dead] = ['B1xU5JhrhsglMgqI3LHh9g', 'AAAAAAAAAAAAAAAAAAAAAA']
    const segments = [
      object(set('fsl_6.0_20250101', live), 20),
      object(set('fsl_6.0_20250101', dead), 20),
      object(set('gone_1_20200101', live), 20),
      object(set('gone_1_20200101', dead), 2),
      object('gone_1_20200101.simg/1600000000.12/5368709120/00000001', 20),
      object('somebody/elses/file', 900)
    ]
    const objects = [object('fsl_6.0_20250101.simg', 20)]
    const unknown = planRetention([contents({ objects, segments })], wanted, rules)
    expect(keys(unknown)).toEqual([
      'gone_1_20200101.simg/1600000000.12/5368709120/00000001',
      set('gone_1_20200101', live)
    ])
    expect(unknown.counted).toBe(2)
    const own = set('fsl_6.0_20250101', live).slice(0, -'/00000000'.length)
    const manifests = new Map([['fsl_6.0_20250101.simg', new Set([`one_segments/${own}`])]])
    const known = planRetention([contents({ objects, segments, manifests })], wanted, rules)
    expect(keys(known)).toContain(set('fsl_6.0_20250101', dead))
    expect(keys(known)).not.toContain(set('fsl_6.0_20250101', live))

    // A manifest that was copied under another name still needs what it names.
    const gone = `one_segments/${set('gone_1_20200101', live).slice(0, -9)}`
    const copied = new Map([['fsl_6.0_20250101.simg', new Set([gone])]])
    const other = planRetention([contents({ objects, segments, manifests: copied })], wanted, rules)
    expect(keys(other)).not.toContain(set('gone_1_20200101', live))
    // Not every object could be asked: nobody knows which are needed.
    const unasked = planRetention([contents({ objects, segments, allTold: false })], wanted, rules)
    expect(keys(unasked)).toEqual([])
    // An object in another folder keeps its own, as one beside it does.
    const others = ['gone_1_20200101.simg']
    expect(keys(planRetention([contents({ objects, segments, others })], wanted, rules))).toEqual([])
  })

  describe('objects that are made of the same segments', () => {
    const set = 'n_segments/a_1_20200101.simg/2020-01-01-000000-B1xU5JhrhsglMgqI3LHh9g'
    const cached = [object('cache/a_1_20200101.simg', 99)]
    const both = new Map([
      ['a_1_20200101.simg', new Set([set])],
      ['cache/a_1_20200101.simg', new Set([set])]
    ])

    test('a cached build stays while the final name is made of its segments', () => {
      const objects = [object('a_1_20200101.simg', 99)]
      const plan = planRetention(
        [contents({ objects, cached, manifests: both })],
        new Set(['a_1_20200101']),
        rules
      )
      expect([keys(plan), plan.kept.shared]).toEqual([[], 1])
      expect(plan.shared).toEqual([
        { subject: 'one: cache/a_1_20200101.simg', with: ['one: a_1_20200101.simg'] }
      ])
      const own = new Map([
        ...both,
        ['a_1_20200101.simg', new Set([`${set}x`.replace('a_1', 'b_1')])] as const
      ])
      const apart = planRetention(
        [contents({ objects, cached, manifests: own })],
        new Set(['a_1_20200101']),
        rules
      )
      expect([keys(apart), apart.shared]).toEqual([['cache/a_1_20200101.simg'], []])
    })

    test('so do two names beside each other, in two stores, and one in a folder that nobody cleans', () => {
      const objects = [object('a_1_20200101.simg', 99), object('b_1_20200101.simg', 99)]
      const manifests = new Map(objects.map(({ key }) => [key, new Set([set])]))
      expect(keys(planRetention([contents({ objects, manifests })], wanted, rules))).toEqual([])
      const apart = objects.map(({ key }, index) =>
        contents({
          store: `store ${index}`,
          objects: objects.filter((one) => one.key === key),
          manifests: new Map([[key, new Set([set])]])
        })
      )
      expect(keys(planRetention(apart, wanted, rules))).toEqual([])
      const folder = contents({
        objects: objects.slice(0, 1),
        others: ['archive/a.simg'],
        manifests: new Map([
          ['a_1_20200101.simg', new Set([set])],
          ['archive/a.simg', new Set([set])]
        ])
      })
      expect(keys(planRetention([folder], wanted, rules))).toEqual([])
    })

    test('while not everything has told, no large object goes, and nothing that could be one', () => {
      const objects = [
        object('a_1_20200101.simg', 99),
        object('b_1_20200101.simg', 99),
        object('small_1_20200101.simg', 99)
      ]
      const plan = planRetention(
        [
          contents({
            objects,
            manifests: new Map([['a_1_20200101.simg', new Set([set])]]),
            untold: new Set(['b_1_20200101.simg']),
            allTold: false
          })
        ],
        wanted,
        rules
      )
      expect([keys(plan), plan.kept.shared]).toEqual([['small_1_20200101.simg'], 2])
    })
  })

  test('the hash is of the plan: not of the order of the listing, but of every object in it', () => {
    const objects = [object('a_1_20200101.simg', 99), object('b_1_20200101.simg', 99)]
    const plan = planRetention([contents({ objects })], wanted, rules)
    expect(planRetention([contents({ objects: objects.toReversed() })], wanted, rules).hash).toBe(plan.hash)
    const other = [object('a_1_20200101.simg', 99, 11), object('b_1_20200101.simg', 99)]
    expect(planRetention([contents({ objects: other })], wanted, rules).hash).not.toBe(plan.hash)
  })

  test('the limit is the greater of 25 and 5 %, or what is given', () => {
    const many = Array.from({ length: 1000 }, (_, index) => object(`x${index}_1_20200101.simg`, 99))
    expect(planRetention([contents({ objects: many })], wanted, rules).limit).toBe(50)
    expect(planRetention([contents({ objects: many.slice(0, 10) })], wanted, rules).limit).toBe(25)
    expect(planRetention([contents({ objects: many })], wanted, { ...rules, maxDelete: 0 }).limit).toBe(0)
  })

  test('the segments of one upload count as one object, and many uploads need a word', () => {
    const segments = (uploads: number) =>
      Array.from({ length: uploads * 100 }, (_, index) =>
        object(`g${index % uploads}_1_20200101.simg/2026-01-01-000000-B1xU5JhrhsglMgqI3LHh9g/${index}`, 20)
      )
    const plan = planRetention([contents({ segments: segments(25) })], wanted, rules)
    expect([plan.deletions.length, plan.counted, plan.limit]).toEqual([2500, 25, 25])
    const ids = (one: RetentionPlan): readonly string[] =>
      objections(catalogueOf('fsl 6.0'), undefined, one, { delete: true, confirmPlan: '' }).map(
        ({ id }) => id
      )
    expect(ids(plan)).toEqual([])
    expect(ids(planRetention([contents({ segments: segments(26) })], wanted, rules))).toEqual([
      'retain-too-many'
    ])
    const none = planRetention([contents({ segments: segments(1) })], wanted, { ...rules, maxDelete: 0 })
    expect(ids(none)).toEqual(['retain-too-many'])
  })

  test('two names that segments of rclone have', () => {
    expect(segmentSet('a_1_2.simg/1600000000.123456/500/00000003')?.set).toBe(
      'a_1_2.simg/1600000000.123456/500'
    )
    expect(
      segmentSet('temporary-builds-new/a_1_2.simg/2026-11-23-015811-B1xU5JhrhsglMgqI3LHh9g/00000000')?.object
    ).toBe('temporary-builds-new/a_1_2.simg')
    expect(segmentSet('a_1_2.simg/YmZjNmJjMTItNmFkZi00Y2E5/1')).toBeUndefined()
  })
})

describe('segments', () => {
  test('a manifest names a set, a segment in it, or a prefix that Swift takes as text', () => {
    const set = 'c/a_1_2.simg/1600000000.12/500'
    expect([setOf(set), setOf(`${set}/00000003`), setOf('c'), setOf('c/other')]).toEqual([
      set,
      set,
      'c/',
      'c/other'
    ])
    const uses = usesOf([
      { owner: 'x', set },
      { owner: 'y', set: `${set}0` },
      { owner: 'z', set: 'c/z.simg/1' },
      { owner: 'other container', set: set.replace('c/', 'd/') }
    ])
    expect([uses.sharedWith('x'), uses.sharedWith('y')]).toEqual([['y'], ['x']])
    expect([uses.sharedWith('z'), uses.sharedWith('other container')]).toEqual([[], []])
    expect(uses.isUsed('z.simg/1')).toBe(true)
    expect(uses.isUsed('z.simg/2')).toBe(false)
    expect(usesOf([{ owner: 'all', set: 'c/' }]).isUsed('z.simg/2')).toBe(true)
  })
})

describe('isUnchanged', () => {
  const listed = { store: 's', kind: 'object', key: 'k', bytes: 1, modified: 1_767_312_000_000 } as const
  test.each([
    ['a header that rounds up', 1, 1_767_312_001_000, true],
    ['a listing that is more exact', 1, 1_767_311_999_518, true],
    ['written anew', 1, 1_767_312_000_000 + 8 * 86_400_000, false],
    ['another size', 2, 1_767_312_000_000, false],
    ['no time', 1, undefined, false]
  ])('%s', (_title, bytes, modified, expected) => {
    const now = { key: 'k', bytes, ...(modified === undefined ? {} : { modified }) }
    expect(isUnchanged(now, listed)).toBe(expected)
  })
})

describe('objections', () => {
  const plan = planRetention(
    [
      contents({ objects: Array.from({ length: 30 }, (_, index) => object(`x${index}_1_20200101.simg`, 99)) })
    ],
    wanted,
    rules
  )
  const told = (...args: Parameters<typeof objections>): readonly string[] =>
    objections(...args).map(({ id, severity }) => `${id} ${severity}`)
  const fine = catalogueOf('fsl 6.0')
  const no = { delete: false, confirmPlan: '' }

  test('an empty, broken, faulty or shrunken catalogue stops everything', () => {
    const read = (text: string) => readCatalogue(text, { file: 'apps.json' })
    expect(told(read('{}'), undefined, undefined, no)).toEqual(['retain-catalogue-empty error'])
    expect(told(read('{"a": {'), undefined, undefined, no)).toEqual(['retain-catalogue-broken error'])
    expect(told(read(''), undefined, undefined, no)).toEqual(['retain-catalogue-broken error'])
    const twice =
      '{"a":{"apps":{"a 1":{"version":"20250101","exec":""}}},"a":{"apps":{"a 2":{"version":"20250101","exec":""}}}}'
    expect(told(read(twice), undefined, undefined, no)).toEqual(['retain-catalogue-faulty error'])
    expect(told(fine, { shrunken: true }, undefined, no)).toEqual(['retain-catalogue-shrunken error'])
    expect(told(fine, { shrunken: false }, undefined, no)).toEqual([])
  })

  test('an entry that may be a container and is taken for a menu item stops everything', () => {
    const read = (apps: unknown) =>
      readCatalogue(
        JSON.stringify({ FSL: { apps }, x: { apps: { 'x 1': { version: '20250101', exec: '' } } } }),
        {
          file: 'apps.json'
        }
      )
    const entry = (exec: string) => ({ version: '20250101', exec })
    const hidden = read({ 'fsl-eddy 6.0': entry('') })
    expect(hidden.containers.map(({ id }) => id)).toEqual(['x_1_20250101'])
    expect(told(hidden, undefined, undefined, no)).toEqual(['retain-catalogue-unclear error'])
    expect(objections(hidden, undefined, undefined, no)[0]?.message).toContain('fsl-eddy 6.0')
    // A menu item as it should be; and one that counts as a container, whose object stays.
    expect(told(read({ 'fsleyes-FSL 6.0': entry('fsleyes') }), undefined, undefined, no)).toEqual([])
    expect(told(read({ 'fsl 6.0': entry('fsl') }), undefined, undefined, no)).toEqual([])
  })

  test('more than the limit needs the hash of exactly this plan', () => {
    expect(told(fine, undefined, plan, { delete: true, confirmPlan: '' })).toEqual(['retain-too-many error'])
    expect(told(fine, undefined, plan, no)).toEqual(['retain-too-many warning'])
    expect(told(fine, undefined, plan, { delete: true, confirmPlan: plan.hash })).toEqual([])
    expect(told(fine, undefined, plan, { delete: true, confirmPlan: '0'.repeat(64) })).toEqual([
      'retain-plan-changed error'
    ])
  })
})

describe('keep', () => {
  test('reads log.txt and lists, and says which line is none', () => {
    expect(
      parseNames(
        'fsl_6.0_20250101 categories:a b,c,\n# old\nants_1_20240229.simg # cited\nmrtrix3src_latest_latest\n\n'
      )
    ).toEqual(['fsl_6.0_20250101', 'ants_1_20240229', 'mrtrix3src_latest_latest'])
    expect(() => parseNames('ok_1_20240101\n<!doctype html>')).toThrow('line 2')
  })

  test.each([
    ['a page without markup', 'Service Unavailable\nPlease try again later\n', 'line 1: "Service"'],
    ['a name without its build date', 'ants_1_20240101\nfsl_6.0.4\n', 'line 2: "fsl_6.0.4"'],
    ['the same with an underscore in it', 'fsl_eddy_6.0', 'line 1: "fsl_eddy_6.0"'],
    ['a day that is none', 'fsl_6.0_20250230', 'line 1: "fsl_6.0_20250230"']
  ])('%s protects nothing, and ends the run', (_title, text, where) => {
    expect(() => parseNames(text)).toThrow(`${where} is not NAME_VERSION_BUILDDATE`)
  })

  test('a release stands for its image, its file and its key', () => {
    const text =
      '{"apps": {"amico 2.1.0 arm64": {"version": "20260512", "exec": "", "image": "amico_2.1.0_arm64"}}}'
    expect(namesOfRelease(text, 'amico', '2.1.0-arm64', 'f')).toContain('amico_2.1.0_arm64_20260512')
    const old = '{"apps": {"mneextended 1.1.0": {"version": "20220819", "exec": ""}}, "categories": []}'
    expect(namesOfRelease(old, 'mne', '1.1.0', 'f')).toEqual([
      'mne_1.1.0_20220819',
      'mneextended_1.1.0_20220819'
    ])
    for (const broken of [
      '',
      '{}',
      '{"apps": {}}',
      '{"apps": {"a 1": {}}}',
      '{"apps": {"a 1": {"version": "1"}}}',
      '[]',
      '{"apps": null}'
    ]) {
      expect(() => namesOfRelease(broken, 'a', '1', 'a/1.json')).toThrow('a/1.json')
    }
  })
})
