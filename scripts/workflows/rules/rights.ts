/** Who may do what: permissions, secrets, and what a pull request can reach. */
import { asData, textOf, textsIn, type Job } from '../model.ts'
import { OWN } from '../references.ts'
import { problem, type Problem, type Rule } from './types.ts'

/** Everything is forbidden at the top; each job says what it needs, and why. */
export const permissions: Rule = (workflow) => {
  const problems: Problem[] = []
  const top = workflow.data['permissions']
  if (JSON.stringify(top) !== '{}')
    problems.push(problem(workflow, ['permissions'], 'permissions-top', '`permissions: {}` at the top'))
  for (const job of workflow.jobs) {
    const given = job.data['permissions']
    if (typeof given !== 'object' || given === null) {
      problems.push(
        problem(workflow, job.path, 'permissions-job', `job ${job.id}: its permissions, one by one, or {}`)
      )
      continue
    }
    for (const name of Object.keys(given)) {
      const line = workflow.lineOf([...job.path, 'permissions', name])
      if (!/#\s*\S/.test(workflow.lines[line - 1] ?? ''))
        problems.push({
          file: workflow.file,
          line,
          rule: 'permission-reason',
          message: `job ${job.id}: what ${name} is for, as a comment`
        })
    }
  }
  return problems
}

const DANGEROUS = ['pull_request_target', 'issue_comment', 'issues', 'discussion', 'fork', 'watch']

/** Events that run with rights although somebody from outside caused them. */
export const triggers: Rule = (workflow) => {
  const problems = DANGEROUS.filter((event) => event in workflow.on).map((event) =>
    problem(workflow, ['on', event], 'trigger', `${event} gives rights to whoever causes it`)
  )
  if (!('workflow_run' in workflow.on)) return problems
  for (const { path, text } of textsIn(workflow.data)) {
    if (/workflow_run\.(head|pull_requests|display_title|actor)/.test(text))
      problems.push(
        problem(
          workflow,
          path,
          'workflow-run-content',
          'what the other run brought along may not be used here'
        )
      )
  }
  for (const job of workflow.jobs.filter(({ data }) => data['needs'] === undefined)) {
    if (!textOf(job.data['if']).includes("github.event.workflow_run.conclusion == 'success'"))
      problems.push(
        problem(workflow, job.path, 'workflow-run-success', `job ${job.id}: only after a run that succeeded`)
      )
  }
  return problems
}

/** Code of a pull request meets neither a secret nor a right to write. */
export const pullRequests: Rule = (workflow) => {
  if (!('pull_request' in workflow.on)) return []
  const problems: Problem[] = []
  const top = textsIn(workflow.data['env'], ['env']).filter(({ text }) => secretsIn(text).length > 0)
  for (const { path } of top)
    problems.push(problem(workflow, path, 'secret-in-pull-request', 'a secret for every job'))
  for (const job of workflow.jobs) {
    if (neverForPullRequests(job)) continue
    for (const { path, text } of textsIn(job.data, job.path)) {
      for (const name of secretsIn(text))
        problems.push(
          problem(
            workflow,
            path,
            'secret-in-pull-request',
            `job ${job.id} runs for pull requests and has ${name}`
          )
        )
    }
    for (const [name, right] of Object.entries(asData(job.data['permissions']))) {
      // Alerts of a scanner that reads the code and does not run it; nothing can be published with that.
      if (right === 'write' && name !== 'security-events')
        problems.push(
          problem(
            workflow,
            [...job.path, 'permissions', name],
            'write-in-pull-request',
            `job ${job.id} runs for pull requests and may write ${name}`
          )
        )
    }
  }
  return problems
}

/** Secrets keep their names, and whoever calls the workflow hands over each by name. */
export const secrets: Rule = (workflow, context) => {
  const problems: Problem[] = []
  const used = new Map<string, readonly (string | number)[]>()
  for (const { path, text } of textsIn(workflow.data)) {
    if (text === 'inherit' && path.at(-1) === 'secrets')
      problems.push(problem(workflow, path, 'secret-inherit', 'each secret by its name'))
    for (const name of secretsIn(text)) if (!used.has(name)) used.set(name, path)
  }
  for (const [name, path] of used) {
    if (!context.secrets.has(name))
      problems.push(
        problem(workflow, path, 'secret-unknown', `${name} is no secret of NeuroDesk's repositories`)
      )
  }
  if (!('workflow_call' in workflow.on)) return problems
  const declared = Object.keys(asData(asData(workflow.on['workflow_call'])['secrets']))
  for (const [name, path] of used) {
    if (!declared.includes(name))
      problems.push(
        problem(workflow, path, 'secret-undeclared', `${name} is not among the secrets of workflow_call`)
      )
  }
  for (const name of declared.filter((one) => !used.has(one))) {
    problems.push(
      problem(workflow, ['on', 'workflow_call', 'secrets', name], 'secret-unused', `${name} is never used`)
    )
  }
  return problems
}

/** Only the job that reports may write issues, and it looks at all the others, whatever happened to them. */
export const reporting: Rule = (workflow) => {
  const problems: Problem[] = []
  const reporters = workflow.jobs.filter(({ steps }) =>
    steps.some(({ data }) => textOf(data['uses']).startsWith(`${OWN}report-problem@`))
  )
  for (const job of workflow.jobs) {
    const writes = asData(job.data['permissions'])['issues'] === 'write'
    if (writes && !reporters.includes(job) && job.data['uses'] === undefined)
      problems.push(
        problem(workflow, [...job.path, 'permissions', 'issues'], 'issues-write', 'only the job that reports')
      )
  }
  for (const job of reporters) {
    if (!textOf(job.data['if']).includes('always()'))
      problems.push(problem(workflow, job.path, 'report-always', `job ${job.id}: if: always()`))
    const needs = [job.data['needs']].flat().map(textOf)
    const missed = workflow.jobs.filter((other) => other !== job && !needs.includes(other.id))
    if (missed.length > 0)
      problems.push(
        problem(
          workflow,
          [...job.path, 'needs'],
          'report-needs',
          `job ${job.id} does not hear of ${missed.map(({ id }) => id).join(', ')}`
        )
      )
  }
  return problems
}

/** The names of secrets in a text with expressions; the token that every job has is none of them. */
export function secretsIn(text: string): readonly string[] {
  const names = [...text.matchAll(/\bsecrets\s*(?:\.\s*(\w+)|\[\s*'([^']+)'\s*\])/g)].map(
    (match) => match[1] ?? match[2] ?? ''
  )
  const whole = /\bsecrets\s*(?![.\s[\w])/.test(expressionsOf(text)) ? ['all secrets'] : []
  return [...names, ...whole].filter((name) => name !== 'GITHUB_TOKEN')
}

function expressionsOf(text: string): string {
  return [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map((match) => match[1] ?? '').join(' ')
}

/** True when the condition of the job cannot hold for a pull request. */
function neverForPullRequests(job: Job): boolean {
  const condition = textOf(job.data['if'])
    .replace(/^\$\{\{|\}\}$/g, '')
    .trim()
  return (
    !condition.includes('||') &&
    condition.split('&&').some((part) => part.trim() === "github.event_name == 'push'")
  )
}
