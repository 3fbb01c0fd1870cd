/** What the documents say about files, tests, secrets and lines is so. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { top } from '../../scripts/repository.ts'
import { textsIn } from '../../scripts/workflows/model.ts'
import { readSets, SECRETS } from '../../scripts/workflows/sets.ts'

const read = (file: string): string => readFileSync(path.join(top, file), 'utf8')
const sets = await readSets(top)

describe('docs/threat-model.md', () => {
  const text = read('docs/threat-model.md')
  // `path`: one name; another name
  const claims = [...text.matchAll(/`([\w./-]+\.test\.ts)`: ((?:(?! \||; `).)+)/g)].flatMap(
    ([, file = '', names = '']) => names.split('; ').map((name) => [file, name.trim()] as const)
  )

  test('names tests', () => {
    expect(claims.length).toBeGreaterThan(20)
  })

  test.each(claims)('%s: %s', (file, name) => {
    const source = read(file)
    expect([name, source.replace(/\s+/g, ' ').includes(name)]).toEqual([name, true])
  })
})

describe('docs/migration.md', () => {
  const text = read('docs/migration.md')

  test.each(sets)('$name: every file of the set, and everything that it makes superfluous', (set) => {
    for (const { name } of set.files.filter((file) => file.workflow !== undefined))
      expect(text).toContain(`\`${name}\``)
    for (const file of set.unused) {
      // Families are written with a star.
      const name = path.posix.basename(file)
      const family = name.replace(
        /^(test_(?:apptainer|singularity|transparent_singularity))_.*\.sh$/,
        '$1_*.sh'
      )
      expect([file, text.includes(name) || text.includes(family)]).toEqual([file, true])
    }
  })

  test('every secret', () => {
    for (const name of SECRETS)
      expect([name, text.includes(name) || (name.startsWith('OS_') && text.includes('OS_*'))]).toEqual([
        name,
        true
      ])
  })

  test('every variable', () => {
    const used = sets.flatMap(({ files }) =>
      files.flatMap(({ workflow }) =>
        workflow === undefined
          ? []
          : textsIn(workflow.data).flatMap(({ text: one }) =>
              [...one.matchAll(/\bvars\.(\w+)/g)].map((match) => match[1] ?? '')
            )
      )
    )
    expect(new Set(used).size).toBeGreaterThan(5)
    for (const name of new Set(used)) expect([name, text.includes(`\`${name}\``)]).toEqual([name, true])
  })

  test('the lines after', () => {
    const count = (name: string): number =>
      sets
        .filter((set) => set.name === name)
        .flatMap(({ files }) => files)
        .filter(({ workflow }) => workflow !== undefined)
        .reduce((sum, file) => sum + file.text.split('\n').length - 1, 0)
    const told = ['neurodesktop', 'neurocommand', 'transparent-singularity'].map((name) => {
      const section = text.slice(text.indexOf(`\n## ${name}\n`))
      return [name, Number(/, (\d+) after/.exec(section)?.[1])]
    })
    expect(told).toEqual(sets.map(({ name }) => [name, count(name)]))
  })

  test('every path of this repository', () => {
    for (const [, file = ''] of text.matchAll(/`(scripts\/workflows\/[\w/.-]+)`/g))
      expect([file, existsSync(path.join(top, file))]).toEqual([file, true])
  })
})
