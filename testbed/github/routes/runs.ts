/** Workflow runs, jobs, annotations, dispatches. https://docs.github.com/rest/actions */
import { ApiError, invalid, notFound, paged, read, text, write } from '../call.ts'
import type { Call, Reply, Routes } from '../call.ts'
import * as present from '../present/index.ts'
import type { Run } from '../repository.ts'

export const runRoutes: Routes = {
  'actions/list-workflow-runs-for-repo': read('actions', (call) => runs(call, () => true)),

  'actions/list-workflow-runs': read('actions', (call) => {
    const file = workflowOf(call)
    return runs(call, (run) => run.seed.workflow === file)
  }),

  'actions/get-workflow-run': read('actions', (call) => ({
    status: 200,
    body: present.run(call.base, call.repository, runOf(call))
  })),

  'actions/get-workflow-run-attempt': read('actions', (call) => {
    const run = runOf(call)
    if (Number(call.parameters['attempt_number']) > run.attempt) throw notFound()
    return {
      status: 200,
      body: present.run(call.base, call.repository, {
        ...run,
        attempt: Number(call.parameters['attempt_number'])
      })
    }
  }),

  'actions/list-jobs-for-workflow-run': read('actions', (call) => {
    const run = runOf(call)
    return jobs(call, run, call.query.get('filter') === 'all' ? undefined : run.attempt)
  }),

  'actions/list-jobs-for-workflow-run-attempt': read('actions', (call) =>
    jobs(call, runOf(call), Number(call.parameters['attempt_number']))
  ),

  'checks/list-annotations': read('checks', (call) => {
    const id = Number(call.parameters['check_run_id'])
    const run = call.repository.runs.find((one) => one.jobs.some((job) => job.id === id))
    const annotations = call.repository.annotations.get(id)
    if (!run || !annotations) throw notFound()
    return paged(call, annotations, (page) =>
      page.map((one) => present.annotation(call.base, call.repository, run, one))
    )
  }),

  'actions/create-workflow-dispatch': write('actions', (call) => {
    const workflow = workflowOf(call)
    const ref = text(call, 'ref') ?? ''
    if (call.repository.find(ref) === undefined) throw new ApiError(422, `No ref found for: ${ref}`)
    const inputs = (call.body['inputs'] ?? {}) as Record<string, unknown>
    if (Object.keys(inputs).length > 25) throw invalid('Workflow', 'inputs', 'custom', 'more than 25 inputs')
    call.repository.dispatches.push({ workflow, ref, inputs })
    return { status: 204 }
  })
}

function runs(call: Call, also: (run: Run) => boolean): Reply {
  const { query } = call
  const asked = (name: string, value: string | null): boolean =>
    query.get(name) === null || query.get(name) === value
  const found = call.repository.runs
    .filter(
      (run) =>
        also(run) &&
        asked('head_sha', run.sha) &&
        asked('branch', run.branch) &&
        asked('event', run.seed.event ?? 'schedule') &&
        (asked('status', run.status) || asked('status', run.conclusion)) &&
        asked('actor', run.actor)
    )
    .reverse()
  return paged(call, found, (page, total) => ({
    total_count: total,
    workflow_runs: page.map((run) => present.run(call.base, call.repository, run))
  }))
}

function jobs(call: Call, run: Run, attempt: number | undefined): Reply {
  const found = run.jobs.filter((job) => attempt === undefined || job.attempt === attempt)
  return paged(call, found, (page, total) => ({
    total_count: total,
    jobs: page.map((job) => present.job(call.base, call.repository, run, job))
  }))
}

function runOf(call: Call): Run {
  const found = call.repository.runs.find((run) => run.id === Number(call.parameters['run_id']))
  if (!found) throw notFound()
  return found
}

/** A workflow is named by its file or by its number. */
function workflowOf(call: Call): string {
  const given = call.parameters['workflow_id'] ?? ''
  const known = call.repository.workflows
  const found = known.includes(given) ? given : known[Number(given) - 1]
  if (found === undefined) throw notFound()
  return found
}
