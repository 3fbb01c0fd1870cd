/** Texts that are given by path or URL. */
import path from 'node:path'

import { InputError, messageOf } from '../../../lib/failure/index.ts'
import { expectStatus } from '../../../lib/http/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { classifyHttp, retry } from '../../../lib/retry/index.ts'

const MAX_BYTES = 16 * 1024 * 1024
const MAX_HOPS = 5

export interface Text {
  readonly text: string
  /** For findings: relative to the workspace where it lies in it. */
  readonly file: string
}

/** @throws InputError for a file that cannot be read, TransientError or HttpStatusError for a URL. */
export async function readSource(input: string, source: string, ports: Ports): Promise<Text> {
  if (/^https?:\/\//i.test(source)) return { text: await download(source, ports), file: source }
  const absolute = path.resolve(ports.runner.workspace, source)
  try {
    const { size } = await ports.fs.stat(absolute)
    if (size > MAX_BYTES) throw new Error(`${size} bytes, at most ${MAX_BYTES} are read`)
    const text = await ports.fs.readFile(absolute, 'utf8')
    const relative = path.relative(ports.runner.workspace, absolute)
    return { text, file: relative.startsWith('..') ? absolute : relative }
  } catch (error) {
    throw new InputError([
      { input, given: source, allowed: 'a file that can be read', fix: messageOf(error) }
    ])
  }
}

async function download(source: string, ports: Ports): Promise<string> {
  const { clock, log } = ports
  const response = await retry(`GET ${source}`, async () => await follow(source, ports), {
    classify: classifyHttp,
    clock,
    log,
    signal: ports.runner.signal
  })
  return response
}

async function follow(source: string, ports: Ports): Promise<string> {
  let url = source
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const response = await ports.http.request(url, { maxBytes: MAX_BYTES, signal: ports.runner.signal })
    const location = response.headers['location']
    if (response.status < 300 || response.status > 399 || location === undefined) {
      return expectStatus(response).body.toString('utf8')
    }
    const next = new URL(location, url)
    if (url.startsWith('https:') && next.protocol !== 'https:')
      throw new Error(`${url} redirects to plain HTTP`)
    url = next.href
  }
  throw new Error(`${source} redirects more than ${MAX_HOPS} times`)
}
