/** Whether a server is up to date: in time, never in revisions, since stratum 0 publishes once per container. Pure. */
import type { Tag } from '../../../lib/cvmfs/index.ts'
import { span } from '../../../lib/markdown/index.ts'
import type { ServerFacts } from './facts.ts'
import type { Remark, Thresholds } from './remark.ts'

/** A publish that is known from a verified manifest. */
export interface Publish {
  readonly revision: number
  /** Milliseconds since 1970; undefined when no manifest said it. */
  readonly published: number | undefined
  /** '' when only its number and time are known. */
  readonly rootHash: string
}

export interface Newest extends Publish {
  /** All publishes that are known. */
  readonly publishes: readonly Publish[]
  /** Containers that the publisher's newest tree lacks: no replica can have them. */
  readonly unpublished: ReadonlySet<string>
}

/**
 * What the verified manifests of a fleet say about the publisher.
 * @param tags publishes that the publisher's own list names, and that no server has any more.
 */
export function newestOf(
  all: readonly ServerFacts[],
  tags: readonly Tag[] = [],
  unpublished: ReadonlySet<string> = new Set()
): Newest | undefined {
  const votes = new Map<number, Map<string, { votes: number; published: number | undefined }>>()
  const vote = (revision: number, rootHash: string, published: number | undefined, weight: number): void => {
    const roots = votes.get(revision) ?? new Map<string, { votes: number; published: number | undefined }>()
    votes.set(revision, roots.set(rootHash, { published, votes: (roots.get(rootHash)?.votes ?? 0) + weight }))
  }
  for (const { identity, fresh, server } of all) {
    const { manifest, trusted } = identity
    if (manifest === undefined || !trusted) continue
    // Where two servers disagree about a revision, stratum 0 is right; without it, the greater number.
    vote(manifest.revision, manifest.rootCatalog.hex, manifest.published, server.stratum0 ? all.length : 1)
    if (fresh !== undefined) vote(fresh.revision, fresh.rootHash, fresh.published, 1)
  }
  const seen = [...votes]
    .map(([revision, roots]) => {
      const [[rootHash, { published }] = ['', { published: undefined }]] = [...roots].toSorted(
        ([, one], [, other]) => other.votes - one.votes
      )
      return { revision, rootHash, published }
    })
    .toSorted((one, other) => one.revision - other.revision)
  const last = seen.at(-1)
  if (last === undefined) return undefined
  const named = tags
    .filter(({ revision }) => revision < last.revision && !votes.has(revision))
    .map((tag) => ({ ...tag, rootHash: '' }))
  return { ...last, publishes: [...seen, ...named], unpublished }
}

/**
 * How long a server has been behind: since the oldest publish that it misses and that anybody knows of. A burst of
 * publishes in the last hour is an hour, whatever the count; a server that is stuck stays stuck while others go on.
 * @returns undefined when the time is not known, 0 when it misses nothing.
 */
export function lagOf(revision: number, newest: Newest, now: number): number | undefined {
  const missed = newest.publishes.filter((publish) => publish.revision > revision)
  if (missed.length === 0) return 0
  const times = missed.map(({ published }) => published).filter((time) => time !== undefined)
  return times.length === 0 ? undefined : Math.max(0, now - Math.min(...times))
}

/** Lag and snapshot age, with their cause as one finding. */
export function judgeFreshness(
  facts: ServerFacts,
  newest: Newest,
  limits: Thresholds,
  now: number
): { remarks: Remark[]; lagMs: number | undefined; snapshotAgeMs: number | undefined } {
  const { identity, snapshot, server } = facts
  const snapshotAgeMs = snapshot.last === undefined ? undefined : Math.max(0, now - snapshot.last)
  if (identity.manifest === undefined || !identity.trusted)
    return { remarks: [], lagMs: undefined, snapshotAgeMs }
  const lagMs = lagOf(identity.manifest.revision, newest, now)
  const remarks: Remark[] = []
  const late = lateness(lagMs, limits.lagWarning, limits.maxLag)
  const old = server.stratum0
    ? undefined
    : lateness(snapshotAgeMs, limits.snapshotWarning, limits.maxSnapshotAge)
  if (late !== undefined)
    remarks.push(explain(facts, newest, late, old !== undefined, lagMs ?? 0, snapshotAgeMs, now))
  else if (old !== undefined) remarks.push(deadCron(old, snapshotAgeMs ?? 0))
  if (lagMs === undefined) {
    remarks.push({
      id: 'lag-unknown',
      severity: 'unknown',
      message: `It has revision ${identity.manifest.revision}, others have ${newest.revision}, and no manifest says when that was published.`
    })
  }
  remarks.push(...judgeFork(facts, newest))
  if (!server.stratum0 && snapshot.unreadable !== undefined) {
    remarks.push({
      id: 'snapshot-date-unreadable',
      severity: 'warning',
      message: `Its time of the last snapshot cannot be understood: "${snapshot.unreadable.replace(/[^\x20-\x7e]/g, '?')}".`,
      hint: 'Run cvmfs_server with LC_ALL=C on that server.'
    })
  }
  if (snapshot.checkFailed) {
    remarks.push({
      id: 'replica-check-failed',
      severity: 'warning',
      message: 'Its own cvmfs_server check has failed.',
      hint: 'Ask its owner to repair the replica (cvmfs_server check -r).'
    })
  }
  return { remarks, lagMs, snapshotAgeMs }
}

type Late = 'warning' | 'error'

function lateness(value: number | undefined, warning: number, max: number): Late | undefined {
  if (value === undefined) return undefined
  return value > max ? 'error' : value > warning ? 'warning' : undefined
}

/** Why a server is behind; one finding, whatever else is a consequence of the same cause. */
function explain(
  facts: ServerFacts,
  newest: Newest,
  severity: Late,
  snapshotOld: boolean,
  lagMs: number,
  snapshotAgeMs: number | undefined,
  now: number
): Remark {
  const { identity, fresh, snapshot, server } = facts
  const revision = identity.manifest?.revision ?? 0
  const behind = `It has missed what was published ${span(lagMs)} ago (it has revision ${revision}, the newest is ${newest.revision})`
  if (fresh !== undefined && fresh.revision > revision) {
    const shown = Object.entries(identity.evidence).map(([name, value]) => `${name}: ${value}`)
    return {
      id: 'cache-serves-old',
      severity,
      message: `${behind}; past the cache it has revision ${fresh.revision}${shown.length === 0 ? '' : ` (${shown.join(', ')})`}.`,
      hint: 'Purge the manifest from the cache, and keep it there for a minute at most.'
    }
  }
  if (server.stratum0) {
    return {
      id: 'stratum0-behind',
      severity,
      message: `${behind}, and is said to be stratum 0.`,
      hint: 'See whether the address is still that of the publisher.'
    }
  }
  if (snapshot.runningSince !== undefined) {
    const since =
      snapshot.runningSince === 'unreadable' ? '' : `, running for ${span(now - snapshot.runningSince)}`
    return {
      id: 'replica-snapshotting',
      severity,
      message: `${behind}; a snapshot is under way${since}.`,
      hint: 'Wait for it; when it does not move, its lock or a crash is in the way.'
    }
  }
  if (snapshotAgeMs === undefined) {
    return {
      id: 'replica-stale',
      severity,
      message: `${behind}; it does not say when its last snapshot was.`,
      hint: 'Ask its owner whether snapshots run.'
    }
  }
  if (snapshotOld) {
    return {
      id: 'replica-cron-dead',
      severity,
      message: `${behind}; its last snapshot was ${span(snapshotAgeMs)} ago.`,
      hint: 'Ask its owner to look at the cron job of cvmfs_server snapshot and at a lock that was left.'
    }
  }
  return {
    id: 'replica-upstream-stale',
    severity,
    message: `${behind}, although its last snapshot was only ${span(snapshotAgeMs)} ago: what it replicates from is behind.`,
    hint: 'Ask its owner from where it replicates (CVMFS_STRATUM0), and whether a cache stands between.'
  }
}

/** Nothing was published that it misses, but it would not notice if there were. */
function deadCron(severity: Late, snapshotAgeMs: number): Remark {
  return {
    id: 'replica-cron-dead',
    severity,
    message: `Its last snapshot was ${span(snapshotAgeMs)} ago; it has everything only because nothing was published since.`,
    hint: 'Ask its owner to look at the cron job of cvmfs_server snapshot and at a lock that was left.'
  }
}

/** The same revision with another root: two publishers, or a publisher that went back. */
function judgeFork({ identity }: ServerFacts, newest: Newest): Remark[] {
  const { manifest } = identity
  const same = newest.publishes.find(({ revision }) => revision === manifest?.revision)
  if (
    manifest === undefined ||
    same === undefined ||
    same.rootHash === '' ||
    same.rootHash === manifest.rootCatalog.hex
  )
    return []
  return [
    {
      id: 'manifest-fork',
      severity: 'error',
      message: `Its revision ${manifest.revision} has another root catalog than the same revision elsewhere.`,
      hint: 'Find out which of the two stratum 0 has; the other one was published twice or is forged.'
    }
  ]
}
