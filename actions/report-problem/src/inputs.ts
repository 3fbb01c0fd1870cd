/** The inputs, as in action.yml. */
import {
  checkApp,
  choice,
  common,
  flag,
  integer,
  lines,
  refuse,
  text,
  type Field,
  type InputsOf
} from '../../../lib/action/index.ts'
import type { InputProblem } from '../../../lib/failure/index.ts'
import { unknownNames } from './placeholders.ts'

const RESULTS = ['success', 'failure', 'cancelled', 'skipped'] as const

export type NeedResult = (typeof RESULTS)[number]

/** Result by the id of the job. Outputs are left behind: they may hold anything. */
export type Needs = ReadonlyMap<string, NeedResult>

/** Outputs of all jobs of a run: 50 MB are possible, nobody needs them here. */
const MOST_NEEDS_CHARACTERS = 4_000_000
const JOB_ID = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/

export const inputs = {
  reports: lines({ allowed: 'paths or globs of reports, one per line', max: 100 }),
  needs: needs(),
  key: text({ default: '', allowed: 'text that names what is watched', maxLength: 500 }),
  title: text({
    default: '',
    pattern: /^[^\r\n]+$/,
    allowed: 'one line of text; {subject}, {problem}, {workflow} and {run} are replaced',
    maxLength: 250
  }),
  labels: lines({
    default: 'bug',
    allowed: 'names of labels, one per line',
    max: 20,
    refuse: (line) =>
      line.length <= 50 && !line.includes(',') ? undefined : 'names of at most 50 characters'
  }),
  assignees: lines({
    allowed: 'logins, one per line',
    max: 10,
    refuse: (line) => (isLogin(line) ? undefined : 'a login of GitHub, without @')
  }),
  'mention-submitter': flag(false),
  threshold: integer({ default: 1, min: 1, max: 100 }),
  'max-new': integer({ default: 3, min: 1, max: 50 }),
  'close-on-recovery': flag(true),
  style: choice(['per-subject', 'per-run'], 'per-subject'),
  template: text({ default: '', allowed: 'the path of a Markdown file; empty for none', maxLength: 1024 }),
  'dispatch-workflow': text({
    default: '',
    pattern: /^[A-Za-z0-9._-]{1,200}\.ya?ml$/,
    allowed: 'the file name of a workflow, such as issue-investigator.lock.yml; empty for none'
  }),
  token: common.token,
  'app-id': common['app-id'],
  'app-private-key': common['app-private-key'],
  'dry-run': common['dry-run'],
  'report-path': common['report-path']
} as const

export type Inputs = InputsOf<typeof inputs>

/** Rules between inputs. */
export function check(given: Inputs): InputProblem[] {
  const problems: InputProblem[] = [...checkApp(given)]
  const unknown = unknownNames(given.title, ['subject', 'problem', 'workflow', 'run'])
  if (unknown.length > 0) {
    problems.push({
      input: 'title',
      given: unknown.join(' '),
      allowed: '{subject}, {problem}, {workflow} and {run}'
    })
  }
  return problems
}

/** Letters, digits and single hyphens, as GitHub has them; bots have brackets and are nobody to call. */
export function isLogin(name: string): boolean {
  return /^[A-Za-z\d](?:-?[A-Za-z\d]){0,38}$/.test(name)
}

/** `${{ toJSON(needs) }}`: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#needs-context */
function needs(): Field<Needs> {
  const allowed = '`${{ toJSON(needs) }}`: a JSON object with a `result` for each job'
  return {
    kind: 'needs',
    default: '',
    secret: false,
    allowed,
    parse: (raw) => {
      if (raw === '') return new Map()
      if (raw.length > MOST_NEEDS_CHARACTERS)
        throw refuse(`${raw.length} characters`, `at most ${MOST_NEEDS_CHARACTERS} characters`)
      let value: unknown
      try {
        value = JSON.parse(raw)
      } catch {
        // What was given is not repeated: the outputs of jobs are in it.
        throw refuse(`${raw.length} characters that are no JSON`, allowed)
      }
      if (!isObject(value)) throw refuse('JSON that is no object', allowed)
      const found = new Map<string, NeedResult>()
      for (const [id, need] of Object.entries(value)) {
        const given = isObject(need) ? need['result'] : undefined
        const result = RESULTS.find((known) => known === given)
        if (!JOB_ID.test(id) || result === undefined)
          throw refuse(`${JSON.stringify(id.slice(0, 100))} without a result`, allowed)
        found.set(id, result)
      }
      return found
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
