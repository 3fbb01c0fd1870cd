/** From answers to what people and other jobs see. Pure. */
import type { Outcome } from '../../../lib/action/index.ts'
import { code, escape, table } from '../../../lib/markdown/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import { isWrong, type Answer } from './plan.ts'

/** The outcome: wrong answers fail, missing ones are unknown. */
export function toOutcome(answers: readonly Answer[]): Outcome {
  const wrong = answers.filter(isWrong)
  const unknown = answers.filter((answer) => answer.kind === 'unknown')
  const headline =
    wrong.length > 0
      ? `${wrong.length} of ${answers.length} URLs answer something else.`
      : unknown.length > 0
        ? `${unknown.length} of ${answers.length} URLs could not be asked.`
        : `All ${answers.length} URLs answer as they should.`
  const bad = wrong.length + unknown.length > 0
  return {
    verdict: wrong.length > 0 ? 'failed' : unknown.length > 0 ? 'unknown' : 'ok',
    headline,
    findings: answers.flatMap(toFinding),
    figures: { 'url-count': answers.length, 'failed-count': wrong.length, 'unknown-count': unknown.length },
    outputs: {
      failed: JSON.stringify(wrong.map(({ probe }) => probe.url)),
      unknown: JSON.stringify(unknown.map(({ probe }) => probe.url))
    },
    summary: `## URLs\n\n${headline}\n\n${table(['URL', 'Expected', 'Answer'], answers.map(toRow))}`,
    ...(bad ? { failure: headline } : {})
  }
}

function toFinding(answer: Answer): readonly Finding[] {
  const subject = answer.probe.url
  if (answer.kind === 'unknown') {
    return [
      {
        id: 'url-unknown',
        subject,
        severity: 'unknown',
        message: `No answer: ${answer.why}`,
        hint: 'Ask again later.'
      }
    ]
  }
  if (!isWrong(answer)) return []
  const message = `Answers ${answer.status} instead of ${answer.probe.expected}.`
  return [{ id: 'url-wrong', subject, severity: 'error', message }]
}

function toRow(answer: Answer): readonly string[] {
  const shown = answer.kind === 'status' ? `${answer.status}` : escape(`unknown: ${answer.why}`)
  return [code(answer.probe.url), `${answer.probe.expected}`, shown]
}
