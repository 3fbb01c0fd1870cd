import { describe, expect, test } from '@jest/globals'

import { parseOnly, select } from '../src/select.ts'
import { catalogueOf } from './samples.ts'

const { containers } = catalogueOf('fsl 6.0.7', 'fslinstaller 1', 'ants 2.6.0')
const chosen = (text: string): readonly string[] => {
  const only = parseOnly(text)
  if ('problem' in only) return [`problem: ${only.problem}`]
  const selection = select(only.patterns)
  return containers.filter((one) => selection.matches(one)).map(({ tool }) => tool)
}

describe('only', () => {
  test.each<[string, readonly string[]]>([
    ['', ['fsl', 'fslinstaller', 'ants']],
    ['fsl', ['fsl']],
    ['fsl*', ['fsl', 'fslinstaller']],
    ['fsl_6.0.7', ['fsl']],
    ['fsl_6.0.7_20250101', ['fsl']],
    ['fsl_6?0.7_2025*', ['fsl']],
    ['ants, fsl', ['fsl', 'ants']],
    ['["ants_2.6.0_20250101"]', ['ants']],
    ['{"shard": "1/2", "names": ["ants_2.6.0_20250101", "fsl"], "arch": "amd64"}', ['fsl', 'ants']],
    ['{"names": ["fsl*"]}', ['fsl']],
    ['{"jobs": 1}', ['problem: JSON must be a list of names, or a job of the matrix with its `names`']],
    ...['[]', '{"names": []}', ',', ' , '].map((text): [string, string[]] => [
      text,
      ['problem: it names nothing; leave it empty for all']
    ]),
    ['{', ['problem: it begins like JSON and is none']],
    // Alone it is no name, see the input.
    ['changed fsl', ['problem: "changed" stands alone']],
    ['a;b', ['problem: "a;b" has more than letters, digits, ".", "_", "-", "*", "?"']]
  ])('%s', (text, expected) => {
    expect(chosen(text)).toEqual(expected)
  })

  test('tells what is not in the catalogue', () => {
    expect(select(['fsl', 'nothing', 'x*']).unmatched(containers)).toEqual(['nothing', 'x*'])
  })
})
