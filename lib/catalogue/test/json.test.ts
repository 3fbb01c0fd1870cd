import { describe, expect, test } from '@jest/globals'

import { parseJson, plain } from '../json.ts'

const problems = (text: string): string[] =>
  parseJson(text).problems.map(({ at, message }) => `${at.line}:${at.column} ${message}`)

describe('parseJson', () => {
  test('reads what JSON.parse reads', () => {
    const texts = [
      '{"a": [1, -2.5e3, true, false, null, "x"], "b": {}, "c": []}',
      '  "\\u00e9\\n\\"\\\\ é 🧠" ',
      '[[[]]]',
      '0',
      '{"10": 1, "9": 2}'
    ]
    for (const text of texts) {
      const document = parseJson(text)
      expect(document.problems).toEqual([])
      expect(document.root === undefined ? undefined : plain(document.root)).toEqual(JSON.parse(text))
    }
  })

  test('keeps the order of keys that look like numbers', () => {
    const { root } = parseJson('{"10": 1, "9": 2, "a": 3}')
    expect(root?.kind === 'object' ? [...root.members.keys()] : []).toEqual(['10', '9', 'a'])
  })

  test('goes on after a missing comma, a comma too many and a missing key, and tells all three', () => {
    const text = '{\n  "a": 1\n  "b": [1, 2,],\n  {"x": 1},\n  "c": 3\n}'
    expect(problems(text)).toEqual([
      '3:3 a comma is missing before this member of the object',
      "3:13 a comma before the closing ']'",
      '4:3 a key is missing before this object'
    ])
    const { root } = parseJson(text)
    expect(root === undefined ? undefined : plain(root)).toEqual({ a: 1, b: [1, 2], c: 3 })
  })

  test.each([
    ['', '1:1 expected a value, found the end of the text'],
    ['{"a": 1', "1:8 the text ends before the closing '}'"],
    ['{"a" 1}', `1:6 expected ':' after the key "a", found "1"`],
    ['{a: 1}', '1:2 expected a key in double quotes, found "a"'],
    ['["a\nb"]', '1:4 a line break inside a string'],
    ['["a', '1:2 a string that is never closed'],
    ['["\\x"]', '1:3 an escape that JSON does not know: \\x'],
    ['[1] 2', '1:5 "2" after the end of the document'],
    ['[1,,2]', "1:4 expected an item of the list, found ','"],
    ['<!doctype html>', '1:1 expected a value, found "<"'],
    ['\uFEFF{}', '1:1 the file begins with a byte order mark, which JSON readers refuse'],
    ['[NaN]', '1:2 expected a value, found "N"']
  ])('%j: line, column and what was expected', (text, problem) => {
    expect(problems(text)).toEqual([problem])
  })

  test('what was whole before a mistake that cannot be read past is kept', () => {
    const { root, cut } = parseJson('{"a": {"x": 1},\n "b": [1, 2],\n "c": {"y": 1, z: 2},\n "d": 4}')
    expect(root === undefined ? undefined : plain(root)).toEqual({ a: { x: 1 }, b: [1, 2] })
    expect(cut).toEqual({ line: 3, column: 16 })
    for (const [text, expected] of [
      ['{"a": 1} x', { a: 1 }],
      ['[1, oops]', undefined],
      ['[{"a": 1}, oops]', undefined],
      ['oops', undefined]
    ] as const) {
      const document = parseJson(text)
      expect(document.root === undefined ? undefined : plain(document.root)).toEqual(expected)
      expect(document.cut?.line).toBe(1)
    }
    expect(parseJson('{"a": 1,}').cut).toBeUndefined()
  })

  test('a key that stands twice is told with both places', () => {
    expect(parseJson('{"a": 1,\n "b": 2,\n "a": 3}').duplicateKeys).toEqual([
      { key: 'a', at: { line: 3, column: 2 }, first: { line: 1, column: 2 } }
    ])
  })

  test('a thousand brackets are refused, not followed', () => {
    expect(problems('['.repeat(1000))).toEqual(['1:66 nested more than 64 deep'])
  })
})
