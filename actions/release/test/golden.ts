/** Golden files: what a person has looked at once, and every change is looked at again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { expect } from '@jest/globals'

import { top } from '../../../scripts/repository.ts'

const folder = path.join(top, 'actions', 'release', 'test', 'fixtures')

/** NeuroDesk's own files, beside this repository; absent on most machines. */
export const fixtures = path.resolve(top, '..', 'shared', 'fixtures')

/** With UPDATE_GOLDEN=1 the file is written instead, for a person to look at the difference. */
export function expectGolden(name: string, text: string): void {
  const file = path.join(folder, name)
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, text)
  }
  expect(text).toBe(readFileSync(file, 'utf8'))
}
