/** From results to what people and other jobs see. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import { readOverhead, type Overhead, type SmokeTest, type Test } from '../../../lib/exposure/index.ts'
import { code, details, escape, table } from '../../../lib/markdown/index.ts'
import type { CaseResult } from './examine.ts'
import type { Inputs } from './inputs.ts'
import type { Case } from './plan.ts'

/** What a dry run says: nothing was fetched, exposed or called. */
export function planOutcome(cases: readonly Case[], smokeTests: readonly SmokeTest[]): Outcome {
  const headline = `Dry run: ${plural(cases.length, 'case')} and ${plural(smokeTests.length, 'smoke test')} would be tested.`
  const rows = cases.map((plan) => [
    code(plan.container.id),
    plan.downloader === undefined ? plan.source : `${plan.source} by ${plan.downloader}`,
    code(plan.runtime)
  ])
  return {
    verdict: 'unknown',
    headline,
    findings: [],
    subjects: [],
    figures: { 'case-count': cases.length },
    outputs: outputsOf([], ''),
    summary: `## Exposure\n\n${headline}\n\n${table(['Container', 'Source', 'Runtime'], rows)}`
  }
}

/** @param junit path of the JUnit file; '' when none was asked for */
export function toOutcome(results: readonly CaseResult[], failOn: Inputs['failOn'], junit: string): Outcome {
  const tests = results.flatMap((result) => result.tests)
  const [passed, failed, untested] = (['passed', 'failed', 'untested'] as const).map((outcome) =>
    countOf(tests, outcome)
  ) as [number, number, number]
  const commands = results.reduce((sum, result) => sum + result.wrapped.length, 0)
  const ran = passed + failed > 0
  const headline = ran
    ? `${passed} of ${plural(tests.length, 'test')} passed for ${plural(commands, 'command')} of ${plural(results.length, 'exposed container')}; ${failed} failed, ${untested} could not be done.`
    : 'Nothing was tested.'
  // Without one command there is no verdict, whatever the caller accepts.
  const empty = !ran || commands === 0
  const findings = results.flatMap((result) => result.findings)
  const serious = untested > 0 || findings.some(({ severity }) => severity !== 'notice')
  const refused = (failOn !== 'none' && failed > 0) || (failOn === 'any' && serious)
  const why = 'Not every finding is a notice, and `fail-on` is `any`.'
  return {
    verdict: failed > 0 ? 'failed' : empty || (failOn === 'any' && untested > 0) ? 'unknown' : 'ok',
    headline,
    findings,
    ...lookedAt(results),
    figures: figuresOf(results, { passed, failed, untested, commands }),
    details: { cases: results.map(detailsOf) },
    outputs: outputsOf(results, junit),
    summary: summaryOf(results, headline),
    ...(empty || refused ? { failure: failed > 0 || empty ? headline : `${headline} ${why}` } : {})
  }
}

/**
 * Containers and their commands that came through every test; one that a test could not be done for has a finding. A case
 * that ended early stands for all commands of its container, also when another runtime had no trouble with it.
 */
function lookedAt(results: readonly CaseResult[]): Pick<Outcome, 'subjects' | 'unreached' | 'coverage'> {
  const subjects = new Set<string>()
  for (const { plan, wrapped, tests } of results.filter(({ reached }) => reached)) {
    subjects.add(plan.container.id)
    for (const command of wrapped) subjects.add(`${plan.container.id}/${command}`)
    for (const test of tests) subjects.add(nameOf(plan, test))
  }
  for (const { plan, tests } of results)
    for (const test of tests) if (test.outcome === 'untested') subjects.delete(nameOf(plan, test))
  return {
    subjects: [...subjects],
    unreached: results.filter(({ reached }) => !reached).map(({ plan }) => plan.container.id),
    coverage: { of: 'containers', whole: true }
  }
}

/** What the log says of one case: in what it was tested, what came out, and everything that did not pass. */
export function logLines(result: CaseResult): readonly string[] {
  const { plan, promised, wrapped, tests, transfer } = result
  const way = transfer === undefined ? [] : [`fetched by ${transfer.downloader ?? transfer.source}`]
  const facts = [
    runtimeOf(result),
    ...way,
    `${promised} promised`,
    `${wrapped.length} wrapped`,
    `${countOf(tests, 'passed')} of ${plural(tests.length, 'test')} passed`
  ]
  const others = tests
    .filter(({ outcome }) => outcome !== 'passed')
    .map((test) => {
      const line = test.line === undefined ? '' : `: ${test.line}`
      return `${test.outcome}: ${nameOf(plan, test)}: ${test.name}: ${test.reason ?? ''}${line}`
    })
  return [facts.join(', '), ...others]
}

function figuresOf(
  results: readonly CaseResult[],
  counts: {
    readonly passed: number
    readonly failed: number
    readonly untested: number
    readonly commands: number
  }
): Record<string, number> {
  // What lies below the noise is no figure.
  const overheads = results
    .flatMap(({ overhead }) => (overhead === undefined ? [] : [readOverhead(overhead)]))
    .flatMap(({ kind, ms }) => (kind === 'measured' ? [ms] : []))
  return {
    'passed-count': counts.passed,
    'failed-count': counts.failed,
    'untested-count': counts.untested,
    'command-count': counts.commands,
    ...(overheads.length === 0 ? {} : { 'wrapper-overhead-max-ms': Math.max(...overheads) })
  }
}

function detailsOf({
  plan,
  runtimeVersion,
  promised,
  wrapped,
  tests,
  overhead,
  transfer
}: CaseResult): object {
  return {
    container: plan.container.id,
    source: plan.source,
    ...(plan.downloader === undefined ? {} : { downloader: plan.downloader }),
    runtime: plan.runtime,
    runtimeVersion,
    promised,
    wrapped,
    tests,
    ...(overhead === undefined ? {} : { overhead }),
    ...(transfer === undefined ? {} : { transfer })
  }
}

function outputsOf(results: readonly CaseResult[], junit: string): Record<string, string> {
  const tests = results.flatMap((result) => result.tests)
  const commands = results.flatMap(({ plan, wrapped }) =>
    wrapped.map((command) => `${plan.container.id}/${command}`)
  )
  const failed = results.flatMap(({ plan, tests: own }) =>
    own.filter(({ outcome }) => outcome === 'failed').map((test) => nameOf(plan, test))
  )
  return {
    'passed-count': String(countOf(tests, 'passed')),
    'failed-count': String(countOf(tests, 'failed')),
    'untested-count': String(countOf(tests, 'untested')),
    commands: JSON.stringify([...new Set(commands)]),
    failed: JSON.stringify([...new Set(failed)]),
    junit
  }
}

function summaryOf(results: readonly CaseResult[], headline: string): string {
  const parts = [
    '## Exposure',
    headline,
    table(['Container', '', 'Promised', 'Wrapped', 'Ran', 'Wrapper costs', 'Runtime'], results.map(toRow))
  ]
  const failing = testRows(results, 'failed')
  if (failing.length > 0) {
    parts.push('### Failed', table(['Command', 'Test', 'Reason', 'Last line of stderr'], failing))
  }
  const untested = testRows(results, 'untested').map((row) => row.slice(0, 3))
  if (untested.length > 0) {
    parts.push(
      details(
        `${plural(untested.length, 'test')} could not be done`,
        table(['Command', 'Test', 'Reason'], untested)
      )
    )
  }
  const warnings = results.flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity === 'warning')
  )
  if (warnings.length > 0) {
    const rows = warnings.map(({ subject, message }) => [code(subject), escape(message)])
    parts.push(details(plural(warnings.length, 'warning'), table(['Subject', 'What'], rows)))
  }
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`
}

function toRow(result: CaseResult): readonly string[] {
  const { plan, promised, wrapped, tests, overhead } = result
  const started = tests.filter(({ name }) => name === 'start')
  const ran = started.length === 0 ? '-' : String(countOf(started, 'passed'))
  const mark = tests.some(({ outcome }) => outcome === 'failed')
    ? '❌'
    : tests.some(({ outcome }) => outcome === 'passed')
      ? '✅'
      : '❔'
  const counts = [String(promised), String(wrapped.length), ran]
  return [code(plan.label), mark, ...counts, costsOf(overhead), escape(runtimeOf(result))]
}

function runtimeOf({ plan, runtimeVersion }: CaseResult): string {
  return `${plan.runtime.slice(plan.runtime.lastIndexOf('/') + 1)} ${runtimeVersion}`
}

/** `3 ms on 214 ms`, or that it is lost in what the start of a container varies by. */
function costsOf(overhead: Overhead | undefined): string {
  if (overhead === undefined) return '-'
  const { kind, ms } = readOverhead(overhead)
  const direct = `${Math.round(overhead.directMs)} ms`
  return kind === 'measured' ? `${ms} ms on ${direct}` : `not measurable: at most ${ms} ms on ${direct}`
}

function testRows(results: readonly CaseResult[], outcome: Test['outcome']): readonly (readonly string[])[] {
  return results.flatMap(({ plan, tests }) =>
    tests
      .filter((test) => test.outcome === outcome)
      .map((test) => [
        code(nameOf(plan, test)),
        escape(test.name),
        escape(test.reason ?? ''),
        test.line === undefined ? '' : code(test.line)
      ])
  )
}

function nameOf(plan: Case, test: Test): string {
  return test.command === undefined ? plan.container.id : `${plan.container.id}/${test.command}`
}

function countOf(tests: readonly Test[], outcome: Test['outcome']): number {
  return tests.filter((test) => test.outcome === outcome).length
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
