/** From commits to entries: sorting, joining, escaping. */
import { describe, expect, test } from '@jest/globals'

import { InputError } from '../../../lib/failure/index.ts'
import { sectionOf } from '../src/notes/classify.ts'
import { DEFAULT_CONFIG, readNotesConfig } from '../src/notes/config.ts'
import { entriesOf } from '../src/notes/entries.ts'
import { globToTest } from '../src/notes/glob.ts'
import { noteText } from '../src/notes/text.ts'
import { commit, pull } from './notes-sample.ts'

const change = (text: string, more: object = {}) => ({
  text,
  author: 'octocat',
  labels: [],
  paths: undefined,
  isMerge: false,
  ...more
})
const sectionFor = (text: string, more: object = {}) => sectionOf(change(text, more), DEFAULT_CONFIG).section

describe('sorting', () => {
  test.each([
    ['Add nbgitpuller to image', 'New Features'],
    ['added tcsh', 'New Features'],
    ['address the review', 'Improvements'],
    ['fix bug where variable check fails when not set', 'Bug Fixes'],
    ['permission fixes for cvmfs cache now run on each boot', 'Bug Fixes'],
    ['Remove Nextcloud temporarily', 'Removed'],
    ['moved cvmfs cache to home directory', 'Improvements'],
    ['Add files via upload', 'folded'],
    ['fix typo', 'folded'],
    ['Fix typos in the help', 'folded'],
    ["Merge branch 'NeuroDesk:main' into ipyniivue_test", 'folded'],
    ['Update FUNDING.yml', 'folded'],
    ['chore: bump', 'folded'],
    ['feat(cvmfs)!: choose the nearest server', 'New Features'],
    ['fix: correct exit condition', 'Bug Fixes'],
    ['Matlab: new licence server', 'Improvements']
  ])('%s -> %s', (text, section) => {
    expect(sectionFor(text)).toBe(section)
  })

  test('a conventional type and a squashed number are taken off, nothing else', () => {
    expect(sectionOf(change('feat(cvmfs): choose the nearest (#12)'), DEFAULT_CONFIG).text).toBe(
      'choose the nearest'
    )
    expect(sectionOf(change('Matlab: new licence'), DEFAULT_CONFIG).text).toBe('Matlab: new licence')
    expect(sectionOf(change('   '), DEFAULT_CONFIG).text).toBe('(no message)')
  })

  test('labels win over words, and a label that skips wins over labels', () => {
    expect(sectionFor('Add x', { labels: ['Bug'] })).toBe('Bug Fixes')
    expect(sectionFor('Add x', { labels: ['bug', 'skip-changelog'] })).toBe('folded')
  })

  test('a change of nothing but workflows is folded, one of something else as well is not', () => {
    expect(sectionFor('Update runners to 24.04', { paths: ['.github/workflows/build.yml'] })).toBe('folded')
    expect(
      sectionFor('Update runners to 24.04', { paths: ['.github/workflows/build.yml', 'Dockerfile'] })
    ).toBe('Improvements')
    expect(sectionFor('Add x', { paths: [] })).toBe('New Features')
  })

  test('merges and robots are folded', () => {
    expect(sectionFor('anything', { isMerge: true })).toBe('folded')
    expect(sectionFor('Update apps.json', { author: 'github-actions[bot]' })).toBe('folded')
  })
})

describe('patterns', () => {
  test.each([
    ['.github/**', '.github/workflows/a.yml', 'path', true],
    ['*.md', 'docs/a.md', 'path', false],
    ['**/*.md', 'docs/deep/a.md', 'path', true],
    ['**/*.md', 'a.md', 'path', true],
    ['a.c', 'abc', 'path', false],
    ['Merge *', 'merge branch x', 'text', true],
    ['(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', 'text', false]
  ] as const)('%s on %s as %s: %s', (pattern, value, kind, expected) => {
    expect(globToTest(pattern, kind)(value)).toBe(expected)
  })
})

describe('entries', () => {
  test('a pull request stands for the commits that it brought, and only for those', () => {
    const base = commit('base')
    const direct = commit('Add a directly', { parents: [base.sha] })
    const work = commit('wip one', { parents: [base.sha] })
    const more = commit('wip two', { parents: [work.sha] })
    const merge = commit('Merge pull request #7 from o/work', { parents: [direct.sha, more.sha] })
    const entries = entriesOf(
      [direct, work, more, merge],
      new Map([[merge.sha, pull(7, 'Add the whole work')]]),
      new Map(),
      DEFAULT_CONFIG
    )
    expect(entries.map((entry) => [entry.text, entry.section, entry.ids[0]?.[0]])).toEqual([
      ['Add a directly', 'New Features', 'c'],
      ['Add the whole work', 'New Features', 'p']
    ])
  })

  test('a squashed pull request is one entry, a merge without a known one is folded with its commits shown', () => {
    const squash = commit('Add tool (#9)')
    const work = commit('Add b')
    const merge = commit('Merge pull request #8 from o/x', { parents: [squash.sha, work.sha] })
    const entries = entriesOf(
      [squash, work, merge],
      new Map([[squash.sha, pull(9, 'Add tool')]]),
      new Map(),
      DEFAULT_CONFIG
    )
    expect(entries.map((entry) => [entry.text, entry.section])).toEqual([
      ['Add tool', 'New Features'],
      ['Add b', 'New Features'],
      ['Merge pull request #8 from o/x', 'folded']
    ])
  })

  test('the same text is told once, and every commit of it is remembered', () => {
    const entries = entriesOf(
      [commit('Add files via upload'), commit('Add files via upload'), commit('add Files via upload')],
      new Map(),
      new Map(),
      DEFAULT_CONFIG
    )
    expect(entries).toHaveLength(1)
    expect(entries[0]?.ids).toHaveLength(3)
  })
})

describe('text from outside', () => {
  test.each([
    ['thanks @octocat', '@octocat'],
    ['see #123', '#123'],
    ['<img src=x onerror=alert(1)>', '<img'],
    ['{{< shortcode >}}', '{{'],
    ['{process.exit()}', '{process'],
    ['[click](https://evil.example)', '](https://evil.example)'],
    ['<!-- /neurodesk-ci:notes -->', '<!--'],
    ['- a list of its own', /^- /],
    ['1. a list of its own', /^1\. /],
    ['# a heading', /^# /],
    ['+ more', /^\+ /],
    ['line\nbreak', '\n'],
    ['| cell |', /(?<!\\)\|/]
  ])('%j is only text', (given, forbidden) => {
    const safe = noteText(given)
    if (typeof forbidden === 'string') expect(safe).not.toContain(forbidden)
    else expect(safe).not.toMatch(forbidden)
    expect(safe.length).toBeGreaterThan(5)
  })

  test('a version at the start stays a version', () => {
    expect(noteText('1.2.3 is used')).toBe('1.2.3 is used')
    expect(noteText('-w flag')).toBe('\\-w flag')
  })
})

describe('rules from a file', () => {
  test('a list that is given replaces the built-in one, all others stay', async () => {
    const config = await readNotesConfig(
      'sections:\n  New Features:\n    prefixes: [neu]\nnoise:\n  paths: []\n',
      'n.yml'
    )
    expect(config.sections['New Features'].prefixes).toEqual(['neu'])
    expect(config.sections['New Features'].labels).toEqual(DEFAULT_CONFIG.sections['New Features'].labels)
    expect(config.noise.paths).toEqual([])
    expect(await readNotesConfig('', 'n.yml')).toEqual(DEFAULT_CONFIG)
  })

  test('everything that is wrong is told at once', async () => {
    const error: unknown = await readNotesConfig(
      'sections:\n  Features: {}\n  Removed: {labels: yes, colour: []}\nnoise: []\nextra: 1\n',
      'n.yml'
    ).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).problems.map((problem) => problem.given)).toEqual([
      'n.yml: the file: extra',
      'n.yml: sections: Features',
      'n.yml: sections: Removed: colour',
      'n.yml: sections: Removed: labels',
      'n.yml: noise'
    ])
    await expect(readNotesConfig('a: [', 'n.yml')).rejects.toThrow(InputError)
    await expect(
      readNotesConfig(
        `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n${'d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n'}`,
        'n.yml'
      )
    ).rejects.toThrow(InputError)
  })
})
