/** Notes as they are written: hand edits that stay, what is too long, and taking them apart again. */
import { describe, expect, test } from '@jest/globals'

import { freshBody, mergeBody, readMarked, withoutMarks } from '../src/notes/marked.ts'
import { parseNotes } from '../src/notes/parse.ts'
import { renderFitting, renderNotes } from '../src/notes/render.ts'
import { sample } from './notes-sample.ts'

const ROOM = 125_000

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
