/** JUnit XML: one suite per server, one case per finding kind and per container. Pure. */
import type { ContainerState, ServerFacts } from './facts.ts'
import type { FleetVerdict } from './verdict.ts'

interface Case {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped'
  readonly message: string
}

export function toJunit(verdict: FleetVerdict, elapsedMs: number): string {
  const suites = verdict.servers.flatMap(({ addresses }) =>
    addresses.map(({ subject, facts, findings }) => {
      const own: Case[] = findings
        .filter(({ severity }) => severity !== 'notice')
        .map(({ id, severity, message }) => ({
          name: id,
          // A warning is told and does not fail a test.
          outcome: severity === 'error' ? 'failed' : severity === 'unknown' ? 'error' : 'passed',
          message
        }))
      const answer: Case[] = own.some(({ outcome }) => outcome !== 'passed')
        ? own
        : [...own, { name: 'server', outcome: 'passed', message: '' }]
      return suite(subject, [...answer, ...containerCases(facts)], facts.elapsedMs)
    })
  )
  const fleet = verdict.findings.filter(
    ({ subject }) =>
      !verdict.servers.some(({ addresses }) => addresses.some((one) => one.subject === subject))
  )
  if (fleet.length > 0) {
    const cases = fleet.map(({ id, severity, message }) => ({
      name: id,
      outcome: severity === 'error' ? ('failed' as const) : ('passed' as const),
      message
    }))
    suites.unshift(suite('fleet', cases, elapsedMs))
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="check-cvmfs" time="${seconds(elapsedMs)}">\n${suites.join('')}</testsuites>\n`
}

const OUTCOMES: Readonly<Record<ContainerState, Case['outcome']>> = {
  present: 'passed',
  pending: 'skipped',
  missing: 'failed',
  broken: 'failed',
  unknown: 'error'
}

function containerCases({ containers, absent }: ServerFacts): Case[] {
  return [...containers].map(([name, state]) => ({
    name,
    outcome: OUTCOMES[state],
    message:
      state === 'present'
        ? ''
        : `${state}${absent.has(name) ? `: ${(absent.get(name) ?? []).join(', ')}` : ''}`
  }))
}

function suite(name: string, cases: readonly Case[], elapsedMs: number): string {
  const count = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length
  const head = `<testsuite name="${xml(name)}" tests="${cases.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds(elapsedMs)}">`
  return `  ${head}\n${cases.map((one) => testCase(name, one)).join('')}  </testsuite>\n`
}

function testCase(suiteName: string, { name, outcome, message }: Case): string {
  const open = `    <testcase classname="${xml(suiteName)}" name="${xml(name)}"`
  switch (outcome) {
    case 'passed':
      return message === '' ? `${open}/>\n` : `${open}><system-out>${xml(message)}</system-out></testcase>\n`
    case 'skipped':
      return `${open}><skipped message="${xml(message)}"/></testcase>\n`
    case 'failed':
      return `${open}><failure message="${xml(message)}"/></testcase>\n`
    case 'error':
      return `${open}><error message="${xml(message)}"/></testcase>\n`
  }
}

/** Text for XML 1.0: what it cannot hold at all is replaced. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
