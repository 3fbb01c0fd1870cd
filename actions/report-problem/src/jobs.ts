/** What became of the jobs of a run, and which of them a report already explains. Pure. */
import type { Annotation, Job } from '../../../lib/github/index.ts'
import type { Report } from '../../../lib/report/index.ts'
import type { NeedResult, Needs } from './inputs.ts'

/** One job that did not end well, with what is known about the reason. */
export interface FailedJob {
  readonly name: string
  /** Finding id: what kind of end it was. */
  readonly id: JobEnd
  /** What is the case, in one sentence. */
  readonly message: string
  readonly hint: string
  /** undefined: no runner took it, or nothing is known about it. */
  readonly runner: string | undefined
  readonly conclusion: string
  readonly failedSteps: readonly string[]
  readonly lastAnnotation: string
  readonly url: string
}

export type JobEnd =
  'job-failed' | 'job-set-up-failed' | 'job-timed-out' | 'job-runner-lost' | 'job-not-started' | 'job-unknown'

/** A job of the API with what it said; undefined: its annotations could not be read. */
export interface SeenJob {
  readonly job: Job
  readonly annotations: readonly Annotation[] | undefined
}

export interface JobsVerdict {
  /** Jobs that failed, whatever explains them. */
  readonly failed: readonly FailedJob[]
  /** Those of them about which no report says anything. */
  readonly unexplained: readonly FailedJob[]
  /** Names of jobs (and ids of needs) that ended well, or that told in a report why not. */
  readonly well: readonly string[]
  /** Names of jobs that were cancelled, by a person or because a newer run came. */
  readonly cancelled: readonly string[]
}

const ENDED_BADLY: ReadonlySet<string> = new Set(['failure', 'timed_out', 'cancelled', 'startup_failure'])

/** True for a job about which more has to be known. */
export function endedBadly(job: Job): boolean {
  return ENDED_BADLY.has(job.conclusion ?? '')
}

/** `jobs` is undefined when the API could not be asked: then only `needs` tells. */
export function judgeJobs(
  jobs: readonly SeenJob[] | undefined,
  needs: Needs,
  reports: readonly Report[]
): JobsVerdict {
  const all = jobs ?? []
  const bad = all
    .filter(({ job }) => endedBadly(job) && isWatched(job.name, all, needs))
    .map((seen) => ({ seen, told: describe(seen) }))
  const failed = bad.flatMap(({ told }) => (told === undefined ? [] : [told]))
  const explained = new Set(
    bad
      .filter(({ seen }) => reports.some((report) => explains(report, seen)))
      .map(({ seen }) => seen.job.name)
  )
  const isSeen = (id: string): boolean => all.some(({ job }) => isLegOf(job.name, id))
  const alone = [...needs].filter(([id, result]) => result === 'failure' && !isSeen(id))
  // Jobs with a name of their own stand for needs that no job is named after.
  const isCovered = bad.some(({ seen }) => ![...needs.keys()].some((id) => isLegOf(seen.job.name, id)))
  const unseen = isCovered ? [] : alone.map(([id]) => unknownJob(id))
  return {
    failed: [...failed, ...unseen],
    unexplained: [...failed.filter(({ name }) => !explained.has(name)), ...unexplainedNeeds(unseen, reports)],
    well: [
      ...all.filter(({ job }) => job.conclusion === 'success').map(({ job }) => job.name),
      ...failed.filter(({ name }) => explained.has(name)).map(({ name }) => name),
      ...[...needs].filter(([, result]) => result === 'success').map(([id]) => id)
    ],
    cancelled: [
      ...bad.filter(({ told }) => told === undefined).map(({ seen }) => seen.job.name),
      ...[...needs].filter(([id, result]) => result === 'cancelled' && !isSeen(id)).map(([id]) => id)
    ]
  }
}

/** `build`, `build (a, b)` of a matrix, `build / test` of a reusable workflow. */
export function isLegOf(name: string, id: string): boolean {
  return name === id || name.startsWith(`${id} (`) || name.startsWith(`${id} / `)
}

/**
 * With `needs`, what the caller waits for: a job that failed and was allowed to (its need says success) is no
 * problem. A job with a name of its own belongs to one of the needs that no job is named after.
 */
function isWatched(name: string, jobs: readonly SeenJob[], needs: Needs): boolean {
  if (needs.size === 0) return true
  const own = [...needs].filter(([id]) => isLegOf(name, id))
  if (own.length > 0) return own.some(([, result]) => matters(result))
  const nameless = [...needs].filter(([id]) => !jobs.some(({ job }) => isLegOf(job.name, id)))
  return nameless.some(([, result]) => matters(result))
}

const matters = (result: NeedResult): boolean => result === 'failure' || result === 'cancelled'

/** Without the API nobody can tell which job wrote which report: bad reports explain as many failed needs. */
function unexplainedNeeds(needs: readonly FailedJob[], reports: readonly Report[]): readonly FailedJob[] {
  const bad = reports.filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown').length
  return bad >= needs.length ? [] : needs
}

/**
 * True when the report says why the job failed: its annotations have the report's words, as every action of the
 * suite writes them. Where annotations cannot be read, a bad report that was written while the job ran is taken.
 */
export function explains(report: Report, { job, annotations }: SeenJob): boolean {
  if (report.verdict !== 'failed' && report.verdict !== 'unknown') return false
  if (annotations === undefined) return ranDuring(report, job)
  const said = annotations.filter(({ level }) => level === 'failure').map(({ message }) => flat(message))
  const words = [
    report.headline,
    ...report.findings.map(({ subject, message }) => `${subject}: ${message}`)
  ].map(flat)
  return said.some((message) => words.some((word) => word.length >= 8 && message.includes(word)))
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

function ranDuring(report: Report, job: Job): boolean {
  const [started, completed] = [Date.parse(job.startedAt ?? ''), Date.parse(job.completedAt ?? '')]
  return Date.parse(report.started) >= started - 60_000 && Date.parse(report.finished) <= completed + 60_000
}

// The texts are the runner's own: https://github.com/actions/runner, and those of GitHub's service.
const LOST =
  /lost communication with the server|received a shutdown signal|runner .{0,80}(terminated|went offline)/i
const TIMED_OUT = /exceeded the maximum execution time/i
const NOT_TAKEN = /was not acquired by runner|no hosted parallelism|job was not started/i
const DISK = /no space left on device/i

/** undefined: it was cancelled on purpose, which is nobody's problem. */
function describe({ job, annotations }: SeenJob): FailedJob | undefined {
  const said = (annotations ?? []).filter(({ level }) => level === 'failure').map(({ message }) => message)
  const steps = job.steps.filter(({ conclusion }) => conclusion === 'failure').map(({ name }) => name)
  const end = endOf(job, said, steps)
  if (end === undefined) return undefined
  return {
    name: job.name,
    id: end,
    ...TEXTS[end](
      job,
      steps,
      said.some((message) => DISK.test(message))
    ),
    runner: job.runner,
    conclusion: job.conclusion ?? '',
    failedSteps: steps,
    lastAnnotation: lastWord(said),
    url: job.url
  }
}

/** The runner's own last word, "Process completed with exit code 1.", says nothing where anything else was said. */
function lastWord(said: readonly string[]): string {
  const telling = said.filter((message) => !/^Process completed with exit code \d+\.?$/.test(message.trim()))
  return telling.at(-1) ?? said.at(-1) ?? ''
}

function endOf(job: Job, said: readonly string[], steps: readonly string[]): keyof typeof TEXTS | undefined {
  const has = (pattern: RegExp): boolean => said.some((message) => pattern.test(message))
  if (job.conclusion === 'timed_out' || has(TIMED_OUT)) return 'job-timed-out'
  if (has(LOST)) return 'job-runner-lost'
  if (has(NOT_TAKEN) || (job.runner === undefined && job.conclusion !== 'cancelled')) return 'job-not-started'
  if (job.conclusion === 'cancelled') return undefined
  if (steps.includes('Set up job') || steps.includes('Initialize containers')) return 'job-set-up-failed'
  // No step failed, and yet the job did: the runner went away without a word.
  return steps.length === 0 ? 'job-runner-lost' : 'job-failed'
}

type Text = { readonly message: string; readonly hint: string }

const TEXTS: Readonly<
  Record<Exclude<JobEnd, 'job-unknown'>, (job: Job, steps: readonly string[], diskFull: boolean) => Text>
> = {
  'job-failed': (_, steps, diskFull) => ({
    message: `It failed at ${steps.map((step) => `"${step}"`).join(', ')} and left no report.`,
    hint: diskFull
      ? 'The disk was full: free space, or take a larger runner.'
      : 'Look at the log of that step.'
  }),
  'job-set-up-failed': (_, steps) => ({
    message: `It failed at ${steps.map((step) => `"${step}"`).join(', ')}, before any step of the workflow.`,
    hint: 'Run it again; when it fails again, look at the names and pins of its actions and images.'
  }),
  'job-timed-out': (job) => ({
    message: `It ran into its time limit${unfinished(job)}.`,
    hint: 'Look at what the step was waiting for, or raise `timeout-minutes`.'
  }),
  'job-runner-lost': (job) => ({
    message: `Its runner (${job.runner ?? 'unknown'}) went away${unfinished(job)}.`,
    hint: 'Run it again; when it happens at the same place, look at memory and disk.'
  }),
  'job-not-started': () => ({
    message: 'No runner took it.',
    hint: 'Look at the labels in `runs-on` and at the runners that are online.'
  })
}

function unfinished(job: Job): string {
  const step = job.steps.find(({ conclusion }) => conclusion === 'cancelled' || conclusion === undefined)
  return step === undefined ? '' : ` in "${step.name}"`
}

function unknownJob(id: string): FailedJob {
  return {
    name: id,
    id: 'job-unknown',
    message: 'It failed; no report and no details could be read.',
    hint: 'Give the job that reports `actions: read` and `checks: read`, and look at the run.',
    runner: undefined,
    conclusion: 'failure',
    failedSteps: [],
    lastAnnotation: '',
    url: ''
  }
}
