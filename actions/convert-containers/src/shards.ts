/** The plan cut into jobs of a matrix, as even as they get. Pure. */
import type { Architecture } from '../../../lib/catalogue/index.ts'
import type { Job } from './plan.ts'

/** Most jobs that GitHub makes of one matrix. */
export const MAX_JOBS = 256

export interface Shard {
  /** `2/5`, for the job's name. */
  readonly shard: string
  readonly names: readonly string[]
  readonly bytes: number
  readonly 'disk-bytes': number
  readonly arch: Architecture
  /** By the disk that its largest container needs. */
  readonly runner: 'standard' | 'large' | 'self-hosted'
}

/** Free disk that GitHub promises on a standard runner, and what its larger ones have. */
const STANDARD_DISK = 14e9
const LARGE_DISK = 130e9

/**
 * Longest job first, each to the shard that has the least so far; architectures stay apart, since each wants its
 * own machine. The result is the same for the same plan.
 */
export function makeShards(jobs: readonly Job[], wanted: number): Shard[] {
  const groups = new Map<Architecture, Job[]>()
  for (const job of jobs) {
    const group = groups.get(job.container.architecture) ?? []
    group.push(job)
    groups.set(job.container.architecture, group)
  }
  const limit = Math.max(groups.size, Math.min(wanted, MAX_JOBS))
  const counts = spread(
    [...groups.values()].map((group) => ({ jobs: group.length, bytes: total(group) })),
    limit
  )
  const bins = [...groups].flatMap(([arch, group], index) =>
    fill(group, counts[index] ?? 1).map((bin) => ({ arch, jobs: bin }))
  )
  return bins.map(({ arch, jobs: own }, index) => {
    const disk = Math.max(...own.map(({ diskBytes }) => diskBytes))
    return {
      shard: `${index + 1}/${bins.length}`,
      names: own.map(({ container }) => container.id),
      bytes: total(own),
      'disk-bytes': disk,
      arch,
      runner: disk <= STANDARD_DISK ? 'standard' : disk <= LARGE_DISK ? 'large' : 'self-hosted'
    }
  })
}

/** How many shards each group gets: one each, the rest where there is most to do for one shard. */
function spread(groups: readonly { jobs: number; bytes: number }[], limit: number): number[] {
  const counts = groups.map(() => 1)
  for (let left = limit - groups.length; left > 0; left--) {
    let best = -1
    let load = -1
    groups.forEach(({ jobs, bytes }, index) => {
      const count = counts[index] ?? 1
      if (count < jobs && bytes / count > load) {
        load = bytes / count
        best = index
      }
    })
    if (best === -1) break
    counts[best] = (counts[best] ?? 1) + 1
  }
  return counts
}

function fill(jobs: readonly Job[], count: number): Job[][] {
  const bins = Array.from({ length: Math.min(count, jobs.length) }, () => ({ bytes: 0, jobs: [] as Job[] }))
  const longest = [...jobs].sort((a, b) => b.bytes - a.bytes || compare(a.container.id, b.container.id))
  for (const job of longest) {
    const lightest = bins.reduce((a, b) =>
      b.bytes < a.bytes || (b.bytes === a.bytes && b.jobs.length < a.jobs.length) ? b : a
    )
    lightest.bytes += job.bytes
    lightest.jobs.push(job)
  }
  return bins.map((bin) => bin.jobs)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function total(jobs: readonly Job[]): number {
  return jobs.reduce((sum, { bytes }) => sum + bytes, 0)
}
