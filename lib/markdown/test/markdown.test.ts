import { describe, expect, test } from '@jest/globals'

import { block, bytes, code, cut, details, escape, list, span, table } from '../index.ts'

describe('text from outside', () => {
  test.each([
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['@neurodesk/admins and #12', '@\u200Bneurodesk/admins and #\u200B12'],
    ['[a](http://evil.example)', '\\[a\\](http:\u200B//evil.example)'],
    ['a | b', 'a \\| b'],
    ['**bold** `code` _x_', '\\*\\*bold\\*\\* \\`code\\` \\_x\\_'],
    ['two\n\n# lines', 'two # lines'],
    ['esc\u001b[31m', 'esc\uFFFD\\[31m']
  ])('%j shows as itself', (given, expected) => {
    expect(escape(given)).toBe(expected)
  })

  test('code is closed by nothing inside', () => {
    expect(code('a')).toBe('`a`')
    expect(code('``x`')).toBe('``` ``x` ```')
    expect(code('a\nb')).toBe('`a b`')
  })

  test('a block is closed by nothing inside', () => {
    expect(block('```\n# out', 'text')).toBe('````text\n```\n# out\n````\n')
  })

  test('a table keeps its columns', () => {
    expect(
      table(
        ['a', 'b'],
        [
          ['1|2', 'x\ny'],
          [escape('p|q'), '']
        ]
      )
    ).toBe('| a | b |\n| --- | --- |\n| 1\\|2 | x y |\n| p\\|q |  |\n')
  })

  test('folds and lists', () => {
    expect(details('<b>', 'x\n')).toBe('<details><summary>&lt;b&gt;</summary>\n\nx\n\n</details>\n')
    expect(list(['a', 'b\nc'])).toBe('- a\n- b c\n')
  })
})

describe('cut', () => {
  test('leaves what fits', () => {
    expect(cut('abc', 3)).toBe('abc')
  })

  test('never gives more bytes than asked, never half a character, and says that it cut', () => {
    const text = 'äöü€😀\n'.repeat(1000)
    const result = cut(text, 500)
    expect(Buffer.byteLength(result)).toBeLessThanOrEqual(500)
    expect(result).not.toContain('\uFFFD')
    expect(result).toContain('Cut here')
  })

  test('closes a fold and a fence that the cut left open', () => {
    const text = `<details><summary>x</summary>\n\n\`\`\`\n${'line\n'.repeat(1000)}`
    const result = cut(text, 600)
    expect(result.match(/```/g)).toHaveLength(2)
    expect(result).toContain('</details>')
  })
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [999_600, '1 MB'],
  [123_456_789, '123 MB'],
  [5e12, '5 TB']
])('%d bytes are %s', (count, text) => {
  expect(bytes(count)).toBe(text)
})

test.each([
  [40, '40 ms'],
  [45_000, '45 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [273_600_000, '3 d 4 h'],
  [3_600_000, '1 h']
])('%d ms are %s', (ms, text) => {
  expect(span(ms)).toBe(text)
})
