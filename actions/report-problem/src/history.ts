/**
 * How often something was bad before, for `threshold`. The count travels from run to run in an annotation of this
 * job: no write permission, no artifact, nothing to clean up.
 */
import type { Repository } from '../../../lib/github/index.ts'
import { messageOf } from '../../../lib/failure/index.ts'
import type { Log, Runner } from '../../../lib/ports/index.ts'
import { firstLine, isRefusedOrDown } from './look.ts'
import { digest } from './marker.ts'

export type Streaks = ReadonlyMap<string, number>

const TITLE = 'Bad runs in a row'
/** Earlier runs that are looked at: some were cancelled before they came to this job. */
const MOST_RUNS = 10
/** What fits into an annotation; more than this waiting is no case for a threshold. */
const MOST_SUBJECTS = 1000

/** Leaves the counts for the next run: by digest of the subject, this run included. */
export function leaveStreaks(key: string, waiting: ReadonlyMap<string, number>, log: Log): void {
  const counts = [...waiting].slice(0, MOST_SUBJECTS).map(([subject, count]) => `${digest(subject)}=${count}`)
  log.notice([`key=${digest(key)}`, ...counts].join(' '), { file: '', title: TITLE })
}

/** The counts of the run before this one; undefined when nobody knows, `reason` says why. */
export async function readStreaks(
  repository: Repository,
  key: string,
  runner: Runner,
  log: Log
): Promise<{ readonly streaks: Streaks | undefined; readonly reason: string }> {
  const id = Number(runner.runId)
  try {
    const run = await repository.runs.get(id)
    if (run === undefined) return { streaks: undefined, reason: `GitHub does not know run ${id}` }
    const own = await ownName(repository, id, runner)
    if (own === undefined) return { streaks: undefined, reason: 'this job was not found in its run' }
    const before = (await repository.runs.of(run.path.split('/').at(-1) ?? '', run.branch))
      .filter((one) => one.id < id && one.status === 'completed')
      .slice(0, MOST_RUNS)
    for (const { id: earlier, attempt } of before) {
      const found = await streaksIn(repository, earlier, attempt, own, key)
      if (found !== undefined) return { streaks: found, reason: '' }
      log.debug(`run ${earlier} left no counts`)
    }
    return { streaks: new Map(), reason: '' }
  } catch (error) {
    if (!isRefusedOrDown(error)) throw error
    return { streaks: undefined, reason: firstLine(messageOf(error)) }
  }
}

/** Name of this job as shown, which is not its id: the one that runs on this runner now. */
async function ownName(repository: Repository, id: number, runner: Runner): Promise<string | undefined> {
  const jobs = await repository.runs.jobs(id, runner.runAttempt)
  const here = jobs.filter((job) => job.status === 'in_progress')
  const job =
    here.find((one) => one.runner !== undefined && one.runner === runner.env['RUNNER_NAME']) ??
    here.find((one) => one.name === runner.env['GITHUB_JOB'])
  return job?.name
}

async function streaksIn(
  repository: Repository,
  run: number,
  attempt: number,
  name: string,
  key: string
): Promise<Streaks | undefined> {
  const job = (await repository.runs.jobs(run, attempt)).find((one) => one.name === name)
  if (job === undefined) return undefined
  const start = `key=${digest(key)}`
  const left = (await repository.runs.annotations(job.id)).find(
    ({ title, message }) => title === TITLE && (message === start || message.startsWith(`${start} `))
  )
  return left === undefined ? undefined : parseStreaks(left.message)
}

/** Pure. */
export function parseStreaks(message: string): Streaks {
  const pairs = [...message.matchAll(/ ([0-9a-f]{20})=(\d{1,6})(?= |$)/g)]
  return new Map(pairs.map(([, subject = '', count = '0']) => [subject, Number(count)]))
}
