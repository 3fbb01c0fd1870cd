/**
 * The lists as one commit on the tip of a branch. What is there now is read at that tip, never in the workspace: a run
 * may have no checkout, or one that is hours old.
 */
import { FindingError } from '../../../lib/failure/index.ts'
import { Moved, type Git } from '../../../lib/github/index.ts'
import type { Log } from '../../../lib/ports/index.ts'
import type { Finding } from '../../../lib/report/index.ts'
import type { Draft, Publication } from './publish.ts'
import { filesOf, type CommitTarget, type PublishTarget, type Tip } from './target.ts'

const ATTEMPTS = 5

export interface Committed {
  readonly publication: Publication
  /** Paths that the branch had with other content, or not at all. */
  readonly changed: readonly string[]
  /** Undefined when the publication is refused. */
  readonly tip: Tip | undefined
}

/** @throws FindingError when there is no such branch; whatever GitHub refuses. */
export async function commitLists(
  draft: Draft,
  names: Pick<PublishTarget, 'logFile' | 'appListFile'>,
  target: CommitTarget,
  log: Log
): Promise<Committed> {
  const { git } = target.github.repository(target.repository)
  let first: ReadonlyMap<string, string | undefined> | undefined
  for (let attempt = 1; ; attempt++) {
    const sha = await git.branch(target.branch)
    if (sha === undefined) throw new FindingError(`${target.repository} has no branch ${target.branch}`)
    const there = new Map<string, string | undefined>()
    for (const file of [names.logFile, names.appListFile]) there.set(file, await git.file(file, sha))
    first ??= there
    const publication = draft(there.get(names.logFile))
    if (publication.refused) return { publication, changed: [], tip: undefined }
    const news = new Map([...filesOf(publication, names)].filter(([file, text]) => there.get(file) !== text))
    const changed = [...news.keys()]
    if (news.size === 0) return { publication, changed, tip: { sha, made: false } }
    const look = await lookAtCatalogue(git, sha, target, !isSame(first, there))
    if (look?.severity === 'unknown') {
      return {
        publication: { ...publication, findings: [look], refused: true },
        changed: [],
        tip: undefined
      }
    }
    try {
      const made = await git.commitFiles({
        branch: target.branch,
        message: 'Update the lists of containers that the stores have',
        files: news,
        parent: sha,
        expected: sha
      })
      const findings = look === undefined ? publication.findings : [...publication.findings, look]
      return { publication: { ...publication, findings }, changed, tip: { sha: made, made: true } }
    } catch (error) {
      // Somebody pushed meanwhile: look at the new tip, and write on top of it.
      if (!(error instanceof Moved) || attempt === ATTEMPTS) throw error
      log.info(`${target.branch} has moved, trying again`)
    }
  }
}

/**
 * A run that began earlier and ends later must not take back what a newer one has written. What is `unknown` stops the
 * commit.
 */
async function lookAtCatalogue(
  git: Git,
  sha: string,
  { branch, catalogue }: CommitTarget,
  overtaken: boolean
): Promise<Finding | undefined> {
  const say = (subject: string, message: string): Finding => ({
    id: 'publish-outdated',
    subject,
    severity: 'unknown',
    message: `nothing is published: ${message}`,
    hint: 'The next run does it. A catalogue that is made in this job has to be committed before.'
  })
  if (overtaken) return say(branch, `another run has written the lists on ${branch} meanwhile`)
  if (catalogue === undefined) return undefined
  const now = await git.file(catalogue.path, sha)
  if (now === catalogue.text) return undefined
  // A file of somewhere else, or a checkout in a folder of its own.
  if (now === undefined) {
    return {
      id: 'publish-unguarded',
      subject: branch,
      severity: 'notice',
      message: `${branch} has no ${catalogue.path}: whether a newer catalogue is there was not looked at`,
      hint: 'Check the repository out at the top of the workspace; for a catalogue from elsewhere this is as it should be.'
    }
  }
  return say(catalogue.path, `on ${branch} the catalogue is no longer the one that this run has read`)
}

function isSame(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return [...one].every(([file, text]) => other.get(file) === text)
}
