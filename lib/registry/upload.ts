/**
 * Pushing one blob: not at all when it is there, by mounting where the registry has it elsewhere, else as one
 * stream that goes on where it broke. OCI Distribution Specification 1.1, "Pushing blobs".
 */
import { Readable } from 'node:stream'
import { HttpError, HttpStatusError } from '../http/index.ts'
import type { Clock, HttpHead, Log } from '../ports/index.ts'
import { classifyRegistry, retry, type RetryLimits } from '../retry/index.ts'
import { push } from './paths.ts'
import { hasBlob } from './read.ts'
import { endpointOf, formatRepository, type Repository } from './reference.ts'
import { absolute, type Transport } from './transport.ts'

export interface BlobSource {
  readonly digest: string
  /** Bytes. */
  readonly size: number
  /** The bytes from `from` on. Called again when an upload broke off. */
  open(from: number): Promise<Readable> | Readable
}

export type PushOutcome = 'there' | 'mounted' | 'uploaded'

/** A blob that is in memory. */
export function bytesSource(digest: string, bytes: Uint8Array): BlobSource {
  return {
    digest,
    size: bytes.length,
    open: (from) => Readable.from([Buffer.from(bytes.subarray(from))], { objectMode: false })
  }
}

export interface PushContext {
  readonly transport: Transport
  readonly clock: Clock
  readonly log: Log
  readonly limits?: Partial<RetryLimits>
  readonly signal?: AbortSignal
}

/** An upload is given this much time for the whole, and more by its size: 256 KiB/s is slow, not stuck. */
const BASE_TIMEOUT_MS = 120_000
const SLOWEST_BYTES_PER_MS = 256

export async function pushBlob(
  context: PushContext,
  repository: Repository,
  source: BlobSource,
  mountFrom: readonly Repository[]
): Promise<PushOutcome> {
  if (await hasBlob(context.transport, repository, source.digest)) return 'there'
  for (const other of mountFrom) {
    if (other.host !== repository.host || other.path === repository.path) continue
    if (await mount(context.transport, repository, source.digest, other)) return 'mounted'
  }
  const session: Session = { location: undefined, offset: 0 }
  await retry(
    `upload of ${source.digest} to ${formatRepository(repository)}`,
    async () => {
      try {
        await attempt(context, repository, source, session)
      } catch (error) {
        await recover(context, repository, session, error)
        throw error
      }
    },
    {
      classify: (error, now) => (isLostSession(error) ? { kind: 'retry' } : classifyRegistry(error, now)),
      clock: context.clock,
      log: context.log,
      limits: { totalMs: 60 * 60_000, attempts: 6, ...context.limits },
      ...(context.signal === undefined ? {} : { signal: context.signal })
    }
  )
  return 'uploaded'
}

/** Where an upload stands: the registry's name for it and how much it has. */
interface Session {
  location: string | undefined
  offset: number
}

async function attempt(
  context: PushContext,
  repository: Repository,
  source: BlobSource,
  session: Session
): Promise<void> {
  const { transport } = context
  const scopes = push(repository)
  if (session.location === undefined) {
    const started = await transport.request({
      host: repository.host,
      target: `/v2/${repository.path}/blobs/uploads/`,
      method: 'POST',
      scopes,
      headers: { 'content-length': '0' },
      accepted: [202]
    })
    session.location = locationOf(repository, started)
    session.offset = 0
  }
  if (session.offset < source.size || source.size === 0) {
    const rest = source.size - session.offset
    const body = await source.open(session.offset)
    try {
      const patched = await transport.requestOnce({
        host: repository.host,
        target: session.location,
        method: 'PATCH',
        scopes,
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(rest),
          ...(session.offset === 0 ? {} : { 'content-range': `${session.offset}-${source.size - 1}` })
        },
        body,
        accepted: [202, 204],
        timeoutMs: BASE_TIMEOUT_MS + Math.ceil(rest / SLOWEST_BYTES_PER_MS)
      })
      session.location = locationOf(repository, patched)
      session.offset = source.size
    } finally {
      body.destroy()
    }
  }
  const url = new URL(session.location)
  url.searchParams.set('digest', source.digest)
  await transport.requestOnce({
    host: repository.host,
    target: url.href,
    method: 'PUT',
    scopes,
    headers: { 'content-length': '0' },
    accepted: [201, 204],
    // The registry hashes the whole blob before it answers.
    timeoutMs: BASE_TIMEOUT_MS + Math.ceil(source.size / SLOWEST_BYTES_PER_MS)
  })
}

/** After a break: asks how much the registry has, and starts anew when it no longer knows the upload. */
async function recover(
  context: PushContext,
  repository: Repository,
  session: Session,
  error: unknown
): Promise<void> {
  const { location } = session
  session.location = undefined
  const broke = error instanceof HttpError || (error instanceof HttpStatusError && error.status >= 500)
  if (location === undefined || !broke || context.signal?.aborted === true) return
  try {
    const status = await context.transport.requestOnce({
      host: repository.host,
      target: location,
      method: 'GET',
      scopes: push(repository),
      accepted: [204]
    })
    const range = /^(?:bytes=)?0-(\d+)$/.exec(status.headers['range'] ?? '')
    if (range === null) return
    session.location = locationOf(repository, status)
    // An empty upload is 0-0, and so is one of a single byte: sending that byte again is the safe reading.
    const last = Number(range[1])
    session.offset = last === 0 ? 0 : last + 1
    if (session.offset === 0) session.location = undefined
    context.log.debug(`the registry has ${session.offset} bytes of the upload; going on from there`)
  } catch {
    // It does not know: the next attempt starts a new upload.
  }
}

/** The registry dropped the upload (it was too old, or its state and ours differ): a new one is to be started. */
function isLostSession(error: unknown): boolean {
  return (
    error instanceof HttpStatusError &&
    ((error.status === 404 && /BLOB_UPLOAD_UNKNOWN/i.test(error.body)) ||
      (error.status === 400 && /BLOB_UPLOAD_INVALID|DIGEST_INVALID/i.test(error.body)) ||
      error.status === 416 ||
      // The token ended while the upload ran; the next attempt gets a new one.
      error.status === 401)
  )
}

async function mount(
  transport: Transport,
  repository: Repository,
  digest: string,
  from: Repository
): Promise<boolean> {
  const query = new URLSearchParams({ mount: digest, from: from.path })
  const answer = await transport.request({
    host: repository.host,
    target: `/v2/${repository.path}/blobs/uploads/?${query.toString()}`,
    method: 'POST',
    scopes: [...push(repository), `repository:${from.path}:pull`],
    headers: { 'content-length': '0' },
    // 202: the registry would rather have the bytes. Refusing to look into the other repository is no failure.
    accepted: [201, 202, 401, 403, 404, 405]
  })
  return answer.status === 201
}

/** Starts an upload and gives it up: the only question that a registry answers about rights to write. */
export async function canPush(transport: Transport, repository: Repository): Promise<boolean> {
  const scopes = push(repository)
  let started: HttpHead
  try {
    started = await transport.request({
      host: repository.host,
      target: `/v2/${repository.path}/blobs/uploads/`,
      method: 'POST',
      scopes,
      headers: { 'content-length': '0' },
      accepted: [202]
    })
  } catch (error) {
    // Also from the token service, which refuses the scope.
    if (error instanceof HttpStatusError && [401, 403].includes(error.status)) return false
    throw error
  }
  try {
    await transport.requestOnce({
      host: repository.host,
      target: locationOf(repository, started),
      method: 'DELETE',
      scopes,
      accepted: [200, 202, 204]
    })
  } catch {
    // An upload that nobody goes on with is dropped by the registry in time.
  }
  return true
}

function locationOf(repository: Repository, answer: HttpHead): string {
  const location = answer.headers['location']
  if (location === undefined)
    throw new HttpError('protocol', answer.url, 'the registry names no Location for the upload')
  return absolute(endpointOf(repository.host), location)
}
