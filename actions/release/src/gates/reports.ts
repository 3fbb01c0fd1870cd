/** What the other actions found: their reports must be there, green and fresh. */
import path from 'node:path'

import { messageOf } from '../../../../lib/failure/index.ts'
import { span } from '../../../../lib/markdown/index.ts'
import type { Ports } from '../../../../lib/ports/index.ts'
import { MAX_REPORT_BYTES, readReport, type Report } from '../../../../lib/report/index.ts'
import type { Check } from './check.ts'

/** More files than this are a pattern that means something else. */
const MOST_FILES = 200
/** Clocks of two runners differ a little. */
const CLOCK_SKEW_MS = 5 * 60_000

export interface GateReport {
  /** As found, relative to the workspace. */
  readonly file: string
  readonly text: string
  readonly report: Report
}

/** Reads the files that the patterns name; a pattern that names nothing is a gate that nobody watched. */
export async function checkReports(
  patterns: readonly string[],
  maxAgeMs: number,
  ports: Pick<Ports, 'fs' | 'runner' | 'clock'>
): Promise<{ checks: Check[]; reports: GateReport[] }> {
  const checks: Check[] = []
  const reports: GateReport[] = []
  const seen = new Set<string>()
  for (const pattern of patterns) {
    const files = await filesOf(pattern, ports)
    if (files.length === 0) {
      checks.push({
        id: 'release-gate-missing',
        subject: pattern,
        state: 'failed',
        message: `no report is at ${pattern}`,
        hint: 'Download the artifact of the job that writes it, before this step.'
      })
    }
    if (files.length > MOST_FILES) {
      checks.push({
        id: 'release-gate-missing',
        subject: pattern,
        state: 'failed',
        message: `${pattern} names ${files.length} files; at most ${MOST_FILES} are read`,
        hint: 'Name the reports.'
      })
      continue
    }
    for (const file of files) {
      if (seen.has(file)) continue
      seen.add(file)
      const read = await readOne(file, ports)
      if (typeof read === 'string')
        checks.push({
          id: 'release-gate-unreadable',
          subject: file,
          state: 'unknown',
          message: `${file} is no report: ${read}`,
          hint: 'Give files that an action of this suite wrote.'
        })
      else {
        reports.push(read)
        checks.push(judgeReport(read, maxAgeMs, ports.clock.now()))
      }
    }
  }
  return { checks, reports }
}

/** Pure. */
export function judgeReport({ file, report }: GateReport, maxAgeMs: number, now: number): Check {
  const subject = `${report.action} (${file})`
  const age = now - Date.parse(report.finished)
  if (report.verdict !== 'ok') {
    return {
      id: 'release-gate-closed',
      subject,
      state: report.verdict === 'unknown' ? 'unknown' : 'failed',
      message: `${report.action}: ${report.headline}`,
      hint: 'Repair what it found and run it again.'
    }
  }
  if (age > maxAgeMs)
    return {
      id: 'release-gate-stale',
      subject,
      state: 'failed',
      message: `${report.action} was green ${span(age)} ago; at most ${span(maxAgeMs)} counts`,
      hint: 'Run it again, or raise `gate-max-age`.'
    }
  if (age < -CLOCK_SKEW_MS)
    return {
      id: 'release-gate-stale',
      subject,
      state: 'unknown',
      message: `${report.action} says that it ended in the future (${report.finished})`,
      hint: 'Look at the clock of the machine that wrote it.'
    }
  return {
    id: 'release-gate-closed',
    subject,
    state: 'ok',
    message: `${report.action} was green ${span(Math.max(0, age))} ago`
  }
}

async function filesOf(pattern: string, ports: Pick<Ports, 'fs' | 'runner'>): Promise<string[]> {
  const found: string[] = []
  for await (const file of ports.fs.glob(pattern, { cwd: ports.runner.workspace })) {
    found.push(file)
    if (found.length > MOST_FILES) break
  }
  return found.sort()
}

async function readOne(file: string, ports: Pick<Ports, 'fs' | 'runner'>): Promise<GateReport | string> {
  const full = path.resolve(ports.runner.workspace, file)
  try {
    const { size } = await ports.fs.stat(full)
    if (size > MAX_REPORT_BYTES) return `${size} bytes`
    const text = await ports.fs.readFile(full, 'utf8')
    const read = readReport(text)
    return 'report' in read ? { file, text, report: read.report } : read.problems.slice(0, 3).join('; ')
  } catch (error) {
    return messageOf(error)
  }
}
