/** What the demo prints and keeps. Pure. */
import type { StageResult } from './stage.ts'

/** A short table: what the stage gave out. */
export function stageTable(
  { stage, run, seconds, problems }: StageResult,
  number: number,
  total: number
): string {
  const rows = stage.rows(run)
  const width = Math.max(...rows.map(([name]) => name.length), 0)
  const lines = rows.map(([name, value]) => `    ${name.padEnd(width)}  ${value}`)
  const verdict = problems.length === 0 ? 'as it should' : 'NOT as it should'
  return [
    `[${number}/${total}] ${stage.action}: ${stage.title}`,
    ...lines,
    `    ${verdict}, ${seconds.toFixed(1)} s`,
    ...problems.map((problem) => `    ! ${problem}`),
    ...(problems.length === 0
      ? []
      : [
          indent(run.annotations.map(({ kind, message }) => `${kind}: ${message}`).join('\n')),
          indent(run.log)
        ])
  ].join('\n')
}

/** The step summaries as GitHub shows them, one after another. */
export function summaryPage(results: readonly StageResult[]): string {
  const steps = results.map(({ stage, run, seconds, problems }) => {
    const mark = problems.length === 0 ? '✅' : '❌'
    return `<!-- ${stage.action} -->\n\n> ${mark} **${stage.action}**: ${stage.title} (${seconds.toFixed(1)} s)\n\n${run.summary.trim()}\n`
  })
  return `# Step summaries of the demo\n\n${steps.join('\n---\n\n')}`
}

/** The last lines of the demo. */
export function closing(results: readonly StageResult[], seconds: number): string {
  const bad = results.filter(({ problems }) => problems.length > 0)
  const lines = results.map(
    ({ stage, problems, seconds: took }) =>
      `  ${problems.length === 0 ? 'ok  ' : 'FAIL'}  ${stage.action.padEnd(18)} ${took.toFixed(1).padStart(6)} s  ${stage.title}`
  )
  const verdict =
    bad.length === 0 ? 'every stage did its job' : `${bad.length} of ${results.length} did not do their job`
  return [...lines, `The pipeline ran in ${seconds.toFixed(0)} s: ${verdict}.`].join('\n')
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `      | ${line}`)
    .join('\n')
}
