/** Reports and the template, read from files that other jobs left: checked, never trusted. */
import path from 'node:path'

import { InputError, messageOf } from '../../../lib/failure/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { MAX_REPORT_BYTES, readReport } from '../../../lib/report/index.ts'
import { unknownNames } from './placeholders.ts'
import type { FoundReport } from './problems.ts'

type FilePorts = Pick<Ports, 'fs' | 'runner'>

/** More files than this are a pattern that means something else. */
const MOST_FILES = 500
/** Of all reports together. */
const MOST_BYTES = 128 * 1024 * 1024
const MOST_TEMPLATE_BYTES = 60_000

export interface ReadReports {
  readonly found: readonly FoundReport[]
  /** Patterns that name nothing, files that are no reports: file and reason. */
  readonly missing: readonly string[]
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[]
}

/** @throws InputError when the patterns name far too many files */
export async function readReports(patterns: readonly string[], ports: FilePorts): Promise<ReadReports> {
  const files = new Set<string>()
  const missing: string[] = []
  for (const pattern of patterns) {
    let count = 0
    for await (const file of ports.fs.glob(pattern, { cwd: ports.runner.workspace })) {
      count++
      files.add(path.resolve(ports.runner.workspace, file))
      if (files.size > MOST_FILES)
        throw new InputError([
          { input: 'reports', given: pattern, allowed: `patterns that name at most ${MOST_FILES} files` }
        ])
    }
    if (count === 0) missing.push(pattern)
  }
  const found: FoundReport[] = []
  const unreadable: { file: string; reason: string }[] = []
  let left = MOST_BYTES
  for (const full of [...files].sort()) {
    const file = path.relative(ports.runner.workspace, full)
    const read = await readOne(full, Math.min(left, MAX_REPORT_BYTES), ports)
    if (typeof read === 'string') unreadable.push({ file, reason: read })
    else {
      left -= read.size
      found.push({ file, report: read.report })
    }
  }
  return { found, missing, unreadable }
}

async function readOne(
  full: string,
  mostBytes: number,
  { fs }: FilePorts
): Promise<{ report: FoundReport['report']; size: number } | string> {
  try {
    const { size } = await fs.stat(full)
    if (size > mostBytes) return `${size} bytes are too many`
    const read = readReport(await fs.readFile(full, 'utf8'))
    return 'report' in read ? { report: read.report, size } : read.problems.slice(0, 3).join('; ')
  } catch (error) {
    return messageOf(error)
  }
}

export const TEMPLATE_NAMES = ['subject', 'problem', 'details', 'workflow', 'run', 'run-url', 'ref'] as const

/** @throws InputError when it is not there, too long, or names what there is not */
export async function readTemplate(given: string, ports: FilePorts): Promise<string | undefined> {
  if (given === '') return undefined
  const refused = (allowed: string): InputError => new InputError([{ input: 'template', given, allowed }])
  let text: string
  try {
    const file = path.resolve(ports.runner.workspace, given)
    if ((await ports.fs.stat(file)).size > MOST_TEMPLATE_BYTES)
      throw refused(`a file of at most ${MOST_TEMPLATE_BYTES} bytes`)
    text = await ports.fs.readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof InputError) throw error
    throw refused(`the path of a file that can be read (${messageOf(error)})`)
  }
  const unknown = unknownNames(text, TEMPLATE_NAMES)
  if (unknown.length > 0)
    throw refused(
      `the names ${TEMPLATE_NAMES.map((name) => `{${name}}`).join(', ')}; it has ${unknown.join(', ')}`
    )
  if (!text.includes('{details}')) throw refused('a file with {details}, where the findings go')
  return text
}
