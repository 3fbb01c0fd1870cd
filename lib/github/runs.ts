/** Workflow runs, their jobs and annotations, and starting one. https://docs.github.com/rest/actions */
import type { RestEndpointMethodTypes } from '@octokit/rest'
import type { Connection } from './connect.ts'
import type { Run, Runs } from './types.ts'

type Answer = RestEndpointMethodTypes['actions']['getWorkflowRun']['response']['data']

export function createRuns(
  connection: Connection,
  at: { readonly owner: string; readonly repo: string }
): Runs {
  return {
    at: async (sha, workflow) => {
      const query = { ...at, head_sha: sha, per_page: 100 }
      const found = await connection.find(
        `runs of ${workflow ?? 'all workflows'} at ${sha}`,
        async (octokit) =>
          workflow === undefined
            ? await octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, query)
            : await octokit.paginate(octokit.rest.actions.listWorkflowRuns, {
                ...query,
                workflow_id: workflow
              })
      )
      // A workflow that is not there has no runs.
      return (found ?? []).map(toRun)
    },

    of: async (workflow, branch) =>
      (
        (await connection.find(`runs of ${workflow} on ${branch}`, async (octokit) => {
          const query = { ...at, workflow_id: workflow, branch, per_page: 100 }
          return (await octokit.rest.actions.listWorkflowRuns(query)).data.workflow_runs
        })) ?? []
      ).map(toRun),

    get: async (id) =>
      await connection.find(`run ${id}`, async (octokit) =>
        toRun((await octokit.rest.actions.getWorkflowRun({ ...at, run_id: id })).data)
      ),

    jobs: async (run, attempt) =>
      await connection.ask(`jobs of run ${run}`, async (octokit) => {
        const jobs = await octokit.paginate(octokit.rest.actions.listJobsForWorkflowRunAttempt, {
          ...at,
          run_id: run,
          attempt_number: attempt,
          per_page: 100
        })
        return jobs.map((job) => ({
          id: job.id,
          name: job.name,
          status: job.status,
          conclusion: job.conclusion ?? undefined,
          runner: job.runner_name === null || job.runner_name === '' ? undefined : job.runner_name,
          url: job.html_url ?? '',
          startedAt: job.started_at,
          completedAt: job.completed_at ?? undefined,
          steps: (job.steps ?? []).map((step) => ({
            name: step.name,
            status: step.status,
            conclusion: step.conclusion ?? undefined
          }))
        }))
      }),

    annotations: async (job) =>
      (await connection.find(`annotations of job ${job}`, async (octokit) => {
        const answer = await octokit.rest.checks.listAnnotations({ ...at, check_run_id: job, per_page: 100 })
        return answer.data.map((one) => ({
          level: one.annotation_level ?? '',
          title: one.title ?? '',
          message: one.message ?? '',
          path: one.path,
          line: one.start_line
        }))
      })) ?? [],

    dispatch: async (workflow, ref, inputs) => {
      // Nobody can see whether it had its effect: after a lost answer it is not sent a second time.
      await connection.ask(
        `dispatch of ${workflow}`,
        async (octokit) =>
          await octokit.rest.actions.createWorkflowDispatch({
            ...at,
            workflow_id: workflow,
            ref,
            inputs: { ...inputs }
          })
      )
    }
  }
}

function toRun(one: Answer): Run {
  return {
    id: one.id,
    name: one.name ?? '',
    path: one.path,
    sha: one.head_sha,
    branch: one.head_branch ?? '',
    event: one.event,
    status: one.status ?? '',
    conclusion: one.conclusion ?? undefined,
    attempt: one.run_attempt ?? 1,
    actor: one.triggering_actor?.login ?? one.actor?.login ?? '',
    url: one.html_url,
    createdAt: one.created_at
  }
}
