/**
 * The event for other repositories. It is sent at least once for every content of the lists: a run that dies between
 * the commit and the event, or whose event is refused, leaves no mark, and the next run sends it.
 */
import { createHash } from 'node:crypto'

import { messageOf } from '../../../lib/failure/index.ts'
import type { Git, GitHub } from '../../../lib/github/index.ts'
import type { Ports } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { PublishTarget, Tip } from './publish.ts'

interface News {
  readonly dispatch: { readonly github: GitHub; readonly to: readonly string[]; readonly event: string }
  readonly commit: PublishTarget['commit']
  /** What differed in the workspace. */
  readonly changed: readonly string[]
  /** Where the lists were committed; undefined when this run commits nothing. */
  readonly branch: Tip | undefined
}

/** One repository that cannot be told does not keep the others. */
export async function tellAll(
  files: ReadonlyMap<string, string>,
  news: News,
  ports: Pick<Ports, 'log' | 'runner'>
): Promise<{ dispatched: readonly string[]; findings: readonly Finding[] }> {
  const dispatched: string[] = []
  const findings: Finding[] = []
  for (const name of news.dispatch.to) {
    try {
      if (!(await isNews(name, files, news))) continue
      await news.dispatch.github.repository(name).dispatchEvent(news.dispatch.event, {})
      dispatched.push(name)
    } catch (error) {
      ports.runner.signal.throwIfAborted()
      findings.push({
        id: 'dispatch-failed',
        subject: name,
        severity: 'error',
        message: `it was not told of the lists: ${firstLine(error)}`,
        hint: 'The next run tells it. The token needs `contents: write` in that repository.'
      })
      continue
    }
    const noted = await note(name, news, ports)
    if (noted !== undefined) findings.push(noted)
  }
  return { dispatched, findings }
}

/** Whether this repository has not been told of these contents yet. */
async function isNews(name: string, files: ReadonlyMap<string, string>, news: News): Promise<boolean> {
  // Nothing is committed here: the files in the workspace stay new until somebody commits them.
  if (news.commit === undefined || news.branch === undefined) return news.changed.length > 0
  if (news.branch.made) return true
  const { git } = news.commit.github.repository(news.commit.repository)
  const told = await git.mark(markOf(news.commit.branch, name))
  if (told === undefined) return true
  return told !== news.branch.sha && !(await hasContents(git, told, files))
}

async function hasContents(git: Git, at: string, files: ReadonlyMap<string, string>): Promise<boolean> {
  for (const [file, text] of files) if ((await git.file(file, at)) !== text) return false
  return true
}

async function note(
  name: string,
  { commit, branch }: News,
  ports: Pick<Ports, 'log' | 'runner'>
): Promise<Finding | undefined> {
  if (commit === undefined || branch === undefined) return undefined
  try {
    await commit.github.repository(commit.repository).git.setMark(markOf(commit.branch, name), branch.sha)
    return undefined
  } catch (error) {
    ports.runner.signal.throwIfAborted()
    return {
      id: 'dispatch-not-noted',
      subject: name,
      severity: 'warning',
      message: `it was told, and that could not be noted in ${commit.repository}: the next run tells it again. ${firstLine(error)}`
    }
  }
}

/** Names of refs may not have everything that names of repositories have: they are readable, and unique by the hash. */
export function markOf(branch: string, repository: string): string {
  const unique = createHash('sha256').update(`${branch}\n${repository}`).digest('hex').slice(0, 12)
  return `told/${repository.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${unique}`
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? ''
}
