import { expect, test } from '@jest/globals'

import { PARSERS, SLOW_PARSERS, run } from './fuzz.ts'

// A shared machine can take any input's time slice away; a hang takes seconds.
const HANG_MS = 5_000

test.each(PARSERS.map((parser) => [parser.name, parser] as const))(
  '%s: no crash, no hang',
  (_name, parser) => {
    expect(run(parser, 1_500, 1)).toBeLessThan(HANG_MS)
  }
)

test.each(SLOW_PARSERS.map((parser) => [parser.name, parser] as const))(
  '%s: no crash, no hang',
  (_name, parser) => {
    expect(run(parser, 200, 2)).toBeLessThan(HANG_MS)
  }
)
