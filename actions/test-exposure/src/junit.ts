/** The results as JUnit XML, one suite per case. Pure. */
import type { Test } from '../../../lib/exposure/index.ts'
import type { CaseResult } from './examine.ts'

export function toJunit(results: readonly CaseResult[]): string {
  const all = results.flatMap((result) => result.tests)
  const suites = results.map(({ plan, tests }) =>
    [
      `  <testsuite name="${xml(plan.label)}" ${counts(tests)}>`,
      ...tests.map((test) => toCase(plan.container.id, test)),
      '  </testsuite>'
    ].join('\n')
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="test-exposure" ${counts(all)}>`,
    ...suites,
    '</testsuites>',
    ''
  ].join('\n')
}

function counts(tests: readonly Test[]): string {
  const count = (outcome: Test['outcome']): number => tests.filter((test) => test.outcome === outcome).length
  const seconds = tests.reduce((sum, test) => sum + (test.durationMs ?? 0), 0) / 1000
  return `tests="${tests.length}" failures="${count('failed')}" errors="0" skipped="${count('untested')}" time="${seconds.toFixed(3)}"`
}

function toCase(container: string, test: Test): string {
  const name = test.command === undefined ? test.name : `${test.command}: ${test.name}`
  const open = `    <testcase classname="${xml(container)}" name="${xml(name)}" time="${((test.durationMs ?? 0) / 1000).toFixed(3)}"`
  if (test.outcome === 'passed') return `${open}/>`
  const message = `message="${xml(test.reason ?? '')}"`
  const inner =
    test.outcome === 'untested'
      ? `<skipped ${message}/>`
      : `<failure ${message}>${xml(test.line ?? '')}</failure>`
  return `${open}>${inner}</testcase>`
}

/** Characters that XML 1.0 cannot hold at all become U+FFFD. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
}
