/** When the revisions were published that no server has any more: from the publisher's own list of tags. */
import path from 'node:path'
import { inflateSync } from 'node:zlib'

import { Fault, readObject, tagsAfter, type Tag } from '../../../lib/cvmfs/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { ServerFacts } from './facts.ts'
import type { Fleet } from './fleet.ts'
import { newestOf } from './judge-freshness.ts'
import { endpointFor } from './probe.ts'

/** 10,000 tags have some megabytes. */
const MAX_HISTORY_BYTES = 64 * 1024 * 1024
/** Servers that are asked for it before it is done without. */
const ATTEMPTS = 3

/**
 * The tags behind the oldest revision that a server of the fleet has. Only asked for when a server is behind; without
 * an answer the times in the manifests have to do.
 */
export async function learnHistory(all: readonly ServerFacts[], fleet: Fleet): Promise<Tag[]> {
  const newest = newestOf(all)
  const revisions = all
    .filter(({ identity }) => identity.trusted)
    .map(({ identity }) => identity.manifest?.revision ?? Infinity)
  const oldest = Math.min(...revisions)
  if (newest === undefined || oldest + 1 >= newest.revision) return []
  const having = all.filter(
    ({ identity }) => identity.trusted && identity.manifest?.rootCatalog.hex === newest.rootHash
  )
  for (const { server, address, identity } of having.slice(0, ATTEMPTS)) {
    const hash = identity.manifest?.history
    if (hash === undefined) return []
    const state = await readObject(endpointFor(server, address, fleet), {
      hash,
      kind: 'history',
      stored: 'zlib'
    })
    if (state.state !== 'present' || state.body === undefined) continue
    return await tagsIn(state.body, oldest, fleet)
  }
  return []
}

async function tagsIn(body: Buffer, after: number, fleet: Fleet): Promise<Tag[]> {
  const { fs, runner, log } = fleet.ports
  const file = path.join(runner.temp, 'history.sqlite')
  try {
    await fs.mkdir(runner.temp, { recursive: true })
    await fs.writeFile(file, inflateSync(body, { maxOutputLength: MAX_HISTORY_BYTES }), { mode: 0o600 })
    return tagsAfter(file, after)
  } catch (error) {
    // The hash was right, so this is what was published; the manifests' times are left to judge by.
    log.notice(`The list of tags cannot be read: ${messageOf(error)}`)
    if (error instanceof Fault || isZlibError(error)) return []
    throw error
  } finally {
    await fs.rm(file, { force: true })
  }
}

function isZlibError(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE'
}
