/** Every finding that the code can make stands in the README and in the runbook, and nothing else does. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from '@jest/globals'

const action = path.resolve(import.meta.dirname, '..')
const top = path.resolve(action, '../..')
const read = (...parts: string[]): string => readFileSync(path.join(...parts), 'utf8')

const sources = readdirSync(path.join(action, 'src')).map((name) => read(action, 'src', name))
const faults = read(top, 'lib/cvmfs/faults.ts')

/** Ids in the code: written out, codes of lib/cvmfs, and the ones that are put together from kind and damage. */
const inCode = new Set([
  ...sources.flatMap((text) =>
    [...text.matchAll(/\bid(?:: |\s*=\s*)[^\n]*/g)].flatMap(([line]) => quoted(line))
  ),
  ...sources.flatMap((text) =>
    (/function idOf[^]*?\n}/.exec(text)?.[0].match(/'[a-z0-9]+(?:-[a-z0-9]+)+'/g) ?? []).map(bare)
  ),
  ...quoted(faults),
  ...['catalog', 'object'].flatMap((kind) =>
    ['missing', 'empty', 'truncated', 'doubled', 'altered', 'oversized', 'timeout', 'unanswered'].map(
      (end) => `${kind}-${end}`
    )
  )
])

function quoted(text: string): string[] {
  return (text.match(/'[a-z0-9]+(?:-[a-z0-9]+)+'/g) ?? []).map(bare)
}

function bare(text: string): string {
  return text.slice(1, -1)
}

test('there are as many as the code makes', () => {
  expect(inCode.size).toBeGreaterThan(60)
})

test('the runbook has an entry for each', () => {
  const entries = [...read(top, 'docs/runbook/check-cvmfs.md').matchAll(/^### (\S+)$/gm)].map(
    (match) => match[1]
  )
  expect(entries.toSorted()).toEqual([...inCode].toSorted())
})

test('the README names each', () => {
  const table = /## Findings\n([^]*?)\n## /.exec(read(action, 'README.md'))?.[1] ?? ''
  const named = [...table.matchAll(/^\| (`[^|]*)\|/gm)].flatMap(
    (row) => (row[1] ?? '').match(/[a-z0-9]+(?:-[a-z0-9]+)+/g) ?? []
  )
  expect(named.toSorted()).toEqual([...inCode].toSorted())
})
