/**
 * The kinds of failure. A kind says who has to act: the caller (InputError), the person who owns what was
 * inspected (FindingError), the owner of a tool (ToolError), nobody yet (TransientError), the owner of the machine
 * (what the file system refuses). Anything else that is thrown is a bug of ours, and is shown with its stack.
 */
import { describeFileFault, fileFaultOf } from './files.ts'

export { describeFileFault, fileFaultOf, type FileFault } from './files.ts'

/** One thing that is wrong with what the caller gave. */
export interface InputProblem {
  /** Name of the input, as in action.yml; or of the file and line that it names. */
  readonly input: string
  /** What was given, as text. Never a secret: the reader of inputs replaces those. */
  readonly given: string
  /** What would be accepted. */
  readonly allowed: string
  /** What to do, when that is more than giving something allowed there. */
  readonly fix?: string
}

/** The caller's mistake. Thrown before any effect, with every problem at once. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly InputProblem[]

  constructor(problems: readonly InputProblem[]) {
    super(problems.map(describeProblem).join('\n'))
    this.problems = problems
  }
}

/** The action did its job and found a fault. */
export class FindingError extends Error {
  override readonly name = 'FindingError'
}

/** An external tool failed. The message has no secrets; `detail` is the end of what the tool said. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  readonly command: string
  readonly exitCode: number | null
  readonly reason: 'exit' | 'signal' | 'timeout' | 'cancelled' | 'not-found' | 'output-limit'
  readonly detail: string
  readonly advice: string | undefined

  constructor(fields: {
    command: string
    exitCode: number | null
    reason: ToolError['reason']
    summary: string
    detail: string
    advice?: string | undefined
    cause?: unknown
  }) {
    const lines = [fields.summary]
    if (fields.detail !== '') lines.push(fields.detail)
    if (fields.advice !== undefined) lines.push(`Advice: ${fields.advice}`)
    super(lines.join('\n'), fields.cause === undefined ? undefined : { cause: fields.cause })
    this.command = fields.command
    this.exitCode = fields.exitCode
    this.reason = fields.reason
    this.detail = fields.detail
    this.advice = fields.advice
  }
}

/** Still failing after the retries. It says what was tried, how often and for how long; it is no verdict. */
export class TransientError extends Error {
  override readonly name = 'TransientError'
  readonly attempts: number
  readonly elapsedMs: number

  constructor(what: string, attempts: number, elapsedMs: number, cause: unknown) {
    const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`
    super(
      `${what}: still failing after ${tries} in ${(elapsedMs / 1000).toFixed(1)} s: ${messageOf(cause)}`,
      { cause }
    )
    this.attempts = attempts
    this.elapsedMs = elapsedMs
  }
}

/** The message of anything that was thrown; of the file system a sentence, in the place of the names of its calls. */
export function messageOf(error: unknown): string {
  const fault = fileFaultOf(error)
  if (fault !== undefined) return describeFileFault(fault)
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ')
  if (error instanceof Error) return error.message === '' ? error.name : error.message
  return String(error)
}

/** True for the kinds above: a message is enough, a stack would only hide it. */
export function isExpected(error: unknown): boolean {
  return (
    error instanceof InputError ||
    error instanceof FindingError ||
    error instanceof ToolError ||
    error instanceof TransientError ||
    fileFaultOf(error) !== undefined
  )
}

function describeProblem(problem: InputProblem): string {
  const { input, given, allowed, fix = fixOf(problem) } = problem
  return `${input}: given ${given === '' ? 'nothing' : JSON.stringify(given)}; allowed: ${allowed}. Fix: ${fix}`
}

/** Where to put the hand, when there is nothing more to say. */
function fixOf({ input, given, allowed }: InputProblem): string {
  // A file, with its line: what is wrong stands there and not in the workflow.
  if (!/^[a-z][a-z0-9-]*$/.test(input)) return 'change it there'
  const place = `\`${input}:\``
  if (given === '') return `add ${place} to \`with:\``
  if (/^nothing\b/.test(allowed)) return `take ${place} out of \`with:\``
  if (given === '***') return `store that secret anew, and give it to ${place} in \`with:\``
  return `change ${place} in \`with:\` to ${/^one of /.test(allowed) ? 'one of these' : 'what is allowed'}`
}
