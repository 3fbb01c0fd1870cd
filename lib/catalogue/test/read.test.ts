import { describe, expect, test } from '@jest/globals'

import { compareCatalogues, isLog, readCatalogue, readCatalogueLog, type Catalogue } from '../index.ts'

const read = (value: unknown, now?: number): Catalogue =>
  readCatalogue(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2), {
    file: 'apps.json',
    ...(now === undefined ? {} : { now })
  })
const told = (catalogue: Catalogue): string[] =>
  catalogue.findings.map(({ id, subject }) => `${id} ${subject}`)

describe('readCatalogue', () => {
  test('containers are the entries without a hyphen, or with the name of their tool', () => {
    const catalogue = read({
      fsl: {
        apps: {
          'fsl 6.0.7': { version: '20250131', exec: '' },
          'fsleyesGUI-fsl 6.0.7': { version: '20250131', exec: 'fsleyes' }
        },
        categories: ['diffusion imaging', 'structural imaging']
      },
      'brainles-aurora': {
        apps: { 'brainles-aurora 0.3.1': { version: '20260601', exec: '' } },
        categories: null
      },
      irkernel: { apps: {}, categories: [] }
    })
    expect(catalogue.findings).toEqual([])
    expect(catalogue.containers.map(({ id, tool, categories }) => [id, tool, categories])).toEqual([
      ['fsl_6.0.7_20250131', 'fsl', ['diffusion imaging', 'structural imaging']],
      ['brainles-aurora_0.3.1_20260601', 'brainles-aurora', []]
    ])
  })

  test('unknown keys pass, `image` names the object, an arm64 variant is told by its name', () => {
    const catalogue = read({
      amico: {
        show_in_applist: false,
        novelty: { deep: [1] },
        apps: {
          'amico 2.1.0 arm64': {
            version: '20260512',
            exec: '',
            image: 'amico_2.1.0_arm64',
            variant: 'x',
            apptainer_args: []
          }
        },
        categories: []
      }
    })
    expect(catalogue.findings).toEqual([])
    expect(catalogue.containers[0]).toMatchObject({
      id: 'amico_2.1.0_arm64_20260512',
      object: 'amico_2.1.0_arm64_20260512',
      image: 'amico_2.1.0_arm64',
      architecture: 'arm64',
      hidden: true
    })
  })

  test('hostile and broken entries are refused by name, the others stay', () => {
    const entry = { version: '20250131', exec: '' }
    const catalogue = read({
      good: { apps: { 'good 1.0': entry }, categories: [] },
      bad: {
        apps: {
          '$(curl evil) 1.0': entry,
          '../../etc 1.0': entry,
          '': entry,
          [`${'x'.repeat(300)} 1`]: entry,
          'a\u0000b 1': entry,
          nospace: entry,
          'date 1.0': { version: '20250231', exec: '' },
          'number 1.0': { version: 20250131, exec: '' },
          'nothing 1.0': null,
          'good 1.0': entry,
          'img 1.0': { ...entry, image: '../x' }
        },
        categories: []
      },
      worse: [],
      worst: { apps: 'none' }
    })
    expect(catalogue.containers.map(({ id }) => id)).toEqual(['good_1.0_20250131'])
    expect(told(catalogue)).toEqual([
      'catalogue-name-unsafe $(curl_evil)_1.0_20250131',
      'catalogue-name-unsafe ../../etc_1.0_20250131',
      'catalogue-name-unsafe _20250131',
      `catalogue-name-unsafe ${'x'.repeat(117)}...`,
      'catalogue-name-unsafe a\\u0000b_1_20250131',
      'catalogue-name-unsafe nospace_20250131',
      'catalogue-date date_1.0_20250231',
      'catalogue-structure number 1.0',
      'catalogue-structure nothing 1.0',
      'catalogue-duplicate-container good_1.0_20250131',
      'catalogue-name-unsafe img_1.0_20250131',
      'catalogue-structure worse',
      'catalogue-structure worst'
    ])
    expect(catalogue.refused).toHaveLength(11)
    expect(
      catalogue.findings.every(({ place }) => place?.file === 'apps.json' && (place.line ?? 0) > 1)
    ).toBe(true)
  })

  test('a comma too few: the place is told, the containers are still there, and the file counts as broken', () => {
    const catalogue = read(
      '{\n "a": {"apps": {"a 1": {"version": "20250101", "exec": ""}}}\n "b": {"apps": {"b 1": {"version": "20250101", "exec": ""}}}\n}'
    )
    expect(catalogue.broken).toBe(true)
    expect(catalogue.containers).toHaveLength(2)
    expect(catalogue.findings).toMatchObject([
      { id: 'catalogue-syntax', severity: 'error', place: { file: 'apps.json', line: 3, column: 2 } }
    ])
  })

  test('a key that stands twice hides the first one from every reader', () => {
    const catalogue = read(
      '{"a": {"apps": {"a 1": {"version": "20250101", "exec": ""}}},\n"a": {"apps": {"a 2": {"version": "20250102", "exec": ""}}}}'
    )
    expect(told(catalogue)).toEqual(['catalogue-duplicate-key a'])
    expect(catalogue.containers.map(({ id }) => id)).toEqual(['a_2_20250102'])
  })

  test('a mistake that cannot be read past does not hide what is wrong before it', () => {
    const catalogue = read(
      [
        '{',
        '"good": {"apps": {"good 1": {"version": "20250101", "exec": ""}}},',
        '"bad": [],',
        '"late": {"apps": {"late 1": {"version": "20250231", "exec": ""}}},',
        '"good": {"apps": {"good 2": {"version": "20250101", "exec": ""}}},',
        '"torn": {"apps": {"torn 1": {"version": \'20250101\'}}},',
        '"after": []',
        '}'
      ].join('\n')
    )
    expect(catalogue.broken).toBe(true)
    expect(catalogue.findings.map(({ id, place }) => `${place?.line ?? 0} ${id}`)).toEqual([
      '3 catalogue-structure',
      '4 catalogue-date',
      '5 catalogue-duplicate-key',
      '6 catalogue-syntax'
    ])
    expect(catalogue.findings.at(-1)?.message).toMatch(/^not JSON: .*; what follows was not looked at$/)
    expect(catalogue.containers.map(({ id }) => id)).toEqual(['good_2_20250101'])
    const [comma] = read('{"a": {"apps": {},}}').findings
    expect(comma?.message).not.toContain('what follows')
  })

  test('two entries with one line in log.txt, and objects of their own', () => {
    const entry = { version: '20250101', exec: '' }
    const catalogue = read({
      a: { apps: { 'x 1': entry }, categories: [] },
      b: { apps: { 'x 1': { ...entry, image: 'y_1' } }, categories: ['c'] }
    })
    expect(told(catalogue)).toEqual(['catalogue-duplicate-container x_1_20250101'])
    expect(catalogue.findings[0]?.message).toContain('the same line in log.txt as "x 1" in line 4')
    expect(catalogue.containers.map(({ tool }) => tool)).toEqual(['a'])
  })

  test('dates: the grandfathered one passes, the future is told', () => {
    const now = Date.UTC(2025, 5, 1)
    const catalogue = read(
      {
        mrtrix3: { apps: { 'mrtrix3src latest': { version: 'latest', exec: '' } }, categories: [] },
        new: {
          apps: { 'new 1': { version: 'latest', exec: '' }, 'new 2': { version: '20250701', exec: '' } },
          categories: []
        }
      },
      now
    )
    expect(catalogue.containers.map(({ id }) => id)).toEqual(['mrtrix3src_latest_latest', 'new_2_20250701'])
    expect(told(catalogue)).toEqual(['catalogue-date new_1_latest', 'catalogue-date-future new_2_20250701'])
  })

  test('a hyphen in a version makes a menu item of a container: it is told, it was silent', () => {
    const catalogue = read({
      x: { apps: { 'y-x 1-rc1': { version: '20250101', exec: '' } }, categories: [] }
    })
    expect(told(catalogue)).toEqual(['catalogue-primary-unclear y-x 1-rc1'])
  })
})

describe('readCatalogueLog', () => {
  test('reads names and categories, and refuses what is no line of it', () => {
    const text =
      'fsl_6.0_20250101 categories:a b,c,\nants_1_20250101 categories:\n\n../x_1_2 categories:\n<html>\nfsl_6.0_20250101 categories:\n'
    expect([isLog(text), isLog('{}'), isLog('')]).toEqual([true, false, false])
    const catalogue = readCatalogueLog(text, { file: 'log.txt' })
    expect(
      catalogue.containers.map(({ id, object, image, categories }) => [id, object, image, categories])
    ).toEqual([
      ['fsl_6.0_20250101', 'fsl_6.0_20250101', 'fsl_6.0', ['a b', 'c']],
      ['ants_1_20250101', 'ants_1_20250101', 'ants_1', []]
    ])
    expect(catalogue.findings.map(({ id, place }) => `${place?.line ?? 0} ${id}`)).toEqual([
      '4 catalogue-name-unsafe',
      '5 catalogue-name-unsafe',
      '6 catalogue-duplicate-container'
    ])
  })
})

describe('compareCatalogues', () => {
  const catalogue = (apps: Record<string, string>): Catalogue =>
    read({
      t: {
        apps: Object.fromEntries(Object.entries(apps).map(([app, version]) => [app, { version, exec: '' }])),
        categories: []
      }
    })

  test('tells what is new, rebuilt, set back and gone', () => {
    const comparison = compareCatalogues(
      catalogue({ 'a 1': '20250101', 'b 1': '20250101', 'c 1': '20250101', 'd 1': '20250101' }),
      catalogue({ 'a 1': '20250101', 'b 1': '20250202', 'c 1': '20241231', 'e 1': '20250303' })
    )
    expect(comparison.added.map(({ id }) => id)).toEqual(['e_1_20250303'])
    expect(comparison.rebuilt.map(({ to }) => to.id)).toEqual(['b_1_20250202'])
    expect(comparison.findings.map(({ id, subject, severity }) => [id, subject, severity])).toEqual([
      ['catalogue-date-regression', 'c_1_20241231', 'error'],
      ['catalogue-removed', 'd_1_20250101', 'warning']
    ])
    // Nobody knows since when it is gone: the retention goes by the age of the upload.
    expect(comparison.findings[1]?.message).toContain('when it was uploaded long enough ago')
    expect(comparison.shrunken).toBe(false)
  })

  test('changed is what stores have under another name, or not at all', () => {
    const app = (version: string, image?: string): object => ({
      version,
      exec: '',
      ...(image === undefined ? {} : { image })
    })
    const before = {
      'a 1': app('20250101'),
      'b 1': app('20250101'),
      'c 1': app('20250101'),
      'd 1': app('20250101')
    }
    const now = {
      'a 1': app('20250101'),
      'b 1': app('20250202'),
      // Set back is changed as well.
      'c 1': app('20241231'),
      'd 1': app('20250101', 'other_2'),
      'e 1': app('20250303')
    }
    const of = (apps: object, categories: readonly string[]): Catalogue => read({ t: { apps, categories } })
    const changed = (base: Catalogue, next: Catalogue): readonly string[] =>
      compareCatalogues(base, next).changed.map(({ object }) => object)
    expect(changed(of(before, []), of(now, []))).toEqual([
      'b_1_20250202',
      'c_1_20241231',
      'other_2_20250101',
      'e_1_20250303'
    ])
    expect(changed(of(before, []), of(before, ['another category']))).toEqual([])
    expect(changed(of(now, []), of({}, []))).toEqual([])
  })

  test('a cut-off catalogue is shrunken', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`x${index} 1`, '20250101']))
    const few = Object.fromEntries(Object.entries(many).slice(0, 200))
    expect(compareCatalogues(catalogue(many), catalogue(few)).shrunken).toBe(true)
    expect(compareCatalogues(catalogue(many), catalogue(many)).shrunken).toBe(false)
  })
})
