/** A large blob, piece by piece, over as many connections as it takes. */
import { createHash } from 'node:crypto'

import { messageOf, TransientError } from '../failure/index.ts'
import { toHttpError } from '../http/index.ts'
import type { Clock, Log } from '../ports/index.ts'
import { classifyRegistry } from '../retry/index.ts'
import { ManifestError, type Descriptor } from './manifest.ts'
import { blobPath, pull } from './paths.ts'
import type { Repository } from './reference.ts'
import type { Transport } from './transport.ts'

export interface PiecesContext {
  readonly transport: Transport
  readonly clock: Clock
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** Breaks without a single new byte between them. */
const BARREN_BREAKS = 5
const FIRST_PAUSE_MS = 500

/**
 * The blob's bytes in order. A broken connection is gone on with where it broke (Range), the hash with it. The last
 * piece comes before the check: who reads to the end knows, by no error, that size and digest are right.
 * @throws ManifestError for other bytes than were promised; TransientError when the registry kept breaking off.
 */
export async function* readBlob(
  context: PiecesContext,
  repository: Repository,
  descriptor: Pick<Descriptor, 'digest' | 'size'>
): AsyncGenerator<Buffer, void, undefined> {
  const { digest, size } = descriptor
  const { clock, log, signal } = context
  const started = clock.now()
  const hash = createHash('sha256')
  let offset = 0
  let breaks = 0
  while (offset < size || offset === 0) {
    const from = offset
    try {
      for await (const piece of connection(context, repository, descriptor, offset)) {
        offset += piece.length
        if (offset > size)
          throw new ManifestError(`${digest}: more than the ${size} bytes that were promised`)
        hash.update(piece)
        yield piece
      }
      if (offset < size) {
        throw new ManifestError(
          `${digest}: the registry has only ${offset} of the ${size} bytes that were promised`
        )
      }
      break
    } catch (error) {
      if (error instanceof ManifestError || signal?.aborted === true) throw error
      breaks = offset > from ? 1 : breaks + 1
      const judgement = classifyRegistry(error, clock.now())
      if (judgement.kind === 'final') throw error
      if (breaks > BARREN_BREAKS) {
        throw new TransientError(`GET ${digest} from byte ${offset}`, breaks, clock.now() - started, error)
      }
      log.debug(`${digest}: broke off at byte ${offset} of ${size}: ${messageOf(error)}; going on from there`)
      await clock.sleep(judgement.afterMs ?? FIRST_PAUSE_MS * 2 ** (breaks - 1), signal)
    }
  }
  const got = `sha256:${hash.digest('hex')}`
  if (got !== digest) throw new ManifestError(`${digest}: the registry sent other bytes (${got})`)
}

async function* connection(
  { transport }: PiecesContext,
  repository: Repository,
  { digest }: Pick<Descriptor, 'digest'>,
  offset: number
): AsyncGenerator<Buffer, void, undefined> {
  const answer = await transport.stream({
    host: repository.host,
    target: blobPath(repository, digest),
    method: 'GET',
    scopes: pull(repository),
    headers: offset === 0 ? {} : { range: `bytes=${offset}-` },
    accepted: offset === 0 ? [200] : [200, 206],
    timeoutMs: 60_000
  })
  // A registry that does not know Range begins anew.
  let skip = answer.status === 206 ? 0 : offset
  if (answer.status === 206 && !answer.headers['content-range']?.startsWith(`bytes ${offset}-`)) {
    answer.body.destroy()
    throw new ManifestError(
      `${digest}: asked for bytes from ${offset}, the registry sent ${answer.headers['content-range'] ?? 'no Content-Range'}`
    )
  }
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      const piece = skip === 0 ? chunk : chunk.subarray(Math.min(skip, chunk.length))
      skip -= chunk.length - piece.length
      if (piece.length > 0) yield piece
    }
  } catch (error) {
    throw toHttpError(answer.url, error)
  } finally {
    answer.body.destroy()
  }
}
