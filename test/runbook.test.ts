/** Every finding that the code can make has an entry in the runbook, and every entry a finding. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from '@jest/globals'

import { slashed, top } from '../scripts/repository.ts'

const pages = path.join(top, 'docs', 'runbook')
const entries = new Set(
  readdirSync(pages).flatMap((page) =>
    [...readFileSync(path.join(pages, page), 'utf8').matchAll(/^### `?([a-z][a-z0-9-]+)`?$/gm)].map(
      (match) => match[1] ?? ''
    )
  )
)

/** All shipped sources in one text. */
const code = ['lib', 'actions']
  .flatMap((folder) =>
    readdirSync(path.join(top, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      slashed(path.join(folder, file))
    )
  )
  .filter((file) => file.endsWith('.ts') && !/(^|\/)(test|dist)\//.test(file))
  .map((file) => readFileSync(path.join(top, file), 'utf8'))
  .join('\n')

test('every finding id in the code has an entry', () => {
  const ids = new Set([...code.matchAll(/\bid: '([a-z]+(?:-[a-z0-9]+)+)'/g)].map((match) => match[1] ?? ''))
  expect(ids.size).toBeGreaterThan(50)
  expect([...ids].filter((id) => !entries.has(id))).toEqual([])
})

test('every prefixed id has an entry', () => {
  // Ids that are passed to a helper instead of standing behind `id:`.
  const ids = new Set(
    [...code.matchAll(/'((?:exposure|catalogue|retain)-[a-z]+(?:-[a-z]+)*)'/g)].map((match) => match[1] ?? '')
  )
  const inputs = ['catalogue-grace', 'catalogue-before', 'catalogue-after']
  expect([...ids].filter((id) => !entries.has(id) && !inputs.includes(id))).toEqual([])
})

test('every entry is a finding that the code can make', () => {
  // Some are put together: `container-${verdict}`, `object-${state}`.
  const made = /^(container|catalog|object)-/
  expect([...entries].filter((id) => !made.test(id) && !code.includes(`'${id}'`))).toEqual([])
})
