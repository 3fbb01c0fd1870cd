/** The frame of a workflow: names, time limits, machines, what runs at the same time, how it is called. */
import { asData, textOf, textsIn } from '../model.ts'
import { problem, type Problem, type Rule } from './types.ts'

/** Every job ends by itself, has a name, and runs on a machine that does not change by itself. */
export const jobs: Rule = (workflow) => {
  const problems: Problem[] = []
  if (workflow.name === '') problems.push(problem(workflow, ['name'], 'workflow-name', 'a name'))
  for (const job of workflow.jobs) {
    if (textOf(job.data['name']) === '')
      problems.push(problem(workflow, job.path, 'job-name', `job ${job.id}: a name for people`))
    const called = job.data['uses'] !== undefined
    if (called) {
      if (!/^\.\/\.github\/workflows\/[\w.-]+\.yml$/.test(textOf(job.data['uses'])))
        problems.push(
          problem(workflow, [...job.path, 'uses'], 'workflow-call', 'only workflows beside this one')
        )
      continue
    }
    if (!(Number(job.data['timeout-minutes']) > 0))
      problems.push(problem(workflow, job.path, 'timeout', `job ${job.id}: timeout-minutes`))
    for (const { path, text } of textsIn(job.data['runs-on'], [...job.path, 'runs-on'])) {
      if (/-latest\b/.test(text))
        problems.push(problem(workflow, path, 'runner-pinned', `${text} changes by itself`))
    }
    const matrix = textsIn(asData(job.data['strategy'])['matrix'], [...job.path, 'strategy', 'matrix'])
    for (const { path, text } of matrix.filter((one) => /^(ubuntu|macos|windows)-latest$/.test(one.text)))
      problems.push(problem(workflow, path, 'runner-pinned', `${text} changes by itself`))
  }
  return problems
}

const ONLY_PULL_REQUESTS = /^\$\{\{\s*github\.event_name == 'pull_request'\s*\}\}$/

/** Runs wait for each other; at most the check of an outdated pull request is cancelled. */
export const concurrency: Rule = (workflow) => {
  const places = [
    { path: ['concurrency'], value: workflow.data['concurrency'], needed: true },
    ...workflow.jobs.map((job) => ({
      path: [...job.path, 'concurrency'],
      value: job.data['concurrency'],
      needed: false
    }))
  ]
  return places.flatMap(({ path, value, needed }): readonly Problem[] => {
    if (value === undefined)
      return needed ? [problem(workflow, path, 'concurrency', 'a concurrency group, so that runs queue')] : []
    const cancel = asData(value)['cancel-in-progress']
    const fine = cancel === false || (typeof cancel === 'string' && ONLY_PULL_REQUESTS.test(cancel))
    return fine
      ? []
      : [
          problem(
            workflow,
            path,
            'concurrency-cancel',
            '`cancel-in-progress: false`: nothing is stopped half-way'
          )
        ]
  })
}

/** Whoever calls the workflow can say the same as whoever starts it by hand. */
export const calls: Rule = (workflow) => {
  const problems: Problem[] = []
  if (!('workflow_call' in workflow.on))
    return [problem(workflow, ['on'], 'workflow-call', 'workflow_call among the triggers')]
  const called = asData(asData(workflow.on['workflow_call'])['inputs'])
  const byHand = asData(asData(workflow.on['workflow_dispatch'])['inputs'])
  for (const [name, value] of Object.entries(byHand)) {
    const path = ['on', 'workflow_dispatch', 'inputs', name]
    const type = textOf(asData(value)['type'])
    const other = textOf(asData(called[name])['type'])
    if (!(name in called))
      problems.push(problem(workflow, path, 'call-inputs', `workflow_call has no ${name}`))
    else if ((type === 'choice' ? 'string' : type) !== other)
      problems.push(
        problem(workflow, path, 'call-inputs', `${name} is ${type} here and ${other} in workflow_call`)
      )
  }
  for (const [event, list] of [
    ['workflow_call', called],
    ['workflow_dispatch', byHand]
  ] as const) {
    for (const [name, value] of Object.entries(list)) {
      const given = asData(value)
      const path = ['on', event, 'inputs', name]
      if (textOf(given['description']) === '' || textOf(given['type']) === '')
        problems.push(problem(workflow, path, 'call-inputs', `${name}: a description and a type`))
    }
  }
  const expressions = textsIn(workflow.data).map(({ text }) => text)
  for (const name of Object.keys(called)) {
    if (!expressions.some((text) => new RegExp(`\\binputs\\.${name}\\b`).test(text)))
      problems.push(
        problem(workflow, ['on', 'workflow_call', 'inputs', name], 'call-inputs', `${name} does nothing`)
      )
  }
  return problems
}

/**
 * Actions that change nothing outside of the machine anyway. In their dry run they look at nothing either, and a trial
 * that looks at nothing shows nothing.
 */
export const READ_ONLY = ['neurodesk/ci/actions/check-cvmfs', 'neurodesk/ci/actions/test-exposure']

/** `dry_run` reaches everything that could change something. */
export const dryRuns: Rule = (workflow) => {
  const inputs = asData(asData(workflow.on['workflow_call'])['inputs'])
  if (!('dry_run' in inputs)) return []
  return workflow.jobs.flatMap((job): readonly Problem[] => {
    if (/!\s*inputs\.dry_run/.test(textOf(job.data['if']))) return []
    const called = textOf(job.data['uses']) !== ''
    const places = called ? [{ path: job.path, data: job.data }] : job.steps
    return places.flatMap(({ path, data }) => {
      const name = textOf(data['uses']).split('@', 1)[0] ?? ''
      const own = called || (name.startsWith('neurodesk/ci/actions/') && !READ_ONLY.includes(name))
      const value = asData(data['with'])[called ? 'dry_run' : 'dry-run']
      const passed = value === true || /\binputs\.dry_run\b/.test(textOf(value))
      return own && !passed
        ? [problem(workflow, path, 'dry-run', `job ${job.id} does not hear of dry_run`)]
        : []
    })
  })
}
