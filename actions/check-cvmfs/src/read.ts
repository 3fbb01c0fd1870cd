/** Reads what the inputs point at: keys, catalogue, client configuration, an earlier report. */
import path from 'node:path'
import type { KeyObject } from 'node:crypto'

import { readMasterKeys, serversInConfig } from '../../../lib/cvmfs/index.ts'
import { InputError, TransientError, messageOf, type InputProblem } from '../../../lib/failure/index.ts'
import { expectStatus } from '../../../lib/http/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { MAX_REPORT_BYTES, readReport, type Report } from '../../../lib/report/index.ts'
import { classifyHttp, retry } from '../../../lib/retry/index.ts'
import { NEURODESK_KEY } from './neurodesk-key.ts'

/** The real ones have 50 kB. */
const MAX_CATALOGUE_BYTES = 16 * 1024 * 1024
const MAX_CONFIG_BYTES = 1024 * 1024
const MAX_FILES = 1000
const MAX_REDIRECTS = 5

/** The master keys. A problem is added for each path that leads to none. */
export async function readKeys(given: string, ports: Ports, problems: InputProblem[]): Promise<KeyObject[]> {
  if (given === 'neurodesk') return readMasterKeys(NEURODESK_KEY)
  if (given.includes('-----BEGIN')) return readMasterKeys(given)
  const keys: KeyObject[] = []
  for (const line of given.split(/\r?\n/).map((text) => text.trim())) {
    if (line === '') continue
    try {
      keys.push(...readMasterKeys(await readText(line, MAX_CONFIG_BYTES, ports)))
    } catch (error) {
      problems.push({
        input: 'public-key',
        given: line,
        allowed: `a file with PEM public keys (${messageOf(error)})`
      })
    }
  }
  return keys
}

/** The catalogue's text, from a path or a URL; undefined when none was given. */
export async function readCatalogueText(
  given: string,
  timeoutMs: number,
  ports: Ports,
  problems: InputProblem[]
): Promise<string | undefined> {
  if (given === '') return undefined
  try {
    return /^https?:\/\//i.test(given)
      ? await download(given, timeoutMs, ports)
      : await readText(given, MAX_CATALOGUE_BYTES, ports)
  } catch (error) {
    // A catalogue on the network that does not answer is nobody's mistake in the inputs.
    if (error instanceof TransientError) throw error
    problems.push({ input: 'catalogue', given, allowed: `a readable file or URL (${messageOf(error)})` })
    return undefined
  }
}

/** Base addresses of all servers that the files name, each once. */
export async function readConfigured(
  globs: readonly string[],
  fqrn: string,
  ports: Ports,
  problems: InputProblem[]
): Promise<string[]> {
  const bases = new Set<string>()
  for (const glob of globs) {
    const files: string[] = []
    for await (const file of ports.fs.glob(glob, { cwd: ports.runner.workspace })) {
      const full = path.resolve(ports.runner.workspace, file)
      if ((await ports.fs.stat(full)).isFile()) files.push(full)
      if (files.length > MAX_FILES) break
    }
    if (files.length === 0 || files.length > MAX_FILES) {
      problems.push({
        input: 'servers-from',
        given: glob,
        allowed: files.length === 0 ? 'files that exist' : `at most ${MAX_FILES} files`
      })
      continue
    }
    for (const file of files.toSorted()) {
      for (const base of serversInConfig(await readText(file, MAX_CONFIG_BYTES, ports), fqrn)) bases.add(base)
    }
  }
  return [...bases]
}

/** The earlier report. That there is none is normal for a first run; one that cannot be read is said and left. */
export async function readPrevious(given: string, ports: Ports): Promise<Report | undefined> {
  if (given === '') return undefined
  let text: string
  try {
    text = await readText(given, MAX_REPORT_BYTES, ports)
  } catch (error) {
    ports.log.notice(`previous-report: there is none to compare with (${messageOf(error)})`)
    return undefined
  }
  const read = readReport(text)
  if ('report' in read && read.report.action === 'check-cvmfs') return read.report
  const why = 'report' in read ? `it is one of ${read.report.action}` : read.problems.join('; ')
  ports.log.warning(`previous-report: ${given} is not used: ${why}`)
  return undefined
}

/** @throws InputError when there are problems. */
export function raise(problems: readonly InputProblem[]): void {
  if (problems.length > 0) throw new InputError(problems)
}

async function readText(file: string, maxBytes: number, ports: Ports): Promise<string> {
  const full = path.resolve(ports.runner.workspace, file)
  const { size } = await ports.fs.stat(full)
  if (size > maxBytes) throw new Error(`${file} has ${size} bytes, at most ${maxBytes} are read`)
  return await ports.fs.readFile(full, 'utf8')
}

async function download(url: string, timeoutMs: number, ports: Ports): Promise<string> {
  let target = url
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const reply = await retry(
      `GET ${target}`,
      async () => {
        const response = await ports.http.request(target, { timeoutMs, maxBytes: MAX_CATALOGUE_BYTES })
        return response.status >= 300 && response.status < 400 ? response : expectStatus(response)
      },
      { classify: classifyHttp, clock: ports.clock, signal: ports.runner.signal }
    )
    if (reply.status < 300) return reply.body.toString('utf8')
    const location = reply.headers['location']
    if (location === undefined || !URL.canParse(location, target))
      throw new Error(`${target}: a redirect to nowhere`)
    target = new URL(location, target).href
  }
  throw new Error(`${url}: more than ${MAX_REDIRECTS} redirects`)
}
