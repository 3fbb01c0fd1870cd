/** What an action found, and how people and other jobs get to see it. */
import path from 'node:path'

import * as core from '@actions/core'

import { messageOf } from '../failure/index.ts'
import { replaceFile } from '../files/index.ts'
import { cut, escape } from '../markdown/index.ts'
import type { Ports } from '../ports/index.ts'
import {
  REPORT_SCHEMA,
  type Coverage,
  type Finding,
  type Report,
  type Severity,
  type Verdict
} from '../report/index.ts'
import type { RunnerLog } from './log.ts'
import { runnerTemp } from './runner.ts'

export interface Outcome {
  readonly verdict: Verdict
  /** The verdict in one sentence. */
  readonly headline: string
  readonly findings: readonly Finding[]
  /** What was looked at to an answer, by the names that findings have; lib/report says what each of the three means. */
  readonly subjects?: readonly string[]
  readonly unreached?: readonly string[]
  readonly coverage?: Coverage
  /** Numbers by kebab-case name, the unit in the name. */
  readonly figures: Readonly<Record<string, number>>
  readonly details?: Readonly<Record<string, unknown>>
  /** Besides `ok` and `report`, which every action has. */
  readonly outputs: Readonly<Record<string, string>>
  /** Markdown for the step summary. */
  readonly summary: string
  /** A JUnit file for the caller, whose path is as it was given. Written with the rest: it must not cost the verdict. */
  readonly junit?: { readonly path: string; readonly xml: string }
  /** The job fails with this message, after everything else was written. */
  readonly failure?: string
}

/** GitHub drops a summary above 1 MiB as a whole, and close to it without a word. */
const MAX_SUMMARY_BYTES = 900 * 1024

const ORDER: readonly Severity[] = ['error', 'warning', 'unknown', 'notice']

/** Writes report, outputs, summary and annotations, then sets the exit code. A part that fails does not stop the others. */
export async function publish(
  action: string,
  outcome: Outcome,
  run: { readonly started: number; readonly finished: number; readonly reportPath: string },
  ports: Ports,
  log: RunnerLog
): Promise<void> {
  const problems: string[] = []
  const part = async (what: string, write: () => Promise<void>): Promise<void> => {
    try {
      await write()
    } catch (error) {
      problems.push(`${what} could not be written: ${messageOf(error)}`)
    }
  }
  const file =
    run.reportPath === '' ? defaultReportPath(action) : path.resolve(ports.runner.workspace, run.reportPath)
  const { figures, strange } = finiteOf(outcome.figures)
  // JSON has no word for it, and a report that nobody can read says nothing at all.
  for (const name of strange) problems.push(`the figure ${name} is no number: this is a bug of the action`)
  // First of all: setFailed is an annotation as well, and the reason must not be the eleventh.
  if (outcome.failure !== undefined) {
    log.error(outcome.failure)
    process.exitCode = 1
  }
  await part(
    run.reportPath === '' ? 'the report' : 'the report (`report-path`)',
    async () =>
      await writeReport(
        file,
        log.redact(JSON.stringify(toReport(action, { ...outcome, figures }, run), null, 2)),
        ports
      )
  )
  const { junit } = outcome
  if (junit !== undefined) {
    const place = path.resolve(ports.runner.workspace, junit.path)
    await part(
      'the JUnit file (`junit-path`)',
      async () => await writeReport(place, log.redact(junit.xml.trimEnd()), ports)
    )
  }
  await part('the outputs', async () => {
    const outputs = { ok: String(outcome.verdict === 'ok'), report: file, ...outcome.outputs }
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, log.redact(value))
    await Promise.resolve()
  })
  await part('the summary', async () => await writeSummary(log.redact(toSummary(action, outcome))))
  annotate(outcome.findings, log)
  for (const problem of problems) {
    log.error(problem)
    process.exitCode = 1
  }
  if (outcome.headline !== outcome.failure) log.info(outcome.headline)
  log.flush()
}

/** The figures that are numbers, and the names of those that are not: NaN, Infinity. */
function finiteOf(figures: Outcome['figures']): {
  readonly figures: Outcome['figures']
  readonly strange: readonly string[]
} {
  const all = Object.entries(figures)
  return {
    figures: Object.fromEntries(all.filter(([, figure]) => Number.isFinite(figure))),
    strange: all.filter(([, figure]) => !Number.isFinite(figure)).map(([name]) => name)
  }
}

function toReport(
  action: string,
  outcome: Outcome,
  run: { readonly started: number; readonly finished: number }
): Report {
  return {
    schema: REPORT_SCHEMA,
    action,
    started: new Date(run.started).toISOString(),
    finished: new Date(run.finished).toISOString(),
    verdict: outcome.verdict,
    headline: outcome.headline,
    findings: outcome.findings,
    ...(outcome.subjects === undefined ? {} : { subjects: [...new Set(outcome.subjects)] }),
    ...(outcome.unreached === undefined ? {} : { unreached: [...new Set(outcome.unreached)] }),
    ...(outcome.coverage === undefined ? {} : { coverage: outcome.coverage }),
    figures: outcome.figures,
    ...(outcome.details === undefined ? {} : { details: outcome.details })
  }
}

function toSummary(action: string, outcome: Outcome): string {
  if (outcome.summary !== '') return outcome.summary
  const lines = (outcome.failure ?? outcome.headline).split('\n').filter((line) => line.trim() !== '')
  return `## ${action}\n\n${lines.map((line) => `> ${escape(line)}`).join('\n>\n')}\n`
}

async function writeReport(file: string, json: string, ports: Ports): Promise<void> {
  await ports.fs.mkdir(path.dirname(file), { recursive: true })
  await replaceFile(ports, file, `${json}\n`)
}

async function writeSummary(markdown: string): Promise<void> {
  // Run by hand there is no file for it; the report and the log say the same.
  if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') === '') return
  await core.summary.addRaw(cut(`${markdown.trimEnd()}\n\n`, MAX_SUMMARY_BYTES)).write()
}

function annotate(findings: readonly Finding[], log: RunnerLog): void {
  const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
  for (const finding of sorted) {
    const sentences = [finding.message, finding.hint].filter((sentence) => sentence !== undefined).map(ended)
    const message = `${finding.subject}: ${sentences.join(' ')}`
    // The id is what the runbook is sorted by.
    const at = { file: '', ...finding.place, title: finding.id }
    if (finding.severity === 'error') log.error(message, at)
    else if (finding.severity === 'notice') log.notice(message, at)
    else log.warning(message, at)
  }
}

function ended(sentence: string): string {
  return /[.!?:)\]]$/.test(sentence) ? sentence : `${sentence}.`
}

function defaultReportPath(action: string): string {
  return path.join(runnerTemp(process.env), 'neurodesk-ci-reports', `${action}.json`)
}
