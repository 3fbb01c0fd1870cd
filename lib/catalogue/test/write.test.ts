import { readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { readCatalogue, readLog, writeAppList, writeLog, type Container } from '../index.ts'

const containers = (value: unknown): readonly Container[] =>
  readCatalogue(JSON.stringify(value), { file: 'apps.json' }).containers

const two = containers({
  afni: {
    apps: { 'afni 21.2.00': { version: '20210714', exec: '' } },
    categories: ['functional imaging', 'cryo  EM', 'säugetier']
  },
  hidden: {
    show_in_applist: false,
    apps: { 'hidden 1': { version: '20210715', exec: '' } },
    categories: null
  }
})

describe('log.txt', () => {
  test('each category ends with a comma, none leaves the colon bare', () => {
    expect(writeLog(two)).toBe(
      'afni_21.2.00_20210714 categories:functional imaging,cryo  EM,säugetier,\nhidden_1_20210715 categories:\n'
    )
  })

  test('is read back, and says which line is none', () => {
    expect(readLog(`${writeLog(two)}\n`, 'log.txt')).toEqual(['afni_21.2.00_20210714', 'hidden_1_20210715'])
    expect(() => readLog('a_1_2 categories:x,\n<html>\n', 'log.txt')).toThrow('log.txt, line 2')
  })
})

describe('applist.json', () => {
  test('four spaces, ASCII only, single spaces, no line break at the end, nothing hidden', () => {
    expect(writeAppList(two)).toBe(
      [
        '{',
        '    "list": [',
        '        {',
        '            "application": "afni_21.2.00_20210714",',
        '            "categories": [',
        '                "functional imaging",',
        '                "cryo EM",',
        '                "s\\u00e4ugetier"',
        '            ]',
        '        }',
        '    ]',
        '}'
      ].join('\n')
    )
    expect(writeAppList([])).toBe('{\n    "list": []\n}')
  })
})

/**
 * Twelve tools of neurodesk/apps.json of github.com/NeuroDesk/neurocommand at e0ec565e69365d049fda74957cd99f38102168ac
 * (2026-08-21, MIT), the last two versions of each, and what neurodesk/write_log.py, the three sed commands of
 * cvmfs/sync_containers_to_cvmfs.sh and cvmfs/json_gen.py of that commit make of them.
 */
describe('NeuroDesk’s own files of 2026, cut down', () => {
  const folder = path.resolve(import.meta.dirname, 'fixtures/neurodesk-2026')
  const file = (name: string): string => readFileSync(path.join(folder, name), 'utf8')

  test('are written byte for byte by the rules of 2026', () => {
    const catalogue = readCatalogue(file('apps.json'), { file: 'apps.json', now: Date.UTC(2026, 7, 21) })
    expect(catalogue.findings).toEqual([])
    expect(catalogue.containers).toHaveLength(14)
    expect(writeLog(catalogue.containers)).toBe(file('log.txt'))
    expect(writeAppList(catalogue.containers)).toBe(file('applist.json'))
  })

  test('those of 2025 lose the containers with a hyphen in their names', () => {
    const { containers: kept } = readCatalogue(file('apps.json'), { file: 'apps.json', rules: '2025' })
    const ids = new Set(kept.map(({ id }) => id))
    expect(readLog(file('log.txt'), 'log.txt').filter((id) => !ids.has(id))).toEqual([
      'brainles-aurora_0.2.7_20260820',
      'neurodesktop-lite_20260428_20260813',
      'neurodesktop-lite_arm64_20260428_20260813'
    ])
  })
})

/** All of github.com/NeuroDesk/neurocommand at 8796bb4 (2025, MIT). */
describe('NeuroDesk’s own files of 2025', () => {
  const folder = path.resolve(import.meta.dirname, 'fixtures/neurodesk-2025')
  const file = (name: string): string => readFileSync(path.join(folder, name), 'utf8')

  test.each(['2025', '2026'] as const)('are written byte for byte by the rules of %s', (rules) => {
    const catalogue = readCatalogue(file('apps.json'), {
      file: 'apps.json',
      rules,
      now: Date.UTC(2025, 6, 1)
    })
    expect(catalogue.findings).toEqual([])
    expect(catalogue.containers).toHaveLength(199)
    expect(writeLog(catalogue.containers)).toBe(file('log.txt'))
    expect(writeAppList(catalogue.containers)).toBe(file('applist.json'))
    expect(readLog(file('log.txt'), 'log.txt')).toEqual(catalogue.containers.map(({ id }) => id))
  })
})
