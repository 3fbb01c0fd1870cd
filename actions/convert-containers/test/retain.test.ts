import { describe, expect, test } from '@jest/globals'

import { readCatalogue } from '../../../lib/catalogue/index.ts'
import type { StoredObject } from '../../../lib/store/index.ts'
import { namesOfRelease, parseNames } from '../src/keep.ts'
import {
  objections,
  planRetention,
  segmentSet,
  type RetentionPlan,
  type StoreContents
} from '../src/retain.ts'
import { catalogueOf } from './samples.ts'

const now = Date.UTC(2026, 0, 31)
const days = (count: number): number => now - count * 86_400_000
const object = (key: string, age: number, bytes = 10): StoredObject => ({ key, bytes, modified: days(age) })
const contents = (more: Partial<StoreContents>): StoreContents => ({
  store: 'one',
  objects: [],
  cached: [],
  segments: [],
  manifests: new Map(),
  ...more
})
const rules = { now, retentionDays: 30, maxDelete: undefined }
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
    expect(plan.kept).toEqual({ protected: 1, young: 2, foreign: 4 })
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
    expect(unknown.counted).toBe(0)
    const own = set('fsl_6.0_20250101', live).slice(0, -'/00000000'.length)
    const manifests = new Map([['fsl_6.0_20250101.simg', new Set([own])]])
    const known = planRetention([contents({ objects, segments, manifests })], wanted, rules)
    expect(keys(known)).toContain(set('fsl_6.0_20250101', dead))
    expect(keys(known)).not.toContain(set('fsl_6.0_20250101', live))

    // A manifest that was copied under another name still needs what it names.
    const copied = new Map([['fsl_6.0_20250101.simg', new Set([set('gone_1_20200101', live).slice(0, -9)])]])
    const other = planRetention([contents({ objects, segments, manifests: copied })], wanted, rules)
    expect(keys(other)).not.toContain(set('gone_1_20200101', live))
    // Not every object could be asked: nobody knows which are needed.
    const unasked = planRetention([contents({ objects, segments, manifests: undefined })], wanted, rules)
    expect(keys(unasked)).toEqual([])
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
    expect(parseNames('fsl_6.0_20250101 categories:a b,c,\n# old\nants_1_2.simg # cited\n\n')).toEqual([
      'fsl_6.0_20250101',
      'ants_1_2'
    ])
    expect(() => parseNames('ok_1_2\n<!doctype html>')).toThrow('line 2')
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
    for (const broken of ['', '{}', '{"apps": {}}', '{"apps": {"a 1": {}}}', '[]', '{"apps": null}']) {
      expect(() => namesOfRelease(broken, 'a', '1', 'a/1.json')).toThrow('a/1.json')
    }
  })
})
