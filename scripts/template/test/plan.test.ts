import { expect, test } from '@jest/globals'

import { readInputs } from '../../../lib/action/index.ts'
import { inputs } from '../src/inputs.ts'
import { isWrong, planProbes } from '../src/plan.ts'
import { toOutcome } from '../src/report.ts'

test('each URL is asked once, with its expected status', () => {
  const read = readInputs(inputs, { INPUT_URLS: 'http://a/ status=404\nhttp://b/\nhttp://b/' })
  expect(planProbes(read)).toEqual([
    { url: 'http://a/', expected: 404 },
    { url: 'http://b/', expected: 200 }
  ])
})

test('no answer is not a wrong answer', () => {
  const probe = { url: 'http://a/', expected: 200 }
  const unknown = { probe, kind: 'unknown', why: 'refused' } as const
  expect(isWrong(unknown)).toBe(false)
  expect(toOutcome([unknown])).toMatchObject({
    verdict: 'unknown',
    outputs: { failed: '[]', unknown: '["http://a/"]' }
  })
  expect(toOutcome([{ probe, kind: 'status', status: 500 }])).toMatchObject({ verdict: 'failed' })
})
