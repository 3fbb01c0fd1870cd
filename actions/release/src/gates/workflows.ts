/** The automated build ran, on exactly the commit that is released, and it was green. */
import { messageOf } from '../../../../lib/failure/index.ts'
import type { Repository, Run } from '../../../../lib/github/index.ts'
import type { Check } from './check.ts'

/** One check per workflow file. What GitHub does not tell is unknown. */
export async function checkWorkflows(
  repository: Repository,
  sha: string,
  files: readonly string[]
): Promise<Check[]> {
  return await Promise.all(
    files.map(async (file) => {
      try {
        return judgeRuns(file, sha, await repository.runs.at(sha, file))
      } catch (error) {
        return {
          id: 'release-workflow-unknown',
          subject: file,
          state: 'unknown' as const,
          message: `the runs of ${file} could not be read: ${messageOf(error)}`,
          hint: 'The token needs actions: read.'
        }
      }
    })
  )
}

/** The newest run of the commit counts: a re-run that failed is a failure. Pure. */
export function judgeRuns(file: string, sha: string, runs: readonly Run[]): Check {
  const newest = [...runs].filter((run) => run.sha === sha).sort((a, b) => b.id - a.id)[0]
  const at = sha.slice(0, 7)
  if (newest === undefined) {
    return {
      id: 'release-workflow-missing',
      subject: file,
      state: 'failed',
      message: `${file} never ran on ${at}`,
      hint: 'Run it on that commit, or release a commit that it ran on.'
    }
  }
  if (newest.conclusion === 'success')
    return { id: 'release-workflow-failed', subject: file, state: 'ok', message: `${file} is green on ${at}` }
  if (newest.status !== 'completed') {
    return {
      id: 'release-workflow-running',
      subject: file,
      state: 'failed',
      message: `${file} still runs on ${at} (${newest.status})`,
      hint: `Wait for ${newest.url}.`
    }
  }
  return {
    id: 'release-workflow-failed',
    subject: file,
    state: 'failed',
    message: `${file} ended on ${at} with ${newest.conclusion ?? 'nothing'}`,
    hint: `See ${newest.url}.`
  }
}
