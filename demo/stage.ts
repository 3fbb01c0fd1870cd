/** One stage of the demo: an action's bundle, run as the runner runs it, and what it must have done. */
import path from 'node:path'

import { runAction, type ActionRun } from '../testbed/runner/index.ts'
import type { Neurodesk } from '../testbed/neurodesk.ts'

export interface Stage {
  /** Name of the action. */
  readonly action: string
  /** What happens here, in a few words. */
  readonly title: string
  readonly inputs: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Rows of the stage's table, from what the action gave out. */
  rows(run: ActionRun): readonly (readonly [string, string])[]
  /** Everything that shows that the stage did not do its job. Looks at the world, not only at outputs. */
  problems(run: ActionRun): Promise<readonly string[]> | readonly string[]
}

export interface StageResult {
  readonly stage: Stage
  readonly run: ActionRun
  readonly seconds: number
  readonly problems: readonly string[]
}

/** Runs the bundle and looks at what it did. */
export async function runStage(stage: Stage, desk: Neurodesk, top: string): Promise<StageResult> {
  const started = performance.now()
  const run = await runAction({
    action: path.join(top, 'actions', stage.action),
    inputs: stage.inputs,
    workspace: desk.workspace,
    token: 'testbed-token',
    event: { repository: { full_name: 'neurodesk/neurodesktop' } },
    env: {
      ...desk.env,
      GITHUB_API_URL: desk.github.url,
      GITHUB_REPOSITORY: 'neurodesk/neurodesktop',
      ...stage.env
    }
  })
  const seconds = (performance.now() - started) / 1000
  const problems = [...(await stage.problems(run))]
  if (run.post !== undefined && (run.post.exitCode !== 0 || run.post.annotations.length > 0)) {
    problems.push(`post left something: ${run.post.annotations.map(({ message }) => message).join('; ')}`)
  }
  return { stage, run, seconds, problems }
}
