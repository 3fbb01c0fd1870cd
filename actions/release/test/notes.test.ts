/** From commits to notes: sorting, joining, escaping, hand edits. */
import { describe, expect, test } from '@jest/globals'

import { parseContainerName } from '../../../lib/catalogue/index.ts'
import { InputError } from '../../../lib/failure/index.ts'
import type { Commit, Pull } from '../../../lib/github/index.ts'
import { sectionOf } from '../src/notes/classify.ts'
import { DEFAULT_CONFIG, readNotesConfig } from '../src/notes/config.ts'
import { containerChanges, readContainers } from '../src/notes/containers.ts'
import { entriesOf } from '../src/notes/entries.ts'
import { globToTest } from '../src/notes/glob.ts'
import { readHandWritten } from '../src/notes/hand.ts'
import { freshBody, mergeBody, readMarked, withoutMarks } from '../src/notes/marked.ts'
import { parseNotes } from '../src/notes/parse.ts'
import { movedPins, pinsOf } from '../src/notes/pins.ts'
import { notesOf, renderFitting, renderNotes, type Notes } from '../src/notes/render.ts'
import { noteText } from '../src/notes/text.ts'

const ROOM = 125_000

let count = 0
function commit(message: string, more: Partial<Commit> = {}): Commit {
  count++
  const sha = count.toString(16).padStart(4, '0').padEnd(40, 'a')
  return {
    sha,
    message,
    parents: [],
    author: 'octocat',
    authorName: 'Octo Cat',
    date: '2025-06-01T00:00:00Z',
    url: `https://github.com/o/r/commit/${sha}`,
    ...more
  }
}

function pull(number: number, title: string, more: Partial<Pull> = {}): Pull {
  return {
    number,
    title,
    body: '',
    state: 'closed',
    labels: [],
    author: 'octocat',
    url: `https://github.com/o/r/pull/${number}`,
    mergedAt: '2025-06-01T00:00:00Z',
    mergeCommit: undefined,
    ...more
  }
}

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

describe('containers', () => {
  const of = (...ids: string[]) =>
    ids.map(
      (id) =>
        parseContainerName(id) ??
        (() => {
          throw new Error(id)
        })()
    )

  test('new tools, newer versions, new builds, what is gone', () => {
    const { lines, ...counts } = containerChanges(
      of(
        'ants_2.5.3_20240101',
        'niimath_1.0.0_20240902',
        'qsmxt_7.3.1_20240101',
        'qsmxt_7.3.2_20250101',
        'old_1_20200101',
        'fsl_6.0.7.14_20240101'
      ),
      of(
        'ants_2.5.3_20240101',
        'ants_2.6.0_20250601',
        'niimath_1.0.0_20250617',
        'qsmxt_8.0.2_20250401',
        'qsmxt_7.3.2_20250101',
        'qsirecon_1.1.0_20250601',
        'fsl_6.0.7.16_20250201',
        'fsl_6.0.7.18_20250501'
      )
    )
    expect(
      Object.entries(lines).map(([section, list]) => [section, list.map((line) => line.markdown)])
    ).toEqual([
      ['New Features', ['added qsirecon 1.1.0']],
      [
        'Improvements',
        [
          'updated ants to 2.6.0 (from 2.5.3)',
          'updated fsl to 6.0.7.16 and 6.0.7.18 (from 6.0.7.14)',
          'rebuilt niimath 1.0.0 (20250617)',
          'updated qsmxt to 8.0.2 (from 7.3.2)'
        ]
      ],
      ['Bug Fixes', []],
      ['Removed', ['removed fsl 6.0.7.14', 'removed old (1)', 'removed qsmxt 7.3.1']]
    ])
    expect(counts).toEqual({ added: 1, updated: 3, removed: 3 })
  })

  test('an image for arm64 is told as such', () => {
    const { lines } = containerChanges(
      of('amico_2.1.0_20250101'),
      of('amico_2.1.0_20250101', 'amico_2.1.0_arm64_20260101')
    )
    expect(lines.Improvements.map((line) => line.markdown)).toEqual([
      'updated amico to 2.1.0 (arm64) (from 2.1.0)'
    ])
  })

  test('apps.json and log.txt give the same; what is neither is refused', () => {
    const apps = JSON.stringify({
      afni: {
        apps: {
          'afni 24.3.00': { version: '20241003', exec: '' },
          'sumaGUI-afni 24.3.00': { version: '20241003', exec: 'suma' }
        },
        categories: ['functional imaging']
      }
    })
    expect(readContainers(apps, 'a', 'catalogue-after').map((one) => one.id)).toEqual([
      'afni_24.3.00_20241003'
    ])
    expect(
      readContainers('afni_24.3.00_20241003 categories:functional imaging,\n', 'l', 'catalogue-after').map(
        (one) => one.id
      )
    ).toEqual(['afni_24.3.00_20241003'])
    for (const text of ['', '{}', '{"a":', '<html>captive portal</html>'])
      expect(() => readContainers(text, 'x', 'catalogue-after')).toThrow(InputError)
  })
})

describe('pins', () => {
  const before = `ARG TOMCAT_REL="9"
FROM quay.io/jupyter/base-notebook:2025-03-14@sha256:${'a'.repeat(64)}
FROM --platform=linux/amd64 ubuntu AS build
ENV TOMCAT_VERSION="9.0.87" APPTAINER_VERSION=1.3.4
RUN pip install "ipyniivue==2.0.0" jupyter-lmod==4.0.3 && conda install x
# FROM commented:1
FROM build
`
  test('are found', () => {
    expect([...pinsOf(before)]).toEqual([
      ['quay.io/jupyter/base-notebook', '2025-03-14'],
      ['TOMCAT_VERSION', '9.0.87'],
      ['APPTAINER_VERSION', '1.3.4'],
      ['ipyniivue', '2.0.0'],
      ['jupyter-lmod', '4.0.3']
    ])
  })

  test('only those that moved are told', () => {
    const after = before
      .replace('2025-03-14', '2025-06-01')
      .replace('ipyniivue==2.0.0', 'ipyniivue==2.3.1')
      .replace('jupyter-lmod==4.0.3', '')
      .replace('9.0.87', '9.0.102')
    expect(movedPins(before, after).map((line) => line.markdown)).toEqual([
      'updated quay.io/jupyter/base-notebook to 2025-06-01 (from 2025-03-14)',
      'updated TOMCAT\\_VERSION to 9.0.102 (from 9.0.87)',
      'updated ipyniivue to 2.3.1 (from 2.0.0)'
    ])
    expect(movedPins(before, before)).toEqual([])
  })

  test('an image by digest alone is told by a short one', () => {
    const by = (digit: string): string => `FROM a@sha256:${digit.repeat(64)}\n`
    expect(movedPins(by('1'), by('2')).map((line) => line.markdown)).toEqual([
      'updated a to sha256:222222222222… (from sha256:111111111111…)'
    ])
  })
})

describe('notes of a person', () => {
  test('come first, in their section', () => {
    const hand = readHandWritten(
      'Big news.\n\n### new features\n- our **best** one\n  with a second line\n',
      'n.md'
    )
    const notes = notesOf(
      '2025-06-10',
      entriesOf([commit('Add x')], new Map(), new Map(), DEFAULT_CONFIG),
      {},
      hand
    )
    expect(renderNotes(notes)).toBe(
      '## 2025-06-10\n\nBig news.\n\n### New Features\n- our **best** one   with a second line\n- Add x\n'
    )
  })

  test('other headings are refused with their lines', () => {
    expect(() => readHandWritten('## 2025-06-10\n### Known Issues\n- x\n', 'n.md')).toThrow(
      /n\.md, line 2: Known Issues/
    )
  })
})

function sample(...messages: string[]): Notes {
  count = 0
  return notesOf(
    '2025-06-10',
    entriesOf(
      messages.map((message) => commit(message)),
      new Map(),
      new Map(),
      DEFAULT_CONFIG
    ),
    {},
    undefined,
    'https://github.com/o/r/compare/a...b'
  )
}

describe('hand edits', () => {
  const first = sample('Add a', 'fix b', 'Add files via upload')
  const second = sample('Add a', 'fix b', 'Add files via upload', 'Add c', 'Remove d')
  const body = freshBody('2025-06-10', first, ROOM).body

  test('what nobody touched is written anew', () => {
    const merged = mergeBody(body, '2025-06-10', second, ROOM)
    expect(merged).toMatchObject({ kept: false, added: 0 })
    expect(merged.body).toBe(freshBody('2025-06-10', second, ROOM).body)
    expect(merged.notes).toBe(renderNotes(second))
  })

  test('around our block they stay', () => {
    const merged = mergeBody(`Dear all,\n\n${body}\nSee you!`, '2025-06-10', second, ROOM)
    expect(merged.kept).toBe(false)
    expect(merged.body.startsWith('Dear all,\n\n')).toBe(true)
    expect(merged.body.endsWith('\nSee you!')).toBe(true)
    expect(merged.body).toContain('- Add c\n')
  })

  test('inside they stay as well: reworded, deleted and moved lines; only new ones are put in', () => {
    const edited = body.replace('- Add a', '- added a, at last').replace('### Bug Fixes\n- fix b\n\n', '')
    const merged = mergeBody(edited, '2025-06-10', second, ROOM)
    expect(merged).toMatchObject({ kept: true, added: 2 })
    expect(withoutMarks(merged.body)).toBe(
      '## 2025-06-10\n\n### New Features\n- added a, at last\n- Add c\n\n### Removed\n- Remove d\n\n<details><summary>1 smaller change</summary>\n\n- Add files via upload ([0003aaa](https://github.com/o/r/commit/0003aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa))\n\n</details>\n\n[All changes](https://github.com/o/r/compare/a...b)\n'
    )
    // And again: nothing is put in twice, and what was edited is still known to be.
    const again = mergeBody(merged.body, '2025-06-10', second, ROOM)
    expect(again).toMatchObject({ kept: true, added: 0 })
    expect(again.body).toBe(merged.body)
  })

  test('line ends and blanks at the ends of lines are no edits', () => {
    expect(mergeBody(body.replaceAll('\n', '  \r\n'), '2025-06-10', second, ROOM).kept).toBe(false)
  })

  test('a block that was taken out does not come back', () => {
    const without = `${body.split('\n')[0] ?? ''}\nOur own words.\n`
    const merged = mergeBody(without, '2025-06-10', second, ROOM)
    expect(merged.body).toBe(without)
    expect(merged.notes).toBe('Our own words.\n')
  })

  test('a release that was made by hand keeps its text above ours', () => {
    const merged = mergeBody('By hand.', '2025-06-10', first, ROOM)
    expect(merged.body.startsWith('By hand.\n\n<!-- neurodesk-ci:release tag=2025-06-10 -->\n')).toBe(true)
    expect(readMarked('By hand.')).toBeUndefined()
  })

  test('the mark follows a release that gets another date', () => {
    const merged = mergeBody(body, '2025-06-12', { ...second, version: '2025-06-12' }, ROOM)
    expect(readMarked(merged.body)?.tag).toBe('2025-06-12')
    expect(merged.notes).toContain('## 2025-06-12')
  })

  test('text with the characters of replacement patterns is taken as it is', () => {
    const odd = sample("Add $& and $1 and $' of $$")
    expect(mergeBody(body, '2025-06-10', odd, ROOM).body).toContain("- Add $&amp; and $1 and $' of $$")
  })
})

describe('what is too long for GitHub', () => {
  test('3,000 commits: small changes go first, then lines; the marks fit too', () => {
    const notes = sample(
      ...Array.from(
        { length: 3000 },
        (_, at) => `Add tool number ${at} with a rather long description of it`
      ),
      ...Array.from({ length: 500 }, (_, at) => `fix typo ${at}`)
    )
    const fresh = freshBody('2025-06-10', notes, ROOM)
    expect(fresh.isCut).toBe(true)
    expect(fresh.body.length).toBeLessThanOrEqual(ROOM)
    expect(fresh.body).toContain('and 2600 more')
    expect(fresh.body).toContain('See release-notes-2025-06-10.md, attached below.')
    expect(mergeBody(fresh.body, '2025-06-10', notes, ROOM).body).toBe(fresh.body)
  })

  test('an intro that alone is too long', () => {
    const notes = { ...sample('Add a'), intro: 'x'.repeat(2000) }
    expect(renderFitting(notes, 1000)).toEqual({
      text: '## 2025-06-10\n\nSee release-notes-2025-06-10.md, attached below.\n',
      isCut: true
    })
  })
})

describe('taking notes apart', () => {
  test('gives back what was rendered, without what is only for the release', () => {
    const parsed = parseNotes(renderNotes(sample('Add a', 'fix b', 'Add files via upload')))
    expect(parsed).toEqual({
      intro: '',
      parts: [
        { title: 'New Features', items: ['Add a'], line: 3 },
        { title: 'Bug Fixes', items: ['fix b'], line: 6 }
      ]
    })
  })

  test('bullets of several lines, other headings, plain lines, nested fold-outs', () => {
    const parsed = parseNotes(
      'Hello\r\nall\r\n\r\n#### improvements ####\n* one\n  more\n  - inner\n\nplain\n<details><summary>x</summary>\n<details>\n- no\n</details>\n- no\n</details>\n## Known Issues\n- k\n'
    )
    expect(parsed.intro).toBe('Hello\nall')
    expect(parsed.parts).toEqual([
      { title: 'Improvements', items: ['one\n  more', 'inner', 'plain'], line: 4 },
      { title: 'Known Issues', items: ['k'], line: 16 }
    ])
  })
})
