/** Workflow runs, jobs, annotations. */
import type { Job, Repository, Run } from '../repository.ts'
import type { AnnotationSeed } from '../types.ts'
import { trimmed, utc } from './commits.ts'
import { node, repository, user } from './people.ts'
import type { Json } from './people.ts'

export function run(base: string, repo: Repository, one: Run): Json {
  const url = `${base}/repos/${repo.name}/actions/runs/${one.id}`
  const known = repo.find(one.sha)
  const tip = known === undefined ? undefined : repo.objects.commit(known)
  const workflow = repo.workflows.indexOf(one.seed.workflow) + 1
  return {
    id: one.id,
    node_id: node('WorkflowRun', one.id),
    name: one.seed.name ?? one.seed.workflow.replace(/\.ya?ml$/, ''),
    display_title: tip === undefined ? one.seed.workflow : (tip.message.split('\n')[0] ?? ''),
    head_branch: one.branch,
    head_sha: one.sha,
    path: `.github/workflows/${one.seed.workflow}`,
    run_number: one.number,
    run_attempt: one.attempt,
    event: one.seed.event ?? 'schedule',
    status: one.status,
    conclusion: one.conclusion,
    workflow_id: workflow,
    check_suite_id: one.id,
    check_suite_node_id: node('CheckSuite', one.id),
    url,
    html_url: `${base}/${repo.name}/actions/runs/${one.id}`,
    pull_requests: [],
    created_at: one.createdAt,
    updated_at: one.createdAt,
    run_started_at: one.createdAt,
    actor: user(base, one.actor),
    triggering_actor: user(base, one.actor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${base}/repos/${repo.name}/check-suites/${one.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: one.attempt > 1 ? `${url}/attempts/${one.attempt - 1}` : null,
    workflow_url: `${base}/repos/${repo.name}/actions/workflows/${workflow}`,
    head_commit:
      tip === undefined
        ? null
        : {
            id: one.sha,
            tree_id: tip.tree,
            message: trimmed(tip.message),
            timestamp: utc(tip.committer),
            author: { name: tip.author.name, email: tip.author.email },
            committer: { name: tip.committer.name, email: tip.committer.email }
          },
    repository: repository(base, repo),
    head_repository: repository(base, repo)
  }
}

export function job(base: string, repo: Repository, one: Run, part: Job): Json {
  const url = `${base}/repos/${repo.name}/actions/jobs/${part.id}`
  const status = part.seed.status ?? 'completed'
  const taken = part.seed.runner !== null
  return {
    id: part.id,
    run_id: one.id,
    run_url: `${base}/repos/${repo.name}/actions/runs/${one.id}`,
    run_attempt: part.attempt,
    node_id: node('CheckRun', part.id),
    head_sha: one.sha,
    head_branch: one.branch,
    url,
    html_url: `${base}/${repo.name}/actions/runs/${one.id}/job/${part.id}`,
    status,
    conclusion: status === 'completed' ? (part.seed.conclusion ?? 'success') : null,
    created_at: one.createdAt,
    started_at: one.createdAt,
    completed_at: status === 'completed' ? one.createdAt : null,
    name: part.seed.name,
    steps: (part.seed.steps ?? []).map((step, at) => ({
      name: step.name,
      status: step.conclusion === null ? 'in_progress' : 'completed',
      conclusion: step.conclusion,
      number: at + 1,
      started_at: one.createdAt,
      completed_at: step.conclusion === null ? null : one.createdAt
    })),
    check_run_url: `${base}/repos/${repo.name}/check-runs/${part.id}`,
    labels: ['ubuntu-24.04'],
    runner_id: taken ? 1 : null,
    runner_name: taken ? (part.seed.runner ?? 'GitHub Actions 1') : null,
    runner_group_id: taken ? 2 : null,
    runner_group_name: taken ? 'GitHub Actions' : null,
    workflow_name: one.seed.name ?? one.seed.workflow.replace(/\.ya?ml$/, '')
  }
}

export function annotation(base: string, repo: Repository, one: Run, text: AnnotationSeed): Json {
  const path = text.path ?? '.github'
  return {
    path,
    start_line: text.line ?? 1,
    end_line: text.line ?? 1,
    start_column: null,
    end_column: null,
    annotation_level: text.level,
    title: text.title ?? '',
    message: text.message,
    raw_details: '',
    blob_href: `${base}/${repo.name}/blob/${one.sha}/${path}`
  }
}
