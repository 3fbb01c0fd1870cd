/** Byte for byte what GitHub's own toolkit writes, also for values that want to be more than values. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import * as toolkit from '@actions/core'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'

import * as commands from '../commands.ts'

const VALUES = [
  'plain',
  '',
  '100 % of two\nlines\r\nand more',
  '::error::not a command',
  'a: b, c = d',
  'name<<ghadelimiter_x\nvalue\nghadelimiter_x',
  'ü 🧠'
]
const FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const

let printed = ''
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'commands-'))
  for (const name of FILES) process.env[name] = ''
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk)
    return true
  })
})
afterEach(() => {
  jest.restoreAllMocks()
  for (const name of FILES) Reflect.deleteProperty(process.env, name)
  rmSync(folder, { recursive: true, force: true })
})

function said(say: () => void): string {
  printed = ''
  say()
  return printed
}

/** What is in the file afterwards; the delimiter, which is drawn, as `D`. */
function written(variable: (typeof FILES)[number], write: () => void): string {
  const file = path.join(folder, 'file')
  writeFileSync(file, 'before\n')
  process.env[variable] = file
  write()
  return readFileSync(file, 'utf8').replace(/ghadelimiter_[0-9a-f-]{36}/g, 'D')
}

describe.each(VALUES)('%j', (value) => {
  test('in the log', () => {
    expect(said(() => commands.debug(value))).toBe(said(() => toolkit.debug(value)))
    expect(said(() => commands.startGroup(value))).toBe(said(() => toolkit.startGroup(value)))
    expect(said(() => commands.endGroup())).toBe(said(() => toolkit.endGroup()))
    expect(said(() => commands.setSecret(value))).toBe(said(() => toolkit.setSecret(value)))
  })

  test.each(['notice', 'warning', 'error'] as const)('as a %s, with and without a place', (kind) => {
    expect(said(() => commands.annotate(kind, value))).toBe(said(() => toolkit[kind](value)))
    expect(
      said(() => commands.annotate(kind, value, { title: value, file: value, line: 3, col: undefined }))
    ).toBe(said(() => toolkit[kind](value, { title: value, file: value, startLine: 3 })))
  })

  test('as an output and as state, in files and without them', () => {
    expect(said(() => commands.setOutput('name', value))).toBe(
      said(() => toolkit.setOutput('name', value)).trimStart()
    )
    expect(said(() => commands.saveState('name', value))).toBe(
      said(() => toolkit.saveState('name', value)).trimStart()
    )
    expect(written('GITHUB_OUTPUT', () => commands.setOutput('name', value))).toBe(
      written('GITHUB_OUTPUT', () => toolkit.setOutput('name', value))
    )
    expect(written('GITHUB_STATE', () => commands.saveState('name', value))).toBe(
      written('GITHUB_STATE', () => toolkit.saveState('name', value))
    )
  })
})

test('a summary is added to what is there; without a file there is none', () => {
  expect(commands.addSummary('# x')).toBe(false)
  expect(written('GITHUB_STEP_SUMMARY', () => void commands.addSummary('# x\n'))).toBe('before\n# x\n')
})

test('a file that the runner did not make is not made', () => {
  process.env['GITHUB_OUTPUT'] = path.join(folder, 'nobody')
  expect(() => commands.setOutput('name', 'value')).toThrow('ENOENT')
})

test('a line of the log is no command, whoever wrote it', () => {
  expect(said(() => commands.info('plain'))).toBe(said(() => toolkit.info('plain')))
  for (const line of ['::error::x', '  ::add-mask::e', 'first\n::stop-commands::x', '##[group]x'])
    expect(said(() => commands.info(line))).not.toMatch(/^\s*(::|##\[)/m)
})

test('state comes by the environment', () => {
  process.env['STATE_x'] = 'kept'
  expect([commands.getState('x'), commands.getState('y')]).toEqual([toolkit.getState('x'), ''])
  Reflect.deleteProperty(process.env, 'STATE_x')
})
