/** From results to what people and other jobs see. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import type { SmokeTest, Test } from '../../../lib/exposure/index.ts'
import { code, escape, table } from '../../../lib/markdown/index.ts'
import type { CaseResult } from './examine.ts'
import type { Inputs } from './inputs.ts'
import type { Case } from './plan.ts'

/** What a dry run says: nothing was fetched, exposed or called. */
export function planOutcome(cases: readonly Case[], smokeTests: readonly SmokeTest[]): Outcome {
  const headline = `Dry run: ${cases.length} case${cases.length === 1 ? '' : 's'} and ${smokeTests.length} smoke tests would be tested.`
  return {
    verdict: 'unknown',
    headline,
    findings: [],
    figures: { 'case-count': cases.length },
    outputs: outputsOf([], ''),
    summary: `## Exposure\n\n${headline}\n\n${table(
      ['Container', 'Source', 'Runtime'],
      cases.map((plan) => [code(plan.container.id), plan.source, code(plan.runtime)])
    )}`
  }
}

/**
 * @param junit path of the JUnit file; '' when none was asked for
 */
export function toOutcome(results: readonly CaseResult[], failOn: Inputs['failOn'], junit: string): Outcome {
  const tests = results.flatMap((result) => result.tests)
  const count = (outcome: Test['outcome']): number => tests.filter((test) => test.outcome === outcome).length
  const [passed, failed, untested] = [count('passed'), count('failed'), count('untested')]
  const commands = results.reduce((sum, result) => sum + result.wrapped.length, 0)
  const ran = passed + failed > 0
  const headline = !ran
    ? 'Nothing was tested.'
    : `${passed} of ${tests.length} tests passed for ${commands} commands of ${results.length} exposed containers; ${failed} failed, ${untested} could not be done.`
  // Without one test there is no verdict, whatever the caller accepts.
  const bad =
    !ran || commands === 0 || (failOn !== 'none' && failed > 0) || (failOn === 'untested' && untested > 0)
  return {
    verdict: failed > 0 ? 'failed' : !ran || (failOn === 'untested' && untested > 0) ? 'unknown' : 'ok',
    headline,
    findings: results.flatMap((result) => result.findings),
    figures: {
      'passed-count': passed,
      'failed-count': failed,
      'untested-count': untested,
      'command-count': commands
    },
    details: {
      cases: results.map(({ plan, runtimeVersion, promised, wrapped, tests: own }) => ({
        container: plan.container.id,
        source: plan.source,
        runtime: plan.runtime,
        runtimeVersion,
        promised,
        wrapped,
        tests: own
      }))
    },
    outputs: outputsOf(results, junit),
    summary: summaryOf(results, headline),
    ...(bad ? { failure: headline } : {})
  }
}

function outputsOf(results: readonly CaseResult[], junit: string): Record<string, string> {
  const tests = results.flatMap((result) => result.tests)
  const names = (wanted: (test: Test) => boolean): string =>
    JSON.stringify([
      ...new Set(
        results.flatMap(({ plan, tests: own }) => own.filter(wanted).map((test) => nameOf(plan, test)))
      )
    ])
  return {
    'passed-count': String(tests.filter((test) => test.outcome === 'passed').length),
    'failed-count': String(tests.filter((test) => test.outcome === 'failed').length),
    'untested-count': String(tests.filter((test) => test.outcome === 'untested').length),
    commands: JSON.stringify([
      ...new Set(
        results.flatMap(({ plan, wrapped }) => wrapped.map((command) => `${plan.container.id}/${command}`))
      )
    ]),
    failed: names((test) => test.outcome === 'failed'),
    junit
  }
}

function nameOf(plan: Case, test: Test): string {
  return test.command === undefined ? plan.container.id : `${plan.container.id}/${test.command}`
}

function summaryOf(results: readonly CaseResult[], headline: string): string {
  const rows = results.map(({ plan, promised, wrapped, tests }) => {
    const broken = new Set(tests.filter((test) => test.outcome === 'failed').map((test) => test.command))
    const ran = wrapped.filter((name) => !broken.has(name)).length
    return [
      code(plan.label),
      tests.some((test) => test.outcome === 'failed') ? '❌' : tests.length === 0 ? '❔' : '✅',
      String(promised),
      String(wrapped.length),
      String(ran)
    ]
  })
  const failing = results.flatMap(({ plan, tests }) =>
    tests
      .filter((test) => test.outcome === 'failed')
      .map((test) => [
        code(nameOf(plan, test)),
        escape(test.name),
        escape(test.reason ?? ''),
        test.line === undefined ? '' : code(test.line)
      ])
  )
  const parts = [
    '## Exposure',
    headline,
    table(['Container', '', 'Promised', 'Wrapped', 'Without a failed test'], rows)
  ]
  if (failing.length > 0)
    parts.push('### Failed', table(['Command', 'Test', 'Reason', 'Last line of stderr'], failing))
  return `${parts.join('\n\n')}\n`
}
