import { describe, expect, test } from '@jest/globals'

import { readCatalogue, writeLog } from '../../../lib/catalogue/index.ts'
import { compareWithBase } from '../src/base.ts'

const apps = (count: number, more = {}): string =>
  JSON.stringify({
    t: {
      apps: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `x${index} 1`,
          { version: '20250101', exec: '', ...more }
        ])
      ),
      categories: ['a']
    }
  })
const now = (count: number, more = {}) => readCatalogue(apps(count, more), { file: 'apps.json' })
const file = 'base'

describe('compareWithBase', () => {
  test.each([
    ['broken', apps(300).replace('"x0 1"', 'x0 1')],
    ['an empty file', ''],
    ['no containers', '{}'],
    ['a list', '[]'],
    ['a page', '<html>down for maintenance</html>']
  ])('%s is no base', (_title, text) => {
    expect(compareWithBase({ text, file }, now(1))).toMatch(/^base: ./)
  })

  test.each([
    ['apps.json', apps(300)],
    ['log.txt', writeLog(now(300).containers)]
  ])('%s of before shows what is gone', (_title, text) => {
    expect(compareWithBase({ text, file }, now(1))).toMatchObject({ shrunken: true })
    expect(compareWithBase({ text, file }, now(299))).toMatchObject({
      shrunken: false,
      removed: [{ id: 'x299_1_20250101' }]
    })
  })

  test('where one may be empty, all is new against it; what is no catalogue is none all the same', () => {
    expect(compareWithBase({ text: '{}', file }, now(2), true)).toMatchObject({
      changed: [{ id: 'x0_1_20250101' }, { id: 'x1_1_20250101' }]
    })
    for (const text of ['', '[]', '<html>down for maintenance</html>'])
      expect(compareWithBase({ text, file }, now(1), true)).toMatch(/^base: ./)
  })

  test('what an entry has as its image is not gone against a log.txt', () => {
    const text = writeLog(now(1).containers)
    expect(compareWithBase({ text, file }, now(1, { image: 'other_1' }))).toMatchObject({ removed: [] })
  })
})
