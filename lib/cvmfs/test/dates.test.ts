import { describe, expect, test } from '@jest/globals'

import { parseStamp, parseServerDate } from '../dates.ts'

const TIME = Date.UTC(2024, 5, 21, 17, 40, 2)

describe('what `date --utc` prints', () => {
  test.each([
    'Fri Jun 21 17:40:02 UTC 2024',
    'Fri 21 Jun 2024 05:40:02 PM UTC',
    'Fri 21 Jun 17:40:02 UTC 2024',
    'Fri Jun 21 17:40:02 GMT 2024',
    'Fri, 21 Jun 2024 17:40:02 +0000',
    'Fri, 21 Jun 2024 19:40:02 +0200',
    '2024-06-21T17:40:02Z',
    '2024-06-21 17:40:02 UTC',
    '2024-06-21T17:40:02,123456789+00:00',
    '2024-06-21T12:40:02-05:00',
    '1718991602',
    '  Fri Jun 21 17:40:02 UTC 2024\n',
    // German, French, Spanish, Italian, Portuguese, Dutch
    'Fr 21. Jun 17:40:02 UTC 2024',
    'ven. 21 juin 2024 17:40:02 UTC',
    'vie 21 jun 2024 17:40:02 UTC',
    'ven 21 giu 2024, 17:40:02, UTC',
    'Sex Jun 21 17:40:02 UTC 2024',
    'vr 21 jun 2024 17:40:02 UTC',
    // Polish, Czech, Finnish, Russian, Turkish, Greek, Hungarian, Korean, Japanese, Chinese
    'pią, 21 cze 2024, 17:40:02 UTC',
    'Pá 21. čen 2024, 17:40:02 UTC',
    'pe 21. kesäkuuta 2024 17.40.02 UTC',
    'Пт 21 июн 2024 17:40:02 UTC',
    'Cum 21 Haz 2024 17:40:02 UTC',
    'Παρ 21 Ιουν 2024 05:40:02 μμ UTC',
    '2024. jún. 21., péntek, 17:40:02 UTC',
    '2024. 06. 21. (금) 17:40:02 UTC',
    '2024년 06월 21일 (금) 오후 05:40:02 UTC',
    '2024年 06月 21日 金曜日 17:40:02 UTC',
    '2024年 06月 21日 星期五 17:40:02 UTC'
  ])('%s', (text) => {
    expect(parseServerDate(text)).toBe(TIME)
  })

  test('a weekday that looks like a month', () => {
    expect(parseServerDate('mar. 18 juin 2024 17:40:02 UTC')).toBe(Date.UTC(2024, 5, 18, 17, 40, 2))
    expect(parseServerDate('mar 12 mar 2024, 17:40:02, UTC')).toBe(Date.UTC(2024, 2, 12, 17, 40, 2))
  })

  test('one digit of the day, midnight and noon of the twelve-hour clock, a leap second', () => {
    expect(parseServerDate('Fri Aug  2 07:04:09 UTC 2024')).toBe(Date.UTC(2024, 7, 2, 7, 4, 9))
    expect(parseServerDate('Fri 21 Jun 2024 12:40:02 AM UTC')).toBe(Date.UTC(2024, 5, 21, 0, 40, 2))
    expect(parseServerDate('Fri 21 Jun 2024 12:40:02 PM UTC')).toBe(Date.UTC(2024, 5, 21, 12, 40, 2))
    expect(parseServerDate('Sat Dec 31 23:59:60 UTC 2016')).toBe(Date.UTC(2016, 11, 31, 23, 59, 59))
  })

  test.each([
    '',
    'never',
    '<html>',
    'Fri Jun 21 17:40:02 CEST 2024',
    'Fri Jun 21 17:40:02 AEST 2024',
    'Fri Foo 21 17:40:02 UTC 2024',
    'Fri Feb 30 17:40:02 UTC 2024',
    'Fri Jun 21 25:40:02 UTC 2024',
    'Fri Jun 21 17:40:02 UTC 2024 2025',
    'Jun Jul Aug 21 17:40:02 UTC 2024',
    'Fri 21 Jun 2024 13:40:02 PM UTC',
    'Fri 21 Jun 2024 05:40:02 xx UTC',
    '21/06/2024 17:40:02',
    '2024-13-01T00:00:00Z',
    '99999999999999999999',
    'x'.repeat(10_000)
  ])('no time: %.40s', (text) => {
    expect(parseServerDate(text)).toBeUndefined()
  })
})

describe('stamps of whitelists', () => {
  test('14 digits, UTC', () => {
    expect(parseStamp('20160212160413')).toBe(Date.UTC(2016, 1, 12, 16, 4, 13))
  })

  test.each([
    '',
    '2016021216041',
    '201602121604130',
    '20161312160413',
    '20160230000000',
    '20160212240413',
    'E0160212160413'
  ])('refuses %j', (text) => {
    expect(parseStamp(text)).toBeUndefined()
  })
})
