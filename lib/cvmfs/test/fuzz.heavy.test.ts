/** A million inputs. */
import { expect, test } from '@jest/globals'

import { PARSERS, SLOW_PARSERS, run } from './fuzz.ts'

const HANG_MS = 10_000

test.each(PARSERS.map((parser) => [parser.name, parser] as const))(
  '%s: 160,000 inputs',
  (_name, parser) => {
    expect(run(parser, 160_000, 1_000_003)).toBeLessThan(HANG_MS)
  },
  600_000
)

test.each(SLOW_PARSERS.map((parser) => [parser.name, parser] as const))(
  '%s: 15,000 inputs',
  (_name, parser) => {
    expect(run(parser, 15_000, 2_000_003)).toBeLessThan(HANG_MS)
  },
  600_000
)
