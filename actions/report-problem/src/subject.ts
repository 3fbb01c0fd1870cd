/** Which run is told about: the one that this job belongs to, or the one that a `workflow_run` event is about. Pure. */
import type { Runner } from '../../../lib/ports/index.ts'

export interface RunSubject {
  readonly id: number
  readonly attempt: number
  /** Name of the workflow, as shown. */
  readonly workflow: string
  /** `refs/heads/main`; with the owner in front when it comes from a fork. */
  readonly ref: string
  readonly url: string
  /** True when this job is part of the run: then it is not over yet. */
  readonly own: boolean
  /** From a fork, or started by Dependabot: GitHub gives such a run a token that can only read. */
  readonly untrusted: boolean
  /** Login of who asked for the run, when somebody did: not for a schedule. */
  readonly submitter: string | undefined
}

/** Reads it off the runner; undefined outside of a run. */
export function subjectOf(runner: Runner): RunSubject | undefined {
  const followed =
    runner.eventName === 'workflow_run' ? fromEvent(runner, at(runner.event, 'workflow_run')) : undefined
  if (followed !== undefined) return followed
  const id = Number(runner.runId)
  if (!Number.isSafeInteger(id) || id <= 0) return undefined
  return {
    id,
    attempt: runner.runAttempt,
    workflow: runner.workflow,
    ref: runner.ref,
    url: urlOf(runner, id),
    own: true,
    untrusted: isFork(runner) || runner.actor === 'dependabot[bot]',
    submitter: submitterOf(runner)
  }
}

function fromEvent(runner: Runner, run: unknown): RunSubject | undefined {
  const id = at(run, 'id')
  const attempt = at(run, 'run_attempt')
  if (!isCount(id) || !isCount(attempt)) return undefined
  const branch = textAt(run, 'head_branch') ?? ''
  const head = textAt(run, 'head_repository', 'full_name')
  const isForeign = head?.toLowerCase() !== runner.repository.toLowerCase()
  return {
    id,
    attempt,
    workflow: textAt(run, 'name') ?? runner.workflow,
    // A branch of a fork may be called main as well.
    ref: isForeign ? `${head ?? 'a repository that is gone'}:${branch}` : `refs/heads/${branch}`,
    url: urlOf(runner, id),
    own: false,
    // The token of a workflow_run is that of the default branch.
    untrusted: false,
    submitter: textAt(run, 'event') === 'schedule' ? undefined : textAt(run, 'triggering_actor', 'login')
  }
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads: who stands behind each event. */
function submitterOf({ event, eventName, triggeringActor }: Runner): string | undefined {
  switch (eventName) {
    case 'pull_request':
    case 'pull_request_target':
      return textAt(event, 'pull_request', 'user', 'login')
    case 'issues':
    case 'issue_comment':
      return textAt(event, 'issue', 'user', 'login')
    case 'push':
      return textAt(event, 'head_commit', 'author', 'username') ?? textAt(event, 'sender', 'login')
    case 'workflow_dispatch':
      return triggeringActor === '' ? undefined : triggeringActor
    default:
      return undefined
  }
}

function isFork({ event, eventName, repository }: Runner): boolean {
  if (eventName !== 'pull_request') return false
  const head = textAt(event, 'pull_request', 'head', 'repo', 'full_name')
  // Null when the fork is gone.
  return head?.toLowerCase() !== repository.toLowerCase()
}

function urlOf({ serverUrl, repository }: Runner, id: number): string {
  return `${serverUrl.replace(/\/+$/, '')}/${repository}/actions/runs/${id}`
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value
  )
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}
