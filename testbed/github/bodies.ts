/** Bodies of requests, and that of a refusal. */
import type { IncomingMessage } from 'node:http'
import type { ApiError, Reply } from './call.ts'

/** Largest body that is taken in: GitHub's for a blob is 100 MB, nobody here sends more than this. */
const LARGEST_BODY = 32 * 1024 * 1024

/** GitHub's form of an error. */
export function refusal(error: ApiError): Reply {
  return {
    status: error.status,
    body: {
      message: error.message,
      ...(error.errors === undefined ? {} : { errors: error.errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(error.status)
    },
    headers: error.headers
  }
}

/** All of it, up to the limit. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY) break
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** JSON, or the text itself. */
export function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return bytes.toString('utf8')
  }
}
