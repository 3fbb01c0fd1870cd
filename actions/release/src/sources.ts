/** Texts that inputs point at: files of the workspace and addresses. */
import path from 'node:path'

import { InputError, messageOf } from '../../../lib/failure/index.ts'
import { expectStatus } from '../../../lib/http/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import { classifyHttp, retry } from '../../../lib/retry/index.ts'

const MAX_BYTES = 16 * 1024 * 1024

/** Text of a file of the workspace. @throws InputError naming the input. */
export async function readText(
  input: string,
  file: string,
  ports: Pick<Ports, 'fs' | 'runner'>
): Promise<string> {
  const full = path.resolve(ports.runner.workspace, file)
  try {
    const { size } = await ports.fs.stat(full)
    if (size > MAX_BYTES) throw new Error(`it has ${size} bytes, at most ${MAX_BYTES} are read`)
    return await ports.fs.readFile(full, 'utf8')
  } catch (error) {
    throw new InputError([{ input, given: file, allowed: `a file that can be read; ${messageOf(error)}` }])
  }
}

/** The same, or the text behind an http(s) address; what the network keeps back is no mistake in the input. */
export async function readSource(input: string, source: string, ports: Ports): Promise<string> {
  if (!/^https?:\/\//.test(source)) return await readText(input, source, ports)
  const answer = await retry(
    `GET ${source}`,
    async () => expectStatus(await ports.http.request(source, { maxBytes: MAX_BYTES })),
    {
      classify: classifyHttp,
      clock: ports.clock,
      log: ports.log,
      signal: ports.runner.signal
    }
  )
  return answer.body.toString('utf8')
}
