import { describe, expect, test } from '@jest/globals'

import type { Test } from '../../../lib/exposure/index.ts'
import type { CaseResult } from '../src/examine.ts'
import { toJunit } from '../src/junit.ts'
import { namedContainers, type Case } from '../src/plan.ts'
import { logLines, planOutcome, toOutcome } from '../src/report.ts'

const ID = 'tool_1.0.0_20240902'

describe('the report', () => {
  const [container] = namedContainers([ID], []).containers
  if (container === undefined) throw new Error('no container')
  const plan: Case = {
    number: 1,
    container,
    source: 'file',
    runtime: 'apptainer',
    downloader: undefined,
    label: ID
  }
  const result = (tests: readonly Test[], more: Partial<CaseResult> = {}): CaseResult => ({
    plan,
    reached: true,
    runtimeVersion: '1.4.5',
    promised: 2,
    wrapped: ['one', 'two'],
    tests,
    findings: [],
    overhead: undefined,
    transfer: undefined,
    ...more
  })
  const good: Test = { name: 'start', command: 'one', outcome: 'passed', durationMs: 1500 }
  const bad: Test = {
    name: 'start',
    command: 'two',
    outcome: 'failed',
    reason: 'exit | 127',
    line: 'sh: `x` <not> found'
  }
  const open: Test = { name: 'gpu', command: undefined, outcome: 'untested', reason: 'no GPU' }

  test.each([
    [[good], 'not-ok', 'ok', false],
    [[good], 'any', 'ok', false],
    [[good, open], 'not-ok', 'ok', false],
    [[good, open], 'any', 'unknown', true],
    [[good, bad], 'not-ok', 'failed', true],
    [[good, bad], 'any', 'failed', true],
    [[good, bad], 'none', 'failed', false],
    [[open], 'none', 'unknown', true],
    [[], 'none', 'unknown', true]
  ] as const)('%j with fail-on %s is %s', (tests, failOn, verdict, fails) => {
    const outcome = toOutcome([result(tests)], failOn, '')
    expect([outcome.verdict, outcome.failure !== undefined]).toEqual([verdict, fails])
  })

  test('a warning beside good tests fails only what wants none, and says why', () => {
    const finding = {
      id: 'exposure-shadows-host',
      severity: 'warning',
      subject: ID,
      message: 'takes it'
    } as const
    const failureOf = (failOn: 'any' | 'not-ok'): string | undefined =>
      toOutcome([result([good], { findings: [finding] })], failOn, '').failure
    expect([failureOf('not-ok'), failureOf('any')]).toEqual([
      undefined,
      expect.stringContaining('`fail-on` is `any`')
    ])
  })

  test('a container without one command fails, whatever is accepted', () => {
    const outcome = toOutcome([result([good], { wrapped: [] })], 'none', '')
    expect([outcome.verdict, outcome.failure !== undefined]).toEqual(['unknown', true])
    expect(toOutcome([], 'none', '').failure).toBe('Nothing was tested.')
  })

  test('outputs are counts and JSON lists, each name once', () => {
    const outcome = toOutcome(
      [result([good, bad, { ...bad, name: 'help' }, open]), result([bad])],
      'not-ok',
      '/j.xml'
    )
    expect(outcome.outputs).toEqual({
      'passed-count': '1',
      'failed-count': '3',
      'untested-count': '1',
      commands: JSON.stringify([`${ID}/one`, `${ID}/two`]),
      failed: JSON.stringify([`${ID}/two`]),
      junit: '/j.xml'
    })
  })

  test('the summary has counts, costs, failures and what could not be done', () => {
    const outcome = toOutcome(
      [
        result([good, bad, open], {
          overhead: { directMs: 100.2, wrapperMs: 10.4, rangeMs: [2, 30] },
          findings: [{ id: 'exposure-shadows-host', severity: 'warning', subject: ID, message: 'takes *id*' }]
        })
      ],
      'not-ok',
      ''
    )
    expect(outcome.summary).toContain(`| \`${ID}\` | ❌ | 2 | 2 | 1 | 10 ms on 100 ms | apptainer 1.4.5 |`)
    expect(outcome.summary).toContain(
      `| \`${ID}/two\` | start | exit \\| 127 | \`\`sh: \`x\` <not> found\`\` |`
    )
    expect(outcome.summary).toContain('<summary>1 test could not be done</summary>')
    expect(outcome.summary).toContain('takes \\*id\\*')
    expect(outcome.figures).toMatchObject({ 'wrapper-overhead-max-ms': 10, 'command-count': 2 })
  })

  test('a cost that is lost in the noise is an upper limit, and no figure', () => {
    const overhead = { directMs: 300, wrapperMs: -4, rangeMs: [-60, 41.2] } as const
    const outcome = toOutcome([result([good], { overhead })], 'not-ok', '')
    expect(outcome.summary).toContain('| not measurable: at most 42 ms on 300 ms |')
    expect(outcome.figures).not.toHaveProperty('wrapper-overhead-max-ms')
  })

  test('the log has a line for the whole, and one for everything that did not pass', () => {
    const transfer = { source: 'store', downloader: 'aria2c', from: 'https://store.example/x' } as const
    expect(logLines(result([good, bad, open], { transfer }))).toEqual([
      'apptainer 1.4.5, fetched by aria2c, 2 promised, 2 wrapped, 1 of 3 tests passed',
      `failed: ${ID}/two: start: exit | 127: sh: \`x\` <not> found`,
      `untested: ${ID}: gpu: no GPU`
    ])
  })

  test('a dry run is no verdict', () => {
    expect(planOutcome([plan], [])).toMatchObject({ subjects: [] })
    expect(planOutcome([plan], []).coverage).toBeUndefined()
    expect(planOutcome([plan], [])).toMatchObject({
      verdict: 'unknown',
      outputs: { commands: '[]', 'passed-count': '0' }
    })
  })

  const lookedAt = (...results: readonly CaseResult[]): unknown => {
    const { subjects, unreached, coverage } = toOutcome(results, 'not-ok', '')
    return [subjects, unreached, coverage]
  }
  const coverage = { of: 'containers', whole: true }

  test('what was looked at: the container and its commands, without what could not be tested', () => {
    expect(lookedAt(result([good, bad]))).toEqual([[ID, `${ID}/one`, `${ID}/two`], [], coverage])
    const unclear: Test = { name: 'stdin', command: 'two', outcome: 'untested', reason: 'no cat' }
    expect(lookedAt(result([good, open, unclear]))).toEqual([[`${ID}/one`], [], coverage])
  })

  test('a container whose image did not come was not reached, whatever another runtime says of it', () => {
    const lost: Test = { name: 'image', command: undefined, outcome: 'untested', reason: 'HTTP 503' }
    const early = result([lost], { reached: false, wrapped: [] })
    expect(lookedAt(early)).toEqual([[], [ID], coverage])
    expect(lookedAt(result([good]), early)).toEqual([[`${ID}/one`, `${ID}/two`], [ID], coverage])
  })

  test('JUnit has every test, and nothing that XML cannot hold', () => {
    const strange: Test = {
      name: 'smoke-1',
      command: 'a<b>&"',
      outcome: 'failed',
      reason: 'a\0b\nc',
      line: '😀\u001b[0m'
    }
    expect(toJunit([result([good, strange, open])])).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="test-exposure" tests="3" failures="1" errors="0" skipped="1" time="1.500">',
        `  <testsuite name="${ID}" tests="3" failures="1" errors="0" skipped="1" time="1.500">`,
        `    <testcase classname="${ID}" name="one: start" time="1.500"/>`,
        `    <testcase classname="${ID}" name="a&lt;b&gt;&amp;&quot;: smoke-1" time="0.000"><failure message="a\ufffdb&#10;c">😀\ufffd[0m</failure></testcase>`,
        `    <testcase classname="${ID}" name="gpu" time="0.000"><skipped message="no GPU"/></testcase>`,
        '  </testsuite>',
        '</testsuites>',
        ''
      ].join('\n')
    )
  })
})
