import { describe, expect, test } from '@jest/globals'

import { isDate, notAnImageBecause, parseContainerName, unsafeBecause } from '../names.ts'

describe('parseContainerName reads from the right', () => {
  test.each([
    ['fsl_6.0.7.16_20250131', 'fsl_6.0.7.16', 'fsl', '6.0.7.16', '20250131', 'amd64'],
    [
      'neurodesktop-lite_arm64_20260428_20260813',
      'neurodesktop-lite_arm64_20260428',
      'neurodesktop-lite_arm64',
      '20260428',
      '20260813',
      'arm64'
    ],
    ['amico_2.1.0_arm64_20260512', 'amico_2.1.0_arm64', 'amico', '2.1.0', '20260512', 'arm64'],
    [
      'brainles-aurora_0.3.1_20260601',
      'brainles-aurora_0.3.1',
      'brainles-aurora',
      '0.3.1',
      '20260601',
      'amd64'
    ],
    ['mrtrix3src_latest_latest', 'mrtrix3src_latest', 'mrtrix3src', 'latest', 'latest', 'amd64']
  ])('%s', (id, image, name, version, buildDate, architecture) => {
    expect(parseContainerName(id)).toEqual({ id, image, name, version, buildDate, architecture })
  })

  test.each(['', 'a', 'a_b', '_b_c', 'a__c', 'a_b_', 'x_arm64_20260101'])('%j is no container', (id) => {
    expect(parseContainerName(id)).toBeUndefined()
  })
})

describe('unsafeBecause', () => {
  test.each([
    ['$(reboot)_1_20250101', 'it has "$"'],
    ['../../etc/passwd_1_2', 'it has "/"'],
    ['..', 'it begins with "."'],
    ['a..b', 'it has ".."'],
    ['', 'it is empty'],
    ['-rf_1_20250101', 'it begins with "-"'],
    ['a\nb', 'it has the character U+000A'],
    ['a b', 'it has the character U+0020'],
    ['a\u202eb', 'it has the character U+202E'],
    ['naïve_1_2', 'it has the character U+00EF'],
    ['a'.repeat(300), 'it has 300 characters, at most 200 are allowed']
  ])('%j', (text, reason) => {
    expect(unsafeBecause(text)).toContain(reason)
  })

  test('plain names pass', () => {
    for (const text of ['fsl_6.0.7.16_20250131', 'a-b_c.d', '3dslicer_5'])
      expect(unsafeBecause(text)).toBeUndefined()
  })
})

test('isDate knows the calendar', () => {
  expect(['20240229', '20250131', '19991231'].map(isDate)).toEqual([true, true, true])
  expect(['20230229', '20251301', '2025013', 'latest', '202501310', '20250132'].map(isDate)).toEqual(
    Array.from({ length: 6 }, () => false)
  )
})

test('notAnImageBecause follows the registries’ grammar', () => {
  expect(['fsl_6.0.7', 'a-b_1', 'a__b'].map(notAnImageBecause)).toEqual([undefined, undefined, undefined])
  expect(notAnImageBecause('matlabGUI_2022a')).toMatch(/upper-case/)
  expect(notAnImageBecause('a___b')).toMatch(/parted/)
})
